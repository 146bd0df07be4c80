//! The schema, ready to check values.

use boon::{Compiler, SchemaIndex, Schemas};
use leadtree::policy::Policy;
use serde_json::Value;

/// The schema, ready to check values.
pub(crate) struct Validator {
    schemas: Schemas,
    schema: SchemaIndex,
}

impl Validator {
    pub(crate) fn faults(&self, value: &Value) -> Option<String> {
        let checked = self.schemas.validate(value, self.schema);
        checked.err().map(|error| format!("{error:#}"))
    }
}

pub(crate) fn validator() -> Validator {
    let schema = serde_json::to_value(Policy::schema()).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("policy.schema.json", schema).unwrap();
    let schema = compiler
        .compile("policy.schema.json", &mut schemas)
        .unwrap();
    Validator { schemas, schema }
}
