//! Import of lead assignment rules from Salesforce. Needs the feature `salesforce`.
//!
//! [`Import`] turns `AssignmentRules` metadata into a policy and a [`Report`] on every entry. The
//! guide's [chapter on the import](crate::guide::salesforce) explains what the operations mean,
//! with sources.

mod assignees;
mod condition;
mod criterion;
mod dimension_lists;
mod entry;
mod error;
mod field_kind;
mod field_map;
mod fields;
mod formula;
mod import;
pub mod limits;
mod logic;
mod metadata;
mod remark;
mod report;
mod unique_names;
mod values;
mod xml;

pub use assignees::OWNER_STAYS;
pub use criterion::Operation;
pub use error::ImportError;
pub use field_map::FieldMap;
pub use import::{Import, Imported};
pub use remark::{Remark, Severity};
pub use report::{
    EntryReport, Fate, FieldMapping, FieldReport, Finding, Report, RuleReport, TeamReport, Totals,
};
