//! What happens to a lead that no member of its team can take.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::from_id::from_id;
use crate::id::{PoolId, TeamId};
use crate::name_or_object::name_or_object;
#[cfg(feature = "schema")]
use crate::name_or_object::or_name;

/// What happens to a lead that no member of its team can take.
///
/// In a file: `"everyone"`, `"wait"`, `"unassigned"`, `{"overflow": "west"}` or
/// `{"overflow": {"pool": "later"}}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IfNobody {
    /// Ignores limits: any active member at work may be picked or, if nobody is at work, any active
    /// member. Among these, [presence](crate::availability::Presence) decides who comes first.
    Everyone,
    /// The lead waits. The assignment states when somebody will be back.
    Wait,
    /// The lead stays unassigned. The assignment states the reason.
    Unassigned,
    /// The lead goes to another team or to a pool.
    Overflow(Overflow),
}

impl IfNobody {
    /// The lead goes to another team.
    pub fn overflow_to_team(team: impl Into<TeamId>) -> Self {
        Self::Overflow(Overflow::Team(team.into()))
    }

    /// The lead goes to a pool.
    pub fn overflow_to_pool(pool: impl Into<PoolId>) -> Self {
        Self::Overflow(Overflow::Pool(pool.into()))
    }
}

impl From<Overflow> for IfNobody {
    fn from(overflow: Overflow) -> Self {
        Self::Overflow(overflow)
    }
}

/// Serialised as a name or a map in every format; formats differ in how they write enum variants.
impl Serialize for IfNobody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Everyone => serializer.serialize_str("everyone"),
            Self::Wait => serializer.serialize_str("wait"),
            Self::Unassigned => serializer.serialize_str("unassigned"),
            Self::Overflow(overflow) => serializer.collect_map([("overflow", overflow)]),
        }
    }
}

/// Where a lead goes that a team cannot take.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "OverflowKeys", transform = or_name)
)]
#[non_exhaustive]
pub enum Overflow {
    /// A team.
    Team(TeamId),
    /// A pool.
    Pool(PoolId),
}

/// The serde form as a map: one of two keys.
struct OverflowForm(Overflow);

#[derive(Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("minProperties" = 1, "maxProperties" = 1))
)]
#[serde(deny_unknown_fields)]
struct OverflowKeys {
    /// Another team.
    #[serde(default)]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "TeamId", skip_serializing_if = "Option::is_none")
    )]
    team: Option<TeamId>,
    /// A pool.
    #[serde(default)]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "PoolId", skip_serializing_if = "Option::is_none")
    )]
    pool: Option<PoolId>,
}

impl<'de> Deserialize<'de> for OverflowForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match OverflowKeys::deserialize(deserializer)? {
            OverflowKeys {
                team: Some(team),
                pool: None,
            } => Ok(Self(Overflow::Team(team))),
            OverflowKeys {
                team: None,
                pool: Some(pool),
            } => Ok(Self(Overflow::Pool(pool))),
            _ => Err(D::Error::custom("write either `team` or `pool`")),
        }
    }
}

from_id!(Overflow, TeamId, Self::Team);

impl From<OverflowForm> for Overflow {
    fn from(OverflowForm(overflow): OverflowForm) -> Self {
        overflow
    }
}

impl Serialize for Overflow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Team(team) => team.serialize(serializer),
            Self::Pool(pool) => serializer.collect_map([("pool", pool)]),
        }
    }
}

impl<'de> Deserialize<'de> for Overflow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        name_or_object::<D, Self, OverflowForm>(
            deserializer,
            "a team's name, or a map with `team` or `pool`",
        )
    }
}
