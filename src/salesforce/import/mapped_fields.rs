//! Decides which dimension or attribute every field of a file becomes.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::dimension_lists::DimensionLists;
use super::field_kind::field_kind;
use super::field_map::FieldMap;
use super::unique_names::UniqueNames;
use crate::dimension::{AttributeKind, Dimension, Stages, Taxonomy};
use crate::id::AttributeName;
use crate::policy::PolicyDraft;
use crate::salesforce::criterion::Criterion;
use crate::salesforce::report::{FieldMapping, FieldReport};
use crate::salesforce::values;

/// A field with what it becomes, and a note such as why it is not a dimension.
#[derive(Debug)]
pub(super) struct MappedField {
    pub(super) written: String,
    pub(super) becomes: FieldMapping,
    pub(super) note: Option<String>,
}

impl From<&MappedField> for FieldReport {
    fn from(field: &MappedField) -> Self {
        Self {
            field: field.written.clone(),
            becomes: field.becomes.clone(),
            note: field.note.clone(),
        }
    }
}

/// The fields of a file, in order of first use.
#[derive(Debug)]
pub(super) struct MappedFields {
    object: Option<&'static str>,
    by_key: IndexMap<String, MappedField>,
}

/// The objects that have assignment rules.
const OBJECTS: [&str; 2] = ["Lead", "Case"];

/// Longer names are truncated. The limit for names of attributes leaves room for a number after
/// them.
const LONGEST_NAME: usize = 100;

/// The fields of a customer's address, from widest to narrowest.
const ADDRESS_FIELDS: [&[&str]; 3] = [
    &["country", "countrycode"],
    &["state", "statecode"],
    &["city"],
];

/// A note names at most this many values that a dimension lacks.
const MOST_NAMED: usize = 3;

impl MappedFields {
    /// Decides for every field what suits all criteria on it.
    pub(super) fn resolve(
        criteria: &[&Criterion],
        map: &FieldMap,
        lists: &DimensionLists,
        date_format: Option<&str>,
    ) -> Self {
        let object = OBJECTS.into_iter().find(|object| {
            criteria
                .iter()
                .any(|criterion| without(object, &criterion.field).is_some())
        });
        let mut asked: IndexMap<String, Vec<&Criterion>> = IndexMap::new();
        for &criterion in criteria {
            asked
                .entry(key(object, &criterion.field))
                .or_default()
                .push(criterion);
        }
        let mut regions = RegionFields::default();
        let mut notes: IndexMap<&str, Result<Dimension, Option<String>>> = IndexMap::new();
        // The widest fields first: the regions of narrower ones must be below theirs.
        let mut order: Vec<_> = asked.iter().collect();
        order.sort_by_key(|(key, _)| level(key));
        for (key, criteria) in order {
            let written = criteria.first().map_or("", |criterion| &criterion.field);
            let fits = match map.find(written, key).dimension {
                None => Err(None),
                Some(dimension) => {
                    fit(dimension, key, criteria, lists, &mut regions).map(|()| dimension)
                }
            };
            notes.insert(key, fits);
        }
        let mut names = UniqueNames::default();
        // Names chosen by the caller are reserved.
        for name in map.attributes() {
            names.take(name.as_ref());
        }
        let mut by_key = IndexMap::new();
        for (key, criteria) in &asked {
            let written = criteria.first().map_or("", |criterion| &criterion.field);
            let note = match notes.swap_remove(&**key) {
                Some(Ok(dimension)) => {
                    let becomes = FieldMapping::Dimension(dimension);
                    let field = MappedField {
                        written: written.to_owned(),
                        becomes,
                        note: None,
                    };
                    by_key.insert(key.clone(), field);
                    continue;
                }
                Some(Err(note)) => note,
                None => None,
            };
            let entry = map.find(written, key);
            let short = object
                .and_then(|object| without(object, written))
                .unwrap_or(written);
            let name = entry
                .attribute
                .unwrap_or_else(|| attribute_name(short, &mut names));
            let kind = entry
                .kind
                .unwrap_or_else(|| field_kind(criteria, date_format));
            let becomes = FieldMapping::Attribute { name, kind };
            let note = note.or_else(|| by_name(short));
            by_key.insert(
                key.clone(),
                MappedField {
                    written: written.to_owned(),
                    becomes,
                    note,
                },
            );
        }
        Self { object, by_key }
    }

    /// What a field becomes. Every field of the file is known.
    pub(super) fn find(&self, field: &str) -> Option<&MappedField> {
        self.by_key.get(&key(self.object, field))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &MappedField> {
        self.by_key.values()
    }
}

/// The name without its object.
fn without<'f>(object: &str, field: &'f str) -> Option<&'f str> {
    let (first, rest) = field.split_once('.')?;
    first.eq_ignore_ascii_case(object).then_some(rest)
}

fn key(object: Option<&str>, field: &str) -> String {
    let short = object
        .and_then(|object| without(object, field))
        .unwrap_or(field);
    short.to_ascii_lowercase()
}

fn level(key: &str) -> Option<usize> {
    ADDRESS_FIELDS.iter().position(|names| names.contains(&key))
}

/// A note for fields with ids: criteria give the names of the records instead.
fn by_name(field: &str) -> Option<String> {
    field
        .ends_with("Id")
        .then(|| "the rules compare names, but records have an id in this field".to_owned())
}

/// A name that is valid in a policy and unique, as close to the API name as possible.
fn attribute_name(field: &str, names: &mut UniqueNames) -> AttributeName {
    let cut = field
        .char_indices()
        .take_while(|(byte, _)| *byte < LONGEST_NAME);
    let plain: String = cut
        .map(|(_, character)| {
            if character.is_alphanumeric() {
                character
            } else {
                '_'
            }
        })
        .collect();
    // The policy decides which names are valid.
    let attribute = PolicyDraft::new().attribute(plain.as_str(), AttributeKind::Text);
    AttributeName::from(if attribute.build().is_ok() && names.take(&plain) {
        plain
    } else {
        let numbered = |name: &str, number| format!("{name}_{number}");
        names.fresh(format!("field_{plain}"), numbered)
    })
}

/// The depths of the nodes of the address fields, by the level of the field.
#[derive(Default)]
struct RegionFields(Vec<(Option<usize>, usize)>);

/// Whether a dimension suits all criteria on a field. If not, the error says why; `None` if the
/// dimension has no values at all.
fn fit(
    dimension: Dimension,
    key: &str,
    criteria: &[&Criterion],
    lists: &DimensionLists,
    regions: &mut RegionFields,
) -> Result<(), Option<String>> {
    match dimension {
        Dimension::CustomerSize => head_counts(criteria).map_err(Some),
        Dimension::Region => {
            let taxonomy = lists.regions.as_ref().ok_or(None)?;
            let depths = depths(taxonomy, "region", criteria).map_err(Some)?;
            regions.add(level(key), &depths, criteria).map_err(Some)
        }
        Dimension::Industry | Dimension::ProductLine => {
            let (taxonomy, what) = match dimension {
                Dimension::Industry => (&lists.industries, "industry"),
                _ => (&lists.product_lines, "product line"),
            };
            let taxonomy = taxonomy.as_ref().ok_or(None)?;
            depths(taxonomy, what, criteria).map(drop).map_err(Some)
        }
        Dimension::LifecycleStage => {
            stages(&lists.lifecycle_stages, "lifecycle stage", criteria).map_err(Some)
        }
        Dimension::FunnelStage => {
            stages(&lists.funnel_stages, "funnel stage", criteria).map_err(Some)
        }
    }
}

fn only_equality(what: &str, criteria: &[&Criterion]) -> Result<(), String> {
    match criteria
        .iter()
        .find(|criterion| !criterion.operation.is_equality())
    {
        Some(criterion) => Err(format!("`{}` cannot test a {what}", criterion.operation)),
        None => Ok(()),
    }
}

/// Reports the values that a dimension lacks.
fn unknown(
    what: &str,
    criteria: &[&Criterion],
    is_known: impl Fn(&str) -> bool,
) -> Result<(), String> {
    let values = criteria.iter().flat_map(|criterion| criterion.given());
    let missing: BTreeSet<_> = values.filter(|value| !is_known(value)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let named: Vec<_> = missing
        .iter()
        .take(MOST_NAMED)
        .map(|value| format!("`{value}`"))
        .collect();
    let more = match missing.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Err(format!("no {what} is called {}{more}", named.join(", ")))
}

/// The depths of the nodes that the criteria name; roots have depth 1.
fn depths(
    taxonomy: &Taxonomy,
    what: &str,
    criteria: &[&Criterion],
) -> Result<BTreeSet<usize>, String> {
    only_equality(what, criteria)?;
    let node = |value: &str| taxonomy.resolve(value).value.known();
    unknown(what, criteria, |value| node(value).is_some())?;
    let values = criteria.iter().flat_map(|criterion| criterion.given());
    Ok(values
        .filter_map(node)
        .map(|node| taxonomy.path(node).split('/').count())
        .collect())
}

fn stages(stages: &Stages, what: &str, criteria: &[&Criterion]) -> Result<(), String> {
    only_equality(what, criteria)?;
    unknown(what, criteria, |value| {
        stages.resolve(value).value.known().is_some()
    })
}

fn head_counts(criteria: &[&Criterion]) -> Result<(), String> {
    let wrong = criteria.iter().find(|criterion| {
        let operation = criterion.operation;
        !(operation.is_equality() || operation.is_ordered())
    });
    if let Some(criterion) = wrong {
        return Err(format!(
            "`{}` cannot test a head count",
            criterion.operation
        ));
    }
    let mut values = criteria.iter().flat_map(|criterion| criterion.given());
    match values.find(|value| values::head_count(value).is_none()) {
        Some(value) => Err(format!("`{value}` is not a head count")),
        None => Ok(()),
    }
}

impl RegionFields {
    /// Country, state and city can only share the region dimension if their values are on different
    /// levels: an alias such as `CA` could be either. A blank state does not mean a blank region.
    fn add(
        &mut self,
        level: Option<usize>,
        depths: &BTreeSet<usize>,
        criteria: &[&Criterion],
    ) -> Result<(), String> {
        let (Some(&least), Some(&most)) = (depths.first(), depths.last()) else {
            return Err("its criteria name no region".to_owned());
        };
        if least != most {
            return Err(format!(
                "its regions are on several levels, from {least} to {most}"
            ));
        }
        if most > 1 && criteria.iter().any(|criterion| criterion.includes_blank()) {
            return Err("a blank value would still leave part of the region known".to_owned());
        }
        let below = |wider: &&(Option<usize>, usize)| wider.0 < level && wider.1 >= most;
        if level.is_some()
            && self
                .0
                .iter()
                .filter(|field| field.0.is_some())
                .any(|field| below(&field))
        {
            return Err("its regions are not below those of the wider field".to_owned());
        }
        self.0.push((level, most));
        Ok(())
    }
}
