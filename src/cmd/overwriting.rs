//! Would an output overwrite something that was sent?

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::workbooks::{Limits, RefusalReason, Source};

/// Refuses outputs that take the place of a file under the arguments. An earlier output of ours may lie there and is
/// replaced.
///
/// # Errors
/// In Chinese: which output, and the way out.
pub(super) fn refuse(outputs: &[&Path], sources: &[Source]) -> anyhow::Result<()> {
    for output in outputs {
        let Ok(place) = fs::canonicalize(output) else { continue };
        let sent =
            |source: &&Source| source.path().is_some_and(|path| fs::canonicalize(path).is_ok_and(|it| it == place));
        if sources.iter().filter(sent).any(|source| !is_own_output(source)) {
            bail!("输出“{}”是报来的文件，请换一个文件名，以免原件被覆盖", output.display());
        }
    }
    Ok(())
}

/// Refuses a folder of ours that lies among the files to be read, or is one of them: the next run would read it.
///
/// # Errors
/// In Chinese: which folder, and the way out.
pub(super) fn refuse_inside(what: &str, folder: &Path, inputs: &[PathBuf]) -> anyhow::Result<()> {
    if folder.is_file() {
        bail!("“{}”是文件，请给出放{what}的文件夹", folder.display());
    }
    // The folder may not be there yet: the nearest one above it that is tells.
    let there = folder
        .ancestors()
        .find_map(|above| fs::canonicalize(if above == Path::new("") { Path::new(".") } else { above }).ok());
    let among = |input: &PathBuf| {
        fs::canonicalize(input).is_ok_and(|input| there.as_ref().is_some_and(|it| it.starts_with(input)))
    };
    if inputs.iter().any(among) {
        bail!("{what}文件夹“{}”在要读取的文件夹之内，请放到别处，以免下次被当作报来的文件", folder.display());
    }
    Ok(())
}

/// Whether the source is a file, not an archive, that we wrote ourselves.
fn is_own_output(source: &Source) -> bool {
    let arrival = source.arrive(&Limits::default());
    let own = arrival.content.err().is_some_and(|refusal| refusal.reason == RefusalReason::OwnOutput);
    own && arrival.path.is_some()
}
