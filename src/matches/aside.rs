//! What stands beside the wording and says more of the task: headings above the row, agencies.

use super::index::PlanIndex;
use super::wording::plain;

/// Words of headings over a township's own work.
const OWN_WORK: &str = "自选 特色 自主 自己 自加 其他 其它 本级 中心工作 附加 额外 另外 清单外 清单以外";

/// What the headings above a row say.
#[derive(Debug)]
pub(super) struct Headings {
    /// For each task whether one of them is its section.
    pub(super) agree: Vec<bool>,
    /// Whether one says that what follows is the township's own work.
    pub(super) own_work: bool,
    /// Whether the innermost one holds the name of a task: a bar over its villages.
    pub(super) is_bar: bool,
}

impl Headings {
    /// Reads headings.
    pub(super) fn new(headings: &[String], index: &PlanIndex) -> Self {
        let headings: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
        let own_work = || OWN_WORK.split(' ');
        let agrees = |official: &String| headings.iter().any(|heading| alike(heading, official));
        Self {
            agree: index.tasks.iter().map(|task| task.headings.iter().any(agrees)).collect(),
            is_bar: headings.last().is_some_and(|bar| index.names_task(bar)),
            own_work: headings.iter().any(|heading| own_work().any(|word| heading.contains(word))),
        }
    }
}

/// Whether two plain headings mean the same section: one holds the other, or they differ little.
fn alike(heading: &str, official: &str) -> bool {
    const NEAR: f64 = 0.6;
    if heading.chars().count() < 2 || official.is_empty() {
        return false;
    }
    official.contains(heading) || heading.contains(official) || strsim::sorensen_dice(heading, official) >= NEAR
}

/// What the agencies of a row say.
#[derive(Debug)]
pub(super) struct Agencies {
    /// For each task whether a lead agency is named.
    pub(super) lead_named: Vec<bool>,
    /// For each task the share of the row's agencies that the official list names.
    pub(super) agree: Vec<f64>,
}

impl Agencies {
    /// Reads a cell that lists agencies; `None` where it lists none.
    pub(super) fn new(cell: &str, index: &PlanIndex) -> Option<Self> {
        let names = agency_names(cell);
        if names.is_empty() {
            return None;
        }
        let own: Vec<&String> = names.iter().filter(|name| !name.contains("街道") && !name.contains("乡镇")).collect();
        let leads = |lead: &String| names.iter().any(|name| name == lead || name.contains(lead.as_str()));
        let agree = |official: &[String]| {
            let known = own.iter().filter(|name| {
                official.iter().any(|agency| agency.contains(name.as_str()) || name.contains(agency.as_str()))
            });
            #[expect(clippy::cast_precision_loss, reason = "a cell lists a handful of agencies")]
            let share = known.count() as f64 / own.len().max(1) as f64;
            share
        };
        Some(Self {
            lead_named: index.tasks.iter().map(|task| task.leads.iter().any(leads)).collect(),
            agree: index.tasks.iter().map(|task| agree(&task.agencies)).collect(),
        })
    }
}

/// Plain agency names without the leading sign of the county (区, 县, 市) or mark, from a cell that lists them.
fn agency_names(text: &str) -> Vec<String> {
    let names = text.split(['、', '，', ',', '；', ';', ' ', '\n', '*', '＊']);
    let names = names.map(|name| plain(name).trim_start_matches(['区', '县', '市']).to_owned());
    names.filter(|name| name.chars().count() >= 2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_lose_mark_and_district() {
        assert_eq!(agency_names("*区农业农村局、区发改局，各街道乡镇"), ["农业农村局", "发改局", "各街道乡镇"]);
        assert_eq!(agency_names("县农业农村局、市发改委"), ["农业农村局", "发改委"]);
    }
}
