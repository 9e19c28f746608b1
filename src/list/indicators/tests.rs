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
        for indicator in compile(task, plan.years, "") {
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

/// What is compiled from a content, in words.
fn compiled(content: &str) -> Vec<String> {
    let task = Task { content: content.into(), ..Plan::built_in().tasks[0].clone() };
    compile(&task, [2024, 2026], "").iter().map(|indicator| shown(0, indicator)[2..].to_owned()).collect()
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
        (
            "高血压、糖尿病患者规范管理率分别达到72%和70%，入学率、巩固率分别达到98%、96%以上。",
            vec![
                "高血压患者规范管理率 至少 72% 2026 false",
                "糖尿病患者规范管理率 至少 70% 2026 false",
                "入学率 至少 98% 2026 false",
                "巩固率 至少 96% 2026 false",
            ],
        ),
        (
            "孕产妇管理率、儿童管理率均保持在93%以上，人均收入达到3万元。",
            vec![
                "孕产妇管理率 至少 93% 2026 false",
                "儿童管理率 至少 93% 2026 false",
                "人均收入 至少 3万元 2026 false",
            ],
        ),
        (
            "完成投资68亿元，增长12%。集群产值突破160亿元，同比增长15%。",
            vec![
                "完成投资 至少 68亿元 2026 true",
                "完成投资增长 至少 12% 2026 false",
                "集群产值 至少 160亿元 2026 true",
                "集群产值同比增长 至少 15% 2026 false",
            ],
        ),
        (
            "完成14个乡镇中心、126个村级站改造，接入部件14类6.8万个。",
            vec![
                "完成乡镇中心 至少 14个 2026 true",
                "村级站改造 至少 126个 2026 true",
                "接入部件 至少 14类 2026 true",
                "接入部件 至少 6.8万个 2026 true",
            ],
        ),
        (
            "完成23家企业重大危险源督导2轮，24小时扑灭率达到95%。",
            vec![
                "完成企业重大危险源督导 至少 23家 2026 true",
                "企业重大危险源督导 至少 2轮 2026 true",
                "24小时扑灭率 至少 95% 2026 false",
            ],
        ),
        (
            "消除年收入5万元以下薄弱村，用水量较2020年下降15%，亩均投资不低于2400元。",
            vec!["用水量较2020年下降 至少 15% 2026 false", "亩均投资 至少 2400元 2026 false"],
        ),
        (
            "到2025年工业产值翻一番，新建园区两个，研发投入增长百分之十以上，培训10—15期。",
            vec![
                "工业产值 至少 1番 2025 false",
                "新建园区 至少 2个 2025 true",
                "研发投入增长 至少 10% 2025 false",
                "培训 至少 10期 2025 true",
            ],
        ),
        ("打造“15分钟”生活圈，推进5G基站建设，落实〔2023〕14号文件。", vec![]),
        (
            "每年培训农民1,500人次以上。完成率达100%。",
            vec!["培训农民 至少 1500人次 每年 true", "完成率 至少 100% 2026 false"],
        ),
    ] {
        assert_eq!(compiled(content), expected, "{content}");
    }
}

#[test]
fn names_that_go_on_with_what_stands_before() {
    for (content, expected) in [
        (
            "新建高标准农田1.5万亩，改造提升0.8万亩。改造3座。",
            vec![
                "新建高标准农田 至少 1.5万亩 2026 true",
                "改造提升高标准农田 至少 0.8万亩 2026 true",
                "改造 至少 3座 2026 true",
            ],
        ),
        (
            "完成42个行政村生活污水治理，治理率达到58%。检查结果互认项目达到300项，互认率达到80%。复种撂荒地60亩，撂荒率控制在1%以内，形成年屠宰10万头能力。",
            vec![
                "完成行政村生活污水治理 至少 42个 2026 true",
                "行政村生活污水治理率 至少 58% 2026 false",
                "检查结果互认项目 至少 300项 2026 true",
                "检查结果互认率 至少 80% 2026 false",
                "复种撂荒地 至少 60亩 2026 true",
                "撂荒率 至多 1% 2026 false",
                "形成年屠宰能力 至少 10万头 2026 true",
            ],
        ),
        (
            "严格落实耕地保有量41.2万亩和永久基本农田34.7万亩任务，创建和美乡村5个。",
            vec![
                "耕地保有量 至少 41.2万亩 2026 true",
                "永久基本农田 至少 34.7万亩 2026 true",
                "创建和美乡村 至少 5个 2026 true",
            ],
        ),
        (
            "管护经费按每亩不低于25元列入预算，药品配备不少于50种，每个乡镇建设站点2个。",
            vec![
                "管护经费 至少 25元/亩 2026 false",
                "药品配备 至少 50种 2026 false",
                "每个乡镇建设站点 至少 2个 2026 false",
            ],
        ),
        (
            "对监测对象每季度开展一次集中排查，每月调度一次。",
            vec!["对监测对象每季度开展集中排查 至少 1次 每季度 false"],
        ),
    ] {
        assert_eq!(compiled(content), expected, "{content}");
    }
    let content = "高血压、糖尿病患者规范管理率分别达到75%、76%。";
    let task = Task { content: content.into(), ..Plan::built_in().tasks[0].clone() };
    let quotes: Vec<String> = compile(&task, [2025, 2025], "").into_iter().map(|indicator| indicator.quote).collect();
    let first = "高血压、糖尿病患者规范管理率分别达到75%";
    assert_eq!(quotes, [first.to_owned(), format!("{first}、76%")]);
}

#[test]
fn years_and_sizes_beside_the_figures() {
    for (content, expected) in [
        (
            "每千人口托位数达到4.6个（2025年），入学率达到98%。2024年：建成12家\n2025年：建成20家",
            vec![
                "每千人口托位数 至少 4.6个 2025 false",
                "入学率 至少 98% 2026 false",
                "建成 至少 12家 2024 true",
                "建成 至少 20家 2025 true",
            ],
        ),
        (
            "56人以上大班额全面清零，建成24小时自助服务点28个，预警信息30分钟内送达，送教不少于60课时。",
            vec![
                "建成24小时自助服务点 至少 28个 2026 true",
                "预警信息送达 至多 30分钟 2026 false",
                "送教 至少 60课时 2026 true",
            ],
        ),
        (
            "事故起数和死亡人数同比均下降5%以上，较大事故起数为零。",
            vec![
                "事故起数下降 至少 5% 2026 false",
                "死亡人数下降 至少 5% 2026 false",
                "较大事故起数 至多 0起 2026 true",
            ],
        ),
    ] {
        assert_eq!(compiled(content), expected, "{content}");
    }
}

#[test]
fn times_that_come_again() {
    for (content, expected) in [
        (
            "每季度开展清查1次，人均厨余垃圾量每月不超过3千克，每月20日前报送。",
            vec!["每季度开展清查 至少 1次 每季度 false", "人均厨余垃圾量每月 至多 3千克 每月 false"],
        ),
        (
            "每年签约项目不少于4个；每天户外活动不少于2小时，新建场馆15处。",
            vec!["签约项目 至少 4个 每年 true", "每天户外活动 至少 2小时 每天 false", "新建场馆 至少 15处 2026 true"],
        ),
        (
            "年接待游客5万人次以上，年度检测率不低于95%，年度投入不低于3亿元，周开放时间不低于56小时。",
            vec![
                "年接待游客 至少 5万人次 每年 true",
                "年度检测率 至少 95% 每年 false",
                "年度投入 至少 3亿元 每年 true",
                "周开放时间 至少 56小时 每周 false",
            ],
        ),
        ("漏损率2025年降至9%以下、2026年降至8%以下。", vec!["漏损率 至多 9% 2025 false", "漏损率 至多 8% 2026 false"]),
        (
            "开工率2024年、2025年和2026年分别达到30%、60%和100%，2025年、2026年分别建成站点3个、4个。",
            vec![
                "开工率 至少 30% 2024 false",
                "开工率 至少 60% 2025 false",
                "开工率 至少 100% 2026 false",
                "建成站点 至少 3个 2025 true",
                "建成站点 至少 4个 2026 true",
            ],
        ),
        (
            "到2025年年产值达到10亿元，2024年度投资8亿元。",
            vec!["年产值 至少 10亿元 2025 true", "投资 至少 8亿元 2024 true"],
        ),
    ] {
        assert_eq!(compiled(content), expected, "{content}");
    }
    // In a plan of one year 年度投入 is that year's.
    let task = Task { content: "年度投入不低于3亿元。".into(), ..Plan::built_in().tasks[0].clone() };
    assert_eq!(compile(&task, [2025, 2025], "")[0].when, "2025");
}

#[test]
fn starts_shares_and_scopes_are_no_targets() {
    for (content, expected) in [
        (
            "使用企业由18家增加到30家，办结时间不超过30日，占比从2024年的10%提高到15%。",
            vec!["使用企业 至少 30家 2026 true", "办结时间 至多 30日 2026 false", "占比 至少 15% 2026 false"],
        ),
        ("使用时长不超过教学总时长的30%。", vec!["使用时长 至多 30% 2026 false"]),
        ("年用水量10万立方米以上企业开展水平衡测试，引导职工3公里以内步行。", vec![]),
        (
            "引进整机企业1至2家，施工后15日内回收电缆盘。",
            vec!["引进整机企业 至少 1家 2026 true", "施工后回收电缆盘 至多 15日 2026 false"],
        ),
    ] {
        assert_eq!(compiled(content), expected, "{content}");
    }
}
