//! Entries of a list of rules, and groups, which hold such a list.

use super::condition::Condition;
use super::entry_fault::EntryFault;
use super::outcome::Outcome;
use super::rule::Rule;
use crate::id::RuleId;
use crate::limits::MAX_NESTING;

/// An entry of a list of rules: a rule or a group.
///
/// In a file both are maps: a rule with `id` and `assign_to`, a group with `group` and `rules`. Rules and
/// groups are read and written as entries, because only their keys tell them apart.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A rule.
    Rule(Rule),
    /// A group.
    Group(Group),
}

impl Entry {
    /// The id of the rule or the group.
    pub fn id(&self) -> &RuleId {
        match self {
            Self::Rule(rule) => rule.id(),
            Self::Group(group) => group.id(),
        }
    }

    /// The first entry of a list with this id, also inside groups.
    pub(crate) fn find<'e>(entries: &'e [Self], id: &str) -> Option<&'e Self> {
        entries.iter().find_map(|entry| match entry {
            found if found.id() == id => Some(found),
            Self::Group(group) => Self::find(&group.rules, id),
            Self::Rule(_) => None,
        })
    }
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
    /// What does not go together in the file that it was read from.
    pub(crate) faults: Vec<EntryFault>,
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

    /// The description for readers of the policy, if any.
    pub fn get_description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The rules and groups in it, in order.
    pub fn get_rules(&self) -> &[Entry] {
        &self.rules
    }

    /// The outcome for leads that meet the condition of the group but none of its rules, if any.
    pub fn get_otherwise(&self) -> Option<&Outcome> {
        self.otherwise.as_ref()
    }

    /// Whether it is enabled.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }
}
