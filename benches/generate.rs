//! Writes a folder of made-up workbooks and the plan whose townships they come from, to measure with:
//! `cargo run --release --example generate -- FOLDER 1000`.

mod generated;

use std::path::PathBuf;

use anyhow::Context;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let usage = "usage: generate FOLDER TOWNSHIPS (at most 40000)";
    let folder = PathBuf::from(arguments.next().context(usage)?);
    let count = arguments.next().and_then(|count| count.to_str()?.parse().ok()).context(usage)?;
    anyhow::ensure!((1..=40_000).contains(&count), usage);
    generated::write_folder(&folder, count).with_context(|| folder.display().to_string())
}
