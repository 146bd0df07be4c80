//! Outcomes: who gets a lead, who supports, and what happens if nobody can take it.

use std::fmt;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::fit::{Fit, Requirement};
use crate::id::{MemberId, PoolId, TeamId};
use crate::map_form::map_form;
use crate::name_or_object::name_or_object;

/// What a rule grants: an owner and supporting teams.
///
/// In a file: `{"assign_to": "key-accounts", "support": ["presales"]}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "OutcomeForm", into = "OutcomeForm")]
pub struct Outcome {
    pub(crate) assign_to: Option<Target>,
    pub(crate) counts: u32,
    /// The requirements on the owner, if any.
    pub(crate) fit: Option<Arc<Fit>>,
    pub(crate) support: Vec<Support>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
struct OutcomeForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assign_to: Option<Target>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    counts: u32,
    #[serde(default, skip_serializing_if = "Requirement::is_empty")]
    requires: Requirement,
    #[serde(default, skip_serializing_if = "Requirement::is_empty")]
    prefers: Requirement,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    support: Vec<Support>,
}

map_form!(OutcomeForm, "an outcome");

impl From<OutcomeForm> for Outcome {
    fn from(form: OutcomeForm) -> Self {
        let outcome = Self {
            assign_to: form.assign_to,
            counts: form.counts,
            fit: None,
            support: form.support,
        };
        outcome.requires(form.requires).prefers(form.prefers)
    }
}

impl From<Outcome> for OutcomeForm {
    fn from(outcome: Outcome) -> Self {
        Self {
            requires: outcome.required().cloned().unwrap_or_default(),
            prefers: outcome.preferred().cloned().unwrap_or_default(),
            assign_to: outcome.assign_to,
            counts: outcome.counts,
            support: outcome.support,
        }
    }
}

pub(super) fn one() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
pub(super) fn is_one(counts: &u32) -> bool {
    *counts == 1
}

impl Default for Outcome {
    /// An outcome without an owner yet.
    fn default() -> Self {
        Self {
            assign_to: None,
            counts: 1,
            fit: None,
            support: Vec::new(),
        }
    }
}

impl Outcome {
    /// An outcome that assigns the lead to a target.
    pub fn to(target: impl Into<Target>) -> Self {
        Self {
            assign_to: Some(target.into()),
            ..Self::default()
        }
    }

    /// Sets how many leads the lead counts as, in limits and loads: 3, for example, for a key account that
    /// takes the time of three. From 1 to [`MAX_COUNTS`](crate::limits::MAX_COUNTS); 1 by default.
    #[must_use]
    pub fn counts(mut self, leads: u32) -> Self {
        self.counts = leads;
        self
    }

    /// Sets the requirement that the owner must meet. It holds even where limits do not, as with
    /// [`IfNobody::Everyone`].
    #[must_use]
    pub fn requires(mut self, requirement: Requirement) -> Self {
        self.change_fit(|fit| fit.requires = requirement);
        self
    }

    /// Sets the requirement that the owner should meet. The strategy `best_fit` picks among the members who
    /// meet most of it.
    #[must_use]
    pub fn prefers(mut self, requirement: Requirement) -> Self {
        self.change_fit(|fit| fit.prefers = requirement);
        self
    }

    fn change_fit(&mut self, change: impl FnOnce(&mut Fit)) {
        let mut fit = self.fit.as_deref().cloned().unwrap_or_default();
        change(&mut fit);
        self.fit = (!fit.is_empty()).then(|| Arc::new(fit));
    }

    /// The requirement that the owner must meet, if any.
    pub fn required(&self) -> Option<&Requirement> {
        let required = self.fit.as_deref().map(|fit| &fit.requires);
        required.filter(|it| !it.is_empty())
    }

    /// The requirement that the owner should meet, if any.
    pub fn preferred(&self) -> Option<&Requirement> {
        let preferred = self.fit.as_deref().map(|fit| &fit.prefers);
        preferred.filter(|it| !it.is_empty())
    }

    /// Adds supporting teams.
    #[must_use]
    pub fn support<S: Into<Support>>(mut self, teams: impl IntoIterator<Item = S>) -> Self {
        self.support.extend(teams.into_iter().map(Into::into));
        self
    }
}

/// Where a lead goes: a team, a named member or a pool.
///
/// In a file: the name of a team, or an object: `{"team": "east", "if_nobody": "everyone"}`,
/// `{"member": "m-07"}`, `{"pool": "nurture"}`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Target(pub(crate) TargetForm);

/// The serde form. Whether it names exactly one target is checked with the policy.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TargetForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) team: Option<TeamId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<MemberId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pool: Option<PoolId>,
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
}

impl Target {
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

impl From<&str> for Target {
    fn from(team: &str) -> Self {
        Self::team(team)
    }
}

impl From<TeamId> for Target {
    fn from(team: TeamId) -> Self {
        Self::team(team)
    }
}

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

/// What happens to a lead that no member of its team can take.
///
/// In a file: `"everyone"`, `"wait"`, `"unassigned"`, `{"overflow": "west"}` or
/// `{"overflow": {"pool": "later"}}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
#[non_exhaustive]
pub enum Overflow {
    /// A team.
    Team(TeamId),
    /// A pool.
    Pool(PoolId),
}

/// The serde form as a map: one of two keys.
struct OverflowForm(Overflow);

impl<'de> Deserialize<'de> for OverflowForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Keys {
            team: Option<TeamId>,
            pool: Option<PoolId>,
        }

        match Keys::deserialize(deserializer)? {
            Keys {
                team: Some(team),
                pool: None,
            } => Ok(Self(Overflow::Team(team))),
            Keys {
                team: None,
                pool: Some(pool),
            } => Ok(Self(Overflow::Pool(pool))),
            _ => Err(D::Error::custom("write either `team` or `pool`")),
        }
    }
}

impl From<&str> for Overflow {
    fn from(team: &str) -> Self {
        Self::Team(team.into())
    }
}

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

/// A team that supports the owner with one or more of its members.
///
/// In a file: the name of a team, or an object: `{"team": "presales", "members": 2}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Support {
    pub(crate) team: TeamId,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(crate) members: u32,
}

impl Support {
    /// Support by one member of the team, whom its strategy picks.
    pub fn by(team: impl Into<TeamId>) -> Self {
        Self {
            team: team.into(),
            members: 1,
        }
    }

    /// Sets the number of different members, from 1 to
    /// [`MAX_SUPPORTERS`](crate::limits::MAX_SUPPORTERS).
    #[must_use]
    pub fn members(mut self, members: u32) -> Self {
        self.members = members;
        self
    }

    /// The supporting team.
    pub fn team(&self) -> &TeamId {
        &self.team
    }

    /// How many of its members support the owner.
    pub fn count(&self) -> u32 {
        self.members
    }
}

impl From<&str> for Support {
    fn from(team: &str) -> Self {
        Self::by(team)
    }
}

impl From<TeamId> for Support {
    fn from(team: TeamId) -> Self {
        Self::by(team)
    }
}

impl Serialize for Support {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.members == 1 {
            return self.team.serialize(serializer);
        }
        Self::serialize(self, serializer)
    }
}

/// The serde form as an object.
struct SupportForm(Support);

impl<'de> Deserialize<'de> for SupportForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Support::deserialize(deserializer).map(Self)
    }
}

impl From<SupportForm> for Support {
    fn from(SupportForm(support): SupportForm) -> Self {
        support
    }
}

impl<'de> Deserialize<'de> for Support {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        name_or_object::<D, Self, SupportForm>(deserializer, "a team's name, or a map with `team`")
    }
}
