//! 填报表: the form of the standard template, a row for each task or quantified indicator.

use rust_xlsxwriter::{Formula, ProtectionOptions, Worksheet, XlsxError};

use super::rows::{self, FormRow};
use super::rules;
use crate::list::{Field, Form, Key, Plan};
use crate::location::column_letters;
use crate::outputs::style::{self, Formats, Kind, Look, Paper, Tone};
use crate::outputs::text;
use crate::period::Period;

/// Name of the form's sheet.
pub(super) const NAME: &str = "填报表";
/// Zero-based row of the headings: title, plan, captions and self-check stand above.
pub(super) const HEADER_ROW: u32 = 4;

/// Where things stand on the form; all numbers zero-based.
#[derive(Debug)]
pub(super) struct Places {
    columns: Vec<Field>,
    /// First row below the headings.
    pub(super) first: u32,
    /// Last row of the table.
    pub(super) last: u32,
}

impl Places {
    fn new(form: &Form, rows: usize) -> Self {
        let first = HEADER_ROW + 1;
        let last = HEADER_ROW + u32::try_from(rows).unwrap_or(u32::MAX - HEADER_ROW);
        Self { columns: form.columns.iter().map(|column| column.key).collect(), first, last }
    }

    /// The column of a field; absent where the form has none.
    pub(super) fn column(&self, field: Field) -> Option<u16> {
        self.columns.iter().position(|key| *key == field).and_then(|place| u16::try_from(place).ok())
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
pub(super) fn sheet(plan: &Plan, township: &str, period: Period) -> Result<Worksheet, XlsxError> {
    let rows = rows::rows(plan, township);
    let places = Places::new(&plan.form, rows.len());
    let mut sheet = Worksheet::new();
    let mut formats = Formats::default();
    sheet.set_name(NAME)?;
    style::page(&mut sheet, Paper::A4Landscape, 1, 0);
    for (column, spec) in (0u16..).zip(&plan.form.columns) {
        sheet.set_column_width(column, width(spec.key))?;
    }
    sheet.set_column_width(places.key_column(), 10)?.set_column_hidden(places.key_column())?;
    head(&mut sheet, &mut formats, plan, township, period, &places)?;
    headings(&mut sheet, &mut formats, &plan.form, &places)?;
    for (row, content) in (places.first..).zip(&rows) {
        match content {
            FormRow::Heading(heading) => band(&mut sheet, &mut formats, &places, row, heading)?,
            FormRow::Task(line) => {
                task_row(&mut sheet, &mut formats, plan, &places, row, line)?;
                let key = Key {
                    plan: plan.fingerprint(),
                    period,
                    township: township.to_owned(),
                    task: Some(line.task.number),
                    indicator: line.indicator,
                };
                sheet.write_string_with_format(row, places.key_column(), key.text(), formats.of(Look::text()))?;
            }
        }
    }
    rules::add(&mut sheet, plan, &places)?;
    finish(&mut sheet, &places)?;
    Ok(sheet)
}

/// Frozen headings, filter, print titles and protection.
fn finish(sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
    let frozen = places.column(Field::Name).map_or(0, |column| column + 1);
    sheet.set_freeze_panes(HEADER_ROW + 1, frozen)?;
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    sheet.set_print_area(0, 0, places.last, places.key_column() - 1)?;
    sheet.set_screen_gridlines(false);
    sheet.autofilter(HEADER_ROW, 0, places.last, places.key_column())?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// Title, plan, captions, self-check.
fn head(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    plan: &Plan,
    township: &str,
    period: Period,
    places: &Places,
) -> Result<(), XlsxError> {
    let last = places.key_column() - 1;
    let title = format!("{}工作任务落实情况填报表", period.chinese());
    sheet.merge_range(0, 0, 0, last, &title, formats.of(Look::text().kind(Kind::Title)))?;
    sheet.set_row_height(0, 32)?;
    let line = Look::text().kind(Kind::Line);
    let plan_title = format!("方案：{}", text::clean(&plan.title));
    sheet.merge_range(1, 0, 1, last, &plan_title, formats.of(line.centred()))?;
    sheet.set_row_height(1, 18)?;
    let form_key = Key { plan: plan.fingerprint(), period, township: township.to_owned(), task: None, indicator: None };
    sheet.write_string(0, places.key_column(), form_key.text())?;

    let stretch = |part: u16| (last + 1) * part / 6;
    let captions = [
        (0, 2, format!("填报单位：{township}"), false),
        (2, 3, format!("填报期间：{}", period.chinese()), false),
        (3, 4, "填报人：".to_owned(), true),
        (4, 5, "联系电话：".to_owned(), true),
        (5, 6, "填报日期：".to_owned(), true),
    ];
    for (from, until, caption, open) in captions {
        let look = if open { Look::text().tone(Tone::FillIn).open() } else { line.bold() };
        sheet.merge_range(2, stretch(from), 2, stretch(until) - 1, &caption, formats.of(look))?;
    }
    sheet.set_row_height(2, 22)?;
    self_check(sheet, formats, township, period, places)
}

/// The line that counts blanks and contradictions, with the receipt code.
fn self_check(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    township: &str,
    period: Period,
    places: &Places,
) -> Result<(), XlsxError> {
    let last = places.key_column() - 1;
    let line = Look::text().kind(Kind::Line);
    let middle = (last + 1) * 2 / 3;
    let blanks = rules::blanks(places);
    let contradictions = rules::contradictions(places);
    let count = format!(
        "=\"自查：必填未填 \"&({blanks})&\" 处，前后矛盾 \"&({contradictions})&\" 处。\"&IF(({blanks})+({contradictions})=0,\"可以报送。\",\"请填全、改正后报送。\")"
    );
    let all_blank = "自查：打开后自动计算。";
    sheet.merge_range(3, 0, 3, middle - 1, "", formats.of(line))?;
    sheet.write_formula_with_format(3, 0, Formula::new(count).set_result(all_blank), formats.of(line))?;
    let receipt = format!("=\"回执码：\"&{}", rules::receipt(township, period, places));
    sheet.merge_range(3, middle, 3, last, "", formats.of(line))?;
    sheet.write_formula_with_format(3, middle, Formula::new(receipt).set_result("回执码："), formats.of(line))?;
    sheet.set_row_height(3, 20)?;
    Ok(())
}

/// The column headings.
fn headings(sheet: &mut Worksheet, formats: &mut Formats, form: &Form, places: &Places) -> Result<(), XlsxError> {
    let look = Look::text().kind(Kind::Heading);
    for (column, spec) in (0u16..).zip(&form.columns) {
        sheet.write_string_with_format(HEADER_ROW, column, text::clean(&spec.title), formats.of(look))?;
    }
    sheet.write_string_with_format(HEADER_ROW, places.key_column(), "编码", formats.of(look))?;
    sheet.set_row_height(HEADER_ROW, 30)?;
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
    plan: &Plan,
    places: &Places,
    row: u32,
    line: &rows::TaskLine<'_>,
) -> Result<(), XlsxError> {
    let mut lines = 1;
    for (column, spec) in (0u16..).zip(&plan.form.columns) {
        let look = look(line, spec.key);
        let text = official_text(line, spec.key);
        lines = lines.max(text::lines(&text, style::characters(width(spec.key), style::BODY_SIZE)));
        match (spec.key, line.target()) {
            (Field::Number, _) => {
                sheet.write_number_with_format(row, column, f64::from(line.task.number), formats.of(look))?;
            }
            (Field::Target, Some(target)) => {
                sheet.write_number_with_format(row, column, target, formats.of(look))?;
            }
            (Field::Rate, _) if line.indicator.is_some() => {
                if let Some(formula) = rate(places, row) {
                    let formula = Formula::new(formula).set_result("");
                    sheet.write_formula_with_format(row, column, formula, formats.of(look))?;
                }
            }
            _ => {
                sheet.write_string_with_format(row, column, text::clean(&text), formats.of(look))?;
            }
        }
    }
    // Room for a narrative of three lines, even where the official text is short.
    let least = if line.leads { 3 } else { 2 };
    sheet.set_row_height(row, style::row_height(lines.max(least), style::BODY_SIZE))?;
    Ok(())
}

/// The text that the form already bears in a field.
fn official_text(line: &rows::TaskLine<'_>, field: Field) -> String {
    match field {
        Field::Name => line.task.name.clone(),
        Field::Content => line.content(),
        Field::Agencies if line.leads => line.task.agencies(),
        Field::Indicator => line.label(),
        Field::Unit => line.unit().to_owned(),
        Field::Deadline if line.leads => line.task.deadline.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

/// How a cell of a task's row looks: official, to be filled in, or closed because the task's first row answers.
fn look(line: &rows::TaskLine<'_>, field: Field) -> Look {
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
        Field::Name => 13.0,
        Field::Content => 30.0,
        Field::Agencies => 16.0,
        Field::Indicator => 17.0,
        Field::Unit => 6.5,
        Field::Target | Field::PeriodDone | Field::Done | Field::Rate | Field::Status => 8.5,
        Field::Progress => 32.0,
        Field::Problem | Field::Plan => 20.0,
        Field::Deadline => 10.0,
        Field::Contact | Field::Remark => 11.0,
    }
}
