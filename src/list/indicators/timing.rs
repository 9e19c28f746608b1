//! When is a target due: every year, in a year that the text names, or at the plan's end?

/// A time that a clause states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Time {
    /// 每年.
    EveryYear,
    /// A year, or a month of it, as the plan writes dates.
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
    let every = ["每年", "逐年", "年度"].iter().filter_map(|word| text.rfind(word)).max();
    let year = last_year(text);
    match (every, year) {
        (Some(every), Some((at, _))) if every > at => Some(Time::EveryYear),
        (_, Some((_, date))) => Some(Time::By(date)),
        (Some(_), None) => Some(Time::EveryYear),
        (None, None) => None,
    }
}

/// Whether a quantity is one of a year by its own name: 年均增长, 年销售额.
pub(super) fn is_yearly(name: &str) -> bool {
    let yearly = [
        "年均",
        "年销售额",
        "年产值",
        "年产量",
        "年收入",
        "年经营性收入",
        "年营收",
        "年接待",
        "年交易额",
        "年增长",
        "年营业",
    ];
    yearly.iter().any(|word| name.contains(word))
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
        let month = text[at + '年'.len_utf8()..].split_once('月').and_then(|(month, _)| month.parse::<u8>().ok());
        let date = match month.filter(|month| (1..=12).contains(month)) {
            Some(month) => format!("{year}-{month:02}"),
            None => year.to_owned(),
        };
        is_year.then_some((at, date))
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
            ("2024年6月底前建成", Some(Time::By("2024-06".into()))),
            ("建成", None),
        ] {
            assert_eq!(stated(text), expected, "{text}");
        }
        assert!(is_yearly("消费帮扶年销售额") && is_yearly("农业增加值年均增长") && !is_yearly("青年人才"));
    }
}
