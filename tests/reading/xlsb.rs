//! Are all cells of a binary workbook read, also those that other readers pass over?

use hedui::location::Region;
use hedui::workbooks::{Format, Value};

use crate::support::{at, read, shown, zipped};

/// A number in groups of seven bits, the lowest first.
fn grouped(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let group = u8::try_from(number & 0x7F).unwrap();
        number >>= 7;
        bytes.push(if number > 0 { group | 0x80 } else { group });
        if number == 0 {
            return bytes;
        }
    }
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [grouped(usize::from(kind)), grouped(data.len()), data.to_vec()].concat()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let count = u32::try_from(units.len()).unwrap().to_le_bytes();
    count.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn cell(kind: u16, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&numbers(&[column, style]), value].concat())
}

/// A workbook of one sheet with these records.
pub(crate) fn workbook(sheet: &[Vec<u8>]) -> Vec<u8> {
    let relations = |kind: &str, id: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"x/{kind}\" Target=\"{target}\"/>")
    };
    let font = |flags: u16| record(43, &[&220u16.to_le_bytes()[..], &flags.to_le_bytes(), &[0; 20]].concat());
    let xf = |format: u16, font: u16| {
        record(47, &[&[0, 0][..], &format.to_le_bytes(), &font.to_le_bytes(), &[0; 10]].concat())
    };
    let styles = [
        record(44, &[&200u16.to_le_bytes()[..], &wide("0.00\"亿元\"")].concat()),
        font(0),
        font(8),
        record(617, &[]),
        xf(0, 0),
        xf(200, 0),
        xf(14, 0),
        xf(0, 1),
        record(618, &[]),
    ];
    let strings = [record(159, &numbers(&[1, 1])), record(19, &[&[0][..], &wide("任务名称")].concat())];
    let tabs = record(156, &[numbers(&[0, 1]), wide("s1"), wide("填报表")].concat());
    let related =
        [("worksheet", "s1", "sheet1.bin"), ("styles", "y", "styles.bin"), ("sharedStrings", "z", "strings.bin")]
            .map(|(kind, id, target)| relations(kind, id, target))
            .concat();
    zipped(
        &[
            ("[Content_Types].xml", b"<Types/>".to_vec()),
            ("_rels/.rels", format!("<R>{}</R>", relations("officeDocument", "r", "xl/workbook.bin")).into_bytes()),
            ("xl/workbook.bin", tabs),
            ("xl/_rels/workbook.bin.rels", format!("<R>{related}</R>").into_bytes()),
            ("xl/styles.bin", styles.concat()),
            ("xl/strings.bin", strings.concat()),
            ("xl/sheet1.bin", sheet.concat()),
        ]
        .map(|(name, bytes)| (name.to_owned(), bytes)),
    )
}

/// A sheet with one cell of each kind.
pub(crate) fn sheet() -> Vec<Vec<u8>> {
    let row = |row: u32, flags: u8| record(0, &[&numbers(&[row, 0])[..], &[0, 0, 0, flags], &[0; 5]].concat());
    let formula = [0u8; 6];
    // "旧" in the struck font, "新" in the plain one.
    let rich = [&[1u8][..], &wide("旧新"), &numbers(&[2]), &[0, 0, 1, 0, 1, 0, 0, 0]].concat();
    vec![
        record(60, &[numbers(&[6, 6, 256, 0]), vec![1, 0]].concat()),
        record(145, &[]),
        row(0, 0),
        cell(7, 0, 0, &0u32.to_le_bytes()),
        cell(62, 1, 0, &rich),
        cell(6, 2, 3, &wide("已撤销")),
        row(3, 0x10),
        cell(2, 0, 1, &((4520u32 << 2) | 3).to_le_bytes()),
        cell(5, 1, 2, &45_382f64.to_le_bytes()),
        cell(3, 2, 0, &[0x17]),
        cell(4, 3, 0, &[1]),
        cell(11, 4, 0, &[&[0x07][..], &formula].concat()),
        cell(8, 5, 0, &[wide("结果"), formula.to_vec()].concat()),
        cell(9, 6, 0, &[&90.4f64.to_le_bytes()[..], &formula].concat()),
        cell(10, 7, 0, &[&[0][..], &formula].concat()),
        record(146, &[]),
        record(176, &numbers(&[0, 1, 0, 0])),
    ]
}

#[test]
fn every_kind_of_cell_is_read() {
    let workbook = read(&workbook(&sheet()));
    assert_eq!(workbook.format, Format::Xlsb);
    let sheet = &workbook.sheets[0];
    assert_eq!(
        shown(sheet),
        [
            "A1=任务名称",
            "B1=新",
            "C1=已撤销",
            "A4=45.20亿元",
            "B4=2024/3/31",
            "C4=#REF!",
            "D4=TRUE",
            "E4=#DIV/0!",
            "F4=结果",
            "G4=90.4",
            "H4=FALSE"
        ]
    );
    assert!(at(sheet, "C1").struck && !at(sheet, "A1").struck);
    assert_eq!(at(sheet, "B4").value, Value::Date(45_382.0));
    assert_eq!(at(sheet, "E4").value, Value::Error("#DIV/0!".to_owned()));
    assert_eq!(at(sheet, "A4").format_unit.as_deref(), Some("亿元"));
    assert_eq!(sheet.merged.iter().map(Region::a1).collect::<Vec<_>>(), ["A1:A2"]);
    assert!(sheet.hidden_rows.contains(&3) && sheet.hidden_columns.contains(&6));
    assert!(workbook.remarks.iter().any(|remark| remark.contains("划去的是：B1“旧”")), "{:?}", workbook.remarks);
    assert!(workbook.remarks.iter().any(|remark| remark.contains("算式")));
}

#[test]
fn a_record_that_is_too_short_is_counted_and_a_sheet_without_its_end_is_refused() {
    let mut records = sheet();
    records.insert(4, cell(5, 9, 0, &[0; 4]));
    let remarks = read(&workbook(&records)).remarks;
    assert!(remarks.iter().any(|remark| remark.contains("1条记录不完整")), "{remarks:?}");
    let cut = &sheet()[..6];
    assert!(hedui::workbooks::open(&workbook(cut), &hedui::workbooks::Limits::default()).is_err());
}
