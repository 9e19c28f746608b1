//! What did the county publish? A document goes in, a plan comes out, and the slips of the published list.
//!
//! ```text
//! file ─► document (paragraphs, tables) ─► listing (headings, rows) ─► tasks, title, years, roster
//! ```
//!
//! What is certain is repaired and reported; what is not is left as written and reported; nothing is invented.
//! The text stays as published, its half-width punctuation included.

mod again;
mod agencies;
mod cards;
mod closing;
mod counts;
pub(super) mod dates;
mod defect;
mod document;
mod docx;
mod drawn;
mod flattened;
mod gaps;
mod html;
mod listing;
mod marks;
mod names;
mod notes;
mod outline;
mod pasted;
mod roster;
mod sections;
mod shapes;
mod sheets;
mod tables;
mod tasks;
mod text;
mod title;
mod title_words;
mod titles;
mod unrolled;
mod untitled;
mod xml_tree;
mod yearly;

use std::fs;
use std::path::Path;

use anyhow::{anyhow, bail};

pub use again::keep_corrections;
pub(super) use agencies::run_together;
pub use defect::{Defect, DefectKind};
pub(super) use shapes::split_outside_brackets as outside_brackets;

use super::form::Form;
use super::plan::{PLAN_SCHEMA, Plan, Rules};
use super::wordings::Wordings;
use crate::workbooks::{self, Limits};
use document::Document;
use listing::Listing;

/// A plan that was read from a published document, and the slips of the document.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The plan.
    pub plan: Plan,
    /// What was repaired or left as written, in the order of the document.
    pub defects: Vec<Defect>,
    /// What is no slip and yet not to be seen in the plan: one Chinese sentence each.
    pub notes: Vec<String>,
    /// The passages of the document outside the list.
    pub body: Vec<Passage>,
}

/// A passage outside the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The text.
    pub text: String,
    /// Where it stands, as a person looks it up.
    pub place: String,
}

/// Reads the responsibility list out of a published document. A plan file is read as it is, so that it can be written
/// in another form.
///
/// # Errors
/// In Chinese: the file, why no list can be read from it, and the way out.
pub fn read(path: &Path) -> anyhow::Result<Imported> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        anyhow!("公布的文件“{shown}”打不开（{}），请核对路径和权限", super::plan_file::system_words(&error))
    })?;
    if Plan::is_plan_file(&bytes) {
        let plan = Plan::load(path)?;
        return Ok(Imported { plan, defects: Vec::new(), notes: Vec::new(), body: Vec::new() });
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let imported = open(&bytes, path).and_then(|document| from_document(&document, &stem));
    imported.map_err(|reason| anyhow!("从“{shown}”读不出责任分解表：{reason}"))
}

/// Reads the file by its content; of text files the extension tells csv from running text.
fn open(bytes: &[u8], path: &Path) -> anyhow::Result<Document> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let delimited = matches!(extension.as_deref(), Some("csv" | "tsv"));
    let is_zip = bytes.starts_with(b"PK");
    if bytes.starts_with(b"%PDF") {
        bail!("这是 PDF 文件，表格的分栏无法可靠读出，请改用原来的 Word、网页或表格文件")
    }
    if is_zip && let Some(document) = docx::read(bytes).map_err(|refusal| anyhow!("{}", refusal.sentence))? {
        return Ok(document);
    }
    if is_zip || bytes.starts_with(b"\xd0\xcf\x11\xe0") || delimited {
        let workbook = workbooks::open(bytes, &Limits::default()).map_err(|refusal| {
            anyhow!("{}如果它是旧的 Word 文件（.doc、.wps），请另存为 docx 后再导入", refusal.sentence)
        })?;
        return Ok(sheets::document(&workbook));
    }
    let page = html::is_page(bytes);
    let declared = if page { html::declared_encoding(bytes) } else { None };
    let Some(text) = text::decode(bytes, declared) else {
        bail!("文字编码残缺，已有字丢失，请从公布的网页重新复制，或改用原来的 Word 文件")
    };
    if page {
        return Ok(html::document(&text));
    }
    Ok(text::document(&text))
}

/// The way out where the cells of a table cannot be told apart.
const USE_THE_ORIGINAL: &str = "请改用原来的 Word 或网页文件，或把表格粘贴到 WPS 表格里另存后再导入";

fn from_document(document: &Document, stem: &str) -> anyhow::Result<Imported> {
    let gathered = cards::gathered(document);
    let document = gathered.as_ref().unwrap_or(document);
    let paragraphs: Vec<_> = document.paragraphs().collect();
    let outlined = outline::read(&paragraphs);
    let tabled = match tables::read(document) {
        Some(listing) => Ok(Some(listing)),
        None => flattened::read(&paragraphs),
    };
    let listing = match (tabled, outlined) {
        // A table beside numbered paragraphs: the one that holds more of the list is the list.
        (Ok(Some(table)), Some(outline)) if outline.rows() > 2 * table.rows() => Some(outline),
        (Ok(Some(table)), _) => Some(table),
        (Ok(None) | Err(_), Some(outline)) => Some(outline),
        (Ok(None), None) => None,
        (Err(reason), None) => {
            bail!("{reason}，{USE_THE_ORIGINAL}")
        }
    };
    let Some(listing) = listing else {
        if let Some((unrolled, listing)) = in_cells(document) {
            return Ok(plan(&unrolled, &listing, stem));
        }
        let texts = document.texts();
        let titles = texts.iter().map(|text| titles::run_together(text)).find(|titles| !titles.is_empty());
        if let Some(titles) = titles {
            bail!("表格的各栏（{titles}）连成了一片，分不清哪些字属于哪一栏，{USE_THE_ORIGINAL}")
        }
        let scattered = titles::scattered(&texts);
        if !scattered.is_empty() {
            bail!(
                "文中有“{scattered}”等栏名，但没有表格，各栏的字已连成一片，分不清哪些字属于哪一项任务，{USE_THE_ORIGINAL}"
            )
        }
        bail!("没有找到带“任务”和“责任单位”的表格或条目，请确认导入的是责任分解表所在的文件")
    };
    Ok(plan(document, &listing, stem))
}

/// The list that stands in the cells of tables as numbered paragraphs do elsewhere, with the document so read.
fn in_cells(document: &Document) -> Option<(Document, Listing)> {
    /// Fewer tasks may be anything in a table of another sort.
    const FEWEST: usize = 3;
    let unrolled = unrolled::document(document)?;
    let listing = outline::read(&unrolled.paragraphs().collect::<Vec<_>>())?;
    (listing.rows() >= FEWEST).then_some((unrolled, listing))
}

/// Whether a note says that the first named agency leads.
fn first_named_leads(document: &Document) -> bool {
    let speaks_of_agencies = |clause: &str| clause.contains("单位") || clause.contains("部门");
    // 区人社局、区发改局，列首位者牵头 speaks of these two alone.
    let of_its_row = |clause: &str| {
        let note = clause.split([',', '，']).find(|part| agencies::says_first_leads(part));
        clause.contains('、') && !clause.contains("下同") && !note.is_some_and(speaks_of_agencies)
    };
    let says = |text: &&str| {
        text.split(['。', '；', ';', '\n']).any(|clause| {
            speaks_of_agencies(clause)
                && clause.chars().count() <= 60
                && agencies::says_first_leads(clause)
                && !of_its_row(clause)
        })
    };
    document.texts().iter().any(says)
}

fn plan(document: &Document, listing: &Listing, stem: &str) -> Imported {
    let mut defects = Vec::new();
    let above: Vec<&str> = listing.above.iter().map(String::as_str).collect();
    let title = title::title(&above).unwrap_or_else(|| {
        defects.push(Defect::repaired(DefectKind::Title, "", "", stem));
        stem.to_owned()
    });
    let (years, title) = title::years(&title, &document.texts(), &mut defects);
    defects.extend(listing.defects.iter().cloned());
    let mut made = tasks::make(listing, first_named_leads(document), years, &counts::stated(&document.texts()));
    defects.append(&mut made.defects);
    let townships = roster::derive(document, &made.tasks, &mut defects);
    for task in &mut made.tasks {
        task.townships = roster::named_in(task, &townships);
    }
    let notes = notes::notes(&made, listing);
    let tasks = made.tasks;
    let schema = PLAN_SCHEMA.to_owned();
    let (wordings, form, rules) = (Wordings::default(), Form::default(), Rules::default());
    let plan = Plan { schema, title, years, townships, tasks, wordings, form, rules };
    let passages = document.paragraphs().take(listing.above_paragraphs.unwrap_or(usize::MAX));
    let body = passages.map(|paragraph| Passage { text: paragraph.text.clone(), place: paragraph.place.clone() });
    Imported { plan, defects, notes, body: body.collect() }
}
