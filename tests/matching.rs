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
    /// Kind and the share of its rows whose likeliest answer is right, at least.
    right: &'static [(&'static str, f64)],
    /// Wrong and not marked for review, at most.
    wrong: f64,
    /// Left to review, at most.
    review: f64,
    /// Calibration error, at most.
    calibration: f64,
}

const FLOORS: &[Floor] = &[
    Floor {
        part: "test-3",
        rows: 446,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 98.0),
            ("merged", 90.0),
            ("split", 98.0),
            ("extra", 95.0),
        ],
        wrong: 0.3,
        review: 3.0,
        calibration: 0.03,
    },
    Floor {
        part: "test-5",
        rows: 444,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 97.0),
            ("merged", 90.0),
            ("split", 90.0),
            ("extra", 95.0),
        ],
        wrong: 0.5,
        review: 7.5,
        calibration: 0.03,
    },
    Floor {
        part: "test-6",
        rows: 309,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 98.0),
            ("merged", 90.0),
            ("split", 92.0),
            ("extra", 95.0),
        ],
        wrong: 0.5,
        review: 6.0,
        calibration: 0.03,
    },
    Floor {
        part: "test-7",
        rows: 375,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 98.0),
            ("merged", 90.0),
            ("split", 95.0),
            ("extra", 95.0),
        ],
        wrong: 0.3,
        review: 3.5,
        calibration: 0.03,
    },
    Floor {
        part: "test-8",
        rows: 362,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 98.0),
            ("merged", 90.0),
            ("split", 95.0),
            ("extra", 95.0),
        ],
        wrong: 0.3,
        review: 5.5,
        calibration: 0.03,
    },
    Floor {
        part: "test-9",
        rows: 294,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 98.0),
            ("merged", 88.0),
            ("split", 95.0),
            ("extra", 95.0),
        ],
        wrong: 0.4,
        review: 5.0,
        calibration: 0.03,
    },
    Floor {
        part: "test-10",
        rows: 297,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 98.0),
            ("merged", 88.0),
            ("split", 95.0),
            ("extra", 95.0),
        ],
        wrong: 0.4,
        review: 4.0,
        calibration: 0.03,
    },
    Floor {
        part: "test-11",
        rows: 281,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 98.0),
            ("merged", 90.0),
            ("split", 95.0),
            ("extra", 95.0),
        ],
        wrong: 0.4,
        review: 3.0,
        calibration: 0.03,
    },
    Floor {
        part: "test-county-1",
        rows: 233,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 88.0),
            ("merged", 70.0),
            ("split", 82.0),
            ("extra", 95.0),
        ],
        wrong: 0.5,
        review: 20.0,
        calibration: 0.05,
    },
    Floor {
        part: "test-county-2",
        rows: 184,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 97.0),
            ("merged", 60.0),
            ("split", 95.0),
            ("extra", 60.0),
        ],
        wrong: 0.6,
        review: 15.0,
        calibration: 0.05,
    },
    Floor {
        part: "test-county-3",
        rows: 213,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 93.0),
            ("merged", 60.0),
            ("split", 94.0),
            ("extra", 95.0),
        ],
        wrong: 0.5,
        review: 14.0,
        calibration: 0.05,
    },
    Floor {
        part: "test-county-4",
        rows: 182,
        right: &[
            ("exact", 100.0),
            ("edited", 100.0),
            ("reworded", 97.0),
            ("merged", 70.0),
            ("split", 95.0),
            ("extra", 90.0),
        ],
        wrong: 1.2,
        review: 10.0,
        calibration: 0.05,
    },
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
    for (kind, least) in floor.right {
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
