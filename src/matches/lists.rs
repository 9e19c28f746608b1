//! Many short lists, kept one behind the other without gaps.

/// Lists by number.
#[derive(Debug)]
pub(super) struct Lists<T> {
    items: Vec<T>,
    /// Where each list ends in `items`.
    ends: Vec<usize>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// Adds a list behind the last one.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.ends.push(self.items.len());
    }

    /// A list that was added.
    pub(super) fn get(&self, number: usize) -> &[T] {
        let begin = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[begin..self.ends[number]]
    }
}
