//! What is a text that stands outside all tables: title, caption, note, signature?

use super::captions::CAPTION_LABELS;
pub(crate) use super::captions::is_caption;
use super::dated_acts::tells_when_filled_in;
use super::seals::is_sealed;
use super::table::OutsideRole;
use super::text::{has_at_most, has_section_mark, is_date, is_narrative, length, names_agencies};
use crate::words::Words;

/// Words that are a label only where they stand alone in their cell.
static BARE_LABELS: Words = Words::new("截至 截止 乡镇 街道 镇街 单位 日期 时间 期间 季度 月份 年份 年度 填报 报送");

/// Labels and words of signatures.
static SIGNATURE_WORDS: Words = Words::new(
    "阅 阅示 填表 填表人 填表的 报的人 填报人 制表人 制表 审核人 审核 审签 审批人 负责人 分管领导 主要领导 经办人 经办 联系人 联系电话 \
    签字 签名 签章 盖章 公章 (章) 核对人 复核 单位负责人 主要负责人 报送人 统计人 校对 核稿 拟稿 会签 签发 制图 绘图 制图单位 联系方式 电话 \
    领导签",
);

/// First words of notes.
static NOTE_WORDS: Words = Words::new(
    "注: 注1 注. 注、 备注: 说明: 填表说明 填报说明 填写说明 填报要求 填表要求 附注 备注1 *注 ※ 注意 要求: 提示 \
    说明1 图例 温馨提示 指标解释 填表须知 示例 导出说明 \
    数据说明 统计说明 口径说明 编制说明 数据来源",
);

/// Last words of titles.
static TITLE_ENDS: Words = Words::new(
    "表 台账 清单 汇总 情况 一览 报表 统计 进展 进度 任务书 分解 责任分解 汇报 报告 小结 总结 落实 反馈 月报 \
    季报 周报 年报 工程 方案 报送 合订本 汇编 专报 简报 台帐",
);

/// Longest text, in characters, of a line that says who signs.
pub(super) const LONGEST_SIGNATURE: usize = 80;

/// The same of one without a colon, bracket or stroke: 单位负责人签字.
const LONGEST_UNMARKED_SIGNATURE: usize = 12;

/// Whether a text is a label that still waits for its value: 区核定总分:.
pub(crate) fn is_open_label(text: &str) -> bool {
    text.ends_with(':') && length(text) <= 16
}

/// Whether a plain text is a label whose value stands in a cell beside it: 填报单位, 单位(盖章):.
pub(crate) fn is_bare_label(text: &str) -> bool {
    let labels = || [&CAPTION_LABELS, &SIGNATURE_WORDS, &BARE_LABELS].into_iter();
    let bare = text.trim_end_matches(':');
    let (name, _) = bare.split_once('(').unwrap_or((bare, ""));
    length(text) <= 16 && (text.ends_with(':') || labels().any(|labels| labels.contains(name) || labels.contains(bare)))
}

/// Whether a plain text belongs to a signature line: a word of one at its beginning, or with its colon; a seal in
/// brackets. A narrative may say that something was 审核 or 盖章.
pub(crate) fn is_signature(text: &str) -> bool {
    let marked = || text.contains([':', '(', '/']);
    let short = has_at_most(text, LONGEST_UNMARKED_SIGNATURE) || has_at_most(text, LONGEST_SIGNATURE) && marked();
    if !short {
        return false;
    }
    let stands_there = SIGNATURE_WORDS.stand_in(text);
    let word = stands_there
        && SIGNATURE_WORDS.iter().any(|word| {
            text.match_indices(word).any(|(place, _)| {
                let after = &text[place + word.len()..];
                let opens = text[..place].is_empty() || text[..place].ends_with([':', ')', '(', ',', ';', '、']);
                let ends = after.is_empty() || after.starts_with(['(', ')', '/', '、', '及', '人', '_']);
                after.starts_with(':') || opens && ends
            })
        });
    word || is_sealed(text) || names_office_holder(text)
}

/// Whether a text names who holds an office, or leaves room for the name: 站长:赖德旺, 分管副镇长:.
fn names_office_holder(text: &str) -> bool {
    let Some((office, name)) = text.split_once(':') else { return false };
    (2..=7).contains(&length(office))
        && ["长", "主任", "书记", "委员"].iter().any(|end| office.ends_with(end))
        && (name.is_empty() || is_person(name))
}

/// Whether a plain text is a note or an instruction by its first words.
pub(crate) fn is_note(text: &str) -> bool {
    let bare = text.trim_start_matches(['(', '[', '*', '【']);
    let labelled = || {
        let (label, _) = bare.split_once(':')?;
        let explains =
            ["说明", "要求", "须知", "提示", "注意", "意见", "批示", "批注"].iter().any(|end| label.ends_with(end));
        (length(label) <= 8 && explains).then_some(())
    };
    NOTE_WORDS.beginning(bare).next().is_some() || labelled().is_some()
}

/// Whether a plain text reads like the title of a form.
pub(crate) fn is_title(text: &str) -> bool {
    let (bare, _) = text.split_once('(').unwrap_or((text, ""));
    let named = TITLE_ENDS.end(bare) || TITLE_ENDS.end(text);
    (4..=80).contains(&length(text)) && named && !text.contains(['。', ';']) && !has_section_mark(text)
}

/// The role of a plain text that stands above the first table of its part of the sheet.
pub(crate) fn role_above(text: &str, alone: bool) -> OutsideRole {
    if is_note(text) {
        OutsideRole::Note
    } else if is_caption(text) {
        OutsideRole::Caption
    } else if is_title(text) {
        OutsideRole::Title
    } else if is_signature(text) || text.contains("填报") && text.contains(':') {
        OutsideRole::Caption
    } else if text.starts_with("现将")
        || text.contains("报送如下")
        || text.contains("汇报如下")
        || announces_report(text)
    {
        // The sentence of a letter that says whose report on which time follows.
        OutsideRole::Title
    } else if length(text) > 60 || text.contains('。') {
        OutsideRole::Note
    } else if alone || length(text) <= 40 {
        OutsideRole::Title
    } else {
        OutsideRole::Unassigned
    }
}

/// Whether a sentence of a letter announces the report below it, whatever stands before: 按照分工要求,现将我乡2024年三季度推进
/// 情况报告如下. What a notice passes on (现将通知转发如下) is another's.
fn announces_report(text: &str) -> bool {
    const REPORTS: [&str; 5] = ["报告如下", "上报如下", "情况如下", "进展如下", "总结如下"];
    let announced = text.split_once("现将").map(|(_, rest)| rest.split('。').next().unwrap_or(rest));
    announced.is_some_and(|sentence| REPORTS.iter().any(|reports| sentence.contains(reports)))
}

/// The role of a plain text that stands below a table, or on a sheet without tables.
pub(crate) fn role_below(text: &str, alone: bool) -> OutsideRole {
    if is_note(text) {
        OutsideRole::Note
    } else if is_closing(text) {
        OutsideRole::Signature
    } else if alone && length(text) >= 4 || is_narrative(text) {
        OutsideRole::Note
    } else {
        OutsideRole::Unassigned
    }
}

/// Whether a text is a number or a percentage, and no date: it neither signs nor dates a form, which is told sooner than of
/// words.
pub(super) fn is_bare_figure(text: &str) -> bool {
    let figures = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'%');
    !text.is_empty() && text.bytes().all(figures) && !is_date(text)
}

/// Whether a plain text belongs to the lines below a form: a signature, a date, the name of the office that signs.
pub(crate) fn is_closing(text: &str) -> bool {
    // The number of a row is asked most often.
    !is_bare_figure(text) && (is_signature(text) || closes_unsigned(text))
}

/// See [`is_closing`]; of a text that is no signature.
pub(super) fn closes_unsigned(text: &str) -> bool {
    if is_bare_figure(text) {
        return false;
    }
    let of_day = |c: char| {
        matches!(c, '0'..='9' | '年' | '月' | '日' | '号' | '.' | '-' | '/' | '〇')
            || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    };
    let undated = text.trim_matches(of_day);
    let office = |text: &str| {
        let organ = without_act(text);
        (names_office(text) || names_office(organ)) && length(organ) <= 24 || is_office_line(text)
    };
    is_caption(text)
        || is_page_mark(text)
        || tells_when_filled_in(text)
        || office(text)
        || office_with_contact(text).is_some_and(office)
        || undated.len() + 8 <= text.len() && (office(undated) || is_person(undated.trim()))
}

/// The name of an office without what it says that it did with the form: 东屏街道党政办(制图), 统计站编印.
fn without_act(text: &str) -> &str {
    const ACTS: [&str; 8] = ["编制", "印制", "绘制", "制作", "制图", "制", "编", "印"];
    const IN_BRACKETS: [&str; 5] = ["制表", "汇总", "整理", "供稿", "报送"];
    const ORGANS: [&str; 2] = ["办事处", "人民政府"];
    let bracketed = text.strip_suffix(')').and_then(|text| text.split_once('('));
    match bracketed {
        Some((office, act)) if ACTS.contains(&act) || IN_BRACKETS.contains(&act) => office,
        // 北岙街道办事处(数据以11月30日为准): the organ itself signs, whatever it adds.
        Some((office, _)) if ORGANS.iter().any(|organ| office.ends_with(organ)) => office,
        _ => ACTS.iter().find_map(|act| text.strip_suffix(act)).unwrap_or(text),
    }
}

/// First characters of the names of most people.
const SURNAMES: &str = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔\
    钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤柯倪施洪甘赖颜缪詹鲍裘翁阮骆庄岑瞿娄聂樊邢殷俞庞葛隋虞邬褚";

/// Whether a text is the name of a person: 郑晓燕.
pub(crate) fn is_person(text: &str) -> bool {
    let mut characters = text.chars();
    has_at_most(text, 3)
        && text.chars().nth(1).is_some()
        && characters.next().is_some_and(|first| SURNAMES.contains(first))
        && characters.all(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
}

/// The office in a line that also tells whom to ask there: 社会事务办 值班电话0577-63480000, 统计站 站长:洪国栋.
fn office_with_contact(text: &str) -> Option<&str> {
    static CONTACTS: Words = Words::new("值班电话 联系电话 咨询电话 办公电话 电话 联系人 站长 主任 负责人 经办 汇总人");
    if !CONTACTS.stand_in(text) {
        return None;
    }
    let place = CONTACTS.iter().filter_map(|word| text.find(word)).min()?;
    let (office, contact) = text.split_at(place);
    (!office.is_empty() && length(contact) <= 30).then(|| office.trim_end_matches([',', ';', '(', ':']))
}

/// Whether a text counts the printed pages, or the lines of an export: 第1页/共1页, 共16条第1/1页, — 3 —.
pub(super) fn is_page_mark(text: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '―' | '~' | '·');
    let between = text.strip_prefix(dash).and_then(|text| text.strip_suffix(dash)).map(|text| text.trim_matches(dash));
    if between.is_some_and(|number| (1..=3).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit())) {
        return true;
    }
    if !text.contains('页') {
        return false;
    }
    // 本页5条 at the foot of each printed page.
    let of_page = text.strip_prefix("本页").and_then(|rest| rest.strip_suffix(['条', '项', '行']));
    if of_page.is_some_and(|number| number.parse::<u32>().is_ok()) {
        return true;
    }
    let counted = if text.starts_with(['共', '总', '第', '每']) { "条项记录每显示总计当前" } else { "" };
    let marks = "第共页/,、-—一二三四五六七八九十|";
    let rest = text.trim_matches(|c: char| c.is_ascii_digit() || marks.contains(c) || counted.contains(c));
    rest.is_empty() && length(text) >= 3
}

/// Whether a lone line ends a report as letters do: 特此报告, 以上情况请审阅, (以下空白).
pub(crate) fn is_closing_phrase(text: &str) -> bool {
    let bare = text.trim_start_matches(['(', '【', '—', '-']);
    let phrases = [
        "特此",
        "专此",
        "以上报告",
        "以上汇报",
        "以上情况",
        "以上数据",
        "请审",
        "妥否",
        "以下空白",
        "以下无正文",
        "此页无",
    ];
    length(bare) <= 30 && phrases.iter().any(|phrase| bare.starts_with(phrase))
        || asks_back(bare)
        || matches!(bare.trim_end_matches(['—', '-']), "完)" | "完】" | "完")
}

/// Whether a text tells where to ask: 有疑问找, 如有疑问请联系. 有问题的12户 is something else.
pub(super) fn asks_back(text: &str) -> bool {
    const ASKS: [&str; 6] = ["找", "问", "请", "联系", "打", "拨"];
    let doubts = ["有疑问", "有问题", "有不明白", "不清楚的", "不懂的"];
    let rest = doubts.iter().find_map(|doubt| text.trim_start_matches('如').strip_prefix(doubt));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches([',', '的', '可']);
        length(text) <= 20 && (rest.is_empty() || ASKS.iter().any(|asks| rest.starts_with(asks)))
    })
}

/// Whether a lone line is the name of an office of a township and nothing else: 霓屿街道经发办.
pub(crate) fn is_office_line(text: &str) -> bool {
    let within = || ["街道", "镇", "乡"].iter().any(|word| text.find(word).is_some_and(|place| place > 0));
    (4..=16).contains(&length(text)) && within() && names_agencies(text) && !text.contains(['、', ',', ';'])
}

/// Whether a short line is the name of an office, as the line above a seal is.
pub(super) fn names_office(plain: &str) -> bool {
    ["办事处", "人民政府", "街道", "镇", "乡", "党政办", "办公室"].iter().any(|end| plain.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::text::plain;

    #[test]
    fn signatures_are_told_from_narratives() {
        for text in [
            "填表人:陈海燕　　审核人:叶国平",
            "经办:林阿海",
            "站长:赖德旺",
            "分管副镇长:",
            "大门镇人民政府(盖章)",
            "审核人",
            "负责人(签字):",
            "联系电话:6348",
            "(元觉街道办事处盖章)",
            "(霓屿街道办事处代章)",
            "(东屏街道办事处代章)",
            "霓屿街道办事处（代章）",
            "鹿西乡人民政府代章",
        ] {
            assert!(is_signature(&plain(text)), "{text}");
        }
        for text in
            ["方案已报区里审核", "合同已签字盖章", "方案已报镇盖章", "联系人大代表12人", "工程进度由负责人每周汇报"]
        {
            assert!(!is_signature(&plain(text)), "{text}");
        }
    }

    #[test]
    fn pages_are_counted_in_many_ways() {
        for text in ["第1页/共1页", "共16条 第1/1页", "本页5条", "— 3 —", "-12-", "－ 1 －", "—— 2 ——"]
        {
            assert!(is_page_mark(&plain(text)), "{text}");
        }
        for text in ["-3", "—", "——", "3", "—大岙村—", "- 2024 -", "-3%-", "首页改版"] {
            assert!(!is_page_mark(&plain(text)), "{text}");
        }
    }

    #[test]
    fn where_to_ask_closes_a_form() {
        for text in ["有疑问找", "如有疑问，请联系党政办", "有问题请拨短号66218"] {
            assert!(is_closing_phrase(&plain(text)), "{text}");
        }
        for text in ["有问题的12户已整改", "有疑问的数据已核对", "问题请区里协调"] {
            assert!(!is_closing_phrase(&plain(text)), "{text}");
        }
    }

    #[test]
    fn who_signs_with_a_date_closes_a_form() {
        assert!(is_closing(&plain("郑晓燕  2024.9.30")) && is_closing(&plain("北岙街道办事处2024年4月9日")));
        assert!(is_closing(&plain("东屏街道党政综合办公室(制图)")) && is_closing(&plain("霓屿街道办事处编制")));
        assert!(is_closing("2024年8月1日手机填") && is_closing("2024.10.8小李汇总"));
        assert!(!is_closing("2024年8月1日完成主体并填") && !is_closing("8月1日填"));
        assert!(!is_closing(&plain("已完成 2024.9.30")) && !is_closing(&plain("郑家村水库")));
    }

    #[test]
    fn a_letter_announces_its_report() {
        let role = |text: &str| role_above(&plain(text), true);
        assert_eq!(role("按照分工要求,现将我乡2024年三季度推进情况报告如下,请审阅。"), OutsideRole::Title);
        assert_eq!(role("根据区里安排,现将学习北岙街道做法的通知转发如下。"), OutsideRole::Note);
        assert_eq!(role("按照分工要求填写。工作情况如下表所列。"), OutsideRole::Note);
    }

    #[test]
    fn captions_titles_and_notes() {
        for text in [
            "填报单位：北岙街道",
            "账期:2024年6月份",
            "单位:万元",
            "2024年第一季度",
            "(2024年1-3月)",
            "日期:4.9",
            "计量单位:亩",
        ] {
            assert!(is_caption(&plain(text)), "{text}");
        }
        for text in ["重大项目建设", "单位:各街道共同完成年度目标任务的情况", "一季度完成投资3亿元"]
        {
            assert!(!is_caption(&plain(text)) || text.starts_with("单位"), "{text}");
        }
        assert!(is_title(&plain("东屏街道2024年一季度落实情况表(汇总)")) && !is_title(&plain("一、发展目标情况")));
        assert!(
            is_note(&plain("注：以统计局反馈为准")) && is_note(&plain("（填表说明）")) && !is_note(&plain("注重实效"))
        );
    }
}
