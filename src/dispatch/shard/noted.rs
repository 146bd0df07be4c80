//! Whose numbers in a shard were changed, for the record of it.

use super::seat::place::Place;

/// Whose numbers were changed; some are named several times.
#[derive(Debug, Clone, Default)]
pub(in crate::dispatch) struct Noted {
    pub(in crate::dispatch) members: Vec<usize>,
    pub(in crate::dispatch) teams: Vec<usize>,
    pub(in crate::dispatch) seats: Vec<Place>,
    pub(in crate::dispatch) rotations: Vec<usize>,
}

impl Noted {
    /// Everybody once, in order.
    pub(in crate::dispatch) fn sort(&mut self) {
        self.teams.extend(self.seats.iter().map(|place| place.team));
        for numbers in [&mut self.members, &mut self.teams, &mut self.rotations] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        self.seats.sort_unstable();
        self.seats.dedup();
    }
}
