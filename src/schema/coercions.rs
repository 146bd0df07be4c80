//! Coercions that reading applies to scalars, added to the schema.

use schemars::Schema;

/// Fields of these types may be left out, but must not be null.
const NEVER_EMPTY: [&str; 5] = [
    "#/$defs/Condition",
    "#/$defs/Presence",
    "#/$defs/RotationScope",
    "#/$defs/Skills",
    "#/$defs/Strategy",
];

/// Adapts the fields and items of a schema to what reading accepts. A field that takes only text
/// also accepts a bare number or flag; a flag must not be null. Texts with a pattern, and those
/// whose type is already a list, stay unchanged.
pub(super) fn allow_coercions(schema: &mut Schema) {
    if let Some(fields) = schema.get_mut("properties")
        && let Some(fields) = fields.as_object_mut()
    {
        for field in fields.values_mut() {
            if let Ok(field) = field.try_into() {
                of_field(field);
            }
        }
    }
    for key in ["additionalProperties", "items"] {
        if let Some(field) = schema.get_mut(key)
            && let Ok(field) = field.try_into()
        {
            of_field(field);
        }
    }
}

fn of_field(field: &mut Schema) {
    let is_free = ["enum", "const", "pattern"]
        .iter()
        .all(|&key| field.get(key).is_none());
    if let Some(kind) = field.get_mut("type")
        && is_free
    {
        if *kind == "string" {
            *kind = vec!["string", "number", "boolean"].into();
        } else if let Some(kinds) = kind.as_array_mut() {
            let has = |kind: &str| kinds.iter().any(|it| it == kind);
            if has("string") && has("null") {
                kinds.splice(1..1, ["number".into(), "boolean".into()]);
            } else if has("boolean") {
                kinds.retain(|it| it != "null");
            }
        }
    }
    let choices = field.get_mut("anyOf").and_then(|it| it.as_array_mut());
    if let Some(choices) = choices {
        let is_never_empty = |choice: &&str| NEVER_EMPTY.contains(choice);
        let mut references = choices.iter().filter_map(|it| it.get("$ref")?.as_str());
        if references.any(|it| is_never_empty(&it)) {
            choices.retain(|it| it.get("type").is_none_or(|kind| kind != "null"));
        }
    }
}
