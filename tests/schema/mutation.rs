//! Random changes of a policy: what people get wrong, and what programs do. Equal seeds give equal changes.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// A policy after one change or several, and what was changed.
pub(crate) struct Mutant {
    pub(crate) changes: String,
    pub(crate) policy: Value,
}

/// The step from a value into one of its parts.
#[derive(Clone)]
enum Step {
    Field(String),
    Item(usize),
}

impl Mutant {
    /// One of the policies, changed; `fields` are names of fields to choose from.
    pub(crate) fn new(policies: &[Value], fields: &[String], seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let mut policy = policies[random.usize(..policies.len())].clone();
        let mut changes = Vec::new();
        loop {
            changes.push(change(&mut policy, fields, &mut random));
            if random.u8(..4) > 0 {
                let changes = changes.join(", then ");
                return Self { changes, policy };
            }
        }
    }
}

/// All parts of a value, the whole first.
fn parts(value: &Value, path: &mut Vec<Step>, all: &mut Vec<Vec<Step>>) {
    all.push(path.clone());
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                path.push(Step::Field(name.clone()));
                parts(inner, path, all);
                path.pop();
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                path.push(Step::Item(index));
                parts(inner, path, all);
                path.pop();
            }
        }
        _ => {}
    }
}

fn part<'v>(whole: &'v mut Value, path: &[Step]) -> &'v mut Value {
    path.iter().fold(whole, |value, step| match step {
        Step::Field(name) => &mut value[name.as_str()],
        Step::Item(index) => &mut value[*index],
    })
}

fn change(policy: &mut Value, fields: &[String], random: &mut Rng) -> String {
    let mut all = Vec::new();
    parts(policy, &mut Vec::new(), &mut all);
    let path = &all[random.usize(..all.len())];
    let place: Vec<String> = path
        .iter()
        .map(|step| match step {
            Step::Field(name) => name.clone(),
            Step::Item(index) => index.to_string(),
        })
        .collect();
    let place = place.join(".");
    match (random.u8(..8), path.split_last()) {
        (0, Some((last, around))) => {
            match (part(policy, around), last) {
                (Value::Object(map), Step::Field(name)) => drop(map.remove(name)),
                (Value::Array(list), Step::Item(index)) => drop(list.remove(*index)),
                _ => {}
            }
            format!("no {place}")
        }
        (1, Some((Step::Item(index), around))) => {
            if let Value::Array(list) = part(policy, around) {
                list.insert(*index, list[*index].clone());
            }
            format!("{place} twice")
        }
        (1 | 2, Some((Step::Field(name), around))) => {
            let other = match random.u8(..4) {
                0 => format!("{name}s"),
                1 => name.to_uppercase(),
                _ => fields[random.usize(..fields.len())].clone(),
            };
            if let Value::Object(map) = part(policy, around)
                && let Some(value) = map.remove(name)
            {
                map.insert(other.clone(), value);
            }
            format!("{place} as {other}")
        }
        _ => {
            let other = part(policy, &all[random.usize(..all.len())]).clone();
            let value = part(policy, path);
            *value = replacement(value, other, random);
            format!("{place} = {value}")
        }
    }
}

/// Another value in place of one; `other` is one from elsewhere in the policy.
fn replacement(value: &Value, other: Value, random: &mut Rng) -> Value {
    let numbers = json!([
        -1,
        0,
        1,
        7,
        100,
        101,
        1_000_001,
        1.5,
        -0.5,
        1e-7,
        1e21,
        4_294_967_295_u32,
        4_294_967_296_u64,
        9_007_199_254_740_993_u64,
        18_446_744_073_709_551_615_u64,
        -9_223_372_036_854_775_808_i64,
        1e300,
    ]);
    let texts = json!([
        "",
        " ",
        "x",
        "7",
        "-1",
        "1.5",
        "1e3",
        "true",
        "false",
        "null",
        "~",
        "no",
        "01067",
        "上海",
        "a/b",
        "2026-03-31",
        "2026-3-1",
        "2026-02-30",
        "2026-13-01",
        "2026-03-31T09:30:00",
        "2026-03-31T09:30:00+08:00",
        "2026-03-31 09:30",
        "2026-03-31T25:00:00",
        "2026-03-31..2026-04-02",
        "2026-04-02..2026-03-31",
        "soon",
        "+08:00",
        "mon-fri 09:00-18:00",
        "always",
        "1..=9",
        "9..=1",
    ]);
    let one_of = |list: &Value, random: &mut Rng| {
        let list = list.as_array().unwrap();
        list[random.usize(..list.len())].clone()
    };
    match random.u8(..12) {
        0 => Value::Null,
        1 => Value::Bool(random.bool()),
        2 | 3 => one_of(&numbers, random),
        4..=6 => one_of(&texts, random),
        // The same in another kind.
        7 => match value {
            Value::String(text) => text.parse().map_or(json!(7), |number: f64| json!(number)),
            Value::Number(_) | Value::Bool(_) | Value::Null => json!(value.to_string()),
            Value::Array(list) => list.first().cloned().unwrap_or_default(),
            Value::Object(map) => map.values().cloned().collect(),
        },
        8 => json!([value]),
        9 => {
            let name = ["name", "id", "team", "x"][random.usize(..4)];
            Value::Object(Map::from_iter([(name.to_owned(), value.clone())]))
        }
        10 => [
            json!([]),
            json!({}),
            json!([null]),
            json!([[]]),
            json!([{}]),
        ][random.usize(..5)]
        .clone(),
        _ => other,
    }
}
