#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "shared by several tests, each of which uses a part"
)]
//! Random worlds, conditions, policies and leads, in a model of the test's own, and what they mean.
//!
//! The model knows the truth of each value before leadtree sees the text, so that nothing expected
//! is computed by the code under test. The same seed makes the same case.

mod cases;
pub mod condition;
pub mod lead;
pub mod meaning;
pub mod policy;
pub mod smaller;
pub mod words;
pub mod world;

pub(crate) use cases::cases;
use fastrand::Rng;

/// One of the values.
pub fn pick<'a, T>(random: &mut Rng, values: &'a [T]) -> &'a T {
    &values[random.usize(..values.len())]
}

/// One to so many of the values.
pub fn some<T: Clone>(random: &mut Rng, values: &[T], most: usize) -> Vec<T> {
    (0..random.usize(1..=most))
        .map(|_| pick(random, values).clone())
        .collect()
}

/// Whether a chance of one in so many comes up.
pub fn one_in(random: &mut Rng, many: u32) -> bool {
    random.u32(..many) == 0
}
