//! Where does a list without borders end? At notes, copies, signatures and what web pages show below a text.

use super::document::Paragraph;
use super::shapes::is_agency;

/// Words that begin the lines below a list.
const NOTES: [&str; 9] = ["抄送", "主送", "附件", "注:", "注：", "备注:", "备注：", "说明:", "说明："];

/// What stands below a text on a web page, brackets in front of it left out.
const PAGE_ENDS: [&str; 21] = [
    "打印本页",
    "打印此页",
    "打印】",
    "关闭本页",
    "关闭此页",
    "关闭窗口",
    "关闭】",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "扫一扫",
    "分享到",
    "责任编辑：",
    "信息来源：",
    "联系人：",
    "联系电话：",
    "相关文件：",
    "相关链接：",
    "版权所有",
    "此件公开发布",
];

/// Whether a line stands below a list.
pub(super) fn ends_list(text: &str) -> bool {
    let bare = text.trim_start_matches(['【', '[', '（', '(', '〖', ' ']);
    let begins = |words: &[&str], text: &str| words.iter().any(|word| text.starts_with(word));
    begins(&NOTES, text) || begins(&PAGE_ENDS, bare) || is_printed_by(text)
}

/// Whether a line says who printed the document and when, which closes it: 县林长制办公室 2025年2月26日印发.
fn is_printed_by(text: &str) -> bool {
    text.trim_end_matches('。').ends_with("日印发")
}

/// Whether a line is the date under a signature: 2025年3月6日, 二〇二五年三月六日, 2025年3月6日印发.
pub(super) fn is_date_of_signature(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.strip_suffix("印发").unwrap_or(&bare);
    let (mut signs, mut digits) = (String::new(), 0);
    for c in bare.chars() {
        match c {
            '年' | '月' | '日' => signs.push(c),
            _ if c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c) => digits += 1,
            _ => return false,
        }
    }
    signs == "年月日" && bare.ends_with('日') && (6..=11).contains(&digits)
}

/// Where the signature begins that closes lines: who signs, and the date below. `None` where they have none.
pub(super) fn signature(lines: &[&Paragraph]) -> Option<usize> {
    let date = lines.iter().rposition(|line| is_date_of_signature(&line.text))?;
    let signs = |line: &&Paragraph| is_agency(&line.text) && !line.text.contains(['、', '，', ',', '*']);
    date.checked_sub(1).filter(|at| signs(&lines[*at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_below_a_list() {
        for text in [
            "【打印本页】【关闭窗口】",
            "上一篇：甲县公示",
            "说明：略。",
            "县林长办 2025年2月26日印发",
            "（此件公开发布）",
        ] {
            assert!(ends_list(text), "{text}");
        }
        for text in ["关闭矿山12处。", "打印机耗材采购", "分享经济培育", "来源管控", "联系人制度覆盖各村。"]
        {
            assert!(!ends_list(text), "{text}");
        }
        for text in ["2025年3月6日", "二〇二五年三月六日", "2025年 12月31日印发"] {
            assert!(is_date_of_signature(text), "{text}");
        }
        for text in ["2025年3月", "2025年3月6日前", "3月6日", "2025年底"] {
            assert!(!is_date_of_signature(text), "{text}");
        }
    }
}
