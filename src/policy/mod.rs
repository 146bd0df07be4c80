//! A policy: dimensions, teams and ordered rules, checked as a whole.

mod availability;
mod bind;
mod bound;
mod check;
mod check_fit;
mod check_overflows;
mod check_people;
mod code_ranges;
mod draft;
mod fault;
mod grant;
#[cfg(feature = "yaml")]
mod layout;
#[cfg(feature = "yaml")]
mod layout_lines;
mod load;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod policy;
#[cfg(feature = "yaml")]
mod quotes;
#[cfg(feature = "yaml")]
mod yaml;

pub(crate) use bind::bind_condition;
pub(crate) use bound::{AttributeTest, BoundCondition, BoundEntry, BoundTest, TextOperator};
pub use draft::PolicyDraft;
pub use fault::{PolicyErrors, PolicyFault};
pub use grant::{Grant, Owner, Source};
pub use load::LoadError;
pub use policy::Policy;
#[cfg(feature = "diagnostics")]
pub(crate) use yaml::reading as yaml_options;
#[cfg(feature = "yaml")]
pub use yaml::{WriteError, YamlError};
