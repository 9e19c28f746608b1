//! In which order are the files of a run opened and matched? The largest ones first, for one that is begun last would be
//! waited for alone; and as long as nothing can be matched yet, files are opened ahead.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::reading::{Opened, ReadingDesk};
use crate::workbooks::Source;

/// The files that are still to be read. Threads take them one after the other.
pub(super) struct Queue<'a> {
    sources: &'a [Source],
    /// Places of the sources.
    order: Vec<usize>,
    next: AtomicUsize,
    /// Files that were opened before they could be matched.
    ahead: Mutex<Vec<(usize, Opened)>>,
}

impl<'a> Queue<'a> {
    /// All files.
    pub(super) fn new(sources: &'a [Source]) -> Self {
        let mut order: Vec<usize> = (0..sources.len()).collect();
        order.sort_by_cached_key(|&place| Reverse(sources[place].size()));
        Self { sources, order, next: AtomicUsize::new(0), ahead: Mutex::default() }
    }

    /// The next file to be matched, opened, and its place among the sources.
    pub(super) fn next(&self, desk: &ReadingDesk<'_>) -> Option<(usize, Opened)> {
        loop {
            let ahead = if desk.can_match() { self.opened_ahead() } else { None };
            if ahead.is_some() {
                return ahead;
            }
            let Some(&place) = self.order.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                return self.opened_ahead();
            };
            let opened = (place, desk.open(&self.sources[place]));
            if desk.can_match() {
                return Some(opened);
            }
            self.ahead.lock().unwrap_or_else(PoisonError::into_inner).push(opened);
        }
    }

    fn opened_ahead(&self) -> Option<(usize, Opened)> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}
