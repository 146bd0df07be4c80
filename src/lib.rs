//! Lead assignment.
pub mod dimension;
pub mod dispatch;
mod entries;
pub mod guide;
mod id;
pub mod lead;
pub mod limits;
mod name_or_object;
mod nesting;
mod place;
pub mod policy;
pub mod rule;
pub mod strategy;
mod suggestion;
pub mod team;
mod text;
pub mod tree;

pub use entries::Entries;
pub use id::*;
pub use lead::Lead;
pub use place::{Place, Placed};
pub use suggestion::Suggestion;
