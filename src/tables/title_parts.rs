//! What does a title mean that is in no list, by the words in it?

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::text::length;
use super::title_manner::{by_export, by_last_word, by_manner};
use super::title_time::{TitleTime, strip_time};
use crate::list::Field;

/// Parts of titles and what they mean; the first that is contained decides, so the particular ones come first.
const PARTS: &[(&str, &[Field])] = &[
    ("上头叫", &[Field::Content, Field::Name]),
    ("叫我们", &[Field::Content, Field::Name]),
    ("交代", &[Field::Content, Field::Name]),
    ("文件里", &[Field::Content, Field::Name]),
    ("文件怎么", &[Field::Content, Field::Name]),
    ("照文件", &[Field::Content, Field::Name]),
    ("要义", &[Field::Content, Field::Name]),
    ("电话", &[Field::Contact]),
    ("联系人", &[Field::Contact]),
    ("联系方式", &[Field::Contact]),
    ("联络", &[Field::Contact]),
    ("对接", &[Field::Contact, Field::Agencies]),
    ("经手", &[Field::Contact, Field::Agencies]),
    ("经办", &[Field::Contact, Field::Agencies]),
    ("状态", &[Field::Status, Field::Progress]),
    ("反馈", &[Field::Progress, Field::Status]),
    ("流水号", &[Field::Number]),
    ("完成时", &[Field::Deadline]),
    ("完成期限", &[Field::Deadline]),
    ("时限", &[Field::Deadline]),
    ("期限", &[Field::Deadline]),
    ("节点", &[Field::Deadline, Field::Status]),
    ("截止", &[Field::Deadline]),
    ("完成率", &[Field::Rate]),
    ("完成比", &[Field::Rate, Field::Done]),
    ("达成%", &[Field::Rate]),
    ("达成率", &[Field::Rate]),
    ("百分比", &[Field::Rate]),
    ("比例", &[Field::Rate]),
    ("占全年", &[Field::Rate]),
    ("占年度", &[Field::Rate]),
    ("应对", &[Field::Plan]),
    ("对策", &[Field::Plan]),
    ("补救", &[Field::Plan]),
    ("纠偏", &[Field::Plan]),
    ("回头要", &[Field::Plan]),
    ("拟办", &[Field::Plan]),
    ("先办", &[Field::Plan]),
    ("冲刺措施", &[Field::Plan]),
    ("补充措施", &[Field::Plan]),
    ("改善", &[Field::Plan]),
    ("整改举措", &[Field::Plan]),
    ("赶超", &[Field::Plan]),
    ("下一步", &[Field::Plan]),
    ("下步", &[Field::Plan]),
    ("下阶段", &[Field::Plan]),
    ("下季", &[Field::Plan]),
    ("下月", &[Field::Plan]),
    ("下周", &[Field::Plan]),
    ("下期", &[Field::Plan]),
    ("下一阶段", &[Field::Plan]),
    ("后续", &[Field::Plan]),
    ("打算", &[Field::Plan]),
    ("盘算", &[Field::Plan]),
    ("接下", &[Field::Plan]),
    ("往后", &[Field::Plan]),
    ("后头", &[Field::Plan]),
    ("后半年", &[Field::Plan]),
    ("问题", &[Field::Problem]),
    ("困难", &[Field::Problem]),
    ("难点", &[Field::Problem]),
    ("堵点", &[Field::Problem]),
    ("原因", &[Field::Problem]),
    ("差异分析", &[Field::Problem]),
    ("差距", &[Field::Problem]),
    ("影响因素", &[Field::Problem]),
    ("未完成说明", &[Field::Problem]),
    ("逾期说明", &[Field::Problem]),
    ("延期说明", &[Field::Problem]),
    ("滞后说明", &[Field::Problem]),
    ("缺啥", &[Field::Problem]),
    ("还缺", &[Field::Problem]),
    ("差在", &[Field::Problem]),
    ("绊", &[Field::Problem]),
    ("提请", &[Field::Problem]),
    ("请求支持", &[Field::Problem]),
    ("教训", &[Field::Problem]),
    ("偏差", &[Field::Problem]),
    ("阻塞", &[Field::Problem]),
    ("欠账", &[Field::Problem]),
    ("拖后腿", &[Field::Problem]),
    ("弄勿好", &[Field::Problem]),
    ("弄不好", &[Field::Problem]),
    ("困惑", &[Field::Problem]),
    ("短板", &[Field::Problem]),
    ("瓶颈", &[Field::Problem]),
    ("痛点", &[Field::Problem]),
    ("卡点", &[Field::Problem]),
    ("难处", &[Field::Problem]),
    ("协调", &[Field::Problem]),
    ("诉求", &[Field::Problem]),
    ("支持", &[Field::Problem]),
    ("不足", &[Field::Problem]),
    ("麻烦", &[Field::Problem]),
    ("难", &[Field::Problem]),
    ("卡在", &[Field::Problem]),
    ("卡牢", &[Field::Problem]),
    ("卡住", &[Field::Problem]),
    ("为难", &[Field::Problem]),
    ("风险", &[Field::Problem]),
    ("怎么弄", &[Field::Plan, Field::Progress]),
    ("怎么干", &[Field::Plan, Field::Progress]),
    ("是否", &[Field::Status]),
    ("亮灯", &[Field::Status]),
    ("计量单位", &[Field::Unit]),
    ("责任单位", &[Field::Agencies]),
    ("牵头", &[Field::Agencies, Field::Contact]),
    ("配合", &[Field::Agencies]),
    ("责任部门", &[Field::Agencies]),
    ("责任领导", &[Field::Contact]),
    ("责任人", &[Field::Contact, Field::Agencies]),
    ("负责人", &[Field::Contact, Field::Agencies]),
    ("要做", &[Field::Target, Field::Content, Field::Name]),
    ("要完成", &[Field::Target, Field::Content, Field::Name]),
    ("要达", &[Field::Target, Field::Content]),
    ("要干", &[Field::Content, Field::Name, Field::Target]),
    ("要办", &[Field::Content, Field::Name, Field::Target]),
    ("目标值", &[Field::Target]),
    ("目标数", &[Field::Target]),
    ("任务数", &[Field::Target]),
    ("计划数", &[Field::Target]),
    ("指标值", &[Field::Target]),
    ("应完成", &[Field::Target]),
    ("累计", &[Field::Done, Field::Progress]),
    ("实绩", &[Field::Done, Field::Progress]),
    ("实际量", &[Field::Done]),
    ("完成数", &[Field::Done]),
    ("完工", &[Field::Done, Field::Status]),
    ("竣工", &[Field::Done, Field::Status]),
    ("完成值", &[Field::Done]),
    ("合计", &[Field::Done]),
    ("完成量", &[Field::Done]),
    ("完成投资", &[Field::Done]),
    ("实际完成", &[Field::Done, Field::Progress]),
    ("完成情况", &[Field::Progress, Field::Status, Field::Done]),
    ("落实情况", &[Field::Progress, Field::Status]),
    ("办的过程", &[Field::Progress]),
    ("名堂", &[Field::Progress]),
    ("光景", &[Field::Progress, Field::Status]),
    ("实况", &[Field::Progress, Field::Status]),
    ("进展", &[Field::Progress, Field::Status, Field::Rate]),
    ("进度", &[Field::Progress, Field::Status, Field::Rate]),
    ("预期", &[Field::Content, Field::Target]),
    ("成效", &[Field::Progress]),
    ("推进", &[Field::Progress, Field::Status]),
    ("做到", &[Field::Progress, Field::Status]),
    ("做了", &[Field::Progress, Field::Done]),
    ("怎么样", &[Field::Progress, Field::Status]),
    ("工作情况", &[Field::Progress, Field::Status]),
    ("开展情况", &[Field::Progress, Field::Status]),
    ("战况", &[Field::Progress, Field::Status]),
    ("简析", &[Field::Progress, Field::Remark]),
    ("分析", &[Field::Progress, Field::Remark]),
    ("动态", &[Field::Progress, Field::Status]),
    ("怎么做", &[Field::Progress, Field::Plan]),
    ("干了", &[Field::Progress, Field::Done]),
    ("大意", &[Field::Content]),
    ("要求", &[Field::Content, Field::Target, Field::Indicator, Field::Name]),
    ("内容", &[Field::Content, Field::Name]),
    ("指标", &[Field::Indicator, Field::Target]),
    ("目标", &[Field::Target, Field::Content]),
    ("任务", &[Field::Name, Field::Content, Field::Target]),
    ("事项", &[Field::Name, Field::Content]),
    ("项目", &[Field::Name, Field::Content]),
    ("工程", &[Field::Name, Field::Content]),
    ("考核项", &[Field::Name, Field::Indicator]),
    ("哪样事", &[Field::Name, Field::Content]),
    ("的事", &[Field::Name, Field::Content]),
    ("名称", &[Field::Name]),
    ("科室", &[Field::Agencies]),
    ("序号", &[Field::Number]),
    ("编号", &[Field::Number]),
    ("代号", &[Field::Number]),
    ("次序", &[Field::Number]),
    ("备注", &[Field::Remark]),
    ("说明", &[Field::Remark, Field::Progress]),
    ("情况", &[Field::Progress, Field::Status]),
    ("措施", &[Field::Progress, Field::Plan, Field::Content]),
    ("举措", &[Field::Progress, Field::Plan, Field::Content]),
    ("完成", &[Field::Done, Field::Status, Field::Progress]),
];

/// What a title means by its parts. A bare word of time over figures (一季度, 1—3月) is the value of that time.
pub(super) fn by_parts(core: &str, time: TitleTime) -> Option<Vec<Field>> {
    if length(core) <= 14 {
        if tells_both(core) {
            return Some(vec![Field::Progress, Field::Problem]);
        }
        // 主要做法 asks for what was done, not for what is 要做.
        let asked = core.replace("主要", "");
        let fields = by_manner(&asked, time)
            .or_else(|| by_export(&asked))
            .or_else(|| first_part(&asked))
            .or_else(|| by_last_word(&asked));
        if let Some(fields) = fields {
            return Some(fields.to_vec());
        }
    }
    // Of 到9月底数 no more than 数 is left.
    let bare_time = strip_time(core).0.is_empty() || matches!(core, "数" | "数值" | "数据" | "数字");
    match time {
        TitleTime::Period if bare_time => Some(vec![Field::PeriodDone, Field::Progress]),
        TitleTime::Cumulative if bare_time => Some(vec![Field::Done, Field::Progress]),
        // 目前 over figures is what was done so far, over sentences how things stand.
        TitleTime::Open if matches!(core, "目前" | "现在" | "眼下" | "当前" | "如今") => {
            Some(vec![Field::Done, Field::Progress])
        }
        _ => None,
    }
}

/// Whether a title asks for what was done and, behind it, for what is in the way: 推进情况及存在问题.
fn tells_both(core: &str) -> bool {
    let first = |words: &[&str]| words.iter().filter_map(|word| core.find(word)).min();
    let told = first(&["进展", "进度", "推进情况", "完成情况", "落实情况", "工作情况", "开展情况"]);
    let hindered = first(&["问题", "困难", "难点", "堵点"]);
    told.zip(hindered).is_some_and(|(told, hindered)| told < hindered)
}

/// What the first of the parts means that a title contains, in the order of the list, not of the title.
fn first_part(core: &str) -> Option<&'static [Field]> {
    // All parts in one automaton, so that a title is walked through once.
    static FOUND: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let found = FOUND.get_or_init(|| AhoCorasick::new(PARTS.iter().map(|(part, _)| part)).ok());
    let place = match found {
        Some(found) => found.find_overlapping_iter(core).map(|part| part.pattern().as_usize()).min(),
        None => PARTS.iter().position(|(part, _)| core.contains(part)),
    };
    let fields = place.map(|place| PARTS[place].1)?;
    // 经办事项 are the matters that somebody handles, not the person.
    let of_other = matches!(fields[0], Field::Contact | Field::Deadline);
    let of_tasks = ["事项", "任务", "工作", "项目"].iter().any(|task| core.ends_with(task));
    Some(if of_other && of_tasks { &[Field::Name, Field::Content] } else { fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_comes_first_in_the_list_decides() {
        assert_eq!(first_part("经办事项").map(|fields| fields[0]), Some(Field::Name));
        for core in ["项目完成时间节点", "完成情况", "项目名称", "存在问题和下一步", "完成", "甲乙", ""]
        {
            let expected = PARTS.iter().find(|(part, _)| core.contains(part)).map(|(_, fields)| *fields);
            assert_eq!(first_part(core), expected, "{core}");
        }
    }
}
