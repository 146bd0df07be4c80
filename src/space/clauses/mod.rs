//! Rules as clauses, and conditions as the cases in which they hold.

mod alternatives;
mod cases;
mod clause;
mod covered;
mod formula;

pub(crate) use cases::{CaseFinder, Cases};
pub(crate) use clause::{Clause, Clauses};
pub(crate) use covered::covered;
pub(crate) use formula::{AskedLead, Formula, HeldFormulas, LeadOfClasses};
