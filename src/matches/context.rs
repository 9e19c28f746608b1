//! The whole workbook looked at together: numbering, order, neighbours and rivals as evidence for each row.
//!
//! Every row has been weighed on its own first; what its neighbours probably answer then speaks for or against its own
//! candidates. Order is evidence, not a rule, and weighs as much as the workbook at hand keeps it.

use std::rc::Rc;

use super::evidence::{Evidence, Piece};
use super::index::PlanIndex;
use super::row::Row;

/// A row with its possible answers and, once weighed, their probabilities.
#[derive(Debug)]
pub(super) struct Weighed {
    /// The row.
    pub(super) row: Row,
    /// Possible answers; the last one is "no task".
    pub(super) answers: Vec<Answer>,
    /// Probability of each answer.
    pub(super) probabilities: Vec<f64>,
}

/// One possible answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// Positions of the tasks in the plan, ascending; empty for "no task".
    pub(super) tasks: Vec<usize>,
    /// The evidence.
    pub(super) evidence: Evidence,
}

impl AsRef<[usize]> for Answer {
    fn as_ref(&self) -> &[usize] {
        &self.tasks
    }
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
        let single = self.answers[best].tasks.len() == 1 && self.probabilities[best] >= TELLING;
        single.then(|| self.answers[best].tasks[0])
    }
}

/// What a weighed row probably answers, seen from its neighbours.
struct Probable<'a> {
    row: &'a Row,
    /// For each task how it may be among what the row answers.
    chances: Vec<Chance>,
    /// Probability that it answers none.
    none: f64,
    /// Its answers of several tasks.
    several: Vec<(&'a [usize], f64)>,
}

/// How a task may be among what a row answers, each a probability.
#[derive(Clone, Copy, Default)]
struct Chance {
    /// That the row answers the task, alone or among others.
    among: f64,
    /// That it answers just this task.
    alone: f64,
    /// That the task is the first one that it answers.
    first: f64,
    /// That the task is the last one that it answers.
    last: f64,
    /// How surely it leads on to the task: how near behind the last one that it answers the task stands in the list.
    leads_on: f64,
    /// How surely it comes from the task: how near before the first one that it answers the task stands.
    comes_from: f64,
}

impl<'a> Probable<'a> {
    fn new(weighed: &'a Weighed, tasks: usize) -> Self {
        let mut chances = vec![Chance::default(); tasks];
        let (mut none, mut several): (f64, Vec<(&[usize], f64)>) = (0.0, Vec::new());
        for (answer, &probability) in weighed.answers.iter().zip(&weighed.probabilities) {
            let (Some(&first), Some(&last)) = (answer.tasks.first(), answer.tasks.last()) else {
                none += probability;
                continue;
            };
            answer.tasks.iter().for_each(|&task| chances[task].among += probability);
            chances[first].first += probability;
            chances[last].last += probability;
            if first == last {
                chances[first].alone += probability;
            } else {
                several.push((&answer.tasks, probability));
            }
        }
        // Of what is added up for a task the nearest comes first, in either direction.
        for task in (0..tasks).rev() {
            let last = chances[task].last;
            if last > 0.0 {
                for (steps, chance) in (1..=FARTHEST).zip(&mut chances[task + 1..]) {
                    chance.leads_on += nearness(steps) * last;
                }
            }
        }
        for task in 0..tasks {
            let first = chances[task].first;
            if first > 0.0 {
                for (steps, chance) in (1..=FARTHEST).zip(chances[..task].iter_mut().rev()) {
                    chance.comes_from += nearness(steps) * first;
                }
            }
        }
        Self { row: &weighed.row, chances, none, several }
    }

    /// Probability that the row answers exactly these tasks.
    fn answers_exactly(&self, tasks: &[usize]) -> f64 {
        match *tasks {
            [] => self.none,
            [task] => self.chances[task].alone,
            _ => self.several.iter().filter(|(several, _)| *several == tasks).map(|(_, probability)| probability).sum(),
        }
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

/// Sets the pieces of evidence that come from the other rows of the submission.
pub(super) fn add_context(rows: &mut [Weighed], index: &PlanIndex) {
    let surroundings = Surroundings::new(rows, index);
    let answers = rows.iter().map(|weighed| weighed.answers.len()).sum::<usize>();
    let (mut pieces, mut ends) = (Pieces::with_capacity(answers * USUAL_PIECES), Vec::with_capacity(answers));
    for (place, weighed) in rows.iter().enumerate() {
        for answer in &weighed.answers {
            surroundings.add_pieces(place, &answer.tasks, index, &mut pieces);
            ends.push(pieces.len());
        }
    }
    drop(surroundings);
    let mut begin = 0;
    for (answer, end) in rows.iter_mut().flat_map(|weighed| &mut weighed.answers).zip(ends) {
        for &(piece, strength) in &pieces[begin..end] {
            answer.evidence.set(piece, strength);
        }
        begin = end;
    }
}

/// Pieces of evidence of all answers, those of one behind those of another.
type Pieces = Vec<(Piece, f64)>;
/// The other rows seldom give more pieces of evidence for an answer, on average.
const USUAL_PIECES: usize = 5;

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
            for (chance, reporters) in row.chances.iter().zip(&mut reporters).filter(|(chance, _)| chance.among > 0.01)
            {
                reporters.push((place, chance.among));
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

    /// Adds what the other rows say of an answer of one row.
    fn add_pieces(&self, place: usize, tasks: &[usize], index: &PlanIndex, pieces: &mut Pieces) {
        let mut add = |piece: Piece, strength: f64| {
            // Most say nothing.
            if strength != 0.0 {
                pieces.push((piece, strength));
            }
        };
        if let (Some(&first), Some(&last)) = (tasks.first(), tasks.last()) {
            self.add_number_context(place, tasks, index, &mut add);
            self.add_neighbour_context(place, tasks, first, last, &mut add);
            add(Piece::AnsweredElsewhere, self.once * self.answered_elsewhere(place, tasks));
            add(Piece::GroupAgrees, self.agree(place, &self.groups[place], tasks));
        } else {
            self.add_none_context(place, &mut add);
        }
        add(Piece::SameWordingAgrees, self.agree(place, &self.wordings[place], tasks));
        self.add_parent_context(place, tasks, &mut add);
    }

    fn add_number_context(&self, place: usize, tasks: &[usize], index: &PlanIndex, add: &mut impl FnMut(Piece, f64)) {
        let written = &self.numbers[place];
        if written.is_empty() {
            return;
        }
        let agrees = written.iter().copied().eq(tasks.iter().map(|&task| index.tasks[task].number));
        add(if agrees { Piece::NumberAgrees } else { Piece::NumberDiffers }, self.numbering);
    }

    fn add_neighbour_context(
        &self,
        place: usize,
        tasks: &[usize],
        first: usize,
        last: usize,
        add: &mut impl FnMut(Piece, f64),
    ) {
        let (mut after, mut before, mut same) = (0.0f64, 0.0f64, 0.0f64);
        let mut fading = 1.0;
        for distance in 1..=REACH {
            let above = self.neighbour(place, place.checked_sub(distance));
            let below = self.neighbour(place, place.checked_add(distance));
            if let Some(above) = above {
                after = after.max(fading * above.chances[first].leads_on);
            }
            if let Some(below) = below {
                before = before.max(fading * below.chances[last].comes_from);
            }
            if distance == 1 {
                let beside = [above, below].into_iter().flatten();
                same = beside.map(|neighbour| neighbour.answers_exactly(tasks)).fold(0.0, f64::max);
            }
            fading *= FADING;
        }
        add(Piece::AfterNeighbour, after * self.order);
        add(Piece::BeforeNeighbour, before * self.order);
        add(Piece::BetweenNeighbours, after * before * self.order);
        add(Piece::NeighbourSame, same);
    }

    /// What the row says that this one is probably a part of.
    fn add_parent_context(&self, place: usize, tasks: &[usize], add: &mut impl FnMut(Piece, f64)) {
        let Some(parent) = self.rows[place].row.parent else { return };
        let same = self.rows[parent.place].answers_exactly(tasks);
        let when = |applies: bool, strength: f64| if applies { strength } else { 0.0 };
        if tasks.is_empty() {
            let other = when(parent.by_name || parent.adds_up, 1.0 - same);
            add(Piece::NoneParent, same);
            add(Piece::NoneParentOther, other);
            return;
        }
        add(Piece::ParentSame, same);
        add(Piece::ParentSameByName, when(parent.by_name, same));
        add(Piece::ParentSameAddsUp, when(parent.adds_up, same));
    }

    /// The row at a place, where it stands on the same sheet.
    fn neighbour(&self, place: usize, other: Option<usize>) -> Option<&Probable<'a>> {
        let other = self.rows.get(other?)?;
        (other.row.sheet == self.rows[place].row.sheet).then_some(other)
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

    fn add_none_context(&self, place: usize, add: &mut impl FnMut(Piece, f64)) {
        let beside = [place.checked_sub(1), place.checked_add(1)];
        let neighbours: Vec<&Probable<'_>> =
            beside.into_iter().filter_map(|other| self.neighbour(place, other)).collect();
        #[expect(clippy::cast_precision_loss, reason = "there are at most two")]
        let mean = neighbours.iter().map(|row| row.none).sum::<f64>() / neighbours.len().max(1) as f64;
        let numbered = neighbours.iter().any(|neighbour| !neighbour.row.numbers.is_empty());
        let blank = self.rows[place].row.numbers.is_empty() && numbered;
        add(Piece::NoneNeighbours, mean);
        add(Piece::NoneNumberBlank, if blank { 1.0 } else { 0.0 });
    }
}

/// How far the table's numbers are the official ones, 0 to 1: learnt from the rows that their text places, each `told` of
/// a task.
fn numbering_trust(rows: &[Weighed], told: &[Option<usize>], index: &PlanIndex) -> f64 {
    let (mut agreeing, mut telling) = (0.5, 1.0);
    for (weighed, told) in rows.iter().zip(told) {
        if let (Some(task), [number]) = (told, &weighed.row.numbers[..]) {
            telling += 1.0;
            if index.tasks[*task].number == *number {
                agreeing += 1.0;
            }
        }
    }
    agreeing / telling
}

/// How far the rows follow the list's order, 0 to 1: the share of telling neighbours of which the second comes after.
fn order_trust(rows: &[Weighed], told: &[Option<usize>]) -> f64 {
    let (mut ascending, mut telling) = (0.5, 1.0);
    let pairs = rows.windows(2).zip(told.windows(2)).filter(|(rows, _)| rows[0].row.sheet == rows[1].row.sheet);
    for (_, told) in pairs {
        if let (Some(first), Some(second)) = (told[0], told[1])
            && first != second
        {
            telling += 1.0;
            if first < second && second - first <= 6 {
                ascending += 1.0;
            }
        }
    }
    ascending / telling
}

/// How far the table gives each task once, 0 to 1: in a report by village or by project, the same task comes again and
/// again.
fn once_trust(rows: &[Weighed], told: &[Option<usize>]) -> f64 {
    let told: Vec<(usize, usize)> =
        rows.iter().zip(told).filter_map(|(weighed, told)| Some(((*told)?, weighed.row.group))).collect();
    let again = |&(task, group): &(usize, usize)| told.iter().any(|other| other.0 == task && other.1 != group);
    #[expect(clippy::cast_precision_loss, reason = "a sheet has at most some thousand rows")]
    let (once, all) = (told.iter().filter(|told| !again(told)).count() as f64, told.len() as f64);
    (once + 0.5) / (all + 1.0)
}

/// Written numbers, ascending, each once.
fn written_once(numbers: &[u32]) -> Vec<u32> {
    let mut written = numbers.to_vec();
    written.sort_unstable();
    written.dedup();
    written
}

/// Steps farther apart in the list say nothing.
const FARTHEST: usize = 6;

/// How well a task follows another so many steps before it in the list: best directly behind it.
const fn nearness(steps: usize) -> f64 {
    match steps {
        1 => 1.0,
        2 => 0.7,
        3 => 0.5,
        _ => 0.25,
    }
}
