//! Quantities as townships write them.

use super::*;
use crate::records::values::Precision;

fn shown(reading: &Reading<Quantity>) -> String {
    match reading {
        Reading::Blank => "blank".to_owned(),
        Reading::Unreadable => "unreadable".to_owned(),
        Reading::Read(Quantity { value, unit, precision, high }) => {
            let unit = unit.as_deref().unwrap_or("");
            let high = high.map(|high| format!("..{high}")).unwrap_or_default();
            let mark = match precision {
                Precision::About => "~",
                Precision::Over => ">",
                Precision::Exact | Precision::Range => "",
            };
            format!("{mark}{value}{high} {unit}").trim().to_owned()
        }
    }
}

fn text(written: &str, around: Option<&str>) -> String {
    shown(&read(&Value::Text(written.into()), written, around))
}

#[test]
fn numbers_as_townships_write_them() {
    for (written, expected) in [
        ("45.2", "45.2"),
        ("１２", "12"),
        ("1,200", "1200"),
        ("1，234.5", "1234.5"),
        ("45.2亿元", "45.2 亿元"),
        ("3.2亿", "3.2 亿元"),
        ("32000万元", "32000 万元"),
        ("1.18万亩", "1.18 万亩"),
        ("1.18 万\n亩", "1.18 万亩"),
        ("658万斤", "658 万斤"),
        ("5千克", "5 千克"),
        ("3千万元", "3000 万元"),
        ("5千户", "5000 户"),
        ("98％", "98 %"),
        ("98.5%", "98.5 %"),
        ("约30个", "~30 个"),
        ("近百人", "~100 人"),
        ("30个左右", "~30 个"),
        ("30余家", ">30 家"),
        ("三十余家", ">30 家"),
        ("十几个", ">10 个"),
        ("3万余人", ">3 万人"),
        ("100多万元", ">100 万元"),
        ("20家以上", ">20 家"),
        ("超60亿元", ">60 亿元"),
        ("≥30", ">30"),
        ("1.54以内", "1.54"),
        ("5%以内", "5 %"),
        ("3-5个", "3..5 个"),
        ("3个-5个", "3..5 个"),
        ("3～5", "3..5"),
        ("30%至40%", "30..40 %"),
        ("三至五家", "3..5 家"),
        ("两三个", "2..3 个"),
        ("八成", "80 %"),
        ("八成五", "85 %"),
        ("8成以上", ">80 %"),
        ("过半", ">50 %"),
        ("百分之七十五", "75 %"),
        ("十二", "12"),
        ("两千三百户", "2300 户"),
        ("三十万元", "30 万元"),
        ("累计完成45.2亿元", "45.2 亿元"),
        ("已建成3个村", "3 个"),
        ("120家企业", "120 家"),
        ("12（含续建3）个", "12 个"),
        ("12个（其中新建3个）", "12 个"),
        ("12个，其中新建3个", "12 个"),
        ("45.2（亿元）", "45.2 亿元"),
        ("12家，正在推进", "12 家"),
        ("0", "0"),
        ("0个", "0 个"),
        ("-3", "-3"),
        ("负3个", "-3 个"),
        ("十来个", ">10 个"),
        ("现有5个", "5 个"),
        ("年初至今5个", "5 个"),
        ("已完5个", "5 个"),
        ("截至6月3个", "3 个"),
        ("到6月底3个", "3 个"),
        ("完成了3个", "3 个"),
        ("3个√", "3 个"),
        ("已建3个", "3 个"),
        ("“5”", "5"),
        ("5*", "5"),
        ("3.2万人次", "3.2 万人次"),
        ("0.8个百分点", "0.8 个百分点"),
    ] {
        assert_eq!(text(written, None), expected, "{written}");
    }
}

#[test]
fn what_says_nothing_is_blank_and_what_cannot_be_read_is_said() {
    for written in ["", "无", "—", "-", "/", "暂无"] {
        assert_eq!(text(written, Some("个")), "blank", "{written}");
    }
    for written in [
        "正在统计",
        "若干",
        "较多",
        "全覆盖",
        "12,00",
        "3/5",
        "新建3个、改造5个",
        "2024年3月",
        "见附件",
        "几十",
        "1.2.3",
        "待定",
        "2024年底",
        "6月",
        "三季度",
        "一部分",
        "一些",
        "一大批",
        "一系列",
        "一点点",
        "1O",
        "l2",
    ] {
        assert_eq!(text(written, Some("个")), "unreadable", "{written}");
    }
}

#[test]
fn the_nearest_unit_wins() {
    for (written, around, expected) in [
        ("3.2", Some("亿元"), "3.2 亿元"),
        ("3.2亿", Some("万元"), "3.2 亿元"),
        ("32000万", Some("亿元"), "32000 万元"),
        ("1.18万", Some("亩"), "1.18 万亩"),
        ("320万元", Some("亿元"), "320 万元"),
        ("98%", Some("个"), "98 %"),
        ("3", None, "3"),
    ] {
        assert_eq!(text(written, around), expected, "{written} {around:?}");
    }
}

#[test]
fn stored_numbers_keep_their_digits_and_take_the_unit_shown() {
    for (number, written, around, expected) in [
        (45.2345, "45.2", None, "45.2345"),
        (0.753, "75.3%", None, "75.3 %"),
        (0.57, "57%", None, "57 %"),
        (3.2, "3.20亿元", None, "3.2 亿元"),
        (320_000.0, "32万元", None, "32 万元"),
        (0.1 + 0.2, "0.3", Some("亿元"), "0.3 亿元"),
        (1200.0, "1,200 ", Some("户"), "1200 户"),
        (45.0, "#####", Some("户"), "45 户"),
        (-1200.0, "(1,200)", None, "-1200"),
    ] {
        assert_eq!(shown(&read(&Value::Number(number), written, around)), expected, "{number} {written}");
    }
    assert_eq!(read(&Value::Date(45_356.0), "3月5日", None), Reading::Unreadable);
    assert_eq!(read(&Value::Error("#REF!".into()), "#REF!", None), Reading::Blank);
}
