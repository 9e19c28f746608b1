//! What kind of words stand in a cell? Small questions about one text, asked by the layout of tables.

use unicode_normalization::UnicodeNormalization;

use super::grid::is_invisible;
pub(crate) use super::states::{is_status_word, is_tick};
use crate::numeral::circled;
use crate::words::Words;

/// Longest text, in bytes, that is looked at: what a cell is for shows in its first three hundred characters, and cells
/// of real files may hold whole books.
const LOOKED_AT: usize = 1_000;

/// The beginning of a text, as far as it is looked at.
pub(crate) fn beginning(text: &str) -> &str {
    let end = (0..=LOOKED_AT.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// The beginning of the text with full-width letters made plain, and without white space: the form in which titles are
/// compared and roles are told.
pub(crate) fn plain(text: &str) -> String {
    let text = beginning(text);
    let kept = |c: &char| !c.is_whitespace() && !is_invisible(*c);
    let mut simple = String::with_capacity(text.len());
    for c in text.chars() {
        match simply_plain(c) {
            Some(plain) if kept(&plain) => simple.push(plain),
            Some(_) => {}
            None => return text.nfkc().filter(kept).collect(),
        }
    }
    simple
}

/// What normalisation makes of the characters of nearly all Chinese texts, so that few need it: letters, characters and
/// marks that it leaves alone, and full-width forms. None of them joins with its neighbour. `None` for any other.
fn simply_plain(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7f}' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '“' | '”' | '《' | '》' | '—' => Some(c),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// The beginning of a text on one line: the form in which a reason quotes it.
pub(crate) fn quoted(text: &str) -> String {
    one_line(beginning(text))
}

/// The text on one line, outer white space removed: the form in which a cell is quoted.
pub(crate) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || is_invisible(c))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Number of characters of a plain text.
pub(crate) fn length(plain: &str) -> usize {
    plain.chars().count()
}

/// Whether a text is a label with whom to ask: 牵头:村镇建设办, 责任单位：农业农村办(单位:亩).
pub(crate) fn names_who_leads(plain: &str) -> bool {
    let label = plain.split_once(':').map_or("", |(label, _)| label);
    ["牵头", "责任", "承办", "主办", "负责", "联系"].iter().any(|word| label.starts_with(word)) && length(label) <= 6
}

/// Whether the text is a number, maybe with a sign, a thousands separator, an approximate word and a short unit.
pub(crate) fn is_numeric(plain: &str) -> bool {
    let body = plain.trim_start_matches(['约', '近', '超', '达', '共', '<', '>', '≥', '≤', '≈', '-', '+']);
    let digits = body.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
    if digits == 0 {
        return is_chinese_number(body);
    }
    let rest: String = body.chars().skip(digits).collect();
    // 3.和美乡村建设 and 4、具体说说 are numbered.
    let pointed = body.chars().nth(digits - 1).is_some_and(|last| matches!(last, '.' | ',')) && !rest.is_empty();
    let numbered = pointed || rest.starts_with(['、', ')']);
    !numbered && length(&rest) <= 6 && !rest.contains(['。', ';', '年', '月'])
}

/// Whether a text begins with its number in a list: 2.景区村创建, 20、农村人居环境提升. 1.5公里 does not.
pub(crate) fn is_numbered(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.trim_start_matches(['.', '．', '、']);
    rest.len() < text.len() && behind.len() < rest.len() && !behind.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the text is a count written in Chinese numerals with a short unit: 三十余家, 十二个.
fn is_chinese_number(plain: &str) -> bool {
    let numerals = plain.chars().take_while(|c| "零〇一二两三四五六七八九十百千万亿".contains(*c)).count();
    if numerals == 0 {
        return false;
    }
    let rest: String = plain.chars().skip(numerals).collect();
    let counted = rest.trim_start_matches(['余', '多', '来', '几']);
    (1..=2).contains(&length(counted))
        && counted.starts_with(|c| "个家户人亩次场处条座件宗名项元公吨斤艘张".contains(c))
}

/// Whether the text is a percentage.
pub(crate) fn is_percentage(plain: &str) -> bool {
    plain.ends_with('%') && is_numeric(plain) || plain.starts_with("百分之")
}

/// Whether the text is a bare whole number, a list mark or a section numeral, such as a 序号 column holds.
pub(crate) fn is_ordinal(plain: &str) -> bool {
    let inner = plain.trim_matches(|c: char| "()（）[]【】.、,第项号条#".contains(c));
    let digits =
        !inner.is_empty() && inner.len() <= 5 && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    digits
        || is_section_numeral(inner)
        || inner.chars().next().is_some_and(|c| circled(c).is_some()) && length(inner) == 1
}

/// Whether the text is a Chinese numeral and nothing else: 一, 十二.
pub(crate) fn is_section_numeral(plain: &str) -> bool {
    let count = length(plain);
    (1..=3).contains(&count) && plain.chars().all(|c| "一二三四五六七八九十".contains(c))
}

/// Last characters of the names of offices.
static AGENCY_ENDS: Words =
    Words::new("局 委 办 街道 镇 乡 中心 部 社 公司 院 所 站 联 大队 支行 分局 乡镇 村 社区 科 组 园区 政府 支队 集团");

/// Whether the text names one or several offices and says nothing else.
pub(crate) fn names_agencies(plain: &str) -> bool {
    let parts: Vec<&str> =
        plain.split(['、', ',', ';', '*', '/', '，', '；']).filter(|part| !part.is_empty()).collect();
    let ends = |part: &str| {
        let bare = part.split(['(', '（']).next().unwrap_or(part);
        length(bare) <= 14 && AGENCY_ENDS.end(bare)
    };
    let naming = parts.iter().filter(|part| ends(part)).count();
    !parts.is_empty() && naming * 3 >= parts.len() * 2 && naming > 0 && length(plain) >= 2
}

/// Whether the text is a date, a month or a year and nothing else.
pub(crate) fn is_date(plain: &str) -> bool {
    let year = plain.starts_with("20") || plain.contains(['年', '月']) || plain.contains("季度");
    if !year {
        return false;
    }
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let marks = plain
        .chars()
        .filter(|c| "年月日号底前末.-/季度上下半旬中第〇零一二三四五六七八九十初至—~起".contains(*c))
        .count();
    (digits >= 1 || marks >= 2) && digits + marks == length(plain) && marks >= 1
        || digits == 4 && length(plain) == 4 && plain.starts_with("20")
}

/// Whether the text is long enough, or punctuated, to tell something.
pub(crate) fn is_narrative(plain: &str) -> bool {
    let count = length(plain);
    let punctuated = count >= 6 && plain.contains(['，', ',', '。', ';', '；']);
    count >= 12 || punctuated || count >= 3 && plain.ends_with('。')
}

/// Whether the text only asks to be filled in: 请选择, (请填写), 点击选择.
pub(crate) fn is_prompt(plain: &str) -> bool {
    let bare = plain.trim_matches(|c: char| "()[]【】<>…._-".contains(c));
    length(bare) <= 12
        && ["请选择", "请填", "点击选择", "待填", "此处填写", "必填", "选填"].iter().any(|word| bare.starts_with(word))
}

/// Whether the text tells how to fill in the column: 填数字, 下拉选择, 100字以内, 不得改动.
pub(crate) fn is_hint(plain: &str) -> bool {
    let bare = plain.trim_matches(|c: char| "()[]【】<>…._-".contains(c));
    let begins = [
        "填",
        "请",
        "下拉",
        "选择",
        "点选",
        "不得",
        "不要",
        "不可",
        "勿",
        "自动",
        "无需",
        "无须",
        "必填",
        "选填",
        "可不填",
        "系统",
        "限",
    ];
    let words =
        ["字以内", "字左右", "字以上", "填写", "勿改", "勿动", "改动", "下拉", "不填", "格式", "精确到", "保留"];
    (2..=30).contains(&length(bare))
        && (begins.iter().any(|word| bare.starts_with(word)) || words.iter().any(|word| bare.contains(word)))
}

/// Marks that begin a section heading.
pub(crate) fn has_section_mark(plain: &str) -> bool {
    if plain.starts_with(['【', '◆', '■', '▲', '★', '●', '◎'])
        || plain.starts_with("以下是")
        || plain.starts_with("以下为")
    {
        return true;
    }
    let body = plain.trim_start_matches(['(', '（', '第']);
    let numerals = body.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    let after: String = body.chars().skip(numerals).take(2).collect();
    let marked = numerals > 0 && numerals <= 3;
    marked && (after.starts_with(['、', ')', '.', ',', '章', '节', ':']) || after == "部分")
}

/// Whether the text names a village or a community: 东沙村, 城南社区. A kind of village (示范村, 电气化村) and a task
/// that ends in the word (科特派进村, 清廉村与法治村) are none.
pub(crate) fn is_village(plain: &str) -> bool {
    const KINDS: &str = "示范村 中心村 整治村 行政村 美乡村 景区村 文化村 自然村 文明村 卫生村 生态村 平安村 健康村 \
        数字村 智慧村 样板村 重点村 薄弱村 空心村 特色村 淘宝村 电商村 旅游村 森林村 先进村 贫困村 脱贫村 搬迁村 试点村 精品村 \
        美丽村 和谐村 城中村 传统村 历史村 未来村 未来乡村 未来社区 完整社区 智慧社区 示范社区 平安社区 文明社区 绿色社区 无废社区";
    // Characters that tell of doing, joining or being of a kind, and hardly stand in the name of a village.
    const OF_TASKS: [char; 14] = ['进', '到', '入', '与', '和', '及', '化', '创', '建', '型', '级', '强', '治', '廉'];
    let bare = plain.trim_start_matches("其中").trim_start_matches([':', '：', '-', '—', '·', '•', '、']);
    (2..=9).contains(&length(bare))
        && ["村", "社区", "村居", "渔村", "居委会", "村委会"].iter().any(|end| bare.ends_with(end))
        && !KINDS.split_whitespace().any(|end| bare.ends_with(end))
        && !["乡村", "农村"].iter().any(|end| bare.ends_with(end))
        && !bare.contains(OF_TASKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_plain_simply_is_what_normalisation_makes_of_it() {
        for c in ('\0'..='\u{ffff}').filter(|c| simply_plain(*c).is_some()) {
            assert_eq!(c.nfkc().collect::<String>(), simply_plain(c).into_iter().collect::<String>(), "{c:?}");
            // It joins with no neighbour.
            let doubled: String = ['甲', c, c, 'a', c].into_iter().collect();
            let simple: String = doubled.chars().filter_map(simply_plain).collect();
            assert_eq!(doubled.nfkc().collect::<String>(), simple, "{c:?}");
        }
        assert_eq!(plain("完成　１２．５％，①（好）\u{200b} é"), "完成12.5%,1(好)é");
    }

    #[test]
    fn numbers_are_told_from_words_and_dates() {
        for text in ["12", "3.2亿元", "约30", "1,024户", "三十余家", "98%", "-5", "0"] {
            assert!(is_numeric(&plain(text)), "{text}");
        }
        for text in [
            "",
            "推进中",
            "2024年3月",
            "一般",
            "半年成效",
            "三基三主",
            "一周一调度",
            "完成3个",
            "12个村都整治过了,还有两个",
            "3.和美乡村建设",
            "4、具体说说",
        ] {
            assert!(!is_numeric(&plain(text)), "{text}");
        }
    }

    #[test]
    fn agencies_are_told_from_tasks() {
        for text in
            ["*区发改局、区农业农村局、各街道乡镇", "区委组织部", "党政办", "妇联", "*区住建局(牵头),各街道乡镇"]
        {
            assert!(names_agencies(&plain(text)), "{text}");
        }
        for text in ["重大项目建设", "完成投资2.86亿元", "", "推进中"] {
            assert!(!names_agencies(&plain(text)), "{text}");
        }
    }

    #[test]
    fn dates_months_and_years() {
        for text in [
            "2024",
            "二〇二四年七月三日",
            "2024年12月",
            "2024.3",
            "2024-12-31",
            "12月底",
            "3月底前",
            "2024年上半年",
            "一季度末",
        ] {
            assert!(is_date(&plain(text)), "{text}");
        }
        for text in ["12", "2.86", "12亿元", "年底目标2100万", "3"] {
            assert!(!is_date(&plain(text)), "{text}");
        }
    }

    #[test]
    fn section_marks_are_told_from_numbers_and_names() {
        for text in [
            "一、发展目标",
            "(一)实施乡村产业发展提升行动",
            "【宜居类】",
            "第二部分 改革",
            "以下是改革方面的",
            "十二、其他",
        ] {
            assert!(has_section_mark(&plain(text)), "{text}");
        }
        for text in ["重大项目建设", "1", "三基三主", "四治融合", "“两进两回”行动", "一季度"]
        {
            assert!(!has_section_mark(&plain(text)), "{text}");
        }
    }

    #[test]
    fn prompts_are_told_from_answers() {
        for text in ["请选择", "(请填写)", "点击选择状态"] {
            assert!(is_prompt(&plain(text)), "{text}");
        }
        for text in ["推进中", "请区里协调解决管线迁改资金缺口问题", ""] {
            assert!(!is_prompt(&plain(text)), "{text}");
        }
    }

    #[test]
    fn hints_are_told_from_answers() {
        for text in ["填数字", "下拉选择", "100字以内", "不得改动", "(自动计算,勿改)", "请写明时间节点", "保留两位小数"]
        {
            assert!(is_hint(&plain(text)), "{text}");
        }
        for text in ["推进中", "已完成12个", "重大项目建设", "项目已经区里审核", ""] {
            assert!(!is_hint(&plain(text)), "{text}");
        }
    }

    #[test]
    fn ordinals_and_villages() {
        for text in ["1", "12.", "(3)", "①", "一", "1.2"] {
            assert!(is_ordinal(&plain(text)), "{text}");
        }
        for text in ["", "重大", "123456", "3个"] {
            assert!(!is_ordinal(&plain(text)), "{text}");
        }
        for text in ["东沙村", "其中:大岙村", "城南社区", "—小荆村"] {
            assert!(is_village(&plain(text)), "{text}");
        }
        for text in [
            "村",
            "3A景区村",
            "中心村",
            "建设示范村",
            "和美乡村",
            "文明村",
            "未来社区",
            "重大项目",
            "科特派进村",
            "乡村电气化村",
            "数字乡村",
            "清廉村与法治村",
        ] {
            assert!(!is_village(&plain(text)), "{text}");
        }
    }
}
