//! The ends of whole numbers, which a format alone does not hold a validator to.

use schemars::Schema;

/// Gives whole numbers of 32 bits their largest value, unless a smaller one is given.
pub(super) fn bound_integers(schema: &mut Schema) {
    let is_u32 = schema
        .get("format")
        .is_some_and(|format| *format == "uint32");
    if is_u32 && schema.get("maximum").is_none() {
        schema.insert("maximum".to_owned(), u32::MAX.into());
    }
}
