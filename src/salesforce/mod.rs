//! Import of the lead assignment rules of Salesforce (feature `salesforce`).
//!
//! [`Import`] reads the `AssignmentRules` metadata and makes a policy of it, with a [`Report`] of
//! what became of every entry. What the operations mean, and on whose word, is in the guide's
//! [chapter on the import](crate::guide::salesforce).

mod assignees;
mod condition;
mod entry;
mod error;
mod field_map;
mod fields;
mod filter;
mod formula;
mod import;
mod kind;
pub mod limits;
mod lists;
mod logic;
mod metadata;
mod names;
mod question;
mod remark;
mod report;
mod values;
mod xml;

pub use assignees::OWNER_STAYS;
pub use error::ImportError;
pub use field_map::FieldMap;
pub use import::{Import, Imported};
pub use question::Operation;
pub use remark::{Remark, Weight};
pub use report::{
    Becomes, EntryReport, Fate, FieldReport, Finding, Report, RuleReport, Tally, TeamReport,
};
