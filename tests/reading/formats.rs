//! Does one report arrive the same in every format, and is what a format lacks said?

use hedui::location::{CellRef, MAX_COLUMNS, MAX_ROWS, Region};
use hedui::workbooks::{Format, RefusalReason, Sheet, Value, Workbook, open};
use rust_xlsxwriter::{Formula, Image, Note, Shape, Workbook as Writer};

use crate::support::{at, fixture, package, patient, read, shown, xlsx};

const REPORT: [&str; 25] = [
    "A1=北岙街道2024年一季度重点任务进展情况表",
    "A2=填报单位：北岙街道",
    "A3=序号",
    "B3=任务名称",
    "C3=累计完成",
    "D3=完成率",
    "E3=完成时限",
    "F3=备注",
    "A4=1",
    "B4=重大项目建设",
    "C4=45.20亿元",
    "D4=75.3%",
    "E4=2024年3月31日",
    "F4=一、已开工\n二、未完工",
    "C5=#DIV/0!",
    "D5=TRUE",
    "F5=007",
    "A6=2",
    "B6=海岛民宿提质增效",
    "C6=90.4",
    "A7=3",
    "B7=新城改造",
    "C7=-3.5",
    "F7=a & b < c",
    "A10=填报人：张三\u{3000}\u{3000}\u{3000}\u{3000}负责人：李四",
];

fn assert_is_the_report(workbook: &Workbook, name: &str) {
    let sheet = &workbook.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.hidden), ("填报表", false), "{name}");
    assert_eq!(shown(sheet), REPORT, "{name}");
    let merged: Vec<String> = sheet.merged.iter().map(Region::a1).collect();
    assert_eq!(merged, ["A1:F1", "A4:A5", "B4:B5"], "{name}");
    assert_eq!(sheet.hidden_rows.iter().copied().collect::<Vec<_>>(), [5], "{name}");
    assert_eq!(sheet.hidden_columns.iter().copied().collect::<Vec<_>>(), [4], "{name}");
    assert_eq!(at(sheet, "C4").value, Value::Number(45.2), "{name}");
    assert_eq!(at(sheet, "C4").format_unit.as_deref(), Some("亿元"), "{name}");
    assert_eq!(at(sheet, "C4").comment.as_deref(), Some("数据待核"), "{name}");
    assert_eq!(at(sheet, "D4").value, Value::Number(0.753), "{name}");
    assert_eq!(at(sheet, "D4").format_unit, None, "{name}");
    assert_eq!(at(sheet, "E4").value, Value::Date(45_382.0), "{name}");
    assert_eq!(at(sheet, "C5").value, Value::Error("#DIV/0!".to_owned()), "{name}");
    assert_eq!(at(sheet, "D5").value, Value::Boolean(true), "{name}");
    assert_eq!(at(sheet, "F5").value, Value::Text("007".into()), "{name}");
    let struck: Vec<String> = sheet.cells().iter().filter(|cell| cell.struck).map(|cell| cell.at.a1()).collect();
    assert_eq!(struck, ["B6"], "{name}");
    let hidden = &workbook.sheets[1];
    assert_eq!((hidden.name.as_str(), hidden.hidden, shown(hidden)), ("上季度", true, vec!["A1=旧数据".to_owned()]));
    for word in ["有文字加了删除线，按未划去的文字读取，划去的是：B7“旧城”", "空白单元格F9有批注，未列入记录：请补充"]
    {
        assert!(workbook.remarks.iter().any(|remark| remark.contains(word)), "{name}: {:?}", workbook.remarks);
    }
}

#[test]
fn one_report_is_the_same_in_xlsx_xls_and_ods() {
    for (name, format) in [("report.xlsx", Format::Xlsx), ("report.xls", Format::Xls), ("report.ods", Format::Ods)] {
        let workbook = read(&fixture(name));
        assert_eq!(workbook.format, format);
        assert_is_the_report(&workbook, name);
    }
}

#[test]
fn formulas_are_kept_where_the_format_tells_them_and_their_lack_is_said_once() {
    for name in ["report.xlsx", "report.ods"] {
        let workbook = read(&fixture(name));
        assert!(
            at(&workbook.sheets[0], "C6").formula.as_deref().is_some_and(|formula| formula.contains("C4")),
            "{name}"
        );
    }
    let remarks = read(&fixture("report.xls")).remarks;
    assert_eq!(remarks.iter().filter(|remark| remark.contains("算式")).count(), 1);
}

#[test]
fn a_web_page_saved_by_libreoffice_keeps_numbers_units_and_merged_regions() {
    let workbook = read(&fixture("report.html"));
    assert_eq!(workbook.format, Format::Html);
    let sheet = &workbook.sheets[0];
    // The page leaves out the hidden row and the hidden column.
    assert_eq!(at(sheet, "C4").value, Value::Number(45.2));
    assert_eq!((&*at(sheet, "C4").text, at(sheet, "C4").format_unit.as_deref()), ("45.20亿元", Some("亿元")));
    assert_eq!(at(sheet, "C4").comment.as_deref(), Some("数据待核"));
    assert_eq!(at(sheet, "C5").value, Value::Error("#DIV/0!".to_owned()));
    assert_eq!(&*at(sheet, "E4").text, "一、已开工\n二、未完工");
    assert_eq!(sheet.merged.len(), 3);
}

#[test]
fn a_formula_without_a_result_is_told_from_one_whose_result_is_an_empty_text() {
    let bytes = xlsx(
        "<sheetData><row r=\"1\"><c r=\"A1\"><f>SUM(B1:B9)</f></c><c r=\"B1\"><f>B2</f><v/></c>\
         <c r=\"C1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"D1\"><f>1+1</f><v>2</v></c></row></sheetData>",
        &[],
    );
    let sheet = &read(&bytes).sheets[0];
    assert_eq!(at(sheet, "A1").value, Value::NotCalculated);
    assert_eq!(at(sheet, "A1").formula.as_deref(), Some("SUM(B1:B9)"));
    assert_eq!(at(sheet, "B1").value, Value::NotCalculated);
    assert_eq!((&at(sheet, "D1").value, sheet.cells().len()), (&Value::Number(2.0), 3));
}

#[test]
fn a_shared_formula_is_moved_to_each_of_its_cells() {
    let bytes = xlsx(
        "<sheetData><row r=\"1\"><c r=\"C1\"><f t=\"shared\" ref=\"C1:C2\" si=\"0\">A1*$B$1</f><v>1</v></c></row>\
         <row r=\"2\"><c r=\"C2\"><f t=\"shared\" si=\"0\"/><v>2</v></c></row></sheetData>",
        &[],
    );
    assert_eq!(at(&read(&bytes).sheets[0], "C2").formula.as_deref(), Some("A2*$B$1"));
}

#[test]
fn rows_and_cells_that_do_not_say_where_they_stand_follow_each_other() {
    let bytes = xlsx(
        "<sheetData><row><c t=\"str\"><v>一</v></c><c t=\"str\"><v>二</v></c></row><row/>\
         <row><c t=\"str\"><v>三</v></c></row><row r=\"9\"><c r=\"C9\"><v>4</v></c><c><v>5</v></c></row></sheetData>",
        &[],
    );
    assert_eq!(shown(&read(&bytes).sheets[0]), ["A1=一", "B1=二", "A3=三", "C9=4", "D9=5"]);
}

#[test]
fn two_cells_in_far_corners_take_no_more_than_two_cells() {
    let bytes = xlsx(
        "<sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>2</v></c></row></sheetData>",
        &[],
    );
    let workbook = read(&bytes);
    let sheet: &Sheet = &workbook.sheets[0];
    assert_eq!(shown(sheet), ["A1=2", "XFD1048576=1"]);
    assert_eq!(sheet.extent().unwrap().last, CellRef::new(MAX_ROWS - 1, MAX_COLUMNS - 1));
}

#[test]
fn two_sheets_of_one_name_are_both_read() {
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"a\" r:id=\"1\"/><sheet name=\"a\" r:id=\"2\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"s1.xml\"/>\
             <Relationship Id=\"2\" Type=\"/worksheet\" Target=\"/xl/s2.xml\"/></Relationships>",
        ),
        ("xl/s1.xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"),
        ("xl/s2.xml", "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"),
    ]);
    let workbook = read(&bytes);
    assert_eq!(workbook.sheets.iter().map(shown).collect::<Vec<_>>(), [["A1=1"], ["A1=2"]]);
}

#[test]
fn a_photo_in_place_of_a_table_is_no_table_and_is_named() {
    // One white pixel.
    let pixel = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
        2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 12, 0x49, 0x44, 0x41, 0x54, 0x08, 0xD7, 0x63, 0xF8, 0xFF, 0xFF,
        0x3F, 0, 0x05, 0xFE, 0x02, 0xFE, 0xA7, 0x35, 0x81, 0x84, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60,
        0x82,
    ];
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("填报表").unwrap();
    sheet.write(0, 0, "大门镇2024年一季度（见照片）").unwrap();
    sheet.insert_image(2, 0, &Image::new_from_buffer(&pixel).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("大门.xlsx");
    std::fs::write(&file, writer.save_to_buffer().unwrap()).unwrap();
    let sources = hedui::workbooks::collect(&[file]).unwrap();
    let reader = hedui::records::Reader::new(&hedui::list::Plan::built_in());
    let submissions = reader.read(&sources[0].arrive(&patient()));
    let [submission] = submissions.as_slice() else { panic!("{} submissions", submissions.len()) };
    assert_eq!(submission.status, hedui::records::SubmissionStatus::NoTable);
    assert_eq!(submission.township.value.as_deref(), Some("大门镇"));
    assert!(submission.remarks.iter().any(|remark| remark.contains("1张图片")), "{:?}", submission.remarks);
}

#[test]
fn what_lies_on_top_of_the_cells_is_named() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("填报表").unwrap();
    sheet.write(0, 0, "序号").unwrap();
    sheet.insert_shape(2, 2, &Shape::textbox().set_text("填报单位：大门镇")).unwrap();
    sheet.insert_note(0, 0, &Note::new("数据待核").add_author_prefix(false)).unwrap();
    sheet.write_formula(1, 0, Formula::new("=DISPIMG(\"ID_1\",1)")).unwrap();
    let workbook = read(&writer.save_to_buffer().unwrap());
    assert_eq!(at(&workbook.sheets[0], "A1").comment.as_deref(), Some("数据待核"));
    for word in ["文本框，其中的文字未列入记录：填报单位：大门镇", "1个单元格嵌入了图片"]
    {
        assert!(workbook.remarks.iter().any(|remark| remark.contains(word)), "{:?}", workbook.remarks);
    }
}

#[test]
fn an_empty_result_that_libreoffice_stored_is_no_missing_result() {
    let formula = "table:formula=\"of:=IF([.A1]=0;&quot;&quot;;1)\"";
    let content = format!(
        "<office:document-content><office:spreadsheet><table:table table:name=\"a\"><table:table-row>\
         <table:table-cell {formula}><text:p/></table:table-cell><table:table-cell {formula}/>\
         </table:table-row></table:table></office:spreadsheet></office:document-content>"
    );
    let workbook =
        read(&package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]));
    let values: Vec<&Value> = workbook.sheets[0].cells().iter().map(|cell| &cell.value).collect();
    assert_eq!(values, [&Value::NotCalculated], "only the cell without a paragraph lacks its result");
    assert_eq!(at(&workbook.sheets[0], "B1").value, Value::NotCalculated);
}

#[test]
fn white_space_and_comments_between_the_cells_of_an_ods_are_no_error() {
    let content = "<office:document-content><office:body><office:spreadsheet>\n <table:table table:name=\"a\">\n\
        <table:table-row>\n <!-- x --> <table:table-cell office:value-type=\"string\"> <text:p>甲<text:s text:c=\"2\"/>乙</text:p>\n\
        <text:p>丙</text:p></table:table-cell> </table:table-row>\n\
        <table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
        </table:table></office:spreadsheet></office:body></office:document-content>";
    let workbook =
        read(&package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]));
    assert_eq!(shown(&workbook.sheets[0]), ["A1=甲  乙\n丙"]);
    let flat = content.replace("office:document-content", "office:document");
    assert_eq!(read(format!("<?xml version=\"1.0\"?>{flat}").as_bytes()).format, Format::Ods);
}

#[test]
fn a_sheet_of_openoffice_1_is_read_though_it_names_its_document_type() {
    let content = "<?xml version=\"1.0\"?><!DOCTYPE office:document-content PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"office.dtd\">\
        <office:document-content office:class=\"spreadsheet\"><office:body><table:table table:name=\"a\"><table:table-row>\
        <table:table-cell table:value-type=\"float\" table:value=\"0.5\"><text:p>50%</text:p></table:table-cell>\
        </table:table-row></table:table></office:body></office:document-content>";
    let workbook = read(&package(&[("mimetype", "application/vnd.sun.xml.calc"), ("content.xml", content)]));
    assert_eq!(shown(&workbook.sheets[0]), ["A1=50%"]);
    let letter = content.replace("spreadsheet", "text");
    assert!(
        open(&package(&[("mimetype", "application/vnd.sun.xml.writer"), ("content.xml", &letter)]), &patient())
            .is_err()
    );
}

#[test]
fn a_repeated_cell_of_an_ods_counts_each_time_and_a_flood_of_them_is_refused() {
    let content = |rows: u32, columns: u32| {
        format!(
            "<office:document-content><office:spreadsheet><table:table table:name=\"a\">\
             <table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value-type=\"float\" office:value=\"1\" \
             table:number-columns-repeated=\"{columns}\"><text:p>1</text:p></table:table-cell></table:table-row></table:table>\
             </office:spreadsheet></office:document-content>"
        )
    };
    let opened = |rows, columns| open(&package(&[("content.xml", &content(rows, columns))]), &patient());
    assert_eq!(opened(3, 2).unwrap().sheets[0].cells().len(), 6);
    assert_eq!(opened(1_048_576, 16_384).unwrap_err().reason, RefusalReason::TooLarge);
    assert_eq!(opened(u32::MAX, 1).unwrap_err().reason, RefusalReason::Damaged);
}

#[test]
fn no_entity_is_expanded() {
    let bytes = xlsx(
        "<sheetData/>",
        &[("xl/sharedStrings.xml", "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><sst><si><t>&b;</t></si></sst>")],
    );
    let refusal = open(&bytes, &patient()).unwrap_err();
    assert!(refusal.sentence.contains("文档类型声明"), "{}", refusal.sentence);
}
