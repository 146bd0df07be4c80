//! Import of lead assignment rules from Salesforce. Needs the feature `salesforce`.
//!
//! [`Import`] turns `AssignmentRules` metadata into a policy and a [`Report`] on every entry. The
//! guide's [chapter on the import](crate::guide::salesforce) explains what the operations mean,
//! with sources.

mod criterion;
mod entry;
mod error;
mod formula;
mod import;
pub mod limits;
mod logic;
mod metadata;
mod remark;
mod report;
mod values;
mod xml;

pub use criterion::Operation;
pub use error::ImportError;
pub use import::{FieldMap, Import, Imported, OWNER_STAYS};
pub use remark::{Remark, Severity};
pub use report::{
    EntryReport, Fate, FieldMapping, FieldReport, Finding, Report, RuleReport, TeamReport, Totals,
};
