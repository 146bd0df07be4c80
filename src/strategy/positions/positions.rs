//! A set of positions in a roster.

/// A set of positions in a roster, in rising order. To ask, to add and to take away cost constant
/// time; to go through them, one step for each and one for every 64 places. A bit a place.
///
/// ```
/// use leadtree::strategy::Positions;
///
/// let mut positions: Positions = [4, 1].into_iter().collect();
/// assert!(positions.insert(2) && !positions.insert(4));
/// assert!(positions.remove(1));
/// assert_eq!(positions.iter().collect::<Vec<_>>(), [2, 4]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Positions {
    words: Vec<u64>,
    count: usize,
}

const BITS: usize = u64::BITS as usize;

impl Positions {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the position; whether it is new.
    pub fn insert(&mut self, position: usize) -> bool {
        let (word, bit) = (position / BITS, 1 << (position % BITS));
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        let Some(word) = self.words.get_mut(word) else {
            return false;
        };
        let is_new = *word & bit == 0;
        *word |= bit;
        self.count += usize::from(is_new);
        is_new
    }

    /// Takes the position away; whether it was there.
    pub fn remove(&mut self, position: usize) -> bool {
        let (word, bit) = (position / BITS, 1 << (position % BITS));
        let Some(word) = self.words.get_mut(word) else {
            return false;
        };
        let was_there = *word & bit != 0;
        *word &= !bit;
        self.count -= usize::from(was_there);
        was_there
    }

    /// Adds the position or takes it away.
    pub(crate) fn set(&mut self, position: usize, is_in: bool) {
        if is_in {
            self.insert(position);
        } else {
            self.remove(position);
        }
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.words.clear();
        self.count = 0;
    }

    /// Whether the position is in the set.
    #[inline]
    pub fn contains(&self, position: usize) -> bool {
        let word = self.words.get(position / BITS);
        word.is_some_and(|word| word >> (position % BITS) & 1 == 1)
    }

    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The positions in rising order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + use<'_> {
        let words = self.words.iter().enumerate();
        words.flat_map(|(number, &word)| bits(number, word))
    }

    /// The positions that are not in the other set, in rising order.
    pub(crate) fn difference<'s>(
        &'s self,
        other: &'s Self,
    ) -> impl Iterator<Item = usize> + use<'s> {
        let words = self.words.iter().enumerate();
        words.flat_map(|(number, &word)| {
            let others = other.words.get(number).copied().unwrap_or(0);
            bits(number, word & !others)
        })
    }
}

/// The positions of a word in rising order.
fn bits(number: usize, word: u64) -> impl Iterator<Item = usize> {
    let mut left = word;
    std::iter::from_fn(move || {
        let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
        left &= left - 1;
        Some(number * BITS + bit)
    })
}

impl FromIterator<usize> for Positions {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Self {
        let mut set = Self::new();
        for position in positions {
            set.insert(position);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equals_an_ordered_set(changes in prop::collection::vec((0_usize..200, any::<bool>()), 0..300)) {
            let (mut set, mut model) = (Positions::new(), BTreeSet::new());
            for (position, is_in) in changes {
                if is_in {
                    prop_assert_eq!(set.insert(position), model.insert(position));
                } else {
                    prop_assert_eq!(set.remove(position), model.remove(&position));
                }
                prop_assert!(set.iter().eq(model.iter().copied()));
                prop_assert_eq!((set.len(), set.is_empty()), (model.len(), model.is_empty()));
            }
            for position in 0..300 {
                prop_assert_eq!(set.contains(position), model.contains(&position));
            }
        }
    }
}
