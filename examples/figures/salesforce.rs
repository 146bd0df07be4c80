//! A file of Salesforce lead assignment rules as a rule set to measure: the imported policy, and
//! leads with values from its criteria.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use fastrand::Rng;
use leadtree::Lead;
use leadtree::salesforce::{FieldMapping, Import};
use serde::Deserialize;

use crate::sets::{Set, without_codes};
use crate::shapes::SEED;

#[derive(Deserialize)]
struct File {
    #[serde(default, rename = "assignmentRule")]
    rules: Vec<AssignmentRule>,
}

#[derive(Deserialize)]
struct AssignmentRule {
    #[serde(default, rename = "ruleEntry")]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default, rename = "criteriaItems")]
    criteria: Vec<Criterion>,
}

#[derive(Deserialize)]
struct Criterion {
    field: String,
    #[serde(default)]
    value: String,
}

/// The file's rules, and leads that meet some entry. Their other fields are blank or have a value
/// from the criteria on the field.
pub(crate) fn set(path: &Path, leads: usize) -> Result<Set, Box<dyn Error>> {
    let xml = std::fs::read_to_string(path)?;
    let imported = Import::new().read(&xml)?;
    let policy = imported.draft.build()?;
    let file: File = quick_xml::de::from_str(&xml)?;
    let entries: Vec<Entry> = file.rules.into_iter().flat_map(|it| it.entries).collect();
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for criterion in entries.iter().flat_map(|entry| &entry.criteria) {
        let known = values.entry(&criterion.field).or_default();
        known.extend(criterion.value.split(',').map(str::trim));
    }
    let mut random = Rng::with_seed(SEED);
    let lead = |number: usize| {
        let mut given: BTreeMap<&str, &str> = BTreeMap::new();
        for (field, values) in &values {
            if random.bool() {
                given.extend(random.choice(values).map(|&value| (*field, value)));
            }
        }
        let met = random.choice(&entries).map(|entry| &*entry.criteria);
        for criterion in met.unwrap_or_default() {
            let values: Vec<&str> = criterion.value.split(',').map(str::trim).collect();
            given.extend(
                random
                    .choice(&values)
                    .map(|&value| (&*criterion.field, value)),
            );
        }
        let mut lead = Lead::builder(format!("L-{number}"));
        for field in &imported.report.fields {
            if let Some(&value) = given.get(&*field.field) {
                lead = match &field.becomes {
                    FieldMapping::Dimension(dimension) => lead.value(*dimension, value.to_owned()),
                    FieldMapping::Attribute { name, .. } => {
                        lead.attribute(name.as_str().to_owned(), value.to_owned())
                    }
                };
            }
        }
        without_codes(lead.build())
    };
    Ok(Set {
        name: "salesforce",
        rules: policy.grants().count(),
        leads: (0..leads).map(lead).collect(),
        policy,
        ranges: None,
    })
}
