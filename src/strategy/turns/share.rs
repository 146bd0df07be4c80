//! What a member of a rotation has got.

/// A lead, in the units in which lags are carried from period to period.
pub(in crate::strategy) const LEAD: i128 = 1 << 40;

/// What a member of a rotation has got.
#[derive(Debug, Clone)]
pub(in crate::strategy) struct Share {
    /// For a candidate of the period, the picks since it began, less the lag when it did; for who is
    /// away, less the lag. In units.
    pub(in crate::strategy) spent: i128,
    pub(in crate::strategy) last_turn: u64,
    pub(in crate::strategy) weight: u32,
}
