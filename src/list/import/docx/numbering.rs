//! Which number does Word put in front of a paragraph? Its text holds none: the list's definition and a count do.

use std::collections::BTreeMap;

use crate::list::import::xml_tree::Element;

/// Levels that a list has at most.
const LEVELS: usize = 9;
/// Styles that a style may be based on, one on the other.
const DEEPEST_STYLE: usize = 10;

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// Such as （%2）; `%2` is the number of the second level.
    text: String,
    start: u32,
}

/// The lists of a document and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Number of a list to its definition and, where the list begins anew, its own name for the count.
    lists: BTreeMap<String, (String, String)>,
    levels: BTreeMap<(String, usize), Level>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Style to its list and level.
    styles: BTreeMap<String, (Option<String>, usize)>,
}

impl Numbering {
    /// The lists from the parts `numbering.xml` and `styles.xml`.
    pub(super) fn new(numbering: &Element, styles: &Element) -> Self {
        let mut found = Self::default();
        for definition in numbering.elements().filter(|element| element.name == "abstractNum") {
            let id = definition.attribute("abstractNumId").unwrap_or_default();
            for level in definition.elements().filter(|element| element.name == "lvl") {
                found.add_level(id, level);
            }
        }
        for list in numbering.elements().filter(|element| element.name == "num") {
            let id = list.attribute("numId").unwrap_or_default().to_owned();
            let definition = list.value("abstractNumId").unwrap_or_default().to_owned();
            let anew = list
                .elements()
                .any(|element| element.name == "lvlOverride" && element.child("startOverride").is_some());
            let count = if anew { format!("list {id}") } else { definition.clone() };
            found.lists.insert(id, (definition, count));
        }
        found.read_styles(styles);
        found
    }

    fn add_level(&mut self, definition: &str, level: &Element) {
        let index = level.attribute("ilvl").and_then(|index| index.parse().ok()).unwrap_or(0);
        let read = Level {
            format: level.value("numFmt").unwrap_or("decimal").to_owned(),
            text: level.value("lvlText").unwrap_or_default().to_owned(),
            start: level.value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
        };
        self.levels.insert((definition.to_owned(), index), read);
    }

    fn read_styles(&mut self, styles: &Element) {
        let by_id: BTreeMap<&str, &Element> = styles
            .elements()
            .filter(|element| element.name == "style")
            .filter_map(|style| Some((style.attribute("styleId")?, style)))
            .collect();
        for id in by_id.keys() {
            let mut style = by_id.get(id);
            for _ in 0..DEEPEST_STYLE {
                let Some(element) = style else { break };
                if let Some(list) = element.child("pPr").and_then(|properties| properties.child("numPr")) {
                    self.styles.insert((*id).to_owned(), (list.value("numId").map(str::to_owned), level_of(list)));
                    break;
                }
                style = element.value("basedOn").and_then(|base| by_id.get(base));
            }
        }
    }

    /// The number in front of the next paragraph with these properties; empty where it has none.
    pub(super) fn label(&mut self, properties: Option<&Element>) -> String {
        let Some(properties) = properties else { return String::new() };
        let own = properties.child("numPr").map(|list| (list.value("numId").map(str::to_owned), level_of(list)));
        let styled = || self.styles.get(properties.value("pStyle")?).cloned();
        let Some((Some(list), level)) = own.or_else(styled) else { return String::new() };
        let Some((definition, count)) = self.lists.get(&list).cloned() else { return String::new() };
        let level = level.min(LEVELS - 1);
        let start = |index: usize| self.levels.get(&(definition.clone(), index)).map_or(1, |level| level.start);
        let starts: [u32; LEVELS] = std::array::from_fn(start);
        let counts = self.counts.entry(count).or_default();
        counts[level] = Some(counts[level].map_or(starts[level], |count| count + 1));
        counts[level + 1..].fill(None);
        let counts = *counts;
        let Some(shape) = self.levels.get(&(definition.clone(), level)) else { return String::new() };
        if shape.format == "bullet" || shape.format == "none" {
            return String::new();
        }
        let mut label = shape.text.clone();
        for index in 0..LEVELS {
            let mark = format!("%{}", index + 1);
            if label.contains(&mark) {
                let format =
                    self.levels.get(&(definition.clone(), index)).map_or("decimal", |level| level.format.as_str());
                label = label.replace(&mark, &written(counts[index].unwrap_or(starts[index]), format));
            }
        }
        label
    }
}

fn level_of(list: &Element) -> usize {
    list.value("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0)
}

/// A number in the form that a list asks for.
fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "chineseLegalSimplified" => chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(0x2460 + number - 1).into_iter().collect()
        }
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// A number up to 999 in Chinese: 12 → 十二.
fn chinese(number: u32) -> String {
    let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
    let digit = |value: u32| usize::try_from(value).ok().and_then(|value| digits.get(value)).copied().unwrap_or('零');
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut text = String::new();
    if hundreds > 0 {
        text.extend([digit(hundreds), '百']);
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => text.push('零'),
        0 => {}
        1 if hundreds == 0 => text.push('十'),
        _ => text.extend([digit(tens), '十']),
    }
    if ones > 0 || number == 0 {
        text.push(digit(ones));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers() {
        for (number, expected) in
            [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (101, "一百零一"), (110, "一百一十")]
        {
            assert_eq!(chinese(number), expected);
        }
    }

    #[test]
    fn levels_count_and_begin_again_below_the_next_outer_number() {
        let numbering = Element::parse(
            r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#,
        )
        .unwrap();
        let mut numbering = Numbering::new(&numbering, &Element::default());
        let mut label = |level: usize| {
            let xml = format!(
                r#"<w:pPr xmlns:w="w"><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr>"#
            );
            numbering.label(Element::parse(&xml).as_ref())
        };
        let labels: Vec<String> = [0, 1, 1, 0, 1].into_iter().map(&mut label).collect();
        assert_eq!(labels, ["一、", "1.", "2.", "二、", "1."]);
        assert_eq!(numbering.label(None), "");
    }
}
