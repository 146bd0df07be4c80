//! Targets: where a lead goes.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::if_nobody::IfNobody;
use crate::from_id::from_id;
use crate::id::{MemberId, PoolId, TeamId};
use crate::name_or_object::name_or_object;
#[cfg(feature = "schema")]
use crate::name_or_object::or_name;

/// Where a lead goes: a team, a named member or a pool.
///
/// In a file: the name of a team, or an object: `{"team": "east", "if_nobody": "everyone"}`,
/// `{"member": "m-07"}`, `{"pool": "nurture"}`.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "TargetForm", transform = or_name)
)]
pub struct Target(pub(crate) TargetForm);

/// The serde form. Whether it names exactly one target is checked with the policy.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct TargetForm {
    /// A team; its strategy picks the member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) team: Option<TeamId>,
    /// A named member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<MemberId>,
    /// A pool: the lead gets no owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pool: Option<PoolId>,
    /// What happens when nobody there can take the lead. Default: the team's own `if_nobody`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) if_nobody: Option<IfNobody>,
}

impl Target {
    /// A team; its strategy picks the member.
    pub fn team(team: impl Into<TeamId>) -> Self {
        Self(TargetForm {
            team: Some(team.into()),
            ..TargetForm::default()
        })
    }

    /// A named member; the member's limits apply.
    pub fn member(member: impl Into<MemberId>) -> Self {
        Self(TargetForm {
            member: Some(member.into()),
            ..TargetForm::default()
        })
    }

    /// Counts the lead of a named member for a team, to which the member must belong.
    #[must_use]
    pub fn in_team(mut self, team: impl Into<TeamId>) -> Self {
        self.0.team = Some(team.into());
        self
    }

    /// A pool; the lead gets no owner.
    pub fn pool(pool: impl Into<PoolId>) -> Self {
        Self(TargetForm {
            pool: Some(pool.into()),
            ..TargetForm::default()
        })
    }

    /// Sets what happens if nobody there can take the lead, instead of what the team states.
    #[must_use]
    pub fn if_nobody(mut self, answer: IfNobody) -> Self {
        self.0.if_nobody = Some(answer);
        self
    }

    /// The team: the owner's, or the one for which the lead of a named member counts.
    pub fn get_team(&self) -> Option<&TeamId> {
        self.0.team.as_ref()
    }

    /// The named member, if any.
    pub fn get_member(&self) -> Option<&MemberId> {
        self.0.member.as_ref()
    }

    /// The pool, if any.
    pub fn get_pool(&self) -> Option<&PoolId> {
        self.0.pool.as_ref()
    }

    /// What happens if nobody there can take the lead; `None` leaves that to the team.
    pub fn get_if_nobody(&self) -> Option<&IfNobody> {
        self.0.if_nobody.as_ref()
    }

    /// The team, if nothing else is set.
    pub(crate) fn as_team(&self) -> Option<&TeamId> {
        match &self.0 {
            TargetForm {
                team: Some(team),
                member: None,
                pool: None,
                if_nobody: None,
            } => Some(team),
            _ => None,
        }
    }
}

/// Writes the target for messages, without `if_nobody`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TargetForm {
            team, member, pool, ..
        } = &self.0;
        match (team, member, pool) {
            (Some(team), Some(member), _) => write!(f, "member `{member}` of team `{team}`"),
            (None, Some(member), _) => write!(f, "member `{member}`"),
            (Some(team), None, _) => write!(f, "team `{team}`"),
            (None, None, Some(pool)) => write!(f, "pool `{pool}`"),
            (None, None, None) => f.write_str("nobody"),
        }
    }
}

from_id!(Target, TeamId, Self::team);

impl From<TargetForm> for Target {
    fn from(form: TargetForm) -> Self {
        Self(form)
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_team() {
            Some(team) => team.serialize(serializer),
            None => self.0.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        name_or_object::<D, Self, TargetForm>(
            deserializer,
            "a team's name, or a map with `team`, `member` or `pool`",
        )
    }
}
