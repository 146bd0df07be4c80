//! The checked policy.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;
use serde::{Serialize, Serializer};

use super::draft::PolicyDraft;
use super::grant::Grant;
use super::identity::PolicyIdentity;
use super::resolved_rules::ResolvedEntry;
use crate::availability::{DaysOff, TimeZone};
use crate::dimension::Dimensions;
use crate::example::Example;
use crate::id::{CalendarId, PoolId, TeamId};
use crate::parsed::Parsed;
use crate::rule::{Entry, Group, Rule};
use crate::team::{Member, Team};

/// A policy that was checked as a whole: every name in it refers to something that exists.
///
/// Made by [`PolicyDraft::build`] or [`Policy::load`]. Immutable; a clone shares the data and costs
/// one reference count.
///
/// It is written in the serde form of its draft, which is a policy file. It has no `Deserialize`, because
/// serde's errors could not name every fault: read it with [`Policy::load`].
#[derive(Debug, Clone)]
pub struct Policy(Arc<PolicyContent>);

/// What a policy consists of; shared by its clones.
#[derive(Debug)]
pub(super) struct PolicyContent {
    pub(super) draft: PolicyDraft,
    pub(super) dimensions: Dimensions,
    pub(super) days_off: HashMap<CalendarId, DaysOff, FixedState>,
    /// Position of each team in the draft.
    pub(super) team_positions: HashMap<TeamId, usize, FixedState>,
    pub(super) entries: Vec<ResolvedEntry>,
    /// In rule order, without the policy's own `otherwise`.
    pub(super) grants: Vec<Grant>,
    pub(super) otherwise: Grant,
    pub(super) unmatched: PoolId,
    /// Told when somebody first asks.
    pub(super) identity: OnceLock<PolicyIdentity>,
}

impl Policy {
    pub(super) fn new(content: PolicyContent) -> Self {
        Self(Arc::new(content))
    }

    /// The policy as it was written. Its serde form is the policy file.
    pub fn draft(&self) -> &PolicyDraft {
        &self.0.draft
    }

    /// The version label, as the policy's author wrote it.
    pub fn version(&self) -> Option<&str> {
        self.0.draft.version.as_deref()
    }

    /// Which policy it is, by its content without its examples. Linear in its length for the first call, at once after it.
    pub fn identity(&self) -> PolicyIdentity {
        let content = &self.0;
        let identity = || PolicyIdentity::of(&content.draft);
        *content.identity.get_or_init(identity)
    }

    /// The description for readers of the policy, if any.
    pub fn description(&self) -> Option<&str> {
        self.0.draft.description.as_deref()
    }

    /// The values of every dimension, and the attributes.
    pub fn dimensions(&self) -> &Dimensions {
        &self.0.dimensions
    }

    /// The time zone in which days begin at midnight; UTC unless the policy names another.
    pub fn time_zone(&self) -> TimeZone {
        let zone = self.0.draft.time_zone.as_ref();
        zone.and_then(Parsed::value).copied().unwrap_or_default()
    }

    /// The days off of a holiday calendar.
    pub(super) fn days_off(&self, calendar: &CalendarId) -> Option<&DaysOff> {
        self.0.days_off.get(calendar)
    }

    /// The teams, in the order of the policy.
    pub fn teams(&self) -> &[Team] {
        &self.0.draft.teams
    }

    /// The team with this id.
    pub fn team(&self, team: impl AsRef<str>) -> Option<&Team> {
        let position = self.0.team_positions.get(team.as_ref())?;
        self.0.draft.teams.get(*position)
    }

    /// The policy's own list of members, with what applies to them across all teams. Empty if
    /// members appear only in teams.
    pub fn members(&self) -> &[Member] {
        &self.0.draft.members
    }

    /// The member with this id in the policy's own list. Linear in the number of members.
    pub fn member(&self, member: impl AsRef<str>) -> Option<&Member> {
        let member = member.as_ref();
        self.members().iter().find(|it| *it.id() == *member)
    }

    /// The pools, always including `unmatched`.
    pub fn pools(&self) -> impl Iterator<Item = &PoolId> {
        let declared = self.0.draft.pools.iter();
        let declared = declared.filter(|pool| **pool != self.0.unmatched);
        [&self.0.unmatched].into_iter().chain(declared)
    }

    /// The top-level rules and groups, in order.
    pub fn rules(&self) -> &[Entry] {
        &self.0.draft.rules
    }

    /// The rule with this id, also inside groups. Linear in the number of rules.
    pub fn rule(&self, rule: impl AsRef<str>) -> Option<&Rule> {
        match Entry::find(self.rules(), rule.as_ref())? {
            Entry::Rule(rule) => Some(rule),
            Entry::Group(_) => None,
        }
    }

    /// The group with this id, also inside other groups. Linear in the number of rules.
    pub fn group(&self, group: impl AsRef<str>) -> Option<&Group> {
        match Entry::find(self.rules(), group.as_ref())? {
            Entry::Group(group) => Some(group),
            Entry::Rule(_) => None,
        }
    }

    /// The examples that the policy carries, in order. They are no part of deciding.
    pub fn examples(&self) -> &[Example] {
        &self.0.draft.examples
    }

    /// What each rule and each `otherwise` grants, in rule order; the policy's own `otherwise`
    /// comes last.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.0.grants.iter().chain([&self.0.otherwise])
    }

    pub(crate) fn entries(&self) -> &[ResolvedEntry] {
        &self.0.entries
    }

    /// Position of the policy's own `otherwise` among the grants.
    #[inline]
    pub(crate) fn otherwise(&self) -> usize {
        self.0.grants.len()
    }

    /// The grant at a position; any position past the last rule is the policy's own `otherwise`.
    #[inline]
    pub(crate) fn grant(&self, index: usize) -> &Grant {
        self.0.grants.get(index).unwrap_or(&self.0.otherwise)
    }

    /// Whether both share one allocation, not merely equal content.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.0.draft == other.0.draft
    }
}

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.draft.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Outcome, Target};

    #[test]
    fn rules_and_groups_are_found_by_id_at_any_depth() {
        let later = || Outcome::to(Target::pool("later"));
        let inner = Group::new("inner")
            .rule(Rule::new("deep").assign_to("east").description("deep"))
            .otherwise(later());
        let policy = PolicyDraft::new()
            .pools(["later"])
            .teams([Team::new("east").member("a")])
            .members(["a"])
            .rule(Rule::new("first").assign_to("east"))
            .rule(Group::new("outer").rule(inner))
            .build()
            .unwrap();
        assert_eq!(policy.rule("first").unwrap().id(), "first");
        assert_eq!(policy.rule("deep").unwrap().get_description(), Some("deep"));
        assert_eq!(policy.rule("inner"), None);
        let inner = policy.group("inner").unwrap();
        assert_eq!(inner.get_rules().len(), 1);
        assert_eq!(inner.get_otherwise(), Some(&later()));
        assert_eq!(policy.group("first"), None);
        assert_eq!(policy.group("no such"), None);
        assert_eq!(policy.member("a").unwrap().id(), "a");
        assert_eq!(policy.member("b"), None);
    }
}
