//! What is told of a policy: faults and warnings in one form, each with a code.

mod code;
mod code_of_fault;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod finding;

pub use code::FindingCode;
pub use finding::{Finding, Location, Severity};
