//! Examples that a policy carries: a lead, and what must come of it.

#[expect(clippy::module_inception, reason = "the room's main concept")]
mod example;
mod expectation;
mod one_or_list;
mod outcome;

pub use example::Example;
pub use expectation::Expectation;
pub use outcome::ExpectedOutcome;
