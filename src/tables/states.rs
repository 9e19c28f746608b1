//! Which words tell how far a task is?

use memchr::memchr;

use super::figures::is_digit_of_ten;
use super::text::{has_at_most, plain};
use crate::words::Words;

/// Words that a status column holds. A cell of at most eight characters that contains one of them and no digit is a
/// status word; the list comes from 通报 and 台账 of many offices, colloquial words included.
static STATUS_STEMS: Words = Words::new(
    "完成 推进 进行 启动 开展 滞后 办结 正常 序时 达标 在做 做好 慢了 有点慢 偏慢 没动 未动 没做 正在 未开始 没开始 \
    已开始 已好 弄好 好了 销号 持续 停滞 超前 已建成 在建 验收 开工 竣工 落实 绿灯 黄灯 红灯 蓝灯 未开工 前期 \
    谋划 实施中 已实施 做完 搞定 按期 逾期 超期 脱期 延期 快了 暂缓 达到 未达 在办 在弄 在搞 在干 干完 干完了 拖了 在推 在抓 落后 拖着 掉队 欠账 没有动 在跑 冲线 未销 办完 办好 卡住 归档 签收 未完 半成 成了",
);

/// Whether the text is one of the words that tell how far a task is.
pub(crate) fn is_status_word(plain: &str) -> bool {
    /// Longest of the words, in characters.
    const LONGEST: usize = 8;
    // None of the words and marks is of ASCII alone, as figures are.
    if plain.is_ascii() {
        return false;
    }
    // The marks are of one character, which has at most four bytes.
    if plain.len() <= 4 && is_mark_of_state(plain) {
        return true;
    }
    let bare = chosen_state(plain);
    let marks = |c: char| matches!(c, '0'..='9' | '，' | ',' | '。' | ';' | '；');
    let short = has_at_most(bare, LONGEST)
        && bare.chars().nth(1).is_some()
        && !bare.contains(marks)
        && STATUS_STEMS.stand_in(bare);
    short || offers_states(plain)
}

/// Whether a text is a mark or a word of one character that tells how far a task is.
fn is_mark_of_state(plain: &str) -> bool {
    matches!(
        plain,
        "√" | "✓"
            | "✔"
            | "×"
            | "✗"
            | "是"
            | "否"
            | "绿"
            | "黄"
            | "红"
            | "○"
            | "●"
            | "△"
            | "▲"
            | "好"
            | "慢"
            | "🟢"
            | "🟡"
            | "🔴"
            | "🔵"
            | "⚪"
            | "⚫"
            | "✅"
            | "❌"
    )
}

/// Whether states are offered with boxes to tick: □未启动☑推进中□已完成.
fn offers_states(plain: &str) -> bool {
    // All boxes begin with one byte, which few texts have.
    let may_have_boxes = memchr(0xe2, plain.as_bytes()).is_some();
    may_have_boxes && plain.contains(['□', '☐', '☑']) && has_at_most(plain, 40) && STATUS_STEMS.stand_in(plain)
}

/// A state without the number or letter of the choice that it is: ②推进中, B.推进中. 3个已完成 is none.
fn chosen_state(plain: &str) -> &str {
    let Some(rest) = plain.strip_prefix(|c: char| c.is_ascii_alphanumeric()) else { return plain };
    let rest = rest.trim_start_matches(['.', '、', ')', '-']);
    let begins = rest.starts_with(['未', '已', '正']) || STATUS_STEMS.beginning(rest).next().is_some();
    if begins { rest } else { plain }
}

/// Whether the text is a mark that says "this one".
pub(crate) fn is_tick(plain: &str) -> bool {
    matches!(plain, "√" | "✓" | "✔" | "☑" | "●" | "■" | "▲" | "★" | "是" | "Y" | "y" | "V" | "v")
}

/// What may stand behind a state in a heading: 已完成的任务, 推进中事项.
const COUNTED: [&str; 8] = ["工作任务", "任务", "事项", "项目", "工作", "类", "部分", "的"];

/// The state that a heading names; `None` where it names something else.
pub(crate) fn state_of_heading(heading: &str) -> Option<String> {
    let text = plain(heading);
    let whole = text.trim_start_matches(['(', '第']);
    let text = whole;
    let unnumbered = text.trim_start_matches(|c: char| is_digit_of_ten(c) || c.is_ascii_digit());
    let counted = unnumbered.len() < text.len();
    // 第一类 已完成任务.
    let kind = ["类", "部分", "批", "组"].iter().find_map(|kind| unnumbered.strip_prefix(kind)).filter(|_| counted);
    let marks = ['、', ')', '.', ',', ':'];
    let numbered = counted && unnumbered.starts_with(marks);
    let text = kind.map(|rest| rest.trim_start_matches(marks));
    let text = text.unwrap_or(if numbered { unnumbered.trim_start_matches(marks) } else { whole });
    let text = text.trim_start_matches(['【', '[', '◆', '■', '▲', '★', '●', '◎']);
    let mut state = text.split(['】', ']', '(', '（', ':']).next()?;
    let uncounted = state.trim_end_matches(['项', '个', '件', '条']);
    if uncounted.ends_with(|c: char| c.is_ascii_digit()) {
        state = uncounted.trim_end_matches(|c: char| c.is_ascii_digit());
    }
    while let Some(shorter) = COUNTED.iter().find_map(|word| state.strip_suffix(word)) {
        state = shorter;
    }
    is_status_word(state).then(|| state.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_words_of_many_offices() {
        for text in [
            "推进中",
            "②推进中",
            "B. 推进中",
            "□未启动 ☑推进中 □已完成",
            "已完成",
            "在做",
            "慢了",
            "没动",
            "正在弄",
            "有点慢",
            "还没开始",
            "√",
            "正常推进",
            "弄好了",
        ] {
            assert!(is_status_word(&plain(text)), "{text}");
        }
        for text in ["完成投资3亿元", "3个已完成", "重大项目建设", "一季度", "", "已经全部完成并通过了区级验收"]
        {
            assert!(!is_status_word(&plain(text)), "{text}");
        }
    }

    #[test]
    fn headings_that_are_states() {
        for (heading, state) in [
            ("【推进中】", "推进中"),
            ("一、已完成(5项)", "已完成"),
            ("(二)滞后任务", "滞后"),
            ("■ 未启动 2项", "未启动"),
            ("已完成的事项：", "已完成"),
        ] {
            assert_eq!(state_of_heading(heading).as_deref(), Some(state), "{heading}");
        }
        for heading in ["一、发展目标", "【宜居类】", "(三)基础设施建设", ""] {
            assert_eq!(state_of_heading(heading), None, "{heading}");
        }
    }
}
