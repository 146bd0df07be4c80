//! What a member of a rotation has got.

/// A lead, in the units in which lags are carried from period to period.
pub(super) const LEAD: i128 = 1 << 40;

/// What a member of a rotation has got.
#[derive(Debug, Clone)]
pub(super) struct Share {
    /// For a candidate of the period, the picks since it began, less the lag when it did; for who is
    /// away, less the lag. In units.
    pub(super) spent: i128,
    pub(super) last_turn: u64,
    pub(super) weight: u32,
}
