//! Which townships does a text name? Official, short and old names of the roster.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use crate::list::Plan;
use crate::tables::plain;

/// Endings of official names, taken off for the short name (北岙街道 → 北岙).
const ENDINGS: [&str; 8] = ["街道办事处", "街道办", "街办", "人民政府", "街道", "镇", "乡", "办事处"];

/// All names by which the townships of a plan are known.
#[derive(Debug, Clone)]
pub(crate) struct Roster {
    /// Position of the township in the plan for each plain name, longest names first.
    positions: Vec<usize>,
    /// Finds all names in one pass over a text: a province has thousands.
    finder: AhoCorasick,
    /// Position of the township that bears a plain name.
    by_name: BTreeMap<String, usize>,
    /// Official names.
    official: Vec<String>,
}

impl Roster {
    /// The roster of a plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut names: Vec<(String, usize)> = Vec::new();
        let mut shorts: Vec<(String, usize)> = Vec::new();
        for (index, township) in plan.townships.iter().enumerate() {
            let known = std::iter::once(&township.name).chain(&township.aliases).map(|name| plain(name));
            for name in known {
                let short = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).map(str::to_owned);
                shorts.extend(short.filter(|short| short.chars().count() >= 2).map(|short| (short, index)));
                names.push((name, index));
            }
        }
        names.retain(|(name, _)| !name.is_empty());
        // 城关 of 城关镇 and 城关街道 is nobody's name.
        let mut bearers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (short, index) in shorts {
            bearers.entry(short).or_default().insert(index);
        }
        let of_one = bearers.into_iter().filter(|(_, bearers)| bearers.len() == 1);
        names.extend(of_one.flat_map(|(short, bearers)| bearers.into_iter().map(move |index| (short.clone(), index))));
        names.sort_by(|(one, _), (other, _)| {
            other.chars().count().cmp(&one.chars().count()).then_with(|| one.cmp(other))
        });
        names.dedup();
        let finder = AhoCorasick::new(names.iter().map(|(name, _)| name)).expect("a roster's names fit an automaton");
        let positions = names.iter().map(|(_, position)| *position).collect();
        let mut by_name = BTreeMap::new();
        for (name, position) in names {
            by_name.entry(name).or_insert(position);
        }
        let official = plan.townships.iter().map(|township| township.name.clone()).collect();
        Self { positions, finder, by_name, official }
    }

    /// The townships that a text names, in reading order, each once.
    pub(crate) fn named_in(&self, text: &str) -> Vec<String> {
        let text = plain(text);
        let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut covered = vec![false; text.len()];
        let hits = self.finder.find_overlapping_iter(&text);
        let mut hits: Vec<(usize, usize, usize)> =
            hits.map(|hit| (hit.pattern().as_usize(), hit.start(), hit.end())).collect();
        // The longest names first: 北岙 within 北岙街道 is no name of its own.
        hits.sort_unstable();
        for (name, start, end) in hits {
            if covered[start..end].iter().any(|taken| *taken) {
                continue;
            }
            covered[start..end].fill(true);
            found.insert((start, self.positions[name]));
        }
        let mut townships: Vec<String> = Vec::new();
        for (_, index) in found {
            let name = &self.official[index];
            if !townships.contains(name) {
                townships.push(name.clone());
            }
        }
        townships
    }

    /// The only township that a text names; `None` where it names none or several.
    pub(crate) fn only_one_in(&self, text: &str) -> Option<String> {
        let mut named = self.named_in(text);
        if named.len() == 1 { named.pop() } else { None }
    }

    /// The township that a text is the name of, and nothing else: for cells and sheet names.
    pub(crate) fn is_name(&self, text: &str) -> Option<String> {
        let text = plain(text);
        let bare = ENDINGS.iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(&text);
        let position = self.by_name.get(&text).or_else(|| self.by_name.get(bare))?;
        Some(self.official[*position].clone())
    }

    /// The township that a text names together with its office, or with one of its villages: 东屏街道-渔农办, 大门镇党政办,
    /// 北岙/经发办. A short name alone may be that of a village.
    pub(crate) fn is_office_of(&self, text: &str) -> Option<String> {
        const OFFICES: [&str; 8] = ["办", "办公室", "科", "科室", "中心", "站", "所", "队"];
        let text = plain(text);
        let begins = |name: &&String| text.starts_with(name.as_str());
        let name = self.by_name.keys().filter(begins).max_by_key(|name| name.len())?;
        let rest = &text[name.len()..];
        let whole = ENDINGS.iter().any(|ending| name.ends_with(ending));
        let apart = rest.starts_with(['-', '—', '_', '/', '·', '|', ':', '(', ',', '、']);
        let office = OFFICES.iter().any(|end| rest.ends_with(end));
        (whole || apart || office).then(|| self.official[self.by_name[name]].clone())
    }

    /// The only township among the parts of a path or a list of offices, each of which is its name or names one of its
    /// offices: 洞头区/元觉街道/经济发展办公室, 区交通运输局 北岙街道办事处. A name within a longer part is none.
    pub(crate) fn among_parts(&self, text: &str) -> Option<String> {
        const LONGEST: usize = 200;
        let parted = |c: char| c.is_whitespace() || "/\\>|-—→、,，;；:：".contains(c);
        if text.len() > LONGEST {
            return None;
        }
        let parts = text.split(parted).filter(|part| !part.is_empty());
        let mut named = parts.filter_map(|part| self.is_name(part).or_else(|| self.is_office_of(part)));
        let first = named.next()?;
        named.all(|other| other == first).then_some(first)
    }

    /// Whether a text is an official name as it is, such as a hidden key carries.
    pub(crate) fn is_official(&self, name: &str) -> bool {
        self.official.iter().any(|official| official == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster() -> Roster {
        Roster::new(&Plan::built_in())
    }

    #[test]
    fn official_short_and_long_names() {
        for (text, expected) in [
            ("填报单位:北岙街道办事处", "北岙街道"),
            ("填报单位：霓屿街道经发办(汇总)", "霓屿街道"),
            ("大门", "大门镇"),
            ("鹿 西 乡 人 民 政 府", "鹿西乡"),
            ("元觉街道推进县城承载能力提升和“千村示范、万村整治”工程台账", "元觉街道"),
            ("T2-大门镇社会事业.csv", "大门镇"),
        ] {
            assert_eq!(roster().only_one_in(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn several_or_none() {
        assert_eq!(roster().named_in("东屏街道、北岙街道"), ["东屏街道", "北岙街道"]);
        assert_eq!(roster().only_one_in("东屏街道、北岙街道"), None);
        assert_eq!(roster().only_one_in("各街道乡镇"), None);
    }

    #[test]
    fn a_name_and_nothing_else() {
        assert_eq!(roster().is_name("大门镇").as_deref(), Some("大门镇"));
        assert_eq!(roster().is_name("大门").as_deref(), Some("大门镇"));
        assert_eq!(roster().is_name("大门镇二季度"), None);
    }

    #[test]
    fn a_short_name_of_two_is_nobodys() {
        let mut plan = Plan::built_in();
        plan.townships[0].name = "城关镇".to_owned();
        plan.townships[1].name = "城关街道".to_owned();
        let roster = Roster::new(&plan);
        assert_eq!(roster.only_one_in("城关 (章)"), None);
        assert_eq!(roster.only_one_in("城关镇 (章)").as_deref(), Some("城关镇"));
        // 镇 for 街道: an old name, where one township alone is called so.
        assert_eq!(self::roster().only_one_in("东屏镇 4月1日 (章)").as_deref(), Some("东屏街道"));
    }

    #[test]
    fn one_part_of_a_path() {
        for (text, expected) in [
            ("洞头区/元觉街道/经济发展办公室", Some("元觉街道")),
            ("区交通运输局 北岙街道办事处", Some("北岙街道")),
            ("温州市>洞头区>大门镇", Some("大门镇")),
            ("北岙街道、东屏街道", None),
            ("区农业农村局", None),
            ("学习北岙街道经验", None),
        ] {
            assert_eq!(roster().among_parts(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_name_with_its_office() {
        for (text, expected) in [
            ("东屏街道-渔农办", Some("东屏街道")),
            ("大门镇党政综合办公室", Some("大门镇")),
            ("北岙/经发办", Some("北岙街道")),
            ("鹿西农办", Some("鹿西乡")),
            ("东屏村", None),
            ("渔农办", None),
            ("区发改局(大门镇)", None),
        ] {
            assert_eq!(roster().is_office_of(text).as_deref(), expected, "{text}");
        }
    }
}
