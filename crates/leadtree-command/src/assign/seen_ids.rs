//! Which ids came before.

use hashbrown::hash_table::{Entry, HashTable};
use xxhash_rust::xxh3::xxh3_64;

/// How many tables the ids are spread over, so that only a small one grows at a time.
const TABLES: usize = 4096;

/// The bytes of a hash that a table keeps; the others choose the table.
type Rest = [u8; 6];

/// Which ids came before: at most 16 bytes for each, however long it is.
///
/// Of each id 60 bits of its hash are kept. Among ten million ids, two different ones are taken for the same
/// with a probability of 1 in 23,000.
pub(crate) struct SeenIds(Vec<HashTable<Rest>>);

impl Default for SeenIds {
    fn default() -> Self {
        Self((0..TABLES).map(|_| HashTable::new()).collect())
    }
}

impl SeenIds {
    /// Adds an id; whether it is new.
    pub(crate) fn insert(&mut self, id: &str) -> bool {
        let hash = xxh3_64(id.as_bytes());
        let rest = hash
            .to_le_bytes()
            .first_chunk()
            .copied()
            .unwrap_or_default();
        let table = usize::try_from(hash >> 52).unwrap_or_default();
        let Some(table) = self.0.get_mut(table) else {
            return true;
        };
        match table.entry(spread(rest), |known| *known == rest, |known| spread(*known)) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(rest);
                true
            }
        }
    }
}

/// The hash of a kept hash: random bits again where a table looks for them, at the highest and lowest places.
fn spread(rest: Rest) -> u64 {
    let low = rest.first_chunk().copied().map_or(0, u32::from_le_bytes);
    let high = rest.last_chunk().copied().map_or(0, u32::from_le_bytes);
    u64::from(high) << 32 | u64::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_new_once() {
        let mut seen = SeenIds::default();
        let ids = (0..200_000).map(|number| format!("L-{number}"));
        for id in ids.clone() {
            assert!(seen.insert(&id), "{id}");
        }
        for id in ids {
            assert!(!seen.insert(&id), "{id}");
        }
        let bytes: usize = seen.0.iter().map(HashTable::allocation_size).sum();
        assert!(bytes / 200_000 <= 16, "{bytes}");
    }
}
