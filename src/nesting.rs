//! Bounds the recursion while nested input is deserialised, in every file format.

use std::cell::Cell;
use std::thread::LocalKey;

use serde::de::{Deserialize, Deserializer, Error};

use crate::limits::{MAX_NESTING, MAX_TAXONOMY_NESTING};

thread_local! {
    static BRANCHES: Cell<usize> = const { Cell::new(0) };
    static CONDITIONS: Cell<usize> = const { Cell::new(0) };
    static GROUPS: Cell<usize> = const { Cell::new(0) };
}

/// A kind of input that nests.
#[derive(Clone, Copy)]
pub(crate) enum Nested {
    /// Nested maps of a taxonomy.
    Branches,
    /// Conditions inside conditions.
    Conditions,
    /// Groups, and the rules inside them.
    Groups,
}

impl Nested {
    /// How many of this kind, one inside the other, this thread is reading.
    fn depth(self) -> &'static LocalKey<Cell<usize>> {
        match self {
            Self::Branches => &BRANCHES,
            Self::Conditions => &CONDITIONS,
            Self::Groups => &GROUPS,
        }
    }

    fn limit(self) -> usize {
        match self {
            Self::Branches => MAX_TAXONOMY_NESTING,
            Self::Conditions | Self::Groups => MAX_NESTING,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Branches => "maps",
            Self::Conditions => "conditions",
            Self::Groups => "groups",
        }
    }

    /// Reads a `T` that may contain further `T`s, one level deeper. Input that nests deeper than the
    /// limit is an error.
    pub(crate) fn read<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
        self,
        deserializer: D,
    ) -> Result<T, D::Error> {
        let depth = self.depth();
        let limit = self.limit();
        if depth.get() > limit {
            let message = format!("{} nest deeper than {limit}", self.name());
            return Err(D::Error::custom(message));
        }
        depth.set(depth.get() + 1);
        let guard = NestingGuard(depth);
        let read = T::deserialize(deserializer);
        drop(guard);
        read
    }
}

/// Counts the level down again when dropped, even if the reader panics.
struct NestingGuard(&'static LocalKey<Cell<usize>>);

impl Drop for NestingGuard {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
