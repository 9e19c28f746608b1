//! Which quantified targets does a task's content hold? Each with name, direction, value, unit, time and its words.
//!
//! Only figures count: 全覆盖 states none, and figures inside quotation marks belong to names (“15分钟”生活圈).

mod chinese;
mod figures;
mod names;
mod phrases;
mod timing;
mod units;

use self::figures::{Figure, figures};
use self::timing::Time;
pub(in crate::list) use self::timing::is_recurring;
use super::plan::{Indicator, Task};

/// A stretch of a content between commas: byte offsets, and whether a sentence begins with it.
#[derive(Debug, Clone, Copy)]
struct Clause {
    start: usize,
    end: usize,
    begins_sentence: bool,
}

/// Compiles the indicators of a task from its content, or from a name that is a sentence with the targets, where the
/// content only says how they are reached (按季调度). `years` are the plan's, `place` where the content stands.
pub fn compile(task: &Task, years: [u16; 2], place: &str) -> Vec<Indicator> {
    let deadline = task.deadline.as_ref().and_then(|deadline| deadline.get(..4));
    let by_default = deadline.map_or_else(|| years[1].to_string(), str::to_owned);
    let span = Span { by_default: &by_default, several_years: years[0] != years[1] };
    let of_content = compile_from(&task.content, &task.name, span, place);
    let name_states = !task.name_inherited && task.name.contains(['。', '，', ',']);
    if of_content.is_empty() && name_states { compile_from(&task.name, "", span, place) } else { of_content }
}

/// The time of a plan.
#[derive(Debug, Clone, Copy)]
struct Span<'a> {
    /// When a target is due that states no time.
    by_default: &'a str,
    /// Whether the plan is of several years: in a plan of one 年度投资 is that year's.
    several_years: bool,
}

/// Compiles the targets that a passage outside the list states.
pub(crate) fn compile_text(text: &str, last_year: u16, place: &str) -> Vec<Indicator> {
    let by_default = last_year.to_string();
    compile_from(text, "", Span { by_default: &by_default, several_years: true }, place)
}

/// The words around figures that stand without a unit where one is needed: ratios (收入比, 倍差) need none.
pub(crate) fn without_unit(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for clause in clauses(text) {
        let words = &text[clause.start..clause.end];
        for figure in figures(words).into_iter().filter(|figure| figure.unit.is_empty()) {
            let ratio = ["比", "倍差", "系数", "指数", "评分", "名", "："].iter().any(|word| words.contains(word));
            let target = leads_to_figure(&words[..figure.start]) || figure.end > figure.unit_end;
            if target && !ratio {
                found.push(words.trim().to_owned());
            }
        }
    }
    found
}

fn compile_from(text: &str, task: &str, span: Span<'_>, place: &str) -> Vec<Indicator> {
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut carried: Option<Time> = None;
    let figures = figures(text);
    let mut of_last_clause = 0;
    let mut of_sentence = 0;
    for clause in clauses(text) {
        if clause.begins_sentence {
            (carried, of_sentence) = (None, indicators.len());
        }
        // 达到4.6个（2025年）: the year in brackets is that of the clause before it.
        if let Some(year) = bracketed_year(text, clause) {
            for indicator in &mut indicators[of_last_clause..] {
                indicator.when.clone_from(&year);
            }
            continue;
        }
        of_last_clause = indicators.len();
        let own: Vec<&Figure> =
            figures.iter().filter(|figure| (clause.start..clause.end).contains(&figure.start)).collect();
        let stated = timing::stated(&text[clause.start..clause.end]);
        let part = text[clause.start..clause.end].trim_start().starts_with("其中");
        let mut from = clause.start;
        let mut shares = names::distributed(text, clause.start, &own, task);
        let mut from_start: Option<&str> = None;
        let mut of_last_figure: Option<(Time, &str)> = None;
        for (index, figure) in own.iter().enumerate() {
            let next = own.get(index + 1).map_or(clause.end, |next| next.start);
            let behind_end = text[figure.end..next].find('、').map_or(next, |offset| figure.end + offset);
            // What stands between two figures is the second one's, unless the first has no name without it.
            let behind_end = if next < clause.end && behind_end == next { figure.end } else { behind_end };
            let before = &text[from..figure.start];
            let behind = &text[figure.end..behind_end];
            let after = &text[figure.unit_end..figure.end];
            let between = &text[figure.end..next];
            if next < clause.end
                && let Some(measured) = phrases::measured_of_start(before, between)
            {
                from_start = Some(measured);
                continue;
            }
            if is_no_target(figure, before, after, behind, Some(between).filter(|_| next < clause.end)) {
                continue;
            }
            let share = shares.remove(&index);
            // The words of figures that are distributed begin with the list of what they are of.
            let quoted_from = share.as_ref().map_or(from, |share| share.from);
            let per = phrases::per_each(before).filter(|_| !figure.unit.is_empty() && !figure.unit.contains('/'));
            let own_time = share.as_ref().and_then(|share| share.year.clone()).map(Time::By);
            let own_time = own_time.or_else(|| timing::stated(&text[clause.start..figure.start]));
            let own_time = own_time.or_else(|| stated.clone().filter(|_| own.len() == 1));
            let measured = from_start.take().unwrap_or(before);
            let goes_before = &indicators[of_last_clause..];
            let named = match share {
                Some(share) => vec![share.name],
                None if per.is_some() => {
                    names::of(per.map_or(measured, |(measured, _)| measured), "", &indicators, part, task)
                }
                None if phrases::is_bare_verb(&phrases::name(before, behind))
                    && behind.is_empty()
                    && next < clause.end =>
                {
                    names::of(measured, between, &indicators, part, task)
                }
                // 14类6.8万个 count one thing twice.
                None if index > 0 && before.is_empty() => names::as_before(&indicators, task),
                None if names::goes_on(before, &phrases::name(measured, behind), &figure.unit, goes_before) => {
                    names::as_before(&indicators, task)
                }
                None => names::of(measured, behind, &indicators, part, task),
            };
            let unit = per.map_or_else(|| figure.unit.clone(), |(_, each)| format!("{}/{each}", figure.unit));
            for name in named {
                let name = names::with_subject(name, &unit, &indicators[of_sentence..]);
                let adds_up = phrases::adds_up(&name, &unit);
                let recurring = recurring(before, &figure.unit, own_time.as_ref(), span)
                    .or_else(|| goes_on(before, figure, of_last_figure.as_ref()));
                let once = !adds_up || phrases::builds(&name);
                let when = recurring.clone().or(own_time.clone()).or_else(|| carried_to(carried.as_ref(), once));
                of_last_figure = recurring.map(|time| (time, figure.unit.as_str()));
                let adds_up = adds_up && !matches!(when, Some(Time::Each(_)));
                let when = when.map_or_else(|| span.by_default.to_owned(), |time| time.text());
                indicators.push(Indicator {
                    name,
                    direction: phrases::direction(before, figure, after),
                    value: figure.value,
                    unit: unit.clone(),
                    when,
                    adds_up,
                    quote: quote(text, quoted_from, figure.end, behind, behind_end),
                    place: place.to_owned(),
                    confirmed: false,
                });
            }
            // What goes to this figure is none of the next one's name.
            from = if behind.trim().is_empty() { figure.end } else { behind_end };
        }
        // 每年 holds for a sentence that it opens; in the midst of one it holds for its own clause.
        match stated {
            Some(Time::EveryYear) if !clause.begins_sentence => carried = None,
            Some(Time::Each(_)) => {}
            Some(time) if !part => carried = Some(time),
            _ => {}
        }
    }
    indicators
}

/// The time that the sentence before a clause carries on to it: 每年 holds for the amounts that follow, not for levels
/// such as rates and for what is done `once`.
fn carried_to(carried: Option<&Time>, once: bool) -> Option<Time> {
    carried.filter(|time| !(once && **time == Time::EveryYear)).cloned()
}

/// Whether a figure only describes something. `between` stands between it and the next one of its clause, where there
/// is one.
fn is_no_target(figure: &Figure, before: &str, after: &str, behind: &str, between: Option<&str>) -> bool {
    let condition =
        between.is_some_and(|between| is_condition(after, between) || names_a_time(figure, before, between));
    condition
        || phrases::removes(before, after, behind)
        || phrases::tells_which(before, figure, after, behind)
        || (figure.unit.is_empty() && after.is_empty() && !leads_to_figure(before))
}

/// The time that comes again which the words in front of a figure imply, though none says 每年. A year that its clause
/// states goes before: 2027年年产值.
fn recurring(before: &str, unit: &str, stated: Option<&Time>, span: Span<'_>) -> Option<Time> {
    let grows = timing::is_yearly(before) && before.contains("年均");
    if stated.is_some() && !grows {
        return None;
    }
    let of_each_year = timing::of_each_year(before) && (span.several_years || ["%", "％", "‰"].contains(&unit));
    if timing::is_yearly(before) || of_each_year {
        return Some(Time::EveryYear);
    }
    timing::is_weekly(before).then_some(Time::Each("每周"))
}

/// The time of the figure before, where this one goes on with it: 年借阅量小学达到20册、初中达到12册.
fn goes_on(before: &str, figure: &Figure, last: Option<&(Time, &str)>) -> Option<Time> {
    last.filter(|(_, unit)| before.starts_with('、') && figure.unit == *unit).map(|(time, _)| time.clone())
}

/// Whether a figure only describes what the next one counts: 收入30万元以上的行政村占比达到85%.
fn is_condition(after: &str, between: &str) -> bool {
    ["以上", "以下", "及以上"].contains(&after) && !between.contains(['、', '和', '及']) && between.chars().count() >= 2
}

/// The year that a clause in brackets consists of.
fn bracketed_year(text: &str, clause: Clause) -> Option<String> {
    let words = text[clause.start..clause.end].trim();
    let year = words.trim_end_matches('底').strip_suffix('年')?;
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    (digits && text[..clause.start].ends_with(['(', '（'])).then(|| year.to_owned())
}

/// Whether a span of time only names what the next figure measures: 24小时扑灭率达到95%, 建成24小时自助服务点28个.
fn names_a_time(figure: &Figure, before: &str, between: &str) -> bool {
    let all_day = figure.unit == "小时" && (figure.value - 24.0).abs() < f64::EPSILON && figure.end == figure.unit_end;
    if all_day && between.trim().chars().count() >= 2 {
        return true;
    }
    ["分钟", "小时", "天"].contains(&figure.unit.as_str())
        && before.trim_matches(|c: char| c.is_whitespace() || "，,、".contains(c)).is_empty()
        && between.chars().count() >= 2
        && !between.contains('、')
}

/// Whether a bare number is a target by the word in front of it: 缩小到1.54.
fn leads_to_figure(before: &str) -> bool {
    ["到", "在", "至", "于", "达", "超过", "为"].iter().any(|word| before.trim_end().ends_with(word))
}

/// The words that an indicator comes from: from the last separator to the end of what it measures.
fn quote(text: &str, from: usize, figure_end: usize, behind: &str, behind_end: usize) -> String {
    let end = if behind.trim().is_empty() { figure_end } else { behind_end };
    text[from..end].trim_matches(|c: char| c.is_whitespace() || "、，,。；;".contains(c)).to_owned()
}

/// The clauses of a text. Brackets with a figure inside are clauses of their own.
fn clauses(text: &str) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let (mut start, mut begins_sentence) = (0, true);
    let mut quoted = 0usize;
    for (index, c) in text.char_indices() {
        match c {
            '“' | '《' => quoted += 1,
            '”' | '》' => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        let ends_sentence = "。；;\n".contains(c);
        let between_digits =
            c == ',' && text[..index].ends_with(|c: char| c.is_ascii_digit()) && is_thousands(&text[index + 1..]);
        let bracket =
            "(（".contains(c) && holds_figure(&text[index..]) || ")）".contains(c) && closes_figure(&text[..index]);
        if quoted == 0 && (ends_sentence || "，,：:".contains(c) && !between_digits || bracket) {
            clauses.push(Clause { start, end: index, begins_sentence });
            start = index + c.len_utf8();
            begins_sentence = ends_sentence;
        }
    }
    clauses.push(Clause { start, end: text.len(), begins_sentence });
    clauses
}

fn is_thousands(rest: &str) -> bool {
    rest.bytes().take_while(u8::is_ascii_digit).count() == 3
}

fn holds_figure(bracket: &str) -> bool {
    let end = bracket.find([')', '）']).unwrap_or(bracket.len());
    bracket[..end].chars().any(|c| c.is_ascii_digit())
}

fn closes_figure(before: &str) -> bool {
    before.rfind(['(', '（']).is_some_and(|open| before[open..].chars().any(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
