//! The time of day behind a day: 2024/4/2 8:51:09. Without its space it would make another day of it.

use std::borrow::Cow;

/// A text without the times of day that stand behind white space.
pub(super) fn without_clock(text: &str) -> Cow<'_, str> {
    if !text.contains([':', '：']) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, space)) = rest.char_indices().find(|(_, c)| c.is_whitespace()) {
        kept.push_str(&rest[..at]);
        let behind = &rest[at + space.len_utf8()..];
        let length =
            if kept.ends_with(|c: char| c.is_ascii_digit() || c == '日' || c == '号') { clock(behind) } else { 0 };
        kept.push(space);
        rest = &behind[length..];
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// How many bytes the time of day takes that a text begins with: 8:51 or 08:51:09; none where it begins with something else.
fn clock(text: &str) -> usize {
    let digits = |at: usize| text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(0);
    let mut end = hours;
    while let Some(colon) = text[end..].chars().next().filter(|c| matches!(c, ':' | '：')) {
        let minutes = end + colon.len_utf8();
        if digits(minutes) != 2 {
            break;
        }
        end = minutes + 2;
    }
    if (1..=2).contains(&hours) && end > hours { end } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_left_out() {
        for (text, expected) in [
            ("2024-09-25 10:12", "2024-09-25 "),
            ("2024/4/2 8:51:09", "2024/4/2 "),
            ("2024年4月2日 08:51 前报送", "2024年4月2日  前报送"),
            ("填报时间：2024-04-02 09:14  第1页", "填报时间：2024-04-02   第1页"),
            ("填报单位: 2 个村", "填报单位: 2 个村"),
            ("2024 1:完成", "2024 1:完成"),
            ("6月 3：完成", "6月 3：完成"),
        ] {
            assert_eq!(without_clock(text), expected, "{text}");
        }
    }
}
