//! Explaining: why a lead went where it went, and why no other rule applied.

mod explanation;

pub use explanation::{Explanation, PathStep, WhyNot};
