//! What was worked out for a text before need not be worked out again: many townships write the same words.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// Results by text, shared by all threads. When it is full, what comes new is worked out and not kept: what a result is
/// never depends on what is kept.
pub(crate) struct Memo<Result> {
    kept: Mutex<FxHashMap<String, Arc<Result>>>,
    most: usize,
}

impl<Result> Memo<Result> {
    /// Keeps at most so many results.
    pub(crate) fn new(most: usize) -> Self {
        Self { kept: Mutex::default(), most }
    }

    /// The result for a text.
    pub(crate) fn get(&self, text: &str, work_out: impl FnOnce() -> Result) -> Arc<Result> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(text) {
            return Arc::clone(known);
        }
        // Not under the lock: two threads may work out the same, others need not wait.
        let result = Arc::new(work_out());
        let mut kept = kept();
        if kept.len() < self.most {
            kept.insert(text.to_owned(), Arc::clone(&result));
        }
        drop(kept);
        result
    }

    /// Gives back what is kept.
    pub(crate) fn clear(&self) {
        drop(std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner)));
    }
}

impl<Result> fmt::Debug for Memo<Result> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Memo").field("most", &self.most).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_worked_out_once_until_there_is_no_room() {
        let memo = Memo::new(1);
        let mut times = 0;
        for text in ["一", "一", "二", "二"] {
            memo.get(text, || times += 1);
        }
        assert_eq!(times, 3);
        memo.clear();
        memo.get("一", || times += 1);
        assert_eq!(times, 4);
    }
}
