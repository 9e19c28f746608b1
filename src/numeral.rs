//! Which number do Chinese numerals write: 三十二, 一百零五, 二〇二四, 两千三百万.

/// A number written in Chinese numerals at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeral {
    /// The number.
    pub value: f64,
    /// Length of the numerals in bytes.
    pub length: usize,
    /// 万 or 亿 where the numerals end in it (三十万): it belongs to the unit as written.
    pub ends_in: Option<char>,
    /// True where 余, 多 or 几 stands inside the numerals (三十余, 十几).
    pub over: bool,
    /// Upper end where two neighbouring digits were written: 两三.
    pub high: Option<f64>,
}

/// The value of one digit, 〇 to 九.
pub fn digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn scale(c: char) -> Option<f64> {
    Some(match c {
        '十' | '拾' => 10.0,
        '百' | '佰' => 100.0,
        '千' | '仟' => 1000.0,
        _ => return None,
    })
}

/// Reads the numerals at the beginning of a text; `None` where there are none.
pub fn read(text: &str) -> Option<Numeral> {
    let run: Vec<(usize, char)> = text
        .char_indices()
        .take_while(|(_, c)| {
            digit(*c).is_some() || scale(*c).is_some() || matches!(c, '万' | '亿' | '余' | '多' | '几')
        })
        .collect();
    let (_, first) = *run.first()?;
    if matches!(first, '万' | '亿' | '余' | '多' | '几') {
        return None;
    }
    digits_in_a_row(&run).or_else(|| neighbours(&run)).or_else(|| places(&run))
}

/// 二〇二四: digits written one after the other, at least three, or two with a zero.
fn digits_in_a_row(run: &[(usize, char)]) -> Option<Numeral> {
    let digits: Vec<u8> = run.iter().map_while(|(_, c)| digit(*c)).collect();
    let spelled = digits.len() >= 3 || (digits.len() == 2 && digits[1] == 0);
    if !spelled || digits.len() != run.len() {
        return None;
    }
    let value = digits.iter().fold(0.0, |value, digit| value * 10.0 + f64::from(*digit));
    Some(Numeral { value, length: end_of(run), ends_in: None, over: false, high: None })
}

/// 两三, 三五: a loose range of two digits.
fn neighbours(run: &[(usize, char)]) -> Option<Numeral> {
    let [(_, low), (_, high)] = *run else { return None };
    let (low, high) = (digit(low)?, digit(high)?);
    let length = end_of(run);
    (0 < low && low < high).then(|| Numeral {
        value: low.into(),
        length,
        ends_in: None,
        over: false,
        high: Some(high.into()),
    })
}

/// 三千零五十万: digits with their places.
fn places(run: &[(usize, char)]) -> Option<Numeral> {
    let (mut total, mut section, mut pending) = (0.0, 0.0, None);
    let (mut over, mut ends_in) = (false, None);
    for (_, c) in run {
        ends_in = None;
        if let Some(value) = digit(*c) {
            if pending.is_some_and(|before: f64| before > 0.0) {
                return None;
            }
            pending = Some(f64::from(value));
        } else if let Some(place) = scale(*c) {
            section += pending.take().unwrap_or(1.0) * place;
        } else if matches!(c, '余' | '多' | '几') {
            over = true;
        } else {
            section += pending.take().unwrap_or(0.0);
            total = if *c == '万' { total + section * 1e4 } else { (total + section) * 1e8 };
            (section, ends_in) = (0.0, Some(*c));
        }
    }
    let value = total + section + pending.unwrap_or(0.0);
    Some(Numeral { value, length: end_of(run), ends_in, over, high: None })
}

fn end_of(run: &[(usize, char)]) -> usize {
    run.last().map_or(0, |(at, c)| at + c.len_utf8())
}

/// The number that a circled numeral is: ① to ⑳.
pub fn circled(c: char) -> Option<u32> {
    ('①'..='⑳').contains(&c).then(|| u32::from(c) - u32::from('①') + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_as_offices_write_them() {
        for (text, value) in [
            ("三", 3.0),
            ("十", 10.0),
            ("十二", 12.0),
            ("三十", 30.0),
            ("三十二家", 32.0),
            ("一百零五", 105.0),
            ("两千三百", 2300.0),
            ("三万五千亩", 35_000.0),
            ("一亿二千万元", 120_000_000.0),
            ("二〇二四年", 2024.0),
            ("二零二七", 2027.0),
            ("百余人", 100.0),
            ("零", 0.0),
        ] {
            assert_eq!(read(text).unwrap().value.to_bits(), f64::to_bits(value), "{text}");
        }
    }

    #[test]
    fn loose_numerals_say_so() {
        assert!(read("三十余家").unwrap().over && read("十几个").unwrap().over);
        assert_eq!(read("两三个").unwrap().high, Some(3.0));
        assert_eq!(read("三十万元").unwrap().ends_in, Some('万'));
        assert_eq!(read("三万五千").unwrap().ends_in, None);
    }

    #[test]
    fn other_words_are_no_numerals() {
        for text in ["", "个", "万元", "几十", "多家", "3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
