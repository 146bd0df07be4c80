//! Positions as small numbers.

/// A position as a `u32`. Positions here are bounded by memory and stay far below 2^32.
pub(crate) fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
