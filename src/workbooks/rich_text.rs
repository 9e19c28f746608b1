//! Which part of a text stands, where some of its runs are struck through?

use std::sync::Arc;

use crate::location::CellRef;

/// A text, in runs where their fonts differ in being struck through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RichText {
    /// One text in the font of its cell.
    Plain(Arc<str>),
    /// Runs with whether each is struck through; `None` leaves it to the font of the cell.
    Runs(Vec<(String, Option<bool>)>),
}

/// What a person sees of a text whose runs differ.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The text that stands; all of it where all of it is struck through.
    pub(super) text: Arc<str>,
    /// Whether all of it is struck through.
    pub(super) struck: bool,
    /// Runs that are struck through beside others that are not.
    pub(super) removed: Option<String>,
}

impl RichText {
    /// A text from its runs; runs that only differ in other ways are joined.
    pub(super) fn from_runs<Text: AsRef<str>>(runs: &[(Text, Option<bool>)]) -> Self {
        if !runs.iter().any(|run| run.1 == Some(true)) {
            return match runs {
                [(only, _)] => Self::Plain(only.as_ref().into()),
                several => Self::Plain(several.iter().map(|run| run.0.as_ref()).collect::<String>().into()),
            };
        }
        let mut joined: Vec<(String, Option<bool>)> = Vec::new();
        for (text, struck) in runs {
            match joined.last_mut() {
                Some(last) if last.1 == *struck => last.0.push_str(text.as_ref()),
                _ => joined.push((text.as_ref().to_owned(), *struck)),
            }
        }
        Self::Runs(joined)
    }

    /// Cuts a text in UTF-16 at runs (where each begins, whether it is struck through); characters before the first
    /// run have the font of the cell.
    pub(super) fn cut(units: &[u16], runs: &[(usize, bool)]) -> Self {
        let mut pieces = Vec::new();
        let (mut start, mut struck) = (0, None);
        for (at, is_struck) in runs {
            let at = (*at).min(units.len());
            if let Some(piece) = units.get(start..at).filter(|piece| !piece.is_empty()) {
                pieces.push((String::from_utf16_lossy(piece), struck));
            }
            start = start.max(at);
            struck = Some(*is_struck);
        }
        pieces.push((String::from_utf16_lossy(units.get(start..).unwrap_or_default()), struck));
        Self::from_runs(&pieces)
    }

    /// Bytes in memory beside the value itself.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Plain(text) => text.len(),
            Self::Runs(runs) => runs.iter().map(|run| run.0.len() + size_of::<(String, Option<bool>)>()).sum(),
        }
    }

    /// What a person sees in a cell whose own font is struck through or not.
    pub(super) fn seen(&self, cell_is_struck: bool) -> Seen {
        let runs = match self {
            Self::Plain(text) => return Seen { text: Arc::clone(text), struck: cell_is_struck, removed: None },
            Self::Runs(runs) => runs,
        };
        let (mut standing, mut removed) = (String::new(), String::new());
        for (text, struck) in runs {
            if struck.unwrap_or(cell_is_struck) { removed.push_str(text) } else { standing.push_str(text) }
        }
        if standing.trim().is_empty() {
            return Seen { text: removed.into(), struck: true, removed: None };
        }
        let removed = Some(removed).filter(|removed| !removed.trim().is_empty());
        Seen { text: standing.into(), struck: false, removed }
    }
}

/// What to say of cells where some of the text is struck through.
pub(super) fn removed_remark(sheet: &str, removed: &[(CellRef, String)]) -> Option<String> {
    let quoted: Vec<String> = removed.iter().map(|(at, text)| format!("{at}“{text}”")).collect();
    let quoted = (!quoted.is_empty()).then(|| quoted.join("、"))?;
    Some(format!("工作表“{sheet}”中有文字加了删除线，按未划去的文字读取，划去的是：{quoted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_where_their_fonts_begin() {
        let units: Vec<u16> = "旧50新60".encode_utf16().collect();
        let seen = RichText::cut(&units, &[(1, true), (3, false)]).seen(false);
        assert_eq!((&*seen.text, seen.removed.as_deref(), seen.struck), ("旧新60", Some("50"), false));
        let seen = RichText::cut(&units, &[(99, true)]).seen(true);
        assert_eq!((&*seen.text, seen.struck), ("旧50新60", true));
    }
}
