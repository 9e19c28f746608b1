//! What are the roles of cells and rows called, for a clerk?

use crate::records::{EvidencePlace, KeptRole};
use crate::tables::{OutsideRole, RowRole};
use crate::workbooks::Format;

/// What a row of a table is called.
pub(super) const fn of_row(role: RowRole) -> &'static str {
    match role {
        RowRole::Record => "填报记录",
        RowRole::Section => "分节标题",
        RowRole::Header => "重复表头",
        RowRole::Subtotal => "小计",
        RowRole::Total => "合计",
        RowRole::Note => "说明",
        RowRole::Empty => "未填的预置行",
    }
}

/// What a cell outside the tables is called.
pub(super) const fn of_outside(role: OutsideRole) -> &'static str {
    match role {
        OutsideRole::Title => "标题",
        OutsideRole::Caption => "填报单位、日期等",
        OutsideRole::Note => "说明",
        OutsideRole::Signature => "签名落款",
        OutsideRole::Unassigned => "未归集",
    }
}

/// What a cell outside the records is called.
pub(super) const fn of_kept(role: KeptRole) -> &'static str {
    match role {
        KeptRole::Header => "表头",
        KeptRole::Section => "分节标题",
        KeptRole::Total => "合计",
        KeptRole::Surroundings(role) => of_outside(role),
        KeptRole::EmptyRow => "未填的预置行",
        KeptRole::HiddenSheet => "隐藏工作表（不计）",
        KeptRole::Comment => "批注",
        KeptRole::Key => "模板标识",
        KeptRole::Unassigned => "未归集",
    }
}

/// What a place of evidence is called.
pub(super) const fn of_evidence(place: EvidencePlace) -> &'static str {
    match place {
        EvidencePlace::Key => "模板标识",
        EvidencePlace::Caption => "填报单位等栏",
        EvidencePlace::Title => "标题",
        EvidencePlace::SheetName => "工作表名",
        EvidencePlace::Signature => "落款",
        EvidencePlace::FileName => "文件名",
        EvidencePlace::FolderName => "文件夹名",
    }
}

/// What a file format is called.
pub(super) const fn of_format(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "xlsx",
        Format::Xlsm => "xlsm",
        Format::Xlsb => "xlsb",
        Format::Xls => "xls（et）",
        Format::Ods => "ods",
        Format::Csv => "文本（csv）",
        Format::Html => "网页",
        Format::SpreadsheetMl => "XML 表格",
    }
}
