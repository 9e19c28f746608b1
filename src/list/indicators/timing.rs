//! When is a target due: every year, in a year that the text names, or at the plan's end?

/// A time that a clause states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Time {
    /// 每年.
    EveryYear,
    /// A year; a month of it is not kept, since targets are due in years.
    By(String),
}

impl Time {
    /// As the plan writes it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::EveryYear => "每年".to_owned(),
            Self::By(date) => date.clone(),
        }
    }
}

/// The last time that a text states; `None` where it states none.
pub(super) fn stated(text: &str) -> Option<Time> {
    let every = ["每年", "逐年"].iter().filter_map(|word| text.rfind(word)).max();
    let year = last_year(text);
    match (every, year) {
        (Some(every), Some((at, _))) if every > at => Some(Time::EveryYear),
        (_, Some((_, date))) => Some(Time::By(date)),
        (Some(_), None) => Some(Time::EveryYear),
        (None, None) => None,
    }
}

/// Whether a quantity is one of a year by the words in front of it: 年均增长, and what ends with 年销售额. A 年产值 that
/// only describes something (年产值超亿元企业5家) is none.
pub(super) fn is_yearly(before: &str) -> bool {
    let growth = ["增长", "提高", "提升", "增加", "下降", "降低", "增速", "递增"];
    let amounts = ["年销售额", "年产值", "年产量", "年收入", "年经营性收入", "年营收", "年交易额", "年营业收入"];
    growth.iter().any(|word| before.contains(&format!("年均{word}")))
        || amounts.iter().any(|word| before.ends_with(word))
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
        let base = ["较", "比", "与", "以", "同"].iter().any(|word| text[..digits].ends_with(word));
        (is_year && !base).then_some((at, date))
    })
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
        for text in ["青年人才", "年均浓度控制在", "培育年产值超亿元企业"] {
            assert!(!is_yearly(text), "{text}");
        }
        assert!(is_yearly("消费帮扶年销售额") && is_yearly("农业增加值年均增长"));
    }
}
