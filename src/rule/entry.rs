//! Rules, and groups of rules.

use chrono::{DateTime, Utc};

use super::condition::Condition;
use super::outcome::{Outcome, Support, Target};
use super::period::Period;
use crate::fit::Requirement;
use crate::id::RuleId;
use crate::limits::MAX_NESTING;

/// A rule: who gets the leads that meet a condition.
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
    pub(crate) period: Period,
    pub(crate) when: Condition,
    pub(crate) outcome: Outcome,
}

impl Rule {
    /// An enabled rule for every lead, without a period and without an owner yet.
    pub fn new(id: impl Into<RuleId>) -> Self {
        Self {
            id: id.into(),
            description: None,
            enabled: true,
            period: Period::default(),
            when: Condition::always(),
            outcome: Outcome::default(),
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

    /// Sets how many leads a lead counts as; see [`Outcome::counts`].
    #[must_use]
    pub fn counts(mut self, leads: u32) -> Self {
        self.outcome.counts = leads;
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

    /// Sets the moment from which the rule is valid, inclusive.
    #[must_use]
    pub fn from(mut self, moment: DateTime<Utc>) -> Self {
        self.period.from = Some(moment);
        self
    }

    /// Sets the moment until which the rule is valid, exclusive.
    #[must_use]
    pub fn until(mut self, moment: DateTime<Utc>) -> Self {
        self.period.until = Some(moment);
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

    /// The condition on leads.
    pub fn condition(&self) -> &Condition {
        &self.when
    }

    /// The outcome: owner and support.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The period in which the rule is valid.
    pub fn period(&self) -> Period {
        self.period
    }

    /// Whether it is enabled.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }
}

/// A group: a condition with an ordered list of rules and groups, which apply only to leads that meet it.
/// For example, groups by region with rules by product inside.
///
/// A lead that meets the condition but none of the rules falls through to what follows the group, unless
/// the group has an `otherwise`.
///
/// ```
/// use leadtree::rule::{Group, Outcome, Rule, product_line, region};
///
/// let group = Group::new("east")
///     .when(region().within("cn/east"))
///     .rule(Rule::new("east-crm").when(product_line().within("crm")).assign_to("crm-east"))
///     .otherwise(Outcome::to("east"));
/// # let _ = group;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub(crate) id: RuleId,
    pub(crate) description: Option<String>,
    pub(crate) enabled: bool,
    pub(crate) when: Condition,
    pub(crate) rules: Vec<Entry>,
    pub(crate) otherwise: Option<Outcome>,
    /// How deeply groups nest here, including this one.
    depth: usize,
    /// Whether a group that nests too deeply was dropped; a policy refuses this.
    pub(crate) too_deep: bool,
}

impl Group {
    /// An enabled group for every lead, without rules.
    pub fn new(id: impl Into<RuleId>) -> Self {
        Self {
            id: id.into(),
            description: None,
            enabled: true,
            when: Condition::always(),
            rules: Vec::new(),
            otherwise: None,
            depth: 1,
            too_deep: false,
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

    /// Adds a rule or a group at the end.
    #[must_use]
    pub fn rule(mut self, entry: impl Into<Entry>) -> Self {
        self.push(entry.into());
        self
    }

    /// Bounds the nesting, so that every recursion over groups is bounded, including their drop.
    fn push(&mut self, entry: Entry) {
        if let Entry::Group(group) = &entry {
            if group.depth >= MAX_NESTING {
                self.too_deep = true;
                return;
            }
            self.depth = self.depth.max(group.depth + 1);
        }
        self.rules.push(entry);
    }

    /// Adds rules or groups at the end.
    #[must_use]
    pub fn rules<E: Into<Entry>>(mut self, entries: impl IntoIterator<Item = E>) -> Self {
        entries
            .into_iter()
            .for_each(|entry| self.push(entry.into()));
        self
    }

    /// Sets the outcome for leads that meet the condition of the group but none of its rules.
    #[must_use]
    pub fn otherwise(mut self, outcome: Outcome) -> Self {
        self.otherwise = Some(outcome);
        self
    }

    /// Enables or disables the group; enabled by default.
    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The id.
    pub fn id(&self) -> &RuleId {
        &self.id
    }

    /// The condition on leads.
    pub fn condition(&self) -> &Condition {
        &self.when
    }

    /// The rules and groups in it, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.rules
    }

    /// Whether it is enabled.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }
}

/// An entry of a list of rules: a rule or a group.
///
/// In a file both are maps: a rule with `id` and `assign_to`, a group with `group` and `rules`.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A rule.
    Rule(Rule),
    /// A group.
    Group(Group),
}

impl From<Rule> for Entry {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

impl From<Group> for Entry {
    fn from(group: Group) -> Self {
        Self::Group(group)
    }
}
