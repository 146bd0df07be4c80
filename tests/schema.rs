//! The schema of policy files: it takes what reading takes, and refuses what reading refuses.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod random;

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use fastrand::Rng;
use leadtree::policy::{Policy, PolicyDraft};
use serde_json::{Value, json};

use random::policy::{Rules, Size};
use random::world::World;

/// The schema, ready to check values.
struct Validator {
    schemas: Schemas,
    schema: SchemaIndex,
}

impl Validator {
    fn faults(&self, value: &Value) -> Option<String> {
        let checked = self.schemas.validate(value, self.schema);
        checked.err().map(|error| format!("{error:#}"))
    }

    fn is_valid(&self, value: &Value) -> bool {
        self.faults(value).is_none()
    }
}

fn validator() -> Validator {
    let schema = serde_json::to_value(Policy::schema()).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("policy.schema.json", schema).unwrap();
    let schema = compiler
        .compile("policy.schema.json", &mut schemas)
        .unwrap();
    Validator { schemas, schema }
}

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&fs::read_to_string(file(path)).unwrap()).unwrap()
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
        "run: cargo run --example schema > examples/data/policy.schema.json"
    );
}

#[test]
fn whatever_is_written_is_valid() {
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

/// Every map of the policy with a field that is none.
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
        // The schema leaves the structured form of conditions to the reader.
        if path.contains(".when.") {
            continue;
        }
        let reads = serde_json::from_value::<PolicyDraft>(policy.clone()).is_ok();
        assert_eq!(validator.is_valid(&policy), reads, "{path}");
    }
}
