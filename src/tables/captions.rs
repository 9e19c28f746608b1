//! Is a text a caption: who reports, for when, in which unit?

use super::outside::LONGEST_SIGNATURE;
use super::text::{is_date, length};
use super::vocabulary::unit_in;
use crate::words::Words;

/// Labels of captions: who reports, for when, in which unit.
pub(super) static CAPTION_LABELS: Words = Words::new(
    "填报单位 报送单位 填报乡镇 填报街道 上报单位 单位名称 编报单位 填写单位 报告单位 乡镇(街道) 街道(乡镇) \
    乡镇街道 镇街 编报 编报部门 呈报 呈报单位 承报单位 汇总单位 编制单位 单位(盖章) 填报单位(盖章) 填报日期 填报时间 填表日期 填表时间 报送日期 报送时间 上报时间 \
    上报日期 统计时间 统计日期 统计期 报告期 填报期间 报送周期 填报周期 报送期间 截至时间 截止时间 截至日期 \
    截止日期 数据截至 时段 填报期 报送期 报送季度 填报季度 统计期间 所属期 所属期间 打印时间 打印日期 导出时间 导出日期 制表日期 制表时间 \
    生成时间 研判时间 研判日期 会议时间 通报时间 通报日期 汇总时间 汇总日期 审核时间 审核日期 调度时间 签发日期 \
    签发时间 印发日期 填写日期",
);

/// Whether a plain text is a caption: a label with a colon, a lone unit, a lone date or period.
pub(crate) fn is_caption(text: &str) -> bool {
    if length(text) > LONGEST_SIGNATURE {
        return false;
    }
    let labelled = CAPTION_LABELS.beginning(text).any(|label| {
        let rest = &text[label.len()..];
        rest.is_empty() || rest.starts_with([':', '(', '为'])
    });
    let unit = text.strip_prefix("单位").is_some_and(|rest| rest.starts_with(':'))
        || states_unit(text)
        || text.starts_with("计量单位");
    let date = text.strip_prefix("日期").or(text.strip_prefix("时间")).is_some_and(|rest| rest.starts_with(':'));
    let month = text.strip_suffix("月份").is_some_and(|rest| rest.contains('年') && is_date(&format!("{rest}月")));
    labelled || unit || date || month || dates_an_act(text) || is_date(text) || is_span_of_time(text)
}

/// Whether a character is a bracket as they stand around captions.
const fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '【' | '】')
}

/// Whether a text says when something was done about the form, or for when it is: 晾晒时间:2024年4月10日, 账期:2024年6月份.
fn dates_an_act(text: &str) -> bool {
    let Some((label, when)) = text.split_once(':') else { return false };
    let for_when =
        ["账期", "报期", "期次", "期别", "属期", "周期", "期间", "季度", "月份"].iter().any(|end| label.ends_with(end));
    if for_when && length(label) <= 6 && (is_date(when.trim_end_matches('份')) || is_span_of_time(when)) {
        return true;
    }
    let act = ["时间", "日期"].iter().find_map(|end| label.strip_suffix(end));
    act.is_some_and(|act| length(act) <= 4) && is_date(when)
}

/// Whether a text states the unit of the figures below it and nothing else: 单位:万元, (投资单位:万元).
fn states_unit(text: &str) -> bool {
    if !text.contains("单位") {
        return false;
    }
    let inner = text.trim_matches(is_bracket);
    let named =
        |(what, unit): (&str, &str)| length(what) <= 4 && unit.starts_with([':', '为']) && unit_in(unit).is_some();
    unit_in(inner).is_some() || inner.split_once("单位").is_some_and(named)
}

/// Whether a text is a span of time and nothing else: 2024年1-3月, (2024年第一季度), 截至3月底.
fn is_span_of_time(text: &str) -> bool {
    let mark = |c: char| {
        matches!(
            c,
            '年' | '月' | '日' | '季' | '度' | '第' | '上' | '下' | '半' | '底' | '末' | '截' | '至' | '止' | '到'
        ) || matches!(c, '一' | '二' | '三' | '四' | '前' | '.' | '-' | '—' | '–' | '~' | '、' | 'Q' | 'q' | '0'..='9')
    };
    let inner = text.trim_matches(is_bracket);
    inner.chars().all(mark)
        && length(inner) >= 2
        && inner.contains(['年', '月', '季', '半', '截'])
        && (inner.chars().any(|c| c.is_ascii_digit()) || inner.contains("季度") || inner.contains("半年"))
}
