//! Why was a file not read, and what is its sender to do?

use std::fmt;

/// Why a file was not read as a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of obstacle, for programs.
    pub reason: RefusalReason,
    /// One Chinese sentence: what is wrong with the file and what to do.
    pub sentence: String,
}

/// The kinds of obstacles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalReason {
    /// No bytes at all.
    Empty,
    /// Looks like a workbook but cannot be parsed to its end.
    Damaged,
    /// Needs a password.
    Encrypted,
    /// Is something else: a picture, a letter, an archive we do not open.
    NotAWorkbook,
    /// Over one of the size limits.
    TooLarge,
    /// The operating system did not let us read it.
    NotReadable,
    /// Took longer than the last safety net allows.
    TooSlow,
    /// A lock or resource file that an office program or an operating system leaves beside a document.
    LockFile,
    /// One of our own outputs.
    OwnOutput,
}

impl RefusalReason {
    /// Whether the file is no submission at all, so that leaving it out is nobody's mistake.
    pub const fn is_skipped(self) -> bool {
        matches!(self, Self::LockFile | Self::OwnOutput)
    }
}

impl Refusal {
    /// A refusal with its sentence.
    pub fn new(reason: RefusalReason, sentence: impl Into<String>) -> Self {
        Self { reason, sentence: sentence.into() }
    }

    /// A workbook that cannot be parsed; `what` completes "文件已损坏：".
    pub(super) fn damaged(what: impl fmt::Display) -> Self {
        Self::new(
            RefusalReason::Damaged,
            format!("文件已损坏（{what}），无法完整读取，请用表格软件打开检查、另存后重新报送。"),
        )
    }

    /// A workbook without a worksheet; `has_other_tabs` says whether it has tabs of charts or macros.
    pub(super) fn no_worksheet(has_other_tabs: bool) -> Self {
        if has_other_tabs {
            let sentence = "工作簿中只有图表页或宏表，没有可读取的工作表，请将内容填入表格后报送。";
            return Self::new(RefusalReason::NotAWorkbook, sentence);
        }
        Self::damaged("其中没有工作表")
    }

    /// XML that declares entities or rules of its own.
    pub(super) fn document_type() -> Self {
        let sentence = "文件内部的 XML 带有自定义的文档类型声明，出于安全没有读取，请用表格软件打开、另存后重新报送。";
        Self::new(RefusalReason::Damaged, sentence)
    }

    /// A file over a limit; `what` says which.
    pub(super) fn too_large(what: impl fmt::Display) -> Self {
        Self::new(RefusalReason::TooLarge, format!("{what}，超出可读取的范围，请删去无关的工作表和内容后重新报送。"))
    }

    /// A workbook that needs a password.
    pub(super) fn encrypted() -> Self {
        // Excel encrypts a workbook whose structure is protected, too, with a password that it asks nobody for.
        let sentence =
            "文件已加密（设有密码，或因保护工作簿而由软件加密），无法读取，请取消密码和保护、另存后重新报送。";
        Self::new(RefusalReason::Encrypted, sentence)
    }

    /// Something that is no workbook; `what` completes "这是".
    pub(super) fn not_a_workbook(what: impl fmt::Display) -> Self {
        Self::new(RefusalReason::NotAWorkbook, format!("这是{what}，不是工作簿，没有读取，请将内容填入表格后报送。"))
    }
}

impl Refusal {
    /// A table in a format that has no reader here; `what` completes "这是".
    pub(super) fn other_format(what: impl fmt::Display) -> Self {
        Self::new(
            RefusalReason::NotAWorkbook,
            format!("这是{what}，本工具不能读取，请用表格软件另存为 xlsx 后重新报送。"),
        )
    }

    /// An archive that is not opened; `what` completes "这是".
    pub(super) fn other_archive(what: impl fmt::Display) -> Self {
        Self::new(
            RefusalReason::NotAWorkbook,
            format!("这是{what}压缩包，本工具不能打开，请解压后报送其中的工作簿，或改用 zip 压缩。"),
        )
    }

    /// A mail.
    pub(super) fn mail() -> Self {
        Self::new(RefusalReason::NotAWorkbook, "这是电子邮件，没有读取，请将附件中的工作簿单独报送。")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

impl std::error::Error for Refusal {}
