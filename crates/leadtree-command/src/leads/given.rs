//! A single lead, given as its fields.

use leadtree::Suggestion;
use leadtree::policy::Policy;
use leadtree_files::LeadField;
use serde_json::{Map, Value};

use crate::files::Input;

/// The fields of a lead, by name; those of `attributes` may stand inside it.
pub(crate) type LeadFields = Map<String, Value>;

/// A file with this lead only. A lead without an `id` gets one.
///
/// # Errors
/// If a field is unknown: every such field, with the nearest name.
pub(crate) fn as_file(mut fields: LeadFields, policy: &Policy) -> Result<Input, Vec<String>> {
    let known = LeadField::all(policy);
    let inner = fields.get("attributes").and_then(Value::as_object);
    let names = fields.keys().filter(|name| *name != "attributes");
    let names = names.chain(inner.into_iter().flat_map(Map::keys));
    let unknown = names.filter(|name| known.iter().all(|field| field.name() != *name));
    let faults: Vec<_> = unknown
        .map(|name| {
            let suggestion = Suggestion::among(name, known.iter().map(LeadField::name));
            format!("unknown field `{name}`{suggestion}")
        })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    fields.entry("id").or_insert_with(|| "L-1".into());
    Ok(Input::Given(Value::from(fields).to_string()))
}
