//! Many short lists, kept one behind the other without gaps.

/// Lists by number.
#[derive(Debug)]
pub(super) struct Lists<T> {
    items: Vec<T>,
    /// Where each list ends in `items`.
    ends: Vec<u32>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T: Copy + Default> Lists<T> {
    /// Items with the numbers of the lists that they belong to, each list in the order of its items.
    pub(super) fn sorted(count: usize, items: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut ends: Vec<u32> = vec![0; count];
        for (number, _) in items.clone() {
            ends[number as usize] += 1;
        }
        let mut begin = 0;
        for end in &mut ends {
            begin += std::mem::replace(end, begin);
        }
        // Each list now begins where it should end, and its end moves on with every item.
        let mut sorted = vec![T::default(); begin as usize];
        for (number, item) in items {
            let end = &mut ends[number as usize];
            sorted[*end as usize] = item;
            *end += 1;
        }
        Self { items: sorted, ends }
    }
}

impl<T> Lists<T> {
    /// No list yet, and room for so many with so many items in all.
    pub(super) fn with_room(lists: usize, items: usize) -> Self {
        Self { items: Vec::with_capacity(items), ends: Vec::with_capacity(lists) }
    }

    /// Adds a list behind the last one.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        list.into_iter().for_each(|item| self.items.push(item));
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// How many lists there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The items of all lists.
    pub(super) fn items(&self) -> &[T] {
        &self.items
    }

    /// The same lists of what is made of each item.
    pub(super) fn map<U>(&self, make: impl FnMut(&T) -> U) -> Lists<U> {
        Lists { items: self.items.iter().map(make).collect(), ends: self.ends.clone() }
    }

    /// A list that was added.
    #[inline]
    pub(super) fn get(&self, number: usize) -> &[T] {
        let begin = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[begin as usize..self.ends[number] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_find_their_lists_and_keep_their_order() {
        let items = [(2, 'a'), (0, 'b'), (2, 'c'), (0, 'd')];
        let lists = Lists::sorted(4, items.into_iter());
        let expected: [&[char]; 4] = [&['b', 'd'], &[], &['a', 'c'], &[]];
        for (number, list) in expected.into_iter().enumerate() {
            assert_eq!(lists.get(number), list);
        }
    }
}
