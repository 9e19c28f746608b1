//! What is each row below a header: a record, a section, a total, a note, or a prepared row that nobody filled in?

use super::examples::{is_example, is_example_of_task};
use super::grid::{Grid, Seen};
use super::legends::explains_marks;
use super::official::Official;
use super::outside::{is_caption, is_note, is_signature, is_title};
use super::table::{RowRole, SecondLine, TableColumn, TableRow};
use super::text::{
    has_at_most, has_section_mark, is_hint, is_numeric, is_ordinal, is_prompt, is_status_word, length, plain, quoted,
};
use super::told_below::told_below;
use super::total_words::tells_their_number;
use super::vocabulary::{is_place, unit_in_plain};
use crate::list::Field;

/// Fields in which a township says something of its own about a task: figures, a status, a narrative.
pub(crate) const REPORTED: [Field; 7] =
    [Field::PeriodDone, Field::Done, Field::Rate, Field::Status, Field::Progress, Field::Problem, Field::Plan];

/// A table's columns, while its rows are told apart.
pub(crate) struct Body<'a, 's> {
    /// The sheet.
    pub(crate) grid: &'a Grid<'s>,
    /// The columns, from left to right.
    pub(crate) columns: &'a [TableColumn],
    /// The field of each column of the sheet, from the first of them to the last.
    pub(crate) fields: &'a [Option<Field>],
    /// Their titles in plain form.
    pub(crate) titles: &'a [String],
    /// First and last column.
    pub(crate) span: (u32, u32),
    /// First and last row in which the body may lie.
    pub(crate) rows: (u32, u32),
    /// Texts of the official list.
    pub(crate) official: &'a Official,
    /// The second line of titles, where each record has two lines.
    pub(crate) lines: &'a [SecondLine],
    /// Whether the sheet before has its sentences broken over rows.
    pub(crate) goes_on_broken: bool,
}

/// What a row was taken for before its neighbours are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Draft {
    /// Kept as it is.
    Role(RowRole),
    /// One text that is a section above records and a note below the last one.
    LoneText,
    /// A signature, caption or title: outside the table if no record follows.
    Outside,
}

/// One row and what it was taken for.
pub(super) struct Drafted {
    pub(super) row: u32,
    pub(super) draft: Draft,
    pub(super) why: String,
    pub(super) reports: bool,
    pub(super) part: bool,
    pub(super) counts_only: bool,
}

impl<'s> Body<'_, 's> {
    /// Tells the rows apart.
    pub(crate) fn classify(&self) -> Vec<TableRow> {
        let used: Vec<u32> = self.grid.used_rows_between(self.rows.0, self.rows.1).collect();
        let mut drafts: Vec<Drafted> = used.iter().filter_map(|row| self.draft(*row)).collect();
        if self.grid.last_row().is_some_and(|last| self.rows.1 < last) {
            // Lone texts right above the next header are its title, whatever they name.
            let above_next =
                drafts.iter_mut().rev().take_while(|drafted| drafted.draft != Draft::Role(RowRole::Record));
            above_next
                .filter(|drafted| drafted.draft == Draft::LoneText)
                .for_each(|drafted| drafted.draft = Draft::Outside);
        }
        self.end_above_another_list(&mut drafts);
        self.find_narratives_below(&mut drafts);
        self.find_broken_narratives(&mut drafts);
        self.find_numbered_parts(&mut drafts);
        self.find_counted_headings(&mut drafts);
        self.find_counts_of_tasks(&mut drafts);
        self.find_parts_of_totals(&mut drafts);
        self.find_figures_below(&mut drafts);
        self.leave_texts_behind_a_gap(&mut drafts);
        let numbered = self.numbers_its_records(&drafts);
        for place in 0..drafts.len() {
            let heads = self.heads_indicators(&drafts, place);
            self.settle_lone_text(&mut drafts[place], numbered || heads);
        }
        let is_body = |drafted: &Drafted| matches!(drafted.draft, Draft::Role(role) if role != RowRole::Section && (role != RowRole::Note || drafted.part));
        let end = drafts.iter().rposition(is_body).map_or(0, |last| last + 1);
        drafts.truncate(end);
        let tells = |drafted: &Drafted| match drafted.draft {
            Draft::Role(RowRole::Record) => drafted.reports,
            // A line of what was done below its task.
            Draft::Role(RowRole::Note) => drafted.part,
            _ => false,
        };
        let nothing_reported = !drafts.iter().any(tells);
        let starts: Vec<u32> = drafts.iter().map(|drafted| drafted.row).collect();
        let rows = drafts.into_iter().enumerate().map(|(index, drafted)| {
            let Drafted { row, part, counts_only, .. } = drafted;
            let last_row = self.last_row(row, starts.get(index + 1).copied().unwrap_or(u32::MAX));
            let (role, why) = settled(drafted, nothing_reported);
            TableRow { row, last_row, role, part, counts_only, why }
        });
        rows.collect()
    }

    /// The last sheet row of a record whose cells are merged downwards, before the next row of the table begins.
    fn last_row(&self, row: u32, next: u32) -> u32 {
        let reach = self.cells(row).map(|seen| seen.region.last.row).max().unwrap_or(row);
        reach.min(next.saturating_sub(1)).min(self.rows.1).max(row)
    }

    /// The cells of the table that begin in a row.
    pub(super) fn cells(&self, row: u32) -> impl Iterator<Item = Seen<'s>> {
        self.row(row).iter().copied()
    }

    /// The same as a part of the row of the sheet.
    fn row(&self, row: u32) -> &[Seen<'s>] {
        self.grid.row_within(row, self.span.0, self.span.1)
    }

    /// The place among the columns of the one that a cell stands in.
    fn place(&self, seen: &Seen) -> Option<usize> {
        self.columns.binary_search_by_key(&seen.left(), |column| column.column).ok()
    }

    /// The column that a cell stands in.
    fn column(&self, seen: &Seen) -> Option<&TableColumn> {
        self.place(seen).map(|place| &self.columns[place])
    }

    /// The field of a cell's column.
    pub(super) fn field(&self, seen: &Seen) -> Option<Field> {
        let place = seen.left().checked_sub(self.columns.first()?.column)?;
        *self.fields.get(place as usize)?
    }

    /// What a row looks like on its own; `None` where no cell of the table begins in it.
    fn draft(&self, row: u32) -> Option<Drafted> {
        let cells = self.row(row);
        let first = cells.first()?;
        let texts: Vec<&str> = cells.iter().map(Seen::plain).collect();
        let first_text = || quoted(&first.cell.text);
        let of =
            |draft, why: String| Some(Drafted { row, draft, why, reports: false, part: false, counts_only: false });
        if self.repeats_header(cells, &texts) {
            return of(Draft::Role(RowRole::Header), "与表头相同，是换页后重复的表头".to_owned());
        }
        if let Some(why) = self.counts_only(cells, &texts) {
            if has_section_mark(texts[0]) {
                return of(Draft::Role(RowRole::Section), "后面只有项数、比例，是分节标题".to_owned());
            }
            let draft = Draft::Role(RowRole::Total);
            return Some(Drafted { row, draft, why, reports: false, part: false, counts_only: true });
        }
        if let Some((role, why)) = self.tally_of_group(cells, &texts) {
            let draft = Draft::Role(role);
            return Some(Drafted { row, draft, why: why.to_owned(), reports: false, part: false, counts_only: true });
        }
        if let Some((role, word)) = self.total(cells, &texts) {
            return of(Draft::Role(role), format!("写着“{word}”，是合计行"));
        }
        let of_task = |seen: &&Seen| self.field(seen).is_some_and(Field::names_task);
        let mut example = cells.iter().filter(of_task).filter(|seen| is_example_of_task(seen.plain()));
        let example = example.next().or_else(|| Some(first).filter(|_| is_example(texts[0])));
        if let Some(example) = example.map(|seen| quoted(&seen.cell.text)) {
            return of(Draft::Role(RowRole::Note), format!("写着“{}”，是填写示例", start(&example)));
        }
        if cells.len() <= 2 && is_note(texts[0]) || explains_marks(&texts) {
            return of(Draft::Role(RowRole::Note), format!("以“{}”开头，是说明文字", start(&first_text())));
        }
        if cells.len() == 2 && is_bare_note(texts[0]) && length(texts[1]) >= SHORTEST_NOTE {
            return of(Draft::Role(RowRole::Note), format!("以“{}”开头，是说明文字", start(&first_text())));
        }
        if cells.len() == 1 && tells_their_number(texts[0]) && !has_section_mark(texts[0]) {
            return of(Draft::Role(RowRole::Note), format!("写着“{}”，是说共有几条的话", start(&first_text())));
        }
        if cells.len() >= 2 && texts.iter().all(|text| is_line(text)) {
            return of(Draft::Role(RowRole::Note), "只有横线，是分隔行".to_owned());
        }
        if self.is_head_of_page(row, cells) {
            return of(Draft::Outside, "与表头上面的一行相同，是换页后重复的页眉".to_owned());
        }
        if (row == self.first_used_row() || names_hints(texts[0])) && self.is_of_hints(&texts) {
            return of(Draft::Role(RowRole::Note), "写的是各栏怎样填，是填写提示".to_owned());
        }
        if texts.iter().all(|text| *text == "%" || unit_in_plain(text).is_some()) {
            return of(Draft::Role(RowRole::Empty), "只有单位等预置内容，没有填报".to_owned());
        }
        let reports = cells.iter().any(|seen| self.reports(seen));
        let signs = |(seen, text): (&Seen, &&str)| {
            is_signature(text) || is_caption(text) && (text.contains(':') || !self.is_value(seen))
        };
        // Most rows stand like records, which is told sooner than that none of their cells signs.
        let signature = || !self.stands_like_a_record(cells) && cells.iter().zip(&texts).any(signs);
        let closing = (self.is_closing_row(cells, &texts) || self.only_signs(cells))
            && !self.under_task(first)
            && !self.is_official_alone(cells);
        if closing || signature() {
            return of(Draft::Outside, "是填报单位、签名或日期".to_owned());
        }
        if cells.iter().all(|seen| told_below(&seen.cell.text).is_some())
            || self.is_line_behind_an_arrow(cells)
            || self.is_labelled_line(cells)
            || self.is_second_line(cells)
            || self.goes_on_below_merged_cells(cells)
        {
            let why = "是上面一条的进展、问题等，另起一行写的".to_owned();
            let draft = Draft::Role(RowRole::Note);
            return Some(Drafted { row, draft, why, reports, part: true, counts_only: false });
        }
        if self.is_of_people(cells, &texts) {
            return of(Draft::Outside, "写的是联系谁、电话多少，不是任务".to_owned());
        }
        if let Some(heading) = self.lone_text(cells) {
            if is_title(&plain(&heading)) && !self.official.is_task(&heading) && !self.official.is_section(&heading) {
                return of(Draft::Outside, format!("“{}”是标题", start(&heading)));
            }
            return Some(Drafted {
                row,
                draft: Draft::LoneText,
                why: heading,
                reports,
                part: false,
                counts_only: false,
            });
        }
        if self.is_prepared(cells) {
            return of(Draft::Role(RowRole::Empty), "只有序号等预置内容，没有填报".to_owned());
        }
        Some(Drafted {
            row,
            draft: Draft::Role(RowRole::Record),
            why: "有任务或填报内容，是一条填报记录".to_owned(),
            reports,
            part: false,
            counts_only: false,
        })
    }

    /// The first row of the body that holds anything.
    fn first_used_row(&self) -> u32 {
        self.grid.used_rows_between(self.rows.0, self.rows.1).next().unwrap_or(self.rows.0)
    }

    /// Whether a row tells how the columns are to be filled in, and names no task.
    fn is_of_hints(&self, texts: &[&str]) -> bool {
        let hints = texts.iter().filter(|text| is_hint(text)).count();
        let other = texts.iter().filter(|text| !is_hint(text));
        let other =
            other.into_iter().any(|text| is_numeric(text) || is_status_word(text) || self.official.is_task(text));
        let most = hints * 3 >= texts.len() * 2 || texts.first().is_some_and(|first| names_hints(first));
        hints >= 2 && most && !other
    }

    /// Whether a cell is a value that its column wants (a date in a 完成时限 column is no caption).
    fn is_value(&self, seen: &Seen) -> bool {
        self.field(seen).is_some_and(|field| !matches!(field, Field::Number | Field::Name))
    }

    /// Whether most titled columns repeat their own title.
    fn repeats_header(&self, cells: &[Seen], texts: &[&str]) -> bool {
        let other = |(seen, text): &(&Seen, &&str)| {
            // A title is short: a long cell need not be compared.
            let same = text.len() <= 120
                && self.place(seen).is_some_and(|place| {
                    let title = &self.titles[place];
                    let is_part = || title.len() > text.len() && title.split('›').any(|part| part == **text);
                    !title.is_empty() && (title == **text || is_part())
                });
            !same
        };
        // Once too many are no titles, no more are compared.
        let most_others = cells.len() * 2 / 5;
        cells.len() >= 2 && cells.iter().zip(texts).filter(other).nth(most_others).is_none()
    }

    /// Whether a cell says something of the township's own on the task: figures, a status, a narrative.
    pub(super) fn reports(&self, seen: &Seen) -> bool {
        self.field(seen).is_some_and(|field| REPORTED.contains(&field)) && !is_prompt(seen.plain())
    }

    /// Whether a row with a word of a signature in it is a record all the same.
    fn stands_like_a_record(&self, cells: &[Seen]) -> bool {
        let tells = |seen: &Seen| match self.field(seen) {
            Some(Field::Number) => is_ordinal(seen.plain()),
            Some(Field::Status) => is_status_word(seen.plain()),
            Some(field) if field.is_quantity() || field == Field::Rate => is_numeric(seen.plain()),
            _ => false,
        };
        let label = |seen: &Seen| {
            let text = &*seen.cell.text;
            seen.may_hold_colon() && text.contains([':', '：']) && is_signature(seen.plain())
        };
        (cells.len() >= 3 || cells.iter().any(tells)) && !cells.iter().any(label)
    }

    /// Whether a row holds nothing but what a template prepares: numbers, offices, units, deadlines.
    fn is_prepared(&self, cells: &[Seen]) -> bool {
        cells.iter().all(|seen| {
            let field = self.field(seen);
            let template =
                matches!(field, Some(Field::Number | Field::Agencies | Field::Unit | Field::Deadline | Field::Target));
            // 67. in the column of the tasks: a number that waits for its task.
            let ordinal = matches!(field, None | Some(Field::Name | Field::Content)) && is_ordinal(seen.plain());
            template || ordinal || is_prompt(seen.plain()) || self.is_of_another(seen)
        }) && !cells.iter().any(|seen| self.field(seen) == Some(Field::Target) && self.under_task(seen))
    }

    /// Whether a cell names a township, or the task merged over the rows of all of them: in the county's form each row that
    /// this township did not fill in is another's.
    fn is_of_another(&self, seen: &Seen) -> bool {
        let of_townships = |column: &TableColumn| {
            column.field.is_none() && is_place(&column.title) && column.title.contains(['镇', '乡'])
        };
        let merged = || {
            let task = matches!(self.field(seen), Some(Field::Name | Field::Content));
            task && seen.region.last.row > seen.region.first.row && self.columns.iter().any(of_townships)
        };
        self.column(seen).is_some_and(of_townships) || merged()
    }

    /// Whether the task cell of a row is merged over it from above.
    pub(super) fn under_task(&self, seen: &Seen) -> bool {
        let row = seen.region.first.row;
        self.columns.iter().filter(|column| matches!(column.field, Some(Field::Name | Field::Content))).any(|column| {
            let at = crate::location::CellRef::new(row, column.column);
            self.grid.seen_at(at).is_some_and(|task| task.region.first.row < row)
        })
    }

    /// The plain text of a field in a row; empty where it is blank.
    pub(super) fn text_of(&self, row: u32, field: Field) -> &'s str {
        let cells = self.row(row);
        let mut columns = self.columns.iter().filter(|column| column.field == Some(field));
        let place = columns.find_map(|column| cells.binary_search_by_key(&column.column, Seen::left).ok());
        place.map_or("", |place| cells[place].plain())
    }
}

/// The role and reason of a row, once it is known whether anything was reported in the table.
fn settled(drafted: Drafted, nothing_reported: bool) -> (RowRole, String) {
    match drafted.draft {
        Draft::Role(RowRole::Record) if nothing_reported => {
            (RowRole::Empty, "整张表都没有填报，是空表中的预置行".to_owned())
        }
        Draft::Role(role) => (role, drafted.why),
        Draft::LoneText | Draft::Outside => (RowRole::Note, drafted.why),
    }
}

/// Whether a text is a line drawn with several strokes, as texts part a header from its rows: ---, :--:.
fn is_line(text: &str) -> bool {
    length(text) >= 2 && text.chars().all(|c| matches!(c, '-' | '—' | '=' | '_' | ':' | '+' | '─'))
}

/// Shortest note, in characters, behind the word that announces it.
const SHORTEST_NOTE: usize = 6;

/// Whether the first of two cells only announces a note: 注 │ 同一任务三个月看一行.
fn is_bare_note(text: &str) -> bool {
    matches!(
        text.trim_matches(['(', ')', '【', '】', '[', ']', ':', '*']),
        "注" | "附注" | "注释" | "备注" | "说明" | "附"
    )
}

/// Whether the first cell of a row says that the others tell how to fill in the form: 填写要求.
fn names_hints(text: &str) -> bool {
    has_at_most(text, 6) && ["要求", "说明", "提示", "须知", "规则"].iter().any(|end| text.ends_with(end))
}

/// The first characters of a text, for a sentence.
pub(super) fn start(text: &str) -> String {
    let mut start: String = text.chars().take(16).collect();
    if length(text) > 16 {
        start.push('…');
    }
    start
}
