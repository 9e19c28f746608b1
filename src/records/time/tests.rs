//! Periods and days as offices write them.

use super::*;

fn periods(text: &str) -> Vec<String> {
    read(text).periods.iter().filter_map(|period| period.in_year(None)).map(|period| period.to_string()).collect()
}

#[test]
fn periods_as_offices_write_them() {
    for (text, expected) in [
        ("2024年一季度", "2024Q1"),
        ("2024年任务三季报", "2024Q3"),
        ("2024年半年报", "2024H1"),
        ("2024年半年度投资", "2024H1"),
        ("2024年下半年报", "2024H2"),
        ("霓屿街道办24.1-3月", "2024Q1"),
        ("2024年第一季度", "2024Q1"),
        ("2024年第1季度责任分解落实情况", "2024Q1"),
        ("二〇二四年二季度", "2024Q2"),
        ("2024年1—3月", "2024Q1"),
        ("2024年1-6月", "2024H1"),
        ("2024年4-6月份", "2024Q2"),
        ("2024年1月至3月", "2024Q1"),
        ("截至2024年3月底", "2024Q1"),
        ("截至2024年6月底", "2024H1"),
        ("2024年6月末完成数", "2024H1"),
        ("截至二〇二四年六月底", "2024H1"),
        ("截至2024年9月底", "2024Q3"),
        ("截至2024年5月底", "2024-05"),
        ("每周调度表(第14周至第26周)暨2024年二季度汇总", "2024Q2"),
        ("2024年第1-13周调度,一季度", "2024Q1"),
        ("2024年上半年工作", "2024H1"),
        ("2024年前三季度", "2024Q3"),
        ("北岙街道2024.3", "2024-03"),
        ("2024-03", "2024-03"),
        ("202403", "2024-03"),
        ("2024年3月份进展", "2024-03"),
        ("2024Q1", "2024Q1"),
        ("霓屿街道2024年Q1重点工作销号表", "2024Q1"),
        ("大门镇“千万工程”二季度进度(2024年)", "2024Q2"),
        ("实施方案(2023—2027年)责任分解2024年一季度", "2024Q1"),
        ("洞政办发〔2023〕14号 2024年第三季度", "2024Q3"),
        ("2024年第12周", "2024W12"),
        ("2024年度", "2024"),
        ("24年一季度", "2024Q1"),
        ("2024.1-3", "2024Q1"),
        ("2024年三月份", "2024-03"),
        ("2024年一至三月", "2024Q1"),
        ("二〇二四年四月到六月", "2024Q2"),
        ("二〇二四年四月份至六月份", "2024Q2"),
        ("2024年第一季", "2024Q1"),
        ("24Q2", "2024Q2"),
        ("2024.01-2024.03", "2024Q1"),
        ("2024年1月—2024年3月", "2024Q1"),
        ("2024年1月1日至3月31日", "2024Q1"),
        ("2024/4/1-2024/6/30", "2024Q2"),
        ("1月1日—6月30日(2024年)", "2024H1"),
        ("2024年头三个月", "2024Q1"),
        ("2024年一、二季度", "2024H1"),
        ("二0二四年四季度", "2024Q4"),
        ("2024.1季度", "2024Q1"),
        ("2024年元月", "2024-01"),
        ("附件08-6月情况表2024年", "2024-06"),
    ] {
        assert_eq!(periods(text), [expected], "{text}");
    }
}

#[test]
fn texts_without_a_period() {
    for text in [
        "",
        "2023—2027年",
        "一周一调度、一月一通报、一季一研判",
        "2024年4月8日",
        "2024年4月1日至4月8日",
        "东屏街道",
        "20240408",
        "2024-04-08 10:12",
        "2024/4/8 8:51:09",
        "12345",
        "明年一季度继续推进",
        "去年的第四季度",
        "上年12月底",
        "下一季度打算",
        "上一季度遗留问题",
    ] {
        assert_eq!(periods(text), [""; 0], "{text}");
    }
}

#[test]
fn a_part_without_its_year_waits_for_one() {
    let times = read("一季度完成情况");
    assert_eq!(times.periods, [NamedPeriod { year: None, part: Some(PeriodPart::Quarter(1)), up_to: false }]);
    assert_eq!(times.periods[0].in_year(Some(2024)).map(|period| period.to_string()).as_deref(), Some("2024Q1"));
}

#[test]
fn days_as_offices_write_them() {
    for text in [
        "填报日期:2024年4月8日",
        "2024.4.8",
        "2024-04-08",
        "2024/4/8",
        "20240408",
        "二〇二四年4月8日",
        "二〇二四年四月八日",
    ] {
        let days: Vec<Option<Day>> = read(text).days.into_iter().map(NamedDay::day).collect();
        assert_eq!(days, [Some(Day { year: 2024, month: 4, day: 8 })], "{text}");
    }
    for (text, month, day) in
        [("七月三日", 7, 3), ("十二月三十一日", 12, 31), ("三月二十号", 3, 20), ("四月十日", 4, 10)]
    {
        assert_eq!((read(text).days[0].month, read(text).days[0].day), (month, day), "{text}");
    }
    assert!(read("一月一通报、十日一调度").days.is_empty());
    assert_eq!(read("2024年2月30日").days[0].day(), None);
    assert_eq!((read("日期:4.9").days[0].month, read("7月3日").days[0].day), (4, 3));
}

#[test]
fn the_last_day_of_a_quarter_closes_it() {
    let closed = |text: &str| read(text).days[0].period_it_closes().map(|period| period.to_string());
    assert_eq!(closed("20240331").as_deref(), Some("2024Q1"));
    assert_eq!(closed("截至2024年4月30日").as_deref(), Some("2024-04"));
    assert_eq!(closed("20240408"), None);
    // Figures counted up to the end of June are those of the half-year; a date alone is the quarter's last.
    assert_eq!(closed("截至2024年6月30日").as_deref(), Some("2024H1"));
    assert_eq!(closed("20240630").as_deref(), Some("2024Q2"));
}
