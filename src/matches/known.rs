//! How like is a row's wording to those under which a task is known: its official name and clauses, its short names,
//! and the wordings that the plan lists?
//!
//! Wordings that name several tasks, and wordings of work that no list asks for, are known in the same way. Likeness
//! is the cosine between runs of two characters, each weighing the more the fewer known wordings hold it.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::beside::beside;
use super::likelihood::WordingModel;
use super::likeness::{Likeness, Likenesses, Near};
use super::lists::Lists;
use super::meeting::Meeting;
use super::runs::{Learnt, Runs, TextRuns};
use super::wording::{clauses, plain};
use crate::list::Plan;

/// Wordings of work that townships do besides any plan, one a line.
const OWN_WORK: &str = include_str!("own_work.txt");

thread_local! {
    /// Room for what a wording shares with each known one.
    static MEETING: RefCell<Meeting> = const { RefCell::new(Meeting::new()) };
}

/// All wordings under which the answers to a row are known.
#[derive(Debug, Default)]
pub(super) struct KnownWordings {
    /// For each wording the sum of the squared weights of its runs; the wordings of an answer follow one another.
    squares: Vec<f64>,
    /// Where the wordings of each answer end.
    ends: Vec<u32>,
    /// The answers, by number: positions of tasks in the plan, ascending; empty for work besides the list.
    answers: Vec<Vec<usize>>,
    /// So many of them, the first ones, are the single tasks by their positions.
    singles: usize,
    numbers: FxHashMap<Vec<usize>, usize>,
    /// The wordings that hold each run of two, by the number of the run.
    holders: Lists<u32>,
    /// The squared weight of each of these runs.
    run_squares: Vec<f64>,
    /// The squared weight of a run that no wording holds.
    strange_square: f64,
    /// How likely words are under each answer of one task or none.
    pub(super) model: WordingModel,
}

/// A text in which an answer is worded.
struct Raw<'a> {
    /// The number of the answer.
    answer: usize,
    text: &'a str,
    /// Whether it is known clause by clause.
    in_clauses: bool,
}

/// The wordings of a plan, and those of work that townships do besides any plan, before their runs are learnt.
#[derive(Debug)]
pub(super) struct Wordings {
    /// The answers are known, and nothing else.
    known: KnownWordings,
    /// The characters of each wording.
    texts: Lists<u32>,
    /// The number of the answer of each.
    answers: Vec<usize>,
}

impl Wordings {
    /// The wordings of a plan.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut known = KnownWordings::default();
        let raw = known.raw(plan);
        let characters = raw.iter().map(|raw| raw.text.len() / 3).sum();
        let (mut texts, mut answers) = (Lists::with_room(raw.len(), characters), Vec::with_capacity(raw.len()));
        let mut add = |answer: usize, plain: &str| {
            texts.push(plain.chars().map(u32::from));
            answers.push(answer);
        };
        for Raw { answer, text, in_clauses } in raw {
            if in_clauses {
                for clause in &clauses(text) {
                    add(answer, clause);
                }
            } else {
                add(answer, &plain(text));
            }
        }
        Self { known, texts, answers }
    }
}

impl KnownWordings {
    /// Learns wordings, and their runs.
    pub(super) fn learn(wordings: Wordings, runs: &mut Runs) -> Self {
        let Wordings { mut known, texts, answers } = wordings;
        let learnt = runs.learn(&texts);
        // Wordings of several tasks belong to no bag; those of none have the last one.
        let bag = |answer: usize| match known.answers[answer][..] {
            [] => Some(known.singles),
            [task] => Some(task),
            _ => None,
        };
        let in_bags = answers.iter().enumerate();
        let in_bags: Vec<(usize, &[u32])> =
            in_bags.filter_map(|(text, answer)| Some((bag(*answer)?, learnt.runs(text)))).collect();
        let (bags, runs) = (known.singles + 1, runs.len());
        let weigh = || known.weigh_pairs(&answers, &learnt, runs);
        ((), known.model) = beside(weigh, || WordingModel::new(in_bags, bags, runs));
        known
    }

    /// All texts in which a plan's tasks, and work besides them, are worded.
    fn raw<'a>(&mut self, plan: &'a Plan) -> Vec<Raw<'a>> {
        let mut raw = Vec::new();
        // The number of a single task is its position.
        for position in 0..plan.tasks.len() {
            self.number(&[position]);
        }
        self.singles = plan.tasks.len();
        for (answer, task) in plan.tasks.iter().enumerate() {
            let names = std::iter::once(&task.name).chain(&task.aliases);
            raw.extend(names.map(|text| Raw { answer, text, in_clauses: false }));
            raw.push(Raw { answer, text: &task.content, in_clauses: true });
        }
        for (tasks, texts) in &plan.wordings {
            let position = |number: &u32| plan.tasks.iter().position(|task| task.number == *number);
            let positions: Option<Vec<usize>> = tasks.numbers().iter().map(position).collect();
            let Some(mut positions) = positions else { continue };
            positions.sort_unstable();
            let answer = self.number(&positions);
            raw.extend(texts.iter().map(|text| Raw { answer, text, in_clauses: false }));
        }
        let answer = self.number(&[]);
        raw.extend(OWN_WORK.lines().map(|text| Raw { answer, text, in_clauses: false }));
        raw
    }

    /// Learns which runs of two the wordings hold, and what each weighs.
    fn weigh_pairs(&mut self, answers: &[usize], learnt: &Learnt, runs: usize) {
        let numbered = (0u32..).zip(answers);
        let by_answer = Lists::sorted(
            self.answers.len(),
            numbered.map(|(text, answer)| (u32::try_from(*answer).unwrap_or(u32::MAX), text)),
        );
        let of_answers = || (0..self.answers.len()).map(|answer| by_answer.get(answer));
        let pairs = (0..)
            .zip(of_answers().flatten())
            .flat_map(|(place, &wording)| learnt.pairs(wording as usize).iter().map(move |&pair| (pair, place)));
        self.holders = Lists::sorted(runs, pairs);
        let mut end = 0;
        self.ends = of_answers()
            .map(|wordings| {
                end += u32::try_from(wordings.len()).unwrap_or(u32::MAX);
                end
            })
            .collect();
        self.squares = vec![0.0; answers.len()];
        let long = (0..answers.len()).filter(|text| learnt.runs(*text).len() > 1);
        #[expect(clippy::cast_precision_loss, reason = "there are some thousand wordings")]
        let count = long.count() as f64 + 1.0;
        self.strange_square = count.ln().powi(2);
        self.run_squares = vec![0.0; runs];
        for (number, square) in self.run_squares.iter_mut().enumerate() {
            let holders = self.holders.get(number);
            if holders.is_empty() {
                continue;
            }
            // A run weighs the logarithm of how few wordings hold it.
            #[expect(clippy::cast_precision_loss, reason = "there are some thousand wordings")]
            let rarity = count / holders.len() as f64;
            *square = rarity.ln().powi(2);
            for &holder in holders {
                self.squares[holder as usize] += *square;
            }
        }
    }

    /// The number of an answer, a new one where there was none.
    fn number(&mut self, tasks: &[usize]) -> usize {
        if let Some(&number) = self.numbers.get(tasks) {
            return number;
        }
        let next = self.answers.len();
        self.numbers.insert(tasks.to_vec(), next);
        self.answers.push(tasks.to_vec());
        next
    }

    /// The likeness to the wordings known for exactly these tasks; none where there is none.
    pub(super) fn likeness(&self, likenesses: &Likenesses, tasks: &[usize]) -> Likeness {
        let likeness = if let [task] = *tasks {
            likenesses.singles.get(task).copied()
        } else {
            self.numbers.get(tasks).and_then(|&answer| likenesses.other(answer))
        };
        likeness.unwrap_or_default()
    }

    /// The answers that name several tasks and are at least so like.
    pub(super) fn several(&self, likenesses: &Likenesses, least: f64) -> impl Iterator<Item = &Vec<usize>> {
        let like = likenesses.others.iter().filter(move |(_, likeness)| likeness.best >= least);
        like.map(|(answer, _)| &self.answers[*answer as usize]).filter(|tasks| tasks.len() > 1)
    }

    /// How like a text is to the likest wording of each single task.
    pub(super) fn likest_of_singles(&self, text: &TextRuns) -> Vec<f64> {
        MEETING.with_borrow_mut(|meeting| {
            meeting.make_room(self.squares.len());
            let wordings = self.singles.checked_sub(1).map_or(0, |last| self.ends[last]);
            let own_squares = self.meet(text, wordings, meeting);
            let mut likest = vec![0.0f64; self.singles];
            let mut answer = 0;
            meeting.take(|place, shared| {
                while place >= self.ends[answer] as usize {
                    answer += 1;
                }
                let like = shared / (own_squares * self.squares[place]).sqrt();
                likest[answer] = likest[answer].max(like);
            });
            likest
        })
    }

    /// How like a text is to the known wordings.
    pub(super) fn likenesses(&self, text: &TextRuns) -> Likenesses {
        MEETING.with_borrow_mut(|meeting| {
            meeting.make_room(self.squares.len());
            let own_squares = self.meet(text, u32::MAX, meeting);
            self.likest(own_squares, meeting)
        })
    }

    /// Meets the known wordings up to a place that share runs of two with a text; the sum of the squared weights of the
    /// text's own.
    fn meet(&self, text: &TextRuns, end: u32, meeting: &mut Meeting) -> f64 {
        let (mut own_squares, mut known_pairs) = (0.0, 0);
        for &number in &text.numbers {
            let holders = self.holders.get(number as usize);
            if holders.is_empty() {
                continue;
            }
            let square = self.run_squares[number as usize];
            own_squares += square;
            known_pairs += 1;
            for &holder in below(holders, end) {
                meeting.share(holder as usize, square);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
        let strange = (text.different_pairs() - known_pairs) as f64;
        own_squares + strange * self.strange_square
    }

    /// The likeness to each answer, from what is shared with its wordings; leaves the room empty.
    fn likest(&self, own_squares: f64, meeting: &mut Meeting) -> Likenesses {
        let mut singles = vec![Likeness::default(); self.singles];
        let mut others = Vec::new();
        let mut like = |answer: usize, near: Near| match singles.get_mut(answer) {
            Some(single) => *single = near.likeness(),
            None => others.push((u32::try_from(answer).unwrap_or(u32::MAX), near.likeness())),
        };
        let end_of = |answer: usize| self.ends.get(answer).map_or(usize::MAX, |end| *end as usize);
        let (mut answer, mut end) = (0, end_of(0));
        let mut near = Near::NONE;
        meeting.take(|place, shared| {
            if place >= end {
                like(answer, near);
                near = Near::NONE;
                while place >= end {
                    answer += 1;
                    end = end_of(answer);
                }
            }
            near.add(shared, own_squares, self.squares[place]);
        });
        like(answer, near);
        Likenesses { singles: singles.into(), others: others.into() }
    }
}

/// Those of some ascending places that are below another one.
fn below(places: &[u32], end: u32) -> &[u32] {
    // Often all are.
    if places.last().is_some_and(|last| *last < end) {
        return places;
    }
    &places[..places.partition_point(|place| *place < end)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::{NamedTasks, Plan};
    use crate::matches::PlanIndex;

    /// Some wordings, and how like a text is to them.
    fn learnt() -> (KnownWordings, impl Fn(&str) -> Likenesses) {
        let mut plan = Plan::built_in();
        plan.wordings.clear();
        plan.wordings.insert(NamedTasks::new(vec![6, 7]), vec!["城乡居民收入".into()]);
        plan.wordings.insert(NamedTasks::new(vec![12]), vec!["守住口粮田".into()]);
        plan.wordings.insert(NamedTasks::new(vec![]), vec!["出海渔船安检".into()]);
        let index = PlanIndex::new(&plan);
        let again = PlanIndex::new(&plan);
        (index.known, move |text| again.known.likenesses(&again.read(text)))
    }

    #[test]
    fn a_wording_is_likest_to_the_answer_that_it_is_known_for() {
        let (known, likenesses) = learnt();
        for (wording, tasks) in [
            ("守住口粮田", vec![11]),
            ("城乡居民收入", vec![5, 6]),
            ("出海渔船安检", vec![]),
            ("和美乡村建设", vec![2]),
        ] {
            let own = known.likeness(&likenesses(wording), &tasks);
            assert!((own.best - 1.0).abs() < 1e-9 && (own.holds - 1.0).abs() < 1e-9, "{wording}: {own:?}");
        }
    }

    #[test]
    fn a_part_of_a_wording_is_less_like_and_other_words_not_at_all() {
        let (known, likenesses) = learnt();
        let part = known.likeness(&likenesses("口粮田不能少"), &[11]);
        assert!(part.best > 0.2 && part.best < 0.9, "{part:?}");
        for nothing in ["☃☃☃", ""] {
            let Likenesses { singles, others } = likenesses(nothing);
            let all = singles.iter().chain(others.iter().map(|(_, likeness)| likeness));
            assert!(all.into_iter().all(|likeness| *likeness == Likeness::default()));
        }
    }
}
