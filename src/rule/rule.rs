//! Rules.

use super::condition::Condition;
use super::entry_fault::EntryFault;
use super::outcome::Outcome;
use super::ownership::Ownership;
use super::period::WrittenPeriod;
use super::support::Support;
use super::target::Target;
use crate::availability::Moment;
use crate::fit::Requirement;
use crate::id::RuleId;

/// A rule: who gets the leads that meet a condition.
///
/// A rule is read and written as an [`Entry`](super::Entry), the serde form of rules and groups:
///
/// ```
/// use leadtree::rule::{Rule, Target, customer_size, region};
///
/// let rule = Rule::new("east-key-accounts")
///     .when(region().within("cn/east") & customer_size().at_least(1000))
///     .assign_to("key-accounts")
///     .support(["presales"]);
/// assert_eq!(
///     serde_json::to_value(leadtree::rule::Entry::from(rule))?,
///     serde_json::json!({
///         "id": "east-key-accounts",
///         "when": "region in cn/east and customer_size >= 1000",
///         "assign_to": "key-accounts",
///         "support": ["presales"],
///     })
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub(crate) id: RuleId,
    pub(crate) description: Option<String>,
    pub(crate) enabled: bool,
    pub(crate) period: WrittenPeriod,
    pub(crate) when: Condition,
    pub(crate) outcome: Outcome,
    /// What does not go together in the file that it was read from.
    pub(crate) faults: Vec<EntryFault>,
}

impl Rule {
    /// An enabled rule for every lead, without a period and without an owner yet.
    pub fn new(id: impl Into<RuleId>) -> Self {
        Self {
            id: id.into(),
            description: None,
            enabled: true,
            period: WrittenPeriod::default(),
            when: Condition::always(),
            outcome: Outcome::default(),
            faults: Vec::new(),
        }
    }

    /// Sets a description for readers of the policy.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the condition on leads; every lead by default.
    #[must_use]
    pub fn when(mut self, condition: Condition) -> Self {
        self.when = condition;
        self
    }

    /// Sets the owner of the leads: the name of a team, or a [`Target`].
    #[must_use]
    pub fn assign_to(mut self, target: impl Into<Target>) -> Self {
        self.outcome.assign_to = Some(target.into());
        self
    }

    /// Sets what a ledger remembers of who owns the leads; see [`Outcome::ownership`].
    #[must_use]
    pub fn ownership(mut self, ownership: Ownership) -> Self {
        self.outcome.ownership = Some(ownership);
        self
    }

    /// Sets how many leads a lead counts as; see [`Outcome::units`].
    #[must_use]
    pub fn units(mut self, leads: u32) -> Self {
        self.outcome.units = leads;
        self
    }

    /// Sets the requirement that the owner must meet; see [`Outcome::requires`].
    #[must_use]
    pub fn requires(mut self, requirement: Requirement) -> Self {
        self.outcome = self.outcome.requires(requirement);
        self
    }

    /// Sets the requirement that the owner should meet; see [`Outcome::prefers`].
    #[must_use]
    pub fn prefers(mut self, requirement: Requirement) -> Self {
        self.outcome = self.outcome.prefers(requirement);
        self
    }

    /// Adds supporting teams.
    #[must_use]
    pub fn support<S: Into<Support>>(mut self, teams: impl IntoIterator<Item = S>) -> Self {
        self.outcome = self.outcome.support(teams);
        self
    }

    /// Sets the moment from which the rule is valid, inclusive: an instant, or a day or local time of the
    /// policy's time zone.
    #[must_use]
    pub fn from(mut self, moment: impl Into<Moment>) -> Self {
        self.period.from = Some(moment.into());
        self
    }

    /// Sets the moment until which the rule is valid, exclusive: an instant, or a day or local time of the
    /// policy's time zone.
    #[must_use]
    pub fn until(mut self, moment: impl Into<Moment>) -> Self {
        self.period.until = Some(moment.into());
        self
    }

    /// Enables or disables the rule; enabled by default.
    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The id.
    pub fn id(&self) -> &RuleId {
        &self.id
    }

    /// The description for readers of the policy, if any.
    pub fn get_description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The condition on leads.
    pub fn condition(&self) -> &Condition {
        &self.when
    }

    /// The outcome: owner and support.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The period in which the rule is valid, as written.
    pub fn period(&self) -> WrittenPeriod {
        self.period
    }

    /// Whether it is enabled.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }
}
