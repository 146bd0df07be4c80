//! Whether examples hold: what came of their leads, and why it is not what is expected.

mod check;
mod failure;

pub use check::{ExampleAnswer, ExampleCheck};
pub use failure::ExampleFailure;
