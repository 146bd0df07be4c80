//! The schema of conditions, as text and in the structured form.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::super::condition::Condition;
use crate::dimension::{DATE_PATTERN, Dimension};

// The type of texts is the list `["string"]` here, which exempts them from coercion: a bare number
// in a condition is not a text.

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let condition = generator.subschema_for::<Self>();
        let mut keys = json_schema!({
            "all": { "type": "array", "items": condition },
            "any": { "type": "array", "items": condition },
            "not": condition,
        });
        for dimension in Dimension::ALL {
            let test = match dimension {
                Dimension::CustomerSize => generator.subschema_for::<CustomerSizeTest>(),
                _ => generator.subschema_for::<DimensionTest>(),
            };
            keys.insert(dimension.as_str().to_owned(), test.to_value());
        }
        json_schema!({
            "description": "A condition as text, or in the structured form for programs.",
            "anyOf": [
                {
                    "description": "As text: `region in cn/east and customer_size >= 1000`.",
                    "type": "string",
                },
                {
                    "description":
                        "In the structured form, for programs: `{\"region\": {\"within\": \"cn\"}}`.",
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "properties": keys,
                    "additionalProperties": generator.subschema_for::<AttributeTest>(),
                },
            ],
        })
    }
}

struct DimensionTest;

impl JsonSchema for DimensionTest {
    fn schema_name() -> Cow<'static, str> {
        "DimensionTest".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // The ordered texts here are stages.
        test(&json_schema!({ "type": ["string"] }), operators)
    }
}

struct CustomerSizeTest;

impl JsonSchema for CustomerSizeTest {
    fn schema_name() -> Cow<'static, str> {
        "CustomerSizeTest".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        test(&json_schema!({ "type": ["string"] }), |ordered| {
            let mut operators = operators(ordered);
            operators.insert("band".to_owned(), names().to_value());
            operators
        })
    }
}

struct AttributeTest;

impl JsonSchema for AttributeTest {
    fn schema_name() -> Cow<'static, str> {
        "AttributeTest".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        test(&date(), operators)
    }
}

/// As lenient as reading, which also checks that the day exists.
fn date() -> Schema {
    json_schema!({ "type": "string", "pattern": format!(r"^\s*{DATE_PATTERN}\s*$") })
}

/// One value, or a list of them.
fn one_or_list(value: &Schema) -> Schema {
    json_schema!({ "anyOf": [value, { "type": "array", "items": value }] })
}

fn names() -> Schema {
    one_or_list(&json_schema!({ "type": ["string"] }))
}

/// One value, or a list of exactly one.
fn bound(value: &Schema) -> Schema {
    json_schema!({
        "anyOf": [value, { "type": "array", "items": value, "minItems": 1, "maxItems": 1 }],
    })
}

fn between(value: &Schema) -> Schema {
    let bound = bound(value);
    json_schema!({ "type": "array", "items": bound, "minItems": 2, "maxItems": 2 })
}

/// A map with one operator; `ordered` is the schema of texts that can be compared by order.
fn test(ordered: &Schema, operators: impl Fn(&Schema) -> Schema) -> Schema {
    json_schema!({
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": operators(ordered),
        "additionalProperties": false,
    })
}

fn operators(ordered: &Schema) -> Schema {
    let number = json_schema!({ "type": "number" });
    let than = json_schema!({ "anyOf": [bound(&number), bound(ordered)] });
    json_schema!({
        "within": names(),
        "is": { "anyOf": [{ "type": "boolean" }, one_or_list(&number), names()] },
        "on": one_or_list(&date()),
        "less_than": than,
        "at_most": than,
        "at_least": than,
        "more_than": than,
        "before": than,
        "after": than,
        "between": { "anyOf": [between(&number), between(ordered)] },
        "contains": names(),
        "starts_with": names(),
        "ends_with": names(),
        "contains_any": names(),
        "contains_all": names(),
        "missing": { "const": true },
        "unlisted": { "const": true },
    })
}
