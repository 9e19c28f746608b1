//! What a record says about its task: the wordings that are compared, cut into n-grams once.

use super::figures::{Figure, figures};
use super::index::{Grams, PlanIndex, character_codes, union};
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
    /// Parts of the name as written, parted at marks that join two tasks.
    pub(super) parts: Vec<(String, Grams)>,
    /// N-grams of the name.
    pub(super) name_grams: Grams,
    /// N-grams of the content.
    pub(super) content_grams: Grams,
    /// N-grams of all that says which task it is: name, content and indicator.
    pub(super) grams: Grams,
    /// Syllable n-grams of the same.
    pub(super) sounds: Grams,
    /// N-grams of the narratives.
    pub(super) narrative_grams: Grams,
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
        let unknown = known(&format!("{name}{content}")).1;
        let grams = if only_narrative {
            narrative_grams.clone()
        } else {
            union([&name_grams, &content_grams, &indicator_grams].into_iter())
        };
        let (heard, _) = index.syllables.read(&sounds(&telling));
        let target = plain(&record.text(Field::Target));
        let mut all_figures = figures(&telling);
        all_figures.extend(figures(&target));
        let parts = joined_parts(&written_name).into_iter().map(|part| {
            let grams = known(&part).0;
            (part, grams)
        });
        Self {
            parts: parts.collect(),
            name_grams,
            content_grams,
            grams,
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
            name,
            content,
        }
    }
}

/// The parts of a name that marks or words join: `农村公路、供水` or `景区村创建及乡愁产业`.
fn joined_parts(name: &str) -> Vec<String> {
    let marked = name.replace(['及', '和', '与', '兼'], "、").replace("以及", "、");
    let mut parts: Vec<String> = marked
        .split(['、', '，', ',', '；', ';', '/', '+', '\n', '（', '(', '）', ')', '。'])
        .map(plain)
        .filter(|part| part.chars().count() >= 2)
        .collect();
    // 和美乡村 must not be torn: a name that reads as one piece is kept beside its parts.
    let by_marks = name.split(['、', '，', ',', '；', ';', '/', '+', '\n', '。']).map(plain);
    for part in by_marks.filter(|part| part.chars().count() >= 2) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
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
    fn joined_names_come_apart_and_stay_whole() {
        let parts = joined_parts("农村人居环境和和美乡村建设");
        assert!(parts.contains(&"农村人居环境和和美乡村建设".to_owned()), "{parts:?}");
        assert!(joined_parts("休闲农业、乡愁产业").contains(&"乡愁产业".to_owned()));
    }

    #[test]
    fn agencies_lose_mark_and_district() {
        assert_eq!(agency_names("*区农业农村局、区发改局，各街道乡镇"), ["农业农村局", "发改局", "各街道乡镇"]);
    }
}
