//! The space of leads, and rules as sets in it.
//!
//! Each dimension, each attribute and the moment of the decision is an axis. An axis is cut wherever
//! some rule's test begins or ends; what lies between two cuts is a class, and no rule can tell two
//! values of a class apart. A condition is then a union of boxes: products of sets of classes.
//! Tests that cannot be cut (`contains`, tags) are axes of their own with the classes yes and no.
//!
//! A [`Space`] is made of one policy or two; in it, a [`Set`] of leads can be joined, intersected,
//! left out and complemented, compared, measured, shown by its simplest lead, and said as a condition.

pub(crate) mod axes;
mod rules;
mod set;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod space;

pub(crate) use axes::axis::{Axes, AxesBuilder, Classes, DIMENSIONS};
pub(crate) use axes::class_set::ClassSet;
pub use axes::error::{SpaceError, Undecided};
pub(crate) use axes::placing::Question;
pub(crate) use axes::position::narrow;
pub(crate) use axes::words::Piece;
pub(crate) use rules::cases::{CaseBook, Cases};
pub(crate) use rules::clause::{Clause, Clauses};
pub(crate) use rules::covered::covered;
pub(crate) use rules::formula::Formula;
pub use set::{Example, Set};
pub use space::{Space, SpaceBuilder};
