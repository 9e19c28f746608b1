//! The answers of a wording in few bytes: some thousand wordings are kept with theirs, and most pieces of evidence are
//! not there.

use super::context::Answer;
use super::evidence::Evidence;
use super::lists::Lists;

/// Some answers with their evidence, from which they come back as they were.
#[derive(Debug)]
pub(super) struct KeptAnswers {
    /// The tasks of each.
    tasks: Lists<u32>,
    /// Which pieces of evidence are there, a bit for each.
    there: Box<[u128]>,
    /// Their strengths.
    strengths: Lists<f64>,
}

impl KeptAnswers {
    /// Keeps some answers.
    pub(super) fn new(answers: &[Answer]) -> Self {
        let mut tasks = Lists::with_room(answers.len(), answers.iter().map(|answer| answer.tasks.len()).sum());
        let pieces = answers.iter().map(|answer| answer.evidence.there().count_ones() as usize);
        let mut strengths = Lists::with_room(answers.len(), pieces.sum());
        for Answer { tasks: of_answer, evidence } in answers {
            tasks.push(of_answer.iter().map(|&task| u32::try_from(task).unwrap_or(u32::MAX)));
            strengths.push(evidence.present().map(|(_, strength)| strength));
        }
        Self { tasks, there: answers.iter().map(|answer| answer.evidence.there()).collect(), strengths }
    }

    /// The tasks of each answer, ascending positions in the plan.
    pub(super) fn tasks(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.there.len()).map(|answer| self.tasks.get(answer))
    }

    /// The answers.
    pub(super) fn answers(&self) -> Vec<Answer> {
        let blank = |tasks: &[u32]| Answer { tasks: positions(tasks), evidence: Evidence::blank() };
        // Evidence is large: it is filled where it stands.
        let mut answers: Vec<Answer> = self.tasks().map(blank).collect();
        for (number, (answer, there)) in answers.iter_mut().zip(&*self.there).enumerate() {
            answer.evidence.fill(*there, self.strengths.get(number));
        }
        answers
    }
}

/// Positions in the plan, as they were before they were kept.
pub(super) fn positions(tasks: &[u32]) -> Vec<usize> {
    tasks.iter().map(|&task| task as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matches::evidence::Piece;

    #[test]
    fn answers_come_back_as_they_were() {
        let mut answers: Vec<Answer> =
            [vec![3, 70], vec![]].map(|tasks| Answer { tasks, evidence: Evidence::blank() }).into();
        for (piece, strength) in [(Piece::NameSame, 0.3), (Piece::NoneShort, -1.0), (Piece::MoreTasks, 0.0)] {
            answers[0].evidence.set(piece, strength);
        }
        let kept = KeptAnswers::new(&answers);
        let again = kept.answers();
        assert_eq!(kept.tasks().map(positions).collect::<Vec<_>>(), [vec![3, 70], vec![]]);
        for (again, answer) in again.iter().zip(&answers) {
            assert_eq!((&again.tasks, &again.evidence), (&answer.tasks, &answer.evidence));
        }
    }
}
