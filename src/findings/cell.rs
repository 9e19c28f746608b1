//! Is each cell what its column wants?

use std::collections::BTreeSet;

use super::context::{Context, Row, number, number_in, percent, plain_title, quote, say, shorten, title_of};
use super::finding::{Finding, Kind, Severity};
use super::required;
use crate::list::{Direction, Field};
use crate::records::values::unit::{Dimension, Unit};
use crate::records::values::written::is_error_code;
use crate::records::values::{Quantity, Status};
use crate::records::{KeptRole, SubmissionStatus};
use crate::workbooks::Value;

pub(super) static BAD_NUMBER: Kind = Kind {
    code: "bad-number",
    title: "数值读不出",
    severity: Severity::Error,
    reports: "应当填数的一格，读不出数来。",
    matters: "这个数没有计入合计和完成率。",
    remedy: "请填一个数，单位写在单位栏或数的后面。",
    example: "累计完成写“正在统计”：填数后消除；暂时没有数的请留空并在备注说明。",
};

pub(super) static BAD_DATE: Kind = Kind {
    code: "bad-date",
    title: "日期读不出",
    severity: Severity::Error,
    reports: "应当填日期的一格，读不出日期，或者日期不存在。",
    matters: "无法判断是否到期。",
    remedy: "请写成“2024年12月”或“2024-12-31”的样子。",
    example: "完成时限写“2024年2月30日”：改为存在的日期后消除。",
};

pub(super) static FORMULA_ERROR: Kind = Kind {
    code: "formula-error",
    title: "公式出错",
    severity: Severity::Error,
    reports: "格子里是 #REF!、#DIV/0!、#N/A 一类的出错提示。",
    matters: "这一格没有值。",
    remedy: "请检查公式引用的格子，或者直接填数。",
    example: "目标值空着，完成率的公式显示 #DIV/0!：填上目标值后消除。",
};

pub(super) static FORMULA_NOT_CALCULATED: Kind = Kind {
    code: "formula-not-calculated",
    title: "公式没有结果",
    severity: Severity::Warning,
    reports: "格子里的公式没有存下结果，我们不代为计算。",
    matters: "这一格没有值。",
    remedy: "请在 WPS 或 Excel 里打开、保存一次后重新发送，或者直接填数。",
    example: "完成率的公式没有结果：打开保存后消除。",
};

pub(super) static UNIT_MISMATCH: Kind = Kind {
    code: "unit-mismatch",
    title: "单位不一致",
    severity: Severity::Warning,
    reports: "完成数的单位和目标值的单位不一样，如目标用亿元、完成用万元，目标是百分比、完成是个数。",
    matters: "单位看错，数就差一万倍；单位不能换算的，完成率算不出来。",
    remedy: "请把完成数换成与目标值同样的单位。",
    example: "目标8.6亿元，累计完成19400万元：改写为1.94亿元后消除。",
};

pub(super) static OUT_OF_RANGE: Kind = Kind {
    code: "out-of-range",
    title: "超出可能范围",
    severity: Severity::Error,
    reports: "覆盖率一类的比例超过100%，完成率为负或与数不符地超过100%，个数、金额为负。",
    matters: "这样的数不可能成立。",
    remedy: "请核对后改正。",
    example: "供水覆盖率写103%：改为不超过100%的数后消除。",
};

/// Finds cells that are not what their column wants.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for row in context.rows() {
        formulas(&row, findings);
        unreadable(&row, findings);
        range(&row, findings);
        units(&row, findings);
        required::narratives(context, &row, findings);
    }
    required::blanks(context, findings);
    totals_in_error(context, findings);
    once_per_cell(findings);
}

/// A cell that several rows share raises each finding once.
fn once_per_cell(findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    findings.retain(|finding| match &finding.place {
        Some(place) if place.cell.is_some() => seen.insert((finding.kind.code, place.clone())),
        _ => true,
    });
}

fn formulas(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for entry in &row.record.entries {
        let in_error = match &entry.value {
            Value::Error(code) => Some(code.as_str()),
            Value::Text(text) if is_error_code(text) => Some(&**text),
            _ => None,
        };
        if in_error.is_none() && entry.value != Value::NotCalculated {
            continue;
        }
        let title = plain_title(&entry.title);
        let title = if title.is_empty() { "这一格".to_owned() } else { title };
        let wanted = wanted(row, entry.field);
        let (kind, message, found) = if let Some(code) = in_error {
            let message = format!("“{title}”显示“{code}”，是公式出错，应为{wanted}，请检查公式或者直接填写。");
            (&FORMULA_ERROR, message, code)
        } else {
            // The form's own rate is done ÷ target, which stand beside it: nothing is lost.
            if row.record.key.is_some() && entry.field == Some(Field::Rate) {
                continue;
            }
            let message =
                format!("“{title}”的公式没有存下结果，应为{wanted}，请打开保存一次后重新发送，或者直接填写。");
            (&FORMULA_NOT_CALCULATED, message, "没有结果的公式")
        };
        let finding = row.finding(kind, entry.at, message).found(found).expected(wanted);
        findings.push(finding.fix("检查公式，或者直接填写"));
    }
}

/// What a cell of a field should hold.
fn wanted(row: &Row<'_>, field: Option<Field>) -> String {
    let unit = row.record.values.target.as_ref().and_then(|target| target.unit.as_deref()).unwrap_or_default();
    match field {
        Some(Field::Done | Field::PeriodDone) => number_in(unit),
        Some(Field::Target) => number_in(""),
        Some(Field::Rate) => number_in("%"),
        Some(Field::Deadline) => "一个日期".to_owned(),
        _ => "这一栏的内容".to_owned(),
    }
}

/// Error codes in totals and other cells outside the records.
fn totals_in_error(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let counted = context.submissions.iter().map(|matched| &matched.submission);
    for submission in counted.filter(|submission| submission.status == SubmissionStatus::Read) {
        let roles = [KeptRole::Total, KeptRole::Unassigned];
        let cells = submission.kept.iter().filter(|cell| roles.contains(&cell.role) && is_error_code(&cell.text));
        for cell in cells.filter(|cell| submission.sheets.get(cell.sheet).is_some_and(|sheet| !sheet.hidden)) {
            let message = format!("这一格显示“{}”，是公式出错，应为一个数，请检查公式或者直接填写。", cell.text);
            let finding = Finding::new(&FORMULA_ERROR, message).township(submission.township.value.as_deref());
            let sheet = &submission.sheets[cell.sheet].name;
            let finding = finding.at(&submission.file, Some(sheet), Some(cell.at)).found(&*cell.text);
            findings.push(finding.expected("一个数").fix("检查公式，或者直接填写"));
        }
    }
}

fn unreadable(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for cell in &row.record.values.unreadable {
        let title = title_of(row, cell.field);
        let text = shorten(&cell.text, 30);
        let finding = match cell.field {
            Field::Target | Field::PeriodDone | Field::Done | Field::Rate => {
                let wanted = wanted(row, Some(cell.field));
                let message = format!("“{title}”写的是{}，读不出数来，请填{wanted}。", quote(&text));
                row.finding(&BAD_NUMBER, cell.at, message).fix(format!("改填{wanted}")).expected(wanted)
            }
            Field::Deadline => {
                let example = format!("{}年12月", row.plan.years[1]);
                let message = format!("“{title}”写的是{}，读不出日期，请写成“{example}”的样子。", quote(&text));
                row.finding(&BAD_DATE, cell.at, message).expected("一个存在的日期").fix("改写为年月或年月日")
            }
            _ => continue,
        };
        findings.push(finding.found(text));
    }
}

fn range(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let values = &row.record.values;
    for (field, quantity) in
        [(Field::Target, &values.target), (Field::PeriodDone, &values.period_done), (Field::Done, &values.done)]
    {
        let Some(quantity) = quantity else { continue };
        let Some(Limit { words, expected }) = possible(row, field, quantity) else { continue };
        let title = title_of(row, field);
        let message = format!("“{title}”写的是{}，{words}，请核对后改正。", say(quantity));
        let finding = row.at_field(&OUT_OF_RANGE, field, message).found(say(quantity)).expected(expected);
        findings.push(finding.fix(format!("核对后改为{expected}")));
    }
    let Some(rate) = values.rate else { return };
    let Some(Limit { words, expected }) = possible_rate(row, rate) else { return };
    let title = title_of(row, Field::Rate);
    let message = format!("“{title}”写的是{}，{words}，请核对后改正。", percent(rate));
    let finding = row.at_field(&OUT_OF_RANGE, Field::Rate, message).found(percent(rate)).expected(expected);
    findings.push(finding.fix(format!("核对后改为{expected}")));
}

/// Why a value is impossible, as part of a sentence, and what would be possible.
struct Limit {
    words: &'static str,
    expected: &'static str,
}

const NO_MORE_THAN_THE_WHOLE: Limit = Limit { words: "比例不会超过100%", expected: "不超过100%的数" };
const NO_NEGATIVE_SHARE: Limit = Limit { words: "比例不会是负数", expected: "不小于0%的数" };
const NOT_NEGATIVE: Limit = Limit { words: "这一项不会是负数", expected: "不小于0的数" };

/// Why a quantity is impossible; `None` where it is possible.
fn possible(row: &Row<'_>, field: Field, quantity: &Quantity) -> Option<Limit> {
    // A share or not, nearly all are neither below nothing nor beyond the whole.
    if (0.0..=100.0).contains(&quantity.value) {
        return None;
    }
    let dimension = quantity.unit.as_deref().and_then(Unit::parse).map(|unit| unit.dimension);
    if matches!(dimension, Some(Dimension::Share)) {
        let grows = is_growth(row);
        if quantity.value > 100.0 && !grows && is_share_of_whole(row) {
            return Some(NO_MORE_THAN_THE_WHOLE);
        }
        return (quantity.value < 0.0 && !grows && is_share_of_whole(row)).then_some(NO_NEGATIVE_SHARE);
    }
    let counted = dimension.is_some_and(|dimension| dimension != Dimension::Points);
    // Income may shrink; of households, villages and parcels there are never less than none.
    if quantity.value < 0.0 && matches!(dimension, Some(Dimension::Things | Dimension::Any | Dimension::Households)) {
        return Some(NOT_NEGATIVE);
    }
    (quantity.value < 0.0 && (counted || field != Field::PeriodDone) && !is_growth(row)).then_some(NOT_NEGATIVE)
}

fn possible_rate(row: &Row<'_>, rate: f64) -> Option<Limit> {
    if rate < 0.0 && !is_growth(row) {
        return Some(Limit { words: "完成率不会是负数", expected: "不小于0%的完成率" });
    }
    if rate <= 1.0005 {
        return None;
    }
    let values = &row.record.values;
    let reached = super::row::completion(row).map(|computed| computed > 1.0);
    match reached {
        Some(false) => Some(Limit {
            words: "累计完成还没有达到目标值，完成率不会超过100%",
            expected: "不超过100%的完成率",
        }),
        // Twice the target has been seen; ten times is a slip of the percent sign.
        None if rate > 3.0 || values.status.is_some_and(|status| status != Status::Completed) && rate > 2.0 => {
            Some(Limit { words: "完成率不会高出100%这么多", expected: "与完成情况相符的完成率" })
        }
        _ => None,
    }
}

/// Words of the row and its task about what is measured.
fn measured(row: &Row<'_>) -> String {
    let indicator = row.indicator().map(|indicator| indicator.name.as_str()).unwrap_or_default();
    let task = row.task().map(|task| format!("{}{}", task.name, task.content)).unwrap_or_default();
    let own = [Field::Indicator, Field::Name, Field::Content].map(|field| row.record.text(field)).concat();
    if indicator.is_empty() { format!("{own}{task}") } else { format!("{indicator}{own}") }
}

/// Growth may be negative, and over 100 %.
pub(super) fn is_growth(row: &Row<'_>) -> bool {
    // Where an indicator is named, its name tells; the content may speak of growth elsewhere.
    let own = row.record.text(Field::Indicator);
    let named = row.indicator().map(|indicator| indicator.name.as_str()).unwrap_or_default();
    let words = if own.trim().is_empty() && named.is_empty() {
        measured(row)
    } else {
        format!("{named}{own}{}", row.record.text(Field::Name))
    };
    ["增长", "增幅", "增速", "增加", "提高", "涨幅", "降幅", "下降"].iter().any(|word| words.contains(word))
}

/// Shares of a whole end at 100 %.
fn is_share_of_whole(row: &Row<'_>) -> bool {
    let whole = row.indicator().filter(|indicator| indicator.unit == "%").is_some_and(|indicator| {
        indicator.direction != Direction::AtMost && !indicator.name.contains("增长") && indicator.value <= 100.0
    });
    let words = measured(row);
    let named = [
        "覆盖",
        "达标率",
        "比例",
        "占比",
        "比重",
        "城镇化率",
        "建成率",
        "回收率",
        "入社率",
        "可靠率",
        "通达率",
        "一体化率",
        "优良率",
        "失业率",
        "入园率",
        "参保率",
        "普及率",
        "合格率",
        "办结率",
        "签约率",
        "就业率",
        "处理率",
        "率达",
        "比率",
        "占",
    ];
    whole || named.iter().any(|word| words.contains(word)) || words.contains("100%") || names_rate(&words)
}

/// Whether a text names a rate that ends at the whole: 满意率, 知晓率. Growth, returns and debts may be more.
fn names_rate(words: &str) -> bool {
    const BEYOND: &[char] = &['长', '成', '益', '润', '报', '转', '债', '汇', '税', '速', '效', '功', '概'];
    words.match_indices('率').any(|(at, _)| words[..at].chars().next_back().is_some_and(|c| !BEYOND.contains(&c)))
}

/// The unit of the value against the unit of the target.
fn units(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let values = &row.record.values;
    for (field, quantity) in [(Field::PeriodDone, &values.period_done), (Field::Done, &values.done)] {
        let Some(quantity) = quantity else { continue };
        let Some(written) = quantity.unit.as_deref() else { continue };
        // Without a target of its own the row may count something else than the list: 5,210 people for 90 %.
        let Some(wanted) = values.target.as_ref().and_then(|target| target.unit.as_deref()) else { continue };
        if written == wanted {
            continue;
        }
        let factor = match (Unit::parse(written), Unit::parse(wanted)) {
            (Some(unit), Some(target)) => unit.factor_to(target),
            // A word that is no unit of ours counts something: it goes with no sum, area or share.
            (None, Some(known)) | (Some(known), None)
                if measures(known) && !written.contains(wanted) && !wanted.contains(written) =>
            {
                None
            }
            _ => continue,
        };
        if factor.is_some_and(|factor| (factor - 1.0).abs() < 1e-9) || is_zero(quantity) {
            continue;
        }
        let converted = factor.map(|factor| format!("{}{wanted}", number(quantity.value * factor)));
        let title = title_of(row, field);
        let target = values.target.as_ref().map(say).unwrap_or_default();
        let ask = converted.as_ref().map_or_else(
            || format!("单位对不上，请改填{}", number_in(wanted)),
            |value| format!("单位不同，请改写为{value}"),
        );
        let message = format!("“{title}”写的是{}，目标值写的是{target}，{ask}。", say(quantity));
        let finding = row.at_field(&UNIT_MISMATCH, field, message).found(say(quantity));
        let fix =
            converted.as_ref().map_or_else(|| format!("改填{}", number_in(wanted)), |value| format!("改写为{value}"));
        findings.push(finding.expected(converted.unwrap_or_else(|| number_in(wanted))).fix(fix));
    }
}

/// Whether a unit measures: money, area, length, a share. Others count.
fn measures(unit: Unit) -> bool {
    use Dimension::{Any, Households, People, Points, Things};
    !matches!(unit.dimension, Any | Households | People | Points | Things)
}

fn is_zero(quantity: &Quantity) -> bool {
    quantity.value.abs() < f64::EPSILON
}
