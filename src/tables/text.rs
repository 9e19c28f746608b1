//! What kind of words stand in a cell? Small questions about one text, asked by the layout of tables.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::figures::is_digit_of_ten;
pub(crate) use super::figures::{is_date, is_numbered, is_numeric, is_ordinal, is_percentage, is_section_numeral};
use super::grid::is_invisible;
pub(crate) use super::states::{is_status_word, is_tick};
use crate::words::Words;

/// Longest text, in bytes, that is looked at: what a cell is for shows in its first three hundred characters, and cells
/// of real files may hold whole books.
const LOOKED_AT: usize = 1_000;

/// The beginning of a text, as far as it is looked at.
pub(crate) fn beginning(text: &str) -> &str {
    let end = (0..=LOOKED_AT.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Whether a text is so short that it is looked at as a whole.
pub(super) const fn is_looked_at_as_a_whole(text: &str) -> bool {
    text.len() <= LOOKED_AT
}

/// The beginning of the text with full-width letters made plain, and without white space: the form in which titles are
/// compared and roles are told.
pub(crate) fn plain(text: &str) -> String {
    plain_form(text).into_owned()
}

/// See [`plain`]; nothing is copied where the beginning of the text is plain as it stands.
pub(crate) fn plain_form(text: &str) -> Cow<'_, str> {
    let (text, mut made) = (beginning(text), String::new());
    if push_plain(text, &mut made) { Cow::Owned(made) } else { Cow::Borrowed(text) }
}

/// Puts the plain form of a text that is looked at behind what was made before; `false` where it is plain as it stands, and
/// nothing is made.
pub(super) fn push_plain(text: &str, made: &mut String) -> bool {
    let before = made.len();
    push_simply_plain(text, made).unwrap_or_else(|| {
        made.truncate(before);
        made.extend(text.nfkc().filter(|c| is_kept(*c)));
        true
    })
}

/// Whether a character stands in a plain text.
fn is_kept(c: char) -> bool {
    !c.is_whitespace() && !is_invisible(c)
}

/// See [`push_plain`]; nearly all Chinese texts are made plain without normalisation. `None` where a character needs it.
fn push_simply_plain(text: &str, made: &mut String) -> Option<bool> {
    let bytes = text.as_bytes();
    // What lies between the last change and here stays as it is.
    let (mut unchanged_from, mut place) = (0, 0);
    while let Some(byte) = bytes.get(place) {
        match byte {
            b'!'..=b'~' => place += 1,
            // Characters from 一, e4 b8 80, to the end of their block.
            0xe5..=0xe9 => place += 3,
            0xe4 if bytes.get(place + 1).is_some_and(|second| *second >= 0xb8) => place += 3,
            _ => {
                let c = text[place..].chars().next()?;
                let plain = match simply_plain_character(c) {
                    Plain::Same => Some(c),
                    Plain::Other(other) => Some(other),
                    Plain::Nothing => None,
                    Plain::Unknown => return None,
                };
                if plain != Some(c) {
                    if unchanged_from == 0 {
                        made.reserve(text.len());
                    }
                    made.push_str(&text[unchanged_from..place]);
                    made.extend(plain);
                    unchanged_from = place + c.len_utf8();
                }
                place += c.len_utf8();
            }
        }
    }
    let changed = unchanged_from > 0;
    if changed {
        made.push_str(&text[unchanged_from..]);
    }
    Some(changed)
}

/// What is left of a character in the plain form.
enum Plain {
    Same,
    Other(char),
    Nothing,
    /// Only normalisation tells.
    Unknown,
}

/// What normalisation leaves of a character that joins with no neighbour: letters, characters and marks that it leaves alone,
/// full-width forms, and white space, of which nothing is left.
fn simply_plain_character(c: char) -> Plain {
    match c {
        '!'..='~' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '“' | '”' | '《' | '》' | '—' => Plain::Same,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).map_or(Plain::Unknown, Plain::Other),
        '\0'..=' ' | '\u{7f}' | '\u{3000}' => Plain::Nothing,
        _ => Plain::Unknown,
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

/// Whether a plain text has at most so many characters; of a long one they need not be counted.
pub(crate) fn has_at_most(plain: &str, characters: usize) -> bool {
    /// No character has more bytes.
    const MOST_BYTES: usize = 4;
    plain.len() <= MOST_BYTES * characters && length(plain) <= characters
}

/// Whether a text is a label with whom to ask: 牵头:村镇建设办, 责任单位：农业农村办(单位:亩).
pub(crate) fn names_who_leads(plain: &str) -> bool {
    let label = plain.split_once(':').map_or("", |(label, _)| label);
    ["牵头", "责任", "承办", "主办", "负责", "联系"].iter().any(|word| label.starts_with(word)) && length(label) <= 6
}

/// Whether a character is a bracket, colon or stroke, such as stand around the words of a label or a sum.
pub(crate) const fn is_mark_around(c: char) -> bool {
    matches!(c, '(' | ')' | '【' | '】' | '[' | ']' | ':' | '—' | '-')
}

/// Last characters of the names of offices.
static AGENCY_ENDS: Words =
    Words::new("局 委 办 街道 镇 乡 中心 部 社 公司 院 所 站 联 大队 支行 分局 乡镇 村 社区 科 组 园区 政府 支队 集团");

/// Whether the text names one or several offices and says nothing else.
pub(crate) fn names_agencies(plain: &str) -> bool {
    let parting = |c: char| matches!(c, '、' | ',' | ';' | '*' | '/' | '，' | '；');
    // None of the words is of ASCII alone, as figures are.
    if plain.is_ascii() {
        return false;
    }
    // Most texts hold no bracket at all.
    let bracketed = plain.contains('(') || plain.contains('（');
    let ends = |part: &str| {
        let bare = if bracketed { part.split(['(', '（']).next().unwrap_or(part) } else { part };
        AGENCY_ENDS.end(bare) && has_at_most(bare, 14)
    };
    // A byte of each parting mark: most texts have none of them and are looked at as they are.
    if !plain.bytes().any(|byte| matches!(byte, b',' | b';' | b'*' | b'/' | 0xe3 | 0xef)) {
        return ends(plain) && length(plain) >= 2;
    }
    let parts = plain.split(parting).filter(|part| !part.is_empty());
    let (all, naming) = parts.fold((0, 0), |(all, naming), part| (all + 1, naming + usize::from(ends(part))));
    naming * 3 >= all * 2 && naming > 0 && length(plain) >= 2
}

/// So many characters tell something.
const ENOUGH_TO_TELL: usize = 12;

/// Whether the text is long enough, or punctuated, to tell something.
pub(crate) fn is_narrative(plain: &str) -> bool {
    // No character has more than four bytes.
    if plain.len() >= 4 * ENOUGH_TO_TELL {
        return true;
    }
    let count = length(plain);
    let punctuated = || count >= 6 && plain.contains(['，', ',', '。', ';', '；']);
    count >= ENOUGH_TO_TELL || punctuated() || count >= 3 && plain.ends_with('。')
}

/// Whether a character may stand around words that ask to be filled in.
const fn surrounds_prompts(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '<' | '>' | '…' | '.' | '_' | '-')
}

/// How a text begins that asks to be filled in.
static PROMPTS: Words = Words::new("请选择 请填 点击选择 待填 此处填写 必填 选填");

/// Whether the text only asks to be filled in: 请选择, (请填写), 点击选择.
pub(crate) fn is_prompt(plain: &str) -> bool {
    let bare = plain.trim_matches(surrounds_prompts);
    PROMPTS.beginning(bare).next().is_some() && has_at_most(bare, 12)
}

/// Whether the text tells how to fill in the column: 填数字, 下拉选择, 100字以内, 不得改动.
pub(crate) fn is_hint(plain: &str) -> bool {
    let bare = plain.trim_matches(surrounds_prompts);
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
    let after = body.trim_start_matches(is_digit_of_ten);
    let numerals = (body.len() - after.len()) / '一'.len_utf8();
    let marked = numerals > 0 && numerals <= 3;
    marked && (after.starts_with(['、', ')', '.', ',', '章', '节', ':'])) || after.starts_with("部分")
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
        let normalised = |text: &str| text.nfkc().filter(|c| is_kept(*c)).collect::<String>();
        for c in ('\0'..='\u{ffff}').filter(|c| !matches!(simply_plain_character(*c), Plain::Unknown)) {
            // It joins with no neighbour.
            for text in [c.to_string(), format!("甲{c}{c}a{c}"), format!("{c}，{c} 乙")] {
                assert!(push_simply_plain(&text, &mut String::new()).is_some(), "{c:?}");
                assert_eq!(plain(&text), normalised(&text), "{c:?}");
            }
        }
        assert_eq!(plain("完成　１２．５％，①（好）\u{200b} é"), "完成12.5%,1(好)é");
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
