//! Would an output overwrite something that was sent?

use std::fs;
use std::path::Path;

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

/// Whether the source is a file, not an archive, that we wrote ourselves.
fn is_own_output(source: &Source) -> bool {
    let arrival = source.arrive(&Limits::default());
    let own = arrival.content.err().is_some_and(|refusal| refusal.reason == RefusalReason::OwnOutput);
    own && arrival.path.is_some()
}
