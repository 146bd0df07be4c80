//! Values that come up many times, kept about once.

/// Shorter lists are not looked through.
const FEW: usize = 1 << 12;

/// Values in any order, at most about twice as many as there are different ones.
pub(super) struct Distinct<T> {
    values: Vec<T>,
    /// More values than this are looked through.
    most: usize,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            most: FEW,
        }
    }
}

impl<T: Ord> Distinct<T> {
    pub(super) fn extend(&mut self, more: impl IntoIterator<Item = T>) {
        self.values.extend(more);
        if self.values.len() > self.most {
            self.keep_one_of_each();
            self.most = FEW.max(2 * self.values.len());
        }
    }

    /// Each value once, in order.
    pub(super) fn into_sorted(mut self) -> Vec<T> {
        self.keep_one_of_each();
        self.values
    }

    fn keep_one_of_each(&mut self) {
        self.values.sort_unstable();
        self.values.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_times_the_same_takes_little_memory() {
        let mut distinct = Distinct::default();
        for round in 0..1_000 {
            distinct.extend((0..10_000).rev().chain([10_000 + round]));
            assert!(distinct.values.len() <= 2 * 11_000, "round {round}");
        }
        assert_eq!(distinct.into_sorted(), (0..11_000).collect::<Vec<_>>());
    }
}
