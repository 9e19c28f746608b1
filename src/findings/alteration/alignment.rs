//! Where do two texts differ: which of their pieces stand for each other?

use std::ops::Range;

use super::super::wording::Pieces;

/// A place where two texts differ: pieces `old` of the first stand for pieces `new` of the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Range in the first text.
    pub(super) old: Range<usize>,
    /// Range in the second text.
    pub(super) new: Range<usize>,
}

/// Two texts laid beside each other; figures count as alike whatever their value.
#[derive(Debug, Clone)]
pub(super) struct Alignment {
    /// Pairs of pieces that stand for each other.
    pub(super) pairs: Vec<(usize, usize)>,
    /// The places where they differ, in order.
    pub(super) differences: Vec<Difference>,
}

/// Lays two texts beside each other by their longest common subsequence.
pub(super) fn align(old: &Pieces, new: &Pieces) -> Alignment {
    let (rows, columns) = (old.list.len(), new.list.len());
    // What is alike from the beginning on stands for each other, whatever comes behind it.
    let same = (0..rows.min(columns)).take_while(|at| old.alike(*at, new, *at)).count();
    let rests = Rests::of(old, new, same);
    let mut pairs = Vec::with_capacity(rows.min(columns));
    pairs.extend((0..same).map(|at| (at, at)));
    let (mut row, mut column) = (same, same);
    while row < rows && column < columns {
        if old.alike(row, new, column) {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if rests.needs(row, column) {
            column += 1;
        } else {
            row += 1;
        }
    }
    Alignment::of_pairs(pairs, rows, columns)
}

/// For each two rests of two texts whether the longest common subsequence needs the first piece of the first one.
///
/// The table of the lengths of all longest common subsequences grows by one or nothing from one row to the next, so that
/// a bit for each place says all of it, and sixty-four rows are worked out at a time (Hyyrö, Bit-parallel LCS-length
/// computation revisited, 2004). Bits count from the ends of the texts, as the lengths do.
struct Rests {
    rows: usize,
    /// The first column; rows before it are not told of either.
    from: usize,
    words: usize,
    /// For each column, a bit for each row that is set where its piece is not needed.
    bits: Vec<u64>,
}

impl Rests {
    /// Of the rests from a place on.
    fn of(old: &Pieces, new: &Pieces, from: usize) -> Self {
        let (rows, columns) = (old.list.len(), new.list.len());
        let words = (rows - from).div_ceil(64);
        // One column more: of an empty rest nothing is needed.
        let mut bits = vec![u64::MAX; (columns - from + 1) * words];
        let mut alike = vec![0u64; words];
        for column in (from..columns).rev() {
            alike.fill(0);
            for row in old.with_key(new.list[column].key()).filter(|row| *row >= from) {
                let bit = rows - 1 - row;
                alike[bit / 64] |= 1 << (bit % 64);
            }
            let (this, next) = bits[(column - from) * words..].split_at_mut(words);
            let mut carry = false;
            for ((this, next), alike) in this.iter_mut().zip(next).zip(&alike) {
                let (sum, over) = next.overflowing_add(*next & alike);
                let (sum, again) = sum.overflowing_add(u64::from(carry));
                carry = over || again;
                *this = sum | (*next & !alike);
            }
        }
        Self { rows, from, words, bits }
    }

    fn needs(&self, row: usize, column: usize) -> bool {
        let bit = self.rows - 1 - row;
        self.bits[(column - self.from) * self.words + bit / 64] & (1 << (bit % 64)) == 0
    }
}

impl Alignment {
    /// The alignment of two texts of some lengths of which these pieces stand for each other, in order.
    pub(super) fn of_pairs(pairs: Vec<(usize, usize)>, rows: usize, columns: usize) -> Self {
        let mut alignment = Self { pairs: Vec::new(), differences: Vec::new() };
        let (mut old_from, mut new_from) = (0, 0);
        for (row, column) in &pairs {
            alignment.note(old_from..*row, new_from..*column);
            (old_from, new_from) = (row + 1, column + 1);
        }
        alignment.note(old_from..rows, new_from..columns);
        Self { pairs, ..alignment }
    }

    fn note(&mut self, old: Range<usize>, new: Range<usize>) {
        if !old.is_empty() || !new.is_empty() {
            self.differences.push(Difference { old, new });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::wording::{in_common_at_most, pieces};
    use super::*;

    fn differences(old: &str, new: &str) -> Vec<(String, String)> {
        let (old, new) = (pieces(old), pieces(new));
        let alignment = align(&old, &new);
        alignment.differences.into_iter().map(|gap| (old.text(gap.old), new.text(gap.new))).collect()
    }

    #[test]
    fn width_spaces_and_punctuation_are_no_difference() {
        assert_eq!(differences("推进“四好农村路”建设,达98%。", "推进四好农村路 建设，达９８％"), []);
    }

    #[test]
    fn differences_are_shown_with_their_characters() {
        assert_eq!(
            differences("稳慎推进农村宅基地制度改革", "加快推进农村宅基地制度改革"),
            [("稳慎".to_owned(), "加快".to_owned())]
        );
        assert_eq!(differences("建成20家", "建成30家"), []);
    }

    /// The length of the longest common subsequence of two rests, from the table of all of them.
    fn longest(old: &Pieces, new: &Pieces, row: usize, column: usize) -> usize {
        let mut below = vec![0; new.list.len() + 1];
        for at in (row..old.list.len()).rev() {
            let mut lengths = vec![0; new.list.len() + 1];
            for there in (column..new.list.len()).rev() {
                let alike = old.alike(at, new, there);
                lengths[there] = if alike { below[there + 1] + 1 } else { below[there].max(lengths[there + 1]) };
            }
            below = lengths;
        }
        below[column]
    }

    #[test]
    fn the_bits_say_what_the_table_of_lengths_does() {
        let long = "甲乙丙丁戊己庚辛".repeat(17);
        let other = "丙甲戊乙癸丁丁辛己".repeat(16);
        for (old, new) in [
            ("建成20家和30户", "30家建成和户"),
            ("甲乙丙", "丁"),
            ("甲乙丙丁乙丙", "甲乙丁丙乙"),
            ("", "甲"),
            ("甲", ""),
            (long.as_str(), other.as_str()),
        ] {
            let (old, new) = (pieces(old), pieces(new));
            let rests = Rests::of(&old, &new, 0);
            for (row, column) in [(0, 0), (0, 1), (1, 0), (2, 1), (70, 3), (3, 70), (100, 90)] {
                if row < old.list.len() && column < new.list.len() {
                    let needed = longest(&old, &new, row, column) > longest(&old, &new, row + 1, column);
                    assert_eq!(rests.needs(row, column), needed, "{row} {column}");
                }
            }
            assert_eq!(align(&old, &new).pairs.len(), longest(&old, &new, 0, 0));
        }
    }

    #[test]
    fn the_quick_bound_is_never_below_what_is_in_common() {
        for (old, new) in [("稳慎推进改革", "改革推进"), ("建成20家", "30家建成"), ("甲乙丙", "丁"), ("", "甲")]
        {
            let (old, new) = (pieces(old), pieces(new));
            assert!(in_common_at_most(&old, &new) >= align(&old, &new).pairs.len());
        }
    }
}
