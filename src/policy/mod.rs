//! A policy: dimensions, teams and ordered rules, checked as a whole.

mod availability;
mod check;
mod content_hash;
mod draft;
mod errors;
mod grant;
mod identity;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod policy;
mod reading;
mod resolve;
mod resolved_rules;
#[cfg(feature = "yaml")]
mod yaml;

pub use crate::document::FormFault;
pub use draft::PolicyDraft;
pub use errors::{PolicyErrors, PolicyFault};
pub use grant::{Grant, Owner, Source};
pub use identity::{PolicyIdentity, PolicyIdentityError};
pub use policy::Policy;
pub use reading::LoadError;
pub(crate) use reading::read;
pub(crate) use resolve::resolve_condition;
pub(crate) use resolved_rules::{
    AttributeTest, ResolvedCondition, ResolvedEntry, ResolvedTest, TextOperator,
};
#[cfg(feature = "yaml")]
pub(crate) use yaml::read_yaml;
#[cfg(feature = "diagnostics")]
pub(crate) use yaml::{Spread, read_root, read_yaml_examples, yaml_reading_options};
#[cfg(feature = "yaml")]
pub use yaml::{WriteError, YamlError};
