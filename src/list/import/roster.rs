//! Which townships does the document itself name, surely enough to be the roster?

use std::collections::BTreeSet;

use super::defect::{Defect, DefectKind};
use super::document::{Block, Document};
use super::shapes::lists_agencies;
use crate::list::plan::{Task, Township};

/// Fewest townships that a passage must name before it counts as a list of them all.
const FEWEST: usize = 3;

/// Fewest townships among the agencies of a task before they count as all of them: a task is often given to a few.
const FEWEST_AMONG_AGENCIES: usize = 5;

/// Endings of a township's name.
const ENDINGS: [&str; 3] = ["街道", "镇", "乡"];

/// The roster: the passage that names most townships, where the rest of the document names no other. Else empty.
pub(super) fn derive(document: &Document, tasks: &[Task], defects: &mut Vec<Defect>) -> Vec<Township> {
    let passages: Vec<(Vec<String>, &str, &str)> =
        passages(document).iter().map(|(text, place)| (townships(text), *text, *place)).collect();
    let all: BTreeSet<&String> = passages.iter().flat_map(|(names, ..)| names).collect();
    let fullest = passages.iter().enumerate().max_by_key(|(index, (names, ..))| (names.len(), usize::MAX - index));
    let Some((_, (names, text, place))) = fullest.filter(|(_, passage)| passage.0.len() >= FEWEST) else {
        let mut named: Vec<String> = Vec::new();
        for name in tasks.iter().flat_map(own_townships) {
            if !named.contains(&name) {
                named.push(name);
            }
        }
        let only = if named.is_empty() {
            String::new()
        } else {
            format!("只在责任单位中提到{}，", named.join("、"))
        };
        defects.push(Defect::left(DefectKind::Roster, "", format!("文中没有列全乡镇街道的地方，{only}名册留空")));
        return Vec::new();
    };
    if assigns(text) && names.len() < FEWEST_AMONG_AGENCIES {
        let found = format!("文中没有列全乡镇街道的地方，只在责任单位中提到{}，名册留空", names.join("、"));
        defects.push(Defect::left(DefectKind::Roster, place, found));
        return Vec::new();
    }
    if all.len() > names.len() {
        let listed: Vec<&str> = all.iter().map(|name| name.as_str()).collect();
        let found = format!("文中各处提到的乡镇街道不一致：{}，名册留空", listed.join("、"));
        defects.push(Defect::left(DefectKind::Roster, place, found));
        return Vec::new();
    }
    defects.push(Defect::repaired(DefectKind::Roster, place, "", names.join("、")));
    names.iter().map(|name| Township { name: name.clone(), aliases: aliases(name) }).collect()
}

/// The townships that must report a task: those that it names among its agencies, unless it names them all together
/// (各乡镇街道). Absent where every township must. Without a roster every name that sounds like a township's is one.
pub(super) fn named_in(task: &Task, roster: &[Township]) -> Option<Vec<String>> {
    if names_all_together(task) {
        return None;
    }
    let is_named =
        |township: &&Township| agencies(task).any(|name| *name == township.name || township.aliases.contains(name));
    let names: Vec<String> = if roster.is_empty() {
        own_townships(task)
    } else {
        roster.iter().filter(is_named).map(|township| township.name.clone()).collect()
    };
    (!names.is_empty()).then_some(names)
}

fn agencies(task: &Task) -> impl Iterator<Item = &String> {
    task.leads.iter().chain(&task.supports)
}

/// Whether a task is given to all townships together: 各乡镇街道, 各镇（街道）.
pub(super) fn names_all_together(task: &Task) -> bool {
    agencies(task)
        .any(|name| name.starts_with(['各', '全', '相', '有']) && ENDINGS.iter().any(|ending| name.contains(ending)))
}

/// The townships among the agencies of a task, by the sound of their names.
fn own_townships(task: &Task) -> Vec<String> {
    let whole = ["", "人民政府", "政府", "办事处", "党委", "党工委"];
    let named = agencies(task).filter_map(|agency| township(agency).filter(|(_, rest)| whole.contains(rest)));
    named.map(|(name, _)| name).collect()
}

/// Whether a passage gives a task to agencies, so that the townships in it are those of the task.
fn assigns(text: &str) -> bool {
    lists_agencies(text)
        || ["单位：", "单位:", "部门：", "部门:", "牵头", "配合"].iter().any(|word| text.contains(word))
}

fn passages(document: &Document) -> Vec<(&str, &str)> {
    let mut passages = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => passages.push((paragraph.text.as_str(), paragraph.place.as_str())),
            Block::Grid(grid) => {
                for row in &grid.rows {
                    let own = row.cells.iter().filter(|cell| !cell.is_covered());
                    passages.extend(own.map(|cell| (cell.text.as_str(), row.place.as_str())));
                }
            }
        }
    }
    passages
}

/// The townships that a passage names one after the other, or one by one in sentences built alike (甲镇发展定位为……
/// 乙乡发展定位为……). Fewer than [`FEWEST`] are none: a passage that happens to name a township lists nothing.
fn townships(text: &str) -> Vec<String> {
    let clauses: Vec<(&str, char)> = clauses(text);
    let candidates: Vec<(String, &str, bool)> = clauses
        .iter()
        .enumerate()
        .filter_map(|(index, (clause, _))| {
            let (name, rest) = township(clause)?;
            let rest = rest.strip_prefix("人民政府").or_else(|| rest.strip_prefix("办事处")).unwrap_or(rest);
            let enumerated = index > 0 && clauses[index - 1].1 == '、' && township(clauses[index - 1].0).is_some();
            Some((name, rest, enumerated))
        })
        .collect();
    let alike = |rest: &str| {
        let start: String = rest.chars().take(2).collect();
        candidates.iter().filter(|(_, other, _)| other.starts_with(&start)).count() >= 2
    };
    let mut names: Vec<String> = Vec::new();
    for (name, rest, enumerated) in &candidates {
        if (rest.is_empty() || *enumerated || alike(rest)) && !names.contains(name) {
            names.push(name.clone());
        }
    }
    if names.len() >= FEWEST { names } else { Vec::new() }
}

/// The clauses of a text, each with the separator after it.
fn clauses(text: &str) -> Vec<(&str, char)> {
    let separates = |c: char| "、，。；：,;:.()（）*＊\n\t 　“”".contains(c);
    let mut clauses = Vec::new();
    let mut start = 0;
    for (index, c) in text.char_indices().filter(|(_, c)| separates(*c)) {
        clauses.push((&text[start..index], c));
        start = index + c.len_utf8();
    }
    clauses.push((&text[start..], '\n'));
    clauses
}

/// A township's name at the beginning of a clause, and what follows. 乡镇, 各街道, 中心镇, 美丽城镇 are none.
fn township(clause: &str) -> Option<(String, &str)> {
    let ending = ENDINGS.iter().filter_map(|ending| clause.find(ending).map(|at| (at, *ending))).min()?;
    let (at, ending) = ending;
    let (stem, after) = (&clause[..at], &clause[at + ending.len()..]);
    let length = stem.chars().count();
    let generic = [
        "各", "乡", "镇", "村", "城", "中心", "强", "小", "特色", "美丽", "涉农", "有关", "相关", "全", "本", "县",
        "区", "市", "个", "实施", "推进", "示范", "重点", "海岛", "入", "返", "回", "到", "下", "离", "家", "进", "兴",
        "在", "等",
    ];
    let named = (1..=4).contains(&length)
        && !generic.iter().any(|word| stem.contains(word))
        && !stem.chars().any(|c| c.is_ascii_alphanumeric());
    let whole = !after.starts_with(['镇', '村', '街', '道', '乡', '土', '贤', '愁', '风', '级', '域']);
    (named && whole && (length >= 2 || ending != "乡")).then(|| (format!("{stem}{ending}"), after))
}

/// Short names that follow from the official one: 北岙街道 → 北岙, 北岙街道办事处.
fn aliases(name: &str) -> Vec<String> {
    let (stem, forms): (&str, &[&str]) = match (name.strip_suffix("街道"), name.strip_suffix(['镇', '乡'])) {
        (Some(stem), _) => (stem, &["办事处", "办"]),
        (None, Some(stem)) => (stem, &["人民政府", "政府"]),
        (None, None) => (name, &[]),
    };
    let short = (stem.chars().count() >= 2).then(|| stem.to_owned());
    short.into_iter().chain(forms.iter().map(|form| format!("{name}{form}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn townships_that_a_passage_lists_and_words_that_only_sound_like_them() {
        for (text, expected) in [
            (
                "1.实施乡镇分类发展。北岙街道、东屏街道、霓屿街道发展定位为片区。大门镇发展定位为产业岛。鹿西乡发展定位为慢生活岛。",
                vec!["北岙街道", "东屏街道", "霓屿街道", "大门镇", "鹿西乡"],
            ),
            ("石桥镇、柳河乡、东山街道办事处", vec!["石桥镇", "柳河乡", "东山街道"]),
            ("推进2个中心城镇建设。北岙街道作为示范模板，大门镇结合格局", vec![]),
            ("各街道办事处,乡镇人民政府,区政府直属各单位", vec![]),
            ("推动大学生到乡、能人回乡、农民工返乡、企业家入乡", vec![]),
            ("建成美丽城镇5个、特色小镇3个、中心镇2个", vec![]),
        ] {
            assert_eq!(townships(text), expected, "{text}");
        }
    }

    #[test]
    fn townships_among_the_agencies_of_a_task_are_no_roster() {
        let roster = |text: &str| {
            let mut defects = Vec::new();
            let roster = derive(&crate::list::import::text::document(text), &[], &mut defects);
            (roster.len(), defects.iter().map(Defect::sentence).collect::<String>())
        };
        let (townships, told) = roster("任务一。（责任单位：县水利局、石桥镇、柳河乡、枫岭乡人民政府）");
        assert!(townships == 0 && told.contains("石桥镇、柳河乡、枫岭乡"), "{told}");
        assert_eq!(roster("全县乡镇：石桥镇、柳河乡、枫岭乡。\n任务一。（责任单位：石桥镇、柳河乡）").0, 3);
    }

    #[test]
    fn townships_that_a_task_is_given_to() {
        let task = |agencies: &[&str]| Task {
            leads: agencies.iter().map(|name| (*name).to_owned()).collect(),
            supports: Vec::new(),
            ..crate::list::Plan::built_in().tasks[0].clone()
        };
        for (agencies, expected) in [
            (&["县农业农村局", "青石岭镇", "茶坪乡人民政府"][..], Some(vec!["青石岭镇", "茶坪乡"])),
            (&["县农业农村局", "青石岭镇", "各镇（街道）"], None),
            (&["县乡村振兴局", "市生态环境局临溪分局"], None),
        ] {
            let expected = expected.map(|names| names.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(named_in(&task(agencies), &[]), expected, "{agencies:?}");
        }
        let roster = [Township { name: "茶坪乡".into(), aliases: Vec::new() }];
        assert_eq!(named_in(&task(&["茶坪乡", "青石岭镇"]), &roster), Some(vec!["茶坪乡".to_owned()]));
    }

    #[test]
    fn short_names_follow_from_the_official_one() {
        assert_eq!(aliases("北岙街道"), ["北岙", "北岙街道办事处", "北岙街道办"]);
        assert_eq!(aliases("大门镇"), ["大门", "大门镇人民政府", "大门镇政府"]);
    }
}
