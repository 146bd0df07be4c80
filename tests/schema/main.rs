//! The schema of policy files accepts what reading accepts, and refuses what reading refuses.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../random/mod.rs"]
mod random;

mod mutants;
mod mutation;
mod validator;

use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use leadtree::policy::{LoadError, Policy, PolicyDraft, PolicyErrors, PolicyFault};
use serde_json::{Value, json};

use random::policy::{Rules, Size};
use random::world::World;
use validator::validator;

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub(crate) fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&fs::read_to_string(file(path)).unwrap()).unwrap()
}

fn yaml_of(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

#[test]
fn the_shipped_policies_are_valid() {
    let validator = validator();
    for path in [
        "examples/data/policy.yaml",
        "examples/data/maven-policy.yaml",
        "examples/data/olist-policy.yaml",
        "src/guide/policy_file.yaml",
    ] {
        let policy = yaml(path);
        assert_eq!(validator.faults(&policy), None, "{path}");
    }
}

#[test]
fn the_shipped_schema_is_this_one() {
    let shipped = fs::read_to_string(file("examples/data/policy.schema.json")).unwrap();
    let schema = serde_json::to_string_pretty(&Policy::schema()).unwrap();
    assert!(
        shipped.trim_end() == schema,
        "run: cargo run -p leadtree-command -- schema --force --out examples/data/policy.schema.json"
    );
}

#[test]
fn every_written_policy_is_valid() {
    let validator = validator();
    for seed in 0..random::cases(100) {
        let mut random = Rng::with_seed(seed);
        let world = World::new(&mut random);
        let rules = Rules::new(
            &world,
            &mut random,
            Size {
                rules: 20,
                depth: 4,
            },
        );
        let policy = serde_json::to_value(rules.draft(&world, &mut random)).unwrap();
        assert_eq!(validator.faults(&policy), None, "seed {seed}");
    }
}

/// Every map of the policy with an unknown field added.
fn spoiled(
    value: &Value,
    path: &str,
    all: &mut Vec<(String, Value)>,
    whole: &dyn Fn(Value) -> Value,
) {
    match value {
        Value::Object(map) => {
            let mut more = map.clone();
            more.insert("no_such_field".to_owned(), json!([[1]]));
            all.push((path.to_owned(), whole(Value::Object(more))));
            for (name, inner) in map {
                let back = |changed: Value| {
                    let mut map = map.clone();
                    map.insert(name.clone(), changed);
                    whole(Value::Object(map))
                };
                spoiled(inner, &format!("{path}.{name}"), all, &back);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                let back = |changed: Value| {
                    let mut list = list.clone();
                    list[index] = changed;
                    whole(Value::Array(list))
                };
                spoiled(inner, &format!("{path}[{index}]"), all, &back);
            }
        }
        _ => {}
    }
}

/// The policy with each of its values replaced or removed.
fn replaced(
    value: &Value,
    path: &str,
    all: &mut Vec<(String, Value)>,
    whole: &dyn Fn(Option<Value>) -> Value,
) {
    let others = json!([
        7, -7, 1.5, true, null, "x", "7", "", [], ["x"], [7], [null], [["x"]], [{}], {},
        {"x": 1}, {"x": "y"}, {"x": ["y"]}, {"x": null},
    ]);
    for other in others.as_array().into_iter().flatten() {
        all.push((format!("{path} = {other}"), whole(Some(other.clone()))));
    }
    all.push((format!("no {path}"), whole(None)));
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let back = |changed: Option<Value>| {
                    let mut map = map.clone();
                    match changed {
                        Some(changed) => map.insert(name.clone(), changed),
                        None => map.remove(name),
                    };
                    whole(Some(Value::Object(map)))
                };
                replaced(inner, &format!("{path}.{name}"), all, &back);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                let back = |changed: Option<Value>| {
                    let mut list = list.clone();
                    match changed {
                        Some(changed) => list[index] = changed,
                        None => drop(list.remove(index)),
                    }
                    whole(Some(Value::Array(list)))
                };
                replaced(inner, &format!("{path}[{index}]"), all, &back);
            }
        }
        _ => {}
    }
}

/// Whether fields or types are wrong, not only names.
fn has_form(errors: &PolicyErrors) -> bool {
    let is_form =
        |fault: &PolicyFault| matches!(fault, PolicyFault::Form(_) | PolicyFault::Entry(_));
    errors.faults().iter().any(|placed| is_form(&placed.fault))
}

#[test]
fn the_schema_accepts_what_reading_accepts() {
    let validator = validator();
    let mut all = Vec::new();
    for file in [yaml("src/guide/policy_file.yaml"), yaml_of(STRUCTURED)] {
        assert_eq!(validator.faults(&file), None);
        Policy::from_yaml(&file.to_string()).unwrap();
        replaced(&file, "", &mut all, &|whole| whole.unwrap_or(json!({})));
    }
    assert!(all.len() > 1000);
    let wrong = all.iter().filter_map(|(what, policy)| {
        let told = match Policy::from_yaml(&policy.to_string()) {
            Ok(_) if validator.faults(policy).is_some() => "is sound",
            Err(LoadError::Format { .. }) if validator.faults(policy).is_none() => "cannot be read",
            Err(LoadError::Policy(errors))
                if has_form(&errors) && validator.faults(policy).is_none() =>
            {
                "cannot be read"
            }
            // Inconsistent values that can be read may or may not be reported by an editor.
            _ => return None,
        };
        Some(format!("{told}: {what}\n"))
    });
    let wrong: String = wrong.collect();
    assert!(wrong.is_empty(), "{wrong}");
}

const STRUCTURED: &str = "
regions: {tree: {cn: [east, north], us: }, aliases: {cn: [x]}}
attributes: {vip: flag, revenue: number, signed: date, interests: tags}
pools: [p]
teams: [{id: t, strategy: {name: sticky, seed: 7}, members: [m, {member: k, weight: 2}], if_nobody: {overflow: {pool: p}}}]
rules:
- {id: a, assign_to: {member: m}, when: {region: {within: [cn, us]}}}
- {id: b, assign_to: {pool: p}, when: {all: [vip = true, {any: [{region: {is: cn}}, {not: {vip: {is: true}}}]}]}}
- {id: c, assign_to: t, when: {customer_size: {between: [1, 2]}}}
- {id: d, assign_to: t, when: {revenue: {at_least: 7}}}
- {id: e, assign_to: t, when: {signed: {on: [2026-03-31]}}}
- {id: f, assign_to: t, when: {region: {missing: true}}}
- {id: g, assign_to: t, when: {funnel_stage: {before: won}}}
- {id: h, assign_to: t, when: {interests: {contains_any: [crm]}}}
- {id: i, assign_to: t, when: {customer_size: {is: [1, 2]}}}
- {id: j, assign_to: t, when: {customer_size: {band: small}}}
otherwise: {assign_to: {pool: p}, support: [{team: t, members: 2}]}
";

#[test]
fn what_reading_refuses_the_schema_refuses() {
    let validator = validator();
    let mut all = Vec::new();
    spoiled(
        &yaml("src/guide/policy_file.yaml"),
        "",
        &mut all,
        &|whole| whole,
    );
    assert!(all.len() > 40);
    for (path, policy) in all {
        let reads = serde_json::from_value::<PolicyDraft>(policy.clone()).is_ok();
        assert_eq!(validator.faults(&policy).is_none(), reads, "{path}");
    }
}

#[test]
fn seeds_of_more_than_2_to_the_53_are_valid() {
    let validator = validator();
    for seed in [(1_u64 << 53) + 1, u64::MAX] {
        let strategy = json!({ "name": "random", "seed": seed });
        let policy = json!({ "teams": [{ "id": "t", "strategy": strategy }] });
        assert_eq!(validator.faults(&policy), None, "{seed}");
        Policy::from_yaml(&policy.to_string()).unwrap();
    }
}

#[test]
fn what_cannot_be_read_is_refused_by_the_schema() {
    let validator = validator();
    let otherwise = json!({ "assign_to": { "pool": "unmatched" } });
    let rule = |field: &str, value: Value| {
        let mut rule = json!({ "id": "a", "assign_to": { "pool": "unmatched" } });
        rule[field] = value;
        json!({ "rules": [rule] })
    };
    let signed = json!({ "signed": { "on": "2026-13-01" } });
    for policy in [
        rule("from", json!("2026-13-01")),
        rule("from", json!("2026-00-01")),
        rule("until", json!("2026-03-32")),
        rule("until", json!("2026-03-311")),
        rule("from", json!("2026-03-31T25:00:00")),
        rule("from", json!("2026-03-31 soon")),
        rule("when", signed),
        rule("group", Value::Null),
        rule("id", Value::Null),
        json!({ "holidays": { "cn": ["2026-13-01"] } }),
        json!({ "holidays": { "cn": ["2026-10-01..2026-10-32"] } }),
        json!({ "rules": [{ "group": null, "rules": [], "otherwise": otherwise }] }),
        json!({ "examples": [{ "lead": { "region": ["cn"] }, "expect": { "outcome": "pooled" } }] }),
        json!({ "examples": [{ "lead": { "region": null }, "expect": { "outcome": "pooled" } }] }),
        json!({ "examples": [{ "lead": { "customer_size": {} }, "expect": { "outcome": "pooled" } }] }),
    ] {
        assert!(validator.faults(&policy).is_some(), "{policy}");
        assert!(Policy::from_yaml(&policy.to_string()).is_err(), "{policy}");
    }
}
