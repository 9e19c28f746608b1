//! Prints the scores of one part.

use std::io::{self, Write};

use super::found::FindingScore;
use super::score::{Score, ScoredRow};
use crate::matches::Outcome;

/// Prints to standard output; a closed pipe is no failure of ours.
pub(super) fn print(name: &str, score: &Score, mistakes: bool) {
    let _ = write(&mut io::stdout().lock(), name, score, mistakes);
}

fn write(out: &mut impl Write, name: &str, score: &Score, mistakes: bool) -> io::Result<()> {
    writeln!(out, "== {name}：{}行", score.rows.len())?;
    writeln!(out, "记录：漏认{}行，多认{}行", score.not_found.len(), score.surplus.len())?;
    for (kind, rows, right) in score.by_kind() {
        writeln!(out, "  {kind:<9} {rows:>4}行  最可能的答案正确 {:.1}%", right * 100.0)?;
    }
    for (baseline, right) in &score.baselines {
        writeln!(out, "  基线 {baseline}：{:.1}%", right * 100.0)?;
    }
    let wrong = score.wrong_but_certain();
    #[expect(clippy::cast_precision_loss, reason = "there are some thousand rows at most")]
    let wrong_share = wrong.len() as f64 / score.rows.len().max(1) as f64;
    writeln!(
        out,
        "错而未标复核：{}行（{:.2}%）；留待复核：{:.1}%",
        wrong.len(),
        wrong_share * 100.0,
        score.review_share() * 100.0
    )?;
    writeln!(out, "清单外：查准 {:.3}，查全 {:.3}", score.extra_precision(), score.extra_recall())?;
    writeln!(out, "校准误差：{:.4}", score.calibration_error())?;
    for (rows, stated, right) in score.calibration().into_iter().filter(|(rows, ..)| *rows > 0) {
        writeln!(out, "  自报 {stated:.3}  实际 {right:.3}  {rows}行")?;
    }
    if mistakes {
        let list = |row: &&ScoredRow| !row.is_right() || row.outcome == Outcome::Review;
        for row in score.rows.iter().filter(list) {
            let mark = if row.is_wrong_but_certain() { "错" } else { "复核" };
            writeln!(
                out,
                "{mark} {} {} 应为{:?} 答{:?} {:?} {:.3} {}",
                row.place, row.kind, row.truth_tasks, row.tasks, row.outcome, row.confidence, row.words
            )?;
        }
        for place in &score.not_found {
            writeln!(out, "漏认 {place}")?;
        }
        for place in &score.surplus {
            writeln!(out, "多认 {place}")?;
        }
    }
    writeln!(out)
}

/// Prints how the findings fared.
pub(super) fn print_findings(score: &FindingScore, mistakes: bool) {
    let _ = write_findings(&mut io::stdout().lock(), score, mistakes);
}

#[expect(clippy::cast_precision_loss, reason = "there are some thousand findings at most")]
fn write_findings(out: &mut impl Write, score: &FindingScore, mistakes: bool) -> io::Result<()> {
    let planted: usize = score.by_code.values().map(|(planted, _)| planted).sum();
    let found: usize = score.by_code.values().map(|(_, found)| found).sum();
    writeln!(
        out,
        "问题：应有{planted}处，找到{found}处（{:.1}%），没找到的有{}处在对应不对或待确认的行；误报{}条，每份报表{:.2}条（另有{}条在对应不对或待确认的行）",
        found as f64 / planted.max(1) as f64 * 100.0,
        score.missed_by_match,
        score.alarms.len(),
        score.alarms.len() as f64 / score.reports.max(1) as f64,
        score.alarms_by_match.len()
    )?;
    for (code, (planted, found)) in &score.by_code {
        writeln!(out, "  {code:<24} 应有{planted:>3}处  找到{found:>3}处")?;
    }
    if mistakes {
        for place in &score.missed {
            writeln!(out, "漏报问题 {place}")?;
        }
        for place in &score.alarms {
            writeln!(out, "误报问题 {place}")?;
        }
        for place in &score.alarms_by_match {
            writeln!(out, "对应所致 {place}")?;
        }
    }
    writeln!(out)
}
