//! Does matching stay as good as it was measured on labelled rows that it was not fitted to?
//!
//! The floors lie a little below the figures in docs/matching.md, so that a change for the worse fails and a fit that
//! moves single rows does not.

use std::path::Path;

use hedui::cmd::evaluate::{Score, scores};

/// What a part must reach, in per cent of its rows.
struct Floor {
    part: &'static str,
    rows: usize,
    /// Share of the rows of each of [`KINDS`] whose likeliest answer is right, at least.
    right: [f64; KINDS.len()],
    /// Wrong and not marked for review, at most.
    wrong: f64,
    /// Left to review, at most.
    review: f64,
    /// Calibration error, at most.
    calibration: f64,
}

/// Kinds of rows.
const KINDS: [&str; 6] = ["exact", "edited", "reworded", "merged", "split", "extra"];

/// The floor of a part; exact and edited rows are all right in every part.
const fn floor(
    part: &'static str,
    rows: usize,
    [reworded, merged, split, extra]: [f64; 4],
    wrong: f64,
    review: f64,
    calibration: f64,
) -> Floor {
    Floor { part, rows, right: [100.0, 100.0, reworded, merged, split, extra], wrong, review, calibration }
}

/// Right among reworded, merged, split and extra rows; wrong and unmarked, to review, calibration error.
const FLOORS: &[Floor] = &[
    floor("test-3", 446, [98.0, 90.0, 98.0, 95.0], 0.3, 3.0, 0.03),
    floor("test-5", 444, [97.0, 90.0, 90.0, 95.0], 0.5, 7.5, 0.03),
    floor("test-6", 309, [98.0, 90.0, 92.0, 95.0], 0.5, 6.0, 0.03),
    floor("test-7", 375, [98.0, 90.0, 95.0, 95.0], 0.3, 3.5, 0.03),
    floor("test-8", 362, [98.0, 90.0, 95.0, 95.0], 0.3, 5.5, 0.03),
    floor("test-9", 294, [98.0, 88.0, 95.0, 95.0], 0.4, 5.0, 0.03),
    floor("test-10", 297, [98.0, 88.0, 95.0, 95.0], 0.4, 4.0, 0.03),
    floor("test-11", 281, [98.0, 90.0, 95.0, 95.0], 0.4, 3.0, 0.03),
    floor("test-12", 299, [98.0, 95.0, 97.0, 95.0], 0.3, 3.0, 0.03),
    floor("test-13", 300, [97.0, 95.0, 97.0, 95.0], 0.3, 4.0, 0.03),
    floor("test-14", 369, [98.0, 95.0, 95.0, 95.0], 0.3, 5.0, 0.03),
    floor("test-15", 292, [98.0, 60.0, 95.0, 95.0], 0.3, 5.0, 0.03),
    floor("test-16", 285, [98.0, 90.0, 95.0, 95.0], 0.3, 3.0, 0.03),
    floor("test-17", 350, [98.0, 95.0, 95.0, 95.0], 0.3, 3.0, 0.03),
    floor("test-18", 274, [97.0, 90.0, 95.0, 95.0], 0.3, 6.0, 0.03),
    floor("test-19", 288, [97.0, 90.0, 95.0, 95.0], 0.4, 3.0, 0.03),
    floor("test-20", 283, [97.0, 80.0, 95.0, 95.0], 0.4, 3.0, 0.03),
    floor("test-21", 293, [97.0, 70.0, 95.0, 95.0], 0.3, 4.0, 0.03),
    floor("test-22", 287, [97.0, 90.0, 95.0, 95.0], 0.3, 3.0, 0.03),
    floor("test-23", 285, [97.0, 85.0, 93.0, 95.0], 0.3, 3.0, 0.03),
    floor("test-24", 288, [98.0, 90.0, 97.0, 95.0], 0.4, 3.0, 0.03),
    floor("test-25", 298, [98.0, 95.0, 97.0, 95.0], 0.3, 3.0, 0.03),
    floor("test-26", 225, [98.0, 95.0, 97.0, 95.0], 0.3, 3.0, 0.03),
    floor("test-county-1", 233, [88.0, 70.0, 82.0, 95.0], 0.5, 20.0, 0.05),
    floor("test-county-2", 184, [97.0, 60.0, 95.0, 60.0], 0.6, 15.0, 0.05),
    floor("test-county-3", 213, [93.0, 60.0, 94.0, 95.0], 0.5, 14.0, 0.05),
    floor("test-county-4", 182, [97.0, 70.0, 95.0, 90.0], 1.2, 10.0, 0.05),
];

fn faults(floor: &Floor, score: &Score) -> Vec<String> {
    let mut faults = Vec::new();
    let mut say = |holds: bool, what: String| {
        if !holds {
            faults.push(format!("{}: {what}", floor.part));
        }
    };
    say(score.rows.len() >= floor.rows, format!("{} rows scored", score.rows.len()));
    let kinds = score.by_kind();
    for (kind, least) in KINDS.iter().zip(&floor.right) {
        let share = kinds.iter().find(|(name, ..)| name == kind).map_or(0.0, |(.., share)| share * 100.0);
        say(share >= *least, format!("{kind} {share:.1} % right, at least {least} expected"));
    }
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred rows")]
    let wrong = score.wrong_but_certain().len() as f64 * 100.0 / score.rows.len() as f64;
    say(wrong <= floor.wrong, format!("{wrong:.2} % wrong and not marked"));
    let review = score.review_share() * 100.0;
    say(review <= floor.review, format!("{review:.1} % left to review"));
    let calibration = score.calibration_error();
    say(calibration <= floor.calibration, format!("calibration error {calibration:.3}"));
    faults
}

#[test]
fn rows_that_nothing_was_fitted_to_are_matched_as_well_as_documented() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/evaluation");
    let scores = scores(&folder, "test").unwrap();
    let mut faults_found = Vec::new();
    for floor in FLOORS {
        let (_, score) = scores.iter().find(|(part, _)| part == floor.part).unwrap();
        faults_found.extend(faults(floor, score));
    }
    assert!(faults_found.is_empty(), "{}", faults_found.join("\n"));
}
