//! What is the list called, and which years does it cover?

use super::dates;
use super::defect::{Defect, DefectKind};

/// Words that titles of lists and plans hold.
const WORDS: [&str; 14] = [
    "分解",
    "分工",
    "清单",
    "方案",
    "要点",
    "计划",
    "台账",
    "责任",
    "任务",
    "行动",
    "规划",
    "目标",
    "一览表",
    "实施意见",
];

/// How far above its table a list's title may stand, in paragraphs.
const FARTHEST: usize = 6;

/// The title from the paragraphs above the list, the nearest last; else from the whole document's; else `None`.
pub(super) fn title(above: &[&str]) -> Option<String> {
    let near: Vec<&str> =
        above[above.len().saturating_sub(FARTHEST)..].iter().map(|text| without_annex(text)).collect();
    let position = near.iter().rposition(|text| is_title(text));
    if let Some(position) = position {
        let mut title = quoted(near[position]).unwrap_or(near[position]).to_owned();
        // 重点任务分解表 alone does not say of what: the line above does.
        if title.chars().count() <= 12 && position > 0 && is_title(near[position - 1]) {
            title = format!("{}{title}", near[position - 1]);
        }
        if let Some(next) =
            near.get(position + 1).filter(|next| next.starts_with(['(', '（']) && dates::span(next).is_some())
        {
            title.push_str(next);
        }
        return Some(without_part(&title).to_owned());
    }
    above.iter().find_map(|text| quoted(text)).map(str::to_owned)
}

/// A title without 附件2： in front of it.
fn without_annex(text: &str) -> &str {
    let rest = text
        .strip_prefix("附件")
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六".contains(c)));
    rest.and_then(|rest| rest.trim_start().strip_prefix([':', '：'])).map_or(text, str::trim)
}

/// A title without the number of the list's part behind it: （表1）, （续表二）.
fn without_part(title: &str) -> &str {
    let Some((whole, part)) = title.strip_suffix([')', '）']).and_then(|title| title.rsplit_once(['(', '（'])) else {
        return title;
    };
    let part: String = part.chars().filter(|c| !c.is_whitespace()).collect();
    let number = ["续表", "附表", "分表", "表"].iter().find_map(|word| part.strip_prefix(word));
    let is_part = number.is_some_and(|number| number.is_empty() || super::marks::lone_number(number).is_some());
    if is_part { whole.trim_end() } else { title }
}

fn is_title(text: &str) -> bool {
    let length = text.chars().count();
    (5..=80).contains(&length)
        && WORDS.iter().any(|word| text.contains(word))
        && !text.contains(['。', '；', '：', ':'])
        && !text.starts_with("附件")
        && super::marks::Mark::of(text).is_none()
        && !text.starts_with(['(', '（'])
}

/// What stands between 《 and 》: the plan that a notice passes on.
fn quoted(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('《')?;
    let (inner, after) = rest.rsplit_once('》')?;
    (after.trim_end().ends_with("通知") && WORDS.iter().any(|word| inner.contains(word))).then_some(inner)
}

/// The years that the plan covers, and the title, repaired where it lost the dash between the years.
pub(super) fn years(title: &str, texts: &[&str], defects: &mut Vec<Defect>) -> ([u16; 2], String) {
    if let Some((years, _)) = dates::span(title) {
        return (years, title.to_owned());
    }
    if let Some((years, broken)) = dates::broken_span(title) {
        let witness = texts.iter().filter_map(|text| dates::span(text)).find(|(span, _)| *span == years);
        if let Some((years, whole)) = witness {
            let repaired = title.replacen(broken, whole, 1);
            defects.push(Defect::repaired(DefectKind::Years, "标题", broken, whole));
            return (years, repaired);
        }
    }
    if let Some(year) = dates::single_year(title) {
        return ([year, year], title.to_owned());
    }
    let span = texts.iter().find_map(|text| dates::span(text)).map(|(years, _)| years);
    let single = || texts.iter().find_map(|text| dates::single_year(text)).map(|year| [year, year]);
    if let Some(years) = span.or_else(single) {
        let made = if years[0] == years[1] { years[0].to_string() } else { format!("{}—{}", years[0], years[1]) };
        defects.push(Defect::repaired(DefectKind::Years, "标题", "", made));
        return (years, title.to_owned());
    }
    defects.push(Defect::left(DefectKind::Years, "标题", ""));
    (UNKNOWN_YEARS, title.to_owned())
}

/// The years of a plan whose document names none: wide enough that no date is called out of plan.
const UNKNOWN_YEARS: [u16; 2] = [1949, 2100];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_nearest_above_the_list() {
        let above =
            ["关于印发《甲县方案（2024—2026年）》的通知", "现印发给你们。", "附件", "甲县重点工作", "责任分解表"];
        assert_eq!(title(&above).as_deref(), Some("责任分解表"));
        let above = ["甲县乡村振兴行动方案", "重点任务分解表", "（2024—2026年）"];
        assert_eq!(title(&above).as_deref(), Some("甲县乡村振兴行动方案重点任务分解表（2024—2026年）"));
        assert_eq!(title(&["关于印发《甲县方案》的通知", "现印发。"]).as_deref(), Some("甲县方案"));
        assert_eq!(title(&["附件1：丙县2024年任务分解表"]).as_deref(), Some("丙县2024年任务分解表"));
        assert_eq!(title(&["各乡镇人民政府"]), None);
        assert_eq!(title(&["丙县2024年任务清单（表1）"]).as_deref(), Some("丙县2024年任务清单"));
        assert_eq!(title(&["丙县2024年任务清单（第一批）"]).as_deref(), Some("丙县2024年任务清单（第一批）"));
        let above = ["丁县创新行动责任分工（2025年）", "（经县政府第3次会议审议任务后通过）"];
        assert_eq!(title(&above).as_deref(), Some("丁县创新行动责任分工（2025年）"));
    }

    #[test]
    fn a_lost_dash_is_repaired_where_the_document_has_the_whole_span() {
        let mut defects = Vec::new();
        let (span, title) = years("方案(20232027年)责任分解", &["方案(2023—2027年)"], &mut defects);
        assert_eq!((span, title.as_str(), defects.len()), ([2023, 2027], "方案(2023—2027年)责任分解", 1));
        assert_eq!(years("甲县2024年重点工作", &[], &mut defects).0, [2024, 2024]);
        assert_eq!(years("方案", &["某县", "2025年3月1日"], &mut defects).0, [2025, 2025]);
    }
}
