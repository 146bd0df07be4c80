//! Values that threads write side by side.

/// A value on cache lines of its own, so that a thread that writes it does not disturb one that
/// writes its neighbour. (128 bytes: processors fetch lines in pairs.)
#[derive(Debug, PartialEq)]
#[repr(align(128))]
pub(super) struct OwnLine<T>(pub(super) T);
