//! The parts of a name that marks or words join (农村公路、供水), each with the task that it means.

use super::index::PlanIndex;
use super::plain_text::Texts;
use super::wording::plain;

/// A part that answers no task better than this says nothing.
const LEAST_PART_SCORE: f64 = 0.3;

/// A part of a name.
#[derive(Debug)]
pub(super) struct Part {
    /// How well each task of the plan (by position) answers the part alone.
    pub(super) scores: Vec<f64>,
    /// The tasks, best score first.
    ranked: Vec<usize>,
    /// How likely each task, and last of all none, is meant by the part's words alone; they add up to 1.
    pub(super) shares: Vec<f64>,
}

/// The parts of what says which task it is, each as it was meant.
pub(super) fn meant_parts(name: &str, content: &str, texts: &Texts<'_>) -> Vec<Part> {
    let parts = parts(name, content, texts.index);
    (0..parts.len()).map(|place| part(&parts, place, texts)).collect()
}

impl Part {
    fn new(plain: &str, texts: &Texts<'_>) -> Self {
        let index = texts.index;
        let words = texts.of(plain);
        let (weight, meant, named) = (words.pairs_weight(), words.meanings(), words.names_covered());
        let held = index.task_holders.shared(words.pairs(), &index.characters);
        let shares = words.known_runs().shares();
        let score = |position: usize| {
            let like = index.known.likeness(words.likenesses(), &[position]).best;
            let explained = if weight > 0.0 { held[position] / weight } else { 0.0 };
            let name_meanings = &index.tasks[position].name_meanings;
            let same_meaning = meant.iter().filter(|group| name_meanings.has(**group)).count();
            #[expect(clippy::cast_precision_loss, reason = "a part touches a handful of groups")]
            let same_meaning = same_meaning as f64 / meant.len().max(1) as f64;
            explained + named[position] + 0.5 * same_meaning + like + shares[position]
        };
        let scores: Vec<f64> = (0..index.tasks.len()).map(score).collect();
        let mut ranked: Vec<usize> = (0..scores.len()).collect();
        ranked.sort_by(|&one, &other| scores[other].total_cmp(&scores[one]).then(one.cmp(&other)));
        Self { scores, ranked, shares }
    }

    /// The share of the likeliest task.
    fn surest(&self) -> f64 {
        self.shares[..self.scores.len()].iter().copied().fold(0.0, f64::max)
    }

    /// The task that answers the part best, where one does at all.
    pub(super) fn best(&self) -> Option<usize> {
        self.ranked.first().copied().filter(|&task| self.scores[task] >= LEAST_PART_SCORE)
    }

    /// The best score of a task that is none of these; 0 where there is no other.
    pub(super) fn best_besides(&self, tasks: &[usize]) -> f64 {
        self.ranked.iter().find(|task| !tasks.contains(task)).map_or(0.0, |&task| self.scores[task])
    }
}

/// A part as it was meant: of 城镇、农村居民收入 the first one is 城镇居民收入, where that points to a task more surely.
fn part(parts: &[String], place: usize, texts: &Texts<'_>) -> Part {
    /// Longer parts stand for themselves.
    const LONGEST_STUMP: usize = 3;
    let alone = Part::new(&parts[place], texts);
    let stump = parts[place].chars().count();
    let whole = parts[place + 1..].iter().find(|later| later.chars().count() > LONGEST_STUMP);
    let Some(whole) = whole.filter(|_| stump <= LONGEST_STUMP) else { return alone };
    let rest: String = whole.chars().skip(stump).collect();
    let meant = Part::new(&format!("{}{rest}", parts[place]), texts);
    if meant.surest() > alone.surest() { meant } else { alone }
}

/// The parts of what says which task it is: of the name, and of a content that lists short things.
fn parts(name: &str, content: &str, index: &PlanIndex) -> Vec<String> {
    /// Longer things are sentences, which tell of one task in many words.
    const LONGEST_THING: usize = 14;
    let things = joined_parts(content, index);
    let lists = things.len() >= 2 && things.iter().all(|thing| thing.chars().count() <= LONGEST_THING);
    let mut parts = joined_parts(name, index);
    if lists || parts.is_empty() {
        parts.extend(things);
    }
    parts
}

/// The parts of a name that marks or words join: `农村公路、供水` or `景区村创建及乡愁产业`, in plain wording. A joining
/// word that belongs to a term of the plan (和 in 和美乡村) does not part.
fn joined_parts(name: &str, index: &PlanIndex) -> Vec<String> {
    const MOST_PARTS: usize = 8;
    let characters: Vec<char> = name.chars().collect();
    let mut parts = vec![String::new()];
    for (place, &character) in characters.iter().enumerate() {
        let joins = match character {
            '、' | '，' | ',' | '；' | ';' | '/' | '+' | '\n' | '。' | '（' | '(' | '）' | ')' | '＋' => true,
            '及' | '与' | '和' | '兼' | '暨' | '同' | '跟' => !in_term(&characters, place, index),
            _ => false,
        };
        if joins {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    let parts = parts.iter().map(|part| plain(part)).filter(|part| part.chars().count() >= 2);
    parts.take(MOST_PARTS).collect()
}

/// Whether the character at a place forms a run of two with its neighbour that the plan knows.
fn in_term(characters: &[char], place: usize, index: &PlanIndex) -> bool {
    let known = |pair: &[char]| {
        let codes: Vec<u32> = pair.iter().copied().map(u32::from).collect();
        !index.characters.pairs(&index.characters.runs.read(&codes)).is_empty()
    };
    let after = characters.get(place..place + 2).is_some_and(known);
    let before = place > 0 && characters.get(place - 1..=place).is_some_and(known);
    after || before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    #[test]
    fn joined_names_come_apart_and_terms_of_the_plan_stay_whole() {
        let index = PlanIndex::new(&Plan::built_in());
        assert_eq!(joined_parts("农村人居环境及和美乡村建设", &index), ["农村人居环境", "和美乡村建设"]);
        assert_eq!(joined_parts("休闲农业、乡愁产业", &index), ["休闲农业", "乡愁产业"]);
        assert_eq!(joined_parts("清廉村居和民主法治村", &index), ["清廉村居和民主法治村"]);
    }
}
