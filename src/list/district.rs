//! Is the plan a district's, a county's or a city's? The forms and tables speak of 全区, 全县 or 全市 accordingly.

use super::plan::Plan;

/// The whole of each kind of place, the one first that is said where nothing tells.
const WHOLE: [(char, &str); 3] = [('区', "全区"), ('县', "全县"), ('市', "全市")];
/// Words in which the sign does not stand for the place itself.
const OTHER_WORDS: [&str; 26] = [
    "区域",
    "社区",
    "园区",
    "开发区",
    "示范区",
    "功能区",
    "片区",
    "景区",
    "山区",
    "城区",
    "灌区",
    "库区",
    "湾区",
    "保护区",
    "试验区",
    "县域",
    "县城",
    "县级",
    "县乡",
    "强县",
    "市场",
    "市域",
    "市政",
    "城市",
    "市民",
    "市容",
];
/// A name of a place has so many characters before its sign.
const NAME: std::ops::RangeInclusive<usize> = 1..=4;

impl Plan {
    /// 全区, 全县 or 全市, as its title and its agencies tell; 全区 where nothing does.
    pub fn whole(&self) -> &'static str {
        let sign = self.said_by_title().or_else(|| self.said_by_agencies());
        WHOLE.iter().find(|(known, _)| Some(*known) == sign).map_or(WHOLE[0].1, |(_, whole)| whole)
    }

    /// A sentence of ours that speaks of 全区, in the plan's word.
    pub fn in_its_word(&self, sentence: &str) -> String {
        let [(_, said), ..] = WHOLE;
        if sentence.contains(said) { sentence.replace(said, self.whole()) } else { sentence.to_owned() }
    }

    /// What may stand before the name of an agency and says no more than whose it is: the places that the title names,
    /// under each of their signs, for a county may have become a district (温州市, 洞头区, 洞头县), then the signs alone
    /// (区农业农村局).
    pub fn places(&self) -> Vec<String> {
        let names = self.named_in_title();
        let names = names.iter().map(|(name, _)| name.as_str()).chain([""]);
        names.flat_map(|name| ['市', '区', '县'].map(|sign| format!("{name}{sign}"))).collect()
    }

    /// What the title says: 全县…, else the last sign of the first names in it (温州市洞头区…).
    fn said_by_title(&self) -> Option<char> {
        let stated = WHOLE.iter().find(|(_, whole)| self.title.contains(whole));
        stated.map(|(sign, _)| *sign).or_else(|| self.named_in_title().last().map(|(_, sign)| *sign))
    }

    /// The first names of places in the title, which follow one another, each without its sign, and the sign: 温州 市,
    /// 洞头 区.
    fn named_in_title(&self) -> Vec<(String, char)> {
        let title = OTHER_WORDS.iter().fold(self.title.clone(), |title, word| title.replace(word, "·"));
        let (mut named, mut name) = (Vec::new(), Vec::new());
        for c in title.chars() {
            match c {
                // 全县 is no place, 全州县 is one.
                '区' | '县' | '市' if NAME.contains(&name.len()) && name != ['全'] => {
                    named.push((name.drain(..).collect(), c));
                }
                _ if is_of_a_name(c) => name.push(c),
                _ if !named.is_empty() => break,
                _ => name.clear(),
            }
            if !named.is_empty() && name.len() > *NAME.end() {
                break;
            }
        }
        named
    }

    /// The sign that most agencies bear before their names: 县农业农村局.
    fn said_by_agencies(&self) -> Option<char> {
        let agencies = || self.tasks.iter().flat_map(|task| task.leads.iter().chain(&task.supports));
        let counted = WHOLE.map(|(sign, _)| {
            let signed = agencies().filter(|name| name.starts_with(sign) && name.chars().nth(1) != Some('级'));
            (signed.count(), sign)
        });
        // Of two that are named equally often neither is told.
        let most = counted.into_iter().max()?;
        let alone = counted.iter().filter(|(count, _)| *count == most.0).count() == 1;
        (most.0 > 0 && alone).then_some(most.1)
    }
}

/// Whether a character may stand in the name of a place: no figure, no mark, no 年 after a figure.
fn is_of_a_name(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) && c != '年'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Task;

    fn plan(title: &str, agencies: &[&str]) -> Plan {
        let mut plan = Plan::built_in();
        plan.title = title.to_owned();
        let leads = agencies.iter().map(|&name| name.to_owned()).collect();
        let task = Task { leads, supports: Vec::new(), ..plan.tasks[0].clone() };
        plan.tasks = vec![task];
        plan
    }

    #[test]
    fn a_plan_says_what_it_is_of() {
        assert_eq!(Plan::built_in().whole(), "全区");
        for (title, agencies, whole) in [
            ("临溪县2025年乡村全面振兴重点工作任务分解表", &[][..], "全县"),
            ("青云县推进县域高质量发展三年行动方案（2024—2026年）责任清单", &["区发改局"], "全县"),
            ("东濠区优化营商环境建设工业强区三年行动方案(2024—2026年)重点任务责任分解", &[], "全区"),
            ("温州市洞头区实施方案(2023—2027年)责任分解", &[], "全区"),
            ("关于印发《兰溪市2025年重点工作》的通知", &[], "全市"),
            ("2025年全县重点工作责任分解", &[], "全县"),
            ("乡村振兴责任分解", &["县农业农村局", "县财政局", "市生态环境局临溪分局"], "全县"),
            ("城市更新和社区治理责任清单", &["市住建局", "市民政局"], "全市"),
            ("城市更新和社区治理责任清单", &["住建局"], "全区"),
            ("重点工作清单", &["县级有关部门", "区发改局"], "全区"),
        ] {
            let plan = plan(title, agencies);
            assert_eq!(plan.whole(), whole, "{title}");
            assert_eq!(plan.in_its_word("全区合计"), format!("{whole}合计"), "{title}");
        }
    }

    #[test]
    fn agencies_may_bear_the_names_of_the_places_in_the_title() {
        let places = plan("温州市洞头区县城承载能力提升实施方案", &[]).places();
        assert_eq!(places, ["温州市", "温州区", "温州县", "洞头市", "洞头区", "洞头县", "市", "区", "县"]);
        assert_eq!(plan("临溪县2025年重点工作", &[]).places()[..3], ["临溪市", "临溪区", "临溪县"]);
        assert_eq!(plan("2025年全县重点工作", &[]).places(), ["市", "区", "县"]);
        assert_eq!(plan("全州县2025年重点工作", &[]).places()[2], "全州县");
    }
}
