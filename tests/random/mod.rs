#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "shared by several tests, each of which uses a part"
)]
//! Random dimensions, conditions, policies and leads, in an independent model, with their meaning.
//!
//! The model knows the meaning of each value before leadtree sees the text, so that expected
//! results are not computed by the code under test. Equal seeds give equal cases.

mod cases;
pub mod condition;
pub mod lead;
pub mod meaning;
pub mod policy;
pub mod shrinking;
pub mod words;
pub mod world;

pub(crate) use cases::cases;
use fastrand::Rng;

/// One of the values at random.
pub fn pick<'a, T>(random: &mut Rng, values: &'a [T]) -> &'a T {
    &values[random.usize(..values.len())]
}

/// One to `most` of the values.
pub fn some<T: Clone>(random: &mut Rng, values: &[T], most: usize) -> Vec<T> {
    (0..random.usize(1..=most))
        .map(|_| pick(random, values).clone())
        .collect()
}

/// True once in the given number of times, at random.
pub fn one_in(random: &mut Rng, many: u32) -> bool {
    random.u32(..many) == 0
}
