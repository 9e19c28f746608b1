//! Which differences between an official text and a reported one change what is asked?

use std::ops::Range;

use super::super::wording::{Piece, Pieces, share};
use super::alignment::{Alignment, Difference};
use super::degree::{are_owed, differs, is_elsewhere, sets_a_condition};
use super::same_words::say_the_same;
use super::words::{
    OPPOSITES, TURNING, ask_alike, is_abbreviated, is_plain, is_plain_but_for_a_word, is_plainer, is_tentative,
    only_joins, reverses, weighs, without_verb,
};
use crate::records::values::unit::known_at;

/// A long text with few words changed, clauses that were left out aside, was copied from this share on, whatever the
/// other rows do.
pub(super) const COPIED_ROW: f64 = 0.8;
/// Shorter texts agree by chance.
const LONG: usize = 14;

/// Decides which differences change the meaning.
pub(super) struct Judge<'a> {
    pub(super) old: &'a Pieces,
    pub(super) new: &'a Pieces,
    /// Official name of the task.
    pub(super) title: &'a str,
    pub(super) alignment: &'a Alignment,
    pub(super) name: bool,
    /// It is a name, and the file has names of its own.
    pub(super) own_names: bool,
    pub(super) clerk: Clerk,
}

/// How the clerk handles the official text, here and in the other rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clerk {
    /// The text is near enough to the official one for any change of words to count.
    pub(super) copies: bool,
    /// The file copies the contents to the letter nearly everywhere.
    pub(super) to_the_letter: bool,
    /// No other row of the file that copies its content leaves out any of it.
    pub(super) never_shortens: bool,
}

impl Judge<'_> {
    /// Whether a difference changes what is asked.
    pub(super) fn turns(&self, difference: &Difference) -> bool {
        let (gone, come) = (self.old.text(difference.old.clone()), self.new.text(difference.new.clone()));
        if self.is_hedged(difference, &gone, &come) {
            return true;
        }
        // A name is the clerk's own, unless it says the contrary; so is what stands for its last word.
        let last = difference.old.end == self.old.list.len() && difference.new.end == self.new.list.len();
        if self.own_names || (self.name && last && is_plain(&gone)) {
            let elsewhere = self.is_alone() && is_elsewhere(&gone, &come);
            return self.own_names && (elsewhere || self.is_of_another_level(difference));
        }
        if self.name && is_plain(&gone) && !reverses(&come) && !is_tentative(&come) && difference.old.start == 0 {
            return false;
        }
        self.asks_otherwise(difference, &gone, &come) && !self.is_rewording(difference, &gone, &come)
    }

    /// Whether a difference changes what is asked, unless it is only a rewording.
    fn asks_otherwise(&self, difference: &Difference, gone: &str, come: &str) -> bool {
        let (less, more) = (difference.old.len(), difference.new.len());
        let turned = reverses(come) != reverses(gone) || (come.is_empty() != gone.is_empty() && negates(gone, come));
        match (less, more) {
            (1, 1) => are_opposites(gone, come),
            (0, 1) => !self.name && matches!(come, "不" | "未" | "非"),
            (1, 0) => !self.name && matches!(gone, "不" | "未" | "非"),
            // A remark at either end is the clerk's own, unless it turns the very clause it stands in; so is an item
            // more in an enumeration.
            (0, _) => {
                const LONG: usize = 3;
                let inside = !is_whole(self.new, &difference.new);
                let waits = sets_a_condition(come);
                // A condition stands before what depends on it.
                let before = waits && difference.old.start < self.old.list.len();
                let joins = come.ends_with(['和', '与', '及']);
                let counts = (self.clerk.to_the_letter && more >= LONG) || (weighs(come) && !joins);
                !self.name && (before || inside && (turned || waits || (counts && !self.at_an_end(difference))))
            }
            // Words left out are shortening, unless what was forbidden is so no more, or a clerk who copies the text
            // left out for whom something is done, or a duty amid the others where they never do.
            (_, 0) => {
                let inside = !is_whole(self.old, &difference.old);
                let owed = self.clerk.copies && are_owed(gone) && !self.is_summed_up(difference);
                !self.name && ((inside && turned) || owed || self.is_a_duty_left_out(difference))
            }
            _ => {
                let words = (2..=12).contains(&less.max(more)) && less.min(more) * 4 >= less.max(more);
                words && (self.clerk.copies || turned || are_opposites(gone, come))
            }
        }
    }

    /// Whether what is asked is only tried, or no more only tried, or asked in another degree: 逐步落实 for 全面落实, 试行
    /// for 建立健全, 重点村 for 行政村全覆盖.
    fn is_hedged(&self, difference: &Difference, gone: &str, come: &str) -> bool {
        const LONGEST_STRETCH: usize = 12;
        let length = difference.old.len().max(difference.new.len());
        !self.name
            && !gone.is_empty()
            && !come.is_empty()
            && length <= LONGEST_STRETCH
            && (is_tentative(gone) != is_tentative(come) || differs(gone, come))
            && !has_figure(&self.old.list[difference.old.clone()])
            && !has_figure(&self.new.list[difference.new.clone()])
            && (differs(gone, come) || !say_the_same(gone, come))
            && !self.moved(gone, come)
    }

    /// Whether 等 stands for what was left out.
    fn is_summed_up(&self, difference: &Difference) -> bool {
        self.new.list.get(difference.new.start) == Some(&Piece::Char('等'))
    }

    /// Whether whole clauses amid the others are left out, nothing else is, and the clerk leaves out none elsewhere.
    fn is_a_duty_left_out(&self, difference: &Difference) -> bool {
        const SHORTEST: usize = 6;
        let clause = |at: usize| self.old.clauses.get(at).copied().unwrap_or(true);
        let whole = clause(difference.old.start) && clause(difference.old.end);
        let amid = difference.old.start > 0 && difference.old.end < self.old.list.len();
        self.clerk.never_shortens && self.is_alone() && whole && amid && difference.old.len() >= SHORTEST
    }

    /// Whether a difference asks the same in other words.
    fn is_rewording(&self, difference: &Difference, gone: &str, come: &str) -> bool {
        // Figures that were left out or added are shortening, or the figures' own check; so is what a figure counts in.
        self.is_a_measure(difference)
            || has_figure(&self.old.list[difference.old.clone()])
            || has_figure(&self.new.list[difference.new.clone()])
            || (is_plain(gone) && is_plain(come))
            || (is_plain(come) && is_plain_but_for_a_word(gone))
            || ask_alike(gone, come)
            || (say_the_same(gone, come) && !differs(gone, come))
            || are_same(gone, come)
            || is_abbreviated(gone, come)
            || (!gone.is_empty() && only_joins(come))
            || is_plainer(gone, come)
            || self.is_said_by_the_name(come)
            || (come.is_empty() && self.is_said_by_the_name(gone))
            || self.says_how_many(difference)
            || self.moved(gone, come)
    }

    /// The one stretch that differs in a text that is otherwise the official one, whole clauses that were left out aside,
    /// whatever the other rows of the file do: 重点保障居民住宅用地 for 重点保障乡村产业发展用地.
    pub(super) fn only_change(&self) -> Option<&Difference> {
        let pairs = self.alignment.pairs.len();
        let copied = self.new.list.len() >= LONG
            && share(pairs, self.new.list.len()) >= COPIED_ROW
            && share(pairs, taken_up(self.alignment, self.old)) >= COPIED_ROW;
        let other_beginning = has_other_beginning(self.alignment, self.old, self.new);
        if !copied && !other_beginning {
            return None;
        }
        let told = |difference: &&Difference| {
            if difference.new.is_empty() {
                return false;
            }
            let (gone, come) = (self.old.text(difference.old.clone()), self.new.text(difference.new.clone()));
            self.is_hedged(difference, &gone, &come) || !self.is_rewording(difference, &gone, &come)
        };
        let opposite = |difference: &Difference| {
            are_opposites(&self.old.text(difference.old.clone()), &self.new.text(difference.new.clone()))
        };
        let mut changes = self.alignment.differences.iter().filter(told).filter(|difference| !opposite(difference));
        let only = changes.next()?;
        if changes.next().is_some() {
            return None;
        }
        let copied = copied
            && (self.depends(only) || is_word_for_word(only) || self.is_turned(only))
            && !is_plain(&self.new.text(only.new.clone()))
            && self.is_within_a_clause(only)
            && self.alignment.differences.iter().all(|other| self.is_shortening(other) || other == only);
        (copied || other_beginning).then_some(only)
    }

    /// Whether words were put in that make what is asked depend on something.
    fn depends(&self, difference: &Difference) -> bool {
        let inside = !is_whole(self.new, &difference.new);
        difference.old.is_empty() && inside && sets_a_condition(&self.new.text(difference.new.clone()))
    }

    /// Whether other words stand there that turn what is asked: 强制退出 for 自愿有偿退出.
    fn is_turned(&self, difference: &Difference) -> bool {
        let (gone, come) = (self.old.text(difference.old.clone()), self.new.text(difference.new.clone()));
        !gone.is_empty() && reverses(&come) && !reverses(&gone)
    }

    /// Whether a difference lies in one clause, of which the text takes up some.
    fn is_within_a_clause(&self, difference: &Difference) -> bool {
        const TAKEN: usize = 4;
        let crosses = |text: &Pieces, range: &Range<usize>| (range.start + 1..range.end).any(|at| text.clauses[at]);
        let start = (0..=difference.old.start).rev().find(|at| self.old.clauses[*at]).unwrap_or(0);
        let length = self.old.list.len();
        let end = (difference.old.end..length).find(|at| self.old.clauses[*at]).unwrap_or(length);
        let taken = self.alignment.pairs.iter().filter(|(old, _)| (start..end).contains(old)).count();
        !crosses(self.old, &difference.old) && !crosses(self.new, &difference.new) && taken >= TAKEN
    }

    /// Whether a difference leaves out whole clauses or a word, or asks the same in other words.
    fn is_shortening(&self, difference: &Difference) -> bool {
        const WORD: usize = 3;
        let (gone, come) = (self.old.text(difference.old.clone()), self.new.text(difference.new.clone()));
        let left_out =
            difference.new.is_empty() && (difference.old.len() <= WORD || is_whole(self.old, &difference.old));
        left_out || self.is_rewording(difference, &gone, &come) || are_opposites(&gone, &come)
    }

    /// Whether the words that came stand in the task's own name: 洞头样板 for 市域样板.
    fn is_said_by_the_name(&self, come: &str) -> bool {
        let come = come.trim_matches(['的', '地', '之']);
        !self.name && come.chars().count() >= 2 && self.title.contains(come)
    }

    /// Whether the difference is the measure word after 多 or 各: 多种 for 多渠道.
    fn says_how_many(&self, difference: &Difference) -> bool {
        let many = |text: &Pieces, range: &Range<usize>| {
            let before = range.start.checked_sub(1).and_then(|at| text.list.get(at));
            (1..=2).contains(&range.len()) && matches!(before, Some(Piece::Char('多' | '各')))
        };
        many(self.old, &difference.old) && many(self.new, &difference.new)
    }

    /// Whether the difference is the measure after a figure: 1.18万公顷 for 1.18万亩.
    fn is_a_measure(&self, difference: &Difference) -> bool {
        let measure = |text: &Pieces, range: &Range<usize>| {
            let figure = range.start.checked_sub(1).and_then(|before| text.list.get(before));
            let written = text.text(range.clone());
            matches!(figure, Some(Piece::Figure(_))) && known_at(&written) == Some(written.len())
        };
        measure(self.old, &difference.old) && measure(self.new, &difference.new)
    }

    /// Whether words only stand at another place of the text.
    fn moved(&self, gone: &str, come: &str) -> bool {
        const WORD: usize = 4;
        // 收入和 for 与, where 收入 is left out elsewhere; 重点培育 for 确定, where 作为重点培育对象 is.
        let bare = come.trim_matches(['和', '与', '及', '的']);
        let thing = without_verb(bare);
        let mut others = self.alignment.differences.iter();
        others.any(|other| {
            let lost = if other.new.is_empty() { self.old.text(other.old.clone()) } else { String::new() };
            let left_out = !bare.is_empty()
                && (lost == bare
                    || (lost == thing && thing.chars().count() >= 2)
                    || (lost.contains(bare) && bare.chars().count() >= WORD));
            let put_in = other.old.is_empty() && self.new.text(other.new.clone()) == gone && !gone.is_empty();
            left_out || (come.is_empty() && put_in)
        })
    }

    /// Whether the village stands for the county, or the other way round: 村级自管机制 for 县级统管机制.
    fn is_of_another_level(&self, difference: &Difference) -> bool {
        let level = |text: &Pieces, range: &Range<usize>| {
            let [Piece::Char(level), Piece::Char('级')] = *text.list.get(range.start..range.start + 2)? else {
                return None;
            };
            (range.len() == 1 && "国省市区县镇乡村".contains(level)).then(|| level.to_string())
        };
        let levels = level(self.old, &difference.old).zip(level(self.new, &difference.new));
        levels.is_some_and(|(one, other)| !are_same(&one, &other))
    }

    fn is_alone(&self) -> bool {
        self.alignment.differences.len() == 1
    }

    fn at_an_end(&self, difference: &Difference) -> bool {
        difference.old.start == 0 || difference.old.end == self.old.list.len()
    }
}

/// Whether a word or some stand for others, about as many.
fn is_word_for_word(difference: &Difference) -> bool {
    let (gone, come) = (difference.old.len(), difference.new.len());
    gone.min(come) >= 2 && 3 * gone.min(come) >= gone.max(come)
}

/// Whether words that were put in or left out deny what stands behind them: 单独登记，不纳入.
fn negates(gone: &str, come: &str) -> bool {
    [gone, come].into_iter().any(|text| text.ends_with(['不', '未', '非']))
}

/// Whether one character stands for another that turns the meaning, be it of a word: 以上 for 以内.
fn are_opposites(gone: &str, come: &str) -> bool {
    let (gone, come) = apart(gone, come);
    let both = |group: &&str| group.contains(gone.as_str()) && group.contains(come.as_str());
    is_single(&gone, &come) && !are_same(&gone, &come) && (TURNING.iter().any(both) || OPPOSITES.iter().any(both))
}

/// Whether one character stands for another that says the same: 2以下 and 2以内, the county and the district that it is.
fn are_same(gone: &str, come: &str) -> bool {
    let (gone, come) = apart(gone, come);
    is_single(&gone, &come)
        && ["下内", "区县", "以之"].iter().any(|group| group.contains(gone.as_str()) && group.contains(come.as_str()))
}

fn is_single(gone: &str, come: &str) -> bool {
    [gone, come].into_iter().all(|one| one.chars().count() == 1)
}

/// What two words have not in common at their beginnings and ends.
fn apart(gone: &str, come: &str) -> (String, String) {
    let (mut gone, mut come): (Vec<char>, Vec<char>) = (gone.chars().collect(), come.chars().collect());
    while gone.len().min(come.len()) > 1 && gone.last() == come.last() {
        gone.pop();
        come.pop();
    }
    while gone.len().min(come.len()) > 1 && gone[0] == come[0] {
        gone.remove(0);
        come.remove(0);
    }
    (gone.into_iter().collect(), come.into_iter().collect())
}

/// How many pieces the official clauses have that the text takes up, a third of each at least.
fn taken_up(alignment: &Alignment, old: &Pieces) -> usize {
    let mut starts: Vec<usize> = (0..old.list.len()).filter(|at| old.begins[*at]).collect();
    starts.push(old.list.len());
    // Pairs stand in order.
    let before = |at: usize| alignment.pairs.partition_point(|(old, _)| *old < at);
    let paired = |from: usize, to: usize| before(to) - before(from);
    starts
        .windows(2)
        .filter(|pair| 3 * paired(pair[0], pair[1]) >= pair[1] - pair[0])
        .map(|pair| pair[1] - pair[0])
        .sum()
}

/// Whether a text is the official one, figure and all, with other words at its beginning: 新增建设用地80亩 for
/// 整治盘活低效建设用地80亩.
fn has_other_beginning(alignment: &Alignment, old: &Pieces, new: &Pieces) -> bool {
    const SAME: usize = 6;
    let [only] = alignment.differences.as_slice() else { return false };
    let begins = only.old.start == 0 && only.new.start == 0 && only.old.len() >= 4 && only.new.len() >= 2;
    let figures = alignment.pairs.iter().any(|(one, other)| {
        matches!((old.list[*one], new.list[*other]), (Piece::Figure(one), Piece::Figure(other)) if one.to_bits() == other.to_bits())
    });
    begins && figures && alignment.pairs.len() >= SAME
}

/// Whether two texts have a figure in common, without which [`has_other_beginning`] does not hold however they are laid
/// beside each other.
pub(super) fn may_have_other_beginning(old: &Pieces, new: &Pieces) -> bool {
    let figure = |piece: &Piece| if let Piece::Figure(value) = piece { Some(value.to_bits()) } else { None };
    let mut figures = new.list.iter().filter_map(figure);
    figures.any(|reported| old.list.iter().filter_map(figure).any(|official| official == reported))
}

/// Whether a name of the clerk's own may put the country for the town, or one level for another, all the same; else
/// [`Judge::turns`] holds for no difference however the two are laid beside each other.
pub(super) fn may_be_elsewhere(old: &Pieces, new: &Pieces) -> bool {
    let names_a_level = |text: &Pieces| text.list.contains(&Piece::Char('级'));
    let whole = |text: &Pieces| text.text(0..text.list.len());
    (names_a_level(old) && names_a_level(new)) || is_elsewhere(&whole(old), &whole(new))
}

fn has_figure(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Figure(_)))
}

/// Whether a range is made of whole clauses or items of a list.
fn is_whole(text: &Pieces, range: &Range<usize>) -> bool {
    let begins = |at: usize| text.begins.get(at).copied().unwrap_or(true);
    begins(range.start) && begins(range.end)
}
