//! The scope of a rotation: the leads over which a team's members take turns.

use serde::{Deserialize, Serialize, Serializer};

use crate::id::RotationId;

/// The leads over which members take turns.
///
/// In a file: `"per_team"`, `"per_rule"` or `{"shared": "field"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RotationScope {
    /// All leads of the team.
    #[default]
    PerTeam,
    /// The leads of each rule separately: turns within one rule do not depend on the leads of other
    /// rules.
    PerRule,
    /// All leads of all teams that name this rotation. A member of several of these teams takes
    /// one turn across all of them, not one in each.
    Shared(RotationId),
}

impl RotationScope {
    /// Whether it is the default.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Serialised as a name or a map in every format; formats differ in how they write enum variants.
impl Serialize for RotationScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::PerTeam => serializer.serialize_str("per_team"),
            Self::PerRule => serializer.serialize_str("per_rule"),
            Self::Shared(rotation) => serializer.collect_map([("shared", rotation)]),
        }
    }
}
