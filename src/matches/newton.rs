//! The weights under which labelled rows are likeliest: Newton's method on the mean logarithmic likelihood.

use super::evidence::PIECES;
use super::model::{dot, softmax};

/// Penalty on the squared weights; chosen among 0.00001, 0.0001, 0.0003, 0.001 and 0.003 by the likelihood of left-out clerks.
const PENALTY: f64 = 0.0003;
/// Steps after which the search ends in any case; a handful are enough.
const MOST_STEPS: usize = 40;
/// A step that lowers the loss by less ends the search.
const LEAST_GAIN: f64 = 1e-9;

/// One row to learn from: the strengths of each answer's evidence, and the share of the target that lies on it.
pub(super) struct Example {
    pub(super) answers: Vec<[f64; PIECES]>,
    pub(super) target: Vec<f64>,
}

type Vector = [f64; PIECES];

/// Slope and curvature of the loss at some weights.
struct Slope {
    gradient: Vector,
    hessian: Vec<Vector>,
}

/// The likeliest weights.
pub(super) fn likeliest_weights(examples: &[Example]) -> Vector {
    let mut weights = [0.0; PIECES];
    let mut reached = loss(examples, &weights);
    for _ in 0..MOST_STEPS {
        let Slope { gradient, hessian } = slope(examples, &weights);
        let direction = solve(hessian, gradient);
        let mut length = 1.0;
        // Far from the minimum a whole step may go too far.
        let (next, lower) = loop {
            let mut next = weights;
            next.iter_mut().zip(&direction).for_each(|(weight, step)| *weight -= length * step);
            let lower = loss(examples, &next);
            if lower <= reached || length < 1e-6 {
                break (next, lower);
            }
            length /= 2.0;
        };
        let gain = reached - lower;
        if gain <= 0.0 {
            break;
        }
        (weights, reached) = (next, lower);
        if gain < LEAST_GAIN {
            break;
        }
    }
    weights
}

#[expect(clippy::cast_precision_loss, reason = "there are some thousand rows at most")]
fn count(examples: &[Example]) -> f64 {
    examples.len().max(1) as f64
}

/// Mean negative logarithmic likelihood of the targets, and the penalty.
fn loss(examples: &[Example], weights: &Vector) -> f64 {
    let of_example = |example: &Example| {
        let sums: Vec<f64> = example.answers.iter().map(|strengths| dot(weights, strengths)).collect();
        let likely = softmax(&sums).into_iter().zip(&example.target);
        likely.map(|(probability, target)| -target * probability.max(f64::MIN_POSITIVE).ln()).sum::<f64>()
    };
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    examples.iter().map(of_example).sum::<f64>() / count(examples) + PENALTY / 2.0 * squares
}

fn slope(examples: &[Example], weights: &Vector) -> Slope {
    let mut gradient = [0.0; PIECES];
    let mut hessian = vec![[0.0; PIECES]; PIECES];
    for example in examples {
        let sums: Vec<f64> = example.answers.iter().map(|strengths| dot(weights, strengths)).collect();
        let probabilities = softmax(&sums);
        let mut expected = [0.0; PIECES];
        for ((strengths, probability), target) in example.answers.iter().zip(&probabilities).zip(&example.target) {
            for piece in 0..PIECES {
                expected[piece] += probability * strengths[piece];
                gradient[piece] += (probability - target) * strengths[piece];
            }
        }
        for (strengths, &probability) in example.answers.iter().zip(&probabilities).filter(|(_, p)| **p > 1e-9) {
            let mut apart = *strengths;
            apart.iter_mut().zip(&expected).for_each(|(strength, expected)| *strength -= expected);
            for row in (0..PIECES).filter(|&row| apart[row] != 0.0) {
                let scale = probability * apart[row];
                hessian[row].iter_mut().zip(&apart).for_each(|(entry, apart)| *entry += scale * apart);
            }
        }
    }
    let count = count(examples);
    for piece in 0..PIECES {
        gradient[piece] = gradient[piece] / count + PENALTY * weights[piece];
        hessian[piece].iter_mut().for_each(|entry| *entry /= count);
        hessian[piece][piece] += PENALTY;
    }
    Slope { gradient, hessian }
}

/// The solution of a system whose matrix is symmetric and positive, by Cholesky's decomposition.
fn solve(mut matrix: Vec<Vector>, mut right: Vector) -> Vector {
    for column in 0..PIECES {
        let squares: f64 = matrix[column][..column].iter().map(|entry| entry * entry).sum();
        let root = (matrix[column][column] - squares).max(f64::MIN_POSITIVE).sqrt();
        matrix[column][column] = root;
        for row in column + 1..PIECES {
            let known: f64 = (0..column).map(|place| matrix[row][place] * matrix[column][place]).sum();
            matrix[row][column] = (matrix[row][column] - known) / root;
        }
    }
    for row in 0..PIECES {
        let known: f64 = (0..row).map(|place| matrix[row][place] * right[place]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    for row in (0..PIECES).rev() {
        let known: f64 = (row + 1..PIECES).map(|place| matrix[place][row] * right[place]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two answers, of which the first bears a piece more strongly.
    fn example(strength: f64, right: usize) -> Example {
        let mut answers = vec![[0.0; PIECES]; 2];
        answers[0][3] = strength;
        let mut target = vec![0.0; 2];
        target[right] = 1.0;
        Example { answers, target }
    }

    #[test]
    fn the_weight_makes_the_targets_as_likely_as_they_are() {
        // Three in four: the logarithm of three to one.
        let examples = [example(1.0, 0), example(1.0, 0), example(1.0, 0), example(1.0, 1)];
        let weights = likeliest_weights(&examples);
        assert!((weights[3] - 3f64.ln()).abs() < 0.01, "{}", weights[3]);
        assert!(weights.iter().enumerate().all(|(piece, weight)| piece == 3 || weight.abs() < 1e-12));
    }
}
