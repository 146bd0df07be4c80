//! Presence: whether a member takes leads while at work.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::unknown_name::UnknownName;

/// Whether a member takes leads while at work. Working hours, holidays and leave determine when the member
/// is at work. A member who is not at work is not available, whatever the presence.
///
/// Ordered from those who are considered first to those who are considered last.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl FromStr for Presence {
    type Err = UnknownName;

    /// The presence of that word, as written in files: `away`.
    fn from_str(word: &str) -> Result<Self, UnknownName> {
        UnknownName::find("presence", word, &Self::ALL, Self::as_str)
    }
}

impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_written_read_back() {
        for (word, presence) in [
            ("active", Presence::Active),
            ("away", Presence::Away),
            ("unavailable", Presence::Unavailable),
        ] {
            assert_eq!(presence.to_string(), word);
            assert_eq!(word.parse(), Ok(presence));
        }
        let error = "Away".parse::<Presence>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown presence `Away`; did you mean `away`?"
        );
    }
}
