//! Which column is which? Titles of published lists, whole or with characters missing.

use super::document::GridRow;
use super::marks::Mark;

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

/// Titles by column. Where a title stands for two columns (目标任务 may be name or content), the table's other columns
/// decide, see [`settle`].
const TITLES: [(Column, &[&str]); 11] = [
    (Column::Number, &["序号", "编号", "序", "项次", "任务序号", "任务编号", "号"]),
    (
        Column::Section,
        &[
            "类别",
            "任务类别",
            "工作类别",
            "板块",
            "领域",
            "重点领域",
            "分类",
            "大类",
            "专题",
            "工作领域",
            "任务分类",
            "一级任务",
            "类型",
            "任务类型",
            "工程",
            "行动",
            "工作板块",
            "所属板块",
            "工作方向",
        ],
    ),
    (
        Column::Name,
        &[
            "任务名称",
            "工作任务",
            "重点任务",
            "任务",
            "工作名称",
            "项目名称",
            "主要任务",
            "任务事项",
            "工作事项",
            "事项",
            "工作项目",
            "指标名称",
            "重点工作",
            "目标任务",
            "任务分解",
            "重点工作任务",
            "事项名称",
            "工作要点",
            "任务清单",
            "改革任务",
            "重点事项",
            "二级任务",
            "项目",
            "指标",
            "主要指标",
            "年度任务",
            "重点任务名称",
            "名称",
        ],
    ),
    (
        Column::Content,
        &[
            "主要内容",
            "工作内容",
            "任务内容",
            "具体内容",
            "内容",
            "工作目标",
            "具体措施",
            "工作要求",
            "具体任务",
            "主要措施",
            "建设内容",
            "任务要求",
            "工作举措",
            "目标要求",
            "建设任务",
            "实施内容",
            "分解任务",
            "细化任务",
            "工作措施",
            "具体工作",
            "任务目标",
            "年度目标",
            "目标",
            "主要目标",
            "措施",
            "三级任务",
            "具体要求",
            "重点内容",
            "主要举措",
            "工作任务及目标",
            "目标任务内容",
            "主要工作内容",
            "任务描述",
            "具体举措",
            "目标值",
            "工作内容及要求",
        ],
    ),
    (
        Column::Agencies,
        &[
            "责任单位",
            "责任部门",
            "责任主体",
            "承办单位",
            "实施单位",
            "落实单位",
            "责任分工",
            "分工",
            "完成单位",
            "牵头及责任单位",
            "责任科室",
            "任务单位",
            "责任单位及部门",
            "实施主体",
            "牵头单位及责任单位",
            "承担单位",
            "牵头和配合单位",
            "牵头及配合单位",
            "牵头、配合单位",
            "单位",
        ],
    ),
    (
        Column::Leads,
        &[
            "牵头单位",
            "牵头部门",
            "主办单位",
            "主责单位",
            "牵头",
            "牵头责任单位",
            "主要责任单位",
            "第一责任单位",
            "主责部门",
            "牵头主体",
        ],
    ),
    (
        Column::Supports,
        &[
            "配合单位",
            "协办单位",
            "参与单位",
            "协同单位",
            "配合部门",
            "参加单位",
            "协助单位",
            "配合",
            "协作单位",
            "参与部门",
            "协同部门",
            "配合责任单位",
            "成员单位",
        ],
    ),
    (
        Column::Deadline,
        &[
            "完成时限",
            "完成时间",
            "时限",
            "时间要求",
            "时间节点",
            "完成期限",
            "进度安排",
            "时限要求",
            "办结时限",
            "时间",
            "完成时间节点",
            "实施时间",
            "推进时限",
            "完成时限要求",
            "起止时间",
        ],
    ),
    (
        Column::Person,
        &[
            "分管领导",
            "责任领导",
            "牵头领导",
            "责任人",
            "联系人",
            "包抓领导",
            "挂钩领导",
            "县领导",
            "区领导",
            "市领导",
            "联系领导",
            "负责人",
            "第一责任人",
            "责任人员",
            "分管县领导",
            "分管区领导",
            "包联领导",
            "联系电话",
            "牵头县领导",
            "挂联领导",
            "具体责任人",
        ],
    ),
    (
        Column::Foreign,
        &[
            "分值",
            "得分",
            "评分标准",
            "扣分",
            "评分",
            "权重",
            "考核标准",
            "考核得分",
            "自评分",
            "计分办法",
            "评分细则",
            "评分办法",
            "姓名",
            "职务",
            "职称",
            "性别",
            "手机",
            "考核分值",
            "小组职务",
            "组内职务",
        ],
    ),
    (
        Column::Other,
        &[
            "备注",
            "说明",
            "进展情况",
            "完成情况",
            "进度",
            "依据",
            "来源",
            "任务来源",
            "计量单位",
            "数量",
            "投资",
            "总投资",
            "状态",
            "责任清单",
            "支撑材料",
            "政策依据",
        ],
    ),
];

/// How a title was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    /// What the column holds.
    pub(crate) column: Column,
    /// The whole title, where characters of it are missing in the document.
    pub(crate) whole: Option<&'static str>,
}

/// Recognises a column title; `None` where the text is no title that lists have.
pub(crate) fn title(text: &str) -> Option<Title> {
    let bare = bare_title(text);
    if bare.is_empty() || bare.chars().count() > 14 || Mark::of(&bare).is_some() {
        return None;
    }
    let known = || TITLES.iter().flat_map(|(column, titles)| titles.iter().map(move |title| (*column, *title)));
    if let Some((column, _)) = known().find(|(_, title)| bare_title(title) == bare) {
        return Some(Title { column, whole: None });
    }
    let broken = known().filter(|(_, whole)| lacks_one_character(&bare, whole));
    let broken =
        broken.min_by_key(|(_, whole)| !frequent(whole)).map(|(column, whole)| Title { column, whole: Some(whole) });
    let longer = || combined(&bare).or_else(|| joined(&bare)).or_else(|| of_a_year(&bare));
    broken.or_else(|| longer().map(|column| Title { column, whole: None }))
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
    let people = ["领导", "责任人", "联系人", "电话"].iter().any(|word| bare.ends_with(word));
    match (leads, supports, units, people) {
        (_, _, _, true) => Some(Column::Person),
        (true, true, true, _) => Some(Column::Agencies),
        (true, false, true, _) => Some(if bare.contains("责任") && bare.contains(['及', '和', '、', '/']) {
            Column::Agencies
        } else {
            Column::Leads
        }),
        (false, true, true, _) => Some(Column::Supports),
        (false, false, true, _) if bare.contains("责任") || bare.contains("落实") => Some(Column::Agencies),
        _ if ["类别", "分类", "板块", "领域", "方向"].iter().any(|word| bare.ends_with(word)) => {
            Some(Column::Section)
        }
        _ if bare.ends_with("时限") || bare.ends_with("时间") => Some(Column::Deadline),
        _ if bare.ends_with("内容") || bare.ends_with("措施") || bare.ends_with("举措") => Some(Column::Content),
        _ if bare.ends_with("任务") || bare.ends_with("任务名称") => Some(Column::Name),
        // 实事项目, but no name of a task that ends so.
        _ if ["项目", "事项", "工作"].iter().any(|word| bare.ends_with(word)) && bare.chars().count() <= 4 => {
            Some(Column::Name)
        }
        _ if bare.contains("评分") || bare.contains("得分") || bare.contains("分值") => Some(Column::Foreign),
        _ => None,
    }
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
    let lowest = |column: usize| rows.iter().rev().find_map(|row| title(row.text(column)));
    let mut columns: Vec<Option<Title>> = (0..width).map(lowest).collect();
    settle(&mut columns);
    columns
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
            ("项目类别", Some(Column::Section)),
            ("重点方向", Some(Column::Section)),
            ("实事项目", Some(Column::Name)),
            ("评分标准", Some(Column::Foreign)),
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
            assert_eq!(title(text), Some(Title { column, whole: Some(whole) }), "{text}");
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
