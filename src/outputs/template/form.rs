//! 填报表: the form of the standard template, a row for each task or quantified indicator.

use rust_xlsxwriter::{Formula, Note, ProtectionOptions, Worksheet, XlsxError};

use super::filled::{Answer, Mark};
use super::rows::{self, FormRow};
use super::{Template, captions, rules};
use crate::findings::Severity;
use crate::list::{Field, Form, Key};
use crate::location::column_letters;
use crate::outputs::style::{self, Formats, Kind, Look, Paper, Tone};
use crate::outputs::text;

/// Name of the form's sheet.
pub(super) const NAME: &str = "填报表";
/// Heading of the hidden column of keys.
const KEY_HEADING: &str = "编码";

/// A note holds fewer characters than a cell; nobody reads so many, the list of problems has them all.
const MOST_NOTE_CHARACTERS: usize = 1_000;

/// Where things stand on the form; all numbers zero-based.
#[derive(Debug)]
pub(super) struct Places {
    columns: Vec<Field>,
    /// Row of the headings; title, plan, captions and self-check stand above.
    pub(super) header: u32,
    /// First row below the headings.
    pub(super) first: u32,
    /// Last row of the table.
    pub(super) last: u32,
}

impl Places {
    fn new(template: &Template<'_>, rows: usize) -> Self {
        let header = 3 + captions::caption_rows(template);
        let last = header + u32::try_from(rows).unwrap_or(u32::MAX - header);
        let columns = template.plan.form.columns.iter().map(|column| column.key).collect();
        Self { columns, header, first: header + 1, last }
    }

    /// The column of a field; absent where the form has none.
    pub(super) fn column(&self, field: Field) -> Option<u16> {
        self.columns.iter().position(|key| *key == field).and_then(|place| u16::try_from(place).ok())
    }

    /// The last column that is seen.
    pub(super) fn last_column(&self) -> u16 {
        self.key_column().max(1) - 1
    }

    /// The hidden column of the keys, right of the form.
    fn key_column(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX)
    }

    /// A cell of a field in a zero-based row, such as `J6`.
    pub(super) fn cell(&self, field: Field, row: u32) -> Option<String> {
        Some(format!("{}{}", column_letters(u32::from(self.column(field)?)), row + 1))
    }

    /// All cells of a field's column, such as `$J$6:$J$98`.
    pub(super) fn range(&self, field: Field) -> Option<String> {
        let letters = column_letters(u32::from(self.column(field)?));
        Some(format!("${letters}${}:${letters}${}", self.first + 1, self.last + 1))
    }
}

/// The form's sheet.
pub(super) fn sheet(template: &Template<'_>) -> Result<Worksheet, XlsxError> {
    let plan = template.plan;
    let rows = rows::rows(plan, template.township);
    let places = Places::new(template, rows.len());
    let mut sheet = Worksheet::new();
    let mut formats = Formats::default();
    // Until a program computes them, the rates are blank and not zero.
    sheet.set_name(NAME)?.set_formula_result_default("");
    style::page(&mut sheet, Paper::A4Landscape, 1, 0);
    for (column, spec) in (0u16..).zip(&plan.form.columns) {
        sheet.set_column_width(column, width(spec.key))?;
    }
    captions::write(&mut sheet, &mut formats, template, &places)?;
    headings(&mut sheet, &mut formats, &plan.form, &places)?;
    for (row, content) in (places.first..).zip(&rows) {
        match content {
            FormRow::Heading(heading) => band(&mut sheet, &mut formats, &places, row, heading)?,
            FormRow::Task(line) => task_row(&mut sheet, &mut formats, template, &places, row, line)?,
        }
    }
    keys(&mut sheet, &mut formats, template, &places, &rows)?;
    rules::add(&mut sheet, template, &places)?;
    finish(&mut sheet, &places)?;
    Ok(sheet)
}

/// The hidden column of keys: the form's own above, a key beside each task's row.
fn keys(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    template: &Template<'_>,
    places: &Places,
    rows: &[FormRow<'_>],
) -> Result<(), XlsxError> {
    let column = places.key_column();
    let look = Look::text().kind(Kind::Hidden);
    let own = template.key(None, None);
    sheet.write_string_with_format(0, column, own.text(), formats.of(look))?;
    sheet.write_string_with_format(places.header, column, KEY_HEADING, formats.of(Look::text().kind(Kind::Heading)))?;
    for (row, content) in (places.first..).zip(rows) {
        if let FormRow::Task(line) = content {
            // The plan's fingerprint is the same for all rows; it is not worked out again for each.
            let text = Key { task: Some(line.task.number), indicator: line.indicator, ..own.clone() }.text();
            sheet.write_string_with_format(row, column, text, formats.of(look))?;
        }
    }
    sheet.set_column_width(column, 10)?.set_column_hidden(column)?;
    Ok(())
}

/// Frozen headings, filter, print titles and protection.
fn finish(sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
    let frozen = places.column(Field::Name).map_or(0, |column| column + 1);
    sheet.set_freeze_panes(places.first, frozen)?;
    sheet.set_repeat_rows(places.header, places.header)?;
    sheet.set_print_area(0, 0, places.last, places.last_column())?;
    sheet.set_screen_gridlines(false);
    sheet.autofilter(places.header, 0, places.last, places.key_column())?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// The column headings.
fn headings(sheet: &mut Worksheet, formats: &mut Formats, form: &Form, places: &Places) -> Result<(), XlsxError> {
    let look = Look::text().kind(Kind::Heading);
    for (column, spec) in (0u16..).zip(&form.columns) {
        sheet.write_string_with_format(places.header, column, text::clean(&spec.title), formats.of(look))?;
    }
    sheet.set_row_height(places.header, 30)?;
    Ok(())
}

/// A section row. It is not merged, so that the sheet can be sorted.
fn band(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    places: &Places,
    row: u32,
    heading: &str,
) -> Result<(), XlsxError> {
    let look = Look::text().kind(Kind::Band).tone(Tone::Band).bold();
    for column in 1..places.key_column() {
        sheet.write_blank(row, column, formats.of(look))?;
    }
    sheet.write_string_with_format(row, 0, text::clean(heading), formats.of(look))?;
    sheet.set_row_height(row, 20)?;
    Ok(())
}

/// One row of a task: its first row bears the narratives, further ones only their indicator.
fn task_row(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    template: &Template<'_>,
    places: &Places,
    row: u32,
    line: &rows::TaskLine<'_>,
) -> Result<(), XlsxError> {
    let mut lines = 1;
    for (column, spec) in (0u16..).zip(&template.plan.form.columns) {
        let mut look = look(line, spec.key);
        let marks = template.marks.map_or(&[][..], |marks| marks.get((line.task.number, line.indicator), spec.key));
        if let Some(worst) = marks.iter().map(|mark| mark.severity).min() {
            look = look.tone(if worst == Severity::Error { Tone::Red } else { Tone::Yellow });
            sheet.insert_note(row, column, &note(marks))?;
        }
        let answer = line.answer(template, spec.key);
        if let Some(Answer::Text(text)) = &answer {
            lines = text::lines(text, style::characters(width(spec.key), style::BODY_SIZE), lines);
        }
        if spec.key == Field::Rate
            && line.indicator.is_some()
            && let Some(formula) = rate(places, row)
        {
            let formula = Formula::new(formula).set_result(line.rate(template));
            sheet.write_formula_with_format(row, column, formula, formats.of(look))?;
            continue;
        }
        match answer {
            Some(Answer::Number(number)) => {
                sheet.write_number_with_format(row, column, number, formats.of(look))?;
            }
            Some(Answer::Text(text)) => {
                sheet.write_string_with_format(row, column, text::clean(&text), formats.of(look))?;
            }
            None => {
                sheet.write_blank(row, column, formats.of(look))?;
            }
        }
    }
    // Room for a narrative of three lines, even where the official text is short.
    let least = if line.leads { 3 } else { 2 };
    sheet.set_row_height(row, style::row_height(lines.max(least), style::BODY_SIZE))?;
    Ok(())
}

/// A note that says what is wrong with a cell. It is as large as its text, so that nothing is cut off.
fn note(marks: &[Mark]) -> Note {
    const WIDTH: u32 = 260;
    let text = marks.iter().map(|mark| mark.text.as_str()).collect::<Vec<_>>().join("\n");
    let text: String = text::clean(&text).chars().take(MOST_NOTE_CHARACTERS).collect();
    // 260 pixels hold about 40 half-width characters of nine points; a line is 16 pixels high.
    let height = 16 * text::lines(&text, 40.0, 1) + 12;
    Note::new(text).add_author_prefix(false).set_width(WIDTH).set_height(height)
}

/// How a cell of a task's row looks: official, to be filled in, or closed because the task's first row answers.
pub(super) fn look(line: &rows::TaskLine<'_>, field: Field) -> Look {
    let fill_in = Look::text().tone(Tone::FillIn).open();
    let official = Look::text().tone(Tone::Official);
    match field {
        Field::Number => official.centred(),
        Field::Name | Field::Content | Field::Agencies | Field::Indicator => official,
        Field::Unit if line.indicator.is_some() => official.centred(),
        Field::Unit => fill_in.centred(),
        Field::Target | Field::PeriodDone | Field::Done => fill_in.kind(Kind::Number),
        Field::Rate if line.indicator.is_some() => official.kind(Kind::Percent),
        Field::Rate => fill_in.kind(Kind::Percent),
        _ if !line.leads => Look::text().tone(Tone::Muted),
        Field::Status | Field::Contact => fill_in.centred(),
        Field::Deadline => fill_in.kind(Kind::Written).centred(),
        Field::Progress | Field::Problem | Field::Plan | Field::Remark => fill_in,
    }
}

/// Done ÷ target, blank until both are there.
fn rate(places: &Places, row: u32) -> Option<String> {
    let (target, done) = (places.cell(Field::Target, row)?, places.cell(Field::Done, row)?);
    Some(format!("=IF(AND(ISNUMBER({target}),ISNUMBER({done})),IF({target}=0,\"\",{done}/{target}),\"\")"))
}

/// Width of a field's column.
pub(super) const fn width(field: Field) -> f64 {
    match field {
        Field::Number => 5.0,
        Field::Name | Field::Agencies => 12.0,
        Field::Content => 25.0,
        Field::Target | Field::Unit | Field::PeriodDone | Field::Done | Field::Rate | Field::Status => 7.5,
        Field::Progress => 28.0,
        Field::Indicator | Field::Problem | Field::Plan => 15.0,
        Field::Deadline => 10.0,
        Field::Contact | Field::Remark => 9.0,
    }
}
