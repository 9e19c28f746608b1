//! Do two stretches of text say the same, word for word, in other words?

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::groups::{are_in_one_group, grouped};
use super::words::{MANNER, PLAIN, is_tentative};
use crate::matches::mean_the_same;

/// The words that are known, the longest of those that begin at one place.
static KNOWN: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = PLAIN.iter().chain(MANNER.iter()).copied().chain(grouped());
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).expect("some hundred words fit")
});

/// Whether two stretches consist of words that ask the same, one for one, words that say little aside: 努力缩小 and 力争缩.
pub(super) fn say_the_same(gone: &str, come: &str) -> bool {
    // A word may say little and have its like all the same: 确保 and 保证.
    [true, false].into_iter().any(|all| {
        let (gone, come) = (words_of(gone, all), words_of(come, all));
        gone.len() == come.len() && !gone.is_empty() && gone.iter().zip(&come).all(|(one, other)| are_alike(one, other))
    })
}

fn are_alike(one: &str, other: &str) -> bool {
    one == other
        || are_in_one_group(one, other)
        || (MANNER.contains(one) && MANNER.contains(other) && is_tentative(one) == is_tentative(other))
        || mean_the_same(one, other)
}

/// The words of a stretch, all or those that say something: known ones, and what stands between them.
fn words_of(text: &str, all: bool) -> Vec<&str> {
    let mut words = Vec::new();
    let mut end = 0;
    for found in KNOWN.find_iter(text) {
        words.push(&text[end..found.start()]);
        let word = &text[found.range()];
        words.extend((all || !PLAIN.contains(word)).then_some(word));
        end = found.end();
    }
    words.push(&text[end..]);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_ask_the_same_are_told_from_others() {
        for (gone, come) in [
            ("力争缩小", "争取缩"),
            ("力争缩小", "努力缩小"),
            ("缩小到", "缩至"),
            ("关爱服务", "关心照顾"),
            ("确保粮食", "保证粮食"),
            ("累计建设", "共建设"),
            ("确定", "选"),
        ] {
            assert!(say_the_same(gone, come), "{gone} {come}");
        }
        for (gone, come) in [
            ("建成", "启动"),
            ("全面排查", "抽样排查"),
            ("有偿", "无偿"),
            ("每年", "规划期内"),
            ("快于", "接近"),
            ("行政村", "镇区和园区"),
            ("留守儿童", "退役军人"),
        ] {
            assert!(!say_the_same(gone, come), "{gone} {come}");
        }
    }
}
