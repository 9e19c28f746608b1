//! What holds for all findings together.

use std::collections::BTreeSet;

use super::desk::Desk;
use crate::findings::{KINDS, LIMITS, Previous, PreviousFinding, Severity, explain, kind, markdown};

/// Kinds that the import and the check of a plan raise; their cases stand beside them.
pub(super) const OF_THE_PLAN: &[&str] = &["conflicting-targets", "list-defect"];

/// The contract's table: code and severity.
const CONTRACT: &str = "missing-submission error, duplicate-submission warning, unknown-township error, \
    conflicting-township warning, unreadable-workbook error, no-table error, hidden-content info, wrong-period warning, \
    old-template info, missing-column error, missing-task error, extra-row warning, duplicate-row warning, \
    uncertain-match warning, number-mismatch info, altered-text warning, altered-target error, altered-agencies warning, \
    blank-field error, placeholder-text warning, bad-number error, bad-date error, formula-error error, \
    formula-not-calculated warning, unit-mismatch warning, out-of-range error, rate-mismatch warning, \
    status-contradiction warning, overdue warning, date-out-of-plan warning, status-regressed warning, decreased error, \
    repeated-text warning, copied-text warning, outlier warning, total-mismatch warning, target-shortfall info, \
    decision-not-applied warning, conflicting-targets warning, list-defect warning";

/// A table filled in correctly for every task of the cases' plan.
const RIGHT: &str = "\
 | 序号 | 任务名称 | 目标值 | 计量单位 | 累计完成 | 完成率 | 进展状态 | 进展情况 | 存在问题 | 下一步计划 | 完成时限
 1 | 1 | 重大项目建设 | 12 | 亿元 | 3 | 25% | 推进中 | 17个项目在建，完成投资3亿元。 | 无 | 抓紧开工二期。 | 2024年12月
 5 | 5 | 城乡居民收入倍差 | 1.54 | | 1.58 | | 推进中 | 倍差由1.59缩小到1.58。 | 无 | | 2027年
 7 | 7 | 农村居民人均可支配收入 | 7 | % | 6.8 | 97.1% | 推进中 | 同比增长6.8%。 | | |
 12 | 12 | 粮食安全和重要农产品稳产保供 | 1350 | 亩 | 420 | 31.1% | 推进中 | 春粮播种420亩。 | | |
 20 | 20 | 农村人居环境提升 | 12 | 个 | 5 | 0.417 | 推进中 | 覆盖行政村5个。 | | |
 =20 | | | 18 | 个 | 9 | 0.5 | 推进中 | 处理设施累计9个。 | | |
 =20 | | | 98 | % | 98.4 | 100.4% | 已完成 | 抽检62批次，达标61批次。 | | |
 23 | 23 | 新时代文明实践 | 4 | 个 | 2 | 50% | 推进中 | 累计创成2个。 | | |
 33 | 33 | 平等就业制度建设 | | | | | 推进中 | 登记失业74人次，帮扶41人。 | | |
 34 | 34 | 增加农民财产性收入 | 150 | 宗 | 57 | 38% | 推进中 | 累计盘活57宗。 | | |
 38 | 38 | 工程建设项目审查机制 | | | | | 未启动 | 区里尚未部署，暂未启动。 | | |
 39 | 39 | 农房建设管理体制改革 | | | | | 推进中 | 受理建房申请11件，通过8件。 | | |
 47 | 47 | 农村宅基地制度改革 | | | | | 推进中 | 调查闲置农房193宗。 | | |
 49 | 49 | 农村供水县级统管机制 | 100 | % | 100 | 100% | 已完成 | 12个村全部纳入统管，更换水表316只。 | | 做好旺季供水。 |
 50 | 50 | 基础体育场地设施建设 | 12 | 个 | 7 | 58.3% | 推进中 | 新增笼式足球场等2处，累计7个。 | | |
 57 | 57 | 农村养老服务 | 3 | 家 | 2 | 66.7% | 滞后 | 两家已投用，第三家在装修。 | 消防验收未通过。 | 6月前整改。 |
 60 | 60 | 乡村数字化新基建工程 | | | | | 推进中 | 新建5G基站6座。 | | |
";

#[test]
fn the_kinds_are_those_of_the_contract_and_three_of_our_own() {
    let ours: BTreeSet<(&str, &str)> = KINDS.iter().map(|kind| (kind.code, kind.severity.key())).collect();
    assert_eq!(ours.len(), KINDS.len(), "a code is declared twice");
    let mut contract: BTreeSet<(&str, &str)> =
        CONTRACT.split(',').filter_map(|pair| pair.trim().split_once(' ')).collect();
    contract.extend([("unrepaired", "info"), ("bad-status", "warning"), ("accepted-value", "info")]);
    contract.retain(|(code, _)| !OF_THE_PLAN.contains(code) || kind(code).is_some());
    assert_eq!(ours, contract);
}

#[test]
fn every_kind_is_explained_in_chinese_with_an_example() {
    for kind in KINDS {
        let code_is_kebab = kind.code.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(code_is_kebab, "{}", kind.code);
        for words in [kind.title, kind.reports, kind.matters, kind.remedy, kind.example] {
            assert!(words.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)), "{}: {words}", kind.code);
        }
        for sentence in [kind.reports, kind.matters, kind.remedy, kind.example] {
            assert!(sentence.ends_with('。'), "{}: {sentence}", kind.code);
        }
        assert!(explain(kind).contains(kind.example));
    }
}

#[test]
fn the_catalogue_page_is_the_declarations() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, markdown()).unwrap();
    }
    let page = std::fs::read_to_string(path).unwrap();
    assert!(page == markdown(), "docs/findings.md is not what the declarations say; run with UPDATE_GOLDEN=1");
    for limit in LIMITS {
        assert!(page.contains(limit.name));
    }
}

#[test]
fn a_table_filled_in_correctly_gives_no_finding() {
    let mut desk = Desk::new().plan(|plan| plan.townships.truncate(1)).files("北岙街道", RIGHT);
    assert_eq!(sentences(&desk), Vec::<String>::new());
    // The same rows in another order, full width, without the spaces.
    let mut lines: Vec<&str> = RIGHT.lines().collect();
    lines[11..].reverse();
    let turned = lines.join("\n").replace('%', "％").replace("| 12 |", "| １２ |");
    desk = Desk::new().plan(|plan| plan.townships.truncate(1)).files("北岙街道", &turned);
    assert_eq!(sentences(&desk), Vec::<String>::new());
}

fn sentences(desk: &Desk) -> Vec<String> {
    desk.findings().iter().map(|finding| format!("{}: {}", finding.kind.code, finding.message)).collect()
}

#[test]
fn every_message_is_one_sentence_that_quotes_and_asks() {
    for case in super::all() {
        for finding in case.desk.findings() {
            let message = &finding.message;
            assert!(
                message.ends_with('。') && message.matches('。').count() <= 1 + message.matches("。”").count(),
                "{message}"
            );
            assert!(!message.contains(finding.kind.code) && !message.contains('\n'), "{message}");
            assert!(finding.fix.is_some(), "{}: {message}", finding.kind.code);
            let fields = [Some(message), finding.found.as_ref(), finding.expected.as_ref(), finding.fix.as_ref()];
            for words in fields.into_iter().flatten() {
                assert!(is_plain(words), "{}: {words}", finding.kind.code);
            }
        }
    }
}

/// Whether a text is written as a clerk reads it: no header path, no quotes that are empty or stand within quotes, no
/// doubled punctuation.
fn is_plain(text: &str) -> bool {
    const NEVER: &[&str] = &["›", "“”", "““", "””", "，，", "；；", "、、", "。。", "，。", "（）", "None", "Some("];
    let mut open = false;
    let nested = text.chars().any(|c| match c {
        '“' => std::mem::replace(&mut open, true),
        '”' => !std::mem::replace(&mut open, false),
        _ => false,
    });
    !nested && !NEVER.iter().any(|never| text.contains(never))
}

#[test]
fn what_a_township_wrote_is_quoted_as_it_stands_over_and_in_the_cell() {
    let table = "\
 | 任务名称 | 年度›目标值 | 一季度›累计完成 | 一季度›完成率 | 进展状态 | 进展情况
 34 | “唤醒”闲置资产 | 100宗 | 50宗 | #DIV/0! | 推进中 | 累计盘活50宗。
 x | 街道“岙里”账号 | | | | 推进中 | 发布11期。
";
    let desk = Desk::new().plan(|plan| plan.tasks.retain(|task| task.number == 34)).files("北岙街道", table);
    let said = sentences(&desk).join("\n");
    assert!(said.contains("“完成率”显示“#DIV/0!”，是公式出错，应为百分数（如75%）"), "{said}");
    assert!(said.contains("“街道‘岙里’账号”不在任务清单内"), "{said}");
}

#[test]
fn the_office_switches_codes_off_and_changes_severities_and_limits() {
    let table = "\
 | 任务名称 | 目标值 | 累计完成 | 完成率 | 进展状态 | 进展情况
 34 | 增加农民财产性收入 | 100宗 | 50宗 | 53% | 推进中 | 同上
";
    let codes = |desk: Desk| -> Vec<(&'static str, Severity)> {
        let findings =
            desk.plan(|plan| plan.tasks.retain(|task| task.number == 34)).files("北岙街道", table).findings();
        findings
            .iter()
            .filter(|one| one.place.as_ref().is_some_and(|place| place.cell.is_some()))
            .map(|one| (one.kind.code, one.severity))
            .collect()
    };
    let plain = codes(Desk::new());
    assert_eq!(plain, [("rate-mismatch", Severity::Warning), ("placeholder-text", Severity::Warning)]);
    let off = codes(Desk::new().plan(|plan| plan.rules.off = vec!["placeholder-text".into()]));
    assert_eq!(off, [("rate-mismatch", Severity::Warning)]);
    let severe = codes(Desk::new().plan(|plan| {
        plan.rules.severity.insert("placeholder-text".into(), "error".into());
        plan.rules.limits.insert("rate_points".into(), 5.0);
    }));
    assert_eq!(severe, [("placeholder-text", Severity::Error)]);
}

#[test]
fn an_explanation_holds_as_long_as_the_facts_are_the_same() {
    let table = |rate: &str| {
        format!(
            " | 任务名称 | 目标值 | 累计完成 | 完成率 | 进展状态 | 进展情况\n 34 | 财产 | 100宗 | 50宗 | {rate} | 推进中 | 一。"
        )
    };
    let explained = |rate: &str| {
        let old = PreviousFinding {
            code: "rate-mismatch".into(),
            township: Some("北岙街道".into()),
            task: Some(34),
            found: Some("53%".into()),
            explained: Some("按户数折算".into()),
            ..PreviousFinding::default()
        };
        let previous = Previous { findings: vec![old], ..Previous::default() };
        let findings = Desk::new().before(previous).files("北岙街道", &table(rate)).findings();
        let mut rates = findings.into_iter().filter(|finding| finding.kind.code == "rate-mismatch");
        rates.next().and_then(|finding| finding.explained)
    };
    assert_eq!(explained("53%").as_deref(), Some("按户数折算"));
    assert_eq!(explained("55%"), None);
}
