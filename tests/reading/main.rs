//! Do real files arrive in the model as a person sees them?

#![expect(clippy::unwrap_used, reason = "a failed helper fails the test")]

mod containers;
mod formats;
mod mutants;
mod support;
mod xlsb;

use std::fs;

use hedui::workbooks::{Format, RefusalReason, Value, collect, open};
use rust_xlsxwriter::{Format as Style, FormatAlign, Workbook as Writer};
use support::{at, patient, read};

#[test]
fn a_report_in_xlsx_keeps_values_shown_texts_merged_regions_and_hidden_sheets() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("填报表").unwrap();
    let title = Style::new().set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, 3, "北岙街道 2024 年一季度进展情况", &title).unwrap();
    sheet.write(2, 0, 1).unwrap();
    sheet.write(2, 1, "重大项目建设").unwrap();
    sheet.write_with_format(2, 2, 0.753, &Style::new().set_num_format("0.0%")).unwrap();
    sheet.write_with_format(2, 3, 45.2, &Style::new().set_num_format("0.00\"亿元\"")).unwrap();
    sheet.write_with_format(3, 3, 45_382, &Style::new().set_num_format("yyyy年m月d日")).unwrap();
    sheet.write_with_format(4, 1, "已撤销", &Style::new().set_font_strikethrough()).unwrap();
    writer.add_worksheet().set_name("上季度").unwrap().set_hidden(true).write(0, 0, "旧").unwrap();
    let workbook = read(&writer.save_to_buffer().unwrap());

    assert_eq!(workbook.format, Format::Xlsx);
    let sheet = &workbook.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.hidden), ("填报表", false));
    assert_eq!(sheet.merged.iter().map(hedui::location::Region::a1).collect::<Vec<_>>(), ["A1:D1"]);
    assert_eq!(at(sheet, "A3").value, Value::Number(1.0));
    assert_eq!((&at(sheet, "C3").value, &*at(sheet, "C3").text), (&Value::Number(0.753), "75.3%"));
    assert_eq!((&*at(sheet, "D3").text, at(sheet, "D3").format_unit.as_deref()), ("45.20亿元", Some("亿元")));
    assert_eq!((&at(sheet, "D4").value, &*at(sheet, "D4").text), (&Value::Date(45_382.0), "2024年3月31日"));
    assert!(at(sheet, "B5").struck && !at(sheet, "B3").struck);
    assert_eq!((workbook.sheets[1].name.as_str(), workbook.sheets[1].hidden), ("上季度", true));
}

#[test]
fn a_text_table_in_gb18030_is_one_sheet() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("序号,任务名称\r\n1,\"海岛民宿\n提质增效\"\r\n");
    let workbook = read(&bytes);
    assert_eq!((workbook.format, workbook.sheets[0].name.as_str()), (Format::Csv, "Sheet1"));
    assert_eq!(&*at(&workbook.sheets[0], "B2").text, "海岛民宿\n提质增效");
}

#[test]
fn our_own_output_is_skipped_and_said() {
    let mut writer = Writer::new();
    writer.add_worksheet().set_name("汇总表").unwrap().write(0, 0, "x").unwrap();
    writer.add_worksheet().set_name("_hedui").unwrap().set_hidden(true).write(0, 0, "hedui/output/1").unwrap();
    let refusal = open(&writer.save_to_buffer().unwrap(), &patient()).unwrap_err();
    assert_eq!(refusal.reason, RefusalReason::OwnOutput);
    assert!(refusal.reason.is_skipped());
}

#[test]
fn a_folder_arrives_file_by_file_with_sizes_and_hashes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "abc").unwrap();
    fs::write(folder.path().join("b.xlsx"), "").unwrap();
    fs::write(folder.path().join("c.pdf"), "%PDF-1.4").unwrap();
    let sources = collect(&[folder.path().into()]).unwrap();
    let arrivals: Vec<_> = sources.iter().map(|source| source.arrive(&patient())).collect();
    let outcomes: Vec<_> = arrivals
        .iter()
        .map(|arrival| {
            (arrival.file.as_str(), arrival.size, arrival.content.as_ref().map_err(|refusal| refusal.reason))
        })
        .map(|(file, size, content)| (file, size, content.err()))
        .collect();
    assert_eq!(
        outcomes,
        [
            ("a.csv", 3, None),
            ("b.xlsx", 0, Some(RefusalReason::Empty)),
            ("c.pdf", 8, Some(RefusalReason::NotAWorkbook))
        ]
    );
    // The published test vector of SHA-256 for "abc".
    assert_eq!(arrivals[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
