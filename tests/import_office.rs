//! Does `hedui import` read Word documents and workbooks as offices lay them out?
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use hedui::list::import;
use rust_xlsxwriter::{Format, Workbook};
use zip::write::SimpleFileOptions;

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Tasks as lines: number, name, section, subsection, leads, supports.
fn lines(path: &Path) -> Vec<String> {
    let plan = import::read(path).unwrap().plan;
    let line = |task: &hedui::list::Task| {
        let subsection = task.subsection.clone().unwrap_or_default();
        let [leads, supports] = [&task.leads, &task.supports].map(|agencies| agencies.join("、"));
        format!("{} {}|{}|{subsection}|{leads}|{supports}", task.number, task.name, task.section)
    };
    plan.tasks.iter().map(line).collect()
}

/// A paragraph, with a level of the list 1 where it is numbered.
fn paragraph(text: &str, level: Option<usize>) -> String {
    let numbered = level.map_or_else(String::new, |level| {
        format!("<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
    });
    let runs: Vec<String> = text.split('\n').map(|line| format!("<w:r><w:t>{line}</w:t></w:r>")).collect();
    format!("<w:p>{numbered}{}</w:p>", runs.join("<w:r><w:br/></w:r>"))
}

/// A row of cells: `^` goes on the cell above, `>3` spans three columns, `#` is a number that Word counts.
fn row(cells: &[&str]) -> String {
    let mut row = String::from("<w:tr>");
    for cell in cells {
        let (properties, content) = match *cell {
            "^" => ("<w:vMerge/>".to_owned(), paragraph("", None)),
            "#" => (
                String::new(),
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:p>".to_owned(),
            ),
            _ if cell.starts_with('>') => {
                (format!("<w:gridSpan w:val=\"{}\"/>", &cell[1..2]), paragraph(&cell[2..], None))
            }
            _ if cell.starts_with('v') => ("<w:vMerge w:val=\"restart\"/>".to_owned(), paragraph(&cell[1..], None)),
            _ => (String::new(), paragraph(cell, None)),
        };
        write!(row, "<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>").unwrap();
    }
    row + "</w:tr>"
}

fn docx(name: &str, body: &str) -> PathBuf {
    let path = folder("import-office").join(name);
    let numbering = r#"<?xml version="1.0"?><w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for (part, content) in [
        ("[Content_Types].xml", "<Types xmlns=\"t\"/>".to_owned()),
        (
            "word/document.xml",
            format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"),
        ),
        ("word/numbering.xml", numbering.to_owned()),
    ] {
        archive.start_file(part, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    path
}

#[test]
fn a_word_table_with_counted_numbers_and_merged_cells_on_two_pages() {
    let header = row(&["序号", "任务名称", "主要内容", "责任单位", "完成时限"]);
    let first = [
        header.clone(),
        row(&[">5一、基础设施"]),
        row(&["#", "v路网建设", "新改建农村公路20公里。", "v*县交通运输局、县发改局\n各乡镇", "2024年12月"]),
        row(&["#", "^", "改造危桥3座。", "^", "2025年"]),
        row(&["#", "供水保障", "城乡供水一体化率达到90%。", "*县水利局，县卫生健康局", "2025年底"]),
    ];
    let second = [
        header,
        row(&[">5二、公共服务"]),
        row(&["#", "医疗服务", "乡镇卫生院达标率100%。", "*县卫生健康局县医保局", "2025年"]),
        row(&["#", "养老服务", "新建养老中心4家。", "*县民政局、县医保局", "2024年"]),
        row(&[">3合计", "4项", ""]),
    ];
    let body = format!(
        "{}{}<w:tbl>{}</w:tbl>{}<w:tbl>{}</w:tbl>{}",
        paragraph("附件", None),
        paragraph("大河县乡村建设行动任务分解表（2024—2025年）", None),
        first.concat(),
        paragraph("", None),
        second.concat(),
        paragraph("注：标*的为牵头单位。", None),
    );
    assert_eq!(
        lines(&docx("表格.docx", &body)),
        [
            "1 路网建设|一、基础设施||县交通运输局|县发改局、各乡镇",
            "2 路网建设|一、基础设施||县交通运输局|县发改局、各乡镇",
            "3 供水保障|一、基础设施||县水利局|县卫生健康局",
            "4 医疗服务|二、公共服务||县卫生健康局、县医保局|",
            "5 养老服务|二、公共服务||县民政局|县医保局",
        ]
    );
}

#[test]
fn word_paragraphs_that_word_numbers_itself() {
    let body = [
        paragraph("长岭县推进乡村治理实施方案", None),
        paragraph("总体要求", Some(0)),
        paragraph("坚持党建引领。", None),
        paragraph("重点任务", Some(0)),
        paragraph("强化组织建设", Some(1)),
        paragraph("选优配强村班子。培训村干部300人次。（县委组织部牵头，各乡镇配合）", Some(2)),
        paragraph("推行积分制。覆盖行政村60个。（县农业农村局、县委组织部按职责分工负责）", Some(2)),
        paragraph("建设平安乡村", Some(1)),
        paragraph("完善调解网络。建成调解室40个。（县司法局牵头）", Some(2)),
        paragraph("保障措施", Some(0)),
        paragraph("加强领导。", Some(1)),
    ]
    .concat();
    assert_eq!(
        lines(&docx("条目.docx", &body)),
        [
            "1 选优配强村班子|二、重点任务|（一）强化组织建设|县委组织部|各乡镇",
            "2 推行积分制|二、重点任务|（一）强化组织建设||县农业农村局、县委组织部",
            "3 完善调解网络|二、重点任务|（二）建设平安乡村|县司法局|",
        ]
    );
}

#[test]
fn a_workbook_with_merged_cells_two_header_rows_and_decoys() {
    let path = folder("import-office").join("分解表.xlsx");
    let merged = Format::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("任务分解").unwrap();
    sheet.merge_range(0, 0, 0, 6, "新安县2024年重点工作任务分解表", &merged).unwrap();
    for (column, title) in ["工作板块", "序号", "重点工作", "工作目标"].iter().enumerate() {
        sheet
            .merge_range(1, u16::try_from(column).unwrap(), 2, u16::try_from(column).unwrap(), title, &merged)
            .unwrap();
    }
    sheet.merge_range(1, 4, 1, 5, "责任单位", &merged).unwrap();
    sheet.write(2, 4, "牵头单位").unwrap().write(2, 5, "配合单位").unwrap().write(1, 6, "备注").unwrap();
    sheet.merge_range(3, 0, 5, 0, "工业强县", &merged).unwrap();
    let rows = [
        (1, "招大引强", "引进亿元项目10个", "县招商局", "县发改局；县工信局"),
        (2, "园区提升", "盘活闲置土地500亩", "园区管委会", "县自然资源局\n县工信局"),
        (3, "技改升级", "实施技改项目25个", "县工信局", "县科技局 县财政局"),
        (4, "粮食安全", "播种面积稳定在20万亩", "县农业农村局", "各乡镇人民政府"),
        (4, "耕地保护", "耕地保有量18万亩", "县自然资源局", "县农业农村局等部门"),
    ];
    for (row, (number, name, content, leads, supports)) in (3u32..).zip(rows) {
        sheet.write(row, 1, number).unwrap().write(row, 2, name).unwrap().write(row, 3, content).unwrap();
        sheet.write(row, 4, leads).unwrap().write(row, 5, supports).unwrap();
    }
    sheet.merge_range(6, 0, 7, 0, "农业固本", &merged).unwrap();
    sheet.write(8, 0, "合计").unwrap().write(8, 3, "5项").unwrap();
    let hidden = workbook.add_worksheet().set_name("2023年旧表").unwrap().set_hidden(true);
    for (column, text) in (0u16..).zip(["序号", "重点工作", "工作目标", "责任单位"]) {
        hidden.write(0, column, text).unwrap().write(1, column, if column == 3 { "县旧局" } else { "旧" }).unwrap();
    }
    let scores = workbook.add_worksheet().set_name("考核评分").unwrap();
    for (column, text) in (0u16..).zip(["考核内容", "分值", "评分标准", "责任单位"]) {
        scores.write(0, column, text).unwrap().write(1, column, "县考核办").unwrap();
    }
    workbook.save(&path).unwrap();
    assert_eq!(
        lines(&path),
        [
            "1 招大引强|工业强县||县招商局|县发改局、县工信局",
            "2 园区提升|工业强县||园区管委会|县自然资源局、县工信局",
            "3 技改升级|工业强县||县工信局|县科技局、县财政局",
            "4 粮食安全|农业固本||县农业农村局|各乡镇人民政府",
            "5 耕地保护|农业固本||县自然资源局|县农业农村局",
        ]
    );
    let defects = import::read(&path).unwrap().defects;
    assert!(defects.iter().any(|defect| defect.kind == import::DefectKind::Numbering && defect.found == "4"));
}

/// A workbook whose sheets each hold a title, lines above the header, and two tasks.
fn workbook_of_sheets(name: &str, sheets: &[(&str, Option<&str>)]) -> PathBuf {
    let path = folder("import-office").join(name);
    let mut workbook = Workbook::new();
    for (index, (sheet_name, section)) in (0u32..).zip(sheets) {
        let sheet = workbook.add_worksheet().set_name(*sheet_name).unwrap();
        sheet.merge_range(0, 0, 0, 3, "长桥县2025年重点任务台账（营商环境）", &Format::new()).unwrap();
        if let Some(section) = section {
            sheet.merge_range(1, 0, 1, 3, section, &Format::new()).unwrap();
        }
        for (column, title) in (0u16..).zip(["序号", "重点任务", "工作目标", "牵头单位"]) {
            sheet.write(2, column, title).unwrap();
        }
        for row in 0..2 {
            let number = index * 2 + row + 1;
            sheet.write(3 + row, 0, number).unwrap().write(3 + row, 1, format!("任务{number}")).unwrap();
            sheet.write(3 + row, 2, format!("完成项目{number}个。")).unwrap().write(3 + row, 3, "县发改局").unwrap();
        }
    }
    workbook.save(&path).unwrap();
    path
}

#[test]
fn a_list_in_several_sheets_has_its_sections_over_the_headers_or_in_their_names() {
    let marked = [("政务", Some("一、优化政务环境")), ("市场", Some("二、优化市场环境"))];
    let by_name = [("政务环境", None), ("市场环境", None)];
    let unnamed = [("Sheet1", None), ("Sheet2", None)];
    for (name, sheets, sections) in [
        ("分表-标题.xlsx", marked, ["一、优化政务环境", "二、优化市场环境"]),
        ("分表-表名.xlsx", by_name, ["政务环境", "市场环境"]),
        ("分表-无名.xlsx", unnamed, ["", ""]),
    ] {
        let path = workbook_of_sheets(name, &sheets);
        let expected: Vec<String> =
            (1..=4).map(|number| format!("{number} 任务{number}|{}||县发改局|", sections[(number - 1) / 2])).collect();
        assert_eq!(lines(&path), expected);
        assert_eq!(import::read(&path).unwrap().plan.title, "长桥县2025年重点任务台账（营商环境）");
    }
}

#[test]
fn another_countys_document_gives_its_plan() {
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents");
    let imported = import::read(&fixtures.join("second-county.docx")).unwrap().plan;
    let expected = fs::read(fixtures.join("second-county.expected.toml")).unwrap();
    let expected = hedui::list::Plan::from_bytes(&expected).unwrap().tasks;
    let published = |task: &hedui::list::Task| {
        let mut task = task.clone();
        task.indicators.clear();
        task.aliases.clear();
        task
    };
    for (found, expected) in imported.tasks.iter().zip(&expected) {
        assert_eq!(published(found), published(expected));
    }
    assert_eq!(imported.tasks.len(), 46);
}
