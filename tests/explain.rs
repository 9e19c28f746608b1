//! `hedui explain`: does the program itself say in plain Chinese what a code means?
#![expect(clippy::unwrap_used, reason = "a program that does not start fails the test")]

use std::process::{Command, Output};

fn explain(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hedui")).arg("explain").args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn one_code_says_what_why_how_and_gives_an_example() {
    let output = explain(&["blank-field"]);
    assert!(output.status.success());
    let page = text(&output.stdout);
    for words in ["必填未填", "查什么", "为什么", "怎么改", "例"] {
        assert!(page.contains(words), "{page}");
    }
}

#[test]
fn without_a_code_all_kinds_are_told_and_the_page_in_docs_is_the_same() {
    let all = text(&explain(&[]).stdout);
    for kind in hedui::findings::KINDS {
        assert!(all.contains(kind.code), "{}", kind.code);
    }
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.md")).unwrap();
    assert!(text(&explain(&["--markdown"]).stdout) == page);
}

#[test]
fn an_unknown_code_is_a_wrong_usage_that_names_the_nearest() {
    let output = explain(&["blank-feild"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && text(&output.stderr).contains("blank-field"));
}
