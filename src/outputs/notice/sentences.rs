//! What does the notice say? Nothing but what the consolidated workbook shows.

use std::collections::BTreeMap;

use super::Part;
use crate::consolidation::{Consolidation, Light, Punctuality, TownshipSummary};
use crate::findings::{Finding, Severity};
use crate::outputs::text::clean;

/// Longest roster that the notice addresses by name.
const ADDRESSED: usize = 20;
/// Kinds of problems that the summary names.
const NAMED_KINDS: usize = 3;
/// Findings of one kind that a township's list tells in full; of more it names the tasks.
const TOLD: usize = 3;
/// Findings that the office clears by deciding the match.
const FOR_THE_OFFICE: [&str; 2] = ["uncertain-match", "decision-not-applied"];

/// The notice from its title to its signature.
pub(super) fn parts(consolidation: &Consolidation) -> Vec<Part> {
    let period = consolidation.period.chinese();
    let mut parts = vec![
        Part::Title(format!("关于{period}任务落实情况的通报")),
        Part::Addressee(addressee(consolidation)),
        Part::Body(format!(
            "根据《{}》，现将{period}任务落实情况的报送和核对结果通报如下。",
            one_line(&consolidation.plan.title)
        )),
        Part::Heading("一、报送情况".to_owned()),
        Part::Body(filing(consolidation)),
    ];
    parts.extend(in_time(consolidation).map(Part::Body));
    parts.push(Part::Body(rows(consolidation)));
    parts.push(Part::Heading("二、核对情况".to_owned()));
    parts.extend(checks(consolidation).into_iter().map(Part::Body));
    parts.push(Part::Heading("三、各单位排名".to_owned()));
    let blank = if consolidation.summary.unfilled > 0 { "漏报和未填任务" } else { "漏报任务" };
    parts.push(Part::Body(format!(
        "按{blank}、必改问题、红灯任务由少到多依次排列，三项都相同的名次并列；未报送的单位列在最后，不排名次。"
    )));
    parts.push(ranking(consolidation));
    parts.extend(problems(consolidation));
    parts.push(Part::Signature(["（发文单位）", "　　年　月　日"].map(str::to_owned).to_vec()));
    parts
}

fn addressee(consolidation: &Consolidation) -> String {
    let names: Vec<&str> = consolidation.plan.townships.iter().map(|township| township.name.as_str()).collect();
    if names.is_empty() || names.len() > ADDRESSED {
        return "各街道、乡镇：".to_owned();
    }
    format!("{}：", names.join("、"))
}

fn filing(consolidation: &Consolidation) -> String {
    let summary = consolidation.summary;
    let roster = &consolidation.townships[..summary.townships.min(consolidation.townships.len())];
    let absent: Vec<&str> =
        roster.iter().filter(|township| !township.received).map(|township| township.name.as_str()).collect();
    let rest = if absent.is_empty() {
        "全部报送".to_owned()
    } else {
        format!("未报{}个（{}）", absent.len(), absent.join("、"))
    };
    format!("应报{}个单位，已报{}个，{rest}。", summary.townships, summary.received)
}

/// Who filed in time, where the office set a day.
fn in_time(consolidation: &Consolidation) -> Option<String> {
    let due = consolidation.due?;
    let of = |wanted: fn(Punctuality) -> bool| -> Vec<&str> {
        let places = 0..consolidation.townships.len();
        let those = places.filter(|place| consolidation.punctuality(*place).is_some_and(wanted));
        those.map(|place| consolidation.townships[place].name.as_str()).collect()
    };
    let late = of(|punctuality| matches!(punctuality, Punctuality::Late(_)));
    let late = if late.is_empty() { "0个".to_owned() } else { format!("{}个（{}）", late.len(), late.join("、")) };
    Some(format!(
        "报送截止{}年{}月{}日，以表内填报日期为准：按时{}个，逾期{late}，表内未写日期{}个。",
        due.year,
        due.month,
        due.day,
        of(|punctuality| matches!(punctuality, Punctuality::InTime(_))).len(),
        of(|punctuality| punctuality == Punctuality::Undated).len(),
    ))
}

fn rows(consolidation: &Consolidation) -> String {
    let summary = consolidation.summary;
    format!(
        "清单任务{}项。计入汇总的记录{}条，其中已对应清单任务{}条，待复核{}条，清单外{}条。",
        summary.tasks,
        summary.matched + summary.review + summary.extra,
        summary.matched,
        summary.review,
        summary.extra
    )
}

/// How many problems there are, and of which kinds most.
fn checks(consolidation: &Consolidation) -> Vec<String> {
    let summary = consolidation.summary;
    if consolidation.findings.is_empty() {
        return vec!["核对未发现问题。".to_owned()];
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let theirs = |finding: &&Finding| is_problem(finding) && !FOR_THE_OFFICE.contains(&finding.kind.code);
    for finding in consolidation.findings.iter().filter(theirs) {
        *counts.entry(finding.kind.title).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(title, count)| (std::cmp::Reverse(*count), *title));
    let named: Vec<String> =
        counts.iter().take(NAMED_KINDS).map(|(title, count)| format!("{title}{count}条")).collect();
    let whole = consolidation.plan.whole();
    let nobodys = consolidation.findings.iter().any(|finding| finding.township.is_none());
    let nobodys = if nobodys {
        format!("（含单位不明的文件和涉及{whole}的问题，不计入各单位）")
    } else {
        String::new()
    };
    let unfilled =
        if summary.unfilled > 0 { format!("，未填任务{}项次", summary.unfilled) } else { String::new() };
    let mut sentences = vec![format!(
        "共列出问题{}条{nobodys}：必改{}条，核实{}条，提示{}条。漏报任务{}项次{unfilled}。",
        consolidation.findings.len(),
        summary.errors,
        summary.warnings,
        summary.infos,
        summary.missing
    )];
    if !named.is_empty() {
        sentences.push(format!("需要单位改正或核实的问题中较多的是：{}。", named.join("，")));
    }
    sentences
}

/// Whether somebody must act on a finding.
fn is_problem(finding: &Finding) -> bool {
    finding.severity != Severity::Info
}

/// How many red lights a township shows.
fn red(consolidation: &Consolidation, place: usize) -> usize {
    let lights = consolidation.plan.tasks.iter().filter_map(|task| consolidation.light(task.number, place));
    lights.filter(|light| *light == Light::Red).count()
}

fn ranking(consolidation: &Consolidation) -> Part {
    type Merit = (usize, usize, usize);
    let townships = consolidation.townships.iter().enumerate();
    let mut ranked: Vec<(bool, Merit, usize, &TownshipSummary)> = townships
        .map(|(place, township)| {
            let absent = township.missing + township.unfilled;
            (!township.received, (absent, township.errors, red(consolidation, place)), place, township)
        })
        .collect();
    ranked.sort_by_key(|(absent, merit, place, _)| (*absent, *merit, *place));
    let absent = if consolidation.summary.unfilled > 0 { "漏报未填" } else { "漏报" };
    let headings = ["名次", "单位", "报送情况", "记录", "已对应", "待复核", absent, "必改", "核实", "红灯"];
    let mut table = vec![headings.map(str::to_owned).to_vec()];
    let (mut rank, mut last) = (0, None);
    for (number, (absent, merit, place, township)) in (1usize..).zip(ranked) {
        if last != Some(merit) {
            (rank, last) = (number, Some(merit));
        }
        let filed = match (consolidation.punctuality(place), absent) {
            (_, true) => "未报送",
            (Some(Punctuality::InTime(_)), _) => "按时",
            (Some(Punctuality::Late(_)), _) => "逾期",
            _ => "已报送",
        };
        let mut row = vec![if absent { "—".to_owned() } else { rank.to_string() }];
        row.extend([one_line(&township.name), filed.to_owned()]);
        let counts =
            [township.rows, township.matched, township.review, merit.0, township.errors, township.warnings, merit.2];
        row.extend(counts.map(|count| if absent { "—".to_owned() } else { count.to_string() }));
        table.push(row);
    }
    Part::Table(vec![9, 16, 13, 9, 11, 11, 8, 8, 8, 8], table)
}

/// The problems by township, those of nobody left out.
fn problems(consolidation: &Consolidation) -> Vec<Part> {
    let mut parts = Vec::new();
    for township in &consolidation.townships {
        let own = consolidation
            .findings
            .iter()
            .filter(|finding| finding.township.as_deref() == Some(township.name.as_str()) && is_problem(finding));
        let own: Vec<&Finding> = own.collect();
        if own.is_empty() {
            continue;
        }
        let number = chinese_number(parts.iter().filter(|part| matches!(part, Part::Subheading(_))).count() + 1);
        parts.push(Part::Subheading(format!(
            "（{number}）{}（必改{}条，核实{}条）",
            one_line(&township.name),
            township.errors,
            township.warnings
        )));
        parts.extend(list(&own).into_iter().map(Part::Body));
    }
    if !parts.is_empty() {
        let asked = "请各单位对照所列问题逐条改正或核实，改好后重新报送。每条问题的位置和改法见汇总表“问题清单”。";
        parts.insert(0, Part::Body(asked.to_owned()));
        parts.insert(0, Part::Heading("四、各单位问题清单".to_owned()));
    }
    parts
}

/// The problems of one township, a sentence for each kind, the graver and more frequent first.
fn list(own: &[&Finding]) -> Vec<String> {
    let mut kinds: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    let (office, own): (Vec<&Finding>, Vec<&Finding>) =
        own.iter().partition(|finding| FOR_THE_OFFICE.contains(&finding.kind.code));
    for finding in own {
        kinds.entry((finding.severity, finding.kind.title)).or_default().push(finding);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|((severity, title), findings)| (*severity, std::cmp::Reverse(findings.len()), *title));
    let mut sentences: Vec<String> = (1..)
        .zip(&kinds)
        .map(|(number, ((severity, title), findings))| {
            format!("{number}．{title}{}条（{}）：{}", findings.len(), severity.word(), details(findings))
        })
        .collect();
    if !office.is_empty() {
        sentences.push(format!("另有{}条由本单位复核任务对应关系，暂不需要改正。", office.len()));
    }
    sentences
}

/// A few findings in full; of many, the tasks they concern.
fn details(findings: &[&Finding]) -> String {
    let mut numbers: Vec<u32> = findings.iter().flat_map(|finding| finding.tasks.iter().copied()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if findings.len() > TOLD && !numbers.is_empty() {
        return format!("涉及{}。", tasks(&numbers));
    }
    let told = findings.iter().take(TOLD).map(|finding| {
        let message = one_line(&finding.message);
        let message = message.trim_end_matches('。');
        match &finding.explained {
            Some(explained) => format!("{message}（单位说明：{}）", one_line(explained)),
            None => message.to_owned(),
        }
    });
    let told = told.collect::<Vec<_>>().join("；");
    if findings.len() > TOLD { format!("{told}；等。") } else { format!("{told}。") }
}

/// Official numbers in ascending order as a sentence names many: 第2项、第5至8项. Each bears its 项: a long list of bare
/// numbers is one word to LibreOffice, which breaks it anywhere.
fn tasks(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let named = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("第{first}至{last}项")],
        few => few.iter().map(|number| format!("第{number}项")).collect(),
    });
    named.collect::<Vec<_>>().join("、")
}

/// A text in one line, safe in a document.
fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number from 1 to 99 as an office counts; in figures beyond.
fn chinese_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_an_office_counts() {
        for (number, expected) in [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
        {
            assert_eq!(chinese_number(number), expected);
        }
    }

    #[test]
    fn few_are_told_and_many_are_named_by_their_tasks() {
        let kind = crate::findings::kind("missing-task").unwrap();
        let findings: Vec<Finding> =
            [7, 3, 3, 12].map(|task| Finding::new(kind, format!("第{task}项漏报。\n请补报")).tasks(&[task])).into();
        let of = |count: usize| details(&findings.iter().take(count).collect::<Vec<_>>());
        assert_eq!(of(2), "第7项漏报。 请补报；第3项漏报。 请补报。");
        assert_eq!(of(4), "涉及第3项、第7项、第12项。");
        assert_eq!(tasks(&[1, 2, 5, 6, 7, 9, 11, 12, 13, 14]), "第1项、第2项、第5至7项、第9项、第11至14项");
    }
}
