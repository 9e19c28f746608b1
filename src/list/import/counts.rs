//! How many tasks does the document itself say that it has? 共20项任务, 14大类17项任务.

/// What is counted, where tasks are.
const COUNTED: [&str; 7] = ["任务", "事项", "项目", "实事", "工作", "举措", "措施"];
/// Words between the count and what is counted.
const BETWEEN: [&str; 9] = ["重点", "具体", "主要", "目标", "工作", "年度", "民生", "改革", "细化"];

/// The numbers of tasks that a document's texts state.
pub(super) fn stated(texts: &[&str]) -> Vec<usize> {
    let mut counts = Vec::new();
    for text in texts {
        for (at, _) in text.match_indices(['项', '条', '个']) {
            let before = &text[..at];
            let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
            let mut after = &text[at + '项'.len_utf8()..];
            while let Some(shorter) = BETWEEN.iter().find_map(|word| after.strip_prefix(word)) {
                after = shorter;
            }
            let counted = COUNTED.iter().any(|word| after.starts_with(word))
                || text[..text.len() - after.len()].ends_with("工作");
            counts.extend(before[digits..].parse::<usize>().ok().filter(|_| counted));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_tasks_and_of_other_things() {
        for (text, expected) in [
            ("14大类17项任务", vec![17]),
            ("共5个板块、20项重点任务、22条具体目标", vec![20]),
            ("分解为36项具体工作", vec![36]),
            ("建成示范村12个", vec![]),
            ("开展3次行动", vec![]),
        ] {
            assert_eq!(stated(&[text]), expected, "{text}");
        }
    }
}
