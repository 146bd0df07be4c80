//! Leads from the files that a CRM exports, by a mapping of columns.
//!
//! [`LeadFile`] reads a CSV or JSON file, or with the feature `workbooks` a workbook, row by row, and makes of
//! each row a lead as a policy expects it. Encoding, separator and the form of JSON are recognised; numbers,
//! flags, sizes and dates are read as people write them. What cannot be read is told with its line and is
//! never taken for something else. [`Proposal`] looks at the beginning of a file and proposes a mapping.

mod columns;
mod lead_file;
mod mapping;
mod proposal;
mod rows;
mod source;
mod stated_reading;
mod value;

pub use columns::{Arrival, JoinedFile, LeadField, NotRead, UnreadValue, column_key};
pub use lead_file::{LeadFile, NumberedLead, OpenError};
pub use mapping::{Join, Mapping};
pub use proposal::{Proposal, ProposedField, Recognised, UnusedColumn};
pub use rows::RowFault;
pub use value::{DEFAULT_BLANKS, DecimalMark};
