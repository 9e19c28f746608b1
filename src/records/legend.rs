//! Which marks stand for which state, where a note or a title of the sheet says so: A—已完成；B—推进中.

use std::collections::BTreeMap;

use super::values::{Status, status_of};
use crate::list::Field;
use crate::tables::{RowRole, SheetLayout, plain};
use crate::workbooks::Workbook;

/// Marks and the states that they stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Legend(BTreeMap<String, Status>);

/// Longest mark, in characters: A, ①, 绿, 绿灯.
const LONGEST_MARK: usize = 2;
/// Longest words for a state, in characters.
const LONGEST_STATE: usize = 10;

impl Legend {
    /// The legend that the texts of a sheet give; texts that contradict each other give none for the mark.
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut states: BTreeMap<String, Option<Status>> = BTreeMap::new();
        for text in texts {
            let pairs = pairs(text);
            // One pair may be anything; a legend tells at least two states apart.
            let distinct = pairs.iter().any(|(_, state)| *state != pairs[0].1);
            for (mark, state) in pairs.into_iter().filter(|_| distinct) {
                let known = states.entry(mark).or_insert(Some(state));
                if *known != Some(state) {
                    *known = None;
                }
            }
        }
        Self(states.into_iter().filter_map(|(mark, state)| Some((mark, state?))).collect())
    }

    /// The state that a cell's mark stands for.
    pub(crate) fn state(&self, text: &str) -> Option<Status> {
        if self.0.is_empty() || text.len() > 16 {
            return None;
        }
        self.0.get(&plain(text)).copied()
    }
}

/// The marks of one text with their states: parts such as A—已完成, A:已完成, √表示已完成, A已完成.
fn pairs(text: &str) -> Vec<(String, Status)> {
    // ■完成 ▲滞后: a sign behind white space begins the next part.
    let begins = |word: &str| {
        word.starts_with(['■', '▣', '□', '▲', '△', '●', '○', '◎', '★', '☆', '◆', '◇', '√', '×', '✓', '✔', '▢', '▤'])
    };
    // 蓝灯—完成 绿灯—正常: so do words of which several are pairs by themselves.
    let of_pairs = text.split_whitespace().filter(|word| pair(&plain(word)).is_some()).count() >= 2;
    let apart = |word: &str| if of_pairs || begins(word) { format!(";{word}") } else { word.to_owned() };
    let text = plain(&text.split_whitespace().map(apart).collect::<String>());
    let parts = text.split([';', ',', '、', '。', '(', ')', '|', '；', '，', '/']);
    let label_off = |part: &'_ str| {
        let labels = ["说明:", "注:", "图例:", "其中:"];
        let place = labels.iter().filter_map(|label| Some(part.find(label)? + label.len())).max();
        // *灯号:蓝=已完成.
        let before_pair = || part.split_once('=').and_then(|(ahead, _)| Some(ahead.rfind(':')? + 1));
        place.or_else(before_pair).map_or(part.to_owned(), |place| part[place..].to_owned())
    };
    let mut pairs = Vec::new();
    // 黄、红=滞后: the first of them waits for what the second one stands for.
    let mut waiting: Vec<String> = Vec::new();
    for part in parts.map(label_off) {
        match pair(&part) {
            Some((mark, state)) => {
                pairs.extend(waiting.drain(..).map(|mark| (mark, state)));
                pairs.push((mark, state));
            }
            None if (1..=LONGEST_MARK).contains(&part.chars().count()) => waiting.push(part),
            None => waiting.clear(),
        }
    }
    pairs
}

/// A mark and its state.
fn pair(part: &str) -> Option<(String, Status)> {
    (1..=LONGEST_MARK).find_map(|count| {
        let end = part.char_indices().nth(count).map(|(end, _)| end)?;
        let (mark, rest) = part.split_at(end);
        let joined = rest.trim_start_matches(['—', '-', ':', '=', '–', '为', '"', '“', '”']);
        let joined = ["表示", "代表", "指", "是"].iter().find_map(|word| joined.strip_prefix(word)).unwrap_or(joined);
        let apart = joined.len() < rest.len();
        // Without a stroke between them only a sign or a letter can be a mark.
        let sign = !mark.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_ascii_digit());
        let state = joined.trim_matches(['"', '“', '”', ' ']);
        let short = (2..=LONGEST_STATE).contains(&state.chars().count());
        let no_state = status_of(mark).is_none() || sign;
        (short && (apart || sign) && no_state).then(|| Some((mark.to_owned(), status_of(state)?)))?
    })
}

/// What each sheet says its marks stand for: in a note, or in the title of the column of states.
pub(super) fn legends(workbook: &Workbook, layouts: &[SheetLayout]) -> Vec<Legend> {
    let legend = |layout: &SheetLayout| {
        let sheet = &workbook.sheets[layout.sheet];
        let outside = layout.outside.iter().filter_map(|outside| sheet.cell(outside.at));
        let notes = layout.tables.iter().flat_map(|table| {
            let notes = table.rows.iter().filter(|row| row.role == RowRole::Note);
            notes.flat_map(|row| sheet.row(row.row))
        });
        let states = layout.tables.iter().flat_map(|table| &table.columns);
        let titles = states.filter(|column| column.field == Some(Field::Status)).map(|column| &*column.title);
        Legend::of(outside.chain(notes).map(|cell| &*cell.text).chain(titles))
    };
    layouts.iter().map(legend).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(text: &str, marks: &[&str]) -> Vec<Option<Status>> {
        let legend = Legend::of(std::iter::once(text));
        marks.iter().map(|mark| legend.state(mark)).collect()
    }

    #[test]
    fn marks_and_their_states() {
        use Status::{Behind, Completed, NotStarted, UnderWay};
        assert_eq!(
            states("自评说明:A—已完成;B—推进中;C—滞后;D—未启动。等次由区专班综合评定。", &["A", "B", "C", "D", "E"]),
            [Some(Completed), Some(UnderWay), Some(Behind), Some(NotStarted), None]
        );
        assert_eq!(states("注：★已完成，●推进中", &["★", "●"]), [Some(Completed), Some(UnderWay)]);
        assert_eq!(states("图例:■完成 ▣在建 ▲滞后", &["■", "▲", "▣"]), [Some(Completed), Some(Behind), Some(UnderWay)]);
        let colours = states("*灯号:蓝=已完成,绿=推进中,黄、红=滞后,白=未启动", &["蓝", "黄", "红", "白"]);
        assert_eq!(colours, [Some(Completed), Some(Behind), Some(Behind), Some(NotStarted)]);
        let lamps = states("蓝灯—完成  红灯—落后  灰灯—还没开始     东屏街道督导组", &["蓝灯", "红灯", "灰灯"]);
        assert_eq!(lamps, [Some(Completed), Some(Behind), Some(NotStarted)]);
        assert_eq!(states("1=未启动，2=推进中，3=已完成", &["1", "3"]), [Some(NotStarted), Some(Completed)]);
        assert_eq!(states("状态（√表示已完成、○表示滞后）", &["√", "○"]), [Some(Completed), Some(Behind)]);
    }

    #[test]
    fn other_notes_give_no_legend() {
        for text in ["", "注：A村已完成", "1.已完成", "说明：表一的比例按区里分的数算。", "共2项推进中"]
        {
            assert_eq!(Legend::of(std::iter::once(text)), Legend::default(), "{text}");
        }
    }
}
