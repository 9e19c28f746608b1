//! Every kind of finding with a case that raises it and a near miss that does not.

mod cases_alteration;
mod cases_cell;
mod cases_coverage;
mod cases_history;
mod cases_other_words;
mod cases_peers;
mod cases_row;
mod cases_submission;
mod cases_table;
mod cases_wording;
mod desk;
mod laws;

use desk::Desk;

/// One case: a run, and where it raises the code.
struct Case {
    /// The code looked at; findings of other codes are no matter of this case.
    code: &'static str,
    /// What the clerk did.
    what: &'static str,
    /// The run.
    desk: Desk,
    /// `township cell` for each finding expected, in order; empty for a near miss.
    places: &'static [&'static str],
}

fn case(code: &'static str, what: &'static str, desk: Desk, places: &'static [&'static str]) -> Case {
    Case { code, what, desk, places }
}

fn all() -> Vec<Case> {
    let families = [
        cases_submission::cases(),
        cases_table::cases(),
        cases_coverage::cases(),
        cases_alteration::cases(),
        cases_other_words::cases(),
        cases_wording::cases(),
        cases_cell::cases(),
        cases_row::cases(),
        cases_history::cases(),
        cases_peers::cases(),
    ];
    families.into_iter().flatten().collect()
}

#[test]
fn every_case_raises_its_code_at_its_cells_and_nowhere_else() {
    let mut wrong = Vec::new();
    for case in all() {
        let places = case.desk.places(case.code);
        if places != case.places {
            wrong.push(format!("{}: {}\n  got      {places:?}\n  expected {:?}", case.code, case.what, case.places));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_a_case_that_raises_it_and_a_near_miss_that_does_not() {
    let cases = all();
    for kind in super::KINDS.iter().filter(|kind| !laws::OF_THE_PLAN.contains(&kind.code)) {
        let of_kind = || cases.iter().filter(|case| case.code == kind.code);
        assert!(of_kind().any(|case| !case.places.is_empty()), "{} has no case that raises it", kind.code);
        assert!(of_kind().any(|case| case.places.is_empty()), "{} has no near miss", kind.code);
    }
}
