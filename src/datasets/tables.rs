//! Which tables has a dataset? The declarations that writing, reading back and `docs/dataset.md` share.

use std::fmt::Write;

use super::table::{Column, Table, bytes, flag, integer, number, text};

const FILE: Column = text("file", "name of the file, as in the result file");
const PART: Column = integer("part", "the submission's place in its file, from 0");
const RECORD: Column = integer("record", "the record's place in its submission, from 0");
const COUNTS: Column = flag("counts", "whether the row counts in sums and figures");

/// What each file, or each township in a file, filed.
pub(super) const SUBMISSIONS: Table = Table {
    name: "submissions",
    row: "submission, also for files that could not be read",
    columns: &[
        FILE,
        PART,
        text("status", "`read`, `superseded`, `unreadable`, `no-table`, `unknown-township`"),
        flag("skipped", "whether the file is no submission at all: a lock file, an output of ours"),
        text("stated_period", "period that the workbook states"),
        text("stated_day", "day that the document itself states, ISO"),
        integer("size", "bytes of the file"),
        text("sha256", "SHA-256 of the file, hexadecimal"),
        integer("records", "data records"),
        text("superseded_by", "file that counts instead"),
        text("superseded_why", "why, in Chinese"),
        text("remarks", "remarks of the reader, one a line"),
        bytes("exact", "the exact form of the reading, for `hedui merge` of the same program"),
    ],
};

/// The data records.
pub(super) const RECORDS: Table = Table {
    name: "records",
    row: "data record",
    columns: &[
        FILE,
        PART,
        RECORD,
        text("sheet", "name of the sheet"),
        integer("row", "sheet row where it starts, from 1"),
        text("column", "letters of its first column"),
        COUNTS,
        integer("group_number", "records of one submission with one number share a task cell"),
        text("headings", "section headings above it, parted by ` › `"),
        text("number", "序号 as written"),
        text("name", "任务名称 as written; several cells parted by a line break, as below"),
        text("content", "主要内容 as written"),
        text("agencies", "责任单位 as written"),
        text("indicator", "指标 as written"),
        text("target", "目标值 as written"),
        text("unit", "计量单位 as written"),
        text("period_done", "本期完成 as written"),
        text("done", "累计完成 as written"),
        text("rate", "完成率 as written"),
        text("status", "进展状态 as written"),
        text("progress", "进展情况 as written"),
        text("problem", "存在问题 as written"),
        text("plan", "下一步计划 as written"),
        text("deadline", "完成时限 as written"),
        text("contact", "联系人 as written"),
        text("remark", "备注 as written"),
    ],
};

/// What the records answer.
pub(super) const MATCHES: Table = Table {
    name: "matches",
    row: "record and task that it answers; one with no task for a record that answers none",
    columns: &[
        FILE,
        PART,
        RECORD,
        COUNTS,
        integer("place", "place of the task among those that the record answers, from 0: count records where it is 0"),
        integer("task", "official number"),
        text("outcome", "`matched`, `review`, `extra`"),
        integer("indicator", "position of the indicator in its task, from 0, where the record reports one of several"),
        number("confidence", "probability that the record answers exactly these tasks"),
        text("by", "`id`, `text`, `decision`"),
        text("reasons", "evidence in Chinese, one piece a line"),
    ],
};

/// What was read from the records.
pub(super) const VALUES: Table = Table {
    name: "values",
    row: "value that was read from a record",
    columns: &[
        FILE,
        PART,
        RECORD,
        COUNTS,
        text("field", "`target`, `period_done`, `done`, `rate`, `status`, `deadline`"),
        number("number", "the number; of a range the lower one; a rate is a fraction"),
        number("high", "upper end of a range"),
        text("unit", "unit as the township wrote it"),
        text("precision", "`exact`, `about`, `over`, `range`"),
        text("word", "status word, or deadline to the precision written, ISO"),
    ],
};

/// The findings.
pub(super) const FINDINGS: Table = Table {
    name: "findings",
    row: "finding; those that need all townships hold for the run that wrote them",
    columns: &[
        text("code", "code, as in `docs/findings.md`"),
        text("severity", "`error`, `warning`, `info`"),
        integer("task", "official number of the first task concerned"),
        text("tasks", "official numbers of all tasks concerned, parted by commas"),
        text("file", "file it points at"),
        text("sheet", "sheet"),
        text("cell", "cell, A1 notation"),
        text("message", "the sentence"),
        text("found", "what stands there"),
        text("expected", "what was expected"),
        text("fix", "the smallest change that clears it"),
        text("explained", "explanation that the township gave"),
    ],
};

/// Cells that could not be assigned.
pub(super) const UNASSIGNED: Table = Table {
    name: "unassigned",
    row: "cell of 未归集内容",
    columns: &[
        FILE,
        PART,
        text("sheet", "name of the sheet"),
        text("cell", "A1 notation"),
        text("text", "what stands there"),
        flag("hidden", "whether it stands on a hidden sheet that does not count"),
    ],
};

/// Where every cell went.
pub(super) const LEDGERS: Table = Table {
    name: "ledgers",
    row: "submission",
    columns: &[
        FILE,
        PART,
        integer("cells", "non-blank cells: the sum of the next three"),
        integer("records", "cells in records"),
        integer("surroundings", "cells in headers, titles, captions, sections, totals, notes, signatures, keys"),
        integer("unassigned", "cells in 未归集内容"),
    ],
};

/// What a township reported for an indicator.
pub(super) const INDICATORS: Table = Table {
    name: "indicators",
    row: "indicator that a township reported, after versions were settled and village rows summed",
    columns: &[
        integer("task", "official number"),
        integer("indicator", "position in its task, from 0"),
        text("name", "name of the indicator"),
        number("value", "cumulative value in the official unit"),
        text("unit", "official unit"),
        number("official_target", "official value for the whole county"),
        text("direction", "`at-least`, `at-most`, `equal`"),
        text("due", "when it is due: a year, or 每年, 每季度, 每月 and the like"),
        flag("adds_up", "whether townships' values may be summed"),
    ],
};

/// All tables.
pub(super) const TABLES: [&Table; 8] =
    [&SUBMISSIONS, &RECORDS, &MATCHES, &VALUES, &FINDINGS, &UNASSIGNED, &LEDGERS, &INDICATORS];

/// The tables as `docs/dataset.md` shows them.
pub fn markdown() -> String {
    let mut page = String::new();
    for Table { name, row, columns } in TABLES {
        // Writing to a string cannot fail.
        let _ = write!(page, "### {name}\n\nOne row per {row}.\n\n| column | type | holds |\n| --- | --- | --- |\n");
        for Column { name, kind, about } in *columns {
            let _ = writeln!(page, "| `{name}` | {} | {about} |", kind.sql());
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_shows_these_tables() {
        let page = include_str!("../../docs/dataset.md");
        let tables = markdown();
        assert!(page.contains(tables.trim_end()), "put this into docs/dataset.md:\n\n{tables}");
    }
}
