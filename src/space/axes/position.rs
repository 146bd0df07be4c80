//! Positions as small numbers.

/// A position in memory as a `u32`: whatever is counted here lies far below 2^32.
pub(crate) fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
