//! What if a reader panics all the same?

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::refusal::Refusal;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs a reader; a panic inside becomes a refusal, without a word on the terminal. This is the last line of defence:
/// what a reader cannot bear should have been refused before.
pub(super) fn caught<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |information| {
            if !QUIET.get() {
                previous(information);
            }
        }));
    });
    let before = QUIET.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(read));
    QUIET.set(before);
    outcome.unwrap_or_else(|_| Err(Refusal::damaged("内部结构有误")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::RefusalReason;

    #[test]
    fn a_panic_becomes_a_refusal() {
        let numbers: [u8; 0] = [];
        let outcome = caught(|| Ok(numbers[std::hint::black_box(3)]));
        assert_eq!(outcome.unwrap_err().reason, RefusalReason::Damaged);
        assert_eq!(caught(|| Ok(1)), Ok(1));
    }
}
