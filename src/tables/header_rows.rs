//! Which rows beside the titles are no titles of columns: rows that count columns, name units, begin a list of people, or
//! bear the titles of a second line?

use super::grid::{Grid, Seen};
use super::text::{is_ordinal, length, plain, quoted};
use super::vocabulary::{Recognised, Vocabulary, unit_in};
use crate::list::Field;

/// Whether the cells of a row are the titles of a list of people: 姓名 │ 职务 │ 电话, 各村联络员 │ 电话. Such a list is no report,
/// but the table above it ends there.
pub(super) fn is_of_contacts(cells: &[Seen]) -> bool {
    const BESIDE: [&str; 18] = [
        "职务", "岗位", "单位", "科室", "部门", "职责", "分工", "序号", "备注", "微信", "村", "村名", "村社", "村居",
        "网格", "日期", "星期", "时段",
    ];
    const PEOPLE: [&str; 10] =
        ["姓名", "联系人", "联络员", "联络人", "网格员", "值班人", "值班人员", "带班领导", "值班领导", "驻村干部"];
    const TELEPHONES: [&str; 7] = ["电话", "手机", "联系方式", "手机号", "手机号码", "电话号码", "短号"];
    /// Longest title of people, in characters, and of their telephones.
    const LONGEST: usize = 8;
    let ends = |text: &str, words: &[&str]| length(text) <= LONGEST && words.iter().any(|word| text.ends_with(word));
    let of_people = |text: &str| ends(text, &PEOPLE);
    let of_telephones = |text: &str| ends(text, &TELEPHONES);
    let fits = |text: &str| of_people(text) || of_telephones(text) || BESIDE.contains(&text);
    let at_hand = |text: &str| of_telephones(text) || text == "职务";
    (2..=8).contains(&cells.len())
        && cells.iter().all(|seen| seen.cell.text.len() <= 40 && fits(seen.plain()))
        && cells.iter().any(|seen| of_people(seen.plain()))
        && cells.iter().any(|seen| at_hand(seen.plain()))
}

/// Whether a row only counts the columns, 1 2 3 4 or 甲 乙 1 2, or names them as an office's system does: `DB_NO`, STATE.
pub(super) fn counts_columns(cells: &[Seen], upper: &[Seen]) -> bool {
    let texts: Vec<&str> = cells.iter().map(Seen::plain).collect();
    if cells.len() >= 3 && cells.len() * 2 >= upper.len() && (are_field_codes(&texts) || are_types(&texts)) {
        return true;
    }
    let counting = texts.iter().all(|text| is_count(text));
    let number = |text: &&str| text.split('=').next().and_then(|number| number.parse().ok());
    let numbers: Vec<u32> = texts.iter().filter_map(number).collect();
    let rising = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let letters = texts.iter().filter(|text| is_letter(text)).count();
    let counted = numbers.len() >= 2 || letters == cells.len();
    counting && rising && cells.len() >= 3 && counted && cells.len() * 2 >= upper.len()
}

/// Whether texts are the names of fields in a database: capitals, one of them at least of two words.
fn are_field_codes(texts: &[&str]) -> bool {
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let is_code = |text: &&str| text.starts_with(|c: char| c.is_ascii_uppercase()) && text.chars().all(fits);
    texts.iter().all(is_code) && texts.iter().any(|text| text.trim_matches('_').contains('_'))
}

/// Whether texts tell what kind of value each field of a database holds, most of them with its length: N(4), C(80), D,
/// `VARCHAR(20)`, 字符型, 日期型(10).
pub(super) fn are_types(texts: &[&str]) -> bool {
    const WORDS: [&str; 12] =
        ["字符", "文本", "数值", "数字", "整数", "小数", "日期", "时间", "日期时间", "字典", "枚举", "长文本"];
    let name = |text: &str| {
        let bare = text.trim_end_matches('型');
        let coded = text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        coded || WORDS.contains(&bare)
    };
    let sized = |text: &&str| {
        let parts = text.strip_suffix(')').and_then(|text| text.split_once('('));
        parts.is_some_and(|(kind, size)| {
            name(kind) && !size.is_empty() && size.chars().all(|c| c.is_ascii_digit() || c == ',')
        })
    };
    let typed = |text: &&str| name(text) && !is_letter(text) || sized(text);
    let of_words = texts.iter().filter(|text| WORDS.contains(&text.trim_end_matches('型'))).count();
    let of_size = texts.iter().filter(|text| sized(text)).count();
    // 数值 and 时间 alone may be titles.
    let plainly = of_size > 0 || texts.iter().any(|text| text.ends_with('型'));
    plainly && texts.iter().all(|text| typed(text) || is_letter(text)) && (of_size + of_words) * 2 >= texts.len()
}

/// Whether a text counts a column: 1, 3, 甲, B.
pub(super) fn is_count(plain: &str) -> bool {
    let computed = || plain.split_once('=').is_some_and(|(number, how)| is_ordinal(number) && is_formula(how));
    is_ordinal(plain)
        || is_letter(plain)
        || matches!(plain, "甲" | "乙" | "丙" | "丁" | "戊" | "己" | "庚" | "辛" | "壬" | "癸")
        || computed()
}

/// Whether a text only tells how a column is computed from others: 2÷1×100%.
fn is_formula(how: &str) -> bool {
    let marks = "+-−×÷*/()%栏列第";
    how.contains(|c: char| marks.contains(c)) && how.chars().all(|c| c.is_ascii_digit() || marks.contains(c))
}

/// Whether a text is one capital letter, as columns are named.
fn is_letter(plain: &str) -> bool {
    matches!(plain.as_bytes(), [b'A'..=b'Z'])
}

/// Whether a row only names the units of the columns above it: (万元), 户, %.
pub(super) fn names_units(cells: &[Seen], upper: &[Seen]) -> bool {
    let titled = |seen: &Seen| upper.iter().any(|title| title.left() <= seen.left() && seen.left() <= title.right());
    !cells.is_empty() && cells.iter().all(|seen| are_units(&seen.cell.text) && titled(seen))
}

/// Whether a text is a unit, or several of which each row has its own: (个、户、亩).
fn are_units(text: &str) -> bool {
    let whole = plain(text);
    let inner = whole.trim_matches(['(', ')', '[', ']', '【', '】']);
    unit_in(&whole).is_some()
        || inner.contains(['、', '/', ',']) && inner.split(['、', '/', ',']).all(|unit| unit_in(unit).is_some())
}

/// The titles of a second line of each record: below the columns' own titles, each over several of them.
///
/// ```text
///  序号 │ 任务名称 │ 目标 │ 完成 │ 状态
///       │ 工作进展(写在本行)
/// ```
pub(super) fn second_lines(grid: &Grid, rows: &[u32]) -> Vec<(u32, u32, String)> {
    let Some((last, upper)) = rows.split_last() else { return Vec::new() };
    let Some(above) = upper.last() else { return Vec::new() };
    let titles = grid.row(*above);
    let ends_above = |seen: &&Seen| seen.region.last.row < *last;
    let spans = |seen: &Seen| {
        let below = titles
            .iter()
            .filter(ends_above)
            .filter(|title| seen.left() <= title.left() && title.right() <= seen.right());
        below.count() >= 2
    };
    let cells = grid.row(*last);
    if cells.is_empty() || !cells.iter().all(|seen| seen.width() >= 2 && spans(seen)) {
        return Vec::new();
    }
    cells.iter().map(|seen| (seen.left(), seen.right(), quoted(&seen.cell.text))).collect()
}

/// Records below a header of two lines that are looked at, and how many of them must have two lines, too.
const RECORDS_LOOKED_AT: usize = 10;
/// See [`RECORDS_LOOKED_AT`].
const FEWEST_OF_TWO_LINES: usize = 2;

/// The titles of a second line of each record, where two titles that mean different things stand over nearly every column
/// and the rows below go in pairs, the upper one of which alone has a cell in the first column.
///
/// ```text
///  序号 │ 任务名称 │ 承办单位 │ 目标值   │ 完成值
///       │ 进展情况            │ 存在问题 │ 下步计划
///   1   │ 景区村创建 │ 文旅办 │ 1个      │ 0个
///       │ 停车场二期开放      │ 无       │ 迎接评审
/// ```
pub(super) fn titles_of_two_lines(grid: &Grid, rows: &[u32], vocabulary: &Vocabulary) -> Vec<(u32, u32, String)> {
    let [first, last] = rows else { return Vec::new() };
    let (upper, lower) = (grid.row(*first), grid.row(*last));
    let field = |seen: &Seen| {
        let meaning = vocabulary.meaning(&seen.cell.text).filter(|meaning| meaning.by != Recognised::Part)?;
        meaning.fields.first().copied()
    };
    let Some(number) = upper.first() else { return Vec::new() };
    let ends_above = |seen: &&Seen| seen.region.last.row < *last && seen.width() == 1;
    let above = |seen: &Seen| {
        let titles = upper.iter().filter(ends_above);
        titles.filter(|title| seen.left() <= title.left() && title.right() <= seen.right()).collect::<Vec<_>>()
    };
    // Below a title for the task or the figures stands one that asks for something else.
    let asks_else = |seen: &Seen| {
        let below = field(seen).filter(|field| !matches!(field, Field::Number | Field::Name | Field::Content));
        let titles = above(seen);
        below.is_some()
            && titles.iter().any(|title| field(title).is_some())
            && titles.iter().all(|title| field(title) != below)
    };
    let opens = |row: u32| grid.row(row).first().is_some_and(|seen| seen.left() == number.left());
    let covered = lower.iter().map(|seen| above(seen).len()).sum::<usize>();
    if lower.len() < 2 || opens(*last) || covered + 2 < upper.len() || !lower.iter().all(asks_else) {
        return Vec::new();
    }
    let body: Vec<u32> = grid.used_rows_between(last + 1, u32::MAX).take(2 * RECORDS_LOOKED_AT).collect();
    let places: Vec<(u32, u32)> = lower.iter().map(|seen| (seen.left(), seen.right())).collect();
    let in_place = |row: u32| grid.row(row).iter().all(|seen| places.contains(&(seen.left(), seen.right())));
    let pairs = body.windows(2).filter(|pair| opens(pair[0]) && !opens(pair[1]) && in_place(pair[1])).count();
    let records = body.iter().filter(|row| opens(**row)).count();
    if pairs < FEWEST_OF_TWO_LINES || pairs * 4 < records * 3 {
        return Vec::new();
    }
    lower.iter().map(|seen| (seen.left(), seen.right(), quoted(&seen.cell.text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_units_below_one_title() {
        assert!(are_units("(个、户、亩)") && are_units("万元/亩") && are_units("%"));
        assert!(!are_units("、") && !are_units("(个、户主)") && !are_units(""));
    }

    #[test]
    fn types_of_fields_are_told_from_values() {
        let texts = |line: &'static str| line.split(' ').collect::<Vec<_>>();
        for types in ["N(4) C(80) ZD_03 N(10,2) D", "int varchar(200) decimal(10,2) date", "整数 字符型(40) 文本 日期"]
        {
            assert!(are_types(&texts(types)), "{types}");
        }
        for values in ["1 C(80) 推进中", "A B C", "GDP CPI PPI", "T01 已完成 D"] {
            assert!(!are_types(&texts(values)), "{values}");
        }
    }

    #[test]
    fn names_of_fields_in_a_database_are_told_from_what_people_write() {
        let texts = |line: &'static str| line.split(' ').collect::<Vec<_>>();
        for codes in ["DB_NO ITEM_TITLE STATE", "XH RW_MC JD2"] {
            assert!(are_field_codes(&texts(codes)), "{codes}");
        }
        for others in ["A B C", "GDP CPI PPI", "DB_NO 养老服务 STATE", "db_no item_title state", "1 2 3"] {
            assert!(!are_field_codes(&texts(others)), "{others}");
        }
    }
}
