//! Whether somebody is there to take leads, in the team's own words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a member is there for. Hours say when somebody works; this says whether leads go to them
/// while they do.
///
/// Who has the day off is not available whatever this says.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Takes leads.
    #[default]
    Active,
    /// Takes leads only when no active member of the team can: the last to be asked.
    Away,
    /// Takes no leads from a strategy, unless the team asks even
    /// [those](crate::team::Team::last_asked). A rule that names the member still may.
    Unavailable,
}

impl Presence {
    /// All of them, in the order in which they are asked.
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
