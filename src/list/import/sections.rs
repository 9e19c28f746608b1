//! Under which section and subsection does each row stand?

use super::listing::{Item, Row};
use super::marks::{Level, Mark};

/// A row under its headings.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// Section with its mark; empty where the list has none.
    pub(super) section: String,
    /// Subsection with its mark; absent where there is none.
    pub(super) subsection: Option<String>,
    /// The row.
    pub(super) row: Row,
}

/// Puts each row under the headings above it and those in its own section columns.
pub(super) fn place(items: &[Item]) -> Vec<Placed> {
    let depths = depths(items);
    let (mut section, mut subsection) = (String::new(), None);
    let mut placed = Vec::new();
    for (item, depth) in items.iter().zip(depths) {
        match item {
            Item::Heading { text } if depth == 0 => (section, subsection) = (text.clone(), None),
            Item::Heading { text } => subsection = Some(text.clone()),
            Item::Row(row) => {
                let mut headings = vec![section.clone()];
                headings.extend(subsection.clone());
                headings.extend(row.sections.iter().cloned());
                headings.retain(|heading| !heading.is_empty());
                headings.dedup();
                let mut headings = headings.into_iter();
                let section = headings.next().unwrap_or_default();
                placed.push(Placed { section, subsection: headings.next(), row: row.clone() });
            }
        }
    }
    placed
}

/// 0 for headings of sections, 1 for those of subsections; rows count as 0.
fn depths(items: &[Item]) -> Vec<usize> {
    let level = |item: &Item| match item {
        Item::Heading { text } => Mark::of(text).map(|mark| mark.level),
        Item::Row(_) => None,
    };
    let outermost: Option<Level> = items.iter().filter_map(level).min();
    let unmarked = |item: &Item| matches!(item, Item::Heading { .. }) && level(item).is_none();
    // Without marks only the position tells: a heading directly above another one is the outer of the two.
    let above_another = |index: usize| items.get(index + 1).is_some_and(&unmarked);
    let nested = (0..items.len()).any(|index| unmarked(&items[index]) && above_another(index));
    let depth = |(index, item): (usize, &Item)| match (level(item), outermost) {
        (Some(level), Some(outermost)) => usize::from(level > outermost),
        (None, Some(_)) if unmarked(item) => 1,
        (None, None) if unmarked(item) && nested => usize::from(!above_another(index)),
        _ => 0,
    };
    items.iter().enumerate().map(depth).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(lines: &[&str]) -> Vec<String> {
        let items: Vec<Item> = lines
            .iter()
            .map(|line| match line.strip_prefix('-') {
                Some(name) => Item::Row(Row { name: name.to_owned(), ..Row::default() }),
                None => Item::Heading { text: (*line).to_owned() },
            })
            .collect();
        let shown = |placed: Placed| {
            format!("{}>{}>{}", placed.section, placed.subsection.unwrap_or_default(), placed.row.name)
        };
        place(&items).into_iter().map(shown).collect()
    }

    #[test]
    fn marks_tell_the_depth_and_a_new_section_ends_the_subsection() {
        let lines = ["一、甲", "-1", "二、乙", "（一）丙", "-2", "三、丁", "-3"];
        assert_eq!(placed(&lines), ["一、甲>>1", "二、乙>（一）丙>2", "三、丁>>3"]);
    }

    #[test]
    fn without_marks_the_position_tells_the_depth() {
        assert_eq!(placed(&["甲", "-1", "乙", "-2"]), ["甲>>1", "乙>>2"]);
        assert_eq!(placed(&["甲", "乙", "-1", "丙", "-2", "丁", "戊", "-3"]), ["甲>乙>1", "甲>丙>2", "丁>戊>3"]);
        assert_eq!(placed(&["（一）甲", "-1", "（二）乙", "-2"]), ["（一）甲>>1", "（二）乙>>2"]);
    }
}
