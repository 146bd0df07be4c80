//! Where members, teams and seats are, by number.

/// A member: the shard and the number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::dispatch) struct MemberAt {
    pub(in crate::dispatch) shard: usize,
    pub(in crate::dispatch) member: usize,
}

/// A team: the shard and the number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dispatch) struct TeamAt {
    pub(in crate::dispatch) shard: usize,
    pub(in crate::dispatch) team: usize,
}

/// A member's place in a team of a shard: the team's number there, and the position in its roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::dispatch) struct Place {
    pub(in crate::dispatch) team: usize,
    pub(in crate::dispatch) position: usize,
}
