//! Do the reporter's own words contradict the status beside them?

mod lexicon;

use self::lexicon::{
    ADVERBS, AHEAD, BEGINNINGS, DONE, ENDINGS, EXCEPT, FINISHED, FUTURE, GOES_ON, GOING_ON, HINDRANCES, JUST_BEGUN,
    LATER, MEASURES, NO_HARM, NOT_GOING_ON, NOT_WHOLLY, NOTHING_YET, OF_THE_PERIOD, OTHER_WORDS, PARTS, PREPARING,
    REMAINDERS, SETTLED, STAGES, STOCK, TIMES, UNFINISHED, UPKEEP, VERBS, VISIBLE, WAITING, WHOLE, WORK,
};
use super::context::{Row, quote, shorten, title_of};
use crate::list::Field;
use crate::numeral::{self, digit};
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

/// Whether a clause says that something was not done: 还有两处没动工, 图纸未出. 未发生 does no harm.
fn is_left_undone(clause: &str) -> bool {
    let undone = |(at, negation): (usize, &str)| {
        let mut rest = &clause[at + negation.len()..];
        while let Some(adverb) = ADVERBS.beginning(rest).next() {
            rest = &rest[adverb.len()..];
        }
        let doubled = ["无一", "没有一", "不"].iter().any(|word| clause[..at].ends_with(word));
        // 图纸还没出 lacks something, 没出火 nothing.
        let lacking = rest == "出" || WORK.beginning(rest).next().is_some();
        !doubled && lacking && NO_HARM.beginning(rest).next().is_none()
    };
    let all_of_them = clause.contains("无一") || clause.contains("没有一");
    !all_of_them && (clause.match_indices('未').any(undone) || clause.match_indices('没').any(undone))
}

/// Whether a clause tells of what is left over: 剩余3户下季度完成.
fn is_remainder(clause: &str) -> bool {
    REMAINDERS.stand_in(clause) && !SETTLED.stand_in(clause) && !UPKEEP.stand_in(clause) && {
        // 还有 and 其余 go on with anything; something must be lacking.
        let sure = REMAINDERS.stand_in(&GOES_ON.taken_out_of(clause));
        sure || holds(clause, &["待", "在", "等", "要", "不", "难", "没", "未", "排", "下半年", "明年"])
    }
}

/// Whether a clause says that only a part was reached: 完成80%, 5个村做了3个, 路面浇了一半.
fn is_in_part(row: &Row<'_>, clause: &str) -> bool {
    let share = row.record.values.target.as_ref().and_then(|target| target.unit.as_deref()) == Some("%")
        || row.indicator().is_some_and(|indicator| indicator.unit == "%");
    let staged = holds(clause, &["处于", "处在"]) && clause.contains("阶段");
    // 到2月20日才完成 is late, and done.
    let part = PARTS.stand_in(clause.trim_end_matches("才完成"));
    staged || part || (!share && states_share(clause)) || counts_fewer(clause)
}

/// Whether a share below the whole follows 完成 or 进度: 完成80%.
fn states_share(clause: &str) -> bool {
    ["完成", "进度", "工程量"].iter().any(|word| {
        clause.split(word).skip(1).any(|rest| {
            let rest =
                rest.trim_start_matches(['了', '达', '到', '约', '已', '率', '近', '的', '过', '总', '进', '度']);
            let words = rest.strip_prefix("百分之");
            let arabic = crate::records::values::quantity::arabic(words.unwrap_or(rest));
            let numeral = || numeral::read(words.unwrap_or(rest)).map(|numeral| (numeral.value, numeral.length));
            arabic.or_else(numeral).is_some_and(|(share, length)| {
                let after = &words.unwrap_or(rest)[length..];
                let of_ten = words.is_none() && after.starts_with('成') && share < 10.0;
                of_ten || (share < 100.0 && (words.is_some() || after.starts_with('%')))
            })
        })
    })
}

/// Whether a clause counts some of what it counts in all: 8户里签了5户.
fn counts_fewer(clause: &str) -> bool {
    const OTHERWISE: &[char] =
        &['比', '少', '多', '增', '减', '每', '第', '另', '新', '超', '、', '级', '类', '和', '及'];
    let counts = counts(clause);
    counts.windows(2).any(|pair| {
        let [(all, measure, end), (part, again, last)] = pair else { return false };
        // 5个村建了3个凉亭 counts other things; so does what follows at once.
        let apart = clause[*end..*last].chars().count() > 3;
        measure == again && part < all && apart && *last == clause.len()
    }) && !clause.contains(OTHERWISE)
        && !holds(clause, &["其中", "去年", "上年", "往年", "上期", "上季", "年初", "原来"])
}

/// The figures of a clause that stand before a measure word: the number, the word, and the place after it.
fn counts(clause: &str) -> Vec<(f64, char, usize)> {
    let mut counts = Vec::new();
    let mut at = 0;
    while at < clause.len() {
        let rest = &clause[at..];
        let arabic = crate::records::values::quantity::arabic(rest);
        let number = arabic.or_else(|| numeral::read(rest).map(|numeral| (numeral.value, numeral.length)));
        let (value, length) = number.unwrap_or((0.0, rest.chars().next().map_or(1, char::len_utf8)));
        at += length;
        let measure = clause[at..].chars().next().filter(|c| number.is_some() && MEASURES.contains(*c));
        counts.extend(measure.map(|measure| (value, measure, at + measure.len_utf8())));
    }
    counts
}

/// Whether a clause tells of work that goes on, waits, is hindered or was only just begun.
fn is_open(row: &Row<'_>, clause: &str) -> bool {
    let told = NOT_GOING_ON.taken_out_of(clause);
    let clause = told.as_str();
    let ahead = FUTURE.stand_in(clause) && (BEGINNINGS.stand_in(clause) || ENDINGS.stand_in(clause));
    // Of a task that asks to begin something, a beginning is the end.
    let asks_to_begin = row.task().is_some_and(|task| holds(&task.content, &["启动", "开工"]));
    let waits = WAITING.stand_in(clause) || (clause.starts_with(['等', '待']) && !clause.starts_with("等级"));
    // 返工中.
    let going_on =
        GOING_ON.stand_in(clause) || is_being_done(clause) || (clause.ends_with('中') && clause.chars().count() > 2);
    UNFINISHED.stand_in(clause)
        || going_on
        || waits
        || HINDRANCES.stand_in(clause)
        || ahead
        || (JUST_BEGUN.stand_in(clause) && !asks_to_begin)
}

/// Whether the figures of the row say that the target is reached.
fn is_reached(row: &Row<'_>) -> bool {
    row.record.values.rate.or_else(|| super::row::completion(row)).is_some_and(|rate| rate >= 0.9995)
}

/// Whether something is just being done, or was put off: 现正组织复工, 拆除排在八月. 1正3副 are officers.
fn is_being_done(clause: &str) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || digit(c).is_some() || c == '十';
    let characters: Vec<char> = clause.chars().collect();
    characters.windows(2).enumerate().any(|(at, pair)| {
        let before = at.checked_sub(1).is_some_and(|before| numeral(characters[before]));
        let after = characters.get(at + 2).copied().unwrap_or_default();
        let put_off = pair[0] == '排' && matches!(pair[1], '到' | '在') && (numeral(after) || "下明年".contains(after));
        (pair[0] == '正' && !before && !numeral(pair[1])) || (put_off && after != char::default())
    })
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

/// Whether a clause says that nothing was done yet.
fn says_nothing_yet(clause: &str) -> bool {
    // 接待 awaits nothing, and 等 after a list only ends it; 说等口筐验收了再讲 puts off.
    let told = OTHER_WORDS.taken_out_of(clause);
    let put_off = told.split_once('等').is_some_and(|(_, rest)| rest.contains('再'));
    NOTHING_YET.stand_in(&told) || told.starts_with('等') || put_off
}

fn prepares(clause: &str) -> bool {
    PREPARING.stand_in(clause)
}

/// Whether a clause counts something that was done: a figure with its measure word.
fn counts_work(clause: &str) -> bool {
    has_count(clause) && !STOCK.stand_in(clause) && !prepares(clause)
}

/// Whether a figure stands before a measure word: 11期, 二十五次.
fn has_count(clause: &str) -> bool {
    let characters: Vec<char> = clause.chars().collect();
    let is_figure = |c: char| c.is_ascii_digit() || digit(c).is_some() || matches!(c, '十' | '百' | '千');
    (1..characters.len()).any(|at| {
        let before =
            if at >= 2 && matches!(characters[at - 1], '余' | '多' | '来' | '几') { at - 2 } else { at - 1 };
        is_figure(characters[before]) && MEASURES.contains(characters[at])
    })
}

/// Whether a clause tells of work done: a verb of completion, with a figure.
fn tells_work(clause: &str) -> bool {
    let figure = clause.chars().any(|c| c.is_ascii_digit()) || has_count(clause);
    says_done(clause) || (figure && VERBS.stand_in(clause)) || tells_something_done(clause)
}

/// Whether a clause holds a word of work that was done, and does not deny it: 评上, 没评上.
fn says_done(clause: &str) -> bool {
    let denied = |at: usize| clause[..at].ends_with(['没', '未', '待', '等']);
    DONE.stand_in(clause) && DONE.iter().any(|word| clause.match_indices(word).any(|(at, _)| !denied(at)))
}

/// Whether a clause says that something that can be seen was done: 已收了, 墙砌好了, 路基做完.
fn tells_something_done(clause: &str) -> bool {
    // 试点已在东沙推开.
    let spread = clause
        .split_once('已')
        .is_some_and(|(_, rest)| ["推开", "铺开", "展开"].iter().any(|word| rest.ends_with(word)));
    let characters: Vec<char> = clause.chars().collect();
    spread
        || characters.windows(2).enumerate().any(|(at, pair)| {
            let said = at.checked_sub(1).map(|before| characters[before]);
            let already = matches!(said, Some('已' | '经'));
            let up = pair[1] == '上' && matches!(characters.get(at + 2), None | Some('了'));
            let at_last =
                pair[1] == '完' && at + 2 == characters.len() && !matches!(pair[0], '未' | '没' | '不' | '等' | '待');
            // 已核完两个村: what was done is done, whatever is left. To have held a meeting is no work yet.
            let through = already && pair[1] == '完' && !"开说谈看议摸未没不".contains(pair[0]);
            at_last
                || through
                || VISIBLE.contains(pair[0]) && (matches!(pair[1], '好' | '完') || up || (already && pair[1] == '了'))
        })
}

/// 推进中 or 滞后 beside a narrative that says, as a whole, that nothing was begun or that everything is done.
pub(super) fn under_way(row: &Row<'_>) -> Option<(String, Status)> {
    let text = row.record.text(Field::Progress);
    // Characters first: they leave few narratives that must be read.
    let may_be_done =
        super::row::completion(row).is_none_or(|share| share >= 1.0) && text.contains(BEGINNINGS_OF_WHOLE);
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

/// The first characters of the words of [`WHOLE`].
const BEGINNINGS_OF_WHOLE: [char; 5] = ['全', '均', '都', '竣', '完'];

/// Whether a narrative may state a status, as a whole or in what it begins with, or begin with what was left undone. It is
/// asked as it is written: its clauses end where they do when it is made compact.
fn may_begin_with_a_state(text: &str) -> bool {
    let mut clauses = text.split(['。', ';', '；', ',', '，', '!', '！', '…']);
    let first = clauses.find(|clause| !clause.is_empty()).unwrap_or_default();
    may_state_a_status(first) || may_state_a_status(text) || first.contains(['未', '没'])
}

/// The clause that says that nothing was begun, where the clauses say nothing else: only this one tells of work, or all
/// of them tell of none.
fn idle_as_a_whole<'c>(clauses: &[&'c str]) -> Option<&'c str> {
    let idle = |clause: &&&str| status_of(clause) == Some(Status::NotStarted);
    let (first, rest) = clauses.split_first()?;
    let begins = idle(&first);
    // Nearly all narratives begin otherwise, and no more of them needs to be read.
    if !begins && !is_left_undone(first) {
        return None;
    }
    let begins_idle = begins && !rest.iter().any(|clause| tells_work(clause) || clause.contains('已'));
    // 合同未签，未启动.
    let is_idle = begins_idle || clauses.iter().all(|clause| idle(&clause) || is_left_undone(clause));
    clauses.iter().find(|clause| is_idle && idle(clause)).copied()
}

/// Whether all clauses together say that the task is done: 12户全部完成, 已于5月全部完工并投入使用.
fn is_all_done(clauses: &[&str]) -> bool {
    // Words first: they leave few narratives whose clauses must be read.
    let of_part = |clause: &&str| STAGES.stand_in(clause) || OF_THE_PERIOD.stand_in(clause);
    if !clauses.iter().any(|clause| WHOLE.stand_in(clause)) || clauses.iter().any(of_part) {
        return false;
    }
    // 四个村都已完工: what all of them are.
    let of_all = |clause: &str| ["都", "均", "全"].iter().filter_map(|word| clause.find(word)).min();
    let done = |clause: &str| {
        let told = without_counts(clause);
        let tail = of_all(&told).map_or("", |at| &told[at..]);
        [told.as_str(), tail].iter().any(|words| status_of(words) == Some(Status::Completed))
    };
    let mut any = false;
    for clause in clauses {
        if done(clause) {
            any = true;
        } else if !UPKEEP.stand_in(clause) {
            return false;
        }
    }
    any
}

/// The clause without what it counts and when: 12户, 于5月.
fn without_counts(clause: &str) -> String {
    let mut left = String::new();
    let mut rest = clause;
    while let Some(c) = rest.chars().next() {
        let length = crate::records::values::quantity::arabic(rest).map(|(_, length)| length);
        if let Some(length) = length {
            rest = &rest[length..];
            let word = rest.chars().next().filter(|c| MEASURES.contains(*c) || matches!(c, '月' | '日' | '年'));
            rest = &rest[word.map_or(0, char::len_utf8)..];
        } else {
            if !matches!(c, '于' | '底' | '并') {
                left.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    left
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
    fn the_beginnings_are_those_of_the_words_of_the_whole() {
        assert!(WHOLE.iter().all(|word| word.starts_with(BEGINNINGS_OF_WHOLE)));
    }

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
