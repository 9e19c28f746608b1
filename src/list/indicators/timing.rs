//! When is a target due: every year, in a year that the text names, or at the plan's end?

/// How often something is done, in the words of plans and as a target's time is written. 每年 is not among them: it
/// states an amount of the year, these an amount of each time.
const EACH_TIME: [(&str, &str); 18] = [
    ("每两年", "每两年"),
    ("每2年", "每两年"),
    ("每三年", "每三年"),
    ("每3年", "每三年"),
    ("每半年", "每半年"),
    ("每学年", "每学年"),
    ("每学期", "每学期"),
    ("每个季度", "每季度"),
    ("每季度", "每季度"),
    ("每季", "每季度"),
    ("每个月", "每月"),
    ("每月", "每月"),
    ("每旬", "每旬"),
    ("每星期", "每周"),
    ("每周", "每周"),
    ("每天", "每天"),
    ("每日", "每天"),
    ("每晚", "每天"),
];

/// Whether a text is a time that comes again, as targets state it: 每年, 每季度.
pub(in crate::list) fn is_recurring(text: &str) -> bool {
    text == "每年" || EACH_TIME.iter().any(|(_, time)| *time == text)
}

/// A time that a clause states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Time {
    /// 每年.
    EveryYear,
    /// 每季度, 每月 and the like.
    Each(&'static str),
    /// A year; a month of it is not kept, since targets are due in years.
    By(String),
}

impl Time {
    /// As the plan writes it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::EveryYear => "每年".to_owned(),
            Self::Each(time) => (*time).to_owned(),
            Self::By(date) => date.clone(),
        }
    }
}

/// The last time that a text states; `None` where it states none.
pub(super) fn stated(text: &str) -> Option<Time> {
    let every = ["每年", "逐年"].iter().filter_map(|word| text.rfind(word)).max().map(|at| (at, Time::EveryYear));
    let year = last_year(text).map(|(at, date)| (at, Time::By(date)));
    let each = EACH_TIME.iter().filter_map(|(word, time)| each_time(text, word).map(|at| (at, Time::Each(time))));
    every.into_iter().chain(year).chain(each).max_by_key(|(at, _)| *at).map(|(_, time)| time)
}

/// Where a text says that something is done each time. 每月20日前 is a date, 每季度末 and 每天24小时 say when and how long.
fn each_time(text: &str, word: &str) -> Option<usize> {
    let at = text.rfind(word)?;
    let behind = &text[at + word.len()..];
    let dated = behind.starts_with(|c: char| "末初底前度".contains(c))
        || behind.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('日');
    (!dated).then_some(at)
}

/// Whether a quantity is one of a year by the words in front of it: 年均增长, 年销售额, 年接待. A 年产值 that only describes
/// something (年产值超亿元企业5家) is none.
pub(super) fn is_yearly(before: &str) -> bool {
    let growth = ["增长", "提高", "提升", "增加", "下降", "降低", "增速", "递增", "增幅", "递减"];
    let done = ["培训", "新增", "完成", "实现", "开展", "建设", "新建", "改造", "投入", "引进", "接待", "举办", "减少"];
    let on_average = |words: &[&str]| words.iter().any(|word| before.contains(&format!("年均{word}")));
    on_average(&growth) || on_average(&done) || of_one_year(before)
}

/// Whether the words in front of a quantity name an amount of one year: 年阅读量, 年接待公众.
fn of_one_year(before: &str) -> bool {
    let sizes = ["以上", "超", "亿元", "万元", "能力", "产能"];
    let things = ["企业", "单位", "项目"];
    let amount = |(at, _): (usize, &str)| {
        let (head, rest) = (&before[..at], &before[at + '年'.len_utf8()..]);
        // 青年, 2027年, 近年, and 年底, 年度, 年龄 are other words.
        let opens = head.trim_matches(|c: char| c.is_whitespace() || "，,、".contains(c)).is_empty();
        let other = head.ends_with(|c: char| {
            c.is_ascii_digit() || "青少成每全近今当去上多学周往历常整早老幼前后本一两三五".contains(c)
        }) || rest
            .starts_with(|c: char| "底末前内均度初中龄轻级代终报货节画限审检假会人来间以".contains(c));
        let measured = rest
            .char_indices()
            .take(5)
            .find(|(_, c)| "量额值".contains(*c) || rest.starts_with("收入"))
            .map(|(at, c)| at + c.len_utf8());
        let tail = measured.map_or(rest, |end| &rest[end..]);
        let long = rest.chars().count() >= 2;
        let describes = sizes.iter().any(|word| tail.contains(word))
            || measured.is_some() && things.iter().any(|word| tail.contains(word));
        !other && long && (opens || measured.is_some()) && !describes
    };
    before.match_indices('年').any(amount)
}

/// Whether a quantity is one of each year by a 年度 in front of it that no year precedes: 年度检测率, 年度新增.
pub(super) fn of_each_year(before: &str) -> bool {
    let other = ["目标", "任务", "计划", "考核", "评选", "工作", "重点"];
    before.match_indices("年度").any(|(at, word)| {
        let dated = before[..at].ends_with(|c: char| c.is_ascii_digit() || "本上下该跨全".contains(c));
        !dated && !other.iter().any(|word_behind| before[at + word.len()..].starts_with(word_behind))
    })
}

/// Whether a quantity is one of each week by the words in front of it: 周开放时间.
pub(super) fn is_weekly(before: &str) -> bool {
    let bare = before.trim_start_matches(|c: char| c.is_whitespace() || "，,、".contains(c));
    let rest = bare.strip_prefix('周').unwrap_or_default();
    ["时间", "时长", "课时", "次数", "学时"].iter().any(|word| rest.contains(word))
        && !rest.starts_with(['边', '期', '转', '年', '末', '岁', '密', '到', '一', '五'])
}

/// The last year in a text with its place: 到2025年, 2024年6月底.
fn last_year(text: &str) -> Option<(usize, String)> {
    text.match_indices('年').rev().find_map(|(at, _)| {
        let digits = text[..at].len().checked_sub(4)?;
        let year = text.get(digits..at)?;
        let alone = !text[..digits].ends_with(|c: char| c.is_ascii_digit());
        let is_year = alone
            && year.bytes().all(|byte| byte.is_ascii_digit())
            && (year.starts_with("19") || year.starts_with("20"));
        let date = year.to_owned();
        // 较2020年 is what the target is measured against.
        let base = ["较", "比", "与", "以", "同", "由", "从"].iter().any(|word| text[..digits].ends_with(word));
        (is_year && !base).then_some((at, date))
    })
}

/// The years that a text ends with one behind the other, and the text before them: 甲率2025年、2026年和2027年.
pub(super) fn years_behind(text: &str) -> (&str, Vec<String>) {
    let (mut rest, mut years) = (text.trim_end(), Vec::new());
    while let Some(before) = rest.trim_end_matches('底').strip_suffix('年') {
        let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
        if before.len() - digits != 4 {
            break;
        }
        years.insert(0, before[digits..].to_owned());
        rest = before[..digits].trim_end_matches(['、', '和', '与', '及', '，', ' ', '到', '至']);
    }
    (rest, years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_plans_state_them() {
        for (text, expected) in [
            ("全区每年滚动推进", Some(Time::EveryYear)),
            ("到2027年底累计推进", Some(Time::By("2027".into()))),
            ("其中2023年建成", Some(Time::By("2023".into()))),
            ("2024年6月底前建成", Some(Time::By("2024".into()))),
            ("建成", None),
            ("用水量较2020年下降", None),
        ] {
            assert_eq!(stated(text), expected, "{text}");
        }
        for (text, expected) in
            [("每季组织集中行动不少于", "每季度"), ("2025年每日课间活动不少于", "每天"), ("每学年开展", "每学年")]
        {
            assert_eq!(stated(text).map(|time| time.text()).as_deref(), Some(expected), "{text}");
            assert!(is_recurring(expected));
        }
        assert_eq!(
            years_behind("甲率2025年、2026年和2027年底"),
            ("甲率", vec!["2025".into(), "2026".into(), "2027".into()])
        );
        assert_eq!(years_behind("甲率"), ("甲率", Vec::new()));
        assert_eq!(stated("每月20日前报送"), None);
        assert_eq!(stated("每季度末报送"), None);
        for text in [
            "青年人才",
            "年均浓度控制在",
            "培育年产值超亿元企业",
            "年产值超亿元企业达到",
            "年底前建成",
            "2027年产值达到",
            "青年数量达到",
            "近年来累计",
            "年处理能力达到",
        ] {
            assert!(!is_yearly(text), "{text}");
        }
        for text in [
            "消费帮扶年销售额",
            "农业增加值年均增长",
            "年接待公众",
            "人均图书年阅读量不低于",
            "、年服务企业",
            "年均培训",
        ] {
            assert!(is_yearly(text), "{text}");
        }
        assert!(of_each_year("年度检测率不低于") && !of_each_year("2025年度投资") && !of_each_year("年度目标完成率"));
        assert!(is_weekly("周开放时间不低于") && !is_weekly("周边停车时间"));
    }
}
