//! Which indicator has two different targets, in two tasks or in the document's body and its list?

use std::collections::BTreeMap;

use crate::list::import::Passage;
use crate::list::indicators;
use crate::list::plan::{Indicator, Plan, Task};

/// How many values of one measure, each in a task of its own, show that every task has its own.
const MEASURED_BY_EACH: usize = 3;

/// Shortest name of a rate that says what it is the rate of: 整改率 and 合格率 do not, 卫生厕所普及率 does.
const SHORTEST_RATE: usize = 5;

/// One place that states a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// Official number of the task; absent where the document's body states it.
    pub task: Option<u32>,
    /// Where it stands in the published document; empty where that is unknown.
    pub place: String,
    /// The indicator as stated there.
    pub indicator: Indicator,
}

/// One indicator with two targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The place that comes first: in the body, else in the task of the lower number.
    pub first: Quoted,
    /// The other place.
    pub second: Quoted,
}

impl Conflict {
    /// Whether a person confirmed all tasks concerned.
    pub fn confirmed_in(&self, plan: &Plan) -> bool {
        let tasks = [self.first.task, self.second.task];
        tasks.into_iter().flatten().all(|number| plan.task(number).is_some_and(|task| task.confirmed))
    }
}

/// Indicators that two places of the plan give different targets.
pub fn conflicts(plan: &Plan) -> Vec<Conflict> {
    let stated = without_measures_of_each(of_plan(plan));
    let pairs = stated
        .iter()
        .enumerate()
        .flat_map(|(index, first)| stated[index + 1..].iter().filter_map(move |second| conflict(first, second)));
    pairs.collect()
}

/// Indicators that the body of the published document and its list give different targets.
pub fn with_body(plan: &Plan, body: &[Passage]) -> Vec<Conflict> {
    let listed = without_measures_of_each(of_plan(plan));
    let mut found = Vec::new();
    for passage in body {
        for stated in of_passage(passage, plan.years[1]) {
            let other = listed.iter().filter_map(|listed| conflict(&stated, listed));
            found.extend(other);
        }
    }
    found
}

/// The statements without those of a measure that each task has for itself: 完成投资 of every project. Three tasks with
/// three values tell such a measure from a target that was written twice.
fn without_measures_of_each(mut stated: Vec<Quoted>) -> Vec<Quoted> {
    let mut values: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    let key =
        |quoted: &Quoted| (core(&quoted.indicator.name), scaled(quoted.indicator.value, &quoted.indicator.unit).1);
    for quoted in &stated {
        let known = values.entry(key(quoted)).or_default();
        let value = scaled(quoted.indicator.value, &quoted.indicator.unit).0;
        if !known.iter().any(|known| (known - value).abs() <= 1e-9 * value.abs()) {
            known.push(value);
        }
    }
    stated.retain(|quoted| values.get(&key(quoted)).is_none_or(|values| values.len() < MEASURED_BY_EACH));
    stated
}

fn of_plan(plan: &Plan) -> Vec<Quoted> {
    let quoted = |task: &Task, indicator: &Indicator| Quoted {
        task: Some(task.number),
        place: indicator.place.clone(),
        indicator: indicator.clone(),
    };
    plan.tasks.iter().flat_map(|task| task.indicators.iter().map(move |indicator| quoted(task, indicator))).collect()
}

fn of_passage(passage: &Passage, last_year: u16) -> Vec<Quoted> {
    let compiled = indicators::compile_text(&passage.text, last_year, &passage.place);
    let quoted = compiled.into_iter().map(|indicator| Quoted { task: None, place: passage.place.clone(), indicator });
    quoted.collect()
}

/// Two statements contradict where they name the same thing in the same unit for the same time with other values.
fn conflict(first: &Quoted, second: &Quoted) -> Option<Conflict> {
    let (one, other) = (&first.indicator, &second.indicator);
    let name = core(&one.name);
    let same = name == core(&other.name) && says_of_what(&name, &one.unit) && one.when == other.when;
    let (one_value, one_unit) = scaled(one.value, &one.unit);
    let (other_value, other_unit) = scaled(other.value, &other.unit);
    let differs = (one_value - other_value).abs() > 1e-9 * one_value.abs().max(other_value.abs());
    (same && one_unit == other_unit && differs).then(|| Conflict { first: first.clone(), second: second.clone() })
}

/// Whether a measure says of what: 整改率 and 投资 are those of whatever stands before them, which may be two things.
fn says_of_what(core: &str, unit: &str) -> bool {
    let measures = [
        "投资",
        "投资额",
        "总投资",
        "年度投资",
        "面积",
        "建筑面积",
        "占地面积",
        "产值",
        "总产值",
        "年产值",
        "资金",
        "补助资金",
        "收入",
        "销售收入",
        "营业收入",
        "农户",
        "群众",
        "受益群众",
        "居民",
        "惠及居民",
        "带动农户",
        "同比增长",
        "增长",
        "床位",
        "学位",
        "企业",
        "项目",
        "活动",
        "人员",
    ];
    let least = if ["%", "％", "‰"].contains(&unit) { SHORTEST_RATE } else { 2 };
    core.chars().count() >= least && !measures.contains(&core)
}

/// What a name measures, without the verb in front of it and without signs: 引育农创客 and 培育农创客 are one.
fn core(name: &str) -> String {
    let verbs = [
        "建成", "创成", "完成", "新建", "新增", "建设", "创建", "培育", "打造", "推进", "引育", "引进", "培训", "开展",
        "实施", "达到", "实现", "发展", "全区", "全县", "全市",
    ];
    let mut core: String = name.chars().filter(|c| !c.is_whitespace() && !"“”、，,·".contains(*c)).collect();
    while let Some(rest) =
        verbs.iter().find_map(|verb| core.strip_prefix(verb)).filter(|rest| rest.chars().count() >= 2)
    {
        core = rest.to_owned();
    }
    core
}

/// A value in the unit without 万 and 亿: 2.4亿元 and 24000万元 are equal.
fn scaled(value: f64, unit: &str) -> (f64, String) {
    let scales = BTreeMap::from([('万', 1e4), ('亿', 1e8), ('千', 1e3), ('百', 1e2)]);
    let (mut value, mut rest) = (value, unit);
    while let Some(scale) = rest.chars().next().and_then(|first| scales.get(&first)) {
        let after = &rest['万'.len_utf8()..];
        // 千米 and 百分点 are units themselves.
        if after.is_empty() || ["米", "瓦", "瓦时", "分点", "克"].contains(&after) {
            break;
        }
        value *= scale;
        rest = after;
    }
    (value, rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conflicts_of_the_published_plan() {
        let found = conflicts(&Plan::built_in());
        let shown: Vec<_> = found
            .iter()
            .map(|conflict| {
                let value = |quoted: &Quoted| (quoted.task.unwrap(), quoted.indicator.value);
                (conflict.first.indicator.name.clone(), value(&conflict.first), value(&conflict.second))
            })
            .collect();
        assert_eq!(
            shown,
            [("引育农创客".to_owned(), (32, 100.0), (59, 300.0)), ("农播".to_owned(), (32, 50.0), (59, 100.0))]
        );
    }

    #[test]
    fn the_body_against_the_list() {
        let body = [Passage {
            text: "规范发展强村公司,全区村级集体资产达10亿元以上。".into(),
            place: "第102行".into(),
        }];
        let found = with_body(&Plan::built_in(), &body);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].first.indicator.value, found[0].second.task), (10.0, Some(30)));
        let same = [Passage { text: "村级集体资产超99000万元以上。".into(), place: String::new() }];
        assert_eq!(with_body(&Plan::built_in(), &same), []);
    }

    #[test]
    fn measures_that_every_task_has_for_itself_are_no_conflict() {
        let mut plan = Plan::built_in();
        plan.tasks.truncate(4);
        let found = |plan: &mut Plan, targets: &[(&str, f64, &str)]| {
            for (task, (name, value, unit)) in plan.tasks.iter_mut().zip(targets) {
                let indicator = Plan::built_in().tasks[0].indicators[0].clone();
                let (name, value, unit) = ((*name).to_owned(), *value, (*unit).to_owned());
                task.indicators = vec![Indicator { name, value, unit, ..indicator }];
            }
            conflicts(plan).len()
        };
        for (targets, expected) in [
            ([("完成投资", 1.0, "亿元"), ("完成投资", 2.0, "亿元"), ("管网", 3.0, "公里")], 0),
            ([("工业投资", 1.0, "亿元"), ("工业投资", 2.0, "亿元"), ("工业投资", 3.0, "亿元")], 0),
            ([("整改率", 98.0, "%"), ("整改率", 100.0, "%"), ("管网", 3.0, "公里")], 0),
            ([("工业投资", 1.0, "亿元"), ("工业投资", 2.0, "亿元"), ("工业投资", 10000.0, "万元")], 2),
            ([("卫生厕所普及率", 98.0, "%"), ("卫生厕所普及率", 100.0, "%"), ("管网", 3.0, "公里")], 1),
        ] {
            assert_eq!(found(&mut plan, &targets), expected, "{targets:?}");
        }
    }

    #[test]
    fn scales_are_part_of_the_unit() {
        assert_eq!(scaled(2.4, "亿元"), (240_000_000.0, "元".to_owned()));
        assert_eq!(scaled(3.0, "千米"), (3.0, "千米".to_owned()));
        assert_eq!(scaled(0.8, "个百分点"), (0.8, "个百分点".to_owned()));
    }
}
