//! Turns are fair: the bounds of `round_robin`, against lags counted apart, and cases as a user
//! would tell them.
#![allow(clippy::unwrap_used, reason = "helpers of tests, too")]

mod adversary;
mod changing_teams;
mod lags;
mod reported_problems;
mod rotation;
mod unchanged_teams;

#[path = "../dispatch_setup/mod.rs"]
mod dispatch_setup;
