//! What may be filled in where, in which words does the form say so, and how does it check itself?

use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, Worksheet, XlsxError};
use sha2::{Digest, Sha256};

use super::Template;
use super::form::Places;
use crate::list::Field;
use crate::period::Period;
use crate::records::values::Status;

/// Numbers that no honest report passes; beyond them a slip of the unit is likely.
const NUMBER_RANGE: (f64, f64) = (-1_000_000.0, 10_000_000_000.0);

/// Adds drop-downs and limits, each with a prompt and an error in plain words.
pub(super) fn add(sheet: &mut Worksheet, template: &Template<'_>, places: &Places) -> Result<(), XlsxError> {
    let words = Status::ALL.map(Status::word);
    let status = DataValidation::new()
        .allow_list_strings(&words)?
        .set_input_title("进展状态")?
        .set_input_message("点右侧箭头选择：未启动、推进中、已完成、滞后。")?
        .set_error_title("请从列表中选择")?
        .set_error_message("进展状态只能填“未启动”“推进中”“已完成”“滞后”中的一个。")?;
    whole_column(sheet, places, Field::Status, &status)?;
    for (field, what) in [
        (Field::Target, "填本单位承担的目标数；没有下达到本单位的，可以不填。"),
        (Field::PeriodDone, "填本期新完成的数。"),
        (Field::Done, "填从起算时起累计完成的数。"),
    ] {
        let number = DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(NUMBER_RANGE.0, NUMBER_RANGE.1))
            .set_input_title(field.title())?
            .set_input_message(format!("{what}只填数字，单位见“计量单位”栏；百分数填75.3，不写百分号。"))?
            .set_error_title("请只填数字")?
            .set_error_message("这里只能填数字，不要写单位、“约”或文字；情况说明请写在“进展情况”栏。")?;
        whole_column(sheet, places, field, &number)?;
    }
    if let Some(first) = places.cell(Field::Deadline, places.first) {
        let [from, until] = template.plan.years;
        let examples = template.deadline_examples();
        let years = if from == until { format!("年份为{from}") } else { format!("年份在{from}至{until}之间") };
        let rule = format!(
            "=AND(LEN({first})>=4,ISNUMBER(--LEFT({first},4)),--LEFT({first},4)>={from},--LEFT({first},4)<={until})"
        );
        let date = DataValidation::new()
            .allow_custom(Formula::new(rule))
            .set_input_title("完成时限")?
            .set_input_message(format!("写成{examples}的样子，{years}。"))?
            .set_error_title("请写明年份")?
            .set_error_message(format!("请写成{examples}的样子，{years}。"))?;
        whole_column(sheet, places, Field::Deadline, &date)?;
    }
    for (field, what) in [
        (Field::Progress, "写本期做了什么、到了哪一步，有数字的写数字。"),
        (Field::Problem, "进展状态为“滞后”时必填；没有问题的填“无”。"),
        (Field::Plan, "写下一步做什么、何时做完。"),
    ] {
        let narrative = DataValidation::new()
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(2000))
            .set_input_title(field.title())?
            .set_input_message(what)?
            .set_error_title("文字过长")?
            .set_error_message("请控制在2000字以内，详细材料可另附。")?;
        whole_column(sheet, places, field, &narrative)?;
    }
    Ok(())
}

/// Adds a rule to all cells of a field.
fn whole_column(sheet: &mut Worksheet, places: &Places, field: Field, rule: &DataValidation) -> Result<(), XlsxError> {
    if let Some(column) = places.column(field) {
        sheet.add_data_validation(places.first, column, places.last, column, rule)?;
    }
    Ok(())
}

/// Formula (without `=`) for the number of required cells that are blank. The first row of a task is told by its
/// agencies, which further rows and section rows do not bear.
pub(super) fn blanks(places: &Places) -> String {
    let mut sums = Vec::new();
    if let Some(agencies) = places.range(Field::Agencies) {
        for field in [Field::Status, Field::Progress] {
            if let Some(range) = places.range(field) {
                sums.push(format!("SUMPRODUCT(({agencies}<>\"\")*({range}=\"\"))"));
            }
        }
    }
    if let (Some(target), Some(done)) = (places.range(Field::Target), places.range(Field::Done)) {
        sums.push(format!("SUMPRODUCT(({target}<>\"\")*({done}=\"\"))"));
    }
    if let (Some(status), Some(problem)) = (places.range(Field::Status), places.range(Field::Problem)) {
        sums.push(format!("SUMPRODUCT(({status}=\"{}\")*({problem}=\"\"))", Status::Behind.word()));
    }
    sum(&sums)
}

/// Formula (without `=`) for the number of rows that contradict themselves: 未启动 with a value, 已完成 below target.
pub(super) fn contradictions(places: &Places) -> String {
    let mut sums = Vec::new();
    if let (Some(status), Some(done)) = (places.range(Field::Status), places.range(Field::Done)) {
        let not_started = Status::NotStarted.word();
        sums.push(format!("SUMPRODUCT(({status}=\"{not_started}\")*ISNUMBER({done})*({done}>0))"));
        if let (Some(target), Some(indicator)) = (places.range(Field::Target), places.range(Field::Indicator)) {
            let completed = Status::Completed.word();
            let is_completed = match places.range(Field::Number) {
                // The status in a task's first row stands for all its indicators; they bear the same number.
                Some(number) => format!(
                    "((({status}=\"{completed}\")+({status}=\"\")*(COUNTIFS({number},{number},{status},\"{completed}\")>0))>0)"
                ),
                None => format!("({status}=\"{completed}\")"),
            };
            let both = format!("{is_completed}*ISNUMBER({target})*ISNUMBER({done})");
            let at_most = format!("ISNUMBER(SEARCH(\"以内）\",{indicator}))");
            sums.push(format!("SUMPRODUCT({both}*(1-{at_most})*({done}<{target}))"));
            sums.push(format!("SUMPRODUCT({both}*{at_most}*({done}>{target}))"));
        }
    }
    sum(&sums)
}

/// Formula (without `=`) for the receipt code: township and period, rows answered, and a number that changes with
/// what was filled in.
pub(super) fn receipt(township: &str, period: Period, places: &Places) -> String {
    let digest = Sha256::digest(township.as_bytes());
    let who = u32::from(digest[0]) * 256 + u32::from(digest[1]);
    let part =
        |field: Field, of: fn(&str) -> String| places.range(field).map_or_else(|| "0".to_owned(), |range| of(&range));
    let answered = part(Field::Status, |range| format!("COUNTA({range})"));
    let total = part(Field::Done, |range| format!("ROUND(SUM({range})*100,0)"));
    let written = part(Field::Progress, |range| format!("SUMPRODUCT(LEN({range}))"));
    format!("\"{period}-{who:04X}-\"&TEXT({answered},\"000\")&\"-\"&TEXT(MOD({total}+{written},9973),\"0000\")")
}

/// Several formulas added up.
fn sum(sums: &[String]) -> String {
    if sums.is_empty() { "0".to_owned() } else { sums.join("+") }
}
