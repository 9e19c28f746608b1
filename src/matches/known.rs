//! How like is a row's wording to those under which a task is known: its official name and clauses, its short names,
//! and the wordings that the plan lists?
//!
//! Wordings that name several tasks, and wordings of work that no list asks for, are known in the same way. Likeness
//! is the cosine between runs of two characters, each weighing the more the fewer known wordings hold it.

use std::cell::RefCell;
use std::panic::resume_unwind;
use std::thread;

use rustc_hash::FxHashMap;

use super::likelihood::WordingModel;
use super::lists::Lists;
use super::runs::{Runs, TextRuns, character_codes};
use super::wording::{clauses, plain};
use crate::list::Plan;

/// Wordings of work that townships do besides any plan, one a line.
const OWN_WORK: &str = include_str!("own_work.txt");
/// Known wordings of one answer whose mean likeness is looked at beside the best one.
const NEAREST: usize = 3;

thread_local! {
    /// Room for what a wording shares with each known one, all zeros between two uses: clearing some ten thousand
    /// numbers for every wording would cost more than meeting the few that it is like.
    static SHARED: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
}

/// All wordings under which the answers to a row are known.
#[derive(Debug, Default)]
pub(super) struct KnownWordings {
    wordings: Vec<Known>,
    /// The answers, by number: positions of tasks in the plan, ascending; empty for work besides the list.
    answers: Vec<Vec<usize>>,
    numbers: FxHashMap<Vec<usize>, usize>,
    /// The wordings that hold each run of two, by the number of the run.
    holders: Lists<u32>,
    /// What each of these runs weighs.
    weights: Vec<f64>,
    heaviest: f64,
    /// How likely words are under each answer of one task or none.
    pub(super) model: WordingModel,
}

/// One wording.
#[derive(Debug)]
struct Known {
    answer: usize,
    /// Sum of the squared weights of its runs.
    squares: f64,
}

/// How like a wording is to those known for one answer, 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Likeness {
    /// To the likest one.
    pub(super) best: f64,
    /// To the three likest ones, on average.
    pub(super) several: f64,
    /// The largest share of a known wording that stands in this one.
    pub(super) holds: f64,
}

/// Likeness to every answer, by number.
#[derive(Debug, Clone)]
pub(super) struct Likenesses(Vec<Likeness>);

/// A wording as it is written, and the positions of the tasks that it names.
struct Raw<'a> {
    tasks: Vec<usize>,
    text: &'a str,
    /// Whether it is known clause by clause.
    in_clauses: bool,
}

impl Raw<'_> {
    /// The plain wordings in it.
    fn plain(self) -> impl Iterator<Item = (Vec<usize>, String)> {
        let wordings = if self.in_clauses { clauses(self.text) } else { vec![plain(self.text)] };
        wordings.into_iter().map(move |wording| (self.tasks.clone(), wording))
    }
}

/// All wordings under which a plan's tasks, and work besides them, are known.
fn wordings(plan: &Plan) -> Vec<Raw<'_>> {
    let mut wordings = Vec::new();
    for (position, task) in plan.tasks.iter().enumerate() {
        let raw = |text, in_clauses| Raw { tasks: vec![position], text, in_clauses };
        wordings.extend(std::iter::once(&task.name).chain(&task.aliases).map(|name| raw(name, false)));
        wordings.push(raw(&task.content, true));
    }
    for (tasks, texts) in &plan.wordings {
        let position = |number: &u32| plan.tasks.iter().position(|task| task.number == *number);
        let positions: Option<Vec<usize>> = tasks.numbers().iter().map(position).collect();
        let Some(mut positions) = positions else { continue };
        positions.sort_unstable();
        wordings.extend(texts.iter().map(|text| Raw { tasks: positions.clone(), text, in_clauses: false }));
    }
    wordings.extend(OWN_WORK.lines().map(|text| Raw { tasks: Vec::new(), text, in_clauses: false }));
    wordings
}

impl KnownWordings {
    /// Learns the wordings of a plan, and those of work that townships do besides any plan; their runs are learnt, too.
    pub(super) fn new(plan: &Plan, runs: &mut Runs) -> Self {
        let wordings: Vec<(Vec<usize>, String)> = wordings(plan).into_iter().flat_map(Raw::plain).collect();
        runs.reserve(wordings.iter().map(|(_, wording)| wording.len() / 3).sum());
        let mut known = Self::default();
        // The number of a single task is its position.
        for position in 0..plan.tasks.len() {
            known.number(&[position]);
        }
        // Of each wording the task or none that it means alone, and its runs; wordings of several tasks belong to no bag.
        let mut learnt: Vec<(Option<usize>, Vec<u32>)> = Vec::with_capacity(wordings.len());
        for (tasks, wording) in &wordings {
            let codes = character_codes(wording);
            let bag = match tasks[..] {
                [] => Some(plan.tasks.len()),
                [task] => Some(task),
                _ => None,
            };
            learnt.push((bag, runs.learn(&codes)));
            let answer = known.number(tasks);
            known.wordings.push(Known { answer, squares: 0.0 });
        }
        let in_bags: Vec<(usize, &[u32])> =
            learnt.iter().filter_map(|(bag, wording)| Some(((*bag)?, &wording[..]))).collect();
        let runs = &*runs;
        known.model = thread::scope(|scope| {
            let model = scope.spawn(|| WordingModel::new(in_bags, plan.tasks.len() + 1, runs.len()));
            known.weigh_pairs(&learnt, runs);
            model.join().unwrap_or_else(|panic| resume_unwind(panic))
        });
        known
    }

    /// Learns which runs of two the wordings hold, and what each weighs.
    fn weigh_pairs(&mut self, learnt: &[(Option<usize>, Vec<u32>)], runs: &Runs) {
        let pairs = (0..).zip(learnt).flat_map(|(place, (_, wording))| {
            wording.iter().filter(|&&run| runs.is_pair(run)).map(move |&pair| (pair, place))
        });
        self.holders = Lists::sorted(runs.len(), pairs);
        let long = learnt.iter().filter(|(_, wording)| wording.len() > 1);
        #[expect(clippy::cast_precision_loss, reason = "there are some thousand wordings")]
        let count = long.count() as f64 + 1.0;
        self.heaviest = count.ln();
        self.weights = vec![0.0; runs.len()];
        for (number, weight) in self.weights.iter_mut().enumerate() {
            let holders = self.holders.get(number);
            if holders.is_empty() {
                continue;
            }
            // A run weighs the logarithm of how few wordings hold it.
            #[expect(clippy::cast_precision_loss, reason = "there are some thousand wordings")]
            let rarity = count / holders.len() as f64;
            *weight = rarity.ln();
            for &holder in holders {
                self.wordings[holder as usize].squares += weight.powi(2);
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
        let answer = if let [task] = tasks { Some(task) } else { self.numbers.get(tasks) };
        answer.and_then(|&answer| likenesses.0.get(answer)).copied().unwrap_or_default()
    }

    /// The answers that name several tasks and are at least so like.
    pub(super) fn several(&self, likenesses: &Likenesses, least: f64) -> impl Iterator<Item = &Vec<usize>> {
        let answers = self.answers.iter().zip(&likenesses.0);
        let like = answers.filter(move |(tasks, likeness)| tasks.len() > 1 && likeness.best >= least);
        like.map(|(tasks, _)| tasks)
    }

    /// How like a text is to the known wordings.
    pub(super) fn likenesses(&self, text: &TextRuns) -> Likenesses {
        let held = text.numbers.iter().map(|&number| number as usize).map(|number| (number, self.holders.get(number)));
        let held = held.filter(|(_, holders)| !holders.is_empty());
        let mut met: Vec<(u32, f64)> = Vec::new();
        let (mut own_squares, mut known_pairs) = (0.0, 0);
        SHARED.with_borrow_mut(|shared| {
            if shared.len() < self.wordings.len() {
                shared.resize(self.wordings.len(), 0.0);
            }
            for (number, holders) in held {
                let square = self.weights[number].powi(2);
                own_squares += square;
                known_pairs += 1;
                for &holder in holders {
                    let shared = &mut shared[holder as usize];
                    if *shared == 0.0 {
                        met.push((holder, 0.0));
                    }
                    *shared += square;
                }
            }
            for (holder, sum) in &mut met {
                *sum = std::mem::take(&mut shared[*holder as usize]);
            }
        });
        #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
        let strange = (text.different_pairs() - known_pairs) as f64;
        own_squares += strange * self.heaviest.powi(2);
        let mut nearest = vec![[0.0; NEAREST]; self.answers.len()];
        let mut likenesses = vec![Likeness::default(); self.answers.len()];
        for (holder, shared) in met {
            let known = &self.wordings[holder as usize];
            insert(&mut nearest[known.answer], shared / (own_squares * known.squares).sqrt());
            let holds = &mut likenesses[known.answer].holds;
            *holds = holds.max(shared / known.squares);
        }
        for (likeness, nearest) in likenesses.iter_mut().zip(nearest) {
            likeness.best = nearest[0];
            #[expect(clippy::cast_precision_loss, reason = "three")]
            let several = nearest.iter().sum::<f64>() / NEAREST as f64;
            likeness.several = several;
        }
        Likenesses(likenesses)
    }
}

/// Puts a number in its place among the largest ones.
fn insert(largest: &mut [f64; NEAREST], mut number: f64) {
    for one in largest {
        if number > *one {
            std::mem::swap(one, &mut number);
        }
    }
}

impl Likenesses {
    /// For each answer the best of two.
    pub(super) fn best_of(mut self, other: &Self) -> Self {
        for (known, likeness) in self.0.iter_mut().zip(&other.0) {
            known.best = known.best.max(likeness.best);
            known.several = known.several.max(likeness.several);
            known.holds = known.holds.max(likeness.holds);
        }
        self
    }
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
            assert!(likenesses(nothing).0.iter().all(|likeness| *likeness == Likeness::default()));
        }
    }
}
