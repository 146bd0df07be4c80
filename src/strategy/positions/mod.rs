//! Positions in a roster: as a set, in order, side by side on a line.

#[expect(clippy::module_inception, reason = "the room's main concept")]
pub(super) mod positions;
pub(super) mod ranking;
pub(super) mod weight_line;
