//! LibreOffice, as an office without Excel uses it: opens a file of ours and saves it again.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// One at a time: LibreOffice is large.
static TURN: Mutex<()> = Mutex::new(());

/// LibreOffice computes every formula anew when it opens a workbook, as a person's program does; by itself it would
/// trust the stored results.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Has LibreOffice save a file in another format; the new file.
pub(crate) fn saved_as(file: &Path, format: &str, folder: &Path) -> PathBuf {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let profile = folder.join("profile");
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS).unwrap();
    let ending = format.split(':').next().unwrap();
    let to = folder.join(ending);
    std::fs::create_dir_all(&to).unwrap();
    let done = Command::new("timeout")
        .args(["--kill-after=10", "240", "soffice", "--headless", "--norestore"])
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--convert-to", format, "--outdir"])
        .args([&to, file])
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let saved = to.join(file.file_name().unwrap()).with_extension(ending);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(saved.is_file(), "LibreOffice did not write {}: {said}", saved.display());
    saved
}
