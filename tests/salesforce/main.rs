//! Lead assignment rules of Salesforce: what is imported answers as the rules are documented.

#![cfg(feature = "salesforce")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests"
)]

mod corpus;
mod hostile;
mod made_up;
mod operations;
mod places;
mod records;
mod referee;
mod reports;
