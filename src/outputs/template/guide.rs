//! 填表说明: how to fill in the form, field by field, with one worked example, on one printed page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Template;
use super::form::NAME as FORM_NAME;
use crate::outputs::style::{self, Formats, Kind, Look, Paper, Tone};
use crate::outputs::text;

/// Name of the sheet.
pub(super) const NAME: &str = "填表说明";
/// Width of the one column in Excel's units: it must fit on an A4 page in portrait, LibreOffice does not shrink a
/// column that is wider.
const WIDTH: f64 = 76.0;

/// The sheet: one column of sentences. It holds no table, so that nobody takes its example for a report.
pub(super) fn sheet(template: &Template<'_>) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let mut formats = Formats::default();
    sheet.set_name(NAME)?;
    style::page(&mut sheet, Paper::A4Portrait, 1, 1);
    sheet.set_screen_gridlines(false).set_column_width(0, WIDTH)?;
    sheet.write_string_with_format(0, 0, NAME, formats.of(Look::text().kind(Kind::Title)))?;
    sheet.set_row_height(0, 34)?;
    let mut row = 1;
    for (heading, sentences) in sections(template) {
        let look = Look::text().kind(Kind::Line).tone(Tone::Band).bold();
        sheet.write_string_with_format(row, 0, heading, formats.of(look))?;
        sheet.set_row_height(row, 21)?;
        row += 1;
        for sentence in sentences {
            let sentence = text::clean(&sentence).into_owned();
            let lines = text::lines(&sentence, style::characters(WIDTH, style::BODY_SIZE), 1);
            sheet.write_string_with_format(row, 0, &sentence, formats.of(Look::text().kind(Kind::Line)))?;
            sheet.set_row_height(row, style::row_height(lines, style::BODY_SIZE) + 1.0)?;
            row += 1;
        }
    }
    sheet.protect();
    Ok(sheet)
}

/// Headings and what stands below them.
fn sections(template: &Template<'_>) -> Vec<(&'static str, Vec<String>)> {
    vec![
        ("一、怎样填", how_to_fill()),
        ("二、各栏填什么", fields(template)),
        ("三、进展状态怎样选", statuses(template)),
        ("四、填写示例", example()),
        ("五、怎样报送", how_to_file(template)),
    ]
}

fn how_to_fill() -> Vec<String> {
    vec![
        format!("1．只填“{FORM_NAME}”中淡黄色的单元格；灰色的是清单原文和自动计算的内容，已锁定，不用改。"),
        "2．每项任务一行；有几个量化指标的任务，每个指标一行，文字内容只在该任务的第一行填写。".to_owned(),
        "3．数字只填数，不写单位；计量单位以“计量单位”栏为准。百分数填75.3，不写百分号。".to_owned(),
        "4．表格上方的“自查”会随填随算，两个数都为0时再报送；“回执码”可复制到工作群，供收表人核对。".to_owned(),
        "5．可以筛选、调整行高列宽；请不要增删列，不要改动隐藏的“编码”列。".to_owned(),
    ]
}

fn fields(template: &Template<'_>) -> Vec<String> {
    let plan = template.plan;
    let deadline = template.deadline_examples();
    let targets =
        "目标值：本单位承担的目标数；比率类指标已按全区目标填好，另有下达的请改。没有下达到本单位的，可以清空。";
    let mut sentences = vec![plan.in_its_word(targets)];
    sentences.extend(
        [
            "本期完成：本期新完成的数。累计完成：从起算时累计完成的数，有目标值的必填。完成率：自动计算。",
            "进展情况：本期做了什么、到了哪一步、有哪些数字，必填。不要只写“按计划推进”。",
            "存在问题：进展状态为“滞后”的必填，写清卡在哪里、需要谁协调；没有问题的填“无”。",
        ]
        .map(str::to_owned),
    );
    sentences.push(format!("下一步计划：做什么、何时做完。完成时限：写成{deadline}的样子。"));
    sentences
}

fn statuses(template: &Template<'_>) -> Vec<String> {
    let day = template.period.last_day();
    vec![
        format!("以{}年{}月{}日的情况为准。", day.year, day.month, day.day),
        "未启动：还没有动工或部署，累计完成应为0或空。".to_owned(),
        "推进中：已经动工或部署，尚未完成，进度正常。".to_owned(),
        "已完成：目标已经全部达到；有数字的，累计完成应达到目标值。".to_owned(),
        "滞后：进度落后于计划，或时限已过仍未完成。".to_owned(),
    ]
}

/// The example, in sentences: a table here would look like a report.
fn example() -> Vec<String> {
    [
        "某街道承担“新改建农村公路”，本单位目标12公里，到本期末累计完成7.5公里，本期完成3公里，可以这样填：",
        "“目标值”填12，“本期完成”填3，“累计完成”填7.5，“完成率”自动算出62.5%，“进展状态”选“推进中”；",
        "“进展情况”填“4月开工的环岛北路二标段已铺设路面3公里，累计7.5公里，涉及3个村，拨付工程款420万元”；",
        "“存在问题”填“尚有1.2公里涉及林地审批，正在报批”；“下一步计划”填“9月底前完成林地审批，12月底前全线完工”。",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn how_to_file(template: &Template<'_>) -> Vec<String> {
    let due = match template.due {
        Some(due) => format!("1．请于{}年{}月{}日前报送。", due.year, due.month, due.day),
        None => "1．请在通知规定的时间前报送。".to_owned(),
    };
    vec![
        due,
        format!("2．文件名请保持“{}”，更正后重报的，在后面加“（更正）”。", template.file_name()),
        "3．用WPS或Excel填写均可，存为原来的格式；请直接报送电子表格，不要转成图片或PDF。".to_owned(),
    ]
}
