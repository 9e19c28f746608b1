//! Evidence for many answers in few bytes: hardly a third of all pieces is there for any of them.

use super::evidence::{Evidence, Piece, Present};

/// The evidence for some answers, that for one behind that for another.
#[derive(Debug, Default)]
pub(super) struct EvidenceList {
    /// For each answer a bit for every piece that is there, and where its strengths begin.
    answers: Vec<(u128, u32)>,
    /// The strengths of the pieces that are there, in the order of [`Piece::ALL`].
    strengths: Vec<f64>,
}

impl EvidenceList {
    /// No answer yet, and room for so many with so many pieces in all.
    pub(super) fn with_room(answers: usize, pieces: usize) -> Self {
        Self { answers: Vec::with_capacity(answers), strengths: Vec::with_capacity(pieces) }
    }

    /// Adds an answer with its evidence.
    pub(super) fn push(&mut self, evidence: &Evidence) {
        self.begin(evidence.there());
        self.strengths.extend(evidence.present().map(|(_, strength)| strength));
    }

    /// Adds an answer with the pieces that are there.
    pub(super) fn push_present(&mut self, present: Present<'_>) {
        self.begin(present.there);
        self.strengths.extend_from_slice(present.strengths);
    }

    fn begin(&mut self, there: u128) {
        self.answers.push((there, u32::try_from(self.strengths.len()).unwrap_or(u32::MAX)));
    }

    /// Adds a piece to the answer that was added last, which has none of this kind.
    #[inline]
    pub(super) fn add(&mut self, piece: Piece, strength: f64) {
        let Some((there, _)) = self.answers.last_mut().filter(|_| strength != 0.0) else { return };
        // Nearly all come in their order.
        let behind = *there >> piece as u32;
        if behind == 0 {
            self.strengths.push(strength);
        } else {
            self.strengths.insert(self.strengths.len() - behind.count_ones() as usize, strength);
        }
        *there |= 1 << piece as u32;
    }

    /// How many pieces there are for all of them.
    pub(super) const fn pieces(&self) -> usize {
        self.strengths.len()
    }

    /// The evidence for an answer.
    #[inline]
    pub(super) fn get(&self, answer: usize) -> Present<'_> {
        let (there, begin) = self.answers[answer];
        let end = self.answers.get(answer + 1).map_or(self.strengths.len(), |(_, begin)| *begin as usize);
        Present { there, strengths: &self.strengths[begin as usize..end] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matches::evidence::PIECES;

    #[test]
    fn pieces_are_weighed_in_their_order_wherever_they_come_from() {
        let mut weights = [0.0; PIECES];
        (1u32..).zip(&mut weights).for_each(|(number, weight)| *weight = 1.0 / f64::from(number));
        let pieces = [
            (Piece::NameSame, 0.3),
            (Piece::NumberAgrees, 0.7),
            (Piece::LeadNamed, 1.0),
            (Piece::NoneShort, -1.0),
            (Piece::NameEdit, 0.9),
            (Piece::MoreTasks, 0.0),
        ];
        let (mut one, mut other, mut all) = (EvidenceList::default(), EvidenceList::default(), Evidence::blank());
        for list in [&mut one, &mut other] {
            list.push(&Evidence::blank());
            list.push(&Evidence::blank());
        }
        for (place, (piece, strength)) in pieces.into_iter().enumerate() {
            let list = if place % 2 == 0 { &mut one } else { &mut other };
            list.add(piece, strength);
            all.set(piece, strength);
        }
        let together = one.get(1).weighed_with(other.get(1), &weights);
        let alone = all.present().fold(0.0, |sum, (place, strength)| sum + weights[place] * strength);
        assert_eq!(together.to_bits(), alone.to_bits());
        assert_eq!(one.get(0).there | other.get(0).there, 0);
        let mut again = Evidence::blank();
        again.set_all(one.get(1));
        again.set_all(other.get(1));
        assert_eq!(again, all);
    }
}
