//! Turns are fair: the bounds of `round_robin`, against lags counted apart, and cases as a user
//! would tell them.
#![allow(clippy::unwrap_used, reason = "helpers of tests, too")]

mod adversary;
mod cases;
mod changing;
mod lags;
mod rotation;
mod still;

#[path = "../office/mod.rs"]
mod office;
