//! What must come of a lead.

use serde::{Deserialize, Serialize};

use super::one_or_list;
#[cfg(feature = "schema")]
use super::one_or_list::or_one;
use super::outcome::ExpectedOutcome;
use crate::id::{AttributeName, MemberId, PoolId, RuleId, TeamId};
use crate::map_form::map_form;

/// What must come of a lead. What is not given may be anything; something must be given.
///
/// ```
/// use leadtree::example::{Expectation, ExpectedOutcome};
///
/// let expected = Expectation::new().rule("east").not_rule("key-accounts").team("east");
/// let written = r#"{"rule":"east","not_rule":"key-accounts","team":"east"}"#;
/// assert_eq!(serde_json::to_string(&expected)?, written);
/// let pooled: Expectation = serde_json::from_str(r#"{"outcome": "pooled"}"#)?;
/// assert_eq!(pooled, Expectation::new().outcome(ExpectedOutcome::Pooled));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Expectation {
    /// The rule that applies, or the group whose `otherwise` does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<RuleId>,
    /// Rules, or groups with an `otherwise`, that must not apply: one, or a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_list")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<RuleId>", transform = or_one))]
    pub(crate) not_rule: Vec<RuleId>,
    /// The team that owns the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) team: Option<TeamId>,
    /// The member who owns the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<MemberId>,
    /// The pool in which the lead waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pool: Option<PoolId>,
    /// What comes of the lead, in a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<ExpectedOutcome>,
    /// Dimensions and attributes whose values the policy does not list: one, or a list. Without it, such a
    /// value is reported as a mistake.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_list")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<AttributeName>", transform = or_one))]
    pub(crate) unlisted: Vec<AttributeName>,
}

map_form!(Expectation, "what is expected");

impl Expectation {
    /// Expects nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects that this rule applies, or the `otherwise` of this group.
    #[must_use]
    pub fn rule(mut self, rule: impl Into<RuleId>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    /// Expects that this rule, or the `otherwise` of this group, does not apply.
    #[must_use]
    pub fn not_rule(mut self, rule: impl Into<RuleId>) -> Self {
        self.not_rule.push(rule.into());
        self
    }

    /// Expects that a member of this team owns the lead.
    #[must_use]
    pub fn team(mut self, team: impl Into<TeamId>) -> Self {
        self.team = Some(team.into());
        self
    }

    /// Expects that this member owns the lead.
    #[must_use]
    pub fn member(mut self, member: impl Into<MemberId>) -> Self {
        self.member = Some(member.into());
        self
    }

    /// Expects that the lead waits in this pool.
    #[must_use]
    pub fn pool(mut self, pool: impl Into<PoolId>) -> Self {
        self.pool = Some(pool.into());
        self
    }

    /// Expects what comes of the lead, in a word.
    #[must_use]
    pub fn outcome(mut self, outcome: ExpectedOutcome) -> Self {
        self.outcome = Some(outcome);
        self
    }

    /// Expects that the policy does not list the lead's value of this dimension or attribute. A value that is
    /// not listed, and not expected to be, is a fault of the policy that carries the example.
    #[must_use]
    pub fn unlisted(mut self, field: impl Into<AttributeName>) -> Self {
        self.unlisted.push(field.into());
        self
    }

    /// The rule that applies, or the group whose `otherwise` does.
    pub fn get_rule(&self) -> Option<&RuleId> {
        self.rule.as_ref()
    }

    /// Rules and groups that must not apply.
    pub fn get_not_rules(&self) -> &[RuleId] {
        &self.not_rule
    }

    /// The team that owns the lead.
    pub fn get_team(&self) -> Option<&TeamId> {
        self.team.as_ref()
    }

    /// The member who owns the lead.
    pub fn get_member(&self) -> Option<&MemberId> {
        self.member.as_ref()
    }

    /// The pool in which the lead waits.
    pub fn get_pool(&self) -> Option<&PoolId> {
        self.pool.as_ref()
    }

    /// What comes of the lead, in a word.
    pub fn get_outcome(&self) -> Option<ExpectedOutcome> {
        self.outcome
    }

    /// Dimensions and attributes whose values the policy does not list.
    pub fn get_unlisted(&self) -> &[AttributeName] {
        &self.unlisted
    }

    /// Whether anything may come of the lead.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
