//! How does the notice look? The layout of official documents: page, fonts and line spacing of GB/T 9704.

use std::io::Cursor;

use anyhow::Context;
use docx_rs::{
    AlignmentType, Docx, Footer, HeightRule, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run,
    RunFonts, SpecialIndentType, Table, TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::Part;

/// A4 in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// Margins: 37 mm above, 35 below, 28 at the left, 26 at the right.
const MARGIN: PageMargin =
    PageMargin { top: 2098, bottom: 1984, left: 1588, right: 1474, header: 851, footer: 1400, gutter: 0 };
/// Width of the text.
const WIDTH: usize = 11_906 - 1588 - 1474;
/// Fonts that Chinese offices have; others stand in where they are missing.
const TITLE_FONT: &str = "方正小标宋简体";
const BODY_FONT: &str = "仿宋";
const HEADING_FONT: &str = "黑体";
const SUBHEADING_FONT: &str = "楷体";
/// Sizes in half points: 二号, 三号, and 五号 in tables.
const TITLE_SIZE: usize = 44;
const BODY_SIZE: usize = 32;
const TABLE_SIZE: usize = 21;
/// Exact line height in twentieths of a point: 28 points, 22 lines a page.
const LINE: i32 = 560;
/// Two characters of 三号.
const INDENT: i32 = 640;
/// Distance of the signature from the text: two lines.
const DISTANCE: u32 = 1120;
/// Height of a table's row at least, in twentieths of a point.
const ROW_HEIGHT: f32 = 400.0;
/// Rows, headings included, of a table that a page holds.
const WHOLE_TABLE: usize = 25;

/// The document as bytes.
pub(super) fn document(parts: &[Part]) -> anyhow::Result<Vec<u8>> {
    let number = Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(run("— ", "宋体", 28))
        .add_page_num(PageNum::new())
        .add_run(run(" —", "宋体", 28));
    let mut document = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(MARGIN)
        .default_fonts(fonts(BODY_FONT))
        .default_size(BODY_SIZE)
        .footer(Footer::new().add_paragraph(number))
        // A fixed date: the same figures give the same bytes.
        .created_at("2000-01-01T00:00:00Z")
        .updated_at("2000-01-01T00:00:00Z");
    for part in parts {
        document = match part {
            Part::Title(text) => document.add_paragraph(title(text)),
            Part::Addressee(text) => document.add_paragraph(line(text, BODY_FONT)),
            Part::Heading(text) => document.add_paragraph(indented(text, HEADING_FONT).keep_next(true)),
            Part::Subheading(text) => document.add_paragraph(indented(text, SUBHEADING_FONT).keep_next(true)),
            Part::Body(text) => document.add_paragraph(indented(text, BODY_FONT)),
            Part::Table(shares, rows) => document.add_table(table(shares, rows)),
            Part::Signature(lines) => signature(lines).into_iter().fold(document, Docx::add_paragraph),
        };
    }
    let mut package = document.build();
    package.document =
        with_repeated_headings(&String::from_utf8(package.document).context("通报没有做成")?).into_bytes();
    package.styles = in_chinese(&String::from_utf8(package.styles).context("通报没有做成")?).into_bytes();
    let mut bytes = Cursor::new(Vec::new());
    package.pack(&mut bytes).context("通报没有做成")?;
    Ok(bytes.into_inner())
}

/// Lets the first row of each table repeat where the table goes on on a further page: the writer knows no such row.
fn with_repeated_headings(document: &str) -> String {
    const FIXED: &str = "<w:cantSplit />";
    let mut tables = document.split("<w:tbl>");
    let mut whole = tables.next().unwrap_or_default().to_owned();
    for table in tables {
        whole.push_str("<w:tbl>");
        whole.push_str(&table.replacen(FIXED, "<w:cantSplit /><w:tblHeader />", 1));
    }
    whole
}

/// Says that the text is Chinese, which the writer cannot, whatever the language of the program that shows it. Figures
/// stay English: by Chinese rules LibreOffice breaks a line within a number.
fn in_chinese(styles: &str) -> String {
    const DEFAULTS_END: &str = "</w:rPr></w:rPrDefault>";
    styles.replacen(DEFAULTS_END, &format!("<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" />{DEFAULTS_END}"), 1)
}

fn fonts(name: &str) -> RunFonts {
    // Quotation marks and dashes, which both scripts have, are the Chinese ones.
    RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").east_asia(name).hint("eastAsia")
}

fn run(text: &str, font: &str, size: usize) -> Run {
    Run::new().add_text(text).fonts(fonts(font)).size(size)
}

/// A line of the text, of exact height.
fn line(text: &str, font: &str) -> Paragraph {
    let spacing = LineSpacing::new().line(LINE).line_rule(LineSpacingType::Exact);
    Paragraph::new().add_run(run(text, font, BODY_SIZE)).line_spacing(spacing)
}

/// A paragraph whose first line is set in by two characters.
fn indented(text: &str, font: &str) -> Paragraph {
    line(text, font).indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None)
}

fn title(text: &str) -> Paragraph {
    let spacing = LineSpacing::new().line(LINE + 120).line_rule(LineSpacingType::Exact).after(560);
    Paragraph::new().add_run(run(text, TITLE_FONT, TITLE_SIZE)).align(AlignmentType::Center).line_spacing(spacing)
}

/// Who signs and when: below the text at a distance, four characters from the right, never parted by a page's end.
fn signature(lines: &[String]) -> Vec<Paragraph> {
    let last = lines.len().saturating_sub(1);
    let signed = lines.iter().enumerate().map(|(place, text)| {
        let spacing = LineSpacing::new().line(LINE).line_rule(LineSpacingType::Exact);
        let spacing = if place == 0 { spacing.before(DISTANCE) } else { spacing };
        let right = line(text, BODY_FONT).align(AlignmentType::Right).indent(None, None, Some(2 * INDENT), None);
        right.line_spacing(spacing).keep_next(place < last)
    });
    signed.collect()
}

/// A table over the whole width; a row never breaks over a page, and a short table stands on one.
fn table(shares: &[usize], rows: &[Vec<String>]) -> Table {
    let whole: usize = shares.iter().sum::<usize>().max(1);
    let widths: Vec<usize> = shares.iter().map(|share| WIDTH * share / whole).collect();
    let together = rows.len() <= WHOLE_TABLE;
    let last = rows.len().saturating_sub(1);
    let rows = rows.iter().enumerate().map(|(place, row)| {
        let font = if place == 0 { HEADING_FONT } else { BODY_FONT };
        let cells = row.iter().zip(&widths).map(|(text, width)| {
            let text = Paragraph::new().add_run(run(text, font, TABLE_SIZE)).align(AlignmentType::Center);
            let text = text.keep_next(together && place < last);
            TableCell::new().add_paragraph(text).width(*width, WidthType::Dxa).vertical_align(VAlignType::Center)
        });
        TableRow::new(cells.collect()).cant_split().row_height(ROW_HEIGHT).height_rule(HeightRule::AtLeast)
    });
    Table::new(rows.collect()).set_grid(widths.clone()).width(WIDTH, WidthType::Dxa).layout(TableLayoutType::Fixed)
}
