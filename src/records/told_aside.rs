//! Whose and when, where nothing stronger tells: what is asked then, and of whom. What says it weakly is only believed
//! where all that says so agrees.

use super::attribution::{self, Witness};
use super::in_cells;
use super::record::Record;
use super::submission::{Attribution, Evidence, EvidencePlace};
use super::told_below;
use super::told_period;
use super::township::Roster;
use crate::list::Field;
use crate::period::{Period, PeriodPart};
use crate::tables::{SheetLayout, plain};
use crate::workbooks::{Sheet, Workbook};

/// The township that lines name which tell whom to ask, titles of lists of people or titles over what was done (有疑问请拨
/// 大门镇党政综合办 0577-63480000, 鹿西乡专班通讯录, 大门镇完成数), lines that tell who makes the table, lines that sign below
/// it by a short name, and columns of offices: where nothing else tells it and all of them name the same.
pub(super) fn township(
    workbook: &Workbook,
    layouts: &[SheetLayout],
    records: &[Record],
    roster: &Roster,
) -> Attribution<String> {
    let mut told: Vec<Witness> = Vec::new();
    for layout in layouts.iter().filter(|layout| !workbook.sheets[layout.sheet].hidden) {
        let sheet = &workbook.sheets[layout.sheet];
        let speaks = |text: &str| tells_whom_to_ask(text) || tells_who_makes_it(text, roster);
        let notes = attribution::notes(sheet, layout).into_iter();
        told.extend(notes.filter(|note| speaks(&plain(&note.text))));
        told.extend(attribution::lists_of_people(sheet, layout));
        // 大门镇完成数 over a column.
        told.extend(attribution::column_titles(sheet, layout));
        told.extend(told_below::signed_below(sheet, layout, roster));
    }
    told.extend(in_cells::offices(records, roster));
    let told = attribution::township(&told, roster);
    let agreed = told.evidence.iter().all(|piece| Some(&piece.value) == told.value.as_ref());
    if agreed { told } else { Attribution::default() }
}

/// The period that notes name, or else the titles of columns, where nothing told it (`told`) or nothing but a bare year in
/// the names of the file, its folders and its sheets; the titles of columns also where a title tells nothing but a year.
pub(super) fn period(
    witnesses: &[Witness],
    workbook: &Workbook,
    layouts: &[&SheetLayout],
    told: Attribution<Period>,
) -> Attribution<Period> {
    let said = |ask: fn(&Sheet, &SheetLayout) -> Vec<Witness>| -> Vec<Witness> {
        layouts.iter().flat_map(|layout| ask(&workbook.sheets[layout.sheet], layout)).collect()
    };
    let Some(value) = told.value else {
        let asked: [fn(&Sheet, &SheetLayout) -> Vec<Witness>; 2] = [attribution::notes, attribution::column_titles];
        let told = asked.into_iter().map(|ask| told_period::period_in_notes(witnesses, said(ask)));
        return told.into_iter().find(|told| told.value.is_some()).unwrap_or_default();
    };
    let bare = |piece: &Evidence<Period>| {
        let key = piece.place == EvidencePlace::Key;
        !key && piece.value.part == PeriodPart::Year && !reports_on_the_year(&piece.text)
    };
    if !told.evidence.iter().all(bare) {
        return told;
    }
    let in_year = |part: &Attribution<Period>| part.value.is_some_and(|part| part.year == value.year);
    let name = |place| matches!(place, EvidencePlace::SheetName | EvidencePlace::FileName | EvidencePlace::FolderName);
    if told.evidence.iter().all(|piece| name(piece.place)) {
        let notes = said(attribution::notes).into_iter().filter(|note| names_this_report(&plain(&note.text)));
        let part = told_period::period_in_notes(witnesses, notes.collect());
        if in_year(&part) {
            return part;
        }
    }
    // 2024年各项任务进度, and 1—3月完成 over the only figures of what was done.
    let columns = layouts.iter().flat_map(|layout| &layout.tables).flat_map(|table| &table.columns);
    let mut done = columns.filter(|column| column.field != Some(Field::Target));
    if done.any(|column| reports_on_the_year(&column.title)) {
        return told;
    }
    let part = told_period::period_in_notes(witnesses, said(attribution::column_titles));
    if in_year(&part) { part } else { told }
}

/// Whether a name says that the report is on the whole year: 2024年度总结.
fn reports_on_the_year(text: &str) -> bool {
    ["年度", "年报", "全年", "年终", "年末", "年底", "总结", "考核"].iter().any(|word| text.contains(word))
}

/// Whether a plain note says which report the table is: 10月份月报,截至10月底. A note may name any other month, too.
fn names_this_report(text: &str) -> bool {
    ["月报", "季报", "半年报", "旬报"].iter().any(|word| text.contains(word))
        && !text.contains(['每', '各', '逐', '按'])
}

/// Whether a plain text tells which township makes the table: 本表由北岙街道统一汇总.
fn tells_who_makes_it(text: &str, roster: &Roster) -> bool {
    const MAKES: [&str; 9] = ["汇总", "填报", "填写", "填表", "报送", "上报", "编制", "编报", "制表"];
    let Some((_, by)) = text.split_once('由') else { return false };
    let clause = by.split([',', '。', ';', '(']).next().unwrap_or_default();
    let named = roster.only_one_in(clause).is_some();
    named && MAKES.iter().any(|makes| clause.contains(makes))
}

/// Whether a plain text tells whom to ask: a line with a telephone number, maybe a short one.
fn tells_whom_to_ask(text: &str) -> bool {
    const LONGEST: usize = 60;
    const SHORT_NUMBERS: [&str; 4] = ["短号", "小号", "分机", "虚拟号"];
    let asks = ["电话", "咨询", "联系", "请拨", "拨打", "疑问", "热线", "请问"].iter().any(|word| text.contains(word));
    let longest = |text: &str| {
        let digits = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '*'));
        digits.map(str::len).max().unwrap_or(0)
    };
    // 短号654112 is the number of an extension within the government.
    let short =
        || SHORT_NUMBERS.iter().filter_map(|word| text.split_once(word)).any(|(_, behind)| longest(behind) >= 4);
    text.chars().count() <= LONGEST && asks && (longest(text) >= 7 || short())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_tell_whom_to_ask() {
        for text in [
            "有疑问请拨大门镇党政综合办0577-6348****(章雨桐)",
            "咨询电话:63480000(鹿西乡农办)",
            "联系:霓屿街道经发办短号66518",
        ] {
            assert!(tells_whom_to_ask(text), "{text}");
        }
        for text in ["学习大门镇经验,请联系实际", "大门镇63480000", "联系大门镇12户,短号未配"]
        {
            assert!(!tells_whom_to_ask(text), "{text}");
        }
    }

    #[test]
    fn notes_that_say_which_report_it_is() {
        assert!(names_this_report("10月份月报,截至10月底") && names_this_report("本表为三季度季报"));
        assert!(
            !names_this_report("6月前完成招标")
                && !names_this_report("每月报一次,3月起")
                && reports_on_the_year("2024年度")
        );
    }
}
