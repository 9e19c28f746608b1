//! Does a lone text in a table name an official task, or a section of the official list?

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::text::{length, plain_form};
use crate::list::Plan;

/// Share of common pairs of characters from which a text resembles an official name. In the township files seen so
/// far, headings of sections stay below 0.45 against every task, typing slips in a task's name above 0.6.
const RESEMBLES: f64 = 0.55;

/// The texts of the official list, in the form in which they are compared.
pub(crate) struct Official {
    tasks: Names,
    sections: Names,
    /// The contents of all tasks, parted by marks that stand in none of them.
    contents: String,
}

/// Two neighbouring characters.
type Pair = (char, char);

/// Official names, found by their pairs of neighbouring characters.
struct Names {
    texts: Vec<String>,
    /// How many pairs each of them has.
    pairs: Vec<usize>,
    /// Which of them have a pair.
    with: HashMap<Pair, Vec<usize>, FxBuildHasher>,
}

impl Names {
    fn new<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        let texts: Vec<String> = names.map(|name| bare(name)).filter(|name| !name.is_empty()).collect();
        let mut with: HashMap<Pair, Vec<usize>, FxBuildHasher> = HashMap::default();
        let mut pairs = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let of_text = pairs_of(text);
            pairs.push(of_text.len());
            for pair in of_text {
                with.entry(pair).or_default().push(index);
            }
        }
        Self { texts, pairs, with }
    }

    /// Whether a text resembles one of the names: twice the common pairs by all pairs (Dice), 0 to 1; two texts of one
    /// character are compared whole.
    fn resemble(&self, text: &str) -> bool {
        let pairs = pairs_of(text);
        if pairs.is_empty() {
            return self.texts.iter().any(|name| name == text);
        }
        let known: Vec<&Vec<usize>> = pairs.iter().filter_map(|pair| self.with.get(pair)).collect();
        // Not even a name that had these pairs and no others would be near enough: so it is with most texts.
        if share(2 * known.len(), pairs.len() + known.len()) < RESEMBLES {
            return false;
        }
        let mut common = vec![0usize; self.texts.len()];
        known.into_iter().flatten().for_each(|name| common[*name] += 1);
        let mut near = common.iter().zip(&self.pairs).filter(|(common, _)| **common > 0);
        near.any(|(common, of_name)| share(2 * common, pairs.len() + of_name) >= RESEMBLES)
    }
}

/// A share of some whole that is not nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of characters in a cell are far below 2^52")]
const fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// The pairs of neighbouring characters of a text, each once.
fn pairs_of(text: &str) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl Official {
    /// The texts of a plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let names = plan.tasks.iter().flat_map(|task| std::iter::once(&task.name).chain(&task.aliases));
        let mut sections: Vec<&String> =
            plan.tasks.iter().flat_map(|task| std::iter::once(&task.section).chain(task.subsection.as_ref())).collect();
        sections.sort();
        sections.dedup();
        Self {
            tasks: Names::new(names),
            sections: Names::new(sections.into_iter()),
            contents: plan.tasks.iter().map(|task| bare(&task.content)).collect::<Vec<String>>().join("\n"),
        }
    }

    /// Whether a text is, but for slips, an official name or a part of an official content.
    pub(crate) fn is_task(&self, text: &str) -> bool {
        let bare = bare(text);
        self.tasks.resemble(&bare) || length(&bare) >= 5 && self.contents.contains(&bare)
    }

    /// Whether a text is, but for slips, an official name.
    pub(crate) fn is_name(&self, text: &str) -> bool {
        self.tasks.resemble(&bare(text))
    }

    /// Whether a text is, but for slips, a section or subsection heading.
    pub(crate) fn is_section(&self, text: &str) -> bool {
        self.sections.resemble(&bare(text))
    }
}

/// A text without its marks: numbering, quotation marks, punctuation.
fn bare(text: &str) -> String {
    let plain = plain_form(text);
    let marks = |c: char| {
        matches!(c, '0'..='9' | '(' | ')' | '、' | '.')
            || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    };
    let unmarked = plain.trim_start_matches(marks);
    let kept = if length(unmarked) >= 2 { unmarked } else { &plain };
    // Nearly all characters are Chinese.
    kept.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_but_for_slips() {
        let listed = ["重大项目建设", "农村供水县级统管机制", "一", "和美和美乡村"].map(str::to_owned);
        let names = Names::new(listed.iter());
        for text in ["重大项目建", "重大项目投资", "农村供水县级统管", "一", "和美乡村"] {
            assert!(names.resemble(text), "{text}");
        }
        for text in ["重大工程建设", "", "二", "重", "乡村建设"] {
            assert!(!names.resemble(text), "{text}");
        }
    }
}
