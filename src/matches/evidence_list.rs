//! Evidence for many answers in few bytes: hardly a third of all pieces is there for any of them.

use super::evidence::{Evidence, Piece, Present};

/// The evidence for some answers, that for one behind that for another.
#[derive(Debug, Default)]
pub(super) struct EvidenceList {
    /// Where the pieces for each answer begin.
    begins: Vec<u32>,
    /// The pieces that are there, in their order for each answer.
    pieces: Vec<Piece>,
    /// The strength of each.
    strengths: Vec<f64>,
}

impl EvidenceList {
    /// No answer yet, and room for so many with so many pieces in all.
    pub(super) fn with_room(answers: usize, pieces: usize) -> Self {
        let (begins, pieces, strengths) =
            (Vec::with_capacity(answers), Vec::with_capacity(pieces), Vec::with_capacity(pieces));
        Self { begins, pieces, strengths }
    }

    /// Adds an answer with its evidence.
    pub(super) fn push(&mut self, evidence: &Evidence) {
        self.push_present(Present::NOTHING);
        for (place, strength) in evidence.present() {
            self.pieces.push(Piece::ALL[place]);
            self.strengths.push(strength);
        }
    }

    /// Adds an answer with the pieces that are there.
    pub(super) fn push_present(&mut self, present: Present<'_>) {
        self.begins.push(u32::try_from(self.pieces.len()).unwrap_or(u32::MAX));
        self.pieces.extend_from_slice(present.pieces);
        self.strengths.extend_from_slice(present.strengths);
    }

    /// Adds a piece to the answer that was added last.
    #[inline]
    pub(super) fn add(&mut self, piece: Piece, strength: f64) {
        if strength == 0.0 {
            return;
        }
        let begin = self.begins.last().map_or(0, |begin| *begin as usize);
        // Nearly all come in their order.
        let behind = self.pieces[begin..].iter().rev().take_while(|other| **other > piece).count();
        let place = self.pieces.len() - behind;
        self.pieces.insert(place, piece);
        self.strengths.insert(place, strength);
    }

    /// The evidence for an answer.
    #[inline]
    pub(super) fn get(&self, answer: usize) -> Present<'_> {
        let begin = self.begins[answer] as usize;
        let end = self.begins.get(answer + 1).map_or(self.pieces.len(), |begin| *begin as usize);
        Present { pieces: &self.pieces[begin..end], strengths: &self.strengths[begin..end] }
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
        assert!(one.get(0).pieces.is_empty() && other.get(0).pieces.is_empty());
        let mut again = Evidence::blank();
        again.set_all(one.get(1));
        again.set_all(other.get(1));
        assert_eq!(again, all);
    }
}
