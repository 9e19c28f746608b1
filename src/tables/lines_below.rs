//! Which rows below a record go on with it?

use super::grid::Seen;
use super::rows::{Body, Draft, Drafted, REPORTED};
use super::table::{RowRole, Table, TableColumn};
use super::text::{has_section_mark, is_narrative, is_village, plain};
use super::told_below::{leads_down, told_below, told_under};
use crate::list::Field;
use crate::location::CellRef;

/// Records that a table must have before unlabelled lines below them are believed to go on with them.
const FEWEST_RECORDS: usize = 3;

/// So many rests of sentences, in a table that was believed to have them, say that the next page has them, too.
const FEWEST_BROKEN: usize = 2;

/// Why a row is the rest of the one above it.
const REST: &str = "是上面一条没写完的话，分行写的";

/// Whether sentences are broken over several rows of a table, as a page made of paper is, line by line.
pub(super) fn is_broken(table: &Table) -> bool {
    table.rows.iter().filter(|row| row.part && row.why == REST).count() >= FEWEST_BROKEN
}

/// Whether a text ends as a sentence does.
fn ends_sentence(text: &str) -> bool {
    text.trim_end()
        .trim_end_matches(['”', '"', ')', '）', '」', '』'])
        .ends_with(['。', '.', '!', '！', ';', '；', '?', '？', '…'])
}

/// Whether a text plainly breaks off and goes on below: behind a comma, within brackets or quotes, after a word that cannot
/// be the last one, or within a day (预计要到11月 over 中旬才能恢复).
fn breaks_off(above: &str, below: &str) -> bool {
    const JOINING: [char; 16] =
        ['的', '在', '将', '已', '与', '和', '及', '对', '由', '因', '为', '于', '把', '被', '向', '或'];
    const REST_OF_DAY: [&str; 12] =
        ["上旬", "中旬", "下旬", "底", "初", "末", "份", "前", "后", "之前", "以前", "以后"];
    let (above, below) = (above.trim_end(), below.trim_start());
    let open = |opening: char, closing: char| above.matches(opening).count() > above.matches(closing).count();
    let bracketed = [('（', '）'), ('(', ')'), ('“', '”'), ('《', '》')].iter().any(|(one, other)| open(*one, *other));
    let joined = above.ends_with(['，', ',', '、', '：', ':']) || above.ends_with(JOINING) || bracketed;
    let within_day = above.ends_with(['月', '年', '季'])
        && above.chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        && REST_OF_DAY.iter().any(|rest| below.starts_with(rest));
    let unit = || "日月个家户亩处万元公里%".chars();
    let within_number = above.ends_with(|c: char| c.is_ascii_digit()) && unit().any(|unit| below.starts_with(unit));
    !below.is_empty() && (joined || within_day || within_number)
}

impl Body<'_, '_> {
    /// Takes the narratives that stand alone in their rows for what was done about the records above, where nearly every
    /// record has one below it and no column tells it.
    pub(super) fn find_narratives_below(&self, drafts: &mut [Drafted]) {
        let is_record = |drafted: &Drafted| drafted.draft == Draft::Role(RowRole::Record);
        let tells = |drafted: &Drafted| {
            drafted.draft == Draft::LoneText && {
                let text = plain(&drafted.why);
                is_narrative(&text) && !has_section_mark(&text) && !self.official.is_section(&drafted.why)
            }
        };
        let records = drafts.iter().filter(|drafted| is_record(drafted)).count();
        let below: Vec<usize> =
            (1..drafts.len()).filter(|index| tells(&drafts[*index]) && is_record(&drafts[*index - 1])).collect();
        let told = self.columns.iter().any(|column| column.field == Some(Field::Progress));
        if told || records < FEWEST_RECORDS || below.len() * 4 < records * 3 {
            return;
        }
        for index in below {
            let drafted = &mut drafts[index];
            (drafted.draft, drafted.part) = (Draft::Role(RowRole::Note), true);
            "是上面一条的进展情况，另起一行写的".clone_into(&mut drafted.why);
        }
    }

    /// Takes rows that hold nothing but the rest of a sentence for what was done about the records above: a letter pasted
    /// into a sheet breaks each narrative over several rows, and with it long names. Believed where narratives else end as
    /// sentences do; elsewhere where the words themselves break off.
    ///
    /// ```text
    ///  3 │ 统筹城镇和村庄布局 │ 7个村庄规划入库,规划成果仍在
    ///    │                    │ 修改,计划8月底前报批。
    ///  4 │ 农村供水县级统     │ 水表全部换成智能
    ///    │ 管机制             │ 表。
    /// ```
    pub(super) fn find_broken_narratives(&self, drafts: &mut [Drafted]) {
        let is_record = |drafted: &Drafted| drafted.draft == Draft::Role(RowRole::Record);
        let told = |seen: &Seen| {
            let field = self.field(seen);
            matches!(field, Some(Field::Progress | Field::Problem | Field::Plan))
                && seen.region.first == seen.region.last
        };
        // What may be as long as a narrative and break with it.
        let named = |seen: &Seen| {
            let breaks = [Field::Name, Field::Content, Field::Agencies, Field::Contact, Field::Remark];
            self.field(seen).is_some_and(|field| breaks.contains(&field)) && seen.region.first == seen.region.last
        };
        let number = |row: u32| !self.text_of(row, Field::Number).is_empty();
        let mut above_numbered = false;
        let rest: Vec<bool> = drafts
            .iter()
            .map(|drafted| {
                let cells: Vec<Seen> = self.cells(drafted.row).collect();
                // The rest of a name stands below the number that begins the record, beside the rest of a sentence.
                let of_name = above_numbered && !cells.iter().all(named);
                above_numbered |= number(drafted.row);
                let rest = |seen: &Seen| told(seen) || of_name && named(seen);
                is_record(drafted) && !cells.is_empty() && cells.iter().all(rest)
            })
            .collect();
        if !rest.contains(&true) {
            return;
        }
        let ends = |row: u32| {
            self.cells(row)
                .filter(|seen| self.field(seen) == Some(Field::Progress))
                .map(|seen| ends_sentence(&seen.cell.text))
                .next()
        };
        let followed = |index: usize| rest.get(index + 1).copied().unwrap_or(false);
        let whole = (0..drafts.len()).filter(|index| is_record(&drafts[*index]) && !followed(*index));
        let whole: Vec<bool> = whole.filter_map(|index| ends(drafts[index].row)).collect();
        let ended = whole.iter().filter(|ended| **ended).count();
        // The last page of several has few records.
        let written_out = self.goes_on_broken || ended >= FEWEST_RECORDS && ended * 5 >= whole.len() * 4;
        let begun = || (0..drafts.len()).filter(|index| is_record(&drafts[*index]) && !rest[*index]);
        let numbered = begun().filter(|index| number(drafts[*index].row)).count() * 2 >= begun().count();
        let often = self.goes_on_broken || rest.iter().filter(|rest| **rest).count() >= FEWEST_RECORDS;
        let broken = written_out && often && numbered;
        for index in 1..drafts.len() {
            let goes_on = |seen: Seen| {
                let above = seen.region.first.row.checked_sub(1).map(|row| CellRef::new(row, seen.left()));
                let above = above.and_then(|at| self.grid.seen_at(at));
                above.is_some_and(|above| {
                    let unfinished = !ends_sentence(&above.cell.text);
                    unfinished && (written_out || told(&seen) && breaks_off(&above.cell.text, &seen.cell.text))
                })
            };
            let (above, here) = (&drafts[index - 1], &drafts[index]);
            let below_record = above.row + 1 == here.row && (is_record(above) || above.part);
            let goes_on = || self.cells(here.row).all(goes_on);
            if below_record && (rest[index] && goes_on() || broken && self.is_rest_of_words(here)) {
                let drafted = &mut drafts[index];
                (drafted.draft, drafted.part) = (Draft::Role(RowRole::Note), true);
                REST.clone_into(&mut drafted.why);
            }
        }
    }

    /// Whether a row holds nothing but the rest of what the cells right above it say of the task, where narratives are broken
    /// over rows and records are numbered. What a page made of paper breaks last has no sentence beside it.
    ///
    /// ```text
    ///  7 │ 和美乡村 │ 未来乡村、和美庭院,未 │ 场景开工,累
    ///    │          │ 来乡村(示范村)        │ 计完成2个。
    ///    │          │ 达到3个               │
    /// ```
    fn is_rest_of_words(&self, drafted: &Drafted) -> bool {
        let loose = match drafted.draft {
            Draft::Role(RowRole::Record) | Draft::LoneText => true,
            // 达到3个 sounds like a state with a number.
            Draft::Role(RowRole::Total) => drafted.counts_only,
            _ => false,
        };
        let goes_on = |seen: Seen| {
            let in_place = matches!(self.field(&seen), Some(Field::Name | Field::Content | Field::Agencies));
            let above = seen.region.first.row.checked_sub(1).map(|row| CellRef::new(row, seen.left()));
            let above = above.and_then(|at| self.grid.seen_at(at).filter(|above| above.cell.at.row == at.row));
            let text = seen.plain();
            let own = has_section_mark(text) || is_village(text) || self.official.is_section(text);
            let own = own || self.field(&seen) == Some(Field::Name) && self.official.is_name(text);
            in_place
                && seen.region.first == seen.region.last
                && above.is_some_and(|above| !ends_sentence(&above.cell.text))
                && !own
        };
        loose && self.cells(drafted.row).all(goes_on)
    }

    /// Whether a row goes on with the task above by its look: an arrow alone where the number stands, and behind it labels with
    /// what was done, or one text that is merged over the other columns or tells a story. A village behind an arrow has
    /// cells of its own.
    ///
    /// ```text
    ///  1 │ 重大项目建设 │ 22亿元 │ 3.1亿元 │ 推进中
    ///  ↳ │ 进展:场平挖方七成。
    /// ```
    pub(super) fn is_line_behind_an_arrow(&self, cells: &[Seen]) -> bool {
        let [arrow, told @ ..] = cells else { return false };
        let opens = matches!(self.field(arrow), None | Some(Field::Number | Field::Name | Field::Content));
        if told.is_empty() || !opens || !leads_down(&arrow.cell.text) {
            return false;
        }
        let one_story = || matches!(told, [only] if only.width() >= 2 || is_narrative(only.plain()));
        told.iter().all(|seen| told_below(&seen.cell.text).is_some()) || one_story()
    }

    /// Whether a row is the second line of the record above: its cells lie where the header has a second line of titles.
    pub(super) fn is_second_line(&self, cells: &[Seen]) -> bool {
        let lies = |seen: &Seen| self.lines.iter().any(|line| (line.left, line.right) == (seen.left(), seen.right()));
        cells.iter().all(lies)
    }

    /// Whether a row only goes on with whom to ask or who does it, while the task and what was done are merged over it:
    /// a name and, below it, the telephone.
    pub(super) fn goes_on_below_merged_cells(&self, cells: &[Seen]) -> bool {
        let aside = [Field::Contact, Field::Agencies, Field::Remark];
        let Some(row) = cells.first().map(|seen| seen.region.first.row) else { return false };
        let from_above = |column: &TableColumn| {
            let at = CellRef::new(row, column.column);
            self.grid.seen_at(at).is_some_and(|seen| (self.rows.0..row).contains(&seen.region.first.row))
        };
        let merged = |fields: &[Field]| {
            let mut columns = self.columns.iter();
            columns.any(|column| column.field.is_some_and(|field| fields.contains(&field)) && from_above(column))
        };
        cells.iter().all(|seen| self.field(seen).is_some_and(|field| aside.contains(&field)))
            && merged(&[Field::Name, Field::Content])
            && merged(&REPORTED)
    }

    /// Whether a row below a task is made of labels with their values beside them: 进展 │ 立面整治完成.
    pub(super) fn is_labelled_line(&self, cells: &[Seen]) -> bool {
        let opens = |seen: &Seen| matches!(self.field(seen), None | Some(Field::Number | Field::Name | Field::Content));
        let is_label = |seen: &&Seen| !told_under(&seen.cell.text).is_empty();
        let Some(first) = cells.first() else { return false };
        if cells.len() > 6 || !opens(first) || !is_label(&first) {
            return false;
        }
        let labels = cells.iter().filter(is_label).count();
        labels < cells.len() && labels * 3 >= cells.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_break_off() {
        for (above, below) in [
            ("共富工坊3家，", "带动老人居家做工。"),
            ("管沟停工，预计要到11月", "中旬才能恢复。"),
            ("两村（沙角、", "活水潭）入户。"),
            ("新建公厕3", "个，改造2个。"),
            ("路面已", "硬化"),
        ] {
            assert!(breaks_off(above, below), "{above}");
        }
        for (above, below) in [
            ("沙角村完成", "活水潭村完成。"),
            ("计划推迟到11月", "沙角村绿化完成。"),
            ("夜校3期", "中旬开班"),
            ("签约3家", "家宴中心动工"),
            ("完成3", "推进中"),
            ("共富工坊3家，", ""),
        ] {
            assert!(!breaks_off(above, below), "{above}");
        }
    }
}
