//! Is a task told more than once?

mod figures;
mod parts;

use self::figures::{are_equal, count_the_same, state_the_same};
use self::parts::{
    is_another_part, is_counted_under, is_second_report, is_village, name_one_thing, name_places, refers_to_another,
};
use super::context::{Context, Row, cite, cite_numbers};
use super::finding::{Finding, Kind, Severity};
use super::wording::{fold, likeness_of_names};
use crate::list::{Field, Task};
use crate::matches::Outcome;
use crate::records::Entry;
use crate::records::values::Status;

pub(super) static DUPLICATE_ROW: Kind = Kind {
    code: "duplicate-row",
    title: "一项报了两行",
    severity: Severity::Warning,
    reports: "同一任务的同一指标报了不止一行，并且不是分村、分指标的关系；说明几行是否矛盾。",
    matters: "数据重复计算，或者不知道该用哪一行。",
    remedy: "请保留一行，删去另一行；确是分项的，请写明各是哪一部分。",
    example: "第57项在第36行报1家、第43行报2家：删去写错的一行后消除。",
};

/// Finds rows that tell a task again.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    rows_of_one_task(context, findings);
    replaced(context, findings);
}

/// Rows of one township, task and indicator that none is a part of the other.
fn rows_of_one_task(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let answers = context.rows().enumerate().filter_map(|(place, row)| {
        match (row.township(), row.matched.outcome, row.matched.tasks.as_slice()) {
            (Some(township), Outcome::Matched | Outcome::Review, [task]) => {
                Some((township, *task, Answer { row, place, nth: 0 }))
            }
            _ => None,
        }
    });
    let mut answers: Vec<(&str, u32, Answer<'_>)> = answers.collect();
    answers.sort_by_key(|(township, task, _)| (*township, *task));
    let of_one_task = |one: &(&str, u32, _), next: &(&str, u32, _)| (one.0, one.1) == (next.0, next.1);
    for rows in answers.chunk_by(of_one_task).filter(|rows| rows.len() > 1) {
        let numbered = rows.iter().enumerate();
        let rows: Vec<Answer<'_>> = numbered.map(|(nth, (.., answer))| Answer { nth, ..*answer }).collect();
        let sure: Vec<Row<'_>> =
            rows.iter().map(|one| one.row).filter(|row| row.matched.outcome == Outcome::Matched).collect();
        let for_targets = is_one_for_each_target(&sure);
        for (index, answer) in rows.iter().enumerate().skip(1) {
            let doubled = |first: &&Answer<'_>| {
                let surely = [*first, answer].iter().all(|one| one.row.matched.outcome == Outcome::Matched);
                (surely && !for_targets && !are_parts_beside(first, answer) && is_duplicate(&first.row, &answer.row))
                    || (!(surely && for_targets) && is_told_again(first, answer))
                    || (surely
                        && first.row.submission.file == answer.row.submission.file
                        && refers_to_another(&answer.row))
                    || (surely && (state_the_same(&first.row, &answer.row) || count_the_same(&first.row, &answer.row)))
                    || (surely && tells_in_short(&first.row, &answer.row))
            };
            if let Some(first) = rows[..index].iter().find(doubled) {
                findings.push(duplicate(&first.row, &answer.row));
            }
        }
    }
}

/// A row that answers a task, and its place among all rows.
#[derive(Clone, Copy)]
struct Answer<'a> {
    row: Row<'a>,
    place: usize,
    /// Its place among the rows of its task.
    nth: usize,
}

impl Answer<'_> {
    /// Whether no row of another task stands between this row and a later one.
    fn stands_with(&self, later: &Self) -> bool {
        later.place - self.place == later.nth - self.nth
    }
}

/// Whether two rows stand on one sheet of one file.
fn on_one_sheet(one: &Row<'_>, other: &Row<'_>) -> bool {
    one.submission.file == other.submission.file && one.record.sheet == other.record.sheet
}

/// Whether a task that was told is told again elsewhere on the sheet, with other tasks between: parts of a task stand
/// together.
fn is_told_again(first: &Answer<'_>, again: &Answer<'_>) -> bool {
    let (one, other) = (&first.row, &again.row);
    let indicators = one.matched.indicator.zip(other.matched.indicator);
    !first.stands_with(again)
        && on_one_sheet(one, other)
        && one.record.key.is_none()
        && one.record.group != other.record.group
        && indicators.is_none_or(|(one, other)| one == other)
        && is_village(one) == is_village(other)
        && !is_another_part(one, other)
        && (measure_alike(one, other) || tells_in_words(one, other))
        && !tell_other_clauses(one, other)
        && (are_alike(one, other) || is_one_demand(one, other))
}

/// Whether two rows surely answer a task that asks for one thing: then nothing is left that one of them could tell alone.
fn is_one_demand(one: &Row<'_>, other: &Row<'_>) -> bool {
    /// As sure as this, both.
    const SURE: f64 = 0.9;
    let sure = [one, other].iter().all(|row| row.task().is_some() && row.matched.confidence >= SURE);
    let demands =
        |task: &Task| task.content.split([',', ';', '。', '，', '；']).filter(|clause| !clause.is_empty()).count();
    sure && one.task().is_some_and(|task| task.indicators.len() <= 1 && demands(task) <= 2)
}

/// Whether two rows that stand together tell parts of a task: one name over different contents, or one beginning with
/// different ends (整治村 东岙, 整治村 岙仔), or names of their own and no target but a few pieces.
fn are_parts_beside(first: &Answer<'_>, next: &Answer<'_>) -> bool {
    /// Targets of so many pieces agree by chance.
    const FEW: f64 = 5.0;
    /// So many characters at most name what a task is about, and do not tell it.
    const LABEL: usize = 8;
    /// Targets of so many pieces hardly do.
    const MANY: f64 = 50.0;
    let (one, other) = (&first.row, &next.row);
    let together = first.stands_with(next) && on_one_sheet(one, other);
    if !together || [one, other].iter().any(|row| row.record.key.is_some() || is_second_report(row)) {
        return false;
    }
    if name_places(one, other) || is_counted_under(one, other) {
        return true;
    }
    let many = one.record.values.target.as_ref().is_some_and(|target| target.value > MANY);
    if many && same_target(one, other) == Some(true) {
        return false;
    }
    if tells_the_same_figures(one, other) && (holds_the_name(one, other) || tells_one_story(one, other)) {
        return false;
    }
    let text = |row: &Row<'_>, field: Field| fold(&row.record.text(field));
    let contents = [one, other].map(|row| text(row, Field::Content));
    // One short word for all of them only says which task they belong to: 体育设施 beside 笼式足球场 and 健身点.
    let label = contents[0] == contents[1] && contents[0].chars().count() <= LABEL;
    if contents.iter().all(|content| !content.is_empty()) && !label {
        return likeness_of_names(&contents[0], &contents[1]) < 0.3;
    }
    let names = [one, other].map(|row| text(row, Field::Name));
    if name_one_thing(&names[0], &names[1]) {
        return false;
    }
    let shared = names[0].chars().zip(names[1].chars()).take_while(|(one, other)| one == other).count();
    let ends = names.clone().map(|name| name.chars().skip(shared).collect::<String>());
    let begin_alike = shared >= 2 && ends.iter().all(|end| end.chars().count() >= 2);
    let pieces = one.record.values.target.as_ref().is_none_or(|target| target.value <= FEW);
    (begin_alike && likeness_of_names(&ends[0], &ends[1]) < 0.3)
        || (pieces && likeness_of_names(&names[0], &names[1]) < 0.4)
}

/// Whether two rows state a target and what was done of it, and both the same; the rate tells it where neither says how much.
/// Nothing and all of it agree by chance.
fn tells_the_same_figures(one: &Row<'_>, other: &Row<'_>) -> bool {
    let [values, others] = [one, other].map(|row| &row.record.values);
    let same = match (&values.done, &others.done) {
        (Some(done), Some(again)) => are_equal(done, again),
        (None, None) => {
            let between = |rate: &f64| *rate > 0.0 && *rate < 1.0;
            let rates = values.rate.filter(between).zip(others.rate);
            rates.is_some_and(|(rate, again)| (rate - again).abs() < f64::EPSILON)
        }
        _ => false,
    };
    same && same_target(one, other) == Some(true)
}

/// Whether the narratives of two rows have words in common.
fn tells_one_story(one: &Row<'_>, other: &Row<'_>) -> bool {
    const SHARED: usize = 3;
    let [one, other] = [one, other].map(|row| {
        let mut told = pairs(&[Field::Progress, Field::Plan].map(|field| fold(&row.record.text(field))).concat());
        told.sort_unstable();
        told.dedup();
        told
    });
    one.iter().filter(|pair| other.contains(pair)).count() >= SHARED
}

/// Whether the name of one row, of some length, stands in that of the other.
fn holds_the_name(one: &Row<'_>, other: &Row<'_>) -> bool {
    const SHORTEST: usize = 4;
    let [one, other] = [one, other].map(|row| fold(&row.record.text(Field::Name)));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.chars().count() >= SHORTEST && long.contains(&short)
}

/// Whether a row without figures says in few words what another one without figures says: its content, its state and the
/// words of its narrative, 周调度、月通报、季研判 beside the list's own text.
fn tells_in_short(one: &Row<'_>, other: &Row<'_>) -> bool {
    let content = |row: &Row<'_>| fold(&row.record.text(Field::Content));
    let (first, again) = (content(one), content(other));
    on_one_sheet(one, other)
        && one.record.key.is_none()
        && one.record.group != other.record.group
        && ![one, other].into_iter().any(states_figures)
        && one.record.values.status == other.record.values.status
        && name_one_thing(&first, &again)
        && tells_one_story(one, other)
        && !is_another_part(one, other)
}

/// Whether a row far from another that states figures tells the same in words alone, as surely as can be.
fn tells_in_words(one: &Row<'_>, other: &Row<'_>) -> bool {
    /// As sure as this, both.
    const SURE: f64 = 0.99;
    let sure = [one, other].iter().all(|row| row.matched.confidence >= SURE);
    sure && !states_figures(other) && one.task().is_some_and(|task| task.indicators.len() <= 1)
}

/// Whether a row states a target or what was done of it.
fn states_figures(row: &Row<'_>) -> bool {
    row.record.values.target.is_some() || row.record.values.done.is_some()
}

/// Whether two rows state no target, or targets in one unit.
fn measure_alike(one: &Row<'_>, other: &Row<'_>) -> bool {
    let unit = |row: &Row<'_>| row.record.values.target.as_ref().map(|target| target.unit.clone());
    match (unit(one), unit(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => true,
        _ => false,
    }
}

/// Whether each of two rows takes up clauses of the official content that the other leaves.
fn tell_other_clauses(one: &Row<'_>, other: &Row<'_>) -> bool {
    let Some(task) = one.task().or_else(|| other.task()) else { return false };
    let clauses: Vec<String> = task
        .content
        .split([',', ';', '。', '、', '，', '；'])
        .map(fold)
        .filter(|clause| clause.chars().count() >= 4)
        .collect();
    let taken = |row: &Row<'_>| -> Vec<bool> {
        let words = fold(&[Field::Name, Field::Content, Field::Indicator].map(|field| row.record.text(field)).concat());
        clauses.iter().map(|clause| holds(&words, clause)).collect()
    };
    let (one, other) = (taken(one), taken(other));
    let both = one.iter().zip(&other).any(|(one, other)| *one && *other);
    !both && one.contains(&true) && other.contains(&true)
}

/// Whether a text holds half of the pairs of characters of a clause.
fn holds(text: &str, clause: &str) -> bool {
    let pairs: Vec<[char; 2]> = pairs(clause);
    let text = self::pairs(text);
    2 * pairs.iter().filter(|pair| text.contains(pair)).count() >= pairs.len()
}

fn pairs(text: &str) -> Vec<[char; 2]> {
    let characters: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    characters.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// Words that stand in every other row.
const EVERYWHERE: &[&str] = &[
    "推进", "完成", "建设", "任务", "工作", "项目", "发展", "开展", "落实", "改革", "各项", "街道", "乡镇", "目前",
    "已经",
];

/// Whether two rows share words of name and content, a target, or much of their narrative. Where one of them waits for
/// a person, words of the task are not enough: they are why it may be that task.
fn are_alike(one: &Row<'_>, other: &Row<'_>) -> bool {
    // What stands in a column of both is their place or their office, and says nothing.
    let shared = |entry: &Entry, row: &Row<'_>| {
        row.record.entries.iter().any(|own| own.at.column == entry.at.column && own.text == entry.text)
    };
    let words_beside = |row: &Row<'_>, beside: &Row<'_>| -> String {
        let named = |entry: &&Entry| matches!(entry.field, Some(Field::Name | Field::Content));
        let own = |entry: &&Entry| entry.field.is_none() && !shared(entry, beside);
        let said = row.record.entries.iter().filter(|entry| named(entry) || own(entry));
        said.map(|entry| fold(&entry.text)).collect()
    };
    let bare = |text: &str| EVERYWHERE.iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    let in_both = |one: &str, other: &str| {
        let (mut mine, theirs) = (pairs(&bare(one)), pairs(&bare(other)));
        mine.sort_unstable();
        mine.dedup();
        mine.iter().filter(|pair| theirs.contains(pair)).count()
    };
    let common = in_both(&words_beside(one, other), &words_beside(other, one));
    let told = |row: &Row<'_>, beside: &Row<'_>| {
        format!("{}{}", words_beside(row, beside), fold(&row.record.text(Field::Progress)))
    };
    let sure = [one, other].iter().all(|row| row.matched.outcome == Outcome::Matched);
    (sure && common >= 2)
        || (same_target(one, other) == Some(true) && common >= 1)
        || in_both(&told(one, other), &told(other, one)) >= 4
}

/// Rows of an earlier file that a correction replaced: the row that counts names the one that does not.
fn replaced(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let read = context.submissions.iter().filter(|matched| matched.submission.status.counts());
    for matched in read {
        let old = &matched.submission;
        for (index, by) in &old.replaced {
            let (Some(record), Some((sheet, cell))) = (old.records.get(*index), &by.by_row) else { continue };
            let tasks = matched.matches.get(*index).map(|one| one.tasks.clone()).unwrap_or_default();
            let number = record.at.row_number();
            let only = <[u32; 1]>::try_from(tasks.as_slice()).ok().and_then(|[task]| context.plan.task(task));
            let task = only.map_or_else(|| cite_numbers(&tasks), cite);
            let message = format!("{task}在“{}”第{number}行已经报过，这一行是更正，以这一行为准，请核对。", old.file);
            let finding = Finding::new(&DUPLICATE_ROW, message).township(old.township.value.as_deref()).tasks(&tasks);
            let finding =
                finding.at(&by.by_file, Some(sheet), Some(*cell)).found(format!("“{}”第{number}行", old.file));
            findings.push(finding.expected("一项只有一行计入").fix("核对无误的不必改"));
        }
    }
}

/// Whether a task with several targets has a row for each of some of them on one sheet: some targets differ, and there
/// are no more rows than targets. Two of them may agree by chance.
fn is_one_for_each_target(rows: &[Row<'_>]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let targets = first.task().map_or(0, |task| task.indicators.len());
    (3..=targets).contains(&rows.len())
        && rows.iter().all(|row| on_one_sheet(first, row))
        && rest.iter().zip(rows).any(|(row, before)| same_target(before, row) == Some(false))
}

/// Whether two rows of one task say the same thing of the same indicator.
fn is_duplicate(first: &Row<'_>, row: &Row<'_>) -> bool {
    let same_file = first.submission.file == row.submission.file;
    if same_file && first.record.sheet == row.record.sheet && first.record.group == row.record.group {
        return false;
    }
    if let (Some(one), Some(other)) = (first.matched.indicator, row.matched.indicator)
        && one != other
    {
        return false;
    }
    if let (Some(one), Some(other)) = (&first.record.key, &row.record.key) {
        return one.task == other.task && one.indicator == other.indicator;
    }
    // A task with several targets may have a row for each of them, told apart by the targets alone.
    let several = row.task().is_some_and(|task| task.indicators.len() > 1);
    if several && same_file && same_target(first, row) == Some(false) {
        return false;
    }
    if is_village(first) != is_village(row) || is_another_part(first, row) {
        return false;
    }
    let name = |row: &Row<'_>| fold(&row.record.text(Field::Name));
    let content = |row: &Row<'_>| fold(&row.record.text(Field::Content));
    let names = likeness_of_names(&name(first), &name(row));
    let contents = likeness_of_names(&content(first), &content(row));
    let targets = same_target(first, row);
    if is_village(row) {
        return names > 0.99 && targets != Some(false);
    }
    let both_contents = !content(first).is_empty() && !content(row).is_empty();
    if both_contents {
        // One name over different clauses is a task that was split.
        let again = tells_the_same_figures(first, row) && tells_one_story(first, row);
        return contents >= 0.6 || (names >= 0.3 && targets == Some(true)) || again;
    }
    (names >= 0.2 && targets != Some(false)) || targets == Some(true)
}

/// Whether both rows state a target, and the same one.
fn same_target(first: &Row<'_>, row: &Row<'_>) -> Option<bool> {
    Some(are_equal(first.record.values.target.as_ref()?, row.record.values.target.as_ref()?))
}

fn duplicate(first: &Row<'_>, row: &Row<'_>) -> Finding {
    let place = |row: &Row<'_>, other: &Row<'_>| {
        let number = row.record.at.row_number();
        if row.submission.file != other.submission.file {
            format!("“{}”第{number}行", row.submission.file)
        } else if row.record.sheet == other.record.sheet {
            format!("第{number}行")
        } else {
            format!("“{}”第{number}行", row.sheet())
        }
    };
    let done = |row: &Row<'_>| row.record.values.done.as_ref().map(super::context::say);
    let (one, other) = (done(first), done(row));
    let conflict = match (&one, &other) {
        (Some(one), Some(other)) if one != other => format!("两行的完成数不同（那里{one}，这里{other}）"),
        _ if first.record.values.status != row.record.values.status => {
            let word = |row: &Row<'_>| row.record.values.status.map_or("没有写", Status::word);
            format!("两行的状态不同（那里{}，这里{}）", word(first), word(row))
        }
        _ => "两行的数不矛盾".to_owned(),
    };
    let task = cite_numbers(&row.matched.tasks);
    let doubted = [first, row].iter().any(|row| row.matched.outcome == Outcome::Review);
    let again = if doubted { "这里像是又填了一行" } else { "这里又填了一行" };
    let message = format!("{}在{}已经填报，{again}，{conflict}，请保留一行。", row.cited(), place(first, row));
    let finding = row.finding(&DUPLICATE_ROW, row.record.name_cell(), message).found(row.words());
    finding.expected(format!("{task}只报一行")).fix(format!("与{}核对后删去一行", place(first, row)))
}
