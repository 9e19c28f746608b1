//! Do the reporter's own words contradict the status beside them?

mod left;
mod lexicon;
mod whole;
mod worked;

use self::left::{is_in_part, is_left_undone, is_open, is_remainder};
use self::lexicon::{
    AHEAD, BEGINNINGS, ENDINGS, EXCEPT, FINISHED, FUTURE, HINDRANCES, LATER, NOT_WHOLLY, STAGES, TIMES, UNFINISHED,
    UPKEEP,
};
use self::whole::{BEGINNINGS_OF_WHOLE, ENDINGS_OF_WHOLE, idle_as_a_whole, is_all_done};
use self::worked::{counts_work, prepares, says_nothing_yet, tells_something_done, tells_work};
use super::context::{Row, quote, shorten, title_of};
use crate::list::Field;
use crate::records::values::written::compact;
use crate::records::values::{Status, may_state_a_status, status_of};
use crate::words::Words;

/// Whether a clause holds one of some words.
fn holds(clause: &str, words: &[&str]) -> bool {
    words.iter().any(|word| clause.contains(word))
}

/// 已完成 beside words of unfinished work: the words, and the status that would fit. `year`: the one that is reported.
pub(super) fn completed(row: &Row<'_>, year: u16) -> Option<(String, Status)> {
    let told = clauses(row, Field::Progress);
    let (whole, reached) = (told.iter().any(|clause| is_finished(clause)), is_reached(row));
    for (place, clause) in told.iter().enumerate() {
        if is_another(clause) || is_of_a_later_year(clause, year) {
            continue;
        }
        let plainly =
            !is_finished(clause) && UNFINISHED.iter().any(|word| clause.contains(word) && word.contains('未'));
        // Figures that reach the target do not outweigh 唯有林氏老宅至今无人签字，脚手架尚未搭起.
        let except =
            EXCEPT.beginning(clause).next().is_some() && told[place..].iter().take(2).any(|told| is_left_undone(told));
        let left = except || !reached && (is_left_undone(clause) || is_remainder(clause) || is_in_part(row, clause));
        let open = !whole && !reached && !UPKEEP.stand_in(clause) && is_open(row, clause);
        if plainly || left || open {
            return Some((says(row, Field::Progress, clause), Status::UnderWay));
        }
    }
    for clause in clauses(row, Field::Plan).iter().filter(|clause| !LATER.stand_in(clause)) {
        let begins = BEGINNINGS.stand_in(clause) && !clause.contains("常态");
        let future = FUTURE.stand_in(clause) || clause.contains("下一步");
        let finishes = holds(clause, &["完成", "建成", "竣工"]) && future;
        let upkeep = UPKEEP.stand_in(clause);
        // Where the figures reach the target, what comes by a date is the next piece of work.
        let dated = !upkeep && !reached && TIMES.stand_in(clause) && (begins || ENDINGS.stand_in(clause));
        let left = !upkeep && !reached && is_remainder(clause);
        if (begins && future) || finishes || dated || left {
            return Some((says(row, Field::Plan, clause), Status::UnderWay));
        }
    }
    // A narrative that tells the next step itself: 下一步将启动….
    told.into_iter()
        .find(|clause| clause.contains("下一步") && BEGINNINGS.stand_in(clause) && !LATER.stand_in(clause))
        .map(|clause| (says(row, Field::Progress, &clause), Status::UnderWay))
}

/// Whether a clause speaks of another, later piece of work; 争取明年完工 does not.
fn is_another(clause: &str) -> bool {
    let told = clause.replace("另定", "").replace("另行", "");
    let told = if FUTURE.stand_in(clause) && ENDINGS.stand_in(clause) { told.replace("明年", "") } else { told };
    LATER.stand_in(&told)
}

/// Whether a clause speaks of what is planned for a later year: 2025年度计划正在征求意见. 预计2025年完工 does not.
fn is_of_a_later_year(clause: &str, year: u16) -> bool {
    static PLANNED: Words = Words::new("度 计划 任务 工作 项目 方案 目标 指标 名单");
    let later = |(at, sign): (usize, &str)| {
        let before = clause[..at].char_indices().rev().nth(3).map_or("", |(start, _)| &clause[start..at]);
        let later = before.parse::<u16>().is_ok_and(|named| (year + 1..year + 10).contains(&named));
        later && PLANNED.beginning(&clause[at + sign.len()..]).next().is_some()
    };
    clause.match_indices('年').any(later) && !(FUTURE.stand_in(clause) && ENDINGS.stand_in(clause))
}

/// Whether a clause says that the work as a whole is finished.
fn is_finished(clause: &str) -> bool {
    let told = NOT_WHOLLY.taken_out_of(clause);
    FINISHED.stand_in(&told) && !FUTURE.stand_in(clause) && !STAGES.stand_in(clause) && !is_left_undone(clause)
}

/// Whether the figures of the row say that the target is reached.
fn is_reached(row: &Row<'_>) -> bool {
    row.record.values.rate.or_else(|| super::row::completion(row)).is_some_and(|rate| rate >= 0.9995)
}

/// 未启动 beside words of work done.
pub(super) fn not_started(row: &Row<'_>) -> Option<(String, Status)> {
    let clauses = clauses(row, Field::Progress);
    let worked = clauses.iter().position(|clause| tells_work(clause) && !prepares(clause));
    let waits = clauses.iter().position(|clause| says_nothing_yet(clause));
    // After work that was done, a clause that waits may speak of what is left: 路基做完，等铺面.
    let only_left = waits.is_none_or(|waits| {
        worked.is_some_and(|worked| worked < waits && tells_something_done(&clauses[worked]))
            && !clauses[waits..].iter().any(|clause| holds(clause, &["实施", "启动", "开工", "开展", "动工", "下达"]))
    });
    if !only_left {
        return None;
    }
    // Who asks around before the work begins has not begun it.
    let asking = clauses.iter().any(|clause| prepares(clause));
    let worked = worked.map(|worked| &clauses[worked]).filter(|worked| !(asking && worked.contains("走访")));
    let worked = worked.filter(|worked| !(asking && worked.contains('摸')));
    // Two things counted are work done, whatever the verb.
    let first_of_two = || {
        let counts = |clause: &&String| counts_work(clause) && !(asking && clause.contains('摸'));
        let mut counted = clauses.iter().filter(counts);
        let first = counted.next()?;
        counted.next().map(|_| first)
    };
    let worked = worked.or_else(first_of_two)?;
    Some((says(row, Field::Progress, worked), Status::UnderWay))
}

/// 推进中 or 滞后 beside a narrative that says, as a whole, that nothing was begun or that everything is done.
pub(super) fn under_way(row: &Row<'_>) -> Option<(String, Status)> {
    let text = row.record.text(Field::Progress);
    // Characters first: they leave few narratives that must be read.
    let may_be_done = super::row::completion(row).is_none_or(|share| share >= 1.0)
        && text.contains(BEGINNINGS_OF_WHOLE)
        && text.contains(ENDINGS_OF_WHOLE);
    if !may_be_done && !may_begin_with_a_state(&text) {
        return None;
    }
    let bare = compact(&text);
    let first = bare.split(['。', ';', '；']).next().unwrap_or_default();
    let of_first = || if first.len() < bare.len() { status_of(first) } else { None };
    match status_of(&bare).or_else(of_first) {
        Some(status @ Status::NotStarted) => return Some((says(row, Field::Progress, first), status)),
        Some(status @ Status::Completed) if bare == first && !bare.contains("阶段") => {
            return Some((says(row, Field::Progress, first), status));
        }
        _ => {}
    }
    let clauses: Vec<&str> = clauses_of(&bare).collect();
    if let Some(told) = idle_as_a_whole(&clauses) {
        return Some((says(row, Field::Progress, told), Status::NotStarted));
    }
    (may_be_done && is_all_done(&clauses)).then(|| (says(row, Field::Progress, first), Status::Completed))
}

/// Whether a narrative may state a status, as a whole or in what it begins with, or begin with what was left undone. It is
/// asked as it is written: its clauses end where they do when it is made compact.
fn may_begin_with_a_state(text: &str) -> bool {
    let mut clauses = text.split(['。', ';', '；', ',', '，', '!', '！', '…']);
    let first = clauses.find(|clause| !clause.is_empty()).unwrap_or_default();
    may_state_a_status(first) || may_state_a_status(text) || first.contains(['未', '没'])
}

/// 滞后 beside a narrative that says that the work goes faster than it must, or is done.
pub(super) fn behind(row: &Row<'_>) -> Option<(String, Status)> {
    let clauses = clauses(row, Field::Progress);
    let slow =
        clauses.iter().any(|clause| HINDRANCES.stand_in(clause) || is_left_undone(clause) || is_remainder(clause));
    if let Some(ahead) =
        clauses.iter().find(|clause| AHEAD.stand_in(clause) && !FUTURE.stand_in(clause)).filter(|_| !slow)
    {
        let fitting = if ahead.contains("完成") { Status::Completed } else { Status::UnderWay };
        return Some((says(row, Field::Progress, ahead), fitting));
    }
    under_way(row).filter(|(_, fitting)| *fitting == Status::Completed)
}

/// The words of a narrative, as part of a sentence.
fn says(row: &Row<'_>, field: Field, words: &str) -> String {
    format!("“{}”写着{}", title_of(row, field), quote(&shorten(words, 30)))
}

/// The clauses of a field, without spaces.
fn clauses(row: &Row<'_>, field: Field) -> Vec<String> {
    clauses_of(&compact(&row.record.text(field))).map(str::to_owned).collect()
}

/// The clauses of a text without spaces.
fn clauses_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', ';', '；', ',', '，', '!', '…']).filter(|clause| !clause.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrative_that_states_something_at_its_beginning_is_read() {
        for text in [
            "推进中！已签约3户",
            " 。未启动",
            "，尚未动工，等批复",
            "(一期)推进中，已建3处",
            "未 启动，待部署",
            "盘活□推进中",
        ] {
            assert!(may_begin_with_a_state(text), "{text}");
        }
        assert!(!may_begin_with_a_state("溯家关村先行试点，尚未验收"));
    }
}
