//! The serde form of rules and groups: one map type with the fields of both.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::condition::{Condition, read_or_keep};
use super::entry::{Entry, Group};
use super::entry_fault::EntryFault;
use super::outcome::{Outcome, OutcomeFields, with_outcome};
use super::period::WrittenPeriod;
use super::rule::Rule;
use crate::availability::Moment;
use crate::id::RuleId;
use crate::map_form::map_form;
use crate::nesting::Nested;

with_outcome! {
    struct EntryForm {
        /// The rule's id, unique in the policy.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "RuleId")]
        id: Option<RuleId>,
        /// The group's id, unique in the policy.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "RuleId")]
        group: Option<RuleId>,
        /// What it is for, free text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// Whether it applies. Default: true.
        #[serde(default = "yes", skip_serializing_if = "is_yes")]
        enabled: bool,
        /// The start of its validity, included: 2026-03-31, in the policy's time zone, or
        /// 2026-03-31T08:00:00Z.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Moment>,
        /// The end of its validity, excluded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Moment>,
        /// The leads it applies to. Default: all.
        #[serde(
            default,
            deserialize_with = "read_or_keep",
            skip_serializing_if = "Condition::is_always"
        )]
        when: Condition,
        ..outcome,
        /// The rules and groups in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Vec<Entry>")]
        rules: Option<Vec<Entry>>,
        /// The outcome for leads of the group that no rule in it matches. Without it, they fall through to
        /// what follows the group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<Outcome>,
    }
}

map_form!(EntryForm, "a rule or a group");

/// A field that is there has a value: a blank one is a mistake.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RuleId>, D::Error> {
    RuleId::deserialize(deserializer).map(Some)
}

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
            Entry::Rule(rule) => {
                let mut form = Self {
                    id: Some(rule.id),
                    description: rule.description,
                    enabled: rule.enabled,
                    from: rule.period.from(),
                    until: rule.period.until(),
                    when: rule.when,
                    ..Self::default()
                };
                form.set_outcome(rule.outcome);
                form
            }
            Entry::Group(group) => Self {
                group: Some(group.id),
                description: group.description,
                enabled: group.enabled,
                when: group.when,
                rules: Some(group.rules),
                otherwise: group.otherwise,
                ..Self::default()
            },
        }
    }
}

impl From<EntryForm> for Entry {
    fn from(mut form: EntryForm) -> Self {
        let is_group = form.group.is_some() || (form.id.is_none() && form.rules.is_some());
        let faults = form.faults(is_group);
        let outcome = form.take_outcome();
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
            outcome,
            faults,
        })
    }
}

impl EntryForm {
    /// The fields of a period, which only rules have, and whether each is given.
    fn period_fields(&self) -> [(&'static str, bool); 2] {
        [
            ("from", self.from.is_some()),
            ("until", self.until.is_some()),
        ]
    }

    /// The fields that only groups have, and whether each is given.
    fn group_fields(&self) -> [(&'static str, bool); 2] {
        [
            ("rules", self.rules.is_some()),
            ("otherwise", self.otherwise.is_some()),
        ]
    }

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
            let outcome = given(&self.outcome_fields()).into_iter();
            faults.extend(outcome.map(|field| EntryFault::OutcomeOfGroup { field }));
            let period = given(&self.period_fields()).into_iter();
            faults.extend(period.map(|field| EntryFault::PeriodOfGroup { field }));
            if self.rules.is_none() {
                faults.push(EntryFault::GroupWithoutRules);
            }
        } else {
            let of_group = given(&self.group_fields()).into_iter();
            faults.extend(of_group.map(|field| EntryFault::OnlyOfGroups { field }));
        }
        faults
    }
}

/// The schema of the form, once with the fields of rules and once with those of groups.
#[cfg(feature = "schema")]
impl schemars::JsonSchema for Entry {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Entry".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let form = EntryForm::default();
        let names = |fields: &[(&'static str, bool)]| fields.iter().map(|it| it.0).collect();
        let mut of_rules: Vec<_> = names(&form.outcome_fields());
        of_rules.extend(names(&form.period_fields()));
        of_rules.push("id");
        let mut of_groups = names(&form.group_fields());
        of_groups.push("group");

        let both = EntryForm::json_schema(generator);
        let without = |others: &[&str], title: &str, description: &str, required: [&str; 2]| {
            let mut schema = both.clone();
            let fields = schema.get_mut("properties");
            if let Some(fields) = fields.and_then(|it| it.as_object_mut()) {
                fields.retain(|field, _| !others.contains(&field.as_str()));
            }
            schema.insert("title".to_owned(), title.into());
            schema.insert("description".to_owned(), description.into());
            schema.insert("required".to_owned(), required.to_vec().into());
            schema
        };
        let rule = without(
            &of_groups,
            "rule",
            "Who gets the leads that meet a condition.",
            ["id", "assign_to"],
        );
        let group = without(
            &of_rules,
            "group",
            "A condition that applies to an ordered list of rules.",
            ["group", "rules"],
        );
        schemars::json_schema!({ "anyOf": [rule, group] })
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
