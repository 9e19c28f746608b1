//! The answers of a wording in few bytes: some thousand wordings are kept with theirs.

use super::evidence::Evidence;
use super::evidence_list::EvidenceList;
use super::lists::Lists;

/// One possible answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// Positions of the tasks in the plan, ascending; empty for "no task".
    pub(super) tasks: Vec<usize>,
    /// The evidence.
    pub(super) evidence: Evidence,
}

/// Some answers with their evidence, from which they come back as they were.
#[derive(Debug)]
pub(super) struct KeptAnswers {
    /// The tasks of each.
    tasks: Lists<usize>,
    /// What the wording says for them.
    pub(super) evidence: EvidenceList,
}

impl KeptAnswers {
    /// Keeps some answers.
    pub(super) fn new(answers: &[Answer]) -> Self {
        let mut tasks = Lists::with_room(answers.len(), answers.iter().map(|answer| answer.tasks.len()).sum());
        let pieces = answers.iter().map(|answer| answer.evidence.there().count_ones() as usize);
        let mut evidence = EvidenceList::with_room(answers.len(), pieces.sum());
        for answer in answers {
            tasks.push(answer.tasks.iter().copied());
            evidence.push(&answer.evidence);
        }
        Self { tasks, evidence }
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.tasks.len()
    }

    /// The tasks of one answer, ascending positions in the plan.
    pub(super) fn tasks_of(&self, answer: usize) -> &[usize] {
        self.tasks.get(answer)
    }

    /// The tasks of each answer.
    pub(super) fn tasks(&self) -> impl Iterator<Item = &[usize]> + Clone {
        (0..self.len()).map(|answer| self.tasks_of(answer))
    }

    /// The answers.
    pub(super) fn answers(&self) -> Vec<Answer> {
        let answer = |(number, tasks): (usize, &[usize])| {
            let mut evidence = Evidence::blank();
            evidence.set_all(self.evidence.get(number));
            Answer { tasks: tasks.to_vec(), evidence }
        };
        self.tasks().enumerate().map(answer).collect()
    }
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
        assert_eq!(kept.tasks().collect::<Vec<_>>(), [&[3, 70][..], &[]]);
        for (again, answer) in again.iter().zip(&answers) {
            assert_eq!((&again.tasks, &again.evidence), (&answer.tasks, &answer.evidence));
        }
    }
}
