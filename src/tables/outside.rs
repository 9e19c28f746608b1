//! What is a text that stands outside all tables: title, caption, note, signature?

use super::table::OutsideRole;
use super::text::{has_section_mark, is_date, is_narrative, length, plain};
use super::vocabulary::unit_in;
use super::words::Words;

/// Labels of captions: who reports, for when, in which unit.
static CAPTION_LABELS: Words = Words::new(
    "填报单位 报送单位 填报乡镇 填报街道 上报单位 单位名称 编报单位 填写单位 报告单位 乡镇(街道) 街道(乡镇) \
    乡镇街道 镇街 单位(盖章) 填报单位(盖章) 填报日期 填报时间 填表日期 填表时间 报送日期 报送时间 上报时间 \
    上报日期 统计时间 统计日期 统计期 报告期 填报期间 报送周期 填报周期 报送期间 截至时间 截止时间 截至日期 \
    截止日期 数据截至",
);

/// Labels and words of signatures.
static SIGNATURE_WORDS: Words = Words::new(
    "填表人 填报人 制表人 制表 审核人 审核 审签 审批人 负责人 分管领导 主要领导 经办人 经办 联系人 联系电话 \
    签字 签名 签章 盖章 公章 (章) 核对人 复核 单位负责人 主要负责人 报送人 统计人 校对 签发 联系方式 电话 \
    领导签",
);

/// First words of notes.
static NOTE_WORDS: Words = Words::new(
    "注: 注1 注. 注、 备注: 说明: 填表说明 填报说明 填写说明 填报要求 填表要求 附注 备注1 *注 ※ 注意 要求: 提示 \
    说明1 温馨提示 指标解释 填表须知 示例",
);

/// Last words of titles.
static TITLE_ENDS: Words = Words::new(
    "表 台账 清单 汇总 情况 一览 报表 统计 进展 进度 任务书 分解 责任分解 汇报 报告 小结 总结 落实 反馈 月报 \
    季报 周报 年报 工程 方案 报送",
);

/// Whether a text is a caption: a label with a colon, a lone unit, a lone date or period.
pub(crate) fn is_caption(text: &str) -> bool {
    let text = plain(text);
    let labelled = CAPTION_LABELS.iter().any(|label| {
        text.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '(', '为']))
    });
    let unit = text.strip_prefix("单位").is_some_and(|rest| rest.starts_with(':'))
        || (text.contains("单位") && unit_in(&text).is_some())
        || text.starts_with("计量单位");
    let date = text.strip_prefix("日期").or(text.strip_prefix("时间")).is_some_and(|rest| rest.starts_with(':'));
    labelled || unit || date || is_date(&text) || is_span_of_time(&text)
}

/// Whether a text is a span of time and nothing else: 2024年1-3月, (2024年第一季度), 截至3月底.
fn is_span_of_time(text: &str) -> bool {
    let inner = text.trim_matches(|c: char| "()[]【】".contains(c));
    let marks = "年月日季度第上下半底末截至止到一二三四前.-—–~至、Qq1234567890";
    length(inner) >= 2
        && inner.contains(['年', '月', '季', '半', '截'])
        && inner.chars().all(|c| marks.contains(c))
        && (inner.chars().any(|c| c.is_ascii_digit()) || inner.contains("季度") || inner.contains("半年"))
}

/// Whether a text belongs to a signature line.
pub(crate) fn is_signature(text: &str) -> bool {
    let text = plain(text);
    let short = length(&text) <= 80;
    let word = SIGNATURE_WORDS.iter().any(|word| {
        text.match_indices(word).any(|(place, _)| {
            let after = &text[place + word.len()..];
            let before = &text[..place];
            let opens = before.is_empty() || before.ends_with([':', ')', '(', ',', ';', '、']) || place > 0;
            opens
                && (after.is_empty()
                    || after.starts_with([':', '(', ')', '/', '、', '及', '人', '_'])
                    || word.starts_with('('))
        })
    });
    let seal = text.contains("盖章") || text.contains("公章") || text.contains("签章") || text.contains("(章)");
    short && (word || seal)
}

/// Whether a text is a note or an instruction by its first words.
pub(crate) fn is_note(text: &str) -> bool {
    let text = plain(text);
    let bare = text.trim_start_matches(['(', '[', '*', '【']);
    NOTE_WORDS.iter().any(|word| bare.starts_with(&plain(word)))
}

/// Whether a text reads like the title of a form.
pub(crate) fn is_title(text: &str) -> bool {
    let text = plain(text);
    let (bare, _) = text.split_once('(').unwrap_or((&text, ""));
    let named = TITLE_ENDS.iter().any(|end| bare.ends_with(end) || text.ends_with(end));
    length(&text) >= 4 && length(&text) <= 80 && named && !text.contains(['。', ';']) && !has_section_mark(&text)
}

/// The role of a cell that stands above the first table of its part of the sheet.
pub(crate) fn role_above(text: &str, alone: bool) -> OutsideRole {
    let plain_text = plain(text);
    if is_note(text) {
        OutsideRole::Note
    } else if is_caption(text) {
        OutsideRole::Caption
    } else if is_title(text) {
        OutsideRole::Title
    } else if is_signature(text) || plain_text.contains("填报") && plain_text.contains(':') {
        OutsideRole::Caption
    } else if length(&plain_text) > 60 || plain_text.contains('。') {
        OutsideRole::Note
    } else if alone || length(&plain_text) <= 40 {
        OutsideRole::Title
    } else {
        OutsideRole::Unassigned
    }
}

/// The role of a cell that stands below a table, or on a sheet without tables.
pub(crate) fn role_below(text: &str, alone: bool) -> OutsideRole {
    let plain_text = plain(text);
    if is_note(text) {
        OutsideRole::Note
    } else if is_closing(text) {
        OutsideRole::Signature
    } else if alone && length(&plain_text) >= 4 || is_narrative(&plain_text) {
        OutsideRole::Note
    } else {
        OutsideRole::Unassigned
    }
}

/// Whether a text belongs to the lines below a form: a signature, a date, the name of the office that signs.
pub(crate) fn is_closing(text: &str) -> bool {
    let plain_text = plain(text);
    is_signature(text) || is_caption(text) || length(&plain_text) <= 24 && names_office(&plain_text)
}

/// Whether a short line is the name of an office, as the line above a seal is.
fn names_office(plain: &str) -> bool {
    ["办事处", "人民政府", "街道", "镇", "乡", "党政办", "办公室"].iter().any(|end| plain.ends_with(end))
}
