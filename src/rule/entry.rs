//! Rules and groups of rules, in order.

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
    /// A rule that matches every lead, enabled, for all time, that assigns to nothing yet.
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

    /// What it is for, in the manager's words.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The leads it is about.
    #[must_use]
    pub fn when(mut self, condition: Condition) -> Self {
        self.when = condition;
        self
    }

    /// Who gets them: a team's name, or a [`Target`].
    #[must_use]
    pub fn assign_to(mut self, target: impl Into<Target>) -> Self {
        self.outcome.assign_to = Some(target.into());
        self
    }

    /// The lead counts as so many, see [`Outcome::counts`].
    #[must_use]
    pub fn counts(mut self, leads: u32) -> Self {
        self.outcome.counts = leads;
        self
    }

    /// What the owner must be or know, see [`Outcome::requires`].
    #[must_use]
    pub fn requires(mut self, requirement: Requirement) -> Self {
        self.outcome = self.outcome.requires(requirement);
        self
    }

    /// What the owner had better be or know, see [`Outcome::prefers`].
    #[must_use]
    pub fn prefers(mut self, requirement: Requirement) -> Self {
        self.outcome = self.outcome.prefers(requirement);
        self
    }

    /// Which teams support.
    #[must_use]
    pub fn support<S: Into<Support>>(mut self, teams: impl IntoIterator<Item = S>) -> Self {
        self.outcome = self.outcome.support(teams);
        self
    }

    /// The first moment at which the rule holds.
    #[must_use]
    pub fn from(mut self, moment: DateTime<Utc>) -> Self {
        self.period.from = Some(moment);
        self
    }

    /// The moment from which on the rule holds no more.
    #[must_use]
    pub fn until(mut self, moment: DateTime<Utc>) -> Self {
        self.period.until = Some(moment);
        self
    }

    /// Switches the rule on or off.
    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The id.
    pub fn id(&self) -> &RuleId {
        &self.id
    }

    /// What leads it is about.
    pub fn condition(&self) -> &Condition {
        &self.when
    }

    /// What it grants.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// When it holds.
    pub fn period(&self) -> Period {
        self.period
    }

    /// Whether it is switched on.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }
}

/// A condition over an ordered list of rules: by region first, say, by product inside.
///
/// A lead that meets the condition but none of the rules goes on to what follows the group, unless
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
    /// How many groups stand inside one another here, this one counted.
    depth: usize,
    /// A group that would nest too deep was left out; a policy refuses that.
    pub(crate) too_deep: bool,
}

impl Group {
    /// An empty group for every lead.
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

    /// What it is for, in the manager's words.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The leads it is about.
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

    /// Keeps every recursion over groups bounded, dropping one included.
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

    /// What leads of the group get that none of its rules matches.
    #[must_use]
    pub fn otherwise(mut self, outcome: Outcome) -> Self {
        self.otherwise = Some(outcome);
        self
    }

    /// Switches the group on or off.
    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The id.
    pub fn id(&self) -> &RuleId {
        &self.id
    }

    /// What leads it is about.
    pub fn condition(&self) -> &Condition {
        &self.when
    }

    /// The rules and groups in it, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.rules
    }

    /// Whether it is switched on.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }
}

/// A rule, or a group of them.
///
/// In a file both are maps; a rule has `id` and `assign_to`, a group has `group` and `rules`.
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
