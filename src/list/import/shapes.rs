//! What does a text look like: an agency, a deadline, a name, a sentence?

/// What the names of agencies, enterprises and places that carry out tasks end with.
const ENDINGS: [&str; 53] = [
    "局",
    "委",
    "办",
    "部",
    "院",
    "会",
    "中心",
    "公司",
    "街道",
    "镇",
    "乡",
    "政府",
    "所",
    "站",
    "处",
    "队",
    "行",
    "社",
    "联",
    "协",
    "团",
    "校",
    "区",
    "集团",
    "部门",
    "单位",
    "厅",
    "署",
    "馆",
    "台",
    "室",
    "大学",
    "企业",
    "各镇街",
    "办事处",
    "小组",
    "专班",
    "指挥部",
    "场",
    "库",
    "协会",
    "村",
    "社区",
    "园",
    "苏木",
    "乡镇",
    "镇街",
    "党组",
    "党工委",
    "支部",
    "总工会",
    "纪委监委",
    "开发区",
];

/// Longest name of an agency that was seen in published lists, in characters, with room to spare.
const LONGEST_AGENCY: usize = 26;

/// Whether one name, without separators, is that of an agency.
pub(crate) fn is_agency(text: &str) -> bool {
    let bare = without_brackets(text.trim().trim_start_matches(STARS).trim_end_matches(STARS));
    let bare = bare.trim();
    let length = bare.chars().count();
    (2..=LONGEST_AGENCY).contains(&length)
        && ENDINGS.iter().any(|ending| bare.ends_with(ending))
        && !bare.contains(['。', '“', '%', ':', '：'])
        && !bare.chars().any(|c| c.is_ascii_digit())
}

/// The signs that mark the leading agency.
pub(crate) const STARS: [char; 7] = ['*', '＊', '★', '☆', '▲', '△', '※'];

/// Share of the names in a list of agencies that must look like agencies. Half of them leaves room for abbreviations
/// (县发改、财政局) and is out of reach for a sentence, whose clauses seldom end so.
const AGENCY_SHARE: f64 = 0.5;

/// Whether a cell lists agencies.
pub(crate) fn lists_agencies(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.contains(['。', '%']) {
        return false;
    }
    if text.starts_with(STARS) {
        return true;
    }
    let parts = split_outside_brackets(text, |c| "、，,；;/／\n\t 　".contains(c));
    let agencies = name_agencies(&parts).into_iter().filter(|names| *names).count();
    // Counts of cells are far below what an f64 holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "a cell holds few names")]
    let share = agencies as f64 / parts.len() as f64;
    share > AGENCY_SHARE || (parts.len() == 1 && agencies == 1)
}

/// Which parts of a list name agencies, those that share the kind of the township behind them included: 石桥 and 柳河 of
/// 石桥、柳河两镇人民政府.
pub(crate) fn name_agencies(parts: &[&str]) -> Vec<bool> {
    let mut names = vec![false; parts.len()];
    let mut of_township = false;
    for (part, names) in parts.iter().zip(&mut names).rev() {
        let name = part.rsplit([':', '：']).next().map(trimmed_of_duties).unwrap_or_default();
        let shares = of_township && (2..=3).contains(&name.chars().count());
        if is_agency(name) {
            of_township = is_township(name);
            *names = true;
        } else {
            of_township = shares;
            *names = shares;
        }
    }
    names
}

/// Whether a name is a short one with a kind of township, which may be counted: 柳埠两镇人民政府, but no 运营示范镇.
fn is_township(name: &str) -> bool {
    TOWNSHIPS.iter().find_map(|kind| name.strip_suffix(kind)).is_some_and(|stem| {
        let stem = stem.trim_end_matches('个').trim_end_matches(|c| "两二三四五六七八九十".contains(c));
        (1..=3).contains(&stem.chars().count()) && !stem.starts_with(['各', '有', '相'])
    })
}

/// What the names of townships end with, longer endings first.
pub(crate) const TOWNSHIPS: [&str; 9] =
    ["街道办事处", "街道办", "街道", "镇人民政府", "镇政府", "镇", "乡人民政府", "乡政府", "乡"];

/// A name without the words that say what the agency does there: 牵头, 配合, 等部门按职责分工负责.
pub(crate) fn trimmed_of_duties(name: &str) -> &str {
    let mut name = name.trim().trim_end_matches(['。', '.', '；', ';']);
    loop {
        let before = name;
        for word in DUTIES {
            name = name.strip_suffix(word).unwrap_or(name).trim_end();
        }
        if before == name {
            return name;
        }
    }
}

/// Words after the last agency that say what the agencies do.
pub(crate) const DUTIES: [&str; 17] = [
    "按职责分工负责",
    "按照职责分工负责",
    "按职责分工落实",
    "按职责分工",
    "按照职责分工",
    "按职责负责",
    "分工负责",
    "分别负责",
    "共同负责",
    "牵头负责",
    "协同配合",
    "等按",
    "牵头",
    "配合",
    "负责",
    "参与",
    "协助",
];

/// Whether a text is a date or a span of time: 2025年底前, 2024年12月, 长期坚持, 每季度.
pub(crate) fn is_deadline(text: &str) -> bool {
    let text = text.trim();
    let length = text.chars().count();
    let timed =
        ["年", "月", "季度", "底", "长期", "持续", "每", "全年", "-", "/", "."].iter().any(|word| text.contains(word));
    let mostly_time = text
        .chars()
        .filter(|c| {
            c.is_ascii_digit()
                || "年月日底前末初上下半季度旬第一二三四持续推进长期坚持每全完成至到-—/.、，,".contains(*c)
        })
        .count();
    length > 0 && length <= 24 && timed && mostly_time * 10 >= length * 8
}

/// A text without its brackets and what stands in them.
pub(crate) fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The parts of a text between separators that stand outside brackets; trimmed, blanks left out.
pub(crate) fn split_outside_brackets(text: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (index, c) in text.char_indices() {
        match c {
            '(' | '（' | '《' | '“' => depth += 1,
            ')' | '）' | '》' | '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 && separates(c) => {
                parts.push(&text[start..index]);
                start = index + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_and_what_only_sounds_like_them() {
        for text in [
            "*区发改局、区住建局,各街道乡镇",
            "各区级相关责任部门,各街道乡镇",
            "县委宣传部",
            "相关县(市、区)政府",
            "国网洞头供电公司",
            "县发改局牵头，县财政局、县住建局按职责分工负责",
            "牵头单位：县发改局",
            "县文旅局牵头，城关、板桥、虹溪三镇人民政府配合",
        ] {
            assert!(lists_agencies(text), "{text}");
        }
        for text in [
            "村级集体经济总收入超2.4亿元。",
            "和美乡村建设",
            "乡村数字经济",
            "整治盘活低效建设用地80亩",
            "2025年12月底",
            "规划、建设、管理、运营示范镇",
            "",
        ] {
            assert!(!lists_agencies(text), "{text}");
        }
    }

    #[test]
    fn deadlines() {
        for text in ["2025年12月底前", "2025年", "2024-12-31", "2024.12", "长期坚持", "全年", "持续推进", "二季度"]
        {
            assert!(is_deadline(text), "{text}");
        }
        for text in ["区发改局", "到2027年建成美丽城镇5个,未来社区4个", "90", "", "年度考核优秀单位评选"]
        {
            assert!(!is_deadline(text), "{text}");
        }
    }

    #[test]
    fn brackets_hold_their_separators() {
        assert_eq!(
            split_outside_brackets("相关县(市、区)政府、 市住建局", |c| c == '、'),
            ["相关县(市、区)政府", "市住建局"]
        );
        assert_eq!(without_brackets("区府办(外事办、大数据局)"), "区府办");
    }
}
