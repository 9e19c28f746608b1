//! Does a row or card only show how to fill in the form, or try it out?

use super::text::length;

/// Words for an example.
const EXAMPLES: [&str; 9] = ["示例", "例", "例如", "样例", "范例", "举例", "填写示例", "填报示例", "示范"];

/// Whether the first cell of a row, by its plain text, says that the row only shows how to fill in the form.
pub(super) fn is_example(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '【', '】', '[', ']', ':']);
    EXAMPLES.contains(&bare) || matches!(bare, "如" | "样表") || is_kept_example(text)
}

/// Whether a text says that an example is not to be touched or only to be looked at: 示例(请勿删除), 样例（仅供参考）. What is said
/// of 示范(第二批) is something else.
fn is_kept_example(text: &str) -> bool {
    const ASIDE: [&str; 7] = ["勿", "删", "参考", "不填", "不计", "不用填", "参照"];
    let parts = text.strip_suffix([')', ']', '】']).and_then(|text| text.split_once(['(', '[', '【']));
    parts.is_some_and(|(word, aside)| {
        EXAMPLES.contains(&word) && length(aside) <= 12 && ASIDE.iter().any(|said| aside.contains(said))
    })
}

/// Whether the task in a row or card, by its plain text, is an example, or was filled in to try out the form: 农村饮水(示例), 测试,请忽略.
pub(super) fn is_example_of_task(plain: &str) -> bool {
    /// What is said behind 测试 of a row that does not count; 测试点建设 may be a task.
    const ASIDE: [&str; 8] = ["", "数据", "提交", "请忽略", "忽略", "勿统计", "不计入", "请删除"];
    let in_brackets = plain.strip_suffix([')', ']', '】']).and_then(|text| text.rsplit_once(['(', '[', '【']));
    let marked = in_brackets.is_some_and(|(task, mark)| !task.is_empty() && is_mark(mark));
    // 【样例,不要删】任务名写全称; (示范)和美乡村 is a task.
    let before = plain.strip_prefix(['(', '[', '【']).and_then(|text| text.split_once([')', ']', '】']));
    let before = before.map(|(mark, _)| mark).or_else(|| plain.split_once(':').map(|(mark, _)| mark));
    let marked = marked || before.is_some_and(|mark| is_mark(mark) && !mark.starts_with("示范"));
    let tried = ["测试", "试填", "test", "Test"].iter().find_map(|word| plain.strip_prefix(word));
    let tried = tried.map(|rest| rest.trim_matches(['(', ')', ',', ':', ';', '!', '。', '、', '，', '；', '：']));
    marked || tried.is_some_and(|rest| ASIDE.contains(&rest))
}

/// Whether a text is a word for an example, maybe with what is to be done with it behind a comma: 示例, 样例,不要删.
fn is_mark(text: &str) -> bool {
    let word = text.split([',', ';', '、', '。', ':', '!', '-']).next().unwrap_or_default();
    EXAMPLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::text::plain;

    #[test]
    fn examples_and_trials_are_told_from_tasks() {
        for text in [
            "农村饮水(示例)",
            "重大项目建设【样例】",
            "农村饮水（示例，勿删）",
            "【样例,不要删】任务名写全称",
            "(例)农村饮水",
            "示例：农村饮水",
            "测试，请忽略",
            "测试",
            "test",
        ] {
            assert!(is_example_of_task(&plain(text)), "{text}");
        }
        for text in [
            "测试点建设",
            "示范村建设(示范)x",
            "清廉村居示范",
            "“浙农码”测试推广",
            "数字乡村示范(第二批)",
            "(示范)和美乡村",
            "示范:和美乡村",
            "【样例村】建设",
        ] {
            assert!(!is_example_of_task(&plain(text)), "{text}");
        }
        assert!(is_example(&plain("示例（请勿删除）")) && is_example(&plain("样例(仅供参考)")));
        assert!(
            !is_example(&plain("示范(第二批)"))
                && !is_example(&plain("示例村(不计入)"))
                && !is_example(&plain("示例(大门镇)"))
        );
        assert!(is_example(&plain("（示例）")) && is_example(&plain("例:")) && !is_example(&plain("示例村")));
    }
}
