//! The plan as the matcher sees it, made on a thread of its own while the first files are opened.

use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

use crate::list::Plan;
use crate::matches::PlanIndex;

/// An index that is being made.
pub(super) struct ComingIndex {
    made: OnceLock<PlanIndex>,
    making: Mutex<Option<JoinHandle<PlanIndex>>>,
}

impl ComingIndex {
    /// Begins to make the index of a plan.
    pub(super) fn of(plan: &Arc<Plan>) -> Self {
        let plan = Arc::clone(plan);
        Self { made: OnceLock::new(), making: Mutex::new(Some(thread::spawn(move || PlanIndex::new(&plan)))) }
    }

    /// Whether there is no need to wait for it.
    pub(super) fn is_made(&self) -> bool {
        let finished = |making: &JoinHandle<PlanIndex>| making.is_finished();
        self.made.get().is_some() || self.making().as_ref().is_none_or(finished)
    }

    /// The index; waits until it is made.
    pub(super) fn get(&self) -> &PlanIndex {
        self.made.get_or_init(|| {
            let making = self.making().take().map(JoinHandle::join);
            making.expect("taken once only").unwrap_or_else(|panic| resume_unwind(panic))
        })
    }

    fn making(&self) -> std::sync::MutexGuard<'_, Option<JoinHandle<PlanIndex>>> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_threads_get_the_same_index() {
        let plan = Arc::new(Plan::built_in());
        let coming = ComingIndex::of(&plan);
        let places: Vec<usize> = thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| std::ptr::from_ref(coming.get()) as usize)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(coming.is_made() && places.iter().all(|place| *place == places[0]));
    }
}
