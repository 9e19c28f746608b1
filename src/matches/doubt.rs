//! What leaves an answer doubtful however probable it is?

use super::lexicon::Lexicon;
use super::row::Row;

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
    fn only_words_about_a_field_of_the_plan_are_vague() {
        let index = PlanIndex::new(&Plan::built_in());
        assert!(is_vague(&row("配合做好数字化相关工作", &index)));
        for told in ["数字化改造", "配合做好征兵相关工作"] {
            assert!(!is_vague(&row(told, &index)), "{told}");
        }
    }
}
