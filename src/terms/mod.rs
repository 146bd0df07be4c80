//! Terms: who holds a territory, or belongs to a team, in which period, and rotations of these.

mod errors;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod terms;

pub use errors::{TermsErrors, TermsFault};
pub use terms::{Term, Terms, every_months};
