//! What certainly separates the agencies of one cell, and which words there are no agencies?

use super::repairs::{CLOSING, takes_kind};
use super::{Named, Slip, says_first_leads};
use crate::list::import::defect::DefectKind;
use crate::list::import::listing::Role;
use crate::list::import::shapes::{STARS, is_agency, split_outside_brackets, trimmed_of_duties};

/// Labels in front of agencies; longer ones first, so that 主要责任单位 is not read as 责任单位.
pub(in crate::list::import) const LABELS: [(&str, Role); 28] = [
    ("牵头责任单位", Role::Lead),
    ("主要责任单位", Role::Lead),
    ("牵头单位", Role::Lead),
    ("牵头部门", Role::Lead),
    ("主办单位", Role::Lead),
    ("主责单位", Role::Lead),
    ("主责部门", Role::Lead),
    ("配合责任单位", Role::Support),
    ("配合单位", Role::Support),
    ("配合部门", Role::Support),
    ("协办单位", Role::Support),
    ("协同单位", Role::Support),
    ("参与单位", Role::Support),
    ("参加单位", Role::Support),
    ("责任单位", Role::Open),
    ("责任部门", Role::Open),
    ("责任主体", Role::Open),
    ("落实单位", Role::Open),
    ("实施单位", Role::Open),
    ("承办单位", Role::Open),
    ("协同部门", Role::Support),
    ("主责", Role::Lead),
    ("协同", Role::Support),
    ("协办", Role::Support),
    ("主办", Role::Lead),
    ("牵头", Role::Lead),
    ("配合", Role::Support),
    ("责任", Role::Open),
];

/// Endings that leave open who else is meant.
const OPEN_ENDINGS: [&str; 12] = [
    "等相关部门单位",
    "等有关部门单位",
    "等相关部门",
    "等有关部门",
    "等相关单位",
    "等有关单位",
    "等县直部门",
    "等责任单位",
    "等部门单位",
    "等部门",
    "等单位",
    "等",
];

/// Parts one cell into names with roles.
pub(super) fn part(text: &str, role: Role, slips: &mut Vec<Slip>) -> Vec<Named> {
    let text = without_footnotes(text, slips);
    let segments = labelled(&text, role);
    // 责任单位 beside 牵头单位 means support.
    let led = segments.iter().any(|(role, _)| *role == Role::Lead);
    let mut named = Vec::new();
    for (role, text) in segments {
        let role = if led && role == Role::Open { Role::Support } else { role };
        named.extend(part_segment(text, role, slips));
    }
    named
}

/// A cell that names persons beside agencies, without the persons: behind a gap or in brackets, two to four characters
/// that are no agency.
pub(in crate::list::import) fn without_persons(text: &str) -> String {
    let is_person = |word: &str| {
        let word = word.trim();
        (2..=4).contains(&word.chars().count())
            && word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            && !is_agency(word)
            && !LABELS.iter().any(|(label, _)| word.starts_with(label))
    };
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut words: Vec<&str> = Vec::new();
        for word in line.split([' ', '\u{3000}']).filter(|word| !word.is_empty()) {
            let (name, rest) = word.find(['；', ';', '，', '、', ',']).map_or((word, ""), |at| word.split_at(at));
            if !words.is_empty() && is_person(name) {
                words.extend(Some(rest).filter(|rest| !rest.is_empty()));
            } else {
                words.push(word);
            }
        }
        let mut line = words.join(" ");
        while let Some((start, end)) =
            bracket(&line).filter(|(start, end)| is_person(line[*start..*end].trim_matches(['(', '（', ')', '）'])))
        {
            line.replace_range(start..end, "");
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// Where the first bracket of a text begins and ends.
fn bracket(text: &str) -> Option<(usize, usize)> {
    let start = text.find(['(', '（'])?;
    let close = start + text[start..].find([')', '）'])?;
    Some((start, close + text[close..].chars().next().map_or(1, char::len_utf8)))
}

/// The cell without bracketed footnotes such as (标*的为牵头单位,下同).
fn without_footnotes(text: &str, slips: &mut Vec<Slip>) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['(', '（']) {
        let after = &rest[start..];
        let Some(close) = after.find([')', '）']) else { break };
        let end = close + after[close..].chars().next().map_or(1, char::len_utf8);
        let note = &after[..end];
        kept.push_str(&rest[..start]);
        if note.contains("下同") || (note.contains("牵头单位") && note.contains('为')) {
            slips.push(Slip {
                kind: DefectKind::Footnote,
                found: note.to_owned(),
                made: Some("脚注，不是责任单位".to_owned()),
            });
        } else {
            kept.push_str(note);
        }
        rest = &after[end..];
    }
    kept.push_str(rest);
    kept
}

/// The parts of a text behind labels (牵头单位:…;配合单位:…), each with the label's role.
fn labelled(text: &str, role: Role) -> Vec<(Role, &str)> {
    let mut segments = Vec::new();
    let (mut current, mut start, mut index) = (role, 0, 0);
    while index < text.len() {
        let found = LABELS.iter().find_map(|(label, role)| {
            let after = text[index..].strip_prefix(label)?.trim_start();
            let after = after.strip_prefix([':', '：'])?;
            Some((*role, text.len() - after.len()))
        });
        if let Some((role, after)) = found {
            segments.push((current, &text[start..index]));
            (current, start, index) = (role, after, after);
        } else {
            index += text[index..].chars().next().map_or(1, char::len_utf8);
        }
    }
    segments.push((current, &text[start..]));
    segments.retain(|(_, text)| !text.trim_matches(|c: char| c.is_whitespace() || "；;，,。、".contains(c)).is_empty());
    segments
}

/// Parts a segment at its separators and reads marks and words of roles: 甲局牵头，乙局、丙局配合.
fn part_segment(text: &str, role: Role, slips: &mut Vec<Slip>) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let mut undecided = 0;
    let tokens = split_outside_brackets(text, |c| "、，,；;/／|｜。\t".contains(c));
    for (index, token) in tokens.iter().copied().enumerate() {
        let next = tokens.get(index + 1).and_then(|next| next.split_whitespace().next()).map(trimmed_of_duties);
        if says_first_leads(token) {
            for (index, named) in named.iter_mut().enumerate().filter(|(_, named)| named.role == Role::Open) {
                named.role = if index == 0 { Role::Lead } else { Role::Support };
            }
            continue;
        }
        for piece in pieces(token, next.unwrap_or_default()) {
            let starred = split_stars(&piece, slips);
            for (starred, bare) in starred {
                let (bare, told) = told_role(bare.trim());
                let bare = without_open_ending(bare, slips);
                let duty = trimmed_of_duties(bare);
                let name = duty.strip_prefix('由').filter(|rest| is_agency(rest)).unwrap_or(duty);
                let ends = ends_clause(bare);
                if name.is_empty() || matches!(name, "-" | "—" | "无" | "下同" | "——" | "--") {
                    decide(&mut named[undecided..], ends);
                    continue;
                }
                let own = if starred { Role::Lead } else { told.unwrap_or(role) };
                named.push(Named { name: name.to_owned(), role: own });
                if let Some(decided) = ends {
                    decide(&mut named[undecided..], Some(decided));
                    undecided = named.len();
                }
            }
        }
    }
    named
}

/// Gives the role of a clause's last word to the open names before it.
fn decide(named: &mut [Named], role: Option<Role>) {
    for named in named.iter_mut().filter(|named| named.role == Role::Open) {
        named.role = role.unwrap_or(named.role);
    }
}

/// The role that the word at the end of a clause gives to all names of the clause.
fn ends_clause(text: &str) -> Option<Role> {
    let leads = ["牵头", "牵头负责", "主办", "牵头落实"];
    let supports = ["配合", "参与", "协助", "协同配合", "协办", "配合落实"];
    if leads.iter().any(|word| text.ends_with(word)) {
        return Some(Role::Lead);
    }
    supports.iter().any(|word| text.ends_with(word)).then_some(Role::Support)
}

/// White space separates where agencies stand on both sides; else it is a line break or a gap inside a name. `next` is
/// the name behind the token.
fn pieces(token: &str, next: &str) -> Vec<String> {
    // A wide gap separates whatever stands beside it: 旗委宣传部  乌兰牧骑. A bracket belongs to the name before it.
    let wide = ["  ", "\u{3000}\u{3000}", " \u{3000}", "\u{3000} "].iter().find_map(|gap| token.split_once(gap));
    if let Some((left, right)) = wide.filter(|(_, right)| !right.trim_start().starts_with(['(', '（'])) {
        return pieces(left, "").into_iter().chain(pieces(right, next)).filter(|piece| !piece.is_empty()).collect();
    }
    let parts: Vec<&str> = token.split_whitespace().collect();
    let whole = |part: &str| {
        let bare = trimmed_of_duties(part.trim_matches(STARS));
        bare.chars().count() >= 3 && is_agency(bare)
    };
    if parts.len() < 2 {
        return vec![parts.concat()];
    }
    // 县科协 ends as few agencies do; that it begins as its neighbours do tells it from the rest of a broken name.
    let first = parts[0].chars().next().filter(|first| "县区市旗州省".contains(*first));
    let begins_alike = |part: &str| first.is_some_and(|first| part.starts_with(first)) && part.chars().count() >= 3;
    let stands_alone = |part: &str| whole(part) || begins_alike(part);
    // Behind an ending that stands inside no name a new one begins, whatever it looks like: 马家坝 of 马家坝、西河沿街道.
    let last_part = parts.last().copied();
    // So does the short name of a township whose kind the next one carries: 河头 of 县委组织部 河头、塘尾街道办事处.
    let begins_anew = |last: &str, part: &str| {
        let closed = CLOSING.iter().any(|ending| last.ends_with(ending)) && !part.starts_with(['(', '（']);
        whole(last) && (closed || last_part == Some(part) && takes_kind(part, next))
    };
    let mut pieces: Vec<String> = Vec::new();
    for part in parts {
        match pieces.last_mut() {
            Some(last)
                if !(part.starts_with(STARS)
                    || last.ends_with(STARS)
                    || begins_anew(last, part)
                    || stands_alone(last) && stands_alone(part)) =>
            {
                last.push_str(part);
            }
            _ => pieces.push(part.to_owned()),
        }
    }
    pieces
}

/// Parts a token at the stars inside it: each star begins a name, a star at the end belongs to the name before it.
fn split_stars<'a>(token: &'a str, slips: &mut Vec<Slip>) -> Vec<(bool, &'a str)> {
    let token = token.trim();
    if let Some(name) = token.strip_suffix(STARS).filter(|name| !name.contains(STARS)) {
        return vec![(true, name)];
    }
    let mut names = Vec::new();
    for (index, name) in token.split(STARS).enumerate() {
        if !name.trim().is_empty() {
            names.push((index > 0, name.trim()));
        }
    }
    if names.len() > 1 {
        let made: Vec<&str> = names.iter().map(|(_, name)| *name).collect();
        slips.push(Slip { kind: DefectKind::RunTogether, found: token.to_owned(), made: Some(made.join("、")) });
    }
    names
}

/// The role in brackets behind a name: 县发改局(牵头).
fn told_role(name: &str) -> (&str, Option<Role>) {
    let Some((bare, note)) = name.strip_suffix([')', '）']).and_then(|name| name.rsplit_once(['(', '（'])) else {
        return (name, None);
    };
    match note.trim() {
        "牵头" | "牵头单位" | "主办" | "主责" | "牵头部门" | "总牵头" => (bare, Some(Role::Lead)),
        "配合" | "配合单位" | "协办" | "参与" => (bare, Some(Role::Support)),
        _ => (name, None),
    }
}

/// A name without 等部门, which leaves open who else is meant.
fn without_open_ending<'a>(name: &'a str, slips: &mut Vec<Slip>) -> &'a str {
    let bare = trimmed_of_duties(name);
    let stripped = OPEN_ENDINGS.iter().find_map(|ending| bare.strip_suffix(ending)).map(str::trim_end);
    match stripped {
        Some(stripped) if is_agency(stripped) => {
            let made = Some(stripped.to_owned());
            slips.push(Slip { kind: DefectKind::OpenEnded, found: name.to_owned(), made });
            stripped
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> String {
        let named = part(text, Role::Open, &mut Vec::new());
        let shown = named.iter().map(|named| match named.role {
            Role::Lead => format!("*{}", named.name),
            Role::Support => format!("+{}", named.name),
            Role::Open => named.name.clone(),
        });
        shown.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn persons_beside_agencies_are_left_out() {
        for (text, expected) in [
            ("区经信局 李某某\n区发改局 王某", "区经信局\n区发改局"),
            ("牵头：区住建局 孙某；配合：区财政局", "牵头：区住建局 ；配合：区财政局"),
            ("区商务局（赵某某）、区税务局（周某）", "区商务局、区税务局"),
            ("区府办（大数据局） 区委办", "区府办（大数据局） 区委办"),
        ] {
            assert_eq!(without_persons(text), expected, "{text}");
        }
    }

    #[test]
    fn separators_roles_and_words_that_are_no_agencies() {
        for (text, expected) in [
            ("*区发改局、区住建局，各街道乡镇（标*的为牵头单位，下同）", "*区发改局|区住建局|各街道乡镇"),
            ("县发改局 县财政局\n县住建局", "县发改局|县财政局|县住建局"),
            ("县农业农\n村局；县委 组织部", "县农业农村局|县委组织部"),
            ("县委组织部\n河头、塘尾街道办事处", "县委组织部|河头|塘尾街道办事处"),
            ("县妇女联合会\n三都、柳埠两镇", "县妇女联合会|三都|柳埠两镇"),
            ("区人社局、区发改局、区商务局，列首位者牵头", "*区人社局|+区发改局|+区商务局"),
            ("区资源分局★\n区水务局", "*区资源分局|区水务局"),
            ("县委宣传部\n县融媒体中心\n县科协", "县委宣传部|县融媒体中心|县科协"),
            ("县发改局牵头，县财政局、县住建局配合", "*县发改局|+县财政局|+县住建局"),
            ("县发改局、县经信局牵头，县财政局等部门按职责分工负责", "*县发改局|*县经信局|县财政局"),
            ("牵头单位：县发改局；责任单位：县财政局、各乡镇", "*县发改局|+县财政局|+各乡镇"),
            ("县发改局（牵头）、县财政局", "*县发改局|县财政局"),
            ("县发改局*、县财政局", "*县发改局|县财政局"),
            ("相关县（市、区）政府，市住建局", "相关县（市、区）政府|市住建局"),
            ("各有关单位按职责分工负责", "各有关单位"),
            ("/", ""),
        ] {
            assert_eq!(parted(text), expected, "{text}");
        }
    }
}
