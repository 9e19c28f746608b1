//! Which names are run together, share a word or carry a stray one? Names that stand alone elsewhere are the witness.

use super::{Known, Named, Slip};
use crate::list::import::defect::DefectKind;
use crate::list::import::shapes::{TOWNSHIPS, is_agency};

/// Words that slip in behind an agency's name and are no part of any.
const STRAY: [&str; 9] = ["主管", "主办", "承办", "主责", "落实", "实施", "统筹", "协调", "为主"];

/// Shortest name that is a witness, in characters: shorter ones (县委) begin other names.
const SHORTEST_WITNESS: usize = 3;

/// Shortest name after whose ending, whatever it is, the next prefix begins a new one, in characters: 县委政法委.
const SHORTEST_WHOLE: usize = 5;

/// Endings after which a new name may begin without a separator. 委, 办, 部 are not among them: they stand inside
/// names (县委办公室, 县委县政府督查室).
pub(super) const CLOSING: [&str; 8] = ["局", "中心", "公司", "大队", "支队", "联合会", "联社", "支行"];

/// Repairs the names of one cell.
pub(super) fn repair(cell: Vec<Named>, known: &Known, slips: &mut Vec<Slip>) -> Vec<Named> {
    let mut repaired: Vec<Named> = Vec::new();
    for named in cell {
        let found = &named.name;
        if let Some(names) = joined(found).or_else(|| run_together(found, known)) {
            if !found.contains(['和', '及', '与']) || names.concat() == *found {
                let made = Some(names.join("、"));
                slips.push(Slip { kind: DefectKind::RunTogether, found: found.clone(), made });
            }
            repaired.extend(names.into_iter().map(|name| Named { name, role: named.role }));
        } else if let Some(name) = without_stray_word(found, known) {
            slips.push(Slip { kind: DefectKind::StrayWord, found: found.clone(), made: Some(name.clone()) });
            repaired.push(Named { name, ..named });
        } else {
            repaired.push(named);
        }
    }
    share_words(&mut repaired, known, slips);
    share_every(&mut repaired, slips);
    repaired
}

/// Two agencies joined by 和 or 及: 县发改局和县财政局, but not 自然资源和规划局.
fn joined(name: &str) -> Option<Vec<String>> {
    ["以及", "和", "及", "与"].iter().find_map(|word| {
        let (left, right) = name.split_once(word)?;
        let both = [left, right].iter().all(|part| part.chars().count() >= SHORTEST_WITNESS && is_agency(part));
        let right = joined(right).unwrap_or_else(|| vec![right.to_owned()]);
        both.then(|| std::iter::once(left.to_owned()).chain(right).collect())
    })
}

pub(super) fn run_together(name: &str, known: &Known) -> Option<Vec<String>> {
    if name.contains(['(', '（', '“']) {
        return None;
    }
    // A witness may leave a rest that only the prefixes part.
    let parts = covered(name, known).unwrap_or_else(|| vec![name.to_owned()]);
    let further = |part: String| at_prefixes(&part, known).unwrap_or_else(|| vec![part]);
    let names: Vec<String> = parts.into_iter().flat_map(further).collect();
    let joint_body = names.windows(2).any(|pair| pair[0].ends_with("纪委") && pair[1].ends_with("监委"));
    (names.len() > 1 && !joint_body).then_some(names)
}

/// Parts a name into names that all stand alone elsewhere, but for one that only looks like an agency.
fn covered(name: &str, known: &Known) -> Option<Vec<String>> {
    let witness = |part: &str| part != name && part.chars().count() >= SHORTEST_WITNESS && known.contains_key(part);
    let first_of_known = |part: &str| {
        let first = part.chars().next();
        known.keys().filter(|known| known.chars().next() == first).count() >= 2
    };
    let cuts = name.char_indices().map(|(index, _)| index).skip(1);
    let mut best: Option<Vec<String>> = None;
    for cut in cuts {
        let (left, right) = name.split_at(cut);
        let whole = |part: &str| part.chars().count() >= SHORTEST_WITNESS && is_agency(part);
        let rest = if witness(left) {
            covered(right, known)
                .or_else(|| (witness(right) || (whole(right) && first_of_known(right))).then(|| vec![right.to_owned()]))
        } else if witness(right) && whole(left) && first_of_known(right) {
            Some(vec![right.to_owned()])
        } else {
            None
        };
        if let Some(rest) = rest {
            let names: Vec<String> = std::iter::once(left.to_owned()).chain(rest).collect();
            let known_names = |names: &[String]| names.iter().filter(|name| known.contains_key(*name)).count();
            if best.as_ref().is_none_or(|best| known_names(&names) > known_names(best)) {
                best = Some(names);
            }
        }
    }
    best
}

/// Parts a name where an ending is followed by the character that many of the document's names begin with:
/// 县水利局县气象局.
fn at_prefixes(name: &str, known: &Known) -> Option<Vec<String>> {
    let first = name.chars().next()?;
    let common = "县区市旗州镇省".contains(first) && known.keys().filter(|name| name.starts_with(first)).count() >= 3;
    if !common {
        return None;
    }
    // 县委 and 县政府 begin names; a whole name before the next prefix is longer.
    let whole = |part: &str| {
        let long = part.chars().count() >= SHORTEST_WHOLE && is_agency(part);
        long || CLOSING.iter().any(|ending| part.ends_with(ending))
    };
    let mut names = Vec::new();
    let mut start = 0;
    for (index, c) in name.char_indices().skip(1) {
        let begins = c == first || every_township(&name[index..]);
        if begins && whole(&name[start..index]) && is_agency(&name[index..]) {
            names.push(name[start..index].to_owned());
            start = index;
        }
    }
    names.push(name[start..].to_owned());
    let whole = names.iter().all(|name| name.chars().count() >= SHORTEST_WITNESS);
    (names.len() > 1 && whole).then_some(names)
}

/// Whether a text is 各乡镇 or its like, which no name of an agency holds.
fn every_township(text: &str) -> bool {
    ["各乡", "各镇", "各街道", "各苏木", "各有关", "各相关"].iter().any(|word| text.starts_with(word))
}

/// A name without a stray word behind it: 区综合执法局主管, where 区综合执法局 stands alone elsewhere.
fn without_stray_word(name: &str, known: &Known) -> Option<String> {
    STRAY.iter().find_map(|word| name.strip_suffix(word)).filter(|bare| known.contains_key(*bare)).map(str::to_owned)
}

/// Gives names the word that only the last of a short list carries: 石桥镇、柳河乡人民政府; 县发改、财政局.
fn share_words(cell: &mut [Named], known: &Known, slips: &mut Vec<Slip>) {
    let written: Vec<String> = cell.iter().map(|named| named.name.clone()).collect();
    // The names whose last one carries the word, the longest run one slip.
    let mut run_end = None;
    for index in (0..cell.len()).rev() {
        let made = cell.get(index + 1).map(|next| next.name.clone()).and_then(|next| {
            let name = &cell[index].name;
            let next = uncounted(&next).filter(|next| shared_kind(name, next).is_some()).unwrap_or(next);
            let made = shared_government(name, &next).or_else(|| shared_kind(name, &next));
            made.or_else(|| shared_ending(name, &next, known)).map(|made| (made, next))
        });
        if let Some((made, next)) = made {
            run_end = run_end.or(Some(index + 1));
            (cell[index].name, cell[index + 1].name) = (made, next);
        } else if let Some(end) = run_end.take() {
            report_shared(&written, cell, index + 1..=end, slips);
        }
    }
    if let Some(end) = run_end {
        report_shared(&written, cell, 0..=end, slips);
    }
}

fn report_shared(written: &[String], cell: &[Named], run: std::ops::RangeInclusive<usize>, slips: &mut Vec<Slip>) {
    let made: Vec<&str> = cell[run.clone()].iter().map(|named| named.name.as_str()).collect();
    let (found, made) = (written[run].join("、"), Some(made.join("、")));
    slips.push(Slip { kind: DefectKind::SharedWord, found, made });
}

/// 各乡镇、街道 means 各街道.
fn share_every(cell: &mut [Named], slips: &mut Vec<Slip>) {
    for index in 1..cell.len() {
        let (before, name) = (cell[index - 1].name.clone(), cell[index].name.clone());
        if before.starts_with('各')
            && ["街道", "乡镇", "镇", "乡", "村", "社区", "部门", "单位"].contains(&name.as_str())
        {
            let made = format!("各{name}");
            let kind = DefectKind::SharedWord;
            slips.push(Slip { kind, found: format!("{before}、{name}"), made: Some(format!("{before}、{made}")) });
            cell[index].name = made;
        }
    }
}

/// A name without the number of those that share its kind: 柳河两镇人民政府.
fn uncounted(name: &str) -> Option<String> {
    // The number stands right before the kind; 五里两镇 begins with a character that is one too.
    name.char_indices().skip(1).filter(|(_, c)| "两二三四五六七八九十".contains(*c)).find_map(|(at, count)| {
        let rest = &name[at + count.len_utf8()..];
        let rest = rest.strip_prefix('个').unwrap_or(rest);
        ["街道", "镇", "乡"].iter().any(|kind| rest.starts_with(kind)).then(|| format!("{}{rest}", &name[..at]))
    })
}

/// Whether a name takes the kind of township that the next one carries.
pub(super) fn takes_kind(name: &str, next: &str) -> bool {
    shared_kind(name, &uncounted(next).unwrap_or_else(|| next.to_owned())).is_some()
}

/// The kind of township that only the last of a list carries: 马家坝、西河沿街道办事处; 石桥、柳河两镇人民政府.
fn shared_kind(name: &str, next: &str) -> Option<String> {
    let short = (2..=3).contains(&name.chars().count()) && !is_agency(name);
    let generic = name.starts_with(['各', '有', '相', '县', '区', '市']) || name.contains(['(', '（']);
    // 虹溪三乡镇 does not say which of them is a 乡 and which a 镇.
    let mixed = ["乡镇", "镇乡", "镇街", "镇（街道）"].iter().any(|kinds| next.contains(kinds));
    let kind = TOWNSHIPS.iter().find(|kind| next.ends_with(**kind)).filter(|_| short && !generic && !mixed)?;
    let stem = next.strip_suffix(kind).filter(|stem| (2..=4).contains(&stem.chars().count()))?;
    (!stem.starts_with(['各', '有', '相'])).then(|| format!("{name}{kind}"))
}

fn shared_government(name: &str, next: &str) -> Option<String> {
    let short = name.chars().count() <= 5 && !name.starts_with(['各', '有', '相']);
    let pairs = [(["镇", "乡"].as_slice(), ["人民政府", "政府"].as_slice()), (&["街道"], &["办事处", "办"])];
    pairs.iter().find_map(|(places, words)| {
        let is_place = |text: &str| places.iter().any(|place| text.ends_with(place));
        let word = words.iter().find(|word| next.strip_suffix(**word).is_some_and(is_place))?;
        (short && is_place(name)).then(|| format!("{name}{word}"))
    })
}

/// The ending of the next name, where the whole name then stands alone elsewhere in the document.
fn shared_ending(name: &str, next: &str, known: &Known) -> Option<String> {
    if is_agency(name) || name.contains(['(', '（']) {
        return None;
    }
    let ending: String = next.chars().next_back().into_iter().collect();
    let prefix: String = next.chars().take(1).collect();
    let candidates = [format!("{name}{ending}"), format!("{prefix}{name}{ending}")];
    candidates.into_iter().find(|candidate| known.contains_key(candidate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::import::listing::Role;

    fn repaired(cell: &[&str], known: &[&str]) -> (Vec<String>, usize) {
        let known = known.iter().map(|name| ((*name).to_owned(), 1)).collect();
        let cell = cell.iter().map(|name| Named { name: (*name).to_owned(), role: Role::Open }).collect();
        let mut slips = Vec::new();
        let names = repair(cell, &known, &mut slips);
        (names.into_iter().map(|named| named.name).collect(), slips.len())
    }

    #[test]
    fn what_a_witness_proves_is_repaired_and_nothing_else() {
        let known = ["县发改局", "县住建局", "县综合执法局", "县财政局", "县公安局"];
        for (cell, expected) in [
            (vec!["县发改局县住建局"], vec!["县发改局", "县住建局"]),
            (vec!["县发改局县住建局县财政局"], vec!["县发改局", "县住建局", "县财政局"]),
            (vec!["县发改局县水利局"], vec!["县发改局", "县水利局"]),
            (vec!["县水利局县气象局"], vec!["县水利局", "县气象局"]),
            (vec!["县综合执法局主管"], vec!["县综合执法局"]),
            (vec!["县公安局交警大队"], vec!["县公安局交警大队"]),
            (vec!["县水利局主管"], vec!["县水利局主管"]),
            (vec!["县发改局和县财政局"], vec!["县发改局", "县财政局"]),
            (vec!["县自然资源和规划局"], vec!["县自然资源和规划局"]),
            (vec!["县委政法委县水利局各乡镇"], vec!["县委政法委", "县水利局", "各乡镇"]),
            (vec!["县纪委县监委"], vec!["县纪委县监委"]),
            (vec!["县委县政府督查室"], vec!["县委县政府督查室"]),
            (vec!["石桥镇", "柳河乡人民政府"], vec!["石桥镇人民政府", "柳河乡人民政府"]),
            (vec!["各乡镇", "街道"], vec!["各乡镇", "各街道"]),
            (vec!["马家坝", "西河沿街道办事处"], vec!["马家坝街道办事处", "西河沿街道办事处"]),
            (vec!["石桥", "柳河两镇人民政府"], vec!["石桥镇人民政府", "柳河镇人民政府"]),
            (vec!["七星", "五里两镇"], vec!["七星镇", "五里镇"]),
            (vec!["石桥", "柳河", "虹溪三镇人民政府"], vec!["石桥镇人民政府", "柳河镇人民政府", "虹溪镇人民政府"]),
            (vec!["石桥", "虹溪两乡镇"], vec!["石桥", "虹溪两乡镇"]),
            (vec!["县科协", "柳河镇"], vec!["县科协", "柳河镇"]),
            (vec!["国网", "各镇"], vec!["国网", "各镇"]),
            (vec!["县发改", "财政局"], vec!["县发改局", "财政局"]),
            (vec!["县发改局", "柳河乡人民政府"], vec!["县发改局", "柳河乡人民政府"]),
        ] {
            let changed = cell.len() != expected.len() || cell != expected;
            let (names, slips) = repaired(&cell, &known);
            assert_eq!(names, expected);
            assert_eq!(slips > 0, changed && !cell[0].contains('和'), "{cell:?}");
        }
    }
}
