//! How do our workbooks look? Fonts, sizes, colours and page setups that WPS, Excel and LibreOffice share.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet};

/// Font of running text: every Chinese office program has it or a substitute for it.
pub(super) const BODY_FONT: &str = "宋体";
/// Font of titles and table headings.
pub(super) const HEAD_FONT: &str = "黑体";
/// Size of running text in points.
pub(super) const BODY_SIZE: f64 = 10.0;
/// Height of a line as a multiple of the font's size: fonts that stand in for 宋体 on Linux need this much.
const LINE: f64 = 1.45;
/// The tallest row a worksheet has, in points (Excel's limit).
const TALLEST_ROW: f64 = 409.0;
/// Half-width characters of a one-point font that one unit of column width holds: the unit is 7 pixels of 0.75
/// points, a half-width character is half its size wide.
const UNITS_PER_POINT: f64 = 10.5;

/// How a cell looks. Cells that look alike share one format of the workbook.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "independent features of a font and a cell")]
pub(super) struct Look {
    pub(super) kind: Kind,
    pub(super) tone: Tone,
    pub(super) bold: bool,
    pub(super) centred: bool,
    /// Fill-in cells of protected sheets.
    pub(super) open: bool,
    pub(super) linked: bool,
    /// In a row that is too low for its text: the text begins at the top.
    pub(super) top: bool,
}

/// What a cell holds, as far as its look depends on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Text, wrapped.
    #[default]
    Text,
    /// A number as it is.
    Number,
    /// A fraction shown as a percentage.
    Percent,
    /// Column heading.
    Heading,
    /// Title of the sheet.
    Title,
    /// A line without borders: period, notes, rules.
    Line,
    /// A word that names the cell at its right, without borders.
    Label,
    /// A heading over the rows below it; it runs on over the blank cells at its right.
    Band,
    /// A long text in a hidden column: it takes one line.
    Hidden,
    /// Text that the program must not turn into a number or date.
    Written,
}

/// Background and its meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    /// White.
    #[default]
    Plain,
    /// In time, or done.
    Green,
    /// Somebody must look.
    Yellow,
    /// Late, wrong or missing.
    Red,
    /// A band that heads the rows below it.
    Band,
    /// Official text that is not to be changed.
    Official,
    /// To be filled in.
    FillIn,
    /// Worth little: not expected, not counted.
    Muted,
}

impl Tone {
    /// Background and font colour.
    const fn colours(self) -> (Option<u32>, u32) {
        match self {
            Self::Plain => (None, 0x00_0000),
            Self::Green => (Some(0xE2_EFDA), 0x37_5623),
            Self::Yellow => (Some(0xFF_F2CC), 0x7F_6000),
            Self::Red => (Some(0xFB_DAD7), 0x9C_0006),
            Self::Band => (Some(0xDE_E8F3), 0x1F_3864),
            Self::Official => (Some(0xF5_F5F5), 0x00_0000),
            Self::FillIn => (Some(0xFF_FBE6), 0x00_0000),
            Self::Muted => (Some(0xF0_F0F0), 0x7F_7F7F),
        }
    }
}

impl Look {
    pub(super) const fn text() -> Self {
        Self {
            kind: Kind::Text,
            tone: Tone::Plain,
            bold: false,
            centred: false,
            open: false,
            linked: false,
            top: false,
        }
    }

    pub(super) const fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    pub(super) const fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn centred(self) -> Self {
        Self { centred: true, ..self }
    }

    pub(super) const fn open(self) -> Self {
        Self { open: true, ..self }
    }

    pub(super) const fn top(self) -> Self {
        Self { top: true, ..self }
    }

    pub(super) const fn linked(self) -> Self {
        Self { linked: true, ..self }
    }

    /// Size of the font in points.
    pub(super) const fn size(self) -> f64 {
        match self.kind {
            Kind::Title => 18.0,
            _ => BODY_SIZE,
        }
    }

    /// Whether lines stand around the cell.
    const fn is_ruled(self) -> bool {
        !matches!(self.kind, Kind::Title | Kind::Line | Kind::Label)
    }

    /// Whether a blank cell of this look shows nothing but its background and the lines around it, and is nobody's to fill in.
    pub(super) const fn is_plain(self) -> bool {
        self.is_ruled() && !matches!(self.kind, Kind::Band) && !self.open
    }

    /// The format of the workbook for this look.
    fn format(self) -> Format {
        let (background, colour) = self.tone.colours();
        let mut format = Format::new()
            .set_font_size(self.size())
            .set_font_name(if matches!(self.kind, Kind::Title | Kind::Heading) { HEAD_FONT } else { BODY_FONT })
            .set_font_color(Color::RGB(if self.linked { 0x05_63C1 } else { colour }))
            .set_align(if self.top { FormatAlign::Top } else { FormatAlign::VerticalCenter });
        format = match self.kind {
            Kind::Band | Kind::Hidden => format,
            // A number that is too long for its column is shown smaller, not as ###.
            Kind::Number | Kind::Percent => format.set_shrink(),
            _ => format.set_text_wrap(),
        };
        if let Some(background) = background {
            format = format.set_background_color(Color::RGB(background));
        }
        if self.is_ruled() {
            format = ruled(format);
        }
        if self.kind == Kind::Band {
            // No upright lines through a heading that runs over several cells.
            format = format.set_border_left(FormatBorder::None).set_border_right(FormatBorder::None);
        }
        format = match self.kind {
            Kind::Title => format.set_align(FormatAlign::Center),
            Kind::Heading => format
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0xDE_E8F3))
                .set_font_color(Color::RGB(0x1F_3864)),
            // Thousands are not parted: the numbers are read beside narratives that do not part them either.
            Kind::Number => format.set_align(FormatAlign::Right).set_indent(1).set_num_format("General"),
            Kind::Percent => format.set_align(FormatAlign::Right).set_indent(1).set_num_format("0.0%"),
            Kind::Label => format.set_align(FormatAlign::Right),
            Kind::Written => format.set_align(FormatAlign::Left).set_num_format("@"),
            Kind::Text | Kind::Line | Kind::Band | Kind::Hidden => format.set_align(FormatAlign::Left),
        };
        if self.centred {
            format = format.set_align(FormatAlign::Center).set_indent(0);
        }
        if self.bold {
            format = format.set_bold();
        }
        if self.linked {
            format = format.set_underline(rust_xlsxwriter::FormatUnderline::Single);
        }
        if self.open {
            format = format.set_unlocked();
        }
        format
    }
}

/// A format with thin grey lines around the cell.
fn ruled(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xA6_A6A6))
}

/// What a plain blank cell of a tone shows: its background and the lines around it.
pub(super) fn blank(tone: Tone) -> Format {
    let format = ruled(Format::new());
    match tone.colours().0 {
        Some(background) => format.set_background_color(Color::RGB(background)),
        None => format,
    }
}

/// The formats made so far, by look.
#[derive(Debug, Default)]
pub(super) struct Formats(BTreeMap<Look, Format>);

impl Formats {
    /// The format for a look.
    pub(super) fn of(&mut self, look: Look) -> &Format {
        self.0.entry(look).or_insert_with(|| look.format())
    }
}

/// Half-width characters that a column of a width holds at a font size.
pub(super) fn characters(width: f64, size: f64) -> f64 {
    width * UNITS_PER_POINT / size
}

/// Width of a column that holds so many half-width characters at a font size.
pub(super) fn width_of(characters: f64, size: f64) -> f64 {
    characters * size / UNITS_PER_POINT
}

/// Whether a row of so many lines is taller than a worksheet allows.
pub(super) fn overflows(lines: u32, size: f64) -> bool {
    f64::from(lines) * size * LINE + 4.0 > TALLEST_ROW
}

/// Height in points of a row whose tallest cell has some lines of a size.
pub(super) fn row_height(lines: u32, size: f64) -> f64 {
    (f64::from(lines) * size * LINE + 4.0).min(TALLEST_ROW)
}

/// Paper sizes by Excel's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    A4Landscape,
    A4Portrait,
    A3Landscape,
}

/// Sets up a page: paper, margins, page numbers, fit to a number of pages in width (0 in height: as many as needed).
pub(super) fn page(sheet: &mut Worksheet, paper: Paper, wide: u16, high: u16) {
    match paper {
        Paper::A4Landscape => sheet.set_paper_size(9).set_landscape(),
        Paper::A4Portrait => sheet.set_paper_size(9).set_portrait(),
        Paper::A3Landscape => sheet.set_paper_size(8).set_landscape(),
    };
    sheet
        .set_margins(0.5, 0.5, 0.55, 0.65, 0.3, 0.3)
        .set_print_fit_to_pages(wide, high)
        .set_print_center_horizontally(true)
        .set_footer("&C&\"宋体,常规\"&9第 &P 页，共 &N 页");
}

/// Properties with a fixed creation date, so that the same content gives the same bytes.
pub(super) fn properties(title: &str) -> DocProperties {
    let created = ExcelDateTime::from_ymd(2024, 1, 1).expect("1 January 2024 is a date that Excel knows");
    DocProperties::new().set_title(title).set_author("hedui 核对").set_creation_datetime(&created)
}
