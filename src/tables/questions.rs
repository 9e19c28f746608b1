//! What does a form on the web ask for? Its exports bear whole questions over their columns, with a number in front and a
//! note behind: 4.该任务目前处于什么阶段?(单选), 6.请用一两句话描述本期做了什么(必填).

use super::text::length;
use crate::list::Field;

/// Longest question, in characters, without its number and its note.
const LONGEST_QUESTION: usize = 48;
/// Longest question, in characters, that has neither number nor note.
const LONGEST_PLAIN_QUESTION: usize = 24;
/// Longest question, in characters, that asks for a name, a place or a time.
const LONGEST_SHORT_QUESTION: usize = 18;

/// How the note behind a question begins.
const NOTES: [&str; 22] = [
    "必填",
    "选填",
    "必答",
    "选答",
    "必选",
    "非必填",
    "可不填",
    "单选",
    "多选",
    "可多选",
    "填空",
    "问答",
    "简答",
    "单行",
    "多行",
    "自动",
    "下拉",
    "附件",
    "数字题",
    "日期题",
    "排序",
    "矩阵",
];

/// Words by which a question turns to whoever answers it.
const TURNING: [&str; 9] = ["麻烦", "请您", "请", "贵单位的", "本单位的", "我单位的", "贵", "您", "你"];
/// Words that ask for an answer and tell how long it is to be, behind 请; they stand one behind the other.
const ASKING: [&str; 36] = [
    "在此",
    "如实",
    "选择",
    "勾选",
    "填写",
    "填入",
    "填报",
    "输入",
    "写明",
    "写出",
    "写下",
    "注明",
    "列出",
    "列举",
    "说明",
    "描述",
    "概括",
    "概述",
    "简述",
    "介绍",
    "谈谈",
    "说说",
    "上传",
    "提供",
    "简要",
    "简单",
    "简短",
    "详细",
    "具体",
    "用文字",
    "或者",
    "或",
    "并",
    "和",
    "一下",
    ",",
];
/// How a question goes on behind 请, where it has neither number nor note.
const PLAINLY_ASKING: [&str; 10] = ["填", "选择", "用", "简", "描述", "说明", "输入", "上传", "列", "写"];

/// What a title names that is the subject of every question of the form: 该任务目前处于什么阶段.
const SUBJECTS: [&str; 14] = [
    "该项任务",
    "这项任务",
    "此项任务",
    "本项任务",
    "该任务",
    "本任务",
    "该项工作",
    "这项工作",
    "此项工作",
    "本项工作",
    "该工作",
    "该事项",
    "这件事",
    "该项目",
];

/// What is asked for, by the words of the question; the first that it contains decides.
const ASKED: &[(&[&str], &[Field])] = &[
    (&["姓名", "电话", "手机", "联系方式", "怎么联系"], &[Field::Contact]),
    (
        &[
            "下一步",
            "下步",
            "下阶段",
            "下一阶段",
            "下季",
            "下个",
            "下月",
            "接下来",
            "接下去",
            "打算",
            "后续",
            "今后",
            "准备怎么",
            "准备做",
        ],
        &[Field::Plan],
    ),
    (
        &[
            "困难",
            "问题",
            "难点",
            "难处",
            "堵点",
            "卡在",
            "障碍",
            "帮助",
            "帮忙",
            "协调",
            "支持",
            "为什么",
            "原因",
            "诉求",
        ],
        &[Field::Problem],
    ),
    (&["什么时候", "何时", "哪天", "时限", "几月完成", "预计完成", "预计几"], &[Field::Deadline]),
    (&["百分之", "百分比", "完成率", "比例", "几成", "完成度"], &[Field::Rate]),
    (&["目标是多少", "目标数", "目标值", "目标任务数", "应完成多少", "计划完成多少", "任务数"], &[Field::Target]),
    (&["累计", "完成了多少", "做了多少", "完成多少", "完成数", "数量是多少"], &[Field::Done, Field::Progress]),
    (
        &["什么阶段", "哪个阶段", "什么状态", "哪种状态", "完成了吗", "完成没有", "哪一步"],
        &[Field::Status, Field::Progress],
    ),
    (
        &[
            "做了什么",
            "做了哪些",
            "干了什么",
            "干了哪些",
            "开展了",
            "采取了",
            "取得",
            "完成了哪些",
            "完成了什么",
            "推进了",
            "进展",
            "成效",
            "做法",
            "具体情况",
        ],
        &[Field::Progress, Field::Status],
    ),
    (&["哪项", "哪一项", "哪个任务", "哪件", "什么任务"], &[Field::Name, Field::Content]),
];

/// What a title asks for where it is a question of a form: without its number, the words that ask, and the subject of all
/// questions. `bare` is the title without what stands in brackets, which are `brackets`. `None` where it is no question.
pub(super) fn asked<'t>(bare: &'t str, brackets: &[String]) -> Option<&'t str> {
    let rest = without_number(bare);
    let turns = ["您", "你", "贵"].iter().any(|word| rest.starts_with(word));
    let asks = rest.strip_prefix('请').is_some_and(|rest| !rest.starts_with('求'));
    let plainly = || {
        let behind = rest.trim_start_matches(['请', '您']);
        length(rest) <= LONGEST_PLAIN_QUESTION && (turns || PLAINLY_ASKING.iter().any(|word| behind.starts_with(word)))
    };
    let marked = is_noted(brackets) || rest.ends_with('?') || rest.len() < bare.len();
    let which = rest.len() < bare.len() && rest.contains('哪');
    let question = is_noted(brackets) || rest.ends_with('?') || which || (turns || asks) && (marked || plainly());
    if !question || length(rest) > LONGEST_QUESTION {
        return None;
    }
    let asked = without_asking(rest.trim_end_matches(['?', '.', '。', ':', ';', '*']));
    (!asked.is_empty()).then_some(asked)
}

/// Whether what stands in the brackets of a title is a form's note on how its question is to be answered.
fn is_noted(brackets: &[String]) -> bool {
    brackets.iter().any(|inner| NOTES.iter().any(|note| inner.starts_with(note)))
}

/// Whether a title is one of a form on the web as it is exported: with a number and a note, or with the number of a
/// question and words that ask.
pub(super) fn is_exported(plain: &str) -> bool {
    let rest = without_number(plain);
    let numbered = rest.len() < plain.len();
    let is_note = |inner: &str| NOTES.iter().any(|note| inner.starts_with(note));
    let noted = || plain.split(['(', '[', '【']).skip(1).any(is_note);
    let asks = || rest.contains('?') || ["请", "您", "你", "贵"].iter().any(|word| rest.starts_with(word));
    (numbered || plain.contains("自动")) && noted() || numbered && asks()
}

/// A title without the number of a question: 3.任务名称, 1、所在单位, 第5题 目前状态.
pub(super) fn without_number(bare: &str) -> &str {
    let bare = bare.trim_start_matches('*');
    let counted = bare.strip_prefix(['第', 'Q']).unwrap_or(bare);
    let digits = counted.chars().take_while(char::is_ascii_digit).count();
    let behind = &counted[digits..];
    let marks = ['.', '、', ':', '题', ')', '_'];
    let numbered = (1..=2).contains(&digits) && behind.starts_with(marks);
    // 1.5公里 begins with no number of a question.
    let rest = behind.trim_start_matches(marks).trim_start_matches('*');
    if numbered && !rest.starts_with(|c: char| c.is_ascii_digit()) { rest } else { bare }
}

/// A question without the words that ask for an answer and the subject of all questions.
fn without_asking(question: &str) -> &str {
    let mut rest = question;
    let mut asks = false;
    loop {
        let turned = || TURNING.iter().chain(&SUBJECTS).find_map(|word| rest.strip_prefix(word));
        let asking = || ASKING.iter().filter(|_| asks).find_map(|word| rest.strip_prefix(word));
        let shorter = turned().or_else(asking).or_else(|| without_measure(rest));
        match shorter {
            Some(shorter) if !shorter.is_empty() => {
                asks |= rest.starts_with(['请', '麻', '用', '以']);
                rest = shorter;
            }
            _ => return rest,
        }
    }
}

/// A question without how long its answer is to be: 用一两句话描述…, 用100字以内说明….
fn without_measure(rest: &str) -> Option<&str> {
    let used = rest.strip_prefix("用").or_else(|| rest.strip_prefix("以"))?;
    let ends = ["句话", "段话", "字以内", "字左右", "个字", "几句"];
    let (place, word) = ends.iter().filter_map(|word| Some((used.find(word)?, word))).min()?;
    (place <= 12).then(|| used[place + word.len()..].trim_start_matches("的文字"))
}

/// The fields that an asked question may be answered with; none where a form only wants yes or no on a hindrance.
pub(super) fn fields(asked: &str) -> Option<&'static [Field]> {
    let (_, fields) = ASKED.iter().find(|(words, _)| words.iter().any(|word| asked.contains(word)))?;
    let yes_or_no = ["是否", "有无", "有没有"].iter().any(|word| asked.starts_with(word));
    let which = ["哪些", "什么", "请", "具体", "说明"].iter().any(|word| asked.contains(word));
    Some(if yes_or_no && !which && fields[0] == Field::Problem { &[] } else { fields })
}

/// Whether an asked question is whose answer it is: 所在的街道乡镇及科室, 填报单位是.
pub(super) fn is_of_place(asked: &str) -> bool {
    let names = ["街道", "乡镇", "镇街", "街镇"].iter().any(|word| asked.contains(word));
    let own = ["所在", "所属", "填报", "报送", "上报", "来自", "代表"].iter().any(|word| asked.contains(word));
    let unit = ["单位", "镇", "部门"].iter().any(|word| asked.contains(word));
    length(asked) <= LONGEST_SHORT_QUESTION && (names || own && unit) && !tells(asked)
}

/// Whether an asked question is for which time its answer is: 本次填报的周期, 填报的是哪个季度.
pub(super) fn is_of_period(asked: &str) -> bool {
    let times = ["周期", "期间", "季度", "月份", "报告期", "时段", "哪个月", "哪一期"];
    let own = ["填报", "报送", "上报", "本次", "所属", "统计", "反馈", "哪"];
    length(asked) <= LONGEST_SHORT_QUESTION
        && times.iter().any(|word| asked.contains(word))
        && own.iter().any(|word| asked.contains(word))
        && !tells(asked)
}

/// Whether a question is about what was done or is to be done, whatever place or time it names.
fn tells(asked: &str) -> bool {
    let words = [
        "任务", "做", "干", "完成", "目标", "进展", "情况", "困难", "问题", "打算", "计划", "累计", "联系", "负责",
        "数",
    ];
    words.iter().any(|word| asked.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_of(bare: &str, note: &str) -> Option<String> {
        asked(bare, &[note.to_owned()]).map(str::to_owned)
    }

    #[test]
    fn questions_are_taken_apart() {
        for (title, note, expected) in [
            ("3.请选择或填写任务名称", "必填", "任务名称"),
            ("4.该任务目前处于什么阶段?", "单选", "目前处于什么阶段"),
            ("6.请用一两句话描述本期做了什么", "必填", "本期做了什么"),
            ("第2题:请用100字以内简要说明工作进展", "填空", "工作进展"),
            ("12、您所在的街道乡镇及科室", "", "所在的街道乡镇及科室"),
            ("提交者", "自动", "提交者"),
            ("2、填报哪个季度", "", "填报哪个季度"),
        ] {
            assert_eq!(asked_of(title, note).as_deref(), Some(expected), "{title}");
        }
        for title in ["任务名称", "1.任务名称", "1.5公里", "重大项目建设", "请"] {
            assert_eq!(asked_of(title, "万元").filter(|asked| asked != title), None, "{title}");
        }
    }

    #[test]
    fn what_is_asked_for() {
        for (question, field) in [
            ("有什么困难需要上级帮助", Some(Field::Problem)),
            ("截至目前完成了多少", Some(Field::Done)),
            ("下个季度打算怎么推进", Some(Field::Plan)),
            ("是否需要区里协调", None),
            ("是否需要区里协调,请说明", Some(Field::Problem)),
        ] {
            assert_eq!(fields(question).map(|fields| fields.first().copied()), Some(field), "{question}");
        }
        assert!(is_of_place("所在的街道乡镇及科室") && is_of_place("填报单位") && !is_of_place("全镇累计完成数"));
        assert!(is_of_period("本次填报的周期") && is_of_period("填报的是哪个季度") && !is_of_period("本季度做了什么"));
    }
}
