//! What did people answer since the last run: in the consolidated workbook that `--decisions` names, and in the
//! workbooks that townships sent back?

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow, ensure};

use crate::findings::explanations::explanations;
use crate::findings::{Explanation, UnappliedDecision};
use crate::list::Plan;
use crate::matches::{Decisions, Head};
use crate::records::SubmissionStatus;
use crate::workbooks::{Limits, open_any};

/// What people answered.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Decided in the review sheet, now or earlier.
    pub(super) decisions: Decisions,
    /// Written beside findings.
    pub(super) explanations: Vec<Explanation>,
}

impl Answers {
    /// Reads the consolidated workbook of an earlier run.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no consolidated workbook.
    pub(super) fn read(path: &Path, plan: &Plan) -> anyhow::Result<Self> {
        let shown = path.display();
        let bytes = fs::read(path).with_context(|| format!("“{shown}”打不开，请检查 --decisions 后面的文件名"))?;
        let workbook = open_any(&bytes, &Limits::for_own_files())
            .map_err(|refusal| anyhow!("“{shown}”读不出来：{}", refusal.sentence))?;
        let decisions = Decisions::read(&workbook, plan);
        ensure!(decisions.is_some(), "“{shown}”里没有“匹配复核”表，--decisions 后面应是上次核对写出的汇总工作簿");
        Ok(Self { decisions: decisions.unwrap_or_default(), explanations: explanations(&workbook) })
    }

    /// The decisions that could not be applied, as the findings report them.
    pub(super) fn unapplied(&self) -> Vec<UnappliedDecision> {
        let refused = self.decisions.refused.iter().cloned();
        refused
            .map(|refused| UnappliedDecision {
                township: refused.township,
                file: refused.file,
                task: refused.task,
                words: refused.words,
                why: refused.why,
            })
            .collect()
    }

    /// Adds what the townships explained in workbooks that count: for each submission, what came with it. Nobody explains
    /// another township's findings.
    pub(super) fn hear(&mut self, explained: &[Vec<Explanation>], submissions: &[Head]) {
        let read = submissions.iter().filter(|head| head.status == SubmissionStatus::Read);
        let own: BTreeSet<(&str, &str)> =
            read.filter_map(|head| Some((head.file.as_str(), head.township.as_deref()?))).collect();
        for (Head { file, .. }, explained) in submissions.iter().zip(explained) {
            let entitled = explained.iter().filter(|explanation| {
                explanation.township.as_deref().is_some_and(|township| own.contains(&(file.as_str(), township)))
            });
            self.explanations.extend(entitled.cloned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_township_explains_its_own_findings_only() {
        let mut head = Head { file: "北岙.xlsx".into(), township: Some("北岙街道".into()), ..Head::default() };
        let explanation = |township: &str| Explanation {
            code: "outlier".into(),
            township: Some(township.into()),
            task: Some(1),
            found: None,
            words: "属实".into(),
        };
        let explained = [vec![explanation("北岙街道"), explanation("东屏街道")]];
        let mut answers = Answers::default();
        answers.hear(&explained, std::slice::from_ref(&head));
        assert_eq!(answers.explanations, [explanation("北岙街道")]);
        head.status = SubmissionStatus::Superseded;
        let mut answers = Answers::default();
        answers.hear(&explained, &[head]);
        assert_eq!(answers.explanations, []);
    }
}
