//! Do two rows of one task speak of different parts of it: villages, places, indicators?

use super::same_target;
use crate::findings::context::Row;
use crate::findings::wording::{fold, likeness_of_names};
use crate::list::Field;
use crate::records::values::written::half_width;

/// Whether two names agree up to a mark and name different things after it: 农村养老服务·上社照料中心, 农村养老服务·田岙照料中心.
pub(super) fn name_places(one: &Row<'_>, other: &Row<'_>) -> bool {
    const MARKS: &[char] = &['·', '-', '—', '－', ':', '：', '(', '（', '/', '|'];
    let parts = |row: &Row<'_>| {
        let name = row.record.text(Field::Name);
        name.split_once(MARKS).map(|(before, after)| (fold(before), fold(after)))
    };
    let (Some((before, after)), Some((same, another))) = (parts(one), parts(other)) else { return false };
    let named = |text: &str| text.chars().count() >= 2;
    let begins = |text: &str| text.chars().take(2).collect::<String>();
    before == same && named(&before) && named(&after) && named(&another) && begins(&after) != begins(&another)
}

/// Whether a row without a number stands under one that has a number, with a name, a target and figures of its own: 1
/// 村集体总收入——桐岙, and below it 布袋岙 and 正岙 with theirs.
pub(super) fn is_counted_under(one: &Row<'_>, other: &Row<'_>) -> bool {
    let numbered = |row: &Row<'_>| !row.record.text(Field::Number).is_empty();
    let names = [one, other].map(|row| fold(&row.record.text(Field::Name)));
    let done = |row: &Row<'_>| row.record.values.done.is_some();
    !numbered(other)
        && (numbered(one) || names.iter().all(|name| name.chars().count() <= 4))
        && names[0] != names[1]
        && done(one)
        && done(other)
        && same_target(one, other) == Some(false)
}

/// Whether a row says that it tells something again: 再报, 补报, (补).
pub(super) fn is_second_report(row: &Row<'_>) -> bool {
    let name = row.record.text(Field::Name);
    ["再", "补", "重报", "又"].iter().any(|word| name.contains(word)) || refers_to_another(row)
}

/// Whether the row says that it is told above already: 跟上面供水一回事, 跟前面那条是同一桩.
pub(super) fn refers_to_another(row: &Row<'_>) -> bool {
    const WORDS: &[&str] = &[
        "一回事",
        "重复填",
        "重复报",
        "重复了",
        "上面报过",
        "前面报过",
        "上面已报",
        "前面已报",
        "上面填过",
        "前面填过",
        "上面写过",
        "前面写过",
        "同一桩",
    ];
    const OFFICES: &[&str] = &[
        "助理",
        "办",
        "局",
        "部门",
        "单位",
        "邮政",
        "民政",
        "农业",
        "水利",
        "民政口",
        "农口",
        "条线",
        "供电所",
        "司法所",
    ];
    const SAME: &[&str] = &["同一件", "同一项", "同一条", "同一个", "一样"];
    const BEFORE: &[&str] = &["跟前面", "跟上面", "与前面", "与上面", "和前面", "和上面", "同前面", "同上面"];
    let told = [Field::Remark, Field::Progress].map(|field| row.record.text(field)).concat();
    let clauses = || told.split(['。', '；', ';', '，', ',', '、']);
    let holds = |clause: &str, words: &[&str]| words.iter().any(|word| clause.contains(word));
    // 民政助理另报：照料中心1家; 快递村邮站（邮政另报的）. 名单另报 is no second report.
    let by_another = half_width(&told) + "," + &half_width(&row.record.text(Field::Name));
    let by_another = by_another.split(['。', ';', ',', '、', ':', '(', ')']);
    by_another
        .filter_map(|clause| clause.trim().trim_end_matches('的').strip_suffix("另报"))
        .any(|who| OFFICES.iter().any(|office| who.ends_with(office)))
        || holds(&told, WORDS)
        || clauses().any(|clause| holds(clause, BEFORE) && holds(clause, SAME))
}

/// Whether the shorter of two names says nothing that the other does not: 每周调度、每月通报, 一周一调度、一月一通报那套.
pub(super) fn name_one_thing(one: &str, other: &str) -> bool {
    /// Fewer characters agree by chance.
    const SHORTEST: usize = 5;
    const PLAIN: &str = "一二两每的那个和与及了套";
    let telling = |name: &str| {
        let mut characters: Vec<char> = name.chars().filter(|c| !PLAIN.contains(*c)).collect();
        characters.sort_unstable();
        characters.dedup();
        characters
    };
    let (one, other) = (telling(one), telling(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.len() >= SHORTEST && short.iter().filter(|c| long.contains(c)).count() * 10 >= short.len() * 9
}

/// Whether a column of the township's own, a heading or the name says that the rows speak of different places or parts.
pub(super) fn is_another_part(one: &Row<'_>, other: &Row<'_>) -> bool {
    const PARTS: &[&str] = &["村", "社区", "居", "网格", "片", "地点", "点位", "地块", "区域", "项目", "子项", "分项"];
    let own = |row: &Row<'_>| -> Vec<(u32, String)> {
        let parts = row.record.entries.iter().filter(|entry| entry.field.is_none());
        let named = parts.filter(|entry| PARTS.iter().any(|part| entry.title.contains(part)));
        named.map(|entry| (entry.at.column, fold(&entry.text))).collect()
    };
    let (columns, theirs) = (own(one), own(other));
    let columns_differ =
        columns.iter().any(|(column, text)| theirs.iter().any(|(there, words)| column == there && text != words));
    let indicators = [one, other].map(|row| fold(&row.record.text(Field::Indicator)));
    let of_others =
        indicators.iter().all(|text| !text.is_empty()) && likeness_of_names(&indicators[0], &indicators[1]) < 0.5;
    columns_differ
        || of_others
        || name_places_behind(one, other)
        || differ(&villages(&one.record.headings.concat()), &villages(&other.record.headings.concat()))
        || {
            let name = |row: &Row<'_>| villages(&row.record.text(Field::Name));
            differ(&name(one), &name(other))
        }
}

/// Whether two rows name different places behind what they have in common: 盘活资产(口筐村) and 盘活资产(山坪村), or a village
/// and nothing else as the remark of each.
fn name_places_behind(one: &Row<'_>, other: &Row<'_>) -> bool {
    const LONGEST: usize = 6;
    let content = |row: &Row<'_>| {
        let content = half_width(&row.record.text(Field::Content));
        let (before, inside) = content.trim_end_matches(['。', '.', ';', ' ']).strip_suffix(')')?.rsplit_once('(')?;
        Some((fold(before), fold(inside)))
    };
    let remark = |row: &Row<'_>| {
        let remark = fold(&row.record.text(Field::Remark));
        let place = remark.ends_with('村') || remark.ends_with("社区") || remark.ends_with('居');
        (place && (2..=LONGEST).contains(&remark.chars().count())).then_some(remark)
    };
    let behind = content(one)
        .zip(content(other))
        .is_some_and(|((before, inside), (same, another))| before == same && inside != another);
    // 推进农村自建房全面排查(经营性部分).
    let a_part = [one, other].into_iter().filter_map(content).any(|(_, inside)| inside.ends_with("部分"));
    behind || a_part || remark(one).zip(remark(other)).is_some_and(|(one, other)| one != other)
}

/// Whether both name something, and nothing in common.
fn differ(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|name| other.contains(name))
}

/// The villages and communities that a text names, by the two characters before the word.
fn villages(text: &str) -> Vec<String> {
    let text = SORTS.iter().fold(text.to_owned(), |text, sort| text.replace(sort, "，"));
    let characters: Vec<char> = text.chars().collect();
    let ends = (2..characters.len())
        .filter(|at| characters[*at] == '村' || (characters[*at] == '社' && characters.get(at + 1) == Some(&'区')));
    let names = ends.map(|at| characters[at - 2..at].iter().collect::<String>());
    names.filter(|name| name.chars().all(|c| c.is_alphabetic() && !"全各农每个".contains(c))).collect()
}

/// 移风易俗与文明村, 3A景区村: what villages are to become, or several things.
const SORTS: &[&str] = &[
    "中心村",
    "文明村",
    "示范村",
    "景区村",
    "整治村",
    "电气化村",
    "法治村",
    "清廉村",
    "未来乡村",
    "专业村",
    "特色村",
    "美丽乡村",
    "和美乡村",
    "村村",
    "进村",
    "与",
    "和美",
    "、",
    "及",
];

/// A village's or community's own row under a task.
pub(super) fn is_village(row: &Row<'_>) -> bool {
    let name = row.record.text(Field::Name);
    let name = name.trim();
    let short = name.chars().count() <= 8;
    short
        && !SORTS.iter().any(|sort| name.contains(sort))
        && ["村", "社区", "居", "片区", "村社"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_under_two_names() {
        assert!(name_one_thing("每周调度每月通报", "一周一调度一月一通报那套"));
        for (one, other) in
            [("污水处理设施山坪", "污水处理设施口筐"), ("整治村东岙", "整治村岙仔头"), ("培训", "培训农民")]
        {
            assert!(!name_one_thing(one, other), "{one} {other}");
        }
    }
}
