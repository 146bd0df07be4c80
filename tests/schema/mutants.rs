//! Schema and reading agree on random changes of whole policies.

use std::collections::{BTreeMap, BTreeSet};

use leadtree::policy::{LoadError, Policy, PolicyFault};
use serde_json::Value;

use super::mutation::Mutant;
use super::validator::validator;
use super::{random, yaml};

/// The policies that are changed.
const POLICIES: [&str; 3] = [
    "examples/data/policy.yaml",
    "src/guide/policy_file.yaml",
    "tests/policy_options/every_option.yaml",
];

/// What reading says of the form of a policy; what it means is no matter of a schema.
enum Reading {
    Sound,
    /// Faults of meaning only: the schema may know of them, such as a number that is out of range.
    WithoutMeaning,
    /// Faults of form, as they are told.
    Faulty(Vec<String>),
}

fn read(policy: &Value) -> Reading {
    match Policy::from_yaml(&policy.to_string()) {
        Ok(_) => Reading::Sound,
        Err(LoadError::Policy(errors)) => {
            let is_form = |fault: &PolicyFault| {
                matches!(
                    fault,
                    PolicyFault::Form(_)
                        | PolicyFault::Entry(_)
                        | PolicyFault::Empty
                        | PolicyFault::BlankValue
                        | PolicyFault::ImpossibleValue { .. }
                )
            };
            let form = errors.faults().iter().filter(|it| is_form(&it.fault));
            let form: Vec<_> = form.map(ToString::to_string).collect();
            if form.is_empty() {
                Reading::WithoutMeaning
            } else {
                Reading::Faulty(form)
            }
        }
        Err(error) => Reading::Faulty(vec![error.to_string()]),
    }
}

/// Why no schema can tell a fault of form, if none can.
fn beyond_a_schema(fault: &str) -> Option<&'static str> {
    const MONTHS: &str = "a pattern does not know how long months are";
    const KINDS: &str = "a schema does not know which kinds, bands and stages the policy declares";
    const ORDER: &str = "no schema compares two values";
    let reasons = [
        // The only day among the changes that is missing in its month alone.
        ("2026-02-30", MONTHS),
        ("is meant to have it, write `unlisted:", KINDS),
        ("has no length", ORDER),
        ("ends before it begins", ORDER),
    ];
    let mut found = reasons.iter().filter(|(told, _)| fault.contains(told));
    found.next().map(|(_, reason)| *reason)
}

fn field_names(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(fields) = map.get("properties").and_then(Value::as_object) {
                names.extend(fields.keys().cloned());
            }
            map.values().for_each(|inner| field_names(inner, names));
        }
        Value::Array(list) => list.iter().for_each(|inner| field_names(inner, names)),
        _ => {}
    }
}

#[test]
fn schema_and_reading_agree_on_changed_policies() {
    let validator = validator();
    let mut fields = BTreeSet::new();
    field_names(
        &serde_json::to_value(Policy::schema()).unwrap(),
        &mut fields,
    );
    let fields: Vec<String> = fields.into_iter().collect();
    let policies = POLICIES.map(yaml);
    let mut differ = Vec::new();
    let mut beyond: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..random::cases(500) {
        let Mutant { changes, policy } = Mutant::new(&policies, &fields, seed);
        let verdict = validator.faults(&policy);
        match (read(&policy), verdict) {
            (Reading::Sound, Some(told)) => {
                differ.push(format!("{seed}: only the schema refuses {changes}: {told}"));
            }
            (Reading::Faulty(faults), None) => {
                let reasons: Option<Vec<_>> = faults.iter().map(|it| beyond_a_schema(it)).collect();
                match reasons.as_deref() {
                    Some([reason, ..]) => *beyond.entry(reason).or_default() += 1,
                    _ => differ.push(format!(
                        "{seed}: only reading refuses {changes}: {faults:?}"
                    )),
                }
            }
            _ => {}
        }
    }
    println!("beyond a schema: {beyond:?}");
    assert!(
        differ.is_empty(),
        "{} differ:\n{}",
        differ.len(),
        differ.join("\n")
    );
}
