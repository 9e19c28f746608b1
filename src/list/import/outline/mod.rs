//! Where tasks are numbered paragraphs, which paragraphs are tasks, and what do their labels say?
//!
//! A task is a numbered paragraph that names who is responsible: on label lines below it, in brackets or in a last
//! sentence. Numbered paragraphs without any are headings or running text; the paragraphs below a heading are tasks
//! where several of them name who is responsible.

mod labels;
mod unmarked;

use super::document::Paragraph;
use super::listing::{Item, Listing, Role, Row};
use super::marks::{Level, Mark};
use super::names;
use labels::Labelled;

/// Headings of parts that describe no task, also where their neighbours are tasks.
const NO_TASKS: [&str; 16] = [
    "总体要求",
    "指导思想",
    "基本原则",
    "工作目标",
    "总体目标",
    "组织保障",
    "保障措施",
    "工作要求",
    "组织领导",
    "监督检查",
    "督导考核",
    "实施步骤",
    "加强领导",
    "强化保障",
    "考核",
    "宣传",
];

/// Share of the neighbours that must be tasks before a numbered paragraph without agencies counts as one, too.
const NEIGHBOURS: f64 = 0.6;

/// A numbered paragraph with what follows it up to the next number.
#[derive(Debug, Clone, Default)]
struct Part {
    place: String,
    level: Option<Level>,
    /// Absent for a paragraph without a number.
    number: Option<u32>,
    /// The paragraph with its mark.
    whole: String,
    /// The paragraph without its mark and its labels.
    text: String,
    /// The paragraphs below it.
    lines: Vec<Line>,
    /// What its own labels say; once the part is whole, also those of its lines.
    labels: Labelled,
    parent: Option<usize>,
}

/// A paragraph without a number below a numbered one.
#[derive(Debug, Clone, Default)]
struct Line {
    place: String,
    /// The paragraph without its labels; empty where it holds nothing else.
    text: String,
    labels: Labelled,
}

/// Reads numbered paragraphs with agencies; `None` where the document has fewer than two.
pub(super) fn read(paragraphs: &[&Paragraph]) -> Option<Listing> {
    let (first, parts) = parts(paragraphs)?;
    let mut parts = unmarked::part(parts);
    unmarked::drop_closing(&mut parts);
    for part in &mut parts {
        for line in &part.lines {
            part.labels.join(line.labels.clone());
        }
    }
    for index in 0..parts.len() {
        parts[index].parent = parts[..index].iter().rposition(|part| part.level < parts[index].level);
    }
    lift_labels(&mut parts);
    hand_down_labels(&mut parts);
    drop_labels_of_headings(&mut parts);
    let tasks: Vec<usize> = (0..parts.len()).filter(|index| parts[*index].labels.names_agencies()).collect();
    if tasks.len() < 2 {
        return None;
    }
    let tasks = with_neighbours(&parts, &tasks);
    let mut listing = Listing { above_paragraphs: Some(first), ..Listing::default() };
    listing.above = paragraphs[..first].iter().map(|paragraph| paragraph.text.clone()).collect();
    listing.leads_apart = parts.iter().any(|part| part.labels.agencies.iter().any(|(role, _)| *role == Role::Lead));
    for label in parts.iter().flat_map(|part| &part.labels.left_out).map(|label| format!("“{label}”")) {
        if !listing.left_out.contains(&label) {
            listing.left_out.push(label);
        }
    }
    for (position, index) in tasks.iter().enumerate() {
        let end = tasks.get(position + 1).copied().unwrap_or(parts.len());
        listing.items.push(Item::Row(row(&parts, *index, end)));
    }
    Some(listing)
}

/// The parts, and the index of the paragraph where the first begins.
fn parts(paragraphs: &[&Paragraph]) -> Option<(usize, Vec<Part>)> {
    let mut first = None;
    let mut parts: Vec<Part> = Vec::new();
    let joined = joined(paragraphs);
    for (position, (index, paragraph)) in joined.iter().enumerate() {
        if ["抄送", "主送", "附件", "（此件", "(此件"].iter().any(|word| paragraph.text.starts_with(word)) {
            continue;
        }
        let (text, labels) = labels::split(&paragraph.text);
        let place = paragraph.place.clone();
        let further = joined[position + 1..].iter().map(|(_, paragraph)| paragraph.text.as_str());
        let mark = Mark::of(&text).or_else(|| before_figure(&text, &labels, &parts, further));
        match (mark, parts.last_mut()) {
            (Some(mark), _) => {
                first = first.or(Some(*index));
                parts.push(Part {
                    place,
                    level: Some(mark.level),
                    number: Some(mark.number),
                    whole: text.clone(),
                    text: mark.rest.to_owned(),
                    lines: Vec::new(),
                    labels,
                    parent: None,
                });
            }
            // A label that names a task, or counts it, begins one, unless a number has begun it.
            (None, last) if begins_task(&labels) && last.as_ref().is_none_or(|last| is_named(last)) => {
                first = first.or(Some(*index));
                let (number, level) = (labels.number, Some(Level::Unmarked));
                parts.push(Part { place, level, number, whole: text.clone(), text, labels, ..Part::default() });
            }
            (None, Some(last)) => last.lines.push(Line { place, text: text.trim().to_owned(), labels }),
            (None, None) => {}
        }
    }
    first.map(|first| (first, parts))
}

/// The number in front of a paragraph that begins with a figure (1.65岁以上老年人), where it is the next one of its
/// heading: the number after it follows, or it closes its heading and names agencies.
fn before_figure<'a>(
    text: &'a str,
    labels: &Labelled,
    before: &[Part],
    mut further: impl Iterator<Item = &'a str>,
) -> Option<Mark<'a>> {
    let mark = Mark::before_figure(text)?;
    let above = before.iter().rfind(|part| part.level <= Some(Level::Arabic))?;
    let last = above.number.filter(|_| above.level == Some(Level::Arabic)).unwrap_or(0);
    let next = further.find_map(|text| Mark::of(text).filter(|mark| mark.level <= Level::Arabic));
    let follows = next.is_some_and(|next| next.level == Level::Arabic && next.number == mark.number + 1);
    let closes = last > 0 && next.is_none_or(|next| next.level < Level::Arabic) && labels.names_agencies();
    (mark.number == last + 1 && (follows || closes)).then_some(mark)
}

/// The paragraphs with their indices, a label joined with what it says in the next line, and agencies that go on there.
fn joined(paragraphs: &[&Paragraph]) -> Vec<(usize, Paragraph)> {
    let mut joined: Vec<(usize, Paragraph)> = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let begins = Mark::of(&paragraph.text).is_some() || labels::begins_with_label(&paragraph.text);
        match joined.last_mut().filter(|(_, last)| !begins && labels::goes_on(&last.text)) {
            Some((_, last)) => last.text.push_str(&paragraph.text),
            None => joined.push((index, (*paragraph).clone())),
        }
    }
    joined
}

fn begins_task(labels: &Labelled) -> bool {
    labels.name.is_some() || labels.number.is_some()
}

/// Whether a part is a heading or has its name and its agencies: what names a task is then the next one's.
fn is_named(part: &Part) -> bool {
    let says = |part: &Part, of: &dyn Fn(&Labelled) -> bool| {
        of(&part.labels) || part.lines.iter().any(|line| of(&line.labels))
    };
    part.level <= Some(Level::ChineseInBrackets)
        || says(part, &|labels| labels.name.is_some())
        || says(part, &Labelled::names_agencies)
}

/// Labels below the last of several sub-items belong to the task above: only it has them.
fn lift_labels(parts: &mut [Part]) {
    for parent in (0..parts.len()).rev() {
        let children: Vec<usize> = (0..parts.len()).filter(|index| parts[*index].parent == Some(parent)).collect();
        let labelled: Vec<usize> =
            children.iter().copied().filter(|index| parts[*index].labels.names_agencies()).collect();
        let Some(last) = children.last().copied() else { continue };
        let sub_items = parts[last].level >= Some(Level::ArabicInBrackets) || children.len() >= 2;
        if labelled == [last]
            && sub_items
            && !parts[parent].labels.names_agencies()
            && parts[parent].level >= Some(Level::ChineseInBrackets)
        {
            let labels = std::mem::take(&mut parts[last].labels);
            parts[parent].labels.join(labels);
        }
    }
}

/// Labels of a heading hold for the numbered paragraphs below it, where these run through over several such headings:
/// 一、乡村建设（县甲局牵头） 1. 2. 二、社会事业（县乙局牵头） 3. 4.
fn hand_down_labels(parts: &mut [Part]) {
    let children = |parts: &[Part], parent: usize| -> Vec<usize> {
        (0..parts.len()).filter(|index| parts[*index].parent == Some(parent)).collect()
    };
    let bare = |parts: &[Part], index: &usize| {
        parts[*index].level == Some(Level::Arabic) && !parts[*index].labels.names_agencies()
    };
    let headings: Vec<usize> = (0..parts.len())
        .filter(|index| {
            let below = children(parts, *index);
            let heading = parts[*index].level <= Some(Level::ChineseInBrackets) && parts[*index].lines.is_empty();
            heading
                && parts[*index].labels.names_agencies()
                && !below.is_empty()
                && below.iter().all(|child| bare(parts, child))
        })
        .collect();
    let numbers: Vec<u32> =
        headings.iter().flat_map(|heading| children(parts, *heading)).filter_map(|child| parts[child].number).collect();
    if headings.len() < 2 || !numbers.windows(2).all(|pair| pair[1] == pair[0] + 1) {
        return;
    }
    for heading in headings {
        let labels = std::mem::take(&mut parts[heading].labels);
        for child in children(parts, heading) {
            parts[child].labels.join(labels.clone());
        }
    }
}

/// A heading is no task, whoever it names, where all paragraphs below it name their own agencies.
fn drop_labels_of_headings(parts: &mut [Part]) {
    for index in 0..parts.len() {
        let part = &parts[index];
        let heading = part.level <= Some(Level::ChineseInBrackets)
            && part.lines.iter().all(|line| line.text.is_empty())
            && !part.text.trim_end_matches('。').contains('。');
        let mut below = parts.iter().filter(|child| child.parent == Some(index)).peekable();
        if heading && below.peek().is_some() && below.all(|child| child.labels.names_agencies()) {
            parts[index].labels = Labelled::default();
        }
    }
}

/// The tasks and the numbered paragraphs between them that only lack their agencies.
fn with_neighbours(parts: &[Part], tasks: &[usize]) -> Vec<usize> {
    let mut all = tasks.to_vec();
    for (index, part) in parts.iter().enumerate() {
        let siblings: Vec<usize> = (0..parts.len())
            .filter(|other| parts[*other].parent == part.parent && parts[*other].level == part.level)
            .collect();
        let labelled = siblings.iter().filter(|sibling| tasks.contains(sibling)).count();
        #[expect(clippy::cast_precision_loss, reason = "a document has at most some thousand paragraphs")]
        let share = labelled as f64 / siblings.len() as f64;
        let holds_tasks =
            parts.iter().enumerate().any(|(child, part)| part.parent == Some(index) && tasks.contains(&child));
        let describes = NO_TASKS.iter().any(|heading| part.text.contains(heading));
        if !tasks.contains(&index) && part.parent.is_some() && share >= NEIGHBOURS && !holds_tasks && !describes {
            all.push(index);
        }
    }
    all.sort_unstable();
    all
}

/// The row of a task: its own paragraph, what follows it, and its sub-items.
fn row(parts: &[Part], index: usize, end: usize) -> Row {
    let part = &parts[index];
    let bodies = |part: &Part| part.lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>();
    let mut further = bodies(part);
    for child in parts[index + 1..end].iter().take_while(|child| child.level > part.level) {
        further.push(child.whole.clone());
        further.extend(bodies(child));
    }
    further.retain(|text| !text.is_empty());
    let own = part.text.trim();
    let (name, content) = match (&part.labels.name, further.is_empty()) {
        (Some(name), _) => (
            name.clone(),
            std::iter::once(own.to_owned()).chain(further).filter(|text| !text.is_empty() && *text != *name).collect(),
        ),
        (None, true) => {
            let (name, content) = names::from_text(own);
            (name, vec![content])
        }
        (None, false) => {
            let (name, rest) = names::from_text(own);
            let whole = name == own.trim_end_matches(['。', '；', ';']);
            (name, if whole { further } else { std::iter::once(rest).chain(further).collect() })
        }
    };
    let mut ancestors = Vec::new();
    let mut above = part.parent;
    while let Some(index) = above {
        ancestors.push(heading(&parts[index]));
        above = parts[index].parent;
    }
    if let Some(section) = &part.labels.section {
        ancestors = vec![section.clone()];
    }
    ancestors.truncate(2);
    ancestors.reverse();
    Row {
        place: part.place.clone(),
        number: part.number.or(part.labels.number),
        sections: ancestors,
        name,
        content: content.join("\n"),
        agencies: part.labels.agencies.clone(),
        deadline: part.labels.deadline.clone(),
        ..Row::default()
    }
}

/// A heading with its mark, without the sentences that may follow it.
fn heading(part: &Part) -> String {
    part.whole.split(['。', '：', ':', '\n']).next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        let lines = text.lines().enumerate();
        let paragraphs: Vec<Paragraph> =
            lines.filter_map(|(index, line)| Paragraph::new(line, format!("第{}行", index + 1))).collect();
        let listing = read(&paragraphs.iter().collect::<Vec<_>>());
        listing
            .map(|listing| listing.items)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|item| match item {
                Item::Row(row) => Some(row),
                Item::Heading { .. } => None,
            })
            .collect()
    }

    #[test]
    fn label_lines_and_bracketed_ends() {
        let text = "甲县方案\n一、总体要求\n坚持原则。\n二、重点任务\n（一）产业提升\n1.冷链建设。新建冷库3座。\n牵头单位：县农业农村局\n责任单位：县财政局、各乡镇\n完成时限：2025年12月\n2.人才引育\n引进人才30名。（牵头单位：县人社局；配合单位：县财政局）\n（二）民生改善\n3.改造老旧小区20个（县住建局牵头，县发改局配合）。\n三、保障措施\n（一）加强领导。成立专班。";
        let rows = rows(text);
        let shown: Vec<String> = rows
            .iter()
            .map(|row| format!("{} {} | {} | {:?}", row.number.unwrap(), row.name, row.content, row.sections))
            .collect();
        assert_eq!(
            shown,
            [
                "1 冷链建设 | 新建冷库3座。 | [\"二、重点任务\", \"（一）产业提升\"]",
                "2 人才引育 | 引进人才30名。 | [\"二、重点任务\", \"（一）产业提升\"]",
                "3 改造老旧小区20个 | 改造老旧小区20个 | [\"二、重点任务\", \"（二）民生改善\"]",
            ]
        );
        assert_eq!(
            rows[0].agencies,
            [(Role::Lead, "县农业农村局".to_owned()), (Role::Support, "县财政局、各乡镇".to_owned())]
        );
        assert_eq!(rows[0].deadline, "2025年12月");
        assert_eq!(rows[2].agencies, [(Role::Open, "县住建局牵头，县发改局配合".to_owned())]);
    }

    #[test]
    fn labels_below_sub_items_belong_to_the_task_above() {
        let text = "一、任务\n1.冷链建设\n（1）新建冷库3座；\n（2）购置冷藏车2辆。\n责任单位：县农业农村局\n2.人才引育。引进人才。\n责任单位：县人社局";
        let rows = rows(text);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].content, "（1）新建冷库3座；\n（2）购置冷藏车2辆。");
    }

    #[test]
    fn labels_of_headings_hold_for_numbers_that_run_through() {
        let text =
            "一、乡村（县甲局牵头，县丙局配合）\n1.修路。修路3公里。\n2.改厕。\n二、教育（县乙局牵头）\n3.建校。";
        let rows = rows(text);
        let shown: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.agencies[0].1.as_str())).collect();
        let first = "县甲局牵头，县丙局配合";
        assert_eq!(shown, [("修路", first), ("改厕", first), ("建校", "县乙局牵头")]);
        assert_eq!(rows[0].sections, ["一、乡村"]);
    }

    #[test]
    fn a_number_in_front_of_a_figure_is_one_where_its_neighbours_say_so() {
        let text = "一、任务\n（一）养老\n1.建园。（责任单位：县甲局）\n2.4亿元投资到位。\n2.建库。（责任单位：县乙局）\n（二）医养\n1.65岁以上老年人健康管理率达到70%。（责任单位：县甲局）\n2.建院。（责任单位：县乙局）\n3.120个站点改造。（责任单位：县丙局）";
        let shown: Vec<_> = rows(text).into_iter().map(|row| (row.number, row.name, row.sections[1].clone())).collect();
        let expected = [
            (1, "建园", "（一）养老"),
            (2, "建库", "（一）养老"),
            (1, "65岁以上老年人健康管理率达到70%", "（二）医养"),
            (2, "建院", "（二）医养"),
            (3, "120个站点改造", "（二）医养"),
        ];
        let expected = expected.map(|(number, name, section)| (Some(number), name.to_owned(), section.to_owned()));
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_neighbour_without_agencies_is_a_task_and_running_text_is_none() {
        let text = "一、任务\n1.甲事。做甲。\n责任单位：县甲局\n2.乙事。做乙。\n3.丙事。做丙。\n责任单位：县丙局\n二、保障\n1.丁。做丁。\n2.戊。做戊。";
        let names: Vec<String> = rows(text).into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["甲事", "乙事", "丙事"]);
        assert_eq!(rows("一、总体要求\n（一）原则。坚持。\n（二）目标。达到。"), []);
    }
}
