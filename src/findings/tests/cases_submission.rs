//! Cases about submissions as a whole.

use super::desk::{Desk, submission};
use super::{Case, case};
use crate::list::Key;
use crate::location::CellRef;
use crate::matches::MatchedSubmission;
use crate::period::Period;
use crate::records::{
    Attribution, Evidence, EvidencePlace, KeptCell, KeptRole, SheetSummary, SubmissionStatus, Superseding,
};

const TABLE: &str = "\
 | 任务名称 | 进展状态 | 进展情况
 38 | 工程建设项目审查机制 | 推进中 | 审查项目3个。
";

/// A submission of 北岙街道 that the case changes.
fn filed(change: impl FnOnce(&mut MatchedSubmission)) -> MatchedSubmission {
    let mut filed = submission("北岙街道.xlsx", Some("北岙街道"), TABLE, "2024Q1");
    change(&mut filed);
    filed
}

/// One township on the roster, so that only the case's own submission is missed or not.
fn desk() -> Desk {
    Desk::new().plan(|plan| plan.townships.truncate(1))
}

fn with_status(status: SubmissionStatus, file: &str) -> MatchedSubmission {
    filed(|filed| {
        filed.submission.status = status;
        filed.submission.file = file.to_owned();
        filed.submission.township = Attribution::default();
        filed.submission.records.clear();
        filed.matches.clear();
        filed.submission.remarks = vec!["文件不完整，无法打开。".to_owned()];
    })
}

fn township_evidence(pieces: &[(&str, EvidencePlace, Option<CellRef>)]) -> Attribution<String> {
    let evidence = pieces.iter().map(|(value, place, cell)| Evidence {
        value: (*value).to_owned(),
        place: *place,
        cell: cell.map(|cell| (0, cell)),
        text: format!("填报单位：{value}"),
    });
    Attribution { value: Some(pieces[0].0.to_owned()), evidence: evidence.collect() }
}

fn stated_period(pieces: &[(&str, EvidencePlace, Option<CellRef>)]) -> Attribution<Period> {
    let evidence: Vec<Evidence<Period>> = pieces
        .iter()
        .map(|(value, place, cell)| Evidence {
            value: value.parse().unwrap(),
            place: *place,
            cell: cell.map(|cell| (0, cell)),
            text: format!("{value} 进展情况表"),
        })
        .collect();
    Attribution { value: evidence.first().map(|piece| piece.value), evidence }
}

fn with_period(pieces: &[(&str, EvidencePlace, Option<CellRef>)]) -> Desk {
    desk().with(filed(|filed| filed.submission.period = stated_period(pieces)))
}

fn with_hidden_sheet(cells: usize, role: KeptRole) -> Desk {
    desk().with(filed(|filed| {
        let name = "2023年四季度".to_owned();
        filed.submission.sheets.push(SheetSummary { name, hidden: true, cells, ..SheetSummary::default() });
        let at = CellRef::new(0, 0);
        filed.submission.kept.push(KeptCell { sheet: 1, at, text: "上期".into(), role });
    }))
}

fn with_key(change: impl Fn(&mut Key)) -> Desk {
    let plan = super::desk::plan();
    desk().with(filed(|filed| {
        let period = "2024Q1".parse().unwrap();
        // The roster of the case is shorter; a fingerprint does not look at it.
        let mut key =
            Key { plan: plan.fingerprint(), period, township: "北岙街道".into(), task: Some(38), indicator: None };
        change(&mut key);
        filed.submission.records[0].key = Some(key);
    }))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = whole();
    cases.extend(evidence());
    cases
}

fn whole() -> Vec<Case> {
    let superseded = || {
        filed(|old| {
            old.submission.file = "北岙街道旧.xlsx".into();
            old.submission.status = SubmissionStatus::Superseded;
            let why = "另一份写明是更正稿".to_owned();
            old.submission.superseded = Some(Superseding { by_file: "北岙街道.xlsx".into(), by_row: None, why });
        })
    };
    let unreadable = || with_status(SubmissionStatus::Unreadable, "新建工作表.xlsx");
    let of_township = || {
        let mut one = unreadable();
        one.submission.township = township_evidence(&[("北岙街道", EvidencePlace::FileName, None)]);
        one
    };
    vec![
        case("missing-submission", "nobody filed", desk(), &["北岙街道 –"]),
        case("missing-submission", "filed", desk().files("北岙街道", TABLE), &[]),
        case("missing-submission", "filed a file that cannot be opened", desk().with(of_township()), &[]),
        case(
            "duplicate-submission",
            "an old file beside",
            desk().files("北岙街道", TABLE).with(superseded()),
            &["北岙街道 –"],
        ),
        case(
            "duplicate-submission",
            "two files that complete each other",
            desk().files("北岙街道", TABLE).with(filed(|other| other.submission.file = "北岙街道二.xlsx".into())),
            &[],
        ),
        case("unreadable-workbook", "a broken file", desk().with(unreadable()), &["– –"]),
        case(
            "unreadable-workbook",
            "a lock file",
            desk().with(with_status(SubmissionStatus::Unreadable, "~$北岙街道.xlsx")),
            &[],
        ),
        case(
            "no-table",
            "a telephone list",
            desk().with(with_status(SubmissionStatus::NoTable, "通讯录.xlsx")),
            &["– –"],
        ),
        case("no-table", "a broken file", desk().with(unreadable()), &[]),
        case(
            "unknown-township",
            "nothing tells whose it is",
            desk().with(with_status(SubmissionStatus::UnknownTownship, "汇总.xlsx")),
            &["– –"],
        ),
        case("unknown-township", "it tells", desk().files("北岙街道", TABLE), &[]),
        case(
            "hidden-content",
            "last quarter's sheet is hidden",
            with_hidden_sheet(40, KeptRole::HiddenSheet),
            &["北岙街道 –"],
        ),
        case("hidden-content", "the template's own list is hidden", with_hidden_sheet(40, KeptRole::Key), &[]),
        case("hidden-content", "an empty sheet is hidden", with_hidden_sheet(0, KeptRole::HiddenSheet), &[]),
        case(
            "hidden-content",
            "a struck-through row",
            desk().with(filed(|filed| filed.submission.records[0].counted = false)),
            &["北岙街道 –"],
        ),
        case("old-template", "a key of an earlier plan", with_key(|key| key.plan = "0badcafe".into()), &["北岙街道 –"]),
        case("old-template", "a key of this plan", with_key(|_| ()), &[]),
    ]
}

fn evidence() -> Vec<Case> {
    let at = |row| Some(CellRef::new(row, 0));
    let places = |pieces: &[(&str, EvidencePlace, Option<CellRef>)]| {
        desk().with(filed(|filed| filed.submission.township = township_evidence(pieces)))
    };
    vec![
        case(
            "conflicting-township",
            "caption and title differ",
            places(&[("北岙街道", EvidencePlace::Caption, at(1)), ("东屏街道", EvidencePlace::Title, at(0))]),
            &["北岙街道 A1"],
        ),
        case(
            "conflicting-township",
            "caption and file name differ",
            places(&[("北岙街道", EvidencePlace::Caption, at(1)), ("东屏街道", EvidencePlace::FileName, None)]),
            &["北岙街道 –"],
        ),
        case(
            "conflicting-township",
            "all say the same",
            places(&[("北岙街道", EvidencePlace::Caption, at(1)), ("北岙街道", EvidencePlace::FileName, None)]),
            &[],
        ),
        case(
            "wrong-period",
            "last quarter's title",
            with_period(&[("2023Q4", EvidencePlace::Title, at(0))]),
            &["北岙街道 A1"],
        ),
        case(
            "wrong-period",
            "the caption is right, the title is old",
            with_period(&[("2024Q1", EvidencePlace::Caption, at(1)), ("2023Q4", EvidencePlace::Title, at(0))]),
            &["北岙街道 A1"],
        ),
        case(
            "wrong-period",
            "only the file name tells",
            with_period(&[("2023Q4", EvidencePlace::FileName, None)]),
            &["北岙街道 –"],
        ),
        case(
            "wrong-period",
            "the month that ends the quarter",
            with_period(&[("2024-03", EvidencePlace::Title, at(0))]),
            &[],
        ),
        case("wrong-period", "the year around the quarter", with_period(&[("2024", EvidencePlace::Title, at(0))]), &[]),
        case("wrong-period", "nothing stated", with_period(&[]), &[]),
    ]
}

#[test]
fn where_most_forms_are_of_another_plan_the_plan_may_be_wrong() {
    let form = |plan: &str, township: &str| {
        filed(|filed| {
            let (plan, period, township) = (plan.to_owned(), "2024Q1".parse().unwrap(), township.to_owned());
            filed.submission.records[0].key = Some(Key { plan, period, township, task: Some(38), indicator: None });
        })
    };
    let message = |desk: &Desk| {
        let findings = desk.findings();
        findings.into_iter().find(|finding| finding.kind.code == "old-template").unwrap().message
    };
    let own = super::desk::plan().fingerprint();
    for (of_this_plan, expected) in
        [(0, "也可能是用错了方案，请检查 --plan"), (1, "也可能是用错了方案，请检查 --plan"), (2, "请下期换用新模板")]
    {
        let forms = (0..of_this_plan).fold(desk(), |desk, _| desk.with(form(&own, "北岙街道")));
        let said = message(&forms.with(form("0badcafe", "北岙街道")));
        assert!(said.contains(expected), "{of_this_plan}: {said}");
    }
    // The townships of another plan are on no roster.
    let mut stranger = form("0badcafe", "青石岭镇");
    stranger.submission.status = SubmissionStatus::UnknownTownship;
    stranger.submission.township = Attribution::default();
    let said = message(&desk().with(stranger));
    assert!(said.contains("请检查 --plan"), "{said}");
}
