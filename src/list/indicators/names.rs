//! What is an indicator called, by the words around its figure, the figures beside it and the indicators before it?

use std::collections::BTreeMap;

use super::figures::Figure;
use super::{phrases, timing};
use crate::list::plan::Indicator;

/// Words that let several measures share one figure, behind 均: 均达到98%.
const REACH: [&str; 11] = ["达", "超", "稳定", "保持", "不低于", "不少于", "控制", "不超过", "为", "提高", "实现"];

/// Words of growth behind 均: they say what each of the measures does.
const GROWTH: [&str; 4] = ["下降", "增长", "增加", "减少"];

/// What stands before 均 where it means an average: 人均达到, 亩均.
const AVERAGES: [char; 9] = ['人', '户', '亩', '年', '月', '日', '村', '平', '家'];

/// The names that a figure belongs to: one as a rule, several where they share it (甲率、乙率均达98%). `known` are the
/// indicators before it, `part` says that the clause begins with 其中.
pub(super) fn of(before: &str, behind: &str, known: &[Indicator], part: bool, task: &str) -> Vec<String> {
    let before = without_connective(before.trim_start_matches('、'));
    if let Some(at) = shared(before).filter(|at| before[..*at].contains(['、', '和'])) {
        // 起数和人数同比均下降5%: what falls is each of them.
        let behind = &before[at + '均'.len_utf8()..];
        let of_growth = |word: &&&str| behind.strip_prefix(**word).is_some_and(|rest| !rest.starts_with(['到', '至']));
        let grows = GROWTH.iter().find(of_growth).copied().unwrap_or_default();
        let items = before[..at].trim_end_matches("同比").split(['、', '和']).map(|item| phrases::name(item, ""));
        return items.filter(|item| !item.is_empty()).map(|item| format!("{item}{grows}")).collect();
    }
    let name = phrases::name(before, behind);
    let previous = known.last().filter(|_| part && phrases::is_bare_verb(&name));
    match (previous, known.last()) {
        (Some(previous), _) => vec![previous.name.clone()],
        // 完成投资68亿元，增长12%: what grows stands before.
        (None, Some(previous)) if phrases::only_grows(&name) && !phrases::only_grows(&previous.name) => {
            vec![format!("{}{name}", previous.name)]
        }
        _ if name.is_empty() => vec![task.to_owned()],
        _ => vec![name],
    }
}

/// The words before a figure without what connects them with the figure before: 耕地40万亩和永久基本农田. 和美 and 和谐 are
/// words of their own.
fn without_connective(before: &str) -> &str {
    let rest = before.strip_prefix("以及").or_else(|| before.strip_prefix('和')).unwrap_or(before);
    if rest.starts_with(['美', '谐', '平', '睦', '顺', '田', '县']) { before } else { rest }
}

/// A name with what an earlier one of its sentence says of it: 改造提升 behind 新建高标准农田 is that of 高标准农田, 治理率
/// behind 生活污水治理 is its rate.
pub(super) fn with_subject(name: String, unit: &str, of_sentence: &[Indicator]) -> String {
    let Some(previous) = of_sentence.last() else { return name };
    let thing = phrases::without_verbs(&previous.name);
    if phrases::is_verbs(&name) && previous.unit == unit && thing.chars().count() >= 2 {
        return format!("{name}{thing}");
    }
    let Some(done) = name.strip_suffix('率').filter(|done| done.chars().count() == 2) else { return name };
    // 生活污水治理村庄, 互认项目; of 撂荒地 and 未就业毕业生 the rate is none.
    let things = ["", "项目", "工作", "任务", "工程", "村庄", "村", "点"];
    let ended = things.iter().find_map(|end| thing.strip_suffix(end)?.strip_suffix(done));
    match ended.filter(|of| !of.is_empty() && !of.contains(['、', '每']) && !of.ends_with('未')) {
        Some(of) => format!("{of}{done}率"),
        None => name,
    }
}

/// Whether a figure without a name goes on with the one before it in its clause: 漏损率2025年降至9%、2026年降至8%.
pub(super) fn goes_on(before: &str, name: &str, unit: &str, of_clause: &[Indicator]) -> bool {
    before.starts_with('、') && name.is_empty() && of_clause.last().is_some_and(|last| last.unit == unit)
}

/// The name of the indicator before.
pub(super) fn as_before(known: &[Indicator], task: &str) -> Vec<String> {
    vec![known.last().map_or_else(|| task.to_owned(), |known| known.name.clone())]
}

/// Where 均 lets what stands before it share a figure.
fn shared(before: &str) -> Option<usize> {
    before.match_indices('均').map(|(at, _)| at).find(|at| {
        let behind = &before[at + '均'.len_utf8()..];
        let reached = REACH.iter().chain(&GROWTH).any(|word| behind.starts_with(word));
        !before[..*at].ends_with(AVERAGES) && reached
    })
}

/// What one of several figures behind 分别 is of.
#[derive(Debug, Clone)]
pub(super) struct Share {
    pub(super) name: String,
    /// Where the words begin that name all of them.
    pub(super) from: usize,
    /// The year, where the figures are those of several years.
    pub(super) year: Option<String>,
}

/// The shares of figures that several measures have one each (甲率、乙率分别达到72%和70%), or one measure in several years
/// (甲率2025年、2026年分别达到72%和80%). By the figure's position in its clause; empty where the figures are not as many.
pub(super) fn distributed(text: &str, start: usize, figures: &[&Figure], task: &str) -> BTreeMap<usize, Share> {
    let mut names = BTreeMap::new();
    let Some(first) = figures.iter().position(|figure| text[start..figure.start].contains("分别")) else {
        return names;
    };
    let from = if first == 0 { start } else { figures[first - 1].end };
    let Some((list, tail)) = text[from..figures[first].start].split_once("分别") else { return names };
    let (before_years, years) = timing::years_behind(list);
    let list = phrases::name(list, "");
    let items: Vec<&str> =
        list.split(['、', '和', '与', '及']).map(str::trim).filter(|item| !item.is_empty()).collect();
    let follows = |pair: &[&Figure]| ["、", "和", "及", "与", "，"].contains(&text[pair[0].end..pair[1].start].trim());
    let run = 1 + figures[first..].windows(2).take_while(|pair| follows(pair)).count();
    let tail = phrases::name(tail, "");
    if years.len() >= 2 && run == years.len() {
        let name = format!("{}{tail}", phrases::name(before_years, ""));
        let name = if name.is_empty() { task.to_owned() } else { name };
        let share = |year: String| Share { name: name.clone(), from, year: Some(year) };
        return years.into_iter().enumerate().map(|(offset, year)| (first + offset, share(year))).collect();
    }
    if items.len() < 2 || run != items.len() {
        return names;
    }
    // 高血压 of 高血压、糖尿病患者规范管理率 is no measure without the whole.
    let measures = items.iter().all(|item| item.ends_with(['率', '量', '比', '数', '额', '值', '度', '积']));
    let whole = whole_of(&items);
    for (offset, item) in items.iter().enumerate() {
        let name = match whole {
            _ if measures => format!("{item}{tail}"),
            Some((kind, whole)) => format!("{}{whole}{tail}", if offset + 1 < items.len() { item } else { kind }),
            None => format!("{list}{tail}（{item}）"),
        };
        names.insert(first + offset, Share { name, from, year: None });
    }
    names
}

/// Whose measure the last of several items is, where it says so for all of them: 糖尿病 and 患者规范管理率.
fn whole_of<'a>(items: &[&'a str]) -> Option<(&'a str, &'a str)> {
    let (last, others) = items.split_last()?;
    let (at, whose) = ["患者", "人群", "病例", "学生", "儿童", "家庭"]
        .iter()
        .filter_map(|whose| last.find(whose).map(|at| (at, *whose)))
        .min()?;
    // 高血压患者、糖尿病患者规范管理率 says it each time.
    let each = others.iter().all(|item| item.ends_with(whose));
    let none = others.iter().all(|item| !item.contains(whose));
    let at = if each { at + whose.len() } else { at };
    (at > 0 && (each || none)).then(|| last.split_at(at))
}
