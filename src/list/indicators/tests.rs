//! The compiler against the list that a person wrote, and against sentences that other plans have.

use serde::Deserialize;

use super::*;
use crate::list::{Direction, Plan};

#[derive(Deserialize)]
struct HandWritten {
    indicators: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    task: u32,
    name: String,
    direction: Direction,
    value: f64,
    unit: String,
    when: String,
    adds_up: bool,
    quote: String,
}

fn shown(task: u32, indicator: &Indicator) -> String {
    let Indicator { name, direction, value, unit, when, adds_up, .. } = indicator;
    format!("{task} {name} {} {value}{unit} {when} {adds_up}", direction.word())
}

#[test]
fn every_target_that_a_person_found_in_the_plan_and_no_other() {
    let expected: HandWritten =
        toml::from_str(include_str!("../../../tests/fixtures/dongtou-indicators.toml")).unwrap();
    let plan = Plan::built_in();
    let mut found = Vec::new();
    for task in &plan.tasks {
        for indicator in compile(task, plan.years[1], "") {
            assert!(task.content.contains(&indicator.quote), "{}", indicator.quote);
            found.push((shown(task.number, &indicator), indicator.quote));
        }
    }
    let expected_lines: Vec<String> = expected
        .indicators
        .iter()
        .map(|expected| {
            let Expected { task, name, direction, value, unit, when, adds_up, .. } = expected;
            format!("{task} {name} {} {value}{unit} {when} {adds_up}", direction.word())
        })
        .collect();
    let lines: Vec<&String> = found.iter().map(|(line, _)| line).collect();
    let missing: Vec<&String> = expected_lines.iter().filter(|line| !lines.contains(line)).collect();
    let invented: Vec<&&String> = lines.iter().filter(|line| !expected_lines.contains(line)).collect();
    assert!(missing.is_empty() && invented.is_empty(), "missing: {missing:#?}\ninvented: {invented:#?}");
    for ((_, words), Expected { quote, .. }) in found.iter().zip(&expected.indicators) {
        assert!(words.contains(quote.as_str()) || quote.contains(words.as_str()), "{words} / {quote}");
    }
    assert_eq!(found.len(), expected.indicators.len());
}

#[test]
fn sentences_of_other_plans() {
    for (content, expected) in [
        (
            "到2025年，新建改建农村公路120公里，改造危桥8座。",
            vec!["新建改建农村公路 至少 120公里 2025 true", "改造危桥 至少 8座 2025 true"],
        ),
        (
            "建设高标准农田10万亩（其中2024年3万亩）。",
            vec!["建设高标准农田 至少 10万亩 2026 true", "建设高标准农田 至少 3万亩 2024 true"],
        ),
        (
            "单位GDP能耗下降2.5%以上，PM2.5浓度控制在28微克以下。",
            vec!["单位GDP能耗下降 至少 2.5% 2026 false", "PM2.5浓度 至多 28微克 2026 false"],
        ),
        (
            "森林覆盖率不低于62.3%；办理时限压缩至3个工作日。",
            vec!["森林覆盖率 至少 62.3% 2026 false", "办理时限 至多 3个工作日 2026 false"],
        ),
        (
            "每年城镇新增就业2600人，开展培训6000人次，建成市场3个。",
            vec![
                "城镇新增就业 至少 2600人 每年 true",
                "开展培训 至少 6000人次 每年 true",
                "建成市场 至少 3个 2026 true",
            ],
        ),
        (
            "累计投资45亿元，每年实施项目30个，淘汰企业20家。",
            vec!["投资 至少 45亿元 2026 true", "实施项目 至少 30个 每年 true", "淘汰企业 至少 20家 2026 true"],
        ),
        ("年收入30万元以上的行政村占比达到85%。", vec!["年收入30万元以上的行政村占比 至少 85% 2026 false"]),
        ("2025年6月底前县属企业整合至5家。", vec!["县属企业 至多 5家 2025 true"]),
        ("打造“15分钟”生活圈，推进5G基站建设，落实〔2023〕14号文件。", vec![]),
        (
            "每年培训农民1,500人次以上。完成率达100%。",
            vec!["培训农民 至少 1500人次 每年 true", "完成率 至少 100% 2026 false"],
        ),
    ] {
        let task = Task { content: content.into(), ..Plan::built_in().tasks[0].clone() };
        let found: Vec<String> =
            compile(&task, 2026, "").iter().map(|indicator| shown(0, indicator)[2..].to_owned()).collect();
        assert_eq!(found, expected, "{content}");
    }
}
