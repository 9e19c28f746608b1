//! A record as the matcher sees it: what tells of its task, and what stands beside it.

use std::sync::Arc;

use super::aside::{Agencies, Headings};
use super::figures::{Figure, figures};
use super::index::{Grams, PlanIndex};
use super::likelihood::KnownRuns;
use super::meanings::meanings;
use super::parents::Parent;
use super::scored::ScoredTelling;
use super::telling::{Telling, TellingCells};
use super::wording::{is_blank, plain};
use crate::list::Field;
use crate::records::Record;

/// A record as the matcher sees it.
#[derive(Debug)]
pub(super) struct Row {
    /// What tells of its task, with the answers that this suggests.
    pub(super) scored: Arc<ScoredTelling>,
    /// The same with all that was worked out, unless it was scored before for another row.
    telling: Option<Box<Telling>>,
    /// The narrative.
    pub(super) narrative: Narrative,
    /// Numbers in the number column: several where the cell says 12、13 or 12-14.
    pub(super) numbers: Vec<u32>,
    /// Figures in the name, content, indicator and target.
    pub(super) figures: Vec<Figure>,
    /// What the headings above it say.
    pub(super) headings: Arc<Headings>,
    /// What its agencies say; nothing where it names none.
    pub(super) agencies: Arc<Option<Agencies>>,
    /// Number of the group of records that share one task cell.
    pub(super) group: usize,
    /// The row that it is probably a part of.
    pub(super) parent: Option<Parent>,
    /// Index of the sheet: neighbours stand on the same one.
    pub(super) sheet: usize,
}

/// What a record's narrative and remark say of its task; nothing as long as they were not read.
#[derive(Debug, Default)]
pub(super) struct Narrative {
    /// N-grams of the narrative.
    pub(super) grams: Grams,
    /// Runs of two characters of the narrative that the plan knows.
    pub(super) pairs: Grams,
    /// Groups of words that mean the same, touched by the narrative.
    pub(super) meanings: Grams,
    /// Figures of narrative and remark.
    pub(super) figures: Vec<Figure>,
    /// How likely the narrative is under each task, and under none.
    pub(super) runs: KnownRuns,
    /// For each task how much of its best covered name the narrative covers.
    pub(super) names_covered: Vec<f64>,
}

impl Row {
    /// Reads a record but for its narrative and remark.
    pub(super) fn new(record: &Record, parent: Option<Parent>, index: &PlanIndex) -> Self {
        let [name, content, indicator, progress] =
            [Field::Name, Field::Content, Field::Indicator, Field::Progress].map(|field| record.text(field));
        let only_narrative = [&name, &content, &indicator].into_iter().all(|text| is_blank(text));
        // Villages under a bar with their task say nothing of it themselves.
        let headings = index.headings(&record.headings);
        let bar = record.headings.last().filter(|_| only_narrative && headings.is_bar);
        let cells = TellingCells {
            name: bar.map_or(&*name, String::as_str),
            content: &content,
            indicator: &indicator,
            narrative: if only_narrative && bar.is_none() { &progress } else { "" },
        };
        let (scored, telling) = index.scored(cells);
        let mut all_figures = scored.figures.to_vec();
        all_figures.extend(figures(&plain(&record.text(Field::Target))));
        Self {
            scored,
            telling,
            narrative: Narrative::default(),
            numbers: written_numbers(&record.text(Field::Number)),
            figures: all_figures,
            headings,
            agencies: index.agencies(&record.text(Field::Agencies)),
            group: record.group,
            parent,
            sheet: record.sheet,
        }
    }

    /// Reads narrative and remark of the same record.
    pub(super) fn read_narrative(&mut self, record: &Record, index: &PlanIndex) {
        self.narrative = Narrative::new(&record.text(Field::Progress), &record.text(Field::Remark), index);
    }

    /// Asks what tells of its task: it is read once more, where only its answers were kept.
    pub(super) fn ask_telling<Said>(&self, index: &PlanIndex, ask: impl FnOnce(&Telling) -> Said) -> Said {
        match &self.telling {
            Some(telling) => ask(telling),
            None => ask(&self.scored.telling(index)),
        }
    }

    /// Gives back what is needed only as long as answers may be added.
    pub(super) fn forget_telling(&mut self) {
        self.telling = None;
    }
}

impl Narrative {
    fn new(progress: &str, remark: &str, index: &PlanIndex) -> Self {
        let progress = plain(progress);
        let read = index.read(&progress);
        let grams = index.characters.known(&read);
        Self {
            pairs: index.characters.pairs(&read),
            meanings: meanings(&progress),
            figures: figures(&format!("{progress}\n{}", plain(remark))),
            runs: index.known.model.read(&read),
            names_covered: index.names.best_covered(&grams, &index.characters),
            grams,
        }
    }
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

#[cfg(test)]
pub(super) mod records {
    //! Records for tests.

    use crate::list::Field;
    use crate::location::CellRef;
    use crate::records::{Entry, Record};
    use crate::workbooks::Value;

    /// A record of some cells side by side.
    pub(in crate::matches) fn record(cells: &[(Field, &str)]) -> Record {
        let entry = |(column, (field, text)): (u32, &(Field, &str))| Entry {
            field: Some(*field),
            title: "".into(),
            at: CellRef::new(0, column),
            text: (*text).into(),
            value: Value::Text((*text).into()),
            unit: None,
            shared: false,
        };
        Record { entries: (0..).zip(cells).map(entry).collect(), ..Record::empty() }
    }
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
}
