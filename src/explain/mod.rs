//! Explaining: why a lead went where it went, and why no other rule applied.

mod explanation;
mod why_not;

pub use explanation::{Explanation, PathStep};
pub use why_not::WhyNot;
