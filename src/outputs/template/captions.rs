//! The lines above the form: title, plan, who reports for when, and the self-check.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::Template;
use super::form::{Places, width};
use super::rules;
use crate::list::FormColumn;
use crate::outputs::style::{Formats, Kind, Look, Tone};
use crate::outputs::text;

/// One piece of the caption lines and the width it needs, in Excel's units.
struct Piece {
    text: String,
    width: f64,
    /// Whether the township fills it in.
    open: bool,
}

/// The pieces in their order: printed texts, and labels each with an open cell at its right.
fn pieces(template: &Template<'_>) -> Vec<Piece> {
    let printed = |text: String, width: f64| Piece { text, width, open: false };
    let open = |width: f64| Piece { text: String::new(), width, open: true };
    let mut pieces = vec![
        printed(format!("填报单位：{}", text::clean(template.township)), 28.0),
        printed(format!("填报期间：{}", template.period.chinese()), 26.0),
        printed("填报人：".to_owned(), 9.0),
        open(14.0),
        printed("联系电话：".to_owned(), 11.0),
        open(15.0),
        printed("填报日期：".to_owned(), 11.0),
        open(13.0),
    ];
    if let Some(due) = template.due {
        pieces.push(printed(format!("　报送截止：{}年{}月{}日", due.year, due.month, due.day), 24.0));
    }
    pieces
}

/// Rows that the captions take in a form of so many columns: a form with few columns needs several.
pub(super) fn caption_rows(template: &Template<'_>) -> u32 {
    let columns = template.plan.form.columns.len().max(1);
    u32::try_from(pieces(template).len().div_ceil(columns)).unwrap_or(1)
}

/// Writes everything above the headings.
pub(super) fn write(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    template: &Template<'_>,
    places: &Places,
) -> Result<(), XlsxError> {
    let last = places.last_column();
    let title = format!("{}工作任务落实情况填报表", template.period.chinese());
    merged(sheet, formats, 0, (0, last), &title, Look::text().kind(Kind::Title))?;
    sheet.set_row_height(0, 32)?;
    let plan = format!("方案：{}", text::clean(&template.plan.title));
    merged(sheet, formats, 1, (0, last), &plan, Look::text().kind(Kind::Line).centred())?;
    sheet.set_row_height(1, 18)?;
    let pieces = pieces(template);
    let columns = &template.plan.form.columns;
    for (row, line) in (2u32..).zip(pieces.chunks(columns.len().max(1))) {
        for (place, (piece, span)) in line.iter().zip(spans(line, columns)).enumerate() {
            let names_a_blank = line.get(place + 1).is_some_and(|next| next.open);
            let kind = if names_a_blank { Kind::Label } else { Kind::Line };
            let printed = Look::text().kind(kind).bold();
            let look = if piece.open { Look::text().kind(Kind::Written).tone(Tone::FillIn).open() } else { printed };
            merged(sheet, formats, row, span, &piece.text, look)?;
        }
        sheet.set_row_height(row, 22)?;
    }
    self_check(sheet, formats, template, places)
}

/// The columns of each piece: as many as it needs, but enough left for the later ones; the last takes the rest.
fn spans(pieces: &[Piece], columns: &[FormColumn]) -> Vec<(u16, u16)> {
    let mut spans = Vec::new();
    let mut next = 0usize;
    for (place, piece) in pieces.iter().enumerate() {
        let first = next;
        let later = pieces.len() - place - 1;
        let mut covered = 0.0;
        while next < columns.len() - later && (next == first || covered < piece.width) {
            covered += width(columns[next].key);
            next += 1;
        }
        let is_last = later == 0 && !piece.open;
        let end = if is_last { columns.len() } else { next };
        let column = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        spans.push((column(first), column(end.max(first + 1) - 1)));
    }
    spans
}

/// The line that counts blanks and contradictions, with the receipt code.
fn self_check(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    template: &Template<'_>,
    places: &Places,
) -> Result<(), XlsxError> {
    let row = places.header - 1;
    let (last, look) = (places.last_column(), Look::text().kind(Kind::Line));
    let middle = (last + 1) * 2 / 3;
    let (blanks, contradictions) = (rules::blanks(places), rules::contradictions(places));
    let count = format!(
        "=\"自查：必填未填\"&({blanks})&\"处，前后矛盾\"&({contradictions})&\"处。\"&\
         IF(({blanks})+({contradictions})=0,\"可以报送。\",\"请填全、改正后报送。\")"
    );
    let receipt = format!("=\"回执码：\"&{}", rules::receipt(template.township, template.period, places));
    for (span, formula, shown) in [
        ((0, middle.max(1) - 1), count, "自查：打开后自动计算。"),
        ((middle, last), receipt, "回执码：打开后自动计算。"),
    ] {
        merged(sheet, formats, row, span, "", look)?;
        let formula = Formula::new(formula).set_result(shown);
        sheet.write_formula_with_format(row, span.0, formula, formats.of(look))?;
    }
    sheet.set_row_height(row, 20)?;
    Ok(())
}

/// A text over several columns, both included.
fn merged(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    row: u32,
    (first, last): (u16, u16),
    text: &str,
    look: Look,
) -> Result<(), XlsxError> {
    if first < last {
        sheet.merge_range(row, first, row, last, text, formats.of(look))?;
    } else {
        sheet.write_string_with_format(row, first, text, formats.of(look))?;
    }
    Ok(())
}
