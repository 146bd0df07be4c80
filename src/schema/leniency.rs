//! What reading accepts beyond the declared types, added to the schema.

use schemars::Schema;

/// Adapts the fields and items of a schema to reading. Where a text is expected, a number or flag without
/// quotes will do, unless the text has a pattern or is one of several words. A list, or a map in which
/// nothing must stand, may be left blank, unless the field itself must be there.
pub(super) fn allow_what_reading_allows(schema: &mut Schema) {
    let required = schema.get("required").and_then(|it| it.as_array());
    let required: Vec<_> = required.into_iter().flatten().cloned().collect();
    for key in ["properties", "$defs"] {
        let inner = schema.get_mut(key).and_then(|it| it.as_object_mut());
        for (name, value) in inner.into_iter().flatten() {
            let Ok::<&mut Schema, _>(value) = value.try_into() else {
                continue;
            };
            if key == "properties" {
                allow_bare_scalars(value);
            }
            if key == "$defs" || !required.iter().any(|it| it == name.as_str()) {
                allow_blank(value);
            }
        }
    }
    for key in ["additionalProperties", "items"] {
        if let Some(value) = schema.get_mut(key)
            && let Ok::<&mut Schema, _>(value) = value.try_into()
        {
            allow_bare_scalars(value);
            allow_blank(value);
        }
    }
}

fn allow_bare_scalars(value: &mut Schema) {
    let closed = ["enum", "const", "pattern"];
    if closed.iter().any(|&key| value.get(key).is_some()) {
        return;
    }
    let Some(kind) = value.get_mut("type") else {
        return;
    };
    if *kind == "string" {
        *kind = vec!["string", "number", "boolean"].into();
    } else if let Some(kinds) = kind.as_array_mut()
        && kinds.iter().any(|it| it == "string")
        && kinds.iter().any(|it| it == "null")
    {
        kinds.splice(1..1, ["number".into(), "boolean".into()]);
    }
}

fn allow_blank(value: &mut Schema) {
    let must_have = ["required", "minProperties"];
    if must_have.iter().any(|&key| value.get(key).is_some()) {
        return;
    }
    if let Some(kind) = value.get_mut("type")
        && (*kind == "array" || *kind == "object")
    {
        *kind = vec![std::mem::take(kind), "null".into()].into();
    }
}
