//! Which characters of a text does another text not have?

/// Texts longer than this are shown unmarked: comparing grows with the product of the lengths.
const LONGEST: usize = 500;

/// Below this share of common characters the texts are different as a whole: marking nearly all of one shows nothing.
const LEAST_COMMON_PERCENT: usize = 40;

/// The first text in pieces; the marked ones are those that the second text does not have in the same order. Blanks
/// and the width of characters do not count.
pub(super) fn marked(text: &str, other: &str) -> Vec<(bool, String)> {
    let (text, other): (Vec<char>, Vec<char>) = (text.chars().collect(), other.chars().collect());
    if text.len() > LONGEST || other.len() > LONGEST || other.is_empty() {
        return vec![(false, text.into_iter().collect())];
    }
    let mut common = common(&text, &other);
    let share = common.iter().filter(|common| **common).count();
    if share * 100 < text.len() * LEAST_COMMON_PERCENT {
        return vec![(false, text.into_iter().collect())];
    }
    drop_strays(&mut common);
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for (c, common) in text.iter().zip(common) {
        let differs = !common && !c.is_whitespace();
        match pieces.last_mut() {
            // A blank goes with what stands before it, so that no piece is a blank alone.
            Some((marked, piece)) if *marked == differs || c.is_whitespace() => piece.push(*c),
            _ => pieces.push((differs, c.to_string())),
        }
    }
    pieces
}

/// A single common character between differing ones is chance (的, 和): it goes with its neighbours.
fn drop_strays(common: &mut [bool]) {
    for place in 1..common.len().saturating_sub(1) {
        if common[place] && !common[place - 1] && !common[place + 1] {
            common[place] = false;
        }
    }
}

/// For each character of a text whether it belongs to the longest common subsequence with another.
fn common(text: &[char], other: &[char]) -> Vec<bool> {
    let width = other.len() + 1;
    // Lengths of the longest common subsequence of the rests from each pair of places.
    let mut lengths = vec![0u16; (text.len() + 1) * width];
    for one in (0..text.len()).rev() {
        for two in (0..other.len()).rev() {
            lengths[one * width + two] = if alike(text[one], other[two]) {
                lengths[(one + 1) * width + two + 1] + 1
            } else {
                lengths[(one + 1) * width + two].max(lengths[one * width + two + 1])
            };
        }
    }
    let mut common = vec![false; text.len()];
    let (mut one, mut two) = (0, 0);
    while one < text.len() && two < other.len() {
        if alike(text[one], other[two]) {
            common[one] = true;
            (one, two) = (one + 1, two + 1);
        } else if lengths[(one + 1) * width + two] >= lengths[one * width + two + 1] {
            one += 1;
        } else {
            two += 1;
        }
    }
    common
}

/// Whether two characters are one, full or half width.
fn alike(one: char, other: char) -> bool {
    half_width(one) == half_width(other)
}

fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, other: &str) -> String {
        let pieces = marked(text, other).into_iter();
        pieces.map(|(marked, piece)| if marked { format!("[{piece}]") } else { piece }).collect()
    }

    #[test]
    fn what_the_other_text_does_not_have_is_marked() {
        for (text, other, expected) in [
            ("完成投资额超60亿元", "完成投资额超90亿元", "完成投资额超[6]0亿元"),
            ("重大项目", "重大项目", "重大项目"),
            ("重大项目（续建）", "重大项目", "重大项目[（续建）]"),
            ("投资，完成", "投资,完成", "投资，完成"),
            ("甲 乙", "甲乙", "甲 乙"),
            ("全新", "", "全新"),
            ("甲丙", "甲乙", "甲[丙]"),
            ("和美庭院创建", "和美乡村建设", "和美[庭院创]建"),
            ("甲乙新的旧丙丁", "甲乙己的庚丙丁", "甲乙[新的旧]丙丁"),
            ("加强供水和管护", "提升供水与运维和管理", "[加强]供水和管[护]"),
            // Four of ten characters in common, then three of ten.
            ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁", "甲乙丙丁[戊己庚辛壬癸]"),
            ("甲乙丙丁戊己庚辛壬癸", "甲乙丙", "甲乙丙丁戊己庚辛壬癸"),
        ] {
            assert_eq!(shown(text, other), expected);
        }
    }

    #[test]
    fn texts_over_the_limit_are_left_unmarked() {
        let same = "字".repeat(LONGEST - 1);
        assert_eq!(shown(&format!("{same}新"), &same), format!("{same}[新]"));
        assert_eq!(shown(&format!("{same}新的"), &same), format!("{same}新的"));
    }
}
