//! The serde form of rules and groups: one map type with the fields of both.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::condition::{Condition, read_or_keep};
use super::entry::{Entry, Group};
use super::outcome::Outcome;
use super::period::{Period, moment};
use super::rule::Rule;
use super::support::Support;
use super::target::Target;
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
    #[serde(
        default,
        deserialize_with = "moment",
        skip_serializing_if = "Option::is_none"
    )]
    from: Option<DateTime<Utc>>,
    #[serde(
        default,
        deserialize_with = "moment",
        skip_serializing_if = "Option::is_none"
    )]
    until: Option<DateTime<Utc>>,
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

impl TryFrom<EntryForm> for Entry {
    type Error = &'static str;

    fn try_from(form: EntryForm) -> Result<Self, Self::Error> {
        let EntryForm {
            description,
            enabled,
            when,
            ..
        } = form;
        match (form.id, form.group) {
            (Some(id), None) => {
                if form.rules.is_some() || form.otherwise.is_some() {
                    return Err(
                        "`rules` and `otherwise` belong to a group; write `group` instead of `id`",
                    );
                }
                Ok(Self::Rule(Rule {
                    id,
                    description,
                    enabled,
                    period: Period::new(form.from, form.until),
                    when,
                    outcome: Outcome {
                        assign_to: form.assign_to,
                        counts: form.counts.unwrap_or(1),
                        support: form.support,
                        fit: None,
                    }
                    .requires(form.requires.unwrap_or_default())
                    .prefers(form.prefers.unwrap_or_default()),
                }))
            }
            (None, Some(id)) => {
                let grants = form.assign_to.is_some() || form.counts.is_some();
                let asks = form.requires.is_some() || form.prefers.is_some();
                if grants || asks || !form.support.is_empty() {
                    return Err(
                        "a group has no outcome of its own; put it in its `rules` or `otherwise`",
                    );
                }
                if form.from.is_some() || form.until.is_some() {
                    return Err("a group has no period; put `from` and `until` in its rules");
                }
                let rules = form.rules.ok_or("a group needs `rules`")?;
                let mut group = Group::new(id);
                group.description = description;
                group.otherwise = form.otherwise;
                Ok(Self::Group(group.enabled(enabled).when(when).rules(rules)))
            }
            (None, None) => Err("expected `id` for a rule, or `group` for a group"),
            (Some(_), Some(_)) => Err("write either `id` (a rule) or `group` (a group), not both"),
        }
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        EntryForm::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form: EntryForm = Nested::Groups.read(deserializer)?;
        Self::try_from(form).map_err(serde::de::Error::custom)
    }
}
