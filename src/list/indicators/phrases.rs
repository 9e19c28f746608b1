//! What does a figure measure, and which side of it is reached? From the words before and behind it.

use super::figures::Figure;
use crate::list::plan::Direction;

/// Words between what is measured and the figure, longer ones first.
const BEFORE: [&str; 68] = [
    "缩短到",
    "缩短至",
    "压降至",
    "均保持在",
    "实现",
    "整合至",
    "精简至",
    "控制到",
    "力争缩小到",
    "力争提高到",
    "力争达到",
    "稳步提高到",
    "稳步提升到",
    "不少于",
    "不低于",
    "不小于",
    "不超过",
    "不高于",
    "不大于",
    "控制在",
    "缩小到",
    "缩小至",
    "下降到",
    "下降至",
    "降低到",
    "降低至",
    "压缩到",
    "压缩至",
    "压减到",
    "压减至",
    "减少到",
    "减少至",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "增加到",
    "增加至",
    "增长到",
    "扩大到",
    "稳定在",
    "保持在",
    "维持在",
    "保持",
    "达到",
    "超过",
    "高于",
    "低于",
    "突破",
    "至少",
    "均达",
    "均达到",
    "分别达",
    "分别达到",
    "不足",
    "降到",
    "降至",
    "达",
    "超",
    "约",
    "近",
    "为",
    "力争",
    "均",
    "至",
    "到",
    "在",
    "逾",
];

/// Words that limit a figure from above.
const LIMITS: [&str; 27] = [
    "缩短到",
    "缩短至",
    "压降至",
    "整合至",
    "精简至",
    "控制到",
    "不超过",
    "不高于",
    "不大于",
    "控制在",
    "缩小到",
    "缩小至",
    "下降到",
    "下降至",
    "降低到",
    "降低至",
    "压缩到",
    "压缩至",
    "压减到",
    "压减至",
    "减少到",
    "减少至",
    "低于",
    "降到",
    "降至",
    "不足",
    "以内",
];

/// Words in front of what is measured that are no part of it. Single characters are not among them, since words begin
/// with them too (共富工坊, 要素保障).
const LEADING: [&str; 31] = [
    "其中",
    "力争",
    "确保",
    "实现",
    "累计",
    "全面",
    "每年",
    "逐年",
    "年底前",
    "年底",
    "年末",
    "年前",
    "全区",
    "全县",
    "全市",
    "全镇",
    "全省",
    "全国",
    "区内",
    "县内",
    "区域内",
    "总计",
    "共计",
    "预计",
    "计划",
    "力求",
    "争取",
    "原则上",
    "严格落实",
    "严格执行",
    "严格",
];

/// Words behind a date that belong to it.
const DATE_ENDS: [&str; 8] = ["底前", "底", "末前", "末", "以前", "之前", "前", "起"];

/// Words behind what is measured where something else begins.
const CUTS: [&str; 12] =
    ["作为", "重点", "用于", "，", ",", "并", "其中", "以上", "以推动", "以带动", "，其中", "等方面"];

/// Whether a clause names something to be built or set up once, so that a 每年 before it does not hold for it.
pub(super) fn builds(name: &str) -> bool {
    let verbs = ["建成", "新建", "建设", "改造", "淘汰", "创成", "创建", "组建", "打造", "培育", "累计", "完善"];
    verbs.iter().any(|verb| name.starts_with(verb))
}

/// What is measured, from the text between the last separator and the figure and from the text behind it.
pub(super) fn name(before: &str, behind: &str) -> String {
    let core = without_leading(without_ending(limit_of_base(before).map_or(before, |(measured, _)| measured)));
    let (possessive, rest) = behind.strip_prefix('的').map_or((false, behind), |rest| (true, rest));
    let cuts = CUTS.iter().filter_map(|word| rest.find(word)).chain(secures(rest)).filter(|at| *at > 0);
    let end = cuts.min().unwrap_or(rest.len());
    let rest = rest[..end].trim_matches(|c: char| c.is_whitespace() || "、。；;：:".contains(c));
    // 覆盖家庭18万户的能力 measures the households; 保有量40万亩任务 is no other measure than without its last word.
    let says_nothing = ["能力", "水平", "规模", "目标", "任务", "要求", "标准"].contains(&rest);
    let of_the_whole = rest == "任务" && core.chars().count() >= 3 && !is_bare_verb(core);
    let rest = if says_nothing && possessive || of_the_whole { "" } else { rest };
    let name = if possessive && !rest.is_empty() { rest.to_owned() } else { format!("{core}{rest}") };
    name.replace("年均", "")
}

/// What is measured and the word of the limit, where a figure is a share of something: 时长 and 不超过 of
/// 时长不超过总时长的30%.
fn limit_of_base(before: &str) -> Option<(&str, &'static str)> {
    const WORDS: [&str; 6] = ["不超过", "不高于", "不大于", "不低于", "不少于", "控制在"];
    let base = before.trim_end().strip_suffix('的')?;
    let (at, word) = WORDS.iter().filter_map(|word| base.rfind(word).map(|at| (at, *word))).max()?;
    let behind = &base[at + word.len()..];
    let short = (1..=10).contains(&behind.chars().count()) && !behind.contains(['，', '、', ',']);
    short.then_some((&base[..at], word))
}

/// What is measured, where a figure says where it starts from: 企业由现有41家 before 增加到60家. `between` stands behind the
/// figure.
pub(super) fn measured_of_start<'a>(before: &'a str, between: &str) -> Option<&'a str> {
    const CHANGES: [&str; 18] = [
        "提高", "提升", "增加", "增长", "增至", "增到", "扩大", "扩展", "拓展", "上升", "升至", "下降", "降低", "降至",
        "降到", "压减", "压缩", "减少",
    ];
    const FURTHER: [&str; 5] = ["缩短", "缩小", "调整", "到", "至"];
    const PRESENT: [&str; 11] = ["现有", "目前", "原来", "原有", "现在", "上年", "去年", "约", "近", "的", "底"];
    let (at, start) = before.char_indices().rfind(|(_, c)| "由从".contains(*c))?;
    let mut words = before[at + start.len_utf8()..].to_owned();
    for word in PRESENT {
        words = words.replace(word, "");
    }
    let only_present = words.chars().all(|c| c.is_ascii_digit() || "年".contains(c) || c.is_whitespace());
    let changes = CHANGES.iter().chain(&FURTHER).any(|word| between.trim_start().starts_with(word));
    (only_present && changes).then(|| &before[..at])
}

/// Where a name goes over into what it secures: 建设用地指标保障乡村产业.
fn secures(rest: &str) -> Option<usize> {
    let at = rest.find("保障").filter(|at| rest[..*at].chars().count() >= 4)?;
    (rest[at..].chars().count() > 4).then_some(at)
}

/// Whether the words in front of a figure say only how far something grows or falls, not what: 同比增长, 下降.
pub(super) fn only_grows(name: &str) -> bool {
    let bare = name.trim_start_matches("同比").trim_start_matches("比上年").trim_start_matches("较上年");
    ["增长", "增加", "提高", "提升", "下降", "降低", "减少", "增速", "增幅"].contains(&bare)
}

/// Whether a figure belongs to what is to be removed: 消除年收入5万元以下薄弱村 sets no limit.
pub(super) fn removes(before: &str, after: &str, behind: &str) -> bool {
    let verbs = ["消除", "清零", "淘汰", "取缔", "整治", "退出", "排查", "关停"];
    after == "以下" && !behind.trim().is_empty() && verbs.iter().any(|verb| before.contains(verb))
}

/// Whether a size only tells which of several things are meant: 56人以上大班额清零, 流域面积50平方公里以下河流划界,
/// 年用水量10万立方米以上企业.
pub(super) fn tells_which(before: &str, figure: &Figure, after: &str, behind: &str) -> bool {
    const SIZES: [&str; 9] = ["人", "平方公里", "平方米", "立方米", "亩", "米", "公里", "吨", "千瓦"];
    const THINGS: [&str; 12] =
        ["企业", "单位", "用户", "项目", "园区", "工程", "场所", "小区", "建筑", "机组", "锅炉", "车辆"];
    let ends = |words: &[&str]| words.iter().any(|word| before.trim_end().ends_with(word));
    let behind = behind.trim();
    let opens = before.trim_matches(|c: char| c.is_whitespace() || "，,、：:".contains(c)).is_empty();
    let unit = figure.unit.trim_start_matches(['万', '亿', '千', '百']);
    let size = SIZES.contains(&unit) && (opens || ends(&["面积", "规模", "人口", "长度", "高度", "容量"]));
    let amount = ends(&["量", "额", "值", "收入"]) && THINGS.iter().any(|thing| behind.starts_with(thing));
    // 3公里以内步行 says where something holds.
    let within = ["公里", "米", "千米"].contains(&unit) && ["以内", "内"].contains(&after) && !ends(&LIMITS);
    let which = ["以上", "以下"].contains(&after) && (size || amount);
    (which || within) && behind.chars().count() >= 2
}

/// Verbs that say what is done with things, not which they are.
const VERBS: [&str; 22] = [
    "建成", "创成", "完成", "新建", "新增", "建设", "创建", "培育", "打造", "改造", "推进", "达到", "实现", "引进",
    "引育", "培训", "建立", "开展", "举办", "实施", "推动", "组织",
];

/// Further verbs of building: 改造提升 says nothing of what, and 提升 alone may be the end of a name.
const BUILDING: [&str; 10] = ["新改建", "改建", "扩建", "续建", "提升", "改扩建", "更新", "修复", "新认定", "新创建"];

/// Whether the words in front of a figure are but a verb, so that what is measured stands elsewhere.
pub(super) fn is_bare_verb(name: &str) -> bool {
    name.is_empty() || VERBS.contains(&name)
}

/// Whether a name consists of verbs of doing, so that it goes on with the thing before it: 改造提升.
pub(super) fn is_verbs(name: &str) -> bool {
    !name.is_empty() && without_verbs(name).is_empty()
}

/// A name without the verbs in front of it: 高标准农田 of 新建高标准农田.
pub(super) fn without_verbs(name: &str) -> &str {
    let mut rest = name;
    while let Some(shorter) = BUILDING.iter().chain(&VERBS).find_map(|verb| rest.strip_prefix(verb)) {
        rest = shorter;
    }
    rest
}

/// What is measured and of what each, where a figure is an amount of each one: 管护经费 and 亩 of 管护经费按每亩不低于.
pub(super) fn per_each(before: &str) -> Option<(&str, &'static str)> {
    const EACH: [&str; 9] = ["亩", "人", "户", "村", "个村", "床", "台", "公里", "名"];
    let core = without_ending(before);
    EACH.iter().find_map(|each| {
        let measured = core.strip_suffix(each)?.strip_suffix('每')?;
        let measured = measured.strip_suffix("按照").or_else(|| measured.strip_suffix(['按', '以']))?;
        Some((measured, each.trim_start_matches('个')))
    })
}

/// Which side of a figure is reached.
pub(super) fn direction(before: &str, figure: &Figure, after: &str) -> Direction {
    let before = before.trim_end();
    let of_base = limit_of_base(before).is_some_and(|(_, word)| LIMITS.contains(&word));
    let limited =
        of_base || LIMITS.iter().any(|word| before.ends_with(word)) || ["以内", "以下", "内"].contains(&after);
    let floored =
        after.contains("以上") || before.ends_with("不低于") || before.ends_with("高于") && !before.ends_with("不高于");
    if (limited && !floored) || figure.value == 0.0 { Direction::AtMost } else { Direction::AtLeast }
}

/// Whether the townships' values of a quantity may be summed: counts and amounts, but no rates, ratios and averages.
pub(super) fn adds_up(name: &str, unit: &str) -> bool {
    let relative = [
        "",
        "番",
        "%",
        "％",
        "‰",
        "℃",
        "个百分点",
        "百分点",
        "倍",
        "种",
        "分",
        "日",
        "天",
        "小时",
        "分钟",
        "个月",
        "个工作日",
        "工作日",
    ];
    let averages = [
        "人均", "生均", "户均", "亩均", "日均", "月均", "村均", "平均", "家庭", "增长", "增速", "比例", "占比", "浓度",
        "指数",
    ];
    let of_each = name.match_indices('每').any(|(at, each)| !name[at + each.len()..].starts_with('年'));
    !relative.contains(&unit)
        && !unit.contains('/')
        && !of_each
        && !averages.iter().any(|word| name.contains(word))
        && !name.ends_with('率')
}

/// The words before a figure without those that only lead to it.
fn without_ending(text: &str) -> &str {
    let mut text = text.trim();
    // 缩小到 and then 力争: several of them may follow each other. A word alone is no name either.
    while let Some(shorter) = BEFORE.iter().find_map(|word| text.strip_suffix(word)) {
        text = shorter.trim_end();
    }
    without_year_behind(text)
}

/// The words before a figure without the year that goes to it: 漏损率2025年.
fn without_year_behind(text: &str) -> &str {
    let bare = text.trim_end_matches(['前', '末', '底']);
    let Some(digits) = bare.strip_suffix('年') else { return text };
    let rest = digits.trim_end_matches(|c: char| c.is_ascii_digit());
    let measured = rest.trim_end_matches(['到', '至', '在']);
    let whole = digits.len() - rest.len() == 4 && !rest.ends_with(['较', '比', '与', '以', '同', '由', '从']);
    if whole && measured.chars().count() >= 2 { measured } else { text }
}

/// The words of a name without times, places and adverbs in front of it.
fn without_leading(text: &str) -> &str {
    let mut text = text.trim_start_matches(|c: char| c.is_whitespace() || "、，,；;：:".contains(c));
    loop {
        let before = text;
        text = without_date(text);
        for word in LEADING {
            text = text.strip_prefix(word).unwrap_or(text);
        }
        let connects = text.starts_with('并') && !text.starts_with("并购") && !text.starts_with("并网");
        text = if connects { &text['并'.len_utf8()..] } else { text };
        if text == before {
            return text.trim();
        }
    }
}

/// A text without a date in front of it: 到2027年底, 2024年6月底前.
fn without_date(text: &str) -> &str {
    let bare = text.strip_prefix(['到', '至']).unwrap_or(text);
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let Some(mut rest) = bare[digits..].strip_prefix('年').filter(|_| digits == 4) else { return text };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=2).contains(&digits) {
        rest = rest[digits..].strip_prefix('月').unwrap_or(rest);
    }
    let of_year = rest.strip_prefix('度').filter(|rest| !rest.starts_with('假'));
    of_year.or_else(|| DATE_ENDS.iter().find_map(|end| rest.strip_prefix(end))).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_figure_measures() {
        for (before, behind, expected) in [
            ("全区每年滚动推进重大项目", "", "滚动推进重大项目"),
            ("完成投资额超", "", "完成投资额"),
            ("城乡居民收入倍差力争缩小到", "", "城乡居民收入倍差"),
            ("县城人口占县域比重年均提高", "", "县城人口占县域比重提高"),
            ("创建", "金3A景区村", "创建金3A景区村"),
            ("确定", "中心村作为重点培育对象", "确定中心村"),
            ("实现", "的小农户融入现代农业组织", "小农户融入现代农业组织"),
            ("国土空间规划应安排不少于", "的建设用地指标重点保障乡村产业发展用地", "建设用地指标"),
            ("有劳动能力低收入农户家庭至少", "就业", "有劳动能力低收入农户家庭就业"),
            ("到2027年底累计推进", "省市民主法治村(社区)创建", "推进省市民主法治村(社区)创建"),
            ("推进共富工坊", "", "推进共富工坊"),
            ("2024年6月底前共富工坊", "", "共富工坊"),
            ("2027年累计建成", "五星级农村文化礼堂", "建成五星级农村文化礼堂"),
            ("建立", "重点企业用工服务专员制度", "建立重点企业用工服务专员制度"),
            ("千兆光网具备覆盖家庭", "的能力", "千兆光网具备覆盖家庭"),
            ("安排不少于", "的新增建设用地指标保障乡村产业用地", "新增建设用地指标"),
            ("城区急救平均反应时间缩短至", "", "城区急救平均反应时间"),
            ("管网漏损率2025年降至", "", "管网漏损率"),
            ("教学时长不超过总时长的", "", "教学时长"),
        ] {
            assert_eq!(name(before, behind), expected);
        }
    }
}
