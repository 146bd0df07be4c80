//! The serde form of rules and groups: one map type with the fields of both.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::condition::{Condition, read_or_keep};
use super::entry::{Entry, Group};
use super::entry_fault::EntryFault;
use super::outcome::Outcome;
use super::period::WrittenPeriod;
use super::rule::Rule;
use super::support::Support;
use super::target::Target;
use crate::availability::Moment;
use crate::fit::Requirement;
use crate::id::RuleId;
use crate::map_form::map_form;
use crate::nesting::Nested;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
struct EntryForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<RuleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group: Option<RuleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    enabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Moment>,
    #[serde(
        default,
        deserialize_with = "read_or_keep",
        skip_serializing_if = "Condition::is_always"
    )]
    when: Condition,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assign_to: Option<Target>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    counts: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    requires: Option<Requirement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prefers: Option<Requirement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    support: Vec<Support>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<Entry>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    otherwise: Option<Outcome>,
}

map_form!(EntryForm, "a rule or a group");

fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_yes(enabled: &bool) -> bool {
    *enabled
}

impl From<Entry> for EntryForm {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Rule(rule) => Self {
                id: Some(rule.id),
                group: None,
                description: rule.description,
                enabled: rule.enabled,
                from: rule.period.from(),
                until: rule.period.until(),
                when: rule.when,
                requires: rule.outcome.get_requires().cloned(),
                prefers: rule.outcome.get_prefers().cloned(),
                assign_to: rule.outcome.assign_to,
                counts: Some(rule.outcome.counts).filter(|&counts| counts != 1),
                support: rule.outcome.support,
                rules: None,
                otherwise: None,
            },
            Entry::Group(group) => Self {
                id: None,
                group: Some(group.id),
                description: group.description,
                enabled: group.enabled,
                from: None,
                until: None,
                when: group.when,
                assign_to: None,
                counts: None,
                requires: None,
                prefers: None,
                support: Vec::new(),
                rules: Some(group.rules),
                otherwise: group.otherwise,
            },
        }
    }
}

impl From<EntryForm> for Entry {
    fn from(form: EntryForm) -> Self {
        let is_group = form.group.is_some() || (form.id.is_none() && form.rules.is_some());
        let faults = form.faults(is_group);
        let EntryForm {
            description,
            enabled,
            when,
            ..
        } = form;
        let id = form.id.or(form.group).unwrap_or_else(|| RuleId::from(""));
        if is_group {
            let mut group = Group::new(id);
            group.description = description;
            group.otherwise = form.otherwise;
            group.faults = faults;
            let rules = form.rules.unwrap_or_default();
            return Self::Group(group.enabled(enabled).when(when).rules(rules));
        }
        Self::Rule(Rule {
            id,
            description,
            enabled,
            period: WrittenPeriod {
                from: form.from,
                until: form.until,
            },
            when,
            outcome: Outcome {
                assign_to: form.assign_to,
                counts: form.counts.unwrap_or(1),
                support: form.support,
                fit: None,
            }
            .requires(form.requires.unwrap_or_default())
            .prefers(form.prefers.unwrap_or_default()),
            faults,
        })
    }
}

impl EntryForm {
    /// What does not go together.
    fn faults(&self, is_group: bool) -> Vec<EntryFault> {
        let mut faults = Vec::new();
        match (&self.id, &self.group) {
            (None, None) => return vec![EntryFault::NeitherRuleNorGroup],
            (Some(_), Some(_)) => return vec![EntryFault::RuleAndGroup],
            _ => {}
        }
        let given = |fields: &[(&'static str, bool)]| -> Vec<&'static str> {
            let given = fields.iter().filter(|(_, is_given)| *is_given);
            given.map(|(field, _)| *field).collect()
        };
        if is_group {
            let outcome = given(&[
                ("assign_to", self.assign_to.is_some()),
                ("counts", self.counts.is_some()),
                ("requires", self.requires.is_some()),
                ("prefers", self.prefers.is_some()),
                ("support", !self.support.is_empty()),
            ]);
            let outcome = outcome.into_iter();
            faults.extend(outcome.map(|field| EntryFault::OutcomeOfGroup { field }));
            let period = given(&[
                ("from", self.from.is_some()),
                ("until", self.until.is_some()),
            ]);
            let period = period.into_iter();
            faults.extend(period.map(|field| EntryFault::PeriodOfGroup { field }));
            if self.rules.is_none() {
                faults.push(EntryFault::GroupWithoutRules);
            }
        } else {
            let of_group = given(&[
                ("rules", self.rules.is_some()),
                ("otherwise", self.otherwise.is_some()),
            ]);
            let of_group = of_group.into_iter();
            faults.extend(of_group.map(|field| EntryFault::OnlyOfGroups { field }));
        }
        faults
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        EntryForm::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let KeptEntry(entry) = KeptEntry::deserialize(deserializer)?;
        let faults = match &entry {
            Self::Rule(rule) => &rule.faults,
            Self::Group(group) => &group.faults,
        };
        match faults.first() {
            None => Ok(entry),
            Some(fault) => Err(D::Error::custom(fault)),
        }
    }
}

/// An entry as read, with its faults, which are reported with the policy's other faults.
pub(crate) struct KeptEntry(pub(crate) Entry);

impl<'de> Deserialize<'de> for KeptEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form: EntryForm = Nested::Groups.read(deserializer)?;
        Ok(Self(Entry::from(form)))
    }
}
