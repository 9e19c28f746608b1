//! Is a text a line that stands for a seal: (盖章), 北岙街道办事处（代章）?

use super::outside::{LONGEST_SIGNATURE, names_office};
use super::text::length;

/// Whether a plain text says whose seal stands there: 北岙街道办事处(盖章), (骑缝处加盖“北岙街道办事处”公章).
pub(crate) fn is_sealed(text: &str) -> bool {
    // One of these characters stands in all of them.
    text.contains(['章', '代'])
        && length(text) <= LONGEST_SIGNATURE
        && (["(盖章", "(公章", "(签章", "(章)", "(印章", "(代章", "(代)"].iter().any(|seal| text.contains(seal))
            || text.strip_prefix('(').is_some_and(|seal| {
                let office = SEALS.iter().find_map(|end| seal.strip_suffix(')')?.strip_suffix(end));
                office.is_some_and(names_office)
            })
            || SEALS.iter().find_map(|end| text.strip_suffix(end)).is_some_and(is_organ)
            || text.contains("加盖") && text.trim_end_matches(')').ends_with('章'))
}

/// Last words of a line that stands for a seal, longer ones first.
const SEALS: [&str; 6] = ["盖章", "公章", "代章", "签章", "印章", "章"];

/// Whether a text is the organ of a township and nothing else: 大门镇人民政府. What is 报镇盖章 is not.
fn is_organ(text: &str) -> bool {
    (5..=16).contains(&length(text)) && ["人民政府", "办事处", "党政办", "党工委"].iter().any(|end| text.ends_with(end))
}
