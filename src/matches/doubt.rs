//! What leaves an answer doubtful however probable it is?

use super::context::{Answer, Weighed};
use super::evidence::Piece;
use super::lexicon::Lexicon;
use super::row::Row;

/// So much less likely than the likeliest answer (see [`Piece::WordingLikely`]) are words that do not fit well.
const ILL_FITTING: f64 = 0.9;

/// An edit similarity from which on a name is the official one with slips.
const OFFICIAL: f64 = 0.8;

/// Whether the row's words are likeliest under the answer's tasks and more, and much likelier so: it may merge several.
pub(super) fn says_more(weighed: &Weighed, answer: usize) -> bool {
    let chosen = &weighed.answers[answer];
    let fits = |answer: &Answer| answer.evidence.get(Piece::WordingLikely);
    let more = |answer: &&Answer| {
        answer.tasks.len() > chosen.tasks.len() && chosen.tasks.iter().all(|task| answer.tasks.contains(task))
    };
    // The official wording, slips included, is no other task's however its words are spread over the list.
    let official = [(Piece::NameSame, 1.0), (Piece::NameEdit, OFFICIAL), (Piece::ContentSame, 1.0)];
    if official.iter().any(|(piece, least)| chosen.evidence.get(*piece) >= *least) {
        return false;
    }
    let likeliest = weighed.answers.iter().map(fits).fold(0.0, f64::max);
    fits(chosen) < ILL_FITTING && weighed.answers.iter().filter(more).any(|answer| fits(answer) >= likeliest)
}

/// Whether the name only says that something is done about a field that the plan has tasks in (配合做好数字化相关工作):
/// not even that it is none of them can be told then.
pub(super) fn is_vague(row: &Row) -> bool {
    let telling = row.telling();
    !telling.meanings.is_empty() && Lexicon::built_in().is_vague(&telling.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::{Field, Plan};
    use crate::location::CellRef;
    use crate::matches::index::PlanIndex;
    use crate::matches::matching::options;
    use crate::records::values::Values;
    use crate::records::{Entry, Record};
    use crate::workbooks::Value;

    fn row(name: &str, index: &PlanIndex) -> Row {
        let at = CellRef::new(0, 0);
        let value = Value::Text(name.to_owned());
        let entry = Entry {
            field: Some(Field::Name),
            title: String::new(),
            at,
            text: name.to_owned(),
            value,
            unit: None,
            shared: false,
        };
        let record = Record {
            sheet: 0,
            at,
            side_by_side: false,
            entries: vec![entry],
            values: Values::default(),
            headings: Vec::new(),
            group: 0,
            key: None,
            blanks: Vec::new(),
            counted: true,
        };
        Row::new(&record, index)
    }

    #[test]
    fn words_that_fit_two_tasks_leave_one_of_them_in_doubt() {
        let index = PlanIndex::new(&Plan::built_in());
        let position = |number| index.position(number).unwrap();
        let weighed = options(row("农村供水统管、农村公路养护", &index), &index);
        let place = |tasks: &[usize]| weighed.answers.iter().position(|answer| answer.tasks == tasks).unwrap();
        assert!(says_more(&weighed, place(&[position(49)])));
        assert!(!says_more(&weighed, place(&[position(48), position(49)])));
        let alone = options(row("农村供水统管", &index), &index);
        let place = alone.answers.iter().position(|answer| answer.tasks == [position(49)]).unwrap();
        assert!(!says_more(&alone, place));
    }

    #[test]
    fn only_words_about_a_field_of_the_plan_are_vague() {
        let index = PlanIndex::new(&Plan::built_in());
        assert!(is_vague(&row("配合做好数字化相关工作", &index)));
        for told in ["数字化改造", "配合做好征兵相关工作"] {
            assert!(!is_vague(&row(told, &index)), "{told}");
        }
    }
}
