//! What happens on Ctrl-C? What lies beside the outputs and has not taken its place is removed, then the run ends.

use crate::outputs::beside;

/// Exit status of a run that was interrupted: 128 and the signal's number, as shells have it.
const INTERRUPTED: i32 = 130;

/// Prepares for an interruption. Nothing is said then: the terminal may be what the run is waiting for.
pub(super) fn prepare() {
    // Without a handler the run still ends at once; only temporary files may stay, which the next run skips.
    let _ = ctrlc::set_handler(|| {
        let _nothing_is_written_any_more = beside::abandon();
        #[expect(clippy::exit, reason = "the main thread may be in the midst of anything")]
        std::process::exit(INTERRUPTED);
    });
}
