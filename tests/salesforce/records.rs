//! Random records near the values in the criteria, and the leads for them.

use std::collections::BTreeMap;

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::lead::AttributeValue;
use leadtree::salesforce::{FieldMapping, Report};

use super::reference_evaluator::{Record, RuleEntry, Rules, Type, Types, pairs, split};

/// Every value in the criteria, by field.
pub(crate) type Pools = BTreeMap<String, Vec<String>>;

pub(crate) fn pools(rules: &Rules) -> Pools {
    let mut pools = Pools::new();
    for criterion in rules
        .rules
        .iter()
        .flat_map(|rule| &rule.entries)
        .flat_map(|entry| &entry.criteria_items)
    {
        pools
            .entry(criterion.field.clone())
            .or_default()
            .extend(split(&criterion.value));
    }
    let entries = rules.rules.iter().flat_map(|rule| &rule.entries);
    for (field, value) in entries.flat_map(|entry| pairs(&entry.formula)) {
        let field = whole_name(&field, &pools).unwrap_or(field);
        pools.entry(field).or_default().push(value);
    }
    pools
}

/// The field with its object, as criteria name it; formulas name it without.
fn whole_name(field: &str, pools: &Pools) -> Option<String> {
    let mut names = pools.keys();
    names
        .find(|name| name.rsplit('.').next() == Some(field))
        .cloned()
}

/// A record near some entry of the rule.
pub(crate) fn near(
    rules: &Rules,
    rule: usize,
    pools: &Pools,
    types: &Types,
    rng: &mut Rng,
) -> Record {
    match rng.choice(&rules.rules[rule].entries) {
        Some(entry) => near_entry(entry, pools, types, rng),
        None => Record::new(),
    }
}

/// A record that meets an entry as far as possible, and is otherwise near the criteria.
pub(crate) fn near_entry(entry: &RuleEntry, pools: &Pools, types: &Types, rng: &mut Rng) -> Record {
    let mut record = Record::new();
    for (field, pool) in pools {
        let value = rng.choice(pool).map_or("", |value| value);
        record.insert(field.clone(), neighbour(value, types[field], rng));
    }
    for criterion in &entry.criteria_items {
        if rng.u8(..10) > 0 {
            let values = split(&criterion.value);
            let value = rng.choice(&values).map_or("", |value| value);
            let value = match criterion.operation.as_str() {
                "contains" => format!("x{value}y"),
                "startsWith" => format!("{value}99"),
                "equals" if rng.bool() => odd_case(value, rng),
                "equals" => value.to_owned(),
                _ => neighbour(value, types[&criterion.field], rng),
            };
            record.insert(criterion.field.clone(), value);
        }
    }
    let mut pairs = pairs(&entry.formula);
    rng.shuffle(&mut pairs);
    for (field, value) in pairs {
        let field = whole_name(&field, pools).unwrap_or(field);
        let value = if rng.u8(..10) > 0 {
            odd_case(&value, rng)
        } else {
            neighbour(&value, types[&field], rng)
        };
        record.insert(field, value);
    }
    record.retain(|_, value| !value.trim().is_empty());
    record
}

/// The value itself, blank, or a value near it.
pub(crate) fn neighbour(value: &str, of: Type, rng: &mut Rng) -> String {
    if rng.u8(..6) == 0 {
        return String::new();
    }
    match of {
        Type::Number => {
            let number: f64 = value.parse().unwrap_or(0.0);
            let step = *rng.choice(&[0.0, 0.0, 1.0, -1.0, 1000.0]).unwrap();
            format!("{}", number + step)
        }
        Type::Flag => (*rng.choice(&["True", "False", "TRUE"]).unwrap()).to_owned(),
        Type::Date => {
            let day: chrono::NaiveDate = value.parse().unwrap_or_default();
            let days = chrono::Days::new(rng.u64(..3));
            let day = if rng.bool() { day + days } else { day - days };
            day.to_string()
        }
        Type::Text | Type::Selection => {
            let mut letters = value.chars();
            match rng.u8(..7) {
                0 => odd_case(value, rng),
                1 => format!("{value}x"),
                2 => format!("x{value}"),
                3 => {
                    letters.next_back();
                    letters.as_str().to_owned()
                }
                4 => format!("  {value} "),
                _ => value.to_owned(),
            }
        }
    }
}

fn odd_case(value: &str, rng: &mut Rng) -> String {
    let odd = |letter: char| {
        if rng.bool() && letter.is_ascii() {
            letter.to_ascii_uppercase()
        } else {
            letter.to_ascii_lowercase()
        }
    };
    value.chars().map(odd).collect()
}

/// The record as a lead for the imported policy.
pub(crate) fn lead(record: &Record, report: &Report) -> Lead<'static> {
    let mut lead = Lead::builder("L-1");
    for field in &report.fields {
        // A formula names a field of its own object without the object.
        let named = |name: &&String| {
            **name == field.field || name.rsplit('.').next() == Some(field.field.as_str())
        };
        let Some(value) = record.keys().find(named).map(|name| record[name].clone()) else {
            continue;
        };
        lead = match &field.becomes {
            FieldMapping::Dimension(Dimension::CustomerSize) => {
                lead.customer_size(value.parse::<u32>().unwrap())
            }
            FieldMapping::Dimension(dimension) => lead.value(*dimension, value),
            FieldMapping::Attribute {
                name,
                kind: AttributeKind::Tags,
            } => {
                let selected: Vec<String> =
                    value.split(';').map(|it| it.trim().to_owned()).collect();
                lead.attribute(name.to_string(), AttributeValue::tags(selected))
            }
            FieldMapping::Attribute { name, .. } => lead.attribute(name.to_string(), value),
        };
    }
    lead.build()
}
