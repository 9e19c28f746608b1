//! Do the words of a clause say that something is left to be done?

use super::holds;
use super::lexicon::{
    ADVERBS, BEGINNINGS, ENDINGS, FUTURE, GOES_ON, GOING_ON, HINDRANCES, JUST_BEGUN, MEASURES, NO_HARM, NOT_GOING_ON,
    PARTS, REMAINDERS, SETTLED, UNFINISHED, UPKEEP, WAITING, WORK,
};
use crate::findings::context::Row;
use crate::numeral::{self, digit};
use crate::records::values::quantity::arabic;

/// Whether a clause says that something was not done: 还有两处没动工, 图纸未出. 未发生 does no harm.
pub(super) fn is_left_undone(clause: &str) -> bool {
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
pub(super) fn is_remainder(clause: &str) -> bool {
    REMAINDERS.stand_in(clause) && !SETTLED.stand_in(clause) && !UPKEEP.stand_in(clause) && {
        // 还有 and 其余 go on with anything; something must be lacking.
        let sure = REMAINDERS.stand_in(&GOES_ON.taken_out_of(clause));
        sure || holds(clause, &["待", "在", "等", "要", "不", "难", "没", "未", "排", "下半年", "明年"])
    }
}

/// Whether a clause says that only a part was reached: 完成80%, 5个村做了3个, 路面浇了一半.
pub(super) fn is_in_part(row: &Row<'_>, clause: &str) -> bool {
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
            let arabic = arabic(words.unwrap_or(rest));
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
        let arabic = arabic(rest);
        let number = arabic.or_else(|| numeral::read(rest).map(|numeral| (numeral.value, numeral.length)));
        let (value, length) = number.unwrap_or((0.0, rest.chars().next().map_or(1, char::len_utf8)));
        at += length;
        let measure = clause[at..].chars().next().filter(|c| number.is_some() && MEASURES.contains(*c));
        counts.extend(measure.map(|measure| (value, measure, at + measure.len_utf8())));
    }
    counts
}

/// Whether a clause tells of work that goes on, waits, is hindered or was only just begun.
pub(super) fn is_open(row: &Row<'_>, clause: &str) -> bool {
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
