//! Where one text holds both, which part of it is the task's name and which its content?

/// Longest leading sentence that is taken for a name, in characters: the longest of the names in the published lists
/// that were looked at has 22.
const LONGEST_NAME: usize = 28;

/// Parts 提升产业平台能级。推进实施…… into name and content. Where no leading sentence names the task, the text is both.
pub(super) fn from_text(text: &str) -> (String, String) {
    let text = text.trim();
    if let Some((name, content)) = text.split_once(['。', '：', ':', '\n']) {
        let (name, content) = (name.trim(), content.trim());
        let short = (2..=LONGEST_NAME).contains(&name.chars().count());
        let figures = name.chars().any(|c| c.is_ascii_digit());
        if short && !figures && !content.is_empty() && !name.contains(['，', '；', ';']) {
            return (name.to_owned(), content.to_owned());
        }
    }
    let name = text.trim_end_matches(['。', '；', ';']);
    (name.to_owned(), text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leading_sentence_is_a_name_where_it_is_short_and_without_figures() {
        for (text, name, content) in [
            ("提升产业平台能级。推进实施工程。", "提升产业平台能级", "推进实施工程。"),
            ("平台建设：建成平台3个。", "平台建设", "建成平台3个。"),
            ("完成投资60亿元。推进项目90个。", "完成投资60亿元。推进项目90个", "完成投资60亿元。推进项目90个。"),
            ("改造老旧小区20个", "改造老旧小区20个", "改造老旧小区20个"),
        ] {
            assert_eq!(from_text(text), (name.to_owned(), content.to_owned()));
        }
    }
}
