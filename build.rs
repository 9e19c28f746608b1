//! Two things that are known when the program is built: its name in its caches, a fingerprint of the sources and the locked
//! dependencies; and the built-in plan as JSON, which is read five times faster than TOML whenever the program starts.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::Value;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hasher = DefaultHasher::new();
    for name in ["src", "templates", "Cargo.lock", "Cargo.toml"] {
        println!("cargo:rerun-if-changed={name}");
        hash(&root, &root.join(name), &mut hasher)?;
    }
    println!("cargo:rustc-env=HEDUI_SOURCES={:016x}", hasher.finish());
    let plan: Value =
        toml::from_str(&fs::read_to_string(root.join("templates/dongtou.toml"))?).map_err(io::Error::other)?;
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(folder.join("dongtou.json"), plan.to_string())
}

/// Adds a file, or all files of a folder in the order of their names. What is not packaged is passed over.
fn hash(root: &Path, path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut entries =
            fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| hash(root, entry, hasher));
    }
    if path.is_file() {
        let name = path.strip_prefix(root).unwrap_or(path).components();
        name.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}
