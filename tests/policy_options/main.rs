//! Every option of a policy is in the schema, is read, and is written back.
//!
//! [`every_option.yaml`](every_option.yaml) uses each of them. A new option makes these tests fail until it
//! is used there.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../schema/validator.rs"]
mod validator;

use std::collections::BTreeSet;

use leadtree::policy::Policy;
use serde_json::Value;

use validator::validator;

const FILE: &str = include_str!("every_option.yaml");

/// What is read, but never written: another spelling, and a default.
const NEVER_WRITTEN: [&str; 2] = ["Overflow: map.team", "RotationScope = per_team"];

/// Walks through the options of a schema: the fields of its maps, its words, its alternatives.
struct Options<'s> {
    root: &'s Value,
    found: BTreeSet<String>,
    /// Definitions that were walked through; with a value they are walked through again.
    definitions: BTreeSet<String>,
}

impl<'s> Options<'s> {
    fn of(root: &'s Value, value: Option<&Value>) -> BTreeSet<String> {
        let mut options = Self {
            root,
            found: BTreeSet::new(),
            definitions: BTreeSet::new(),
        };
        options.walk(root, "policy", value);
        options.found
    }

    /// Finds the options of a schema, or those that a value uses.
    fn walk(&mut self, schema: &'s Value, name: &str, value: Option<&Value>) {
        if let Some(definition) = schema["$ref"].as_str() {
            let name = definition.trim_start_matches("#/$defs/");
            // Conditions have tests of their own.
            let is_new = self.definitions.insert(name.to_owned());
            if name != "Condition" && (is_new || value.is_some()) {
                self.walk(&self.root["$defs"][name], name, value);
            }
            return;
        }
        let alternatives = ["anyOf", "oneOf"].map(|key| schema[key].as_array());
        for alternative in alternatives.into_iter().flatten().flatten() {
            if alternative["type"] == "null" || value.is_some_and(|it| !fits(alternative, it)) {
                continue;
            }
            let is_reference = !alternative["$ref"].is_null();
            let inner = match alternative["type"].as_str() {
                Some("object") => format!("{name}: {}", title(alternative, "map")),
                Some(kind) => format!("{name}: {}", title(alternative, kind)),
                None => name.to_owned(),
            };
            if !is_reference && alternative["const"].is_null() {
                self.found.insert(inner.clone());
            }
            self.walk(alternative, if is_reference { name } else { &inner }, value);
        }
        if let Some(word) = schema["const"].as_str() {
            let (name, _) = name.split_once(": ").unwrap_or((name, ""));
            self.found.insert(format!("{name} = {word}"));
        }
        let fields = schema["properties"].as_object();
        for (field, inner) in fields.into_iter().flatten() {
            let value = value.map(|it| &it[field]);
            if value != Some(&Value::Null) {
                let field = format!("{name}.{field}");
                self.found.insert(field.clone());
                self.walk(inner, &field, value);
            }
        }
        let others = &schema["additionalProperties"];
        if others.is_object() {
            let is_other = |key: &str| schema["properties"][key].is_null();
            match value.and_then(|it| it.as_object()) {
                Some(map) => map
                    .iter()
                    .filter(|(key, _)| is_other(key))
                    .for_each(|(_, value)| self.walk(others, name, Some(value))),
                None => self.walk(others, name, value),
            }
        }
        let items = &schema["items"];
        if items.is_object() {
            match value.and_then(|it| it.as_array()) {
                Some(list) => list
                    .iter()
                    .for_each(|value| self.walk(items, name, Some(value))),
                None => self.walk(items, name, value),
            }
        }
    }
}

fn title<'s>(schema: &'s Value, otherwise: &'s str) -> &'s str {
    schema["title"].as_str().unwrap_or(otherwise)
}

/// Whether a value is of the kind of an alternative.
fn fits(alternative: &Value, value: &Value) -> bool {
    let word = &alternative["const"];
    let is_kind = match value {
        Value::String(_) => alternative["type"] == "string",
        Value::Number(_) => alternative["type"] == "number",
        Value::Bool(_) => alternative["type"] == "boolean",
        Value::Array(_) => alternative["type"] == "array",
        Value::Object(map) => {
            let fields = &alternative["properties"];
            let is_open = alternative["additionalProperties"].is_object();
            alternative["type"] == "object" && map.keys().all(|it| is_open || !fields[it].is_null())
        }
        Value::Null => false,
    };
    !alternative["$ref"].is_null() || (is_kind && (word.is_null() || word == value))
}

fn policy() -> Policy {
    Policy::from_yaml(FILE).unwrap_or_else(|error| panic!("{error}"))
}

fn written() -> Value {
    serde_json::to_value(policy()).unwrap()
}

#[test]
fn the_file_uses_every_option() {
    let schema = serde_json::to_value(Policy::schema()).unwrap();
    let all = Options::of(&schema, None);
    assert!(all.contains("Team.strategy") && all.contains("Entry: group.otherwise"));
    let used = Options::of(&schema, Some(&written()));
    let unused: Vec<_> = all.difference(&used).map(String::as_str).collect();
    assert_eq!(unused, NEVER_WRITTEN);
}

#[test]
fn every_option_is_written_back() {
    assert_eq!(policy().to_yaml().unwrap(), FILE);
    let given: Value = serde_saphyr::from_str(FILE).unwrap();
    let mut written = written();
    // Only files have conditions of several lines.
    let lines = given["rules"][0]["when"].as_str().unwrap();
    assert_eq!(written["rules"][0]["when"], lines.replace('\n', " "));
    written["rules"][0]["when"] = lines.into();
    assert_eq!(written, given);
}

#[test]
fn every_option_that_is_written_is_in_the_schema() {
    assert_eq!(validator().faults(&written()), None);
}
