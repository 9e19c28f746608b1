//! Who is responsible, and who leads? Names and roles from the cells of a published list.
//!
//! First every cell is parted at what certainly separates ([`cells`]); then the names that stand alone somewhere in
//! the document are the evidence for the cells where something is missing ([`repairs`]). No list of real agencies
//! is used: another county's are as good.

mod cells;
mod repairs;

use std::collections::BTreeMap;

use super::defect::DefectKind;
use super::listing::Role;
use super::shapes::is_agency;
use crate::list::plan::{Plan, Task};

pub(super) use cells::{LABELS, without_persons};

/// How the document says who leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeadRule {
    /// By a mark, a column, a label or a word of its own.
    Marked,
    /// A note says that the first named leads.
    FirstNamed,
    /// Not at all.
    Unsaid,
}

/// Whether a clause says that the first named leads: 列第一位的为牵头单位, 排首位者牵头.
pub(super) fn says_first_leads(clause: &str) -> bool {
    let first = ["第一", "首位", "首个", "排首", "列首", "排在前", "排名靠前", "首家", "最前"];
    let ends = clause.trim_end_matches(|c: char| c.is_whitespace() || "。；;）)】".contains(c));
    let leads =
        clause.contains("牵头") && clause.contains('为') || ends.ends_with("牵头") || ends.ends_with("牵头负责");
    leads && first.iter().any(|word| clause.contains(word))
}

/// One agency of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    name: String,
    role: Role,
}

/// Something in a cell that is no agency, or was no separate one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slip {
    /// What sort of slip.
    pub(super) kind: DefectKind,
    /// What stands there.
    pub(super) found: String,
    /// What was made of it; absent where it was left as written.
    pub(super) made: Option<String>,
}

/// The agencies of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Responsible {
    /// 牵头单位.
    pub(super) leads: Vec<String>,
    /// The others.
    pub(super) supports: Vec<String>,
    /// What was repaired, or left and must be looked at.
    pub(super) slips: Vec<Slip>,
}

/// How often each agency's name stands alone in the document.
type Known = BTreeMap<String, usize>;

/// Reads the agencies of all rows of a document, `rows` holding the cells of each. `first_leads` says whether a note
/// lets the first named lead.
pub(super) fn read(rows: &[Vec<(Role, String)>], first_leads: bool) -> (Vec<Responsible>, LeadRule) {
    let mut slips: Vec<Vec<Slip>> = Vec::new();
    let mut parted: Vec<Vec<Vec<Named>>> = Vec::new();
    for cells in rows {
        let mut found = Vec::new();
        parted.push(cells.iter().map(|(role, text)| cells::part(text, *role, &mut found)).collect());
        slips.push(found);
    }
    let mut known = Known::new();
    for named in parted.iter().flatten().flatten().filter(|named| is_agency(&named.name)) {
        *known.entry(named.name.clone()).or_default() += 1;
    }
    let marked = parted.iter().flatten().flatten().any(|named| named.role == Role::Lead);
    let rule = match (marked, first_leads) {
        (_, true) => LeadRule::FirstNamed,
        (true, _) => LeadRule::Marked,
        (false, false) => LeadRule::Unsaid,
    };
    let repaired = parted.into_iter().zip(slips).map(|(cells, mut slips)| {
        let mut named = Vec::new();
        for cell in cells {
            named.extend(repairs::repair(cell, &known, &mut slips));
        }
        let mut responsible = assign(named, rule);
        responsible.slips = slips;
        responsible
    });
    (repaired.collect(), rule)
}

/// The agencies of a plan that are run together, by the names that stand alone in it: number of the task, what stands
/// there, and its parts.
pub(in crate::list) fn run_together(plan: &Plan) -> Vec<(u32, String, Vec<String>)> {
    let mut known = Known::new();
    let agencies = |task: &Task| task.leads.iter().chain(&task.supports).cloned().collect::<Vec<_>>();
    for name in plan.tasks.iter().flat_map(agencies) {
        *known.entry(name).or_default() += 1;
    }
    let mut found = Vec::new();
    for task in &plan.tasks {
        for name in agencies(task) {
            found.extend(repairs::run_together(&name, &known).map(|parts| (task.number, name, parts)));
        }
    }
    found
}

/// Parts the agencies by role. A name that is written twice counts once, as lead where it is one.
fn assign(named: Vec<Named>, rule: LeadRule) -> Responsible {
    let mut responsible = Responsible::default();
    // Where the note and marks stand side by side, the marks of a row decide for it.
    let unmarked = named.iter().all(|named| named.role == Role::Open);
    for (index, Named { name, role }) in named.into_iter().enumerate() {
        let leads = role == Role::Lead || (rule == LeadRule::FirstNamed && unmarked && index == 0);
        if leads {
            responsible.supports.retain(|support| *support != name);
        }
        if responsible.leads.contains(&name) || responsible.supports.contains(&name) {
            continue;
        }
        if leads { responsible.leads.push(name) } else { responsible.supports.push(name) }
    }
    responsible
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_open(cells: &[&str], first_leads: bool) -> (Vec<Responsible>, LeadRule) {
        let rows: Vec<_> = cells.iter().map(|text| vec![(Role::Open, (*text).to_owned())]).collect();
        read(&rows, first_leads)
    }

    #[test]
    fn stars_lead_wherever_they_stand() {
        let (rows, rule) = read_open(&["*区住建局、*区农业农村局*自然资源和规划分局,各街道乡镇"], false);
        assert_eq!(rule, LeadRule::Marked);
        assert_eq!(rows[0].leads, ["区住建局", "区农业农村局", "自然资源和规划分局"]);
        assert_eq!(rows[0].supports, ["各街道乡镇"]);
        assert_eq!(rows[0].slips[0].kind, DefectKind::RunTogether);
    }

    #[test]
    fn names_that_stand_alone_part_those_that_are_run_together() {
        let (rows, _) = read_open(&["*县农业农村局、县发改局县住建局", "县发改局", "县住建局"], false);
        assert_eq!(rows[0].supports, ["县发改局", "县住建局"]);
        // Without a witness a joint body stays one.
        let (rows, _) = read_open(&["*区纪委区监委、*区委政法委", "区司法局"], false);
        assert_eq!(rows[0].leads, ["区纪委区监委", "区委政法委"]);
        assert_eq!(rows[0].slips, []);
    }

    #[test]
    fn without_a_rule_nobody_leads() {
        let (rows, rule) = read_open(&["县发改局、县财政局"], false);
        assert_eq!((rule, rows[0].leads.len(), rows[0].supports.len()), (LeadRule::Unsaid, 0, 2));
        let (rows, rule) = read_open(&["县发改局、县财政局"], true);
        assert_eq!((rule, rows[0].leads.as_slice()), (LeadRule::FirstNamed, ["县发改局".to_owned()].as_slice()));
    }
}
