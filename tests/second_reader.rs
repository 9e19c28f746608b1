//! Does a second reader see the same cells? Compares every non-blank cell with LibreOffice's csv of each sheet.
//!
//! `cargo test --test second_reader -- --ignored --nocapture`, where LibreOffice is installed. `SECOND_READER=LIST`
//! names a text file with one path a line to compare instead of the fixtures; the differences of each kind are counted
//! and `docs/reading.md` explains them.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test that is also run by hand to count differences")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use calamine::{Reader, open_workbook_auto_from_rs};
use hedui::location::CellRef;
use hedui::workbooks::{Cell, Limits, Sheet, Value, Workbook, open};

/// Text of a sheet's cells as csv: comma, quotes, UTF-8, from the first row, texts as shown, all sheets.
const EXPORT: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1";

/// How a cell differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// White space, line breaks, control characters.
    Spaces,
    /// The same number, written with other digits, separators, signs of money or units of time.
    NumberFormat,
    /// The same day or time in another notation.
    DateFormat,
    /// TRUE and 1, 真.
    Truth,
    /// Names of errors: #N/A, Err:502, #NAME?.
    ErrorName,
    /// Struck-through parts of the text: left out here, and said in a remark that quotes them.
    StruckPart,
    /// LibreOffice computed a formula anew: the file stored no result, or another.
    Computed,
    /// LibreOffice builds pivot tables anew from their source.
    Pivot,
    /// A text that differs otherwise.
    Text,
    /// We show a cell that LibreOffice leaves blank.
    OnlyHere,
    /// LibreOffice shows a cell that we lack.
    OnlyThere,
}

/// Kinds that lose or change something; the others are matters of formatting.
const LOSSES: [Kind; 3] = [Kind::Text, Kind::OnlyHere, Kind::OnlyThere];

/// The csv of each sheet by its name; empty where LibreOffice does not open the file as a table.
fn second(file: &Path, folder: &Path) -> BTreeMap<String, Vec<Vec<String>>> {
    let to = folder.join("csv");
    let _ = fs::remove_dir_all(&to);
    fs::create_dir_all(&to).unwrap();
    let extension = file.extension().map_or_else(|| "xls".to_owned(), |ending| ending.to_string_lossy().into_owned());
    let copy = folder.join(format!("f.{extension}"));
    fs::copy(file, &copy).unwrap();
    // LibreOffice may take all memory of the machine over a hostile file.
    let shell = "ulimit -v 6000000; exec timeout --kill-after=5 90 soffice \"$@\"";
    let _ = Command::new("bash")
        .args(["-c", shell, "soffice", "--headless", "--norestore"])
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--convert-to", EXPORT, "--outdir"])
        .args([&to, &copy])
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let mut sheets = BTreeMap::new();
    for entry in fs::read_dir(&to).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(sheet) = name.strip_prefix("f-").and_then(|name| name.strip_suffix(".csv")) else { continue };
        sheets.insert(sheet.to_owned(), rows(&String::from_utf8_lossy(&fs::read(entry.path()).unwrap())));
    }
    let _ = fs::remove_dir_all(&to);
    let _ = fs::remove_file(copy);
    sheets
}

/// The rows of a csv, blank ones too: the csv crate leaves out lines without any character.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => row.last_mut().unwrap().push(chars.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            _ => row.last_mut().unwrap().push(c),
        }
    }
    rows
}

/// A text without white space and characters that take no room.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !"\u{feff}\u{200b}\u{ad}".contains(*c)).collect()
}

/// The number that a text shows, its percent sign taken into account; separators and signs of money left out.
fn number(text: &str) -> Option<f64> {
    let inner: String = text.chars().filter(|c| c.is_ascii_digit() || "+-.eE%".contains(*c)).collect();
    if !inner.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let inner = if text.contains('(') && !inner.starts_with('-') { format!("-{inner}") } else { inner };
    let (body, share) = inner.strip_suffix('%').map_or((inner.as_str(), 1.0), |body| (body, 100.0));
    body.trim_end_matches(['-', '.', 'e', 'E']).parse::<f64>().ok().map(|value| value / share)
}

/// Whether two figures are one, to the digits that are shown.
fn same_number(one: f64, other: f64) -> bool {
    let size = one.abs().max(other.abs());
    (one - other).abs() <= size * 0.006 + 0.0051
}

/// How a cell of ours differs from the text of the second reader.
fn kind(cell: &Cell, there: &str) -> Option<Kind> {
    let (here, there) = (cell.text.trim(), there.trim());
    if here == there {
        return None;
    }
    if squeezed(here) == squeezed(there) {
        return if squeezed(here).is_empty() { None } else { Some(Kind::Spaces) };
    }
    if matches!(cell.value, Value::NotCalculated) {
        return Some(Kind::Computed);
    }
    if here.is_empty() {
        return Some(Kind::OnlyThere);
    }
    if matches!(cell.value, Value::Error(_)) || there.starts_with('#') || there.starts_with("Err:") {
        return Some(if matches!(cell.value, Value::Error(_)) { Kind::ErrorName } else { Kind::Computed });
    }
    if matches!(cell.value, Value::Boolean(_)) || matches!(there, "TRUE" | "FALSE") {
        return Some(Kind::Truth);
    }
    if matches!(cell.value, Value::Date(_)) {
        return Some(Kind::DateFormat);
    }
    if let Value::Number(value) = cell.value {
        let shown = number(there);
        let same = shown.is_some_and(|there| {
            same_number(value, there) || number(here).is_some_and(|here| same_number(here, there))
        });
        if same {
            return Some(Kind::NumberFormat);
        }
        return Some(if cell.formula.is_some() { Kind::Computed } else { Kind::Text });
    }
    if there.is_empty() {
        return Some(Kind::OnlyHere);
    }
    Some(if cell.formula.is_some() { Kind::Computed } else { Kind::Text })
}

/// Whether a remark names the cell and quotes what the second reader shows besides ours.
fn is_said(cell: &Cell, there: &str, remarks: &[String]) -> bool {
    let more = there.trim().replacen(cell.text.trim(), "", 1);
    let names = |remark: &&String| remark.contains(&cell.at.to_string()) && remark.contains("删除线");
    !more.is_empty() && remarks.iter().filter(names).any(|remark| remark.contains(&more))
}

/// What a third look at the file says of differences: where formulas and pivot tables stand.
#[derive(Default)]
struct Around {
    /// Places of formulas by the names of their sheets: of xls and xlsb our own reader gives their results alone.
    formulas: BTreeMap<String, BTreeSet<CellRef>>,
    /// Where pivot tables begin, on whatever sheet.
    pivots: Vec<CellRef>,
}

impl Around {
    fn of(bytes: &[u8], workbook: &Workbook) -> Self {
        let copy = bytes.to_vec();
        let mut formulas = catch_unwind(|| formulas(&copy)).unwrap_or_default();
        // calamine leaves out the formulas of xls that it cannot write down.
        for (sheet, places) in workbook.sheets.iter().zip(formula_records(bytes)) {
            formulas.entry(sheet.name.clone()).or_default().extend(places);
        }
        Self { formulas, pivots: pivots(bytes) }
    }

    /// Losses that are none: the second reader made the cell anew.
    fn judged(&self, kind: Kind, sheet: &Sheet, at: CellRef) -> Kind {
        if !LOSSES.contains(&kind) {
            return kind;
        }
        let is_formula = self.formulas.get(&sheet.name).is_some_and(|places| places.contains(&at));
        // A title and filters stand above a pivot table.
        let is_pivot = |first: &CellRef| at.column + 1 >= first.column && at.row + 5 >= first.row;
        if is_formula {
            Kind::Computed
        } else if self.pivots.iter().any(is_pivot) {
            Kind::Pivot
        } else {
            kind
        }
    }
}

fn formulas(bytes: &[u8]) -> BTreeMap<String, BTreeSet<CellRef>> {
    let Ok(mut workbook) = open_workbook_auto_from_rs(Cursor::new(bytes)) else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for name in workbook.sheet_names() {
        let Ok(range) = workbook.worksheet_formula(&name) else { continue };
        let (row, column) = range.start().unwrap_or_default();
        let places = range.used_cells().filter(|(_, _, formula)| !formula.is_empty()).map(|(down, right, _)| {
            CellRef::new(row + u32::try_from(down).unwrap(), column + u32::try_from(right).unwrap())
        });
        found.insert(name, places.collect());
    }
    found
}

/// Places of the formula records of each worksheet of an Excel 97 file, in order.
fn formula_records(bytes: &[u8]) -> Vec<BTreeSet<CellRef>> {
    const BOF: u16 = 0x0809;
    const EOF: u16 = 0x000A;
    const WORKSHEET: u16 = 0x0010;
    let Ok(mut compound) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Vec::new() };
    let Ok(mut stream) = compound.open_stream("/Workbook") else { return Vec::new() };
    let mut content = Vec::new();
    let _ = stream.read_to_end(&mut content);
    let word = |at: usize| content.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let mut sheets: Vec<BTreeSet<CellRef>> = Vec::new();
    // How deep the records lie, and whether the outermost part is a worksheet.
    let (mut depth, mut in_sheet, mut at) = (0u32, false, 0);
    while let (Some(kind), Some(length)) = (word(at), word(at + 2)) {
        match kind {
            BOF => {
                depth += 1;
                if depth == 1 {
                    in_sheet = word(at + 6) == Some(WORKSHEET);
                    sheets.extend(in_sheet.then(BTreeSet::new));
                }
            }
            EOF => depth = depth.saturating_sub(1),
            0x0006 | 0x0206 | 0x0406 if in_sheet && depth == 1 => {
                if let (Some(row), Some(column), Some(places)) = (word(at + 4), word(at + 6), sheets.last_mut()) {
                    places.insert(CellRef::new(u32::from(row), u32::from(column)));
                }
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    sheets
}

fn pivots(bytes: &[u8]) -> Vec<CellRef> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let Ok(mut part) = archive.by_index(index) else { continue };
        let name = String::from_utf8_lossy(part.name_raw()).to_lowercase();
        let mut text = String::new();
        if name.contains("pivottables/") && part.read_to_string(&mut text).is_ok() {
            let place = text.split_once("<location").and_then(|(_, rest)| rest.split_once("ref=\""));
            let place = place.and_then(|(_, rest)| rest.split_once('"'));
            found.extend(place.and_then(|(place, _)| CellRef::parse_a1(place.split(':').next()?)));
        }
    }
    found
}

/// Differences of one sheet, with their places.
fn differences(sheet: &Sheet, rows: &[Vec<String>], remarks: &[String], around: &Around) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    for cell in sheet.cells() {
        let (row, column) = (cell.at.row as usize, cell.at.column as usize);
        let there = rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str);
        if let Some(kind) = kind(cell, there) {
            let kind = if kind == Kind::Text && is_said(cell, there, remarks) { Kind::StruckPart } else { kind };
            let kind = around.judged(kind, sheet, cell.at);
            found.push((kind, format!("{}!{}: {:?} there {:?}", sheet.name, cell.at, cell.text, there)));
        }
    }
    for (row, cells) in (0u32..).zip(rows) {
        for (column, there) in (0u32..).zip(cells) {
            if !squeezed(there).is_empty() && sheet.cell(CellRef::new(row, column)).is_none() {
                let at = CellRef::new(row, column);
                found
                    .push((around.judged(Kind::OnlyThere, sheet, at), format!("{}!{at}: there {there:?}", sheet.name)));
            }
        }
    }
    found
}

/// The csv of a sheet: by its name as LibreOffice writes it into a file name.
fn csv_of<'c>(
    name: &str,
    csvs: &'c BTreeMap<String, Vec<Vec<String>>>,
    workbook: &Workbook,
) -> Option<&'c Vec<Vec<String>>> {
    let written: String = name.chars().map(|c| if "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
    let only = || (workbook.sheets.len() == 1 && csvs.len() == 1).then(|| csvs.values().next()).flatten();
    csvs.get(name).or_else(|| csvs.get(&written)).or_else(only)
}

/// The files to compare.
fn files() -> Vec<PathBuf> {
    if let Some(list) = std::env::var_os("SECOND_READER") {
        return fs::read_to_string(list).unwrap().lines().map(PathBuf::from).collect();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["samples/2024Q1", "tests/fixtures/reading"];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| {
        file.extension().is_some_and(|ending| ["xlsx", "xls", "ods"].iter().any(|known| ending == *known))
    });
    files.sort();
    files
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_shows_the_same_cells() {
    let folder = tempfile::tempdir().unwrap();
    let mut counts: BTreeMap<Kind, (usize, BTreeSet<PathBuf>)> = BTreeMap::new();
    let (mut compared, mut cells, mut losses) = (0, 0, Vec::new());
    for file in files() {
        let bytes = fs::read(&file).unwrap();
        let Ok(workbook) = open(&bytes, &Limits::default()) else {
            println!("{}: refused", file.display());
            continue;
        };
        let csvs = second(&file, folder.path());
        if csvs.is_empty() {
            println!("{}: LibreOffice gives nothing", file.display());
            continue;
        }
        compared += 1;
        let around = Around::of(&bytes, &workbook);
        for sheet in &workbook.sheets {
            let Some(rows) = csv_of(&sheet.name, &csvs, &workbook) else {
                if !sheet.cells().is_empty() {
                    println!("{}: no csv of {}", file.display(), sheet.name);
                }
                continue;
            };
            cells += sheet.cells().len();
            for (kind, place) in differences(sheet, rows, &workbook.remarks, &around) {
                let (count, of) = counts.entry(kind).or_default();
                *count += 1;
                if of.insert(file.clone()) || std::env::var_os("SECOND_READER_ALL").is_some() {
                    println!("{}: {kind:?} {place}", file.display());
                }
                if LOSSES.contains(&kind) {
                    losses.push(format!("{}: {kind:?} {place}", file.display()));
                }
            }
        }
    }
    println!("{compared} files, {cells} cells");
    for (kind, (count, of)) in &counts {
        println!("{kind:?}: {count} in {} files", of.len());
    }
    assert!(compared > 0);
    if std::env::var_os("SECOND_READER").is_none() {
        assert!(losses.is_empty(), "{}", losses.join("\n"));
    }
}
