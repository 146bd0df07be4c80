//! Who holds what when: territories, or places in teams, that go round from one holder to the next.

mod errors;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod terms;

pub use errors::{TermsErrors, TermsFault};
pub use terms::{Term, Terms, every_months};
