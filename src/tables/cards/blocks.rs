//! Where does one card end and the next begin, and which field has each of its labels?

use std::collections::BTreeSet;

use super::{Pair, UNLABELLED_ROWS};
use crate::list::Field;
use crate::tables::rows::REPORTED;
use crate::tables::table::{Card, CardPair};
use crate::tables::text::plain;

/// The columns in which cards begin that stand beside each other: a task's label comes twice in one row.
pub(super) fn lanes(rows: &[Vec<Pair>]) -> Vec<u32> {
    let is_task = |pair: &&Pair| pair.field == Some(Field::Name);
    let beside = rows.iter().filter(|row| row.iter().filter(is_task).count() >= 2);
    let starts: BTreeSet<u32> =
        beside.flat_map(|row| row.iter().filter(is_task).map(|pair| pair.label.column)).collect();
    // Whatever stands to the left of the first label belongs to the first card.
    std::iter::once(0).chain(starts.into_iter().skip(1)).collect()
}

/// Cuts the labelled rows of a sheet into blocks, one for each task: a new one begins where a field comes again that
/// a card has once, or after several rows without labels. The task is what the field `task` says.
pub(super) fn blocks(rows: Vec<Vec<Pair>>, task: Field) -> Vec<Vec<Pair>> {
    let mut blocks: Vec<Vec<Pair>> = Vec::new();
    let mut last_row = 0;
    for pairs in rows {
        let row = pairs.first().map_or(0, |pair| pair.label.row);
        let once = |field: Option<Field>| {
            field.is_some_and(|field| {
                field == task
                    || matches!(field, Field::Number | Field::Name | Field::Status | Field::Progress | Field::Done)
            })
        };
        let begins = blocks.last().is_none_or(|block| {
            let same = |pair: &Pair, earlier: &Pair| {
                let of_task = matches!(pair.field, Some(Field::Number | Field::Name)) || pair.field == Some(task);
                earlier.field == pair.field && (of_task || plain(&earlier.title) == plain(&pair.title))
            };
            let again = pairs.iter().any(|pair| once(pair.field) && block.iter().any(|earlier| same(pair, earlier)));
            again || row > last_row + 1 + UNLABELLED_ROWS
        });
        last_row = pairs.iter().map(|pair| pair.value.row.max(pair.label.row)).max().unwrap_or(row);
        if begins {
            blocks.push(Vec::new());
        }
        if let Some(block) = blocks.last_mut() {
            block.extend(pairs);
        }
    }
    blocks
}

/// The card of a block; `None` where the block does not name a task and report on it.
pub(super) fn card(mut pairs: Vec<Pair>) -> Option<Card> {
    settle_fields(&mut pairs);
    let has = |wanted: &[Field]| pairs.iter().any(|pair| pair.field.is_some_and(|field| wanted.contains(&field)));
    let is_card = has(&[Field::Name, Field::Content, Field::Indicator]) && has(&REPORTED) && pairs.len() >= 3;
    if !is_card {
        return None;
    }
    let pairs = pairs.into_iter().map(|pair| CardPair {
        field: pair.field,
        title: pair.title,
        unit: pair.unit,
        label: pair.label,
        value: pair.value,
        filled: pair.filled,
        written: None,
    });
    Some(Card { pairs: pairs.collect() })
}

/// A field that a card has once stays with the label that is its own title, else with the first one; another label takes
/// the next field that it may mean and nobody has: 完成情况 beside 进展情况 is the value. What is left is the township's own.
fn settle_fields(pairs: &mut [Pair]) {
    let repeatable = |field: Field| matches!(field, Field::Agencies | Field::Contact | Field::Content | Field::Remark);
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|index| pairs[*index].field.is_none_or(|field| plain(&pairs[*index].title) != field.title()));
    let mut had: Vec<Field> = Vec::new();
    for index in order {
        let pair = &mut pairs[index];
        let Some(field) = pair.field else { continue };
        if had.contains(&field) && !repeatable(field) {
            let figures = |field: &&Field| field.is_quantity() && !had.contains(field);
            pair.field = pair.meanings.iter().find(figures).copied();
        }
        had.extend(pair.field);
    }
}
