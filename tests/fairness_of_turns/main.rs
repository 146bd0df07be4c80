//! Round robin is fair: its bounds, checked against independently computed lags, and problems known
//! from other systems.
#![allow(clippy::unwrap_used, reason = "helpers of tests, too")]

mod adversary;
mod changing_teams;
mod lags;
mod reported_problems;
mod rotation;
mod unchanged_teams;

#[path = "../dispatch_setup/mod.rs"]
mod dispatch_setup;
