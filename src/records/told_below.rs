//! Who signs below the tables by the short name of the township alone: 鹿西 小林 above a date, 元觉 制表 南海燕 审核 林大海.
//! Asked only where nothing else tells whose a workbook is.

use super::attribution::Witness;
use super::submission::EvidencePlace;
use super::time;
use super::township::Roster;
use crate::tables::{OutsideCell, OutsideRole, SheetLayout, is_person, is_signature, one_line, plain};
use crate::workbooks::Sheet;

/// Longest line that signs, in characters.
const LONGEST: usize = 60;

/// Loose texts below the tables that are looked at.
const LOOKED_AT: usize = 200;

/// The lines below all tables of a sheet that begin with the name of a township and sign: with a word of signatures behind
/// it, or with nothing but a person's name and a day, or a day in the line above or below.
pub(super) fn signed_below(sheet: &Sheet, layout: &SheetLayout, roster: &Roster) -> Vec<Witness> {
    let Some(last) = layout.tables.iter().map(|table| table.region.last.row).max() else { return Vec::new() };
    let below: Vec<&OutsideCell> = layout.outside.iter().filter(|cell| cell.at.row > last).take(LOOKED_AT).collect();
    let text = |cell: &OutsideCell| sheet.cell(cell.at).map(|cell| one_line(&cell.text)).unwrap_or_default();
    let dated = |cell: &OutsideCell| {
        let near = below.iter().filter(|other| other.at != cell.at && other.at.row.abs_diff(cell.at.row) <= 1);
        let mut signed = near.filter(|other| other.role == OutsideRole::Signature);
        signed.any(|other| !time::read(&text(other)).days.is_empty())
    };
    let loose = below.iter().filter(|cell| matches!(cell.role, OutsideRole::Note | OutsideRole::Unassigned));
    let signs = loose.filter(|cell| match how_it_signs(&text(cell), roster) {
        Some(Signing::ByItself) => true,
        Some(Signing::WithDate) => dated(cell),
        None => false,
    });
    let witness = |cell: &&OutsideCell| {
        let at = Some((layout.sheet, cell.at));
        Witness { place: EvidencePlace::Signature, cell: at, text: text(cell), key: None }
    };
    signs.map(witness).collect()
}

/// How sure it is that a line signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signing {
    /// It names a day, or has a word of signatures.
    ByItself,
    /// It does where a day stands beside it.
    WithDate,
}

/// How a line signs that begins with the name of a township and nothing else up to the next space or mark.
fn how_it_signs(text: &str, roster: &Roster) -> Option<Signing> {
    if text.chars().count() > LONGEST || text.contains(['。', '；', ';']) {
        return None;
    }
    let marks = |c: char| c.is_whitespace() || "：:，,、·—".contains(c);
    let mut words = text.split(marks).map(plain).filter(|word| !word.is_empty());
    roster.is_name(&words.next()?)?;
    let rest: Vec<String> = words.collect();
    if rest.iter().any(|word| is_signature(word)) {
        return Some(Signing::ByItself);
    }
    let is_day = |word: &String| !time::read(word).days.is_empty();
    let people = rest.iter().filter(|word| is_person(word) || is_called(word)).count();
    let days = rest.iter().filter(|word| is_day(word)).count();
    let only_signs = people <= 1 && people + days == rest.len();
    only_signs.then_some(if days > 0 { Signing::ByItself } else { Signing::WithDate })
}

/// Whether a word is how colleagues call a person: 小林, 阿贵, 林工.
fn is_called(word: &str) -> bool {
    let han = word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let familiar = word.starts_with(['小', '老', '阿']) || word.ends_with(['工', '姐', '哥']);
    han && familiar && word.chars().count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    #[test]
    fn lines_that_sign_by_a_short_name() {
        let roster = Roster::new(&Plan::built_in());
        for (text, expected) in [
            ("鹿西 小林", Some(Signing::WithDate)),
            ("鹿西乡：陈海燕", Some(Signing::WithDate)),
            ("霓屿", Some(Signing::WithDate)),
            ("鹿西 小林 2024.5.2", Some(Signing::ByItself)),
            ("元觉   制表 南海燕   审核 林大海   (状态一格管一个板块)", Some(Signing::ByItself)),
            ("北岙街道 做法", None),
            ("北岙街道 经验值得学习", None),
            ("学习 北岙街道 小林", None),
            ("参照北岙街道做法", None),
            ("北岙街道、东屏街道", None),
            ("小林 2024.5.2", None),
        ] {
            assert_eq!(how_it_signs(text, &roster), expected, "{text}");
        }
    }
}
