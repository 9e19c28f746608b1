//! Which texts count tasks in Chinese numerals: 已完成三项,推进中七项; 本线六项?

use super::states::is_status_word;
use super::text::length;
use crate::words::Words;

/// Numerals of small counts.
const NUMERALS: &str = "零一二两三四五六七八九十";
/// What is counted.
static COUNTERS: Words = Words::new("项任务 个项目 个任务 项 个 件 条 宗");
/// Who or what has so many of them.
const OF_WHOM: [&str; 12] =
    ["本线", "本办", "本科", "本组", "本站", "本口", "本页", "本表", "本镇", "本乡", "本街道", "以上"];
/// Longest state, in characters.
const LONGEST_STATE: usize = 5;

/// The words before a count at the end of a text: 已完成 of 已完成三项.
fn counted(text: &str) -> Option<&str> {
    // Few texts end so.
    if !COUNTERS.end(text) {
        return None;
    }
    let bare = COUNTERS.iter().find_map(|counter| text.strip_suffix(counter))?;
    let words = bare.trim_end_matches(|c: char| NUMERALS.contains(c));
    (words.len() < bare.len()).then_some(words)
}

/// Whether a text counts the tasks in several states and says nothing else: 已完成三项,推进中七项,未报一项. Most of them are
/// states that we know.
pub(super) fn counts_states_in_words(text: &str) -> bool {
    const FEWEST: usize = 2;
    let parts = text.trim_end_matches('。').split([',', ';', '、', ':']).filter(|part| *part != "其中");
    let states: Option<Vec<&str>> = parts.map(counted).collect();
    let Some(states) = states else { return false };
    let short = |state: &&str| (1..=LONGEST_STATE).contains(&length(state));
    let known = states.iter().filter(|state| is_status_word(state)).count();
    states.len() >= FEWEST && states.iter().all(short) && known * 2 > states.len()
}

/// Whether a text says how many tasks a line of offices or the table has: 本线六项, 以上共十二项.
pub(super) fn counts_records_in_words(text: &str) -> bool {
    let Some(words) = counted(text) else { return false };
    let all = matches!(words, "共" | "总共" | "一共" | "总计");
    all || OF_WHOM.contains(&words.trim_end_matches(['共', '计', '总', '有']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_chinese_numerals() {
        for text in ["已完成三项,推进中七项,滞后一项,未报一项", "推进中十二个;滞后两个"] {
            assert!(counts_states_in_words(text), "{text}");
        }
        for text in ["推进中", "已完成三项", "建成三个,推进中", "公厕三个,泵站两个", "推进中,完成三项", ""]
        {
            assert!(!counts_states_in_words(text), "{text}");
        }
        for text in ["本线六项", "总共三项", "以上共十二项", "本办三个任务"] {
            assert!(counts_records_in_words(text), "{text}");
        }
        for text in ["改革六项", "本线项", "六项", "本线六项改革", "两进两回"] {
            assert!(!counts_records_in_words(text), "{text}");
        }
    }
}
