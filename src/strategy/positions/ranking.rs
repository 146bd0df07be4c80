//! Positions in order, the first at hand.

/// A binary heap of positions that knows where each of them stands, so that one whose claim has
/// changed can be moved. The claims are the caller's: every call that moves anybody is given the
/// order, `before(one, other)`, which must be total.
///
/// The first costs nothing to find; to move or take out one costs one or two comparisons for each
/// doubling of their number.
#[derive(Debug, Clone, Default)]
pub(in crate::strategy) struct Ranking {
    heap: Vec<usize>,
    /// By position: its place in the heap.
    places: Vec<Option<u32>>,
}

impl Ranking {
    /// Who comes first.
    #[inline]
    pub(in crate::strategy) fn first(&self) -> Option<usize> {
        self.heap.first().copied()
    }

    #[inline]
    pub(in crate::strategy) fn contains(&self, position: usize) -> bool {
        self.place_of(position).is_some()
    }

    /// Puts the position where it belongs now, whether it is there already or not.
    pub(in crate::strategy) fn place(
        &mut self,
        position: usize,
        before: impl Fn(usize, usize) -> bool,
    ) {
        let place = match self.place_of(position) {
            Some(place) => place,
            None => self.append(position),
        };
        if self.rise(place, 0, &before) == place {
            self.sink(place, &before);
        }
    }

    /// Takes the position out, if it is there.
    pub(in crate::strategy) fn remove(
        &mut self,
        position: usize,
        before: impl Fn(usize, usize) -> bool,
    ) {
        let Some(place) = self.place_of(position) else {
            return;
        };
        self.places[position] = None;
        let Some(last) = self.heap.pop() else {
            return;
        };
        if place < self.heap.len() {
            self.put(place, last);
            if self.rise(place, 0, &before) == place {
                self.sink(place, &before);
            }
        }
    }

    #[inline]
    fn place_of(&self, position: usize) -> Option<usize> {
        let place = self.places.get(position).copied().flatten()?;
        Some(place as usize)
    }

    fn append(&mut self, position: usize) -> usize {
        if self.places.len() <= position {
            self.places.resize(position + 1, None);
        }
        let place = self.heap.len();
        self.heap.push(position);
        self.put(place, position);
        place
    }

    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a roster of 2^32 members has no room in memory"
    )]
    fn put(&mut self, place: usize, position: usize) {
        self.heap[place] = position;
        self.places[position] = Some(place as u32);
    }

    /// Moves up who stands too far down, at most to the top; gives the new place.
    fn rise(
        &mut self,
        mut place: usize,
        top: usize,
        before: impl Fn(usize, usize) -> bool,
    ) -> usize {
        let position = self.heap[place];
        while place > top {
            let parent = (place - 1) / 2;
            let above = self.heap[parent];
            if !before(position, above) {
                break;
            }
            self.put(place, above);
            place = parent;
        }
        self.put(place, position);
        place
    }

    /// Moves down who stands too far up. Who does mostly belongs near the bottom, so it goes there
    /// first, by one comparison a level, and then up as far as need be.
    fn sink(&mut self, mut place: usize, before: impl Fn(usize, usize) -> bool) {
        let position = self.heap[place];
        let top = place;
        loop {
            let left = 2 * place + 1;
            let Some(&below) = self.heap.get(left) else {
                break;
            };
            let (child, below) = match self.heap.get(left + 1) {
                Some(&right) if before(right, below) => (left + 1, right),
                _ => (left, below),
            };
            self.put(place, below);
            place = child;
        }
        self.put(place, position);
        self.rise(place, top, before);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_is_always_the_least(
            changes in prop::collection::vec((0_usize..40, prop::option::of(0_u32..20)), 1..200),
        ) {
            let mut keys: Vec<Option<u32>> = vec![None; 40];
            let mut ranking = Ranking::default();
            for (position, key) in changes {
                keys[position] = key;
                let before = |one: usize, other: usize| (keys[one], one) < (keys[other], other);
                match key {
                    Some(_) => ranking.place(position, before),
                    None => ranking.remove(position, before),
                }
                let present = (0..40).filter(|&it| keys[it].is_some());
                let least = present.min_by_key(|&it| (keys[it], it));
                prop_assert_eq!(ranking.first(), least);
                prop_assert_eq!(ranking.contains(position), key.is_some());
            }
        }
    }
}
