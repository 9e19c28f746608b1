//! Which rows are totals, subtotals and averages, and which only count rows?

use super::grid::Seen;
use super::rows::{Body, Draft, Drafted};
use super::table::RowRole;
use super::text::{
    has_section_mark, is_date, is_numeric, is_ordinal, is_status_word, is_village, length, plain, quoted,
};
use super::vocabulary::without_translation;
use crate::list::Field;
use crate::location::CellRef;
use crate::numeral::circled;

/// Numbered records from which on a row without a number is something else.
const FEWEST_NUMBERED: usize = 4;
/// At most so many rows below the records compare or count.
const MOST_BELOW: usize = 12;
/// Records above them of which is asked whether they have a number or name an official task.
const RECORDS_COMPARED: usize = 200;

impl Body<'_, '_> {
    /// Whether the row carries a sum over to the next page, or counts rows below them, and why.
    pub(super) fn counts_only(&self, cells: &[Seen], texts: &[String]) -> Option<String> {
        let first = cells.first()?;
        let bare = texts[0].trim_matches(|c: char| "()【】[]:—-".contains(c));
        // In an account book the day stands before it.
        let task =
            cells.iter().zip(texts).find(|(seen, _)| matches!(self.field(seen), Some(Field::Name | Field::Content)));
        let task = task.map_or("", |(_, text)| text.trim_matches(|c: char| "()【】[]:—-".contains(c)));
        if let Some(carried) = [bare, task].into_iter().find(|words| carries_over(words)) {
            return Some(format!("写着“{carried}”，是转记前面或后面的行"));
        }
        // The words stand over 序号 and the task together, and only figures behind them.
        let named = (first.left()..=first.right()).any(|column| {
            let field = self.columns.iter().find(|candidate| candidate.column == column).and_then(|it| it.field);
            field.is_some_and(|field| matches!(field, Field::Name | Field::Content | Field::Indicator))
        });
        let numbered = self.field(first) == Some(Field::Number);
        let figures = cells.len() >= 2 && texts[1..].iter().all(|text| is_numeric(text));
        let opens_section = has_section_mark(bare) || has_section_mark(&texts[0]);
        let task_beside =
            || cells[1..].iter().any(|seen| matches!(self.field(seen), Some(Field::Name | Field::Content)));
        let wide = numbered
            && !is_ordinal(bare)
            && if opens_section { named || !task_beside() } else { named && !self.official.is_task(bare) };
        let counts = figures && (wide || counts_rows(bare) && self.opens(first) && !self.official.is_task(bare));
        if ranks(bare) && self.opens(first) && !cells[1..].iter().any(|seen| self.reports(seen)) {
            return Some(format!("写着“{}”，是排名的行", quoted(&first.cell.text)));
        }
        let tallies = cells.len() >= 2
            && texts[1..].iter().all(|text| is_numeric(text) || counts_states(text) || counts_kinds(text))
            && texts[1..].iter().any(|text| counts_states(text) || counts_kinds(text));
        // 绿5黄1红1 alone in its row.
        let lone = cells.len() == 1 && counts_states(&texts[0]) && !self.official.is_task(bare);
        if lone || tallies && (names_tally(bare) || counts_rows(bare)) && self.opens(first) {
            return Some(format!("写着“{}”，后面只有各种状态的项数，是计数的行", quoted(&first.cell.text)));
        }
        counts.then(|| format!("写着“{}”，后面只有数字，是计数的行", quoted(&first.cell.text)))
    }

    /// Takes the rows right below a total that only count parts of it for totals, too: 其中:牵头任务 │ 12项.
    pub(super) fn find_parts_of_totals(&self, drafts: &mut [Drafted]) {
        let mut below_total = false;
        for drafted in drafts {
            below_total = match drafted.draft {
                Draft::Role(RowRole::Total | RowRole::Subtotal) => true,
                Draft::Role(RowRole::Record) if below_total => {
                    let cells: Vec<Seen> = self.cells(drafted.row).collect();
                    let texts: Vec<String> = cells.iter().map(|seen| plain(&seen.cell.text)).collect();
                    let counted = |text: &String| is_numeric(text) && text.ends_with(['项', '个', '条', '件']);
                    let [name, counts @ ..] = texts.as_slice() else { continue };
                    let of_state = is_status_word(name.trim_start_matches("其中").trim_matches([':', '-', '—']));
                    (of_state || !drafted.reports)
                        && !counts.is_empty()
                        && counts.iter().all(counted)
                        && !is_ordinal(name)
                        && !self.official.is_task(name)
                }
                _ => false,
            };
            if below_total && drafted.draft == Draft::Role(RowRole::Record) {
                drafted.draft = Draft::Role(RowRole::Total);
                drafted.counts_only = true;
                "合计下面的分项，只有项数，是计数的行".clone_into(&mut drafted.why);
            }
        }
    }

    /// Takes the last rows of a table that numbers its records or names official tasks for no records, where they do
    /// neither and hold nothing but figures: 序时进度 │ 50%.
    pub(super) fn find_figures_below(&self, drafts: &mut [Drafted]) {
        let records: Vec<usize> =
            (0..drafts.len()).filter(|index| drafts[*index].draft == Draft::Role(RowRole::Record)).collect();
        let below = records.iter().rev().take(MOST_BELOW + 1);
        let below = below.take_while(|index| self.is_of_figures_alone(drafts[**index].row)).count();
        if !(1..=MOST_BELOW).contains(&below) {
            return;
        }
        let numbered = |index: &&usize| {
            let row = drafts[**index].row;
            is_ordinal(&self.text_of(row, Field::Number)) || self.official.is_task(&self.text_of(row, Field::Name))
        };
        let (above, below) = records.split_at(records.len() - below);
        let near = &above[above.len().saturating_sub(RECORDS_COMPARED)..];
        let all = near.iter().filter(numbered).count();
        if all < FEWEST_NUMBERED || all * 10 < near.len() * 9 {
            return;
        }
        for index in below {
            drafts[*index].draft = Draft::Role(RowRole::Total);
            drafts[*index].counts_only = true;
            "最后几行没有序号、不是任务，只有数字，是比较或统计的行".clone_into(&mut drafts[*index].why);
        }
    }

    /// Whether a row has no number, names something that is no task and no part of one, and holds only figures.
    fn is_of_figures_alone(&self, row: u32) -> bool {
        let name = self.text_of(row, Field::Name);
        let marked = |c| matches!(c, '其' | '-' | '—' | '·' | '(') || circled(c).is_some();
        let part = is_village(&name) || name.starts_with(marked);
        let mut cells = self.cells(row);
        let figures = cells.all(|seen| {
            let text = plain(&seen.cell.text);
            // A target of its own makes a task of it, if an unofficial one.
            let own_target = self.field(&seen) == Some(Field::Target) && !text.ends_with('项');
            let figure = is_numeric(&text) || counts_states(&text);
            self.field(&seen) == Some(Field::Name) || figure && !own_target
        });
        let numbered = self.cells(row).any(|seen| self.field(&seen) == Some(Field::Number));
        figures && !numbered && !part && length(&name) >= 3 && !self.official.is_task(&name)
    }

    /// Whether the cell above is the kind of figure that counts one month or quarter alone.
    fn is_other_kind(&self, seen: &Seen) -> bool {
        let above = seen.region.first.row.checked_sub(1).filter(|row| (self.rows.0..=self.rows.1).contains(row));
        let above = above.and_then(|row| self.grid.seen_at(CellRef::new(row, seen.left())));
        let kinds = ["当月", "本月", "当季", "本季", "本季度", "当期", "本期", "本周", "当年"];
        above.is_some_and(|above| kinds.contains(&plain(&above.cell.text).as_str()))
    }

    /// Takes rows that bear a section mark and figures alone for headings, where nearly all other records have a number:
    /// (一)产业 │ 60%.
    pub(super) fn find_counted_headings(&self, drafts: &mut [Drafted]) {
        let is_record = |drafted: &Drafted| drafted.draft == Draft::Role(RowRole::Record);
        let has_number = |row: u32| is_ordinal(&self.text_of(row, Field::Number));
        let heads = |row: u32| {
            let texts: Vec<String> = self.cells(row).map(|seen| plain(&seen.cell.text)).collect();
            let of_task = [Some(Field::Name), Some(Field::Indicator)];
            let named = self.cells(row).next().is_some_and(|first| of_task.contains(&self.field(&first)));
            named && texts.len() >= 2 && has_section_mark(&texts[0]) && texts[1..].iter().all(|text| is_numeric(text))
        };
        let records = drafts.iter().filter(|drafted| is_record(drafted));
        let (unmarked, numbered) = records.fold((0, 0), |(unmarked, numbered), drafted| {
            (unmarked + usize::from(!heads(drafted.row)), numbered + usize::from(has_number(drafted.row)))
        });
        if numbered < FEWEST_NUMBERED || numbered * 10 < unmarked * 9 {
            return;
        }
        for drafted in drafts.iter_mut().filter(|drafted| is_record(drafted)) {
            if heads(drafted.row) && !has_number(drafted.row) {
                drafted.draft = Draft::Role(RowRole::Section);
                "没有序号，后面只有数字，是分节标题".clone_into(&mut drafted.why);
            }
        }
    }

    /// Whether a cell stands where a row says what it is about.
    fn opens(&self, seen: &Seen) -> bool {
        let field = self.field(seen);
        matches!(field, None | Some(Field::Number | Field::Name | Field::Content | Field::Indicator | Field::Agencies))
    }

    /// Whether a cell opens a row that names no task, in a column that should hold something else: 二季度总计 below dates.
    fn opens_without_task(&self, seen: &Seen, cells: &[Seen]) -> bool {
        let first = cells.first().is_some_and(|first| first.left() == seen.left());
        let task = |seen: &Seen| matches!(self.field(seen), Some(Field::Name | Field::Content | Field::Indicator));
        let told =
            self.field(seen).is_some_and(|field| matches!(field, Field::Progress | Field::Problem | Field::Plan));
        first && !told && cells.len() >= 2 && !cells.iter().any(task)
    }

    /// Whether the row is a subtotal or a total, and the word that says so.
    pub(super) fn total(&self, cells: &[Seen], texts: &[String]) -> Option<(RowRole, String)> {
        cells
            .iter()
            .zip(texts)
            .take(3)
            .filter(|(seen, _)| self.opens(seen) || self.opens_without_task(seen, cells))
            .find_map(|(seen, text)| {
                let bare = text.trim_matches(|c: char| "()【】[]:—-".contains(c));
                // 每月记事合计(条) beside its figures: what is counted stands behind the word.
                let short = bare.split(['(', ':']).next().filter(|before| cells.len() >= 2 && length(before) >= 2);
                let bare = short.unwrap_or(bare);
                let bare = without_translation(bare).unwrap_or(bare);
                // 全乡 beside the name of a task is where the task was done, not a sum; beside 34项 it is one.
                let of_task = (is_sum_alone(bare) || is_mean(bare) || sums_up_time(bare))
                    && cells.iter().zip(texts).any(|(other, text)| {
                        other.left() != seen.left()
                            && matches!(self.field(other), Some(Field::Name | Field::Content))
                            && !is_numeric(text)
                    });
                // So is 发包收入合计 behind a numbered task: an indicator, or what the task is.
                let field_before =
                    |field| cells.iter().any(|other| self.field(other) == Some(field) && other.left() < seen.left());
                let of_task = of_task
                    || matches!(self.field(seen), Some(Field::Indicator | Field::Content))
                        && field_before(Field::Number)
                        && field_before(Field::Name);
                let numbered = cells.iter().any(|other| self.field(other) == Some(Field::Number));
                // 累计 below 当月 under one task is the other kind of figure.
                let of_task = of_task || bare.ends_with("累计") && self.is_other_kind(seen);
                let role = total_role(bare).or_else(|| (!numbered && sums_up(bare)).then_some(RowRole::Total));
                role.filter(|_| !of_task).map(|role| (role, quoted(&seen.cell.text)))
            })
    }
}

/// Whether words sum up a time from its beginning: 本年累计, 本季累计, 自年初累计, 1-6月累计, 二季度合计.
fn sums_up_time(bare: &str) -> bool {
    const TIMES: [&str; 14] = [
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
fn is_sum_alone(bare: &str) -> bool {
    matches!(bare, "全镇" | "全街道" | "全乡" | "汇总" | "总数" | "累计" | "平均" | "总")
}

/// Whether a word means an average of the rows above: 平均, 月均, 第1页平均, 全部平均完成率.
pub(super) fn is_mean(bare: &str) -> bool {
    const OF_WHAT: [&str; 10] = ["", "值", "数", "完成率", "完成比例", "完成进度", "进度", "得分", "分", "比例"];
    let mean = bare.split_once("平均").is_some_and(|(all, what)| length(all) <= 5 && OF_WHAT.contains(&what));
    let whole = ["本页", "本表", "全部", "总体", "各项", "全街道", "全镇", "全乡"];
    let of_all =
        whole.iter().filter_map(|all| bare.strip_prefix(all)).any(|what| !what.is_empty() && OF_WHAT.contains(&what));
    let together = ["合并完成率", "综合完成率", "总体完成率"].iter().any(|rate| bare.ends_with(rate));
    mean || of_all
        || together && length(bare) <= 10
        || matches!(bare, "月均" | "季均" | "日均" | "周均" | "均值" | "村均" | "镇均")
}

/// Whether a row without a number sums up those above in words: 亮灯小结.
fn sums_up(bare: &str) -> bool {
    length(bare) <= 6 && bare.ends_with("小结") || matches!(bare, "得分" | "总分" | "扣分" | "评分" | "序时进度")
}

/// Whether a text counts the tasks in one state or in several: 推进中4项, 正常8 滞后2 办结2 未启动1.
fn counts_states(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let digits = |c: char| c.is_ascii_digit();
        let Some(place) = rest.find(digits) else { return false };
        if !is_status_word(rest[..place].trim_end_matches(':')) {
            return false;
        }
        rest = rest[place..].trim_start_matches(digits).trim_start_matches(['项', '个', '条', '件']);
        rest = rest.trim_start_matches([',', ';', '、', '/', '。', '|']);
    }
    !text.is_empty()
}

/// Whether a text counts the rows and tells the kinds among them, whatever those are called: 13个,其中达成5个、正常8个.
fn counts_kinds(text: &str) -> bool {
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

/// Whether words say that the row counts those above: 统计, 状态统计, 小结.
fn names_tally(bare: &str) -> bool {
    length(bare) <= 6 && ["统计", "小结", "汇总", "合计", "总计", "计数"].iter().any(|end| bare.ends_with(end))
}

/// Whether words count the rows of the table: 共3个项目, 共12项任务.
fn counts_records(bare: &str) -> bool {
    const ALL: [&str; 9] = ["总共", "共", "本办", "本科", "本线", "本组", "本页", "本表", "以上"];
    let Some(rest) = ALL.iter().find_map(|all| bare.strip_prefix(all)) else { return false };
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
    length(who) <= 16
        && !who.ends_with('(')
        && words.len() < rest.len()
        && matches!(words, "项" | "条" | "个" | "件" | "项任务" | "条任务" | "个任务")
}

/// Whether words name a row that ranks the columns: 各村名次.
fn ranks(bare: &str) -> bool {
    length(bare) <= 8 && ["名次", "排名", "位次", "排序"].iter().any(|end| bare.ends_with(end))
}

/// Whether words carry a sum from one printed page or one time to the next: 承前页, 过次页, 上季结转, 年初余额.
fn carries_over(bare: &str) -> bool {
    const BEFORE: [&str; 13] =
        ["上年", "上季", "上季度", "上月", "上期", "上周", "去年", "年初", "季初", "月初", "期初", "期末", "前期"];
    const CARRIED: [&str; 9] = ["结转", "转入", "结存", "余额", "结余", "累计数", "转来", "结转数", "滚存"];
    let of_before = BEFORE.iter().filter_map(|before| bare.strip_prefix(before));
    if of_before.into_iter().any(|carried| CARRIED.contains(&carried))
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
fn counts_rows(bare: &str) -> bool {
    const ENDS: [&str; 8] = ["项数", "任务数", "指标数", "件数", "条数", "个数", "勾数", "灯数"];
    length(bare) <= 14 && ENDS.iter().any(|end| bare.ends_with(end))
}

/// Last words of rows that sum up those above, as people say it: 各村相加, 8项合在一起.
const SUMS: [&str; 11] =
    ["一共", "加起来", "合起来", "拢共", "总共", "相加", "加总", "累加", "合在一起", "加在一起", "之和"];

/// Whether words are those of a total or subtotal.
pub(super) fn total_role(bare: &str) -> Option<RowRole> {
    let count = length(bare);
    let is = |words: &[&str]| {
        words.iter().any(|word| bare == *word || count <= 10 && (bare.ends_with(word) || bare.starts_with(word)))
    };
    if is(&["小计", "分计"]) {
        Some(RowRole::Subtotal)
    } else if is(&["合计", "总计", "共计", "总合计"])
        || matches!(bare, "求和" | "总和" | "计" | "Σ" | "∑" | "村计" | "办计" | "页计" | "组计" | "片计" | "类计")
        || count <= 8 && SUMS.iter().any(|word| bare.ends_with(word))
        || is_sum_alone(bare)
        || sums_up_time(bare)
        || is_mean(bare)
        || counts_records(bare)
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
        for text in ["各村相加", "加总", "Σ", "计", "7项合在一起", "三村之和"] {
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
        assert!(!counts_kinds("3个,其中新开工1个、已结顶") && !counts_kinds("其中2项"));
    }

    #[test]
    fn counts_of_states_are_told_from_states() {
        for text in ["推进中4项", "正常8滞后2办结2未启动1", "已完成:3个;滞后:1个"] {
            assert!(counts_states(text), "{text}");
        }
        for text in ["", "推进中", "正常推进,完成3个", "8", "完成投资5亿元"] {
            assert!(!counts_states(text), "{text}");
        }
    }
}
