//! The axes that all sets of a space share. A space has one policy or two.

mod axis_classes;
mod error;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod grid;
mod grid_builder;
mod shared_values;
mod value_pairs;

pub use error::{SpaceError, Undecided};
pub(crate) use grid::{AxisSubject, Grid};
pub(crate) use grid_builder::GridBuilder;
pub(crate) use value_pairs::{HEAD_COUNTS, ValuePairs};
