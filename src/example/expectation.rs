//! What must come of a lead.

use serde::{Deserialize, Serialize};

use super::names;
use super::outcome::ExpectedOutcome;
use crate::id::{MemberId, PoolId, RuleId, TeamId};
use crate::map_form::map_form;
use crate::rule::Subject;

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
    /// The rule that applies, or a group of which something does: a rule in it, or its `otherwise`.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "names::optional"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "String", transform = names::one))]
    pub(crate) rule: Option<RuleId>,
    /// Whether an `otherwise` applies and no rule: that of the group that `rule` names; without `rule`, that
    /// of the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) otherwise: Option<bool>,
    /// Rules that must not apply, and groups of which nothing must: one, or a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "names")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>", transform = names::one_or_list))]
    pub(crate) not_rule: Vec<RuleId>,
    /// The team that owns the lead.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "names::optional"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "String", transform = names::one))]
    pub(crate) team: Option<TeamId>,
    /// The member who owns the lead.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "names::optional"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "String", transform = names::one))]
    pub(crate) member: Option<MemberId>,
    /// The pool in which the lead waits.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "names::optional"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "String", transform = names::one))]
    pub(crate) pool: Option<PoolId>,
    /// What comes of the lead, in a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<ExpectedOutcome>,
    /// Dimensions and attributes whose values the policy does not list: one, or a list. Without it, such a
    /// value is reported as a mistake.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "names")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>", transform = names::one_or_list))]
    pub(crate) unlisted: Vec<Subject>,
}

map_form!(Expectation, "what is expected");

impl Expectation {
    /// Expects nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects that this rule applies, or something of this group: a rule in it, or its `otherwise`.
    #[must_use]
    pub fn rule(mut self, rule: impl Into<RuleId>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    /// Expects that an `otherwise` applies and no rule, or the opposite: that of the group which
    /// [`rule`](Self::rule) names; without a `rule`, that of the policy.
    #[must_use]
    pub fn otherwise(mut self, applies: bool) -> Self {
        self.otherwise = Some(applies);
        self
    }

    /// Expects that this rule does not apply, or nothing of this group.
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
    pub fn unlisted(mut self, field: impl Into<Subject>) -> Self {
        self.unlisted.push(field.into());
        self
    }

    /// The rule that applies, or the group of which something does.
    pub fn get_rule(&self) -> Option<&RuleId> {
        self.rule.as_ref()
    }

    /// Whether the `otherwise` of that group, or without a rule that of the policy, applies.
    pub fn get_otherwise(&self) -> Option<bool> {
        self.otherwise
    }

    /// Rules that must not apply, and groups of which nothing must.
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
    pub fn get_unlisted(&self) -> &[Subject] {
        &self.unlisted
    }

    /// Whether anything may come of the lead.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
