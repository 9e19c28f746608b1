//! The whole workbook looked at together: numbering, order, neighbours and rivals as evidence for each row.
//!
//! Every row has been weighed on its own first; what its neighbours probably answer then speaks for or against its own
//! candidates. Order is evidence, not a rule, and weighs as much as the workbook at hand keeps it.

use std::array::from_fn;
use std::rc::Rc;
use std::sync::Arc;

use super::evidence::Piece;
use super::evidence_list::EvidenceList;
use super::habits::{numbering_trust, once_trust, order_trust};
use super::index::PlanIndex;
use super::probable::Probable;
use super::row::Row;
use super::row_answers::RowAnswers;

/// A row with its possible answers and, once weighed, their probabilities.
#[derive(Debug)]
pub(super) struct Weighed {
    /// The row.
    pub(super) row: Row,
    /// Possible answers; the last one is "no task".
    pub(super) answers: RowAnswers,
    /// Probability of each answer.
    pub(super) probabilities: Vec<f64>,
}

/// A row whose best answer is at least this probable tells something about the table's habits.
const TELLING: f64 = 0.5;
/// How many rows up and down count as neighbours.
const REACH: usize = 3;
/// How much less the next neighbour says than the one before it.
const FADING: f64 = 0.85;

impl Weighed {
    /// Index of the most probable answer.
    pub(super) fn best(&self) -> usize {
        let ranked = self.probabilities.iter().enumerate();
        ranked.max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(&one.0))).map_or(0, |(index, _)| index)
    }

    /// The single task that the row most probably answers, where that is telling.
    fn telling_task(&self) -> Option<usize> {
        let best = self.best();
        let single = match *self.answers.tasks_of(best) {
            [task] => Some(task),
            _ => None,
        };
        single.filter(|_| self.probabilities[best] >= TELLING)
    }
}

/// What is known of the whole submission when one row is looked at.
struct Surroundings<'a> {
    rows: Vec<Probable<'a>>,
    /// How far the table's numbers are the official ones.
    numbering: f64,
    /// How far the rows follow the list's order.
    order: f64,
    /// How far the table gives each task once.
    once: f64,
    /// For each task the rows that may answer it.
    reporters: Vec<Vec<(usize, f64)>>,
    /// For each row those under the same task cell.
    groups: Vec<Rc<[usize]>>,
    /// For each row those with the same wording.
    wordings: Vec<Rc<[usize]>>,
    /// For each row the numbers written in it, ascending, each once.
    numbers: Vec<Vec<u32>>,
}

/// The rows beside one on the same sheet, the nearest first.
struct Neighbours<'a> {
    above: [Option<&'a Probable<'a>>; REACH],
    below: [Option<&'a Probable<'a>>; REACH],
}

impl<'a> Neighbours<'a> {
    /// The row directly above and that directly below.
    fn nearest(&self) -> impl Iterator<Item = &'a Probable<'a>> {
        [self.above[0], self.below[0]].into_iter().flatten()
    }
}

/// Adds the pieces of evidence that come from the other rows of the submission.
pub(super) fn add_context(rows: &mut [Weighed], index: &PlanIndex) {
    let surroundings = Surroundings::new(rows, index);
    let answers = rows.iter().map(|weighed| weighed.answers.len()).sum::<usize>();
    let mut evidence = EvidenceList::with_room(answers, answers * USUAL_PIECES);
    (0..rows.len()).for_each(|place| surroundings.add_evidence(place, index, &mut evidence));
    drop(surroundings);
    let (evidence, mut first) = (Arc::new(evidence), 0);
    for weighed in rows {
        weighed.answers.set_besides(&evidence, first);
        first += weighed.answers.len();
    }
}

/// Other cells and other rows seldom give more pieces of evidence for an answer, on average.
const USUAL_PIECES: usize = 9;

/// For each row the rows with the same key, itself included; none where no other row has it.
fn together<Key: Ord>(keys: impl Iterator<Item = Key>) -> Vec<Rc<[usize]>> {
    let mut keyed: Vec<(Key, usize)> = keys.zip(0..).collect();
    keyed.sort_unstable();
    let mut together: Vec<Rc<[usize]>> = vec![Rc::default(); keyed.len()];
    for rows in keyed.chunk_by(|one, other| one.0 == other.0).filter(|rows| rows.len() > 1) {
        let places: Rc<[usize]> = rows.iter().map(|(_, place)| *place).collect();
        places.iter().for_each(|&place| together[place] = Rc::clone(&places));
    }
    together
}

impl<'a> Surroundings<'a> {
    fn new(rows: &'a [Weighed], index: &PlanIndex) -> Self {
        let probable: Vec<Probable<'_>> = rows.iter().map(|row| Probable::new(row, index.tasks.len())).collect();
        let mut reporters = vec![Vec::new(); index.tasks.len()];
        let told: Vec<Option<usize>> = rows.iter().map(Weighed::telling_task).collect();
        for (place, row) in probable.iter().enumerate() {
            for (task, chance) in row.chances.iter().filter(|(_, chance)| chance.among > 0.01) {
                reporters[*task].push((place, chance.among));
            }
        }
        Self {
            numbering: numbering_trust(rows, &told, index),
            order: order_trust(rows, &told),
            once: once_trust(rows, &told),
            groups: together(probable.iter().map(|row| row.row.group)),
            wordings: together(probable.iter().enumerate().map(|(place, row)| {
                let scored = &row.row.scored;
                // Blank cells are no wording that rows share.
                let blank = scored.name.is_empty() && scored.content.is_empty();
                (&scored.name, &scored.content, blank.then_some(place))
            })),
            numbers: probable.iter().map(|row| written_once(&row.row.numbers)).collect(),
            rows: probable,
            reporters,
        }
    }

    /// Adds what a row's other cells say for each of its answers, and what the other rows say.
    fn add_evidence(&self, place: usize, index: &PlanIndex, evidence: &mut EvidenceList) {
        let (neighbours, answers) = (self.neighbours(place), self.rows[place].answers);
        for (answer, tasks) in answers.tasks().enumerate() {
            evidence.push_present(answers.besides(answer));
            self.add_pieces(place, &neighbours, tasks, index, evidence);
        }
    }

    /// Adds what the other rows say of an answer of one row.
    fn add_pieces(
        &self,
        place: usize,
        neighbours: &Neighbours<'_>,
        tasks: &[usize],
        index: &PlanIndex,
        evidence: &mut EvidenceList,
    ) {
        if let (Some(&first), Some(&last)) = (tasks.first(), tasks.last()) {
            self.add_number_context(place, tasks, index, evidence);
            self.add_neighbour_context(neighbours, tasks, first, last, evidence);
            evidence.add(Piece::AnsweredElsewhere, self.once * self.answered_elsewhere(place, tasks));
            evidence.add(Piece::GroupAgrees, self.agree(place, &self.groups[place], tasks));
        } else {
            self.add_none_context(place, neighbours, evidence);
        }
        self.add_parent_context(place, tasks, evidence);
        evidence.add(Piece::SameWordingAgrees, self.agree(place, &self.wordings[place], tasks));
    }

    fn add_number_context(&self, place: usize, tasks: &[usize], index: &PlanIndex, evidence: &mut EvidenceList) {
        let written = &self.numbers[place];
        if written.is_empty() {
            return;
        }
        let agrees = written.iter().copied().eq(tasks.iter().map(|&task| index.tasks[task].number));
        evidence.add(if agrees { Piece::NumberAgrees } else { Piece::NumberDiffers }, self.numbering);
    }

    fn add_neighbour_context(
        &self,
        neighbours: &Neighbours<'_>,
        tasks: &[usize],
        first: usize,
        last: usize,
        evidence: &mut EvidenceList,
    ) {
        let (mut after, mut before) = (0.0f64, 0.0f64);
        let mut fading = 1.0;
        for (above, below) in neighbours.above.iter().zip(&neighbours.below) {
            if let Some(above) = above {
                after = after.max(fading * above.leads_on[first]);
            }
            if let Some(below) = below {
                before = before.max(fading * below.comes_from[last]);
            }
            fading *= FADING;
        }
        let same = neighbours.nearest().map(|neighbour| neighbour.answers_exactly(tasks)).fold(0.0, f64::max);
        evidence.add(Piece::AfterNeighbour, after * self.order);
        evidence.add(Piece::BeforeNeighbour, before * self.order);
        evidence.add(Piece::BetweenNeighbours, after * before * self.order);
        evidence.add(Piece::NeighbourSame, same);
    }

    /// What the row says that this one is probably a part of.
    fn add_parent_context(&self, place: usize, tasks: &[usize], evidence: &mut EvidenceList) {
        let Some(parent) = self.rows[place].row.parent else { return };
        let same = self.rows[parent.place].answers_exactly(tasks);
        let when = |applies: bool, strength: f64| if applies { strength } else { 0.0 };
        if tasks.is_empty() {
            let other = when(parent.by_name || parent.adds_up, 1.0 - same);
            evidence.add(Piece::NoneParent, same);
            evidence.add(Piece::NoneParentOther, other);
            return;
        }
        evidence.add(Piece::ParentSame, same);
        evidence.add(Piece::ParentSameByName, when(parent.by_name, same));
        evidence.add(Piece::ParentSameAddsUp, when(parent.adds_up, same));
    }

    /// The rows beside the one at a place.
    fn neighbours(&'a self, place: usize) -> Neighbours<'a> {
        let sheet = self.rows[place].row.sheet;
        let on_sheet = |other: Option<usize>| self.rows.get(other?).filter(|other| other.row.sheet == sheet);
        Neighbours {
            above: from_fn(|between| on_sheet(place.checked_sub(between + 1))),
            below: from_fn(|between| on_sheet(place.checked_add(between + 1))),
        }
    }

    /// How surely rows apart from this one and its direct neighbours answer the tasks.
    fn answered_elsewhere(&self, place: usize, tasks: &[usize]) -> f64 {
        let own = self.rows[place].row.group;
        let apart = |other: usize| other.abs_diff(place) > 1 && self.rows[other].row.group != own;
        let rival = |task: &usize| {
            let rivals = self.reporters[*task].iter().filter(|(other, _)| apart(*other));
            rivals.map(|(_, probability)| *probability).fold(0.0, f64::max)
        };
        #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
        let count = tasks.len() as f64;
        tasks.iter().map(rival).sum::<f64>() / count
    }

    /// How surely some rows, without this one, answer the same.
    fn agree(&self, place: usize, mates: &[usize], tasks: &[usize]) -> f64 {
        if mates.len() < 2 {
            return 0.0;
        }
        let others = mates.iter().filter(|mate| **mate != place);
        #[expect(clippy::cast_precision_loss, reason = "a sheet has at most some thousand rows")]
        let count = (mates.len() - 1) as f64;
        others.map(|&mate| self.rows[mate].answers_exactly(tasks)).sum::<f64>() / count
    }

    fn add_none_context(&self, place: usize, neighbours: &Neighbours<'_>, evidence: &mut EvidenceList) {
        let nearest: Vec<&Probable<'_>> = neighbours.nearest().collect();
        #[expect(clippy::cast_precision_loss, reason = "there are at most two")]
        let mean = nearest.iter().map(|row| row.none).sum::<f64>() / nearest.len().max(1) as f64;
        let numbered = nearest.iter().any(|neighbour| !neighbour.row.numbers.is_empty());
        let blank = self.rows[place].row.numbers.is_empty() && numbered;
        evidence.add(Piece::NoneNeighbours, mean);
        evidence.add(Piece::NoneNumberBlank, if blank { 1.0 } else { 0.0 });
    }
}

/// Written numbers, ascending, each once.
fn written_once(numbers: &[u32]) -> Vec<u32> {
    let mut written = numbers.to_vec();
    written.sort_unstable();
    written.dedup();
    written
}
