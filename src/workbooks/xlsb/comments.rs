//! Which comments hang on the cells of an xlsb worksheet?

use super::records::{Records, kind};
use super::rich_text;
use super::styles::Styles;
use crate::location::CellRef;
use crate::workbooks::binary::u32_at;
use crate::workbooks::builder::SheetBuilder;
use crate::workbooks::container::Container;
use crate::workbooks::limits::Budget;
use crate::workbooks::ooxml::Relationship;
use crate::workbooks::refusal::Refusal;

pub(super) fn read(
    container: &mut Container<'_>,
    related: &[Relationship],
    sheet: &mut SheetBuilder,
    budget: &mut Budget<'_>,
) -> Result<(), Refusal> {
    for relationship in related.iter().filter(|relationship| relationship.kind == "comments") {
        container.with_part(&relationship.target, budget, |bytes, budget| {
            let mut at = None;
            for (kind, data) in Records::new(bytes) {
                budget.step()?;
                match kind {
                    kind::COMMENT => at = u32_at(data, 4).zip(u32_at(data, 12)),
                    kind::COMMENT_TEXT => {
                        let text = rich_text(data, &Styles::default()).map(|text| text.seen(false).text);
                        if let Some(((row, column), text)) = at.zip(text) {
                            sheet.comment(CellRef::new(row, column), &text, budget)?;
                        }
                    }
                    _ => {}
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}
