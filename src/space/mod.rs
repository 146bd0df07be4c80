//! The space of leads, and rules as sets in it.
//!
//! Each dimension, each attribute and the moment of the decision is an axis. An axis is cut wherever
//! some rule's test begins or ends; what lies between two cuts is a class, and no rule can tell two
//! values of a class apart. A condition is then a union of boxes: products of sets of classes.
//! Tests that cannot be cut (`contains`, tags) are axes of their own with the classes yes and no.
//!
//! A [`Space`] is made of one policy or two; in it, a [`Set`] of leads can be joined, intersected,
//! left out and complemented, compared, measured, shown by its simplest lead, and said as a condition.

mod alternatives;
mod axis;
mod cases;
mod class_set;
mod clause;
mod cover;
mod covered;
mod error;
mod formula;
mod grid;
mod joined;
mod placing;
mod position;
mod set;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod space;
mod text_cuts;
mod value;
mod words;

pub(crate) use axis::{Axes, AxesBuilder, Classes, DIMENSIONS};
pub(crate) use cases::{CaseBook, Cases};
pub(crate) use class_set::ClassSet;
pub(crate) use clause::{Clause, Clauses};
pub(crate) use covered::covered;
pub use error::{SpaceError, Undecided};
pub(crate) use formula::Formula;
pub(crate) use placing::Question;
pub(crate) use position::narrow;
pub use set::{Example, Set};
pub use space::{Space, SpaceBuilder};
pub(crate) use words::Piece;
