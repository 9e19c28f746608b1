//! Which words are those of a row that sums up, counts or ranks other rows?

use super::counts_in_words::counts_records_in_words;
use super::table::RowRole;
use super::text::{has_at_most, is_date, is_status_word, length};
use crate::words::Words;

/// Whether words sum up a time from its beginning: 本年累计, 本季累计, 自年初累计, 1-6月累计, 二季度合计.
pub(super) fn sums_up_time(bare: &str) -> bool {
    const TIMES: [&str; 18] = [
        "本页",
        "至本页",
        "截至本页",
        "以上",
        "本年",
        "本年度",
        "全年",
        "今年",
        "年初至今",
        "自年初",
        "本季",
        "本季度",
        "本月",
        "本期",
        "本周",
        "上半年",
        "年内",
        "当年",
    ];
    let Some(time) = ["累计", "累计数"].iter().find_map(|end| bare.strip_suffix(end)) else { return false };
    TIMES.contains(&time) || is_date(time) || time.strip_suffix('底').is_some_and(is_date)
}

/// Whether a word means a sum only where no task stands beside it: 全乡 may be the place, 累计 the kind of figure.
pub(super) fn is_sum_alone(bare: &str) -> bool {
    matches!(bare, "全镇" | "全街道" | "全乡" | "汇总" | "总数" | "累计" | "平均" | "总")
}

/// Whether a word means an average of the rows above: 平均, 月均, 第1页平均, 全部平均完成率.
pub(super) fn is_mean(bare: &str) -> bool {
    static WHOLE: Words = Words::new("本页 本表 全部 总体 各项 全街道 全镇 全乡");
    static TOGETHER: Words = Words::new("合并完成率 综合完成率 总体完成率");
    const OF_WHAT: [&str; 10] = ["", "值", "数", "完成率", "完成比例", "完成进度", "进度", "得分", "分", "比例"];
    /// Longest of such words, in characters: what is averaged before and behind 平均.
    const LONGEST: usize = 5 + 2 + 4;
    if !has_at_most(bare, LONGEST) {
        return false;
    }
    let mean = bare.contains('均')
        && bare.split_once("平均").is_some_and(|(all, what)| length(all) <= 5 && OF_WHAT.contains(&what));
    let of_all =
        WHOLE.beginning(bare).map(|all| &bare[all.len()..]).any(|what| !what.is_empty() && OF_WHAT.contains(&what));
    let together = TOGETHER.end(bare);
    mean || of_all
        || together && has_at_most(bare, 10)
        || matches!(bare, "月均" | "季均" | "日均" | "周均" | "均值" | "村均" | "镇均")
}

/// Whether a row without a number sums up those above in words: 亮灯小结.
pub(super) fn sums_up(bare: &str) -> bool {
    has_at_most(bare, 6) && bare.ends_with("小结") || matches!(bare, "得分" | "总分" | "扣分" | "评分" | "序时进度")
}

/// Whether a text counts the tasks in one state or in several: 推进中4项, 正常8 滞后2 办结2 未启动1.
pub(super) fn counts_states(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let digits = |c: char| c.is_ascii_digit();
        let Some(place) = rest.find(digits) else { return false };
        if !is_status_word(rest[..place].trim_end_matches(':')) {
            return false;
        }
        rest = rest[place..].trim_start_matches(digits).trim_start_matches(['项', '个', '条', '件', '人', '票']);
        // 推进顺利9(64.3%).
        let share = rest.strip_prefix('(').and_then(|rest| rest.split_once("%)"));
        let is_share = |share: &str| share.chars().all(|c| c.is_ascii_digit() || c == '.');
        rest = share.filter(|(share, _)| is_share(share)).map_or(rest, |(_, behind)| behind);
        rest = rest.trim_start_matches([',', ';', '、', '/', '。', '|']);
    }
    !text.is_empty()
}

/// Whether a text counts the rows and tells the kinds among them, whatever those are called: 13个,其中达成5个、正常8个.
pub(super) fn counts_kinds(text: &str) -> bool {
    let Some((all, kinds)) = text.trim_end_matches('。').split_once("其中") else { return false };
    let counted = |text: &str| {
        let words = text.trim_start_matches(|c: char| c.is_ascii_digit());
        words.len() < text.len() && matches!(words, "项" | "个" | "条" | "件")
    };
    let kind = |text: &str| {
        let number = text.find(|c: char| c.is_ascii_digit());
        number.is_some_and(|place| length(&text[..place]) <= 5 && counted(&text[place..]))
    };
    counted(all.trim_start_matches('共').trim_end_matches([',', ';', ':']))
        && kinds.trim_start_matches(':').split(['、', ',', ';']).all(kind)
}

/// Whether a text counts the rows and then how many of them are in some state, each with its counter: 14件,已办结5件.
pub(super) fn counts_with_kinds(text: &str) -> bool {
    const COUNTERS: [&str; 8] = ["项", "件", "条", "个", "宗", "起", "项任务", "个项目"];
    let digit = |c: char| c.is_ascii_digit();
    let text = text.trim_end_matches('。').trim_start_matches(['共', '计', '总']).trim_end_matches(')');
    let mut parts = text.split([',', ';', '、', '(']);
    let all = parts.next().unwrap_or_default();
    let counted = |number: &str| {
        let counter = number.trim_start_matches(digit);
        counter.len() < number.len() && (COUNTERS.contains(&counter) || counter == "%")
    };
    if !counted(all) || all.ends_with('%') {
        return false;
    }
    // The words and the number of each kind; 办结率36% has a share instead.
    let kinds: Vec<(&str, &str)> = parts
        .map(|kind| {
            let kind = kind.trim_start_matches("其中").trim_start_matches(':');
            kind.split_at(kind.find(digit).unwrap_or(0))
        })
        .map(|(words, number)| (words.trim_end_matches(':'), number))
        .collect();
    let kind = |(words, number): &(&str, &str)| (2..=5).contains(&length(words)) && counted(number);
    kinds.iter().all(kind) && kinds.iter().any(|(words, _)| is_status_word(words))
}

/// Whether a text is a short word and how many there are of it: 进展缓慢1, 已办结2项.
pub(super) fn counts_one_kind(text: &str) -> bool {
    let number = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (kind, counted) = text.split_at(number);
    let rest = counted.trim_start_matches(|c: char| c.is_ascii_digit());
    (2..=5).contains(&length(kind.trim_end_matches(':'))) && matches!(rest, "" | "项" | "个" | "条" | "件")
}

/// Whether words say that the row counts those above: 统计, 状态统计, 小结.
pub(super) fn names_tally(bare: &str) -> bool {
    has_at_most(bare, 6)
        && ["统计", "小结", "汇总", "合计", "总计", "计数", "累计"].iter().any(|end| bare.ends_with(end))
}

/// Whether words count the rows of the table: 共3个项目, 共12项任务.
fn counts_records(bare: &str) -> bool {
    static ALL: Words = Words::new("总共 共 本办 本科 本线 本组 本页 本表 以上");
    let Some(rest) = ALL.beginning(bare).next().map(|all| &bare[all.len()..]) else { return false };
    let rest = rest.strip_prefix('共').unwrap_or(rest);
    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = ["个项目", "项任务", "项工作", "项", "条", "个任务", "件", "个事项", "条记录"];
    words.len() < rest.len() && counted.contains(&words)
}

/// Whether a line says how many records an office reports: 社会事务办公室共报5项。
pub(super) fn tells_their_number(bare: &str) -> bool {
    let Some((who, rest)) = bare.trim_end_matches('。').rsplit_once('共') else { return false };
    let counted = ["报", "有", "计", "上报", "报送", "完成"].iter().find_map(|word| rest.strip_prefix(word));
    let rest = counted.unwrap_or(rest);
    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    has_at_most(who, 16)
        && !who.ends_with('(')
        && words.len() < rest.len()
        && matches!(words, "项" | "条" | "个" | "件" | "项任务" | "条任务" | "个任务")
}

/// Whether words say how many rows there are in all, whatever they call them: 共检索到15条记录, 合计15条.
pub(super) fn counts_all(bare: &str) -> bool {
    static ALL: Words = Words::new("共 合计 总计 累计 全部 本次 总");
    const COUNTED: [&str; 9] = ["条记录", "项任务", "条数据", "个任务", "项", "条", "件", "个", "宗"];
    if ALL.beginning(bare).next().is_none() {
        return false;
    }
    let counted = COUNTED.iter().find_map(|counted| bare.strip_suffix(counted));
    has_at_most(bare, 14) && counted.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether words name a row that ranks the columns: 各村名次.
pub(super) fn ranks(bare: &str) -> bool {
    has_at_most(bare, 8) && ["名次", "排名", "位次", "排序"].iter().any(|end| bare.ends_with(end))
}

/// Whether words carry a sum from one printed page or one time to the next: 承前页, 过次页, 上季结转, 年初余额.
pub(super) fn carries_over(bare: &str) -> bool {
    static BEFORE: Words = Words::new("上年 上季 上季度 上月 上期 上周 去年 年初 季初 月初 期初 期末 前期");
    const CARRIED: [&str; 9] = ["结转", "转入", "结存", "余额", "结余", "累计数", "转来", "结转数", "滚存"];
    let mut of_before = BEFORE.beginning(bare).map(|before| &bare[before.len()..]);
    if of_before.any(|carried| CARRIED.contains(&carried))
        || matches!(bare, "结转下季" | "结转下年" | "结转下期" | "结转下月")
    {
        return true;
    }
    matches!(
        bare,
        "承前页"
            | "承上页"
            | "接上页"
            | "接前页"
            | "承前"
            | "过次页"
            | "过下页"
            | "转次页"
            | "转下页"
            | "接下页"
            | "过页"
    )
}

/// Whether words count rows, not what stands in them: 任务数, 本周按计划项数.
pub(super) fn counts_rows(bare: &str) -> bool {
    const ENDS: [&str; 8] = ["项数", "任务数", "指标数", "件数", "条数", "个数", "勾数", "灯数"];
    // 已完成任务数(件).
    let bare = bare.split('(').next().unwrap_or(bare);
    has_at_most(bare, 14) && ENDS.iter().any(|end| bare.ends_with(end))
}

/// Last words of rows that sum up those above, as people say it: 各村相加, 8项合在一起.
static SUMS: Words =
    Words::new("一共 加起来 合起来 拢共 总共 相加 加总 累加 合在一起 加在一起 之和 加一块 加一起 凑一块 合一块");

/// Whether words are those of a total or subtotal.
pub(super) fn total_role(bare: &str) -> Option<RowRole> {
    static OF_PART: Words = Words::new("小计 分计");
    static OF_ALL: Words = Words::new("合计 总计 共计 总合计 共记 合记");
    // None of the words is of ASCII alone, as figures are.
    if bare.is_ascii() {
        return None;
    }
    let short = has_at_most(bare, 10);
    let is = |words: &Words| short && (words.end(bare) || words.beginning(bare).next().is_some());
    if is(&OF_PART) {
        Some(RowRole::Subtotal)
    } else if is(&OF_ALL)
        || matches!(bare, "求和" | "总和" | "计" | "Σ" | "∑" | "村计" | "办计" | "页计" | "组计" | "片计" | "类计")
        || SUMS.end(bare) && has_at_most(bare, 8)
        || is_sum_alone(bare)
        || sums_up_time(bare)
        || is_mean(bare)
        || counts_records(bare)
        || counts_records_in_words(bare)
    {
        Some(RowRole::Total)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_in_the_words_of_people() {
        for text in ["各村相加", "三条路加一块", "加总", "Σ", "计", "7项合在一起", "三村之和"] {
            assert!(total_role(text).is_some(), "{text}");
        }
        for text in ["计划", "统计", "相加任务", "会计"] {
            assert!(total_role(text).is_none(), "{text}");
        }
        for text in ["本办3项", "以上6项", "本页共4项"] {
            assert!(counts_records(text), "{text}");
        }
        assert!(!counts_records("本办工作3项") && counts_rows("勾数") && is_mean("本任务合并完成率"));
        assert!(counts_kinds("13个,其中达成5个、正常8个") && counts_kinds("共12项;其中:绿灯7项,红灯5项"));
        assert!(
            counts_all("共检索到15条记录")
                && counts_all("合计15条")
                && !counts_all("新增15条")
                && !counts_all("共富工坊")
        );
        assert!(!counts_kinds("3个,其中新开工1个、已结顶") && !counts_kinds("其中2项"));
    }

    #[test]
    fn counts_of_all_rows_with_kinds_among_them() {
        for text in ["14件,已办结5件", "共21项,完成9项,在办12项", "14件(已办结5件)", "9条,其中:销号4条,销号率44%"]
        {
            assert!(counts_with_kinds(text), "{text}");
        }
        for text in ["14件", "3个,新增2个", "完成14件,已办结5件案件", "建成2处,完成投资5亿元", "12户,已完成", ""]
        {
            assert!(!counts_with_kinds(text), "{text}");
        }
    }

    #[test]
    fn counts_of_states_are_told_from_states() {
        for text in ["推进中4项", "正常8滞后2办结2未启动1", "已完成:3个;滞后:1个", "推进顺利9(64.3%);有点慢2(14.3%)"]
        {
            assert!(counts_states(text), "{text}");
        }
        for text in ["", "推进中", "正常推进,完成3个", "8", "完成投资5亿元"] {
            assert!(!counts_states(text), "{text}");
        }
    }
}
