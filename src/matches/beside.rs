//! Two things at the same time, while a plan is prepared.

use std::panic::resume_unwind;
use std::thread;

/// Does two things beside each other, without the threads that read files: they may be waiting for what comes of it.
pub(super) fn beside<One, Other: Send>(
    one: impl FnOnce() -> One,
    other: impl FnOnce() -> Other + Send,
) -> (One, Other) {
    thread::scope(|scope| {
        let other = scope.spawn(other);
        (one(), other.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
