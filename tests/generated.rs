//! The workbooks that benches measure with: each is different, each is read whole.

#[path = "../benches/generated/mod.rs"]
mod generated;

use std::collections::BTreeSet;

use hedui::records::{self, SubmissionStatus};
use hedui::workbooks::{Arrival, Limits, open};

#[test]
fn forty_thousand_townships_have_names_of_their_own() {
    let plan = generated::plan(40_000);
    let names: BTreeSet<&str> = plan.townships.iter().map(|township| township.name.as_str()).collect();
    assert_eq!(names.len(), 40_000);
}

#[test]
fn each_workbook_is_read_whole_and_no_two_are_alike() {
    let plan = generated::plan(12);
    let mut contents = BTreeSet::new();
    for place in 0..12 {
        let table = generated::table(&plan, place);
        let (file, bytes) = generated::workbook(&plan, place);
        assert!(generated::workbook(&plan, place).1 == bytes, "{file}: not the same again");
        let formats = [
            ("xlsx", bytes),
            ("csv", generated::formats::csv(&table)),
            ("html", generated::formats::html(&table)),
            ("ods", generated::formats::ods(&table)),
        ];
        for (format, bytes) in formats {
            let submissions = records::read(
                &Arrival {
                    file: format!("{}.{format}", table.file),
                    outer_folder: None,
                    path: None,
                    size: 0,
                    sha256: String::new(),
                    content: open(&bytes, &Limits::default()),
                },
                &plan,
            );
            let [submission] = submissions.as_slice() else {
                panic!("{file} {format}: {} submissions", submissions.len())
            };
            assert_eq!(submission.status, SubmissionStatus::Read, "{file} {format}");
            assert_eq!(submission.township.value.as_ref(), Some(&plan.townships[place].name), "{file} {format}");
            assert_eq!(submission.period.value, generated::PERIOD.parse().ok(), "{file} {format}");
            assert_eq!(submission.records.len(), 69, "{file} {format}");
        }
        assert!(contents.insert(format!("{:?}", table.rows)), "{file}");
    }
}
