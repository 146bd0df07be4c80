//! Imported lead assignment rules of Salesforce behave as documented.

#![cfg(feature = "salesforce")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "tests, their tables, and the small files that they write"
)]

#[path = "../bounded_run/mod.rs"]
mod bounded_run;
mod corpus;
mod dimensions;
mod generated;
mod hostile;
mod operations;
mod records;
mod reference_evaluator;
mod reports;
