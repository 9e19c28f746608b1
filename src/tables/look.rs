//! What does a column hold? Counts of the kinds of texts in its cells, and whether a field could look so.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use memchr::memchr;

use super::grid::Seen;
use super::kinds_of_told::{tells_of_plan, tells_of_problem};
use super::text::{
    is_date, is_narrative, is_numeric, is_ordinal, is_percentage, is_status_word, is_tick, length, names_agencies,
    plain_form,
};
use super::vocabulary::unit_in_plain;
use crate::list::Field;
use crate::workbooks::{Cell, Value};

/// Length of a text, in characters, from which it can be nothing but a narrative.
const LONGEST_WORD: usize = 80;

/// Mean length up to which the cells of a column are single words.
const SHORT_WORDS: usize = 4;

/// Mean length, in characters, of figures with a unit and no words.
const SHORT_FIGURES: usize = 6;

/// Blocks from which on a text is a bar that shows how far a task is.
const SHORTEST_BAR: usize = 4;
/// The first byte in UTF-8 of the blocks of which bars are drawn.
const BLOCKS_BEGIN: u8 = 0xe2;

/// Digits from which on a text may be a telephone number.
const DIGITS: usize = 6;

/// Mean length from which the cells of a column without a known title tell a story.
const SHORTEST_STORY: usize = 8;

/// What the cells of one column look like. What is asked of few columns is counted when it is asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look<'t> {
    /// Non-blank cells.
    pub(crate) cells: usize,
    /// Characters of all cells together.
    pub(crate) characters: usize,
    /// Texts so long that they can be nothing but narratives.
    long: usize,
    /// The plain texts of all other cells, and as what the file holds each.
    texts: Vec<(Cow<'t, str>, Held)>,
    /// Figures, with or without a unit.
    numbers: OnceCell<usize>,
    /// Dates, months, years; and those among them that cannot be a count: 2024年底, 2024-12, but not 2024.
    dates: OnceCell<(usize, usize)>,
    /// Words that tell how far a task is.
    statuses: OnceCell<usize>,
    /// Sentences.
    narratives: OnceCell<usize>,
    /// Bare whole numbers and list marks.
    ordinals: OnceCell<usize>,
    /// How many different short texts there are, and whether one of them stands in several cells.
    words: OnceCell<(usize, bool)>,
    /// Names of offices.
    agencies: OnceCell<usize>,
    /// Whether nearly all cells are names of offices.
    is_of_agencies: OnceCell<bool>,
    /// Texts that tell what is to come, and texts that tell what is in the way, or that nothing is.
    plans_and_problems: OnceCell<(usize, usize)>,
}

/// As what a file holds a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Number,
    Date,
    Other,
}

/// Mean length from which short texts tell of hindrances or plans.
const SHORTEST_TOLD: usize = 4;

/// Short texts that are remembered of a column, and the longest of them in characters.
const WORDS_REMEMBERED: usize = 64;
/// See [`WORDS_REMEMBERED`].
const LONGEST_REMEMBERED: usize = 8;

/// How well a column's cells fit a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// The cells are what the field holds.
    Good,
    /// Nothing speaks against it.
    Possible,
    /// The cells are something else.
    Against,
}

impl<'t> Look<'t> {
    /// Adds a cell.
    pub(crate) fn add(&mut self, cell: &'t Cell) {
        self.add_plain(&cell.value, plain_form(&cell.text));
    }

    /// Adds a cell of a sheet that is looked at from several sides.
    pub(crate) fn add_seen(&mut self, seen: &Seen<'t>) {
        self.add_plain(&seen.cell.value, Cow::Borrowed(seen.plain()));
    }

    /// Adds a cell by its value and its plain text.
    fn add_plain(&mut self, value: &Value, plain: Cow<'t, str>) {
        let count = length(&plain);
        self.cells += 1;
        self.characters += count;
        if count > LONGEST_WORD {
            self.long += 1;
            return;
        }
        let held = match value {
            Value::Number(_) => Held::Number,
            Value::Date(_) => Held::Date,
            _ => Held::Other,
        };
        self.texts.push((plain, held));
    }

    /// The plain texts of the cells, but for long ones.
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(text, _)| &**text)
    }

    /// Figures, with or without a unit.
    pub(crate) fn numbers(&self) -> usize {
        *self.numbers.get_or_init(|| {
            let is_number = |(text, held): &&(Cow<str>, Held)| {
                let figure = *held == Held::Number || is_numeric(text);
                figure && *held != Held::Date && !is_date(text) && !is_status_word(text)
            };
            self.texts.iter().filter(is_number).count()
        })
    }

    /// Dates, months, years.
    pub(crate) fn dates(&self) -> usize {
        self.all_and_full_dates().0
    }

    fn all_and_full_dates(&self) -> (usize, usize) {
        *self.dates.get_or_init(|| {
            self.texts.iter().fold((0, 0), |(dates, full_dates), (text, held)| {
                let date = *held == Held::Date || is_date(text);
                let full_date = date && (*held == Held::Date || length(text) != 4);
                (dates + usize::from(date), full_dates + usize::from(full_date))
            })
        })
    }

    /// Words that tell how far a task is.
    pub(crate) fn statuses(&self) -> usize {
        *self.statuses.get_or_init(|| self.count(is_status_word))
    }

    /// Sentences.
    pub(crate) fn narratives(&self) -> usize {
        *self.narratives.get_or_init(|| self.long + self.count(is_narrative))
    }

    /// How many cells, but for long ones, are of a kind.
    fn count(&self, is_of_kind: impl Fn(&str) -> bool) -> usize {
        self.texts().filter(|text| is_of_kind(text)).count()
    }

    /// Whether at least two thirds of the cells are of a kind, and at least two. Once too many are not, no more are asked.
    fn nearly_all_are(&self, is_of_kind: impl Fn(&str) -> bool) -> bool {
        let fewest = (self.cells * 2).div_ceil(3).max(2);
        let Some(most_others) = self.texts.len().checked_sub(fewest) else { return false };
        self.texts().filter(|text| !is_of_kind(text)).nth(most_others).is_none()
    }

    /// Bare whole numbers and list marks.
    pub(crate) fn ordinals(&self) -> usize {
        *self.ordinals.get_or_init(|| self.count(is_ordinal))
    }

    /// Marks that say "this one": √, ●.
    pub(crate) fn ticks(&self) -> usize {
        self.count(is_tick)
    }

    /// States that offer all of them with boxes to tick: □未启动 ☑推进中.
    fn offered(&self) -> usize {
        self.count(|text| text.contains(['□', '☐', '☑']) && is_status_word(text))
    }

    /// How many different texts there are among the first short ones, and whether one of them stands in several cells.
    fn words(&self) -> (usize, bool) {
        *self.words.get_or_init(|| {
            let (mut words, mut repeats) = (BTreeSet::new(), false);
            for text in self.texts().filter(|text| length(text) <= LONGEST_REMEMBERED) {
                if words.len() == WORDS_REMEMBERED {
                    break;
                }
                repeats |= !words.insert(text);
            }
            (words.len(), repeats)
        })
    }

    /// Whether a short text stands in several cells, as the words for a state do.
    pub(crate) fn repeats(&self) -> bool {
        self.words().1
    }

    /// Names of offices.
    pub(crate) fn agencies(&self) -> usize {
        *self.agencies.get_or_init(|| self.count(names_agencies))
    }

    /// Whether nearly all cells are names of offices.
    fn is_of_agencies(&self) -> bool {
        *self.is_of_agencies.get_or_init(|| self.nearly_all_are(names_agencies))
    }

    /// Percentages among the figures.
    pub(crate) fn percentages(&self) -> usize {
        self.count(is_percentage)
    }

    /// Texts of at most three characters that may be units.
    pub(crate) fn units(&self) -> usize {
        self.count(is_unit)
    }

    /// Telephone numbers.
    pub(crate) fn telephones(&self) -> usize {
        self.count(is_telephone)
    }

    /// Whether nearly all cells are bars drawn of blocks: ███░░ 60%.
    fn is_of_bars(&self) -> bool {
        let block = |c: &char| matches!(c, '█' | '▉' | '▊' | '▇' | '▆' | '▓' | '▒' | '░' | '■' | '□' | '▰' | '▱');
        // All of them begin with one byte, which nearly all texts lack.
        let blocks = |text: &str| {
            memchr(BLOCKS_BEGIN, text.as_bytes()).is_some() && text.chars().filter(block).count() >= SHORTEST_BAR
        };
        self.nearly_all_are(blocks)
    }

    /// Texts that tell what is to come, and texts that tell what is in the way, or that nothing is.
    fn plans_and_problems(&self) -> (usize, usize) {
        *self.plans_and_problems.get_or_init(|| {
            self.texts().fold((0, 0), |(plans, problems), text| {
                let (plan, problem) = (tells_of_plan(text), tells_of_problem(text));
                (plans + usize::from(plan && !problem), problems + usize::from(problem && !plan))
            })
        })
    }

    /// Mean number of characters of a cell, rounded down.
    pub(crate) fn mean_length(&self) -> usize {
        self.characters.checked_div(self.cells).unwrap_or(0)
    }

    /// Whether at least half of the cells are of a kind.
    const fn mostly(&self, count: usize) -> bool {
        self.cells > 0 && count * 2 >= self.cells
    }

    /// Whether at least two thirds of the cells are of a kind, and at least two.
    pub(crate) const fn nearly_all(&self, count: usize) -> bool {
        count >= 2 && count * 3 >= self.cells * 2
    }

    /// Whether the numbers of the column run on from row to row, or are marks as 一、 and ① that only count.
    pub(crate) fn counts_up(&self) -> bool {
        let (mut rising, mut last) = (0, None);
        for number in self.texts().filter_map(|text| text.parse::<f64>().ok()) {
            rising += usize::from(number <= 1.0 || last.is_none_or(|last| number > last));
            last = Some(number);
        }
        last.is_none() || rising * 5 >= self.ordinals() * 4
    }

    /// Whether short figures stand in the cells and nothing else.
    pub(crate) fn holds_figures_alone(&self) -> bool {
        self.cells > 0 && self.numbers() == self.cells && self.mean_length() <= SHORT_FIGURES
    }

    /// Whether hardly any cell states a figure.
    pub(crate) fn hardly_any_figures(&self) -> bool {
        self.cells >= 4 && self.numbers() * 4 < self.cells
    }

    /// Whether the column is one of dates.
    pub(crate) fn is_of_dates(&self) -> bool {
        self.nearly_all(self.all_and_full_dates().1)
    }

    /// Whether at least half of the cells hold short words of their own, as names do and offices, villages and persons do not.
    pub(crate) fn is_varied(&self) -> bool {
        self.words().0 * 2 >= self.cells.min(WORDS_REMEMBERED)
    }

    /// Whether the cells are of a field so plainly that no title is needed.
    pub(crate) fn is_plainly(&self, field: Field) -> bool {
        match field {
            Field::Progress => {
                let story = self.mostly(self.narratives()) && self.mean_length() >= SHORTEST_STORY;
                story && !self.is_of_agencies()
            }
            // One cell with boxes is enough: nothing else offers states.
            Field::Status => self.nearly_all(self.statuses()) || self.cells > 0 && self.offered() == self.cells,
            Field::Rate => self.nearly_all_are(is_percentage),
            Field::Deadline => self.is_of_dates(),
            Field::Unit => self.nearly_all_are(is_unit),
            Field::Agencies => self.is_of_agencies(),
            Field::Contact => self.nearly_all_are(is_telephone),
            Field::Problem => self.nearly_all(self.plans_and_problems().1) && self.mean_length() >= SHORTEST_TOLD,
            Field::Plan => self.nearly_all(self.plans_and_problems().0) && self.mean_length() >= SHORTEST_TOLD,
            _ => false,
        }
    }

    /// How well the cells fit a field. A column without cells could be anything.
    pub(crate) fn fits(&self, field: Field) -> Fit {
        use Fit::{Against, Good, Possible};
        if self.cells == 0 {
            return Possible;
        }
        let choose = |good: bool, against: &dyn Fn() -> bool| {
            if good {
                return Good;
            }
            if against() { Against } else { Possible }
        };
        let figures = || self.mostly(self.numbers());
        let statuses = || self.mostly(self.statuses());
        let dated = || self.is_of_dates() && !figures();
        let sentences = || self.mostly(self.narratives()) || self.mean_length() >= 15;
        match field {
            Field::Number => choose(self.mostly(self.ordinals()), &|| sentences() || self.ordinals() * 4 < self.cells),
            Field::Target | Field::Done | Field::PeriodDone => choose(figures(), &|| {
                let too_long = self.numbers() * 4 < self.cells && self.mean_length() > 10;
                statuses() || too_long || dated() || sentences()
            }),
            Field::Rate => choose(figures(), &|| statuses() || sentences() || self.mean_length() > 8),
            Field::Status => choose(statuses(), &|| sentences() && self.mean_length() > 10 || figures()),
            // Words of four characters tell a state, not a story, whichever they are.
            Field::Progress => choose(sentences() && !self.is_of_agencies(), &|| {
                let words = self.mean_length() <= SHORT_WORDS && !self.mostly(self.narratives());
                let lists = || self.is_of_bars() || self.is_of_agencies();
                statuses() || figures() || dated() || words || lists()
            }),
            Field::Problem | Field::Plan | Field::Content => {
                choose(sentences(), &|| statuses() || figures() || dated())
            }
            Field::Name => {
                let other = figures() || statuses() || dated();
                choose(!other && self.mean_length() >= 3, &|| other)
            }
            Field::Indicator => choose(!figures() && !sentences() && !dated(), &|| figures() || dated()),
            Field::Unit => choose(self.mostly(self.units()), &|| {
                sentences() || figures() || self.mean_length() > 6 || self.is_of_agencies()
            }),
            Field::Agencies => choose(self.mostly(self.agencies()), &|| figures() || self.agencies() * 4 < self.cells),
            Field::Contact => {
                let short = self.mean_length() <= 8;
                choose(short || self.mostly(self.telephones()), &|| self.mean_length() > 30)
            }
            Field::Deadline => choose(self.mostly(self.dates()), &|| sentences() || statuses()),
            Field::Remark => Possible,
        }
    }
}

/// Whether a plain text names a unit and nothing else.
fn is_unit(text: &str) -> bool {
    unit_in_plain(text).is_some()
}

/// Whether a text has as many digits as a telephone number.
fn is_telephone(text: &str) -> bool {
    text.bytes().filter(|byte| byte.is_ascii_digit() || *byte == b'*').count() >= DIGITS
}
