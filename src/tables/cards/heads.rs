//! Does a line above the first card say whose all of them are?
//!
//! ```text
//!  承办单位 │ 霓屿街道办事处 │ 期次 │ 2025年第1季度
//!  事项名称 │ 优化空间布局   │ 编号 │ 37
//!  办理状态 │ …
//!
//!  事项名称 │ 农房建设管理体制改革
//! ```

use super::Pair;
use crate::list::Field;
use crate::tables::grid::Grid;
use crate::tables::text::{length, plain};

/// Names of townships with their organ, at the end of a text.
const ORGANS: [&str; 5] = ["街道办事处", "人民政府", "街道", "镇", "乡"];
/// Longest such name, in characters.
const LONGEST: usize = 16;

/// The labelled rows of a sheet without the pairs above the first card that name a township and come in no later card: who
/// reports all of them. Whose the sheet is, is told by what stands outside the cards.
pub(super) fn without_head(grid: &Grid, rows: Vec<Vec<Pair>>, task: Field) -> Vec<Vec<Pair>> {
    let names = |row: &Vec<Pair>| row.iter().any(|pair| pair.field == Some(task));
    let Some(first) = rows.iter().position(names) else { return rows };
    if rows.iter().filter(|row| names(row)).count() < 2 {
        return rows;
    }
    let later: Vec<String> = rows[first..].iter().flatten().map(|pair| plain(&pair.title)).collect();
    let heads = |pair: &Pair| {
        let value = grid.sheet.cell(pair.value).map(|cell| plain(&cell.text)).unwrap_or_default();
        pair.filled && pair.label != pair.value && names_township(&value) && !later.contains(&plain(&pair.title))
    };
    let cut = |(index, row): (usize, Vec<Pair>)| {
        if index < first { row.into_iter().filter(|pair| !heads(pair)).collect() } else { row }
    };
    rows.into_iter().enumerate().map(cut).filter(|row: &Vec<Pair>| !row.is_empty()).collect()
}

/// Whether a text is the name of a township or of its organ, and of one alone.
fn names_township(text: &str) -> bool {
    (3..=LONGEST).contains(&length(text))
        && ORGANS.iter().any(|organ| text.ends_with(organ))
        && !text.contains(['、', ',', ';', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn townships_are_told_from_their_offices() {
        assert!(names_township("霓屿街道办事处") && names_township("大门镇") && names_township("鹿西乡人民政府"));
        for text in ["霓屿街道经发办", "农业农村办", "大门镇、鹿西乡", "乡", "乡镇"] {
            assert!(!names_township(text), "{text}");
        }
    }
}
