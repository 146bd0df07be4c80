//! A hash table from names to values.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::hash_table::{self, HashTable};

use super::resolved::{Resolved, Via};
use crate::text::with_name_key;

/// The values of a dimension, by the folded keys of their names and aliases.
///
/// Resolving a name takes one hash look-up, whatever the number of names. A name that equals its
/// folded key is looked up as it is; others are folded into a buffer on the stack.
#[derive(Debug, Clone)]
pub(super) struct NameTable<T> {
    entries: HashTable<NamedValue<T>>,
}

#[derive(Debug, Clone, PartialEq)]
struct NamedValue<T> {
    key: Box<str>,
    value: T,
    via: Via,
}

impl<T: Copy> NameTable<T> {
    /// An empty table with room for `names` names.
    pub(super) fn with_capacity(names: usize) -> Self {
        Self {
            entries: HashTable::with_capacity(names),
        }
    }

    /// The value of a name; blank is missing.
    #[inline]
    pub(super) fn resolve(&self, name: &str) -> Resolved<T> {
        with_name_key(name, |key| match self.find(key) {
            Some(entry) => Resolved::known(entry.value, entry.via),
            None if key.is_empty() => Resolved::missing(),
            None => Resolved::unlisted(),
        })
    }

    /// Adds a key. If the key is there already, its value stays and is the error.
    pub(super) fn add(&mut self, key: &str, value: T, via: Via) -> Result<(), T> {
        let bytes = key.as_bytes();
        let place = self.entries.entry(
            hash(bytes),
            |entry| entry.key.as_bytes() == bytes,
            |entry| hash(entry.key.as_bytes()),
        );
        match place {
            hash_table::Entry::Occupied(known) => Err(known.get().value),
            hash_table::Entry::Vacant(place) => {
                let key = Box::from(key);
                place.insert(NamedValue { key, value, via });
                Ok(())
            }
        }
    }

    /// The keys of all names but the values' own (aliases, codes, last path segments), in no particular
    /// order.
    pub(super) fn other_keys(&self) -> impl Iterator<Item = &str> {
        let others = self.entries.iter().filter(|entry| entry.via != Via::Itself);
        others.map(|entry| &*entry.key)
    }

    #[inline]
    fn find(&self, key: &[u8]) -> Option<&NamedValue<T>> {
        self.entries
            .find(hash(key), |entry| entry.key.as_bytes() == key)
    }
}

impl<T: Copy + PartialEq> PartialEq for NameTable<T> {
    fn eq(&self, other: &Self) -> bool {
        self.entries.len() == other.entries.len()
            && self
                .entries
                .iter()
                .all(|entry| other.find(entry.key.as_bytes()) == Some(entry))
    }
}

impl<T: Copy + Eq> Eq for NameTable<T> {}

#[inline]
pub(super) fn hash(key: &[u8]) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write(key);
    hasher.finish()
}
