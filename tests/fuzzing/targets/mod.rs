#![allow(
    missing_docs,
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::must_use_candidate,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests, of which others make programs"
)]
//! What must hold of any bytes that the library reads: one function, a target, for each reader.
//!
//! A target reads the bytes, checks the result, and returns whether they were read or refused. It panics if
//! something does not hold. The test `fuzzing` runs the targets on seeds and mutations of them; cargo-fuzz
//! (`fuzz/`) runs them on inputs that it finds by coverage.

mod availability;
mod conditions;
mod decisions;
mod leads;
mod parts;
mod policies;
mod receipts;
mod salesforce;
mod small_policy;
mod states;
mod values;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use availability::{calendar_json, working_hours};
pub use conditions::{condition_json, condition_text};
pub use leads::lead_json;
pub use parts::policy_parts;
pub use policies::{policy_json, policy_yaml};
pub use receipts::receipt_json;
pub use salesforce::salesforce_xml;
pub use states::dispatch_state;

/// A function that checks any bytes.
pub type Target = fn(&[u8]) -> Verdict;

/// Whether the bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They were read, and the result was checked.
    Read,
    /// They were refused, and the errors were checked.
    Refused,
}

/// A value that is written as JSON reads back equal.
fn same_in_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    match serde_json::from_str::<T>(&json) {
        Ok(back) => assert_eq!(back, *value, "written as {json}"),
        Err(error) => panic!("{error} in {json}, which is {value:?}"),
    }
}
