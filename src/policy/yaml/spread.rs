//! Lists and maps that are written one entry a line, however short they are.

use std::collections::HashMap;

/// Which lists and maps are written one entry a line, as comments stand at their entries: a tree that follows
/// the policy. The entries of lists are named by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Spread {
    inner: HashMap<String, Spread>,
}

impl Spread {
    /// Adds the list or map in which an entry stands, and those around it. The path leads from the root to the
    /// entry.
    #[cfg(feature = "diagnostics")]
    pub(crate) fn add(&mut self, path: impl IntoIterator<Item = String>) {
        let mut around = self;
        for step in path {
            around = around.inner.entry(step).or_default();
        }
    }

    /// Whether no entry was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// Of an entry.
    pub(crate) fn inner(&self, step: &str) -> Option<&Self> {
        self.inner.get(step)
    }
}
