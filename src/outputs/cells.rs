//! What may a cell of a long table hold, and how many lines does it take?

use std::borrow::Cow;

use super::style::{self, Kind, Look};
use super::text;

/// A count as a cell holds it.
#[expect(clippy::cast_precision_loss, reason = "counts of rows and cells are far below 2^52")]
pub(super) const fn number(count: usize) -> f64 {
    count as f64
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub(super) enum Content<'a> {
    Blank,
    Text(Cow<'a, str>),
    Number(f64),
    /// A formula of ours with the result to show until the program computes it.
    Formula {
        formula: String,
        result: f64,
    },
    /// A text that leads to a place: `internal:…` or `external:…`.
    Link {
        target: String,
        text: Cow<'a, str>,
    },
    /// Pieces of a text; the marked ones are coloured.
    Marked(Vec<(bool, String)>),
}

/// A cell: what it holds and how it looks.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    pub(super) content: Content<'a>,
    pub(super) look: Look,
}

impl<'a> Cell<'a> {
    pub(super) fn blank() -> Self {
        Self { content: Content::Blank, look: Look::text() }
    }

    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self { content: Content::Text(text.into()), look: Look::text() }
    }

    pub(super) fn centred(text: impl Into<Cow<'a, str>>) -> Self {
        Self { content: Content::Text(text.into()), look: Look::text().centred() }
    }

    pub(super) fn number(number: f64) -> Self {
        Self { content: Content::Number(number), look: Look::text().kind(Kind::Number) }
    }

    pub(super) fn count(count: usize) -> Self {
        Self::number(number(count))
    }

    pub(super) fn percent(fraction: f64) -> Self {
        Self { content: Content::Number(fraction), look: Look::text().kind(Kind::Percent) }
    }

    pub(super) fn formula(formula: impl Into<String>, result: f64) -> Self {
        let content = Content::Formula { formula: formula.into(), result };
        Self { content, look: Look::text().kind(Kind::Number) }
    }

    pub(super) fn link(target: Option<String>, text: impl Into<Cow<'a, str>>) -> Self {
        match target {
            Some(target) => Self { content: Content::Link { target, text: text.into() }, look: Look::text() },
            None => Self::text(text),
        }
    }

    #[must_use]
    pub(super) fn look(mut self, change: impl FnOnce(Look) -> Look) -> Self {
        self.look = change(self.look);
        self
    }

    #[must_use]
    pub(super) fn tone(self, tone: style::Tone) -> Self {
        self.look(|look| look.tone(tone))
    }

    /// Whether the cell shows nothing.
    pub(super) fn is_blank(&self) -> bool {
        match &self.content {
            Content::Blank => true,
            Content::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// Lines that the cell takes in a column of a width, or so many where it takes fewer.
    pub(super) fn lines(&self, width: f64, least: u32) -> u32 {
        if matches!(self.look.kind, Kind::Hidden | Kind::Band) {
            return least;
        }
        let lines = |text: &str| text::lines(text, style::characters(width, self.look.size()), least);
        match &self.content {
            Content::Text(text) | Content::Link { text, .. } => lines(text),
            Content::Marked(pieces) => {
                let whole: String = pieces.iter().map(|(_, piece)| piece.as_str()).collect();
                lines(&whole)
            }
            Content::Blank | Content::Number(_) | Content::Formula { .. } => least,
        }
    }
}

/// The pieces of a text, clean; the whole text where none of them can be coloured.
pub(super) fn coloured(pieces: &[(bool, String)]) -> Result<Vec<(bool, Cow<'_, str>)>, String> {
    let whole: usize = pieces.iter().map(|(_, piece)| piece.len()).sum();
    let clean = pieces.iter().filter(|(_, piece)| !piece.is_empty());
    let clean: Vec<(bool, Cow<'_, str>)> = clean.map(|(marked, piece)| (*marked, text::clean(piece))).collect();
    // One piece needs no rich string; a long text could pass the limit once its marks are added.
    if clean.len() < 2 || whole > text::CELL_LIMIT / 8 {
        return Err(pieces.iter().map(|(_, piece)| piece.as_str()).collect());
    }
    Ok(clean)
}

/// A text as it may stand in one cell: clean, and no longer than a cell takes (callers that must not lose the rest
/// part it themselves, see [`text::pieces`]).
pub(super) fn in_cell(text: &str) -> Cow<'_, str> {
    let clean = text::clean(text);
    // No text has more UTF-16 units than bytes.
    if clean.len() <= text::CELL_LIMIT {
        return clean;
    }
    Cow::Owned(text::pieces(&clean)[0].to_owned())
}
