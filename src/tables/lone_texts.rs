//! Is the only text of a row a heading, a note, or a task of which nothing else was reported?

use super::grid::Seen;
use super::rows::{Body, Draft, Drafted, start};
use super::table::RowRole;
use super::text::{
    has_section_mark, is_numbered, is_numeric, is_ordinal, is_section_numeral, is_village, length, names_who_leads,
    plain, quoted,
};
use crate::list::Field;

impl Body<'_, '_> {
    /// The only text of a row, or the text behind a section numeral; `None` where the row holds more.
    pub(super) fn lone_text(&self, cells: &[Seen]) -> Option<String> {
        let text = |seen: &Seen| quoted(&seen.cell.text);
        match self.without_list_beside(cells) {
            [only] => {
                let field = self.field(only);
                let opening =
                    matches!(field, None | Some(Field::Number | Field::Name | Field::Content | Field::Indicator))
                        || field.is_some_and(Field::is_quantity);
                let wide = only.width() >= 2 && only.width() * 2 > self.span.1 - self.span.0;
                let lone = !is_numeric(only.plain()) && !is_ordinal(only.plain());
                (lone && (opening || wide || has_section_mark(only.plain()))).then(|| text(only))
            }
            // 3.和美乡村建设 over its villages, and at its end 牵头:村镇建设办.
            [bar, who] if bar.width() >= 3 && names_who_leads(who.plain()) => Some(text(bar)),
            [numeral, heading] => {
                let bare = numeral.plain();
                let bare = bare.trim_matches(['(', ')', '、', '.']);
                let opens = matches!(self.field(numeral), None | Some(Field::Number));
                let lone = opens && is_section_numeral(bare) && !self.reports(heading);
                lone.then(|| format!("{}、{}", bare, text(heading)))
            }
            _ => None,
        }
    }

    /// Whether nothing but an official name stands in a row, in the column of the tasks: 统筹城镇和村庄布局 ends as the name of an
    /// office does, but no office signs there.
    pub(super) fn is_official_alone(&self, cells: &[Seen]) -> bool {
        let [only] = cells else { return false };
        let text = only.plain();
        let office = ["办", "办公室", "办事处", "政府", "中心", "站"].iter().any(|end| text.ends_with(end));
        self.field(only).is_some_and(Field::names_task) && !office && self.official.is_name(text)
    }

    /// The cells of a row without those of a list behind a blank column on the right of all titles: 状态选项 beside a form.
    fn without_list_beside<'c, 's>(&self, cells: &'c [Seen<'s>]) -> &'c [Seen<'s>] {
        let titled = self.columns.iter().filter(|column| column.title_at.is_some()).map(|column| column.column).max();
        let Some(edge) = titled else { return cells };
        let end = cells.iter().position(|seen| seen.left() > edge + 1).unwrap_or(cells.len());
        if end == 1 && cells[0].width() >= 2 { &cells[..end] } else { cells }
    }

    /// Whether the records of the table bear numbers, so that a text without one is a heading.
    pub(super) fn numbers_its_records(&self, drafts: &[Drafted]) -> bool {
        let records = drafts.iter().filter(|drafted| drafted.draft == Draft::Role(RowRole::Record));
        let (mut all, mut numbered) = (0usize, 0usize);
        for drafted in records {
            all += 1;
            let number = self
                .cells(drafted.row)
                .any(|seen| self.field(&seen) == Some(Field::Number) && is_ordinal(seen.plain()));
            numbered += usize::from(number);
        }
        all > 0 && numbered * 10 >= all * 8
    }

    /// Whether a lone text with a number of its own stands in the column of the indicators right above a record: it is their
    /// task.
    ///
    /// ```text
    ///  指标                │ 单位 │ 目标 │ 1—6月
    ///  20.农村人居环境提升 │
    ///  改造污水处理设施    │ 个   │ 12   │ 5
    /// ```
    pub(super) fn heads_indicators(&self, drafts: &[Drafted], place: usize) -> bool {
        let indicator = |seen: &Seen| self.field(seen) == Some(Field::Indicator);
        let numbered = |row: u32| {
            let first = self.cells(row).next().filter(indicator);
            first.is_some_and(|seen| is_numbered(seen.plain()))
        };
        let [own, below, ..] = &drafts[place..] else { return false };
        let record = below.draft == Draft::Role(RowRole::Record) && below.reports;
        own.draft == Draft::LoneText && record && numbered(own.row) && !numbered(below.row)
    }

    /// Decides whether a lone text is a heading or the name of a task of which nothing else was reported.
    pub(super) fn settle_lone_text(&self, drafted: &mut Drafted, numbered: bool) {
        if drafted.draft != Draft::LoneText {
            return;
        }
        let heading = drafted.why.clone();
        let text = plain(&heading);
        let cell = self.cells(drafted.row).next();
        let in_name = cell.is_some_and(|seen| seen.width() <= 1 && self.field(&seen).is_some_and(Field::names_task));
        let task = in_name
            && !has_section_mark(&text)
            && !self.official.is_section(&heading)
            && (self.official.is_task(&heading) || is_village(&text))
            && !numbered;
        if task {
            drafted.draft = Draft::Role(RowRole::Record);
            drafted.why = String::from("只写了任务，其余各栏空白");
        } else {
            drafted.draft = Draft::Role(RowRole::Section);
            drafted.why = if length(&text) > 40 {
                "整行只有一段文字，是说明".to_owned()
            } else {
                format!("整行只有“{}”，是分节标题", start(&heading))
            };
            if length(&text) > 40 {
                drafted.draft = Draft::Role(RowRole::Note);
            }
        }
    }
}
