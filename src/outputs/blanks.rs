//! How are blank cells of a long table drawn, a third of all its cells? They do not stand in the file: one rule for the
//! columns says what a blank cell shows.

use rust_xlsxwriter::{ConditionalFormatBlank, Format, Worksheet, XlsxError};

use super::cells::Cell;
use super::setup::Column;
use super::style;

/// Whether a cell shows no more than any blank cell of its column does, so that it need not be written.
pub(super) fn is_one(columns: &[Column], column: u16, cell: &Cell<'_>) -> bool {
    let same_tone = || columns.get(usize::from(column)).is_some_and(|column| column.tone == cell.look.tone);
    cell.is_blank() && cell.look.is_plain() && same_tone()
}

/// Has the blank cells between two zero-based rows, both included, drawn. What somebody writes into one is `written` in this
/// format.
pub(super) fn draw(
    sheet: &mut Worksheet,
    columns: &[Column],
    rows: (u32, u32),
    written: &Format,
) -> Result<(), XlsxError> {
    let mut next = 0;
    for stretch in columns.chunk_by(|one, other| one.tone == other.tone) {
        let first = next;
        for _ in stretch {
            sheet.set_column_format(next, written)?;
            next += 1;
        }
        let rule = ConditionalFormatBlank::new().set_format(style::blank(stretch[0].tone));
        sheet.add_conditional_format(rows.0, first, rows.1, next - 1, &rule)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};
    use std::path::{Path, PathBuf};

    use rust_xlsxwriter::Workbook;
    use zip::ZipArchive;

    use super::*;
    use crate::outputs::grid::{Grid, Setup, column};
    use crate::outputs::package::Book;
    use crate::outputs::style::{Kind, Paper, Tone};

    #[test]
    fn plain_blank_cells_are_drawn_without_standing_in_the_file() {
        let columns = vec![column("甲", 8.0), column("乙", 8.0).tone(Tone::Official), column("丙", 8.0)];
        let setup = Setup {
            name: "表",
            title: "题".to_owned(),
            lines: Vec::new(),
            columns,
            paper: Paper::A4Portrait,
            wide: 1,
            high: 0,
            frozen: 0,
            filter: false,
            repeat: false,
        };
        let mut grid = Grid::long(setup, PathBuf::from(".")).unwrap();
        let official = |cell: Cell<'static>| cell.tone(Tone::Official);
        let rows = [
            // Other backgrounds and headings that run on stand in the file.
            [Cell::text("一"), official(Cell::centred("")), Cell::blank()],
            [Cell::blank().tone(Tone::Muted), Cell::text(""), Cell::blank().look(|look| look.kind(Kind::Band))],
            [Cell::text(""), official(Cell::number(2.0)), Cell::text("三")],
        ];
        for row in &rows {
            grid.row(row).unwrap();
        }
        let mut book = Book::new(Workbook::new());
        grid.end_in(&mut book).unwrap();
        let mut bytes = Vec::new();
        book.write(Path::new("."), &mut bytes).unwrap();
        let mut file = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut sheet = String::new();
        file.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        let cells = sheet.split("<c r=\"").skip(1).filter_map(|cell| cell.split('"').next());
        let below: Vec<&str> = cells.filter(|cell| !cell.ends_with(['1', '2'])).collect();
        assert_eq!(below, ["A3", "A4", "B4", "C4", "B5", "C5"]);
        for (range, drawn) in [("A3:A5", 0), ("B3:B5", 1), ("C3:C5", 0)] {
            let rule = format!("sqref=\"{range}\"><cfRule type=\"containsBlanks\" dxfId=\"{drawn}\"");
            assert!(sheet.contains(&rule), "{rule} {sheet}");
        }
    }
}
