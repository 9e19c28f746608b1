//! What a record says about its task: the wordings that are compared, cut into n-grams once.

use std::sync::OnceLock;

use super::figures::{Figure, figures};
use super::index::{Grams, PlanIndex, TaskIndex, character_codes, meanings, union};
use super::known::{Likenesses, best_of};
use super::lexicon::Lexicon;
use super::likelihood::RunProbabilities;
use super::wording::{plain, sounds};
use crate::list::Field;
use crate::records::Record;

/// A record as the matcher sees it. Wordings are plain (see [`plain`]); empty where the cell is blank.
#[derive(Debug)]
pub(super) struct Row {
    /// Name column.
    pub(super) name: String,
    /// Content column.
    pub(super) content: String,
    /// Parts of the name (of the content where there is no name), parted where two tasks may be joined.
    pub(super) parts: Vec<Part>,
    /// N-grams of the name.
    pub(super) name_grams: Grams,
    /// N-grams of the content.
    pub(super) content_grams: Grams,
    /// N-grams of all that says which task it is: name, content and indicator.
    pub(super) grams: Grams,
    /// Runs of two characters of the same that the plan knows.
    pub(super) pairs: Grams,
    /// Weight of all runs of two of the same, the unknown ones included.
    pub(super) pairs_weight: f64,
    /// Groups of words that mean the same, touched by the same.
    pub(super) meanings: Grams,
    /// Syllable n-grams of the same.
    pub(super) sounds: Grams,
    /// Runs of two characters of the narrative that the plan knows.
    pub(super) narrative_pairs: Grams,
    /// Groups of words that mean the same, touched by the narrative.
    pub(super) narrative_meanings: Grams,
    /// N-grams of the narratives.
    pub(super) narrative_grams: Grams,
    /// Figures of the narratives and remarks.
    pub(super) narrative_figures: Vec<Figure>,
    /// How likely the wording is under each task, and under none.
    pub(super) runs: RunProbabilities,
    /// How likely the narrative is under each task, and under none.
    pub(super) narrative_runs: RunProbabilities,
    /// How like the wording is to those known for each answer.
    pub(super) likenesses: Likenesses,
    /// Whether the wording names work that townships do besides any plan, and this plan does not name.
    pub(super) own_work: bool,
    /// Share of the runs of two characters in the name and content that no task holds.
    pub(super) unknown: f64,
    /// Numbers in the number column: several where the cell says 12、13 or 12-14.
    pub(super) numbers: Vec<u32>,
    /// Figures in the name, content, indicator and target.
    pub(super) figures: Vec<Figure>,
    /// Plain headings above the row, outermost first.
    pub(super) headings: Vec<String>,
    /// Plain agency names without 区.
    pub(super) agencies: Vec<String>,
    /// Length of the wordings that say which task it is, in characters.
    pub(super) length: usize,
    /// Number of the group of records that share one task cell.
    pub(super) group: usize,
    /// Index of the sheet: neighbours stand on the same one.
    pub(super) sheet: usize,
    /// How alike the name is to each task's names, once it was asked for: every set that holds the task asks again.
    name_edits: Vec<OnceLock<f64>>,
}

/// A part that answers no task better than this says nothing.
const LEAST_PART_SCORE: f64 = 0.3;

/// A part of a name.
#[derive(Debug)]
pub(super) struct Part {
    /// How well each task of the plan (by position) answers the part alone.
    pub(super) scores: Vec<f64>,
    /// How likely each task, and last of all none, is meant by the part's words alone; they add up to 1.
    pub(super) shares: Vec<f64>,
}

impl Row {
    /// Reads a record.
    pub(super) fn new(record: &Record, index: &PlanIndex) -> Self {
        let written_name = record.text(Field::Name);
        let name = plain(&written_name);
        let content = plain(&record.text(Field::Content));
        let indicator = plain(&record.text(Field::Indicator));
        let narrative = plain(&record.text(Field::Progress));
        let known = |text: &str| index.characters.read(&character_codes(text));
        let (name_grams, _) = known(&name);
        let (content_grams, _) = known(&content);
        let (indicator_grams, _) = known(&indicator);
        let (narrative_grams, _) = known(&narrative);
        let only_narrative = name.is_empty() && content.is_empty() && indicator.is_empty();
        let telling = if only_narrative { narrative.clone() } else { format!("{name}{content}{indicator}") };
        let unknown = index.characters.unknown(&character_codes(&format!("{name}{content}")));
        let grams = if only_narrative {
            narrative_grams.clone()
        } else {
            union([&name_grams, &content_grams, &indicator_grams].into_iter())
        };
        let (heard, _) = index.syllables.read(&sounds(&telling));
        let target = plain(&record.text(Field::Target));
        let mut all_figures = figures(&telling);
        all_figures.extend(figures(&target));
        let (pairs, pairs_weight) = index.characters.pairs(&character_codes(&telling));
        let (narrative_pairs, _) = index.characters.pairs(&character_codes(&narrative));
        let own_work = Lexicon::built_in().own_work(&telling).any(|word| !index.text.contains(word));
        let likenesses = likenesses(&name, &content, &telling, index);
        let runs = index.known.model.probabilities(&telling);
        let aside = format!("{narrative}\n{}", plain(&record.text(Field::Remark)));
        let parts = parts(&written_name, &record.text(Field::Content), index);
        let parts = (0..parts.len()).map(|place| part(&parts, place, index));
        Self {
            parts: parts.collect(),
            name_grams,
            content_grams,
            grams,
            pairs,
            pairs_weight,
            meanings: meanings(&telling),
            narrative_pairs,
            narrative_meanings: meanings(&narrative),
            narrative_figures: figures(&aside),
            runs,
            narrative_runs: index.known.model.probabilities(&narrative),
            likenesses,
            own_work,
            sounds: heard,
            narrative_grams,
            unknown,
            numbers: written_numbers(&record.text(Field::Number)),
            figures: all_figures,
            headings: record.headings.iter().map(|heading| plain(heading)).filter(|text| !text.is_empty()).collect(),
            agencies: agency_names(&record.text(Field::Agencies)),
            length: telling.chars().count(),
            group: record.group,
            sheet: record.sheet,
            name_edits: vec![OnceLock::new(); index.tasks.len()],
            name,
            content,
        }
    }

    /// How alike the name is to the liker of a task's names, by the letters that must be changed, 0 to 1.
    pub(super) fn name_edit(&self, task: &TaskIndex, index: &PlanIndex) -> f64 {
        let liker = || {
            let edits = task.names.iter().map(|name| strsim::normalized_levenshtein(name, &self.name));
            edits.fold(0.0, f64::max)
        };
        let known = index.position(task.number).map(|position| &self.name_edits[position]);
        known.map_or_else(liker, |known| *known.get_or_init(liker))
    }
}

/// How like name and content are to the known wordings, whichever is liker; the content clause by clause. Where both
/// are blank, what else tells of the task.
fn likenesses(name: &str, content: &str, telling: &str, index: &PlanIndex) -> Likenesses {
    let known = &index.known;
    match (name.is_empty(), content.is_empty()) {
        (true, true) => known.likenesses(telling),
        (false, true) => known.likenesses(name),
        (true, false) => known.likenesses(content),
        (false, false) => best_of(known.likenesses(name), &known.likenesses(content)),
    }
}

impl Part {
    fn new(plain: &str, index: &PlanIndex) -> Self {
        let vocabulary = &index.characters;
        let codes = character_codes(plain);
        let (grams, _) = vocabulary.read(&codes);
        let (pairs, weight) = vocabulary.pairs(&codes);
        let meant = meanings(plain);
        let likenesses = index.known.likenesses(plain);
        let shares = index.known.model.probabilities(plain).shares();
        let score = |(position, task): (usize, &TaskIndex)| {
            let like = index.known.likeness(&likenesses, &[position]).best;
            let explained = if weight > 0.0 { vocabulary.shared(&pairs, &task.grams) / weight } else { 0.0 };
            let named = task.name_coverage(&grams, vocabulary);
            let same_meaning = meant.iter().filter(|group| task.name_meanings.contains(group)).count();
            #[expect(clippy::cast_precision_loss, reason = "a part touches a handful of groups")]
            let same_meaning = same_meaning as f64 / meant.len().max(1) as f64;
            explained + named + 0.5 * same_meaning + like + shares[position]
        };
        let scores = index.tasks.iter().enumerate().map(score).collect();
        Self { scores, shares }
    }

    /// The share of the likeliest task.
    fn surest(&self) -> f64 {
        self.shares[..self.scores.len()].iter().copied().fold(0.0, f64::max)
    }

    /// The task that answers the part best, where one does at all.
    pub(super) fn best(&self) -> Option<usize> {
        let scored = self.scores.iter().enumerate().filter(|(_, score)| **score >= LEAST_PART_SCORE);
        scored.max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(&one.0))).map(|(task, _)| task)
    }
}

/// A part as it was meant: of 城镇、农村居民收入 the first one is 城镇居民收入, where that points to a task more surely.
fn part(parts: &[String], place: usize, index: &PlanIndex) -> Part {
    /// Longer parts stand for themselves.
    const LONGEST_STUMP: usize = 3;
    let alone = Part::new(&parts[place], index);
    let stump = parts[place].chars().count();
    let whole = parts[place + 1..].iter().find(|later| later.chars().count() > LONGEST_STUMP);
    let Some(whole) = whole.filter(|_| stump <= LONGEST_STUMP) else { return alone };
    let rest: String = whole.chars().skip(stump).collect();
    let meant = Part::new(&format!("{}{rest}", parts[place]), index);
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
            '及' | '与' | '和' | '兼' | '暨' => !in_term(&characters, place, index),
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
        !index.characters.pairs(&codes).0.is_empty()
    };
    let after = characters.get(place..place + 2).is_some_and(known);
    let before = place > 0 && characters.get(place - 1..=place).is_some_and(known);
    after || before
}

/// The numbers written in a number cell: `12`, `12、13`, `12-14`, `第12项`, `12.0`; empty where it holds none.
fn written_numbers(text: &str) -> Vec<u32> {
    const LONGEST_RANGE: u32 = 12;
    let folded: String = plain_number_text(text);
    let mut numbers: Vec<u32> = Vec::new();
    let mut range_from = None;
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let between = &rest[..start];
        let digits: String = rest[start..].chars().take_while(char::is_ascii_digit).collect();
        rest = &rest[start + digits.len()..];
        let Ok(number) = digits.parse::<u32>() else { continue };
        if let Some(from) = range_from
            && between.trim() == "-"
            && number > from
            && number - from <= LONGEST_RANGE
        {
            numbers.extend(from + 1..=number);
        } else {
            numbers.push(number);
        }
        range_from = Some(number);
        // 12.0 is a number cell's 12, 12.1 a part of 12.
        if let Some(decimals) = rest.strip_prefix('.') {
            rest = decimals.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    numbers
}

fn plain_number_text(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().map(|c| if matches!(c, '—' | '–' | '~' | '～' | '至' | '−') { '-' } else { c }).collect()
}

/// Plain agency names without the leading 区 or mark, from a cell that lists them.
fn agency_names(text: &str) -> Vec<String> {
    let names = text.split(['、', '，', ',', '；', ';', ' ', '\n', '*', '＊']);
    let names = names.map(|name| plain(name).trim_start_matches('区').to_owned());
    names.filter(|name| name.chars().count() >= 2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    #[test]
    fn number_cells_as_people_write_them() {
        for (text, numbers) in [
            ("12", vec![12]),
            ("12.0", vec![12]),
            ("１２", vec![12]),
            ("12、13", vec![12, 13]),
            ("12-14", vec![12, 13, 14]),
            ("12—14", vec![12, 13, 14]),
            ("第12项", vec![12]),
            ("党1", vec![1]),
            ("12.1", vec![12]),
            ("一", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(written_numbers(text), numbers, "{text}");
        }
    }

    #[test]
    fn joined_names_come_apart_and_terms_of_the_plan_stay_whole() {
        let index = PlanIndex::new(&Plan::built_in());
        assert_eq!(joined_parts("农村人居环境及和美乡村建设", &index), ["农村人居环境", "和美乡村建设"]);
        assert_eq!(joined_parts("休闲农业、乡愁产业", &index), ["休闲农业", "乡愁产业"]);
        assert_eq!(joined_parts("清廉村居和民主法治村", &index), ["清廉村居和民主法治村"]);
    }

    #[test]
    fn agencies_lose_mark_and_district() {
        assert_eq!(agency_names("*区农业农村局、区发改局，各街道乡镇"), ["农业农村局", "发改局", "各街道乡镇"]);
    }
}
