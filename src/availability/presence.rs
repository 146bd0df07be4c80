//! Presence: whether a member takes leads while at work.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether a member takes leads while at work. Working hours, holidays and leave determine when the member
/// is at work. A member who is not at work is not available, whatever the presence.
///
/// Ordered from those who are considered first to those who are considered last.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Takes leads.
    #[default]
    Active,
    /// Takes leads only if no active member of the team can.
    Away,
    /// Takes no leads from a strategy, unless the team
    /// [falls back](crate::team::Team::last_asked) to unavailable members. A rule that names the member
    /// may still assign leads.
    Unavailable,
}

impl Presence {
    /// All presences, in the order in which members are considered.
    pub const ALL: [Self; 3] = [Self::Active, Self::Away, Self::Unavailable];

    /// The word in files: `active`, `away` or `unavailable`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Away => "away",
            Self::Unavailable => "unavailable",
        }
    }
}

impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
