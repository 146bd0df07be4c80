//! Among which leads a team's turns go round.

use serde::{Deserialize, Serialize, Serializer};

use crate::id::RotationId;

/// Among which leads turns go round.
///
/// In a file: `"per_team"`, `"per_rule"` or `{"shared": "field"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RotationScope {
    /// Among all leads of the team.
    #[default]
    PerTeam,
    /// Among the leads of each rule for itself: whoever got one rule's lead last is not next by that
    /// rule, whatever the others bring.
    PerRule,
    /// Among all leads of all teams that name this rotation, so that nobody who sits in several of them is
    /// next in each.
    Shared(RotationId),
}

impl RotationScope {
    /// Whether it is what a team has that says nothing.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Written as what it looks like, a name or a map: writers may lay out variants in ways of their own.
impl Serialize for RotationScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::PerTeam => serializer.serialize_str("per_team"),
            Self::PerRule => serializer.serialize_str("per_rule"),
            Self::Shared(rotation) => serializer.collect_map([("shared", rotation)]),
        }
    }
}
