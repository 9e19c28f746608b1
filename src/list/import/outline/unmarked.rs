//! Which paragraphs without a number are tasks of their own, and which only close the list?

use super::{Line, Part};
use crate::list::import::marks::Level;

/// Parts headings whose paragraphs name agencies each for itself into a heading and a task for each paragraph.
///
/// One such paragraph below a heading is the heading's own text, unless other headings of its kind have several.
pub(super) fn part(parts: Vec<Part>) -> Vec<Part> {
    let own_tasks: Vec<Vec<Vec<Line>>> = parts.iter().map(tasks).collect();
    let several = |level: Option<Level>| {
        parts.iter().zip(&own_tasks).any(|(part, tasks)| part.level == level && tasks.len() >= 2)
    };
    let parted: Vec<bool> = parts
        .iter()
        .zip(&own_tasks)
        .map(|(part, tasks)| {
            let heading = part.level <= Some(Level::ChineseInBrackets) && !part.labels.names_agencies();
            heading && !tasks.is_empty() && several(part.level)
        })
        .collect();
    let mut all = Vec::new();
    for ((mut part, tasks), parted) in parts.into_iter().zip(own_tasks).zip(parted) {
        if parted {
            part.lines.clear();
            all.push(part);
            all.extend(tasks.into_iter().map(task));
        } else {
            all.push(part);
        }
    }
    all
}

/// The paragraphs of a part that name agencies, each with the text before its labels: text, then labels, then text
/// again is the next one's. What follows the last labels belongs to none.
fn tasks(part: &Part) -> Vec<Vec<Line>> {
    let mut tasks: Vec<Vec<Line>> = Vec::new();
    let mut open: Vec<Line> = Vec::new();
    let named = |lines: &[Line]| lines.iter().any(|line| line.labels.names_agencies());
    for line in &part.lines {
        if !line.text.is_empty() && named(&open) {
            tasks.push(std::mem::take(&mut open));
        }
        open.push(line.clone());
    }
    tasks.extend(named(&open).then_some(open));
    tasks.retain(|lines| lines.iter().any(|line| !line.text.is_empty()));
    tasks
}

fn task(mut lines: Vec<Line>) -> Part {
    let first = lines.remove(0);
    Part {
        place: first.place,
        level: Some(Level::Unmarked),
        whole: first.text.clone(),
        text: first.text,
        labels: first.labels,
        lines,
        ..Part::default()
    }
}

/// Takes the paragraphs that close the document from the last task: text behind its agencies, where no other task has
/// any there.
pub(super) fn drop_closing(parts: &mut [Part]) {
    let tasks: Vec<usize> = (0..parts.len()).filter(|index| closed_at(&parts[*index]).is_some()).collect();
    let Some((last, others)) = tasks.split_last() else { return };
    let goes_on = |index: &usize| closed_at(&parts[*index]).is_some_and(|at| has_text(&parts[*index].lines[at..]));
    if others.is_empty() || others.iter().any(goes_on) {
        return;
    }
    let closed = closed_at(&parts[*last]).unwrap_or(parts[*last].lines.len());
    parts[*last].lines.truncate(closed);
}

/// The line behind the last labels of a part that names agencies.
fn closed_at(part: &Part) -> Option<usize> {
    let says = |line: &Line| line.labels.names_agencies() || !line.labels.deadline.is_empty();
    let named = part.labels.names_agencies() || part.lines.iter().any(|line| line.labels.names_agencies());
    named.then(|| part.lines.iter().rposition(says).map_or(0, |last| last + 1))
}

fn has_text(lines: &[Line]) -> bool {
    lines.iter().any(|line| !line.text.is_empty())
}
