//! Names in conditions become codes; every name that refers to nothing is reported.

mod attribute_tests;
mod code_ranges;
mod dimension_tests;
mod known_values;
mod lead_values;
mod resolver;
mod value_remedy;

pub(super) use known_values::KnownValues;
pub(super) use resolver::Resolver;
pub(crate) use resolver::resolve_condition;
