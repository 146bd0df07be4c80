//! Examples that a policy carries: a lead, and what must come of it.

#[expect(clippy::module_inception, reason = "the room's main concept")]
mod example;
mod expectation;
mod names;
mod outcome;

pub use example::Example;
pub use expectation::Expectation;
pub use outcome::ExpectedOutcome;
