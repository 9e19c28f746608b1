//! From evidence to probability: a weighted sum for every possible answer, and a softmax over all of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::evidence::{PIECES, Piece};
use super::index::PlanIndex;
use super::row_answers::RowAnswers;

/// The fitted numbers, as `hedui evaluate --fit` writes them.
const FITTED: &str = include_str!("weights.toml");

/// The model that is built in.
static BUILT_IN: LazyLock<Model> = LazyLock::new(|| {
    let file: ModelFile = toml::from_str(FITTED).expect("the weights file is checked by a test");
    Model { with_wordings: file.with_wordings.into(), without_wordings: file.without_wordings.into() }
});

/// The fitted numbers. A plan that lists in which words people speak of its tasks lets the wordings say more than one
/// that does not; each kind has numbers of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// For plans that list people's wordings.
    pub(super) with_wordings: Numbers,
    /// For plans that do not.
    pub(super) without_wordings: Numbers,
}

/// Weights of all pieces of evidence, once for a row on its own and once for a row among its neighbours.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbers {
    /// For a row on its own.
    pub(super) alone: [f64; PIECES],
    /// For a row among its neighbours.
    pub(super) together: [f64; PIECES],
    /// Divides the sums before the softmax, so that probabilities are as right as they say.
    pub(super) temperature: f64,
    /// Expected share of wrong answers among all whose confidence is at least a limit: limit and share, ascending.
    pub(super) bands: Vec<Band>,
}

/// What of a row's evidence has been gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// That of the row on its own.
    Alone,
    /// That of its neighbours too.
    Together,
}

/// One point of the curve from which the limits are taken.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Confidence from which on answers are used as they are.
    pub limit: f64,
    /// Expected share of wrong answers among those that are then used.
    pub wrong: f64,
}

/// The model as it stands in the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelFile {
    with_wordings: NumbersFile,
    without_wordings: NumbersFile,
}

/// The weights by name, so that a piece may be added without touching the others.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersFile {
    temperature: f64,
    alone: BTreeMap<String, f64>,
    together: BTreeMap<String, f64>,
    bands: Vec<Band>,
}

impl Model {
    /// The model that is built in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The numbers for a plan.
    pub(super) fn numbers(&self, index: &PlanIndex) -> &Numbers {
        if index.lists_wordings { &self.with_wordings } else { &self.without_wordings }
    }

    /// The text of the weights file.
    ///
    /// # Errors
    /// When a number cannot be written as TOML, which finite numbers always can.
    pub fn to_toml(&self) -> anyhow::Result<String> {
        let file = ModelFile {
            with_wordings: (&self.with_wordings).into(),
            without_wordings: (&self.without_wordings).into(),
        };
        Ok(toml::to_string(&file)?)
    }
}

impl Numbers {
    /// The probability of every answer, in the order given.
    pub(super) fn probabilities(&self, answers: &RowAnswers, view: View) -> Vec<f64> {
        let weights = match view {
            View::Alone => &self.alone,
            View::Together => &self.together,
        };
        let mut sums = answers.weighed(weights);
        for sum in &mut sums {
            *sum /= self.temperature;
        }
        softmax(&sums)
    }

    /// What the piece at a place in [`Piece::ALL`] adds to the sum of an answer by its strength.
    pub(super) fn contribution(&self, place: usize, strength: f64) -> f64 {
        self.together[place] * strength / self.temperature
    }

    /// The confidence from which on an answer is used without review, so that at most the share `max_wrong` of the
    /// answers used is expected to be wrong.
    pub(super) fn limit(&self, max_wrong: f64) -> f64 {
        const NEVER: f64 = 1.1;
        self.bands.iter().find(|band| band.wrong <= max_wrong).map_or(NEVER, |band| band.limit)
    }
}

impl From<&Numbers> for NumbersFile {
    fn from(numbers: &Numbers) -> Self {
        let named = |weights: &[f64; PIECES]| {
            let pairs = Piece::ALL.iter().zip(weights);
            pairs.map(|(piece, weight)| (piece.key().to_owned(), round(*weight))).collect()
        };
        let bands = numbers.bands.iter().map(|band| Band { limit: band.limit, wrong: round(band.wrong) }).collect();
        Self {
            temperature: round(numbers.temperature),
            alone: named(&numbers.alone),
            together: named(&numbers.together),
            bands,
        }
    }
}

impl From<NumbersFile> for Numbers {
    fn from(file: NumbersFile) -> Self {
        let by_piece = |named: &BTreeMap<String, f64>| {
            let mut weights = [0.0; PIECES];
            for (weight, piece) in weights.iter_mut().zip(Piece::ALL) {
                *weight = named.get(piece.key()).copied().unwrap_or(0.0);
            }
            weights
        };
        Self {
            alone: by_piece(&file.alone),
            together: by_piece(&file.together),
            temperature: file.temperature,
            bands: file.bands,
        }
    }
}

/// Four decimals are more than the data carry.
fn round(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

/// Sum of the products of weights and strengths.
pub(super) fn dot(weights: &[f64; PIECES], strengths: &[f64; PIECES]) -> f64 {
    weights.iter().zip(strengths).map(|(weight, strength)| weight * strength).sum()
}

/// Probabilities that are proportional to the exponentials of the sums; empty for none.
pub(super) fn softmax(sums: &[f64]) -> Vec<f64> {
    let highest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exponentials: Vec<f64> = sums.iter().map(|sum| (sum - highest).exp()).collect();
    let total: f64 = exponentials.iter().sum();
    exponentials.into_iter().map(|exponential| exponential / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_name_every_piece_and_nothing_else() {
        let file: ModelFile = toml::from_str(FITTED).unwrap();
        let keys: Vec<&str> = Piece::ALL.iter().map(|piece| piece.key()).collect();
        for numbers in [&file.with_wordings, &file.without_wordings] {
            for named in [&numbers.alone, &numbers.together] {
                assert_eq!(named.len(), keys.len());
                assert!(named.keys().all(|key| keys.contains(&key.as_str())));
            }
            assert!(numbers.temperature > 0.0);
        }
    }

    #[test]
    fn a_stricter_bound_never_lowers_the_limit() {
        let model = Model::built_in();
        for numbers in [&model.with_wordings, &model.without_wordings] {
            let limits: Vec<f64> = [0.05, 0.01, 0.005, 0.001, 0.0].iter().map(|&bound| numbers.limit(bound)).collect();
            assert!(limits.windows(2).all(|pair| pair[0] <= pair[1]), "{limits:?}");
        }
    }

    #[test]
    fn probabilities_add_up_even_for_large_sums() {
        let probabilities = softmax(&[900.0, 899.0, -900.0]);
        assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(probabilities[0] > probabilities[1] && probabilities[2] < 1e-12);
    }
}
