//! Does a lone text in a table name an official task, or a section of the official list?

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use super::text::{length, plain};
use crate::list::Plan;

/// Share of common pairs of characters from which a text resembles an official name. In the township files seen so
/// far, headings of sections stay below 0.45 against every task, typing slips in a task's name above 0.6.
const RESEMBLES: f64 = 0.55;

/// The texts of the official list, in the form in which they are compared.
pub(crate) struct Official {
    tasks: Vec<Pairs>,
    sections: Vec<Pairs>,
    contents: Vec<String>,
}

/// A text and its pairs of neighbouring characters.
struct Pairs {
    text: String,
    pairs: HashSet<(char, char), FxBuildHasher>,
}

impl Pairs {
    fn new(text: String) -> Self {
        let pairs = text.chars().zip(text.chars().skip(1)).collect();
        Self { text, pairs }
    }

    /// Twice the common pairs by all pairs (Dice), 0 to 1; two texts of one character are compared whole.
    fn similarity(&self, other: &Self) -> f64 {
        if self.text == other.text {
            return 1.0;
        }
        let all = self.pairs.len() + other.pairs.len();
        if all == 0 {
            return 0.0;
        }
        let common = self.pairs.intersection(&other.pairs).count();
        #[expect(clippy::cast_precision_loss, reason = "counts of characters in a cell are far below 2^52")]
        let share = (2 * common) as f64 / all as f64;
        share
    }
}

impl Official {
    /// The texts of a plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let names = plan.tasks.iter().flat_map(|task| std::iter::once(&task.name).chain(&task.aliases));
        let mut sections: Vec<String> = plan
            .tasks
            .iter()
            .flat_map(|task| std::iter::once(&task.section).chain(task.subsection.as_ref()))
            .cloned()
            .collect();
        sections.sort();
        sections.dedup();
        Self {
            tasks: names.map(|name| Pairs::new(bare(name))).filter(|name| !name.text.is_empty()).collect(),
            sections: sections
                .iter()
                .map(|section| Pairs::new(bare(section)))
                .filter(|name| !name.text.is_empty())
                .collect(),
            contents: plan.tasks.iter().map(|task| bare(&task.content)).collect(),
        }
    }

    /// Whether a text is, but for slips, an official name or a part of an official content.
    pub(crate) fn is_task(&self, text: &str) -> bool {
        let named = self.is_name(text);
        let text = Pairs::new(bare(text));
        named || length(&text.text) >= 5 && self.contents.iter().any(|content| content.contains(&text.text))
    }

    /// Whether a text is, but for slips, an official name.
    pub(crate) fn is_name(&self, text: &str) -> bool {
        let text = Pairs::new(bare(text));
        self.tasks.iter().any(|name| name.similarity(&text) >= RESEMBLES)
    }

    /// Whether a text is, but for slips, a section or subsection heading.
    pub(crate) fn is_section(&self, text: &str) -> bool {
        let text = Pairs::new(bare(text));
        self.sections.iter().any(|section| section.similarity(&text) >= RESEMBLES)
    }
}

/// A text without its marks: numbering, quotation marks, punctuation.
fn bare(text: &str) -> String {
    let plain = plain(text);
    let unmarked = plain.trim_start_matches(|c: char| c.is_ascii_digit() || "()一二三四五六七八九十、.".contains(c));
    let kept = if length(unmarked) >= 2 { unmarked } else { &plain };
    kept.chars().filter(|c| c.is_alphanumeric()).collect()
}
