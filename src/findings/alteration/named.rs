//! Which agencies does a cell name, and which of the official ones are they? Short names are the same agency.

use std::borrow::Cow;
use std::sync::Arc;

use crate::list::Task;
use crate::matches::is_subsequence;
use crate::memo::Memo;
use crate::records::values::written::half_width;

/// Short names that share no beginning with the long one, both without the county in front.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("资规局", "自然资源和规划分局"),
    ("资规分局", "自然资源和规划分局"),
    ("环保局", "生态环境分局"),
    ("环保分局", "生态环境分局"),
    ("文旅局", "文广旅体局"),
    ("电力公司", "供电公司"),
    ("电力局", "供电公司"),
    ("供电局", "供电公司"),
    ("人民银行", "人行"),
    ("公安局", "公安分局"),
];

/// So many cells of a task are kept with what they name: townships copy them from the list and from each other.
const CELLS_KEPT: usize = 64;

/// The official agencies of a task, made comparable once for all rows.
#[derive(Debug)]
pub(super) struct Agencies {
    /// The leads, and after them those that support.
    list: Vec<Agency>,
    leads: usize,
    /// What names may begin with and mean the same.
    places: Arc<[String]>,
    cells: Memo<Named>,
}

/// An official agency.
#[derive(Debug)]
struct Agency {
    name: Name<'static>,
    is_everybody: bool,
}

impl Agencies {
    /// Those of a task; names may begin with the plan's [places](crate::list::Plan::places).
    pub(super) fn of(task: &Task, places: &Arc<[String]>) -> Self {
        let agency = |name: &String| Agency { name: Name::of(name, places).kept(), is_everybody: is_everybody(name) };
        let list = task.leads.iter().chain(&task.supports).map(agency).collect();
        Self { list, leads: task.leads.len(), places: Arc::clone(places), cells: Memo::new(CELLS_KEPT) }
    }

    /// What a cell names.
    pub(super) fn named(&self, text: &str) -> Arc<Named> {
        self.cells.get(text, || {
            let mut agencies = parse(text);
            for one in &mut agencies {
                let name = Name::of(&one.name, &self.places);
                let same = self.list.iter().enumerate().filter(|(_, official)| name.is(&official.name));
                one.official = same.map(|(place, _)| place).collect();
            }
            Named { agencies, leads: self.leads, everybody: self.list.iter().map(|one| one.is_everybody).collect() }
        })
    }
}

/// What a cell names.
#[derive(Debug)]
pub(super) struct Named {
    /// The agencies in their order.
    pub(super) agencies: Vec<Written>,
    /// How many of the official agencies lead.
    leads: usize,
    /// For each of the official agencies, whether it is a word for all of them.
    everybody: Vec<bool>,
}

/// An agency as written in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) name: String,
    pub(super) lead: bool,
    /// The places of the official agencies that it is, the leads before the others.
    pub(super) official: Vec<usize>,
}

impl Written {
    /// Whether it is one of the official agencies.
    pub(super) fn is_official(&self) -> bool {
        !self.official.is_empty()
    }
}

impl Named {
    /// How many of the agencies are official ones.
    pub(super) fn official(&self) -> usize {
        self.agencies.iter().filter(|one| one.is_official()).count()
    }

    /// Whether an official agency is named.
    pub(super) fn holds(&self, official: usize) -> bool {
        self.agencies.iter().any(|one| one.official.contains(&official))
    }

    /// Whether the official agencies are named and nobody else, leads aside.
    pub(super) fn are_official(&self) -> bool {
        let stands = |(place, is_everybody): (usize, &bool)| *is_everybody || self.holds(place);
        !self.agencies.is_empty() && self.everybody.iter().enumerate().all(stands) && self.are_official_or_everybody()
    }

    /// Whether nobody is named whom the list does not name.
    pub(super) fn are_official_or_everybody(&self) -> bool {
        self.agencies.iter().all(|one| one.is_official() || is_everybody(&one.name))
    }

    /// Whether all official leads are named.
    pub(super) fn has_all_leads(&self) -> bool {
        self.leads > 0 && (0..self.leads).all(|lead| self.holds(lead))
    }

    /// Whether one of the official leads is named.
    pub(super) fn has_a_lead(&self) -> bool {
        (0..self.leads).any(|lead| self.holds(lead))
    }

    /// Whether leads are marked.
    pub(super) fn has_mark(&self) -> bool {
        self.agencies.iter().any(|one| one.lead)
    }
}

/// The agencies of a cell. Leads bear a star or 牵头, or stand behind the label 牵头单位.
fn parse(text: &str) -> Vec<Written> {
    let text =
        half_width(text).replace("配合单位", "、配合单位").replace("牵头单位", "、牵头单位").replace(['*', '★'], "、*");
    let mut agencies = Vec::new();
    let mut leading = false;
    // 牵头:甲、乙;配合:丙;丁: each label holds for its own list.
    let mut until_semicolon = false;
    for part in text.split_inclusive(['、', ',', ';', '。', '\n', ' ', '/']) {
        let ends_list = part.ends_with([';', '。', '\n']);
        let mut name = part.trim_end_matches(['、', ',', ';', '。', '\n', ' ', '/']).trim();
        // (标*的为牵头单位,下同) is a note of the published table.
        if name.contains("的为") || name.contains("下同") || name.starts_with("(标") {
            continue;
        }
        if let Some(rest) = name.strip_prefix("牵头单位") {
            (leading, name) = (true, rest);
        } else if let Some(rest) = name.strip_prefix("牵头:") {
            (leading, until_semicolon, name) = (true, true, rest);
        } else if let Some(rest) = OTHER_LABELS.iter().find_map(|label| name.strip_prefix(label)) {
            (leading, name) = (false, rest);
        }
        let lead = leading || name.starts_with('*') || name.contains("牵头");
        let name = name.replace("牵头", "");
        let name = name.trim_matches(|c: char| matches!(c, '*' | '(' | ')' | ':'));
        if name.chars().count() >= 2 && !name.starts_with("的为") {
            agencies.push(Written { name: name.to_owned(), lead, official: Vec::new() });
        }
        if ends_list && until_semicolon {
            (leading, until_semicolon) = (false, false);
        }
    }
    agencies
}

/// What stands before agencies that do not lead.
const OTHER_LABELS: &[&str] = &["配合单位", "责任单位", "参与单位", "配合:", "协办:", "协同:", "参与:", "责任:"];

/// Townships, and words for all of them.
pub(super) fn is_everybody(name: &str) -> bool {
    let ends = ["街道", "乡镇", "镇", "乡", "办事处", "政府", "街道办", "村", "社区", "部门", "单位"];
    name.starts_with('各') || name.contains("镇街") || ends.iter().any(|end| name.ends_with(end))
}

/// A name without the county in front, to be held against others.
#[derive(Debug)]
struct Name<'t> {
    bare: Cow<'t, str>,
    length: usize,
}

impl<'t> Name<'t> {
    fn of(name: &'t str, places: &[String]) -> Self {
        let bare = bare(name, places);
        Self { bare: Cow::Borrowed(bare), length: bare.chars().count() }
    }

    /// The name apart from the text it was taken from.
    fn kept(self) -> Name<'static> {
        Name { bare: Cow::Owned(self.bare.into_owned()), length: self.length }
    }

    /// Whether two names mean one agency: 农业农村局, 区农业农村局; 资规局, 自然资源和规划分局.
    fn is(&self, other: &Name<'_>) -> bool {
        let (short, long) = if self.length <= other.length { (self, other) } else { (other, self) };
        let (length, short, long) = (short.length, &*short.bare, &*long.bare);
        if short == long {
            return true;
        }
        if length < 2 {
            return false;
        }
        let alike = || {
            let begins_alike = short.chars().next() == long.chars().next();
            let ends_alike = length >= 4 && short.chars().next_back() == long.chars().next_back();
            begins_alike || ends_alike || long.contains(short)
        };
        (is_subsequence(short, long) && alike())
            || SHORT_NAMES.iter().any(|(one, other)| *one == short && long.contains(other))
    }
}

/// The name without the county in front.
fn bare<'t>(name: &'t str, places: &[String]) -> &'t str {
    let mut name = name.trim();
    for place in places {
        name = name.strip_prefix(place.as_str()).filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(name);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    #[test]
    fn short_names_are_the_same_agency() {
        let places = Plan::built_in().places();
        let same = |one: &str, other: &str| Name::of(one, &places).is(&Name::of(other, &places));
        for (one, other) in [
            ("农业农村局", "区农业农村局"),
            ("洞头区农业农村局", "区农业农村局"),
            ("洞头县农业农村局", "区农业农村局"),
            ("供电局", "国网洞头供电公司"),
            ("人民银行", "人行洞头支行"),
            ("发改局", "区发改局"),
            ("区资规局", "自然资源和规划分局"),
            ("文旅局", "区文广旅体局"),
            ("农业局", "区农业农村局"),
            ("组织部", "区委组织部"),
            ("人社局", "区人力社保局"),
            ("卫健局", "区卫生健康局"),
            ("区文明中心", "区精神文明建设指导中心"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("区民政局", "区教育局"),
            ("区住建局", "区农业农村局"),
            ("区科技局", "区经信局"),
            ("区财政局", "区民政局"),
            ("区委宣传部", "区委组织部"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn leads_are_told_by_star_label_or_word() {
        let leads = |text: &str| parse(text).into_iter().filter(|one| one.lead).count();
        assert_eq!(leads("*区住建局、*区农业农村局*自然资源和规划分局,各街道乡镇"), 3);
        assert_eq!(leads("＊区发改局、区经信局"), 1);
        assert_eq!(leads("牵头单位:区住建局;配合单位:区教育局"), 1);
        assert_eq!(leads("区住建局(牵头)、区教育局"), 1);
        assert_eq!(leads("区住建局、区教育局(标*的为牵头单位,下同)"), 0);
        assert_eq!(parse("区住建局、区教育局(标*的为牵头单位,下同)").len(), 2);
    }

    #[test]
    fn a_cell_is_held_against_the_official_agencies() {
        let mut task = Plan::built_in().tasks[0].clone();
        task.leads = vec!["区住建局".to_owned()];
        task.supports = vec!["区农业农村局".to_owned(), "各街道乡镇".to_owned()];
        let agencies = Agencies::of(&task, &Plan::built_in().places().into());
        let whole = agencies.named("*住建局、农业局");
        assert!(whole.are_official() && whole.has_all_leads() && whole.has_mark());
        let other = agencies.named("区农业农村局、区民政局");
        assert!(!other.are_official() && !other.has_a_lead() && !other.has_mark());
        assert_eq!(other.official(), 1);
        assert!(!agencies.named("").are_official());
    }
}
