//! Where on a web page does a token belong?

use std::cell::RefCell;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::text::{BREAK, struck_classes, tidy};
use crate::location::{CellRef, MAX_COLUMNS, MAX_ROWS};
use crate::workbooks::builder::{CellStyle, SheetBuilder, is_blank, is_error_code};
use crate::workbooks::limits::Budget;
use crate::workbooks::number_format::NumberFormat;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::rich_text::{RichText, removed_remark};
use crate::workbooks::sheet::Sheet;

/// Elements that change how a text looks and are open at once; more are passed over.
const MOST_INLINE: usize = 256;
/// Tables within tables.
const MOST_TABLES_DEEP: usize = 64;

/// The page as the tokenizer sees it.
pub(super) struct Page<'a, 'b>(RefCell<State<'a, 'b>>);

struct State<'a, 'b> {
    budget: &'a mut Budget<'b>,
    refusal: Option<Refusal>,
    tables: Vec<Table>,
    /// Indices of the tables that are open, the innermost last.
    open_tables: Vec<usize>,
    /// Text outside tables since the last one.
    outside: Vec<(String, Option<bool>)>,
    /// Open elements that may strike through, with whether they do.
    inline: Vec<(String, bool)>,
    /// Text of an element that the page does not show, such as its style sheet.
    unseen: Option<String>,
    struck_classes: Vec<String>,
    /// Names of the sheets that the page was saved from, in a comment for Excel.
    saved_names: Vec<String>,
}

struct Table {
    sheet: SheetBuilder,
    caption: Option<Vec<(String, Option<bool>)>>,
    is_in_caption: bool,
    /// The row that cells go to; `None` before the first.
    row: Option<u32>,
    first_row: u32,
    /// First and last column and last row of cells that reach down.
    reaching: Vec<(u32, u32, u32)>,
    next_column: u32,
    style_column: u32,
    cell: Option<OpenCell>,
    removed: Vec<(CellRef, String)>,
}

struct OpenCell {
    at: CellRef,
    last: CellRef,
    runs: Vec<(String, Option<bool>)>,
    struck: bool,
    /// The number behind the text, as Excel and LibreOffice write it into attributes, and its format.
    number: Option<(String, Option<NumberFormat>)>,
    comment: String,
    /// Open elements when the cell began: what is open within it ends with it.
    inline_outside: usize,
}

impl<'a, 'b> Page<'a, 'b> {
    pub(super) fn new(budget: &'a mut Budget<'b>) -> Self {
        Self(RefCell::new(State {
            budget,
            refusal: None,
            tables: Vec::new(),
            open_tables: Vec::new(),
            outside: Vec::new(),
            inline: Vec::new(),
            unseen: None,
            struck_classes: Vec::new(),
            saved_names: Vec::new(),
        }))
    }

    /// Whether anything went over a limit so far.
    pub(super) fn outcome(&self) -> Result<(), Refusal> {
        self.0.borrow().refusal.clone().map_or(Ok(()), Err)
    }

    /// The sheets, and the remarks on them.
    pub(super) fn finish(self) -> Result<(Vec<Sheet>, Vec<String>), Refusal> {
        self.0.into_inner().finish()
    }
}

impl TokenSink for Page<'_, '_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        if state.refusal.is_some() {
            return TokenSinkResult::Continue;
        }
        let raw = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => match &*tag.name {
                "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
                "script" => Some(RawKind::ScriptData),
                "title" | "textarea" => Some(RawKind::Rcdata),
                _ => None,
            },
            _ => None,
        };
        if let Err(refusal) = state.token(token) {
            state.refusal = Some(refusal);
        }
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn span(tag: &Tag, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).max(1)
}

fn has_style(tag: &Tag, words: &[&str]) -> bool {
    attribute(tag, "style").is_some_and(|style| {
        let style: String = style.to_ascii_lowercase().split_whitespace().collect();
        words.iter().any(|word| style.contains(word))
    })
}

impl State<'_, '_> {
    fn token(&mut self, token: Token) -> Result<(), Refusal> {
        self.budget.step()?;
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(&tag),
            Token::TagToken(tag) => self.end(&tag.name),
            Token::CharacterTokens(text) => self.text(&text),
            Token::CommentToken(text) => {
                self.saved_names(&text);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self, tag: &Tag) -> Result<(), Refusal> {
        match &*tag.name {
            "table" => self.open_table(),
            // None of these shows its text in the page.
            "style" | "script" | "title" | "textarea" | "comment" => {
                self.unseen = Some(String::new());
                Ok(())
            }
            "tr" => self.open_row(tag),
            "td" | "th" => self.open_cell(tag),
            "caption" => {
                if let Some(table) = self.innermost() {
                    table.caption = Some(Vec::new());
                    table.is_in_caption = true;
                }
                Ok(())
            }
            "col" => {
                let is_hidden = has_style(tag, &["display:none"]);
                if let Some(table) = self.innermost() {
                    let after = table.style_column.saturating_add(span(tag, "span"));
                    if is_hidden {
                        table.sheet.hide_columns(table.style_column, after - 1);
                    }
                    table.style_column = after;
                }
                Ok(())
            }
            "br" | "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" => self.text(&BREAK.to_string()),
            name if is_inline(name) && !tag.self_closing && self.inline.len() < MOST_INLINE => {
                let strikes = matches!(name, "s" | "strike" | "del") || self.strikes(tag);
                self.inline.push((name.to_owned(), strikes));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table" => {
                self.close_cell()?;
                let closed = self.open_tables.pop();
                // Tables that show nothing would fill the memory.
                if closed.is_some_and(|index| index + 1 == self.tables.len())
                    && self.tables.last().is_some_and(|table| table.sheet.len() == 0)
                {
                    self.tables.pop();
                }
                Ok(())
            }
            "style" | "script" | "title" | "textarea" | "comment" => {
                let unseen = self.unseen.take().unwrap_or_default();
                if name == "style" {
                    self.struck_classes.extend(struck_classes(&unseen));
                } else if name == "comment"
                    && let Some(cell) = self.innermost().and_then(|table| table.cell.as_mut())
                {
                    cell.comment = unseen;
                }
                Ok(())
            }
            "td" | "th" | "tr" => self.close_cell(),
            "caption" => {
                if let Some(table) = self.innermost() {
                    table.is_in_caption = false;
                }
                Ok(())
            }
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.text(&BREAK.to_string()),
            name if is_inline(name) => {
                if let Some(at) = self.inline.iter().rposition(|open| open.0 == name) {
                    self.inline.truncate(at);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn strikes(&self, tag: &Tag) -> bool {
        has_style(tag, &["line-through"])
            || attribute(tag, "class").is_some_and(|classes| {
                classes.split_whitespace().any(|class| self.struck_classes.iter().any(|struck| struck == class))
            })
    }

    fn innermost(&mut self) -> Option<&mut Table> {
        let index = *self.open_tables.last()?;
        self.tables.get_mut(index)
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if let Some(sheet) = &mut self.unseen {
            sheet.push_str(text);
            return Ok(());
        }
        self.budget.text(text.len())?;
        let own = self.inline.iter().any(|open| open.1);
        let runs = match self.open_tables.last().and_then(|index| self.tables.get_mut(*index)) {
            Some(Table { is_in_caption: true, caption: Some(caption), .. }) => caption,
            Some(Table { cell: Some(cell), .. }) => &mut cell.runs,
            // Text between the cells of a table is shown before the table.
            Some(_) if is_blank(text) => return Ok(()),
            _ => &mut self.outside,
        };
        let struck = own.then_some(true);
        match runs.last_mut() {
            Some(last) if last.1 == struck => last.0.push_str(text),
            _ => runs.push((text.to_owned(), struck)),
        }
        Ok(())
    }

    fn open_table(&mut self) -> Result<(), Refusal> {
        if self.open_tables.len() >= MOST_TABLES_DEEP {
            return Err(Refusal::damaged("表格嵌套过深"));
        }
        self.budget.sheets(self.tables.len().saturating_sub(self.open_tables.len()))?;
        let mut sheet = SheetBuilder::default();
        let first_row = self.outside_rows(&mut sheet, 0)?;
        self.tables.push(Table {
            sheet,
            caption: None,
            is_in_caption: false,
            row: None,
            first_row,
            reaching: Vec::new(),
            next_column: 0,
            style_column: 0,
            cell: None,
            removed: Vec::new(),
        });
        self.open_tables.push(self.tables.len() - 1);
        Ok(())
    }

    /// Puts the text outside tables into rows of one cell and returns the row after them.
    fn outside_rows(&mut self, sheet: &mut SheetBuilder, mut row: u32) -> Result<u32, Refusal> {
        let whole: String = tidy(std::mem::take(&mut self.outside)).into_iter().map(|run| run.0).collect();
        for line in whole.lines().filter(|line| !is_blank(line)) {
            sheet.text(CellRef::new(row, 0), line, &CellStyle::default(), self.budget)?;
            row += 1;
        }
        Ok(row)
    }

    fn open_row(&mut self, tag: &Tag) -> Result<(), Refusal> {
        self.close_cell()?;
        let is_hidden = has_style(tag, &["display:none", "mso-height-source:userset;display:none"]);
        let Some(table) = self.innermost() else { return Ok(()) };
        let row = table.row.map_or(table.first_row, |row| row + 1);
        if row >= MAX_ROWS {
            return Err(Refusal::too_large(format!("表格超过{MAX_ROWS}行")));
        }
        table.row = Some(row);
        table.next_column = 0;
        table.reaching.retain(|reaching| reaching.2 >= row);
        if is_hidden {
            table.sheet.hide_rows(row, row);
        }
        Ok(())
    }

    fn open_cell(&mut self, tag: &Tag) -> Result<(), Refusal> {
        self.close_cell()?;
        let strikes = self.strikes(tag);
        let inline_outside = self.inline.len();
        let Some(table) = self.open_tables.last().and_then(|index| self.tables.get_mut(*index)) else { return Ok(()) };
        let row = *table.row.get_or_insert(table.first_row);
        let mut column = table.next_column;
        while let Some(reaching) = table.reaching.iter().find(|reaching| (reaching.0..=reaching.1).contains(&column)) {
            column = reaching.1 + 1;
            self.budget.step()?;
        }
        if column >= MAX_COLUMNS {
            return Err(Refusal::too_large(format!("表格超过{MAX_COLUMNS}列")));
        }
        let last_column = column.saturating_add(span(tag, "colspan") - 1).min(MAX_COLUMNS - 1);
        let last_row = row.saturating_add(span(tag, "rowspan") - 1).min(MAX_ROWS - 1);
        if last_row > row {
            table.reaching.push((column, last_column, last_row));
        }
        table.next_column = last_column + 1;
        // LibreOffice names the language, the standard format and the format, with semicolons between.
        let format = attribute(tag, "sdnum").and_then(|format| format.splitn(3, ';').nth(2)).map(NumberFormat::parse);
        let number =
            attribute(tag, "x:num").or_else(|| attribute(tag, "sdval")).map(|number| (number.to_owned(), format));
        table.cell = Some(OpenCell {
            at: CellRef::new(row, column),
            last: CellRef::new(last_row, last_column),
            runs: Vec::new(),
            struck: strikes,
            number,
            comment: String::new(),
            inline_outside,
        });
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Refusal> {
        let Some(table) = self.open_tables.last().and_then(|index| self.tables.get_mut(*index)) else { return Ok(()) };
        let Some(cell) = table.cell.take() else { return Ok(()) };
        self.inline.truncate(cell.inline_outside);
        table.sheet.merge(cell.at, cell.last, self.budget)?;
        table.sheet.comment(cell.at, &cell.comment, self.budget)?;
        let text = RichText::from_runs(&tidy(cell.runs));
        let mut style = CellStyle { struck: cell.struck, ..CellStyle::default() };
        let shown = text.seen(cell.struck).text;
        if is_error_code(&shown) {
            return table.sheet.error(cell.at, &shown, &style, self.budget);
        }
        let number = cell.number.and_then(|(number, format)| {
            let written = if number.trim().is_empty() { shown.trim() } else { number.trim() };
            style.format = format.unwrap_or_else(NumberFormat::general);
            written.parse::<f64>().ok().filter(|number| number.is_finite() && !is_blank(&shown))
        });
        let Some(number) = number else {
            style.format = NumberFormat::general();
            return table.sheet.rich_text(cell.at, &text, &style, &mut table.removed, self.budget);
        };
        table.sheet.number(cell.at, number, &style, self.budget)?;
        if let Some(cell) = table.sheet.last() {
            cell.text = shown;
        }
        Ok(())
    }

    /// Excel names the sheets in a comment that only it reads: `<x:Name>填报表</x:Name>`.
    fn saved_names(&mut self, comment: &str) {
        if !comment.contains("<x:ExcelWorkbook>") {
            return;
        }
        for piece in comment.split("<x:Name>").skip(1) {
            let name = piece.split('<').next().unwrap_or_default().trim();
            self.saved_names.push(name.replace("&amp;", "&"));
        }
    }

    fn finish(mut self) -> Result<(Vec<Sheet>, Vec<String>), Refusal> {
        while !self.open_tables.is_empty() {
            self.end("table")?;
        }
        if let Some(mut last) = self.tables.pop() {
            let after = last.row.map_or(last.first_row, |row| row + 1);
            self.outside_rows(&mut last.sheet, after)?;
            self.tables.push(last);
        }
        self.refusal.map_or(Ok(()), Err)?;
        let mut sheets = Vec::new();
        let mut remarks = Vec::new();
        let tables = self.tables.into_iter().filter(|table| table.sheet.len() > 0);
        let tables: Vec<Table> = tables.collect();
        self.budget.sheets(tables.len())?;
        let saved_names = if self.saved_names.len() == tables.len() { self.saved_names } else { Vec::new() };
        for (index, mut table) in tables.into_iter().enumerate() {
            let caption: String = tidy(table.caption.unwrap_or_default()).into_iter().map(|run| run.0).collect();
            let saved = saved_names.get(index).filter(|name| !name.is_empty()).cloned();
            let caption = Some(caption.replace('\n', " ")).filter(|caption| !is_blank(caption));
            table.sheet.name = caption.or(saved).unwrap_or_else(|| format!("Sheet{}", index + 1));
            remarks.extend(removed_remark(&table.sheet.name, &table.removed));
            sheets.push(table.sheet.finish(&mut remarks));
        }
        Ok((sheets, remarks))
    }
}

fn is_inline(name: &str) -> bool {
    matches!(name, "s" | "strike" | "del" | "span" | "font" | "b" | "i" | "u" | "a" | "em" | "strong" | "sub" | "sup")
}
