//! Whether the constants of a mapping are values of their fields.

use leadtree::Suggestion;
use leadtree::dimension::{Dimension, Listed, Taxonomy};
use leadtree::policy::Policy;

use super::fault::MappingFault;
use super::field::{BoundField, Kind, size};
use super::full_path::full_path;
use super::lead_field::LeadField;
use crate::mapping::Source;

/// The texts that a mapping gives a field, whatever the file has, with the options that give them.
pub(super) fn constants(source: &Source) -> impl Iterator<Item = (&'static str, &str)> {
    let single = [
        ("value", &source.value),
        ("if_blank", &source.if_blank),
        ("if_given", &source.if_given),
    ];
    let single = single.into_iter();
    let single = single.filter_map(|(option, text)| Some((option, text.as_deref()?)));
    let values = source.values.iter().map(|(_, to)| ("values", to.as_str()));
    single.chain(values).filter(|(_, text)| !text.is_empty())
}

/// Why a text is no value of a field; none if it is one.
pub(super) fn fault(field: &BoundField, text: &str, policy: &Policy) -> Option<MappingFault> {
    let told = |kind: String, remedy: String| MappingFault::Constant {
        value: text.to_owned(),
        kind,
        remedy,
    };
    match (&field.field, &field.kind) {
        (LeadField::Dimension(Dimension::CustomerSize), _) => {
            let bands = policy.dimensions().customer_sizes();
            let resolved = size(text.into(), bands).resolve(bands).value;
            let remedy = "; write a head count, a range such as 51-200, or the name of a band";
            (resolved == Listed::Unlisted)
                .then(|| told("customer size".to_owned(), remedy.to_owned()))
        }
        (LeadField::Dimension(dimension), _) => {
            let path = full_path(*dimension, text.into(), policy);
            if field.field.lists(policy, &path) {
                return None;
            }
            let names = names(*dimension, policy);
            // Where there are no values at all, no rule can ask for one.
            if names.is_empty() {
                return None;
            }
            let suggestion = Suggestion::among(text, names);
            let kind = dimension.as_str().replace('_', " ");
            Some(told(kind, suggestion.to_string()))
        }
        (LeadField::Received, Kind::Date(moments)) => moments.moment(text).is_none().then(|| {
            let remedy = "; write 2026-03-31T09:30:00+08:00, or give its format as `date`";
            told("time".to_owned(), remedy.to_owned())
        }),
        (LeadField::Attribute { kind, .. }, _) => {
            let why = field.value(text, false).err()?;
            Some(told(
                kind.as_str().to_owned(),
                format!("; {}", why.remedy()),
            ))
        }
        _ => None,
    }
}

/// The values that the policy lists.
fn names<'p>(dimension: Dimension, policy: &'p Policy) -> Vec<&'p str> {
    let known = policy.dimensions();
    let paths = |taxonomy: &'p Taxonomy| taxonomy.nodes().map(|(_, path)| path).collect();
    match dimension {
        Dimension::Region => paths(known.regions()),
        Dimension::Industry => paths(known.industries()),
        Dimension::ProductLine => paths(known.product_lines()),
        Dimension::LifecycleStage => known.lifecycle_stages().names().collect(),
        Dimension::FunnelStage => known.funnel_stages().names().collect(),
        Dimension::CustomerSize => known.customer_sizes().names().collect(),
    }
}
