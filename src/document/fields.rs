//! The fields of types.

use std::borrow::Cow;

use serde::Deserialize;

use super::node::Node;
use super::read_error::Problem;
use super::reader::NodeReader;

/// The fields of a type that is read from a map and refuses unknown fields.
pub(crate) fn fields_of<T: for<'r> Deserialize<'r>>() -> &'static [&'static str] {
    // No field has an empty name, and the refusal lists the fields that exist.
    let node = Node::Map(vec![(Cow::Borrowed(""), Node::Null)]);
    let (node, text) = (&node, "");
    match T::deserialize(NodeReader { node, text }).map_err(|error| error.into_located().problem) {
        Err(Problem::UnknownField { fields, .. }) => fields,
        _ => &[],
    }
}
