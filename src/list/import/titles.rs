//! Which column is which? By the titles of published lists, whole or with characters missing.

use super::document::GridRow;
use super::marks::Mark;
use super::title_words::TITLES;

/// What a column of a published list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Column {
    /// 序号.
    Number,
    /// 类别: the section in a column of its own.
    Section,
    /// 任务名称.
    Name,
    /// 主要内容.
    Content,
    /// 责任单位, whoever leads.
    Agencies,
    /// 牵头单位.
    Leads,
    /// 配合单位, and 责任单位 beside 牵头单位.
    Supports,
    /// 完成时限.
    Deadline,
    /// A person, who is no agency: 分管领导.
    Person,
    /// Something that only another sort of table has: scores, members.
    Foreign,
    /// 备注 and the like.
    Other,
}

impl Column {
    /// Whether a plan has no place for what the column holds.
    pub(crate) const fn is_left_out(self) -> bool {
        matches!(self, Self::Person | Self::Foreign | Self::Other)
    }
}

/// How a title was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    /// What the column holds.
    pub(crate) column: Column,
    /// The whole title, where characters of it are missing in the document.
    pub(crate) whole: Option<&'static str>,
    /// Whether the cells name persons beside agencies: 责任单位及责任人.
    pub(crate) names_persons: bool,
    /// The year that the column is of, where the list has a column for each: 2024年目标, 2025年目标.
    pub(crate) year: Option<u16>,
}

impl Title {
    /// A title of a column.
    pub(crate) const fn of(column: Column) -> Self {
        Self { column, whole: None, names_persons: false, year: None }
    }
}

/// Recognises a column title; `None` where the text is no title that lists have.
pub(crate) fn title(text: &str) -> Option<Title> {
    let bare = bare_title(text);
    if bare.is_empty() || bare.chars().count() > 14 || Mark::of(&bare).is_some() {
        return None;
    }
    // （标*的为牵头单位） explains the columns and is none: in brackets, only a title that lists have is one.
    let note = bare.starts_with(['(', '（']);
    let known = || TITLES.iter().flat_map(|(column, titles)| titles.iter().map(move |title| (*column, *title)));
    if let Some((column, _)) = known().find(|(_, title)| bare_title(title) == bare) {
        return Some(Title { names_persons: bracket_names_persons(text), ..Title::of(column) });
    }
    if note {
        return None;
    }
    let broken = known().filter(|(_, whole)| lacks_one_character(&bare, whole));
    let broken = broken
        .min_by_key(|(_, whole)| !frequent(whole))
        .map(|(column, whole)| Title { whole: Some(whole), ..Title::of(column) });
    let longer = || combined(&bare).or_else(|| joined(&bare)).or_else(|| of_a_year(&bare));
    let names_persons = beside_person(&bare).is_some() && ends_as_person(&bare) || bracket_names_persons(text);
    broken.or_else(|| longer().map(|column| Title { names_persons, ..Title::of(column) }))
}

/// A title made of several, each known alone: 具体内容和工作目标. What they hold together is the content, where one of
/// them alone is.
fn joined(bare: &str) -> Option<Column> {
    let parts: Vec<&str> = bare.split(['和', '及', '与', '、', '/']).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return None;
    }
    let columns: Vec<Column> =
        parts.iter().map(|part| title(part).map(|title| title.column)).collect::<Option<Vec<_>>>()?;
    let words = columns.iter().all(|column| matches!(column, Column::Name | Column::Content));
    let column = if words && columns.contains(&Column::Content) { Column::Content } else { *columns.first()? };
    (words || columns.iter().all(|other| *other == column)).then_some(column)
}

/// A title with the year or the office in front of it: 2025年建设内容, 本年度工作目标.
fn of_a_year(bare: &str) -> Option<Column> {
    let undated = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let undated = if undated.len() < bare.len() { undated.strip_prefix('年').unwrap_or(undated) } else { bare };
    let scope = ["本年度", "年度", "全年", "当年", "今年", "全县", "全区", "全市", "县级", "区级", "市级", "度"];
    let rest = scope.iter().find_map(|word| undated.strip_prefix(word)).unwrap_or(undated);
    (rest.len() < bare.len()).then(|| title(rest)).flatten().map(|title| title.column)
}

/// The titles at the beginning of a text that are written one behind the other without anything between them; empty
/// where they are not those of a list.
pub(crate) fn run_together(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (mut rest, mut columns) = (bare.as_str(), Vec::new());
    let known = || TITLES.iter().flat_map(|(column, titles)| titles.iter().map(move |title| (*column, *title)));
    while let Some((column, title)) =
        known().filter(|(_, title)| rest.starts_with(*title)).max_by_key(|(_, title)| title.len())
    {
        columns.push(column);
        rest = &rest[title.len()..];
    }
    let of_list = columns.iter().any(|column| matches!(column, Column::Agencies | Column::Leads | Column::Supports));
    let titles = &bare[..bare.len() - rest.len()];
    if of_list && columns.len() >= 3 { titles.to_owned() } else { String::new() }
}

/// The titles of a list that stand somewhere in texts, where they are those of a name, a content and agencies: columns
/// that were copied one behind the other. Empty where they are not.
pub(crate) fn scattered(texts: &[&str]) -> String {
    let long = |texts: &[&str]| {
        texts.iter().filter(|text| text.chars().count() >= 20).map(|text| (*text).to_owned()).collect::<String>()
    };
    let running = long(texts);
    let written = |wanted: Column| {
        let titles = TITLES.iter().filter(|(column, _)| *column == wanted).flat_map(|(_, titles)| titles.iter());
        titles.filter(|title| title.chars().count() >= 4).find(|title| running.contains(**title)).copied()
    };
    let agencies = [Column::Agencies, Column::Leads].into_iter().find_map(written);
    let found = [written(Column::Name), written(Column::Content), agencies];
    let stops = running.chars().filter(|c| "。；".contains(*c)).count();
    // Running text has stops; cells that lost their borders have none.
    let flows = stops * 100 > running.chars().count();
    if flows || found.contains(&None) {
        String::new()
    } else {
        found.into_iter().flatten().collect::<Vec<_>>().join("”“")
    }
}

/// The titles that nearly every list has: of two readings of a broken title the frequent one is right.
fn frequent(title: &str) -> bool {
    ["任务名称", "主要内容", "责任单位", "牵头单位", "配合单位", "完成时限"].contains(&title)
}

/// A title without white space, brackets and what stands in them, colons.
fn bare_title(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && !"*＊:：".contains(*c)).collect();
    let outside = super::shapes::without_brackets(&kept);
    if outside.is_empty() { kept } else { outside }
}

/// A title made of two that mean one thing (牵头责任单位、配合单位; 主要任务及目标).
fn combined(bare: &str) -> Option<Column> {
    let leads = ["牵头", "主办", "主责"].iter().any(|word| bare.contains(word));
    let units = ["单位", "部门"].iter().any(|word| bare.contains(word));
    let supports = ["配合", "协办", "协同", "参与", "参加"].iter().any(|word| bare.contains(word));
    let people = ends_as_person(bare);
    match (leads, supports, units, people) {
        (_, _, _, true) => Some(beside_person(bare).unwrap_or(Column::Person)),
        (true, true, true, _) => Some(Column::Agencies),
        (true, false, true, _) => Some(if bare.contains("责任") && bare.contains(['及', '和', '、', '/']) {
            Column::Agencies
        } else {
            Column::Leads
        }),
        (false, true, true, _) => Some(Column::Supports),
        (false, false, true, _) if bare.contains("责任") || bare.contains("落实") => Some(Column::Agencies),
        _ if assesses(bare) => Some(Column::Foreign),
        _ if ["类别", "分类", "板块", "领域", "方向"].iter().any(|word| bare.ends_with(word)) => {
            Some(Column::Section)
        }
        _ if (bare.ends_with("行动") || bare.ends_with("工程")) && bare.chars().count() <= 4 => {
            Some(Column::Section)
        }
        _ if bare.ends_with("时限") || bare.ends_with("时间") => Some(Column::Deadline),
        _ if (bare.ends_with("日期") || bare.ends_with("节点")) && bare.chars().count() >= 4 => {
            let begins = ["开始", "启动", "开工", "起始"].iter().any(|word| bare.starts_with(word));
            Some(if begins { Column::Other } else { Column::Deadline })
        }
        _ if bare.ends_with("内容") || bare.ends_with("措施") || bare.ends_with("举措") => Some(Column::Content),
        _ if bare.ends_with("任务") || bare.ends_with("名称") => Some(Column::Name),
        // 实事项目, but no name of a task that ends so.
        _ if ["项目", "事项", "工作"].iter().any(|word| bare.ends_with(word)) && bare.chars().count() <= 4 => {
            Some(Column::Name)
        }
        _ if bare.contains("评分") || bare.contains("得分") || bare.contains("分值") => Some(Column::Foreign),
        _ => None,
    }
}

/// 考核内容, but no 考核单位, which lists may have besides.
fn assesses(bare: &str) -> bool {
    let of_words = ["内容", "指标", "项目", "要点", "事项", "标准", "办法"].iter().any(|word| bare.ends_with(word));
    of_words && ["考核", "考评", "评价"].iter().any(|word| bare.starts_with(word))
}

fn ends_as_person(bare: &str) -> bool {
    ["领导", "责任人", "联系人", "电话"].iter().any(|word| bare.ends_with(word))
}

/// 牵头单位（责任人）.
fn bracket_names_persons(text: &str) -> bool {
    text.split_once(['(', '（'])
        .is_some_and(|(_, inside)| ends_as_person(inside.trim_end().trim_end_matches([')', '）'])))
}

/// The column of the agencies in a title that names persons besides: 责任单位及责任人.
fn beside_person(bare: &str) -> Option<Column> {
    let (agencies, _) = bare.rsplit_once(['及', '和', '与', '、', '/'])?;
    let column = title(agencies)?.column;
    matches!(column, Column::Agencies | Column::Leads | Column::Supports).then_some(column)
}

/// Whether `broken` is `whole` with one character missing, at least half of it being left.
fn lacks_one_character(broken: &str, whole: &str) -> bool {
    let broken: Vec<char> = broken.chars().collect();
    let whole: Vec<char> = whole.chars().collect();
    let differs = whole.iter().zip(&broken).take_while(|(a, b)| a == b).count();
    broken.len() >= 2
        && whole.len() == broken.len() + 1
        && whole.len() >= 4
        && whole[differs + 1..] == broken[differs..]
}

/// The columns of a table from the titles in its header rows, the lowest recognised title of each column first.
///
/// 责任单位 beside 牵头单位 means support. Of two names the later one is the content; a second section column counts
/// as the subsection's.
pub(crate) fn columns(rows: &[GridRow]) -> Vec<Option<Title>> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let lowest = |column: usize| {
        rows.iter().enumerate().rev().find_map(|(index, row)| {
            let above = index.checked_sub(1).map_or("", |above| rows[above].text(column));
            title(row.text(column)).or_else(|| end_of_span(above, row.text(column)))
        })
    };
    let mut columns: Vec<Option<Title>> = (0..width).map(lowest).collect();
    settle(&mut columns);
    super::yearly::date(&mut columns, rows);
    columns
}

/// 开始 or 完成 under a title that speaks of time.
fn end_of_span(above: &str, below: &str) -> Option<Title> {
    let of_time = ["时间", "时限", "周期", "期限", "进度"].iter().any(|word| above.contains(word));
    let says = |words: [&str; 3]| words.iter().any(|word| bare_title(below).starts_with(word));
    let column = match of_time {
        true if says(["完成", "结束", "截止"]) => Column::Deadline,
        true if says(["开始", "启动", "起始"]) => Column::Other,
        _ => return None,
    };
    Some(Title::of(column))
}

/// Lets the columns of a table decide about each other.
pub(crate) fn settle(columns: &mut [Option<Title>]) {
    let positions = |columns: &[Option<Title>], wanted: Column| -> Vec<usize> {
        let holds = |title: &Option<Title>| title.as_ref().is_some_and(|title| title.column == wanted);
        (0..columns.len()).filter(|index| holds(&columns[*index])).collect()
    };
    let set = |columns: &mut [Option<Title>], index: usize, column: Column| {
        if let Some(title) = &mut columns[index] {
            title.column = column;
        }
    };
    if !positions(columns, Column::Leads).is_empty() {
        for index in positions(columns, Column::Agencies) {
            set(columns, index, Column::Supports);
        }
    } else if !positions(columns, Column::Supports).is_empty() {
        // 责任单位 beside 配合单位: the first is the one in charge.
        for index in positions(columns, Column::Agencies) {
            set(columns, index, Column::Leads);
        }
    }
    let names = positions(columns, Column::Name);
    let contents = positions(columns, Column::Content);
    match (names.as_slice(), contents.as_slice()) {
        ([.., last], []) if names.len() >= 2 => set(columns, *last, Column::Content),
        ([], [first, _, ..]) => set(columns, *first, Column::Name),
        _ => {}
    }
    let names = positions(columns, Column::Name);
    if names.len() >= 2 {
        for index in &names[..names.len() - 1] {
            set(columns, *index, Column::Section);
        }
    }
}

/// Whether columns are those of a responsibility list: a task in words, and who is responsible.
pub(crate) fn is_list(columns: &[Option<Title>]) -> bool {
    let has = |wanted: &[Column]| columns.iter().flatten().any(|title| wanted.contains(&title.column));
    has(&[Column::Name, Column::Content])
        && has(&[Column::Agencies, Column::Leads, Column::Supports])
        && !has(&[Column::Foreign])
}

#[cfg(test)]
mod tests {
    use super::Column::{Agencies, Content, Leads, Name, Number, Section, Supports};
    use super::*;

    fn column(text: &str) -> Option<Column> {
        title(text).map(|title| title.column)
    }

    #[test]
    fn titles_whole_and_broken() {
        for (text, expected) in [
            ("序 号", Some(Column::Number)),
            ("任务名称", Some(Column::Name)),
            ("责任单位（*为牵头）", Some(Column::Agencies)),
            ("牵头及配合单位", Some(Column::Agencies)),
            ("牵头责任部门", Some(Column::Leads)),
            ("分管县领导", Some(Column::Person)),
            ("责任单位及责任人", Some(Column::Agencies)),
            ("牵头单位、责任人", Some(Column::Leads)),
            ("项目类别", Some(Column::Section)),
            ("重点方向", Some(Column::Section)),
            ("实事项目", Some(Column::Name)),
            ("评分标准", Some(Column::Foreign)),
            ("办结日期", Some(Column::Deadline)),
            ("完成节点", Some(Column::Deadline)),
            ("开工日期", Some(Column::Other)),
            ("一、发展目标", None),
            ("一、重大项目", None),
            ("建设文旅重大项目", None),
            ("重大项目建设", None),
        ] {
            assert_eq!(column(text), expected, "{text}");
        }
        for (text, column, whole) in [
            ("要内容", Column::Content, "主要内容"),
            ("任单位", Column::Agencies, "责任单位"),
            ("任务称", Column::Name, "任务名称"),
        ] {
            assert_eq!(title(text), Some(Title { whole: Some(whole), ..Title::of(column) }), "{text}");
        }
    }

    #[test]
    fn titles_made_of_others() {
        for (text, expected) in [
            ("具体内容和工作目标", Some(Column::Content)),
            ("2025年建设内容及目标", Some(Column::Content)),
            ("本年度工作任务", Some(Column::Name)),
            ("2025年", None),
            ("县城管局和公安局", None),
        ] {
            assert_eq!(column(text), expected, "{text}");
        }
        assert_eq!(run_together("序号 任务内容牵头单位配合单位时限路面整治"), "序号任务内容牵头单位配合单位时限");
        assert_eq!(run_together("责任单位要按任务分工抓好落实"), "");
    }

    #[test]
    fn columns_decide_about_each_other() {
        let settled = |titles: &[&str]| {
            let mut columns: Vec<Option<Title>> = titles.iter().map(|text| title(text)).collect();
            settle(&mut columns);
            columns.into_iter().map(|title| title.map(|title| title.column)).collect::<Vec<_>>()
        };
        for (titles, expected) in [
            (vec!["序号", "目标任务", "责任单位"], vec![Number, Name, Agencies]),
            (vec!["重点任务", "目标任务", "牵头单位", "责任单位"], vec![Name, Content, Leads, Supports]),
            (vec!["工作任务", "具体措施", "责任单位", "配合单位"], vec![Name, Content, Leads, Supports]),
            (vec!["重点工作", "任务名称", "主要内容", "责任单位"], vec![Section, Name, Content, Agencies]),
        ] {
            let expected: Vec<Option<Column>> = expected.into_iter().map(Some).collect();
            assert_eq!(settled(&titles), expected, "{titles:?}");
        }
    }
}
