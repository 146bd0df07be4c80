//! Finds the nodes of a taxonomy by the last steps of their paths.

use std::ops::Range;

use super::name_table::hash;
use crate::text::name_key;

/// The nodes by the last steps of their paths: for each node half of the hash of its last step, and its
/// number; sorted. 8 bytes a node.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct LastSteps(Vec<(u32, u32)>);

impl LastSteps {
    pub(super) fn of(paths: &[Box<str>]) -> Self {
        let is_flat = paths.iter().all(|path| !path.contains('/'));
        if is_flat {
            return Self::default();
        }
        let steps = (0..)
            .zip(paths)
            .map(|(code, path)| (key_hash(&last_step(path)), code));
        let mut steps: Vec<_> = steps.collect();
        steps.sort_unstable();
        Self(steps)
    }

    /// The numbers in a range of the nodes whose last step may have a key, in their order. Logarithmic in the
    /// number of nodes.
    pub(super) fn find(&self, key: &str, range: &Range<u32>) -> impl Iterator<Item = u32> {
        let hash = key_hash(key);
        let [begin, end] = [range.start, range.end].map(|code| {
            let before = |step: &(u32, u32)| *step < (hash, code);
            self.0.partition_point(before)
        });
        let found = self.0.get(begin..end).unwrap_or_default();
        found.iter().map(|(_, code)| *code)
    }
}

/// The key of the last step of a path.
pub(super) fn last_step(path: &str) -> String {
    name_key(path.rsplit('/').next().unwrap_or(path))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "half of a hash is enough; keys are compared"
)]
fn key_hash(key: &str) -> u32 {
    hash(key.as_bytes()) as u32
}
