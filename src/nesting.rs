//! Keeps recursion bounded while a nested form is read, whatever the file format.

use std::cell::Cell;

use serde::de::{Deserialize, Deserializer, Error};

use crate::limits::MAX_NESTING;

thread_local! {
    /// How many nested forms are being read on this thread.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

struct Level;

impl Level {
    fn enter() -> Option<Self> {
        DEPTH.with(|depth| {
            // Groups and the conditions inside them share the count.
            (depth.get() < 2 * MAX_NESTING).then(|| {
                depth.set(depth.get() + 1);
                Self
            })
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get() - 1));
    }
}

/// Reads a `T` that may hold further `T`s, one level deeper; refuses input that nests without end.
pub(crate) fn nested<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let _level = Level::enter()
        .ok_or_else(|| D::Error::custom(format!("nested deeper than {MAX_NESTING} levels")))?;
    T::deserialize(deserializer)
}
