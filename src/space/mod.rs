//! The space of leads, and rules as sets in it.
//!
//! Each dimension, each attribute and the moment of the decision is an axis. An axis is cut wherever
//! some rule's test begins or ends. The values between two cuts form a class: no rule can tell two values of
//! one class apart. A condition is then a union of boxes, which are products of sets of classes.
//! Tests that cannot be cut (`contains`, tags) are axes of their own with the classes yes and no.
//!
//! A [`Space`] is made of one policy or two; in it, a [`LeadSet`] of leads can be joined, intersected,
//! subtracted, complemented, compared, measured, illustrated by its simplest lead, and written as a
//! condition.

mod axes;
mod clauses;
mod grid;
mod set;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod space;

pub(crate) use axes::{
    Axes, AxesBuilder, ClassSet, Classes, DIMENSIONS, Piece, Question, narrow, ranges_within,
};
pub(crate) use clauses::{
    AskedLead, CaseFinder, Cases, Clause, Clauses, Formula, HeldFormulas, LeadOfClasses, covered,
};
pub use grid::{SpaceError, Undecided};
pub use set::{Example, LeadSet};
pub use space::{Space, SpaceBuilder};
