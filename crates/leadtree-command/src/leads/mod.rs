//! Leads from a CSV or JSON-lines file: [`LeadFile`].

mod columns;
pub(crate) mod given;
mod join;
mod lines;
mod mapping;
mod part;
mod reading;
mod rows;

use indicatif::ProgressBar;
use leadtree::policy::Policy;

pub(crate) use columns::Arrival;
use columns::Columns;
pub(crate) use mapping::{Join, Mapping};
pub(crate) use reading::folded;
pub(crate) use rows::RowFault;
use rows::Rows;

use crate::error::CommandError;
use crate::files::Input;

/// A file of leads, read row by row.
pub(crate) struct LeadFile {
    name: String,
    rows: Rows,
    columns: Columns,
}

/// A lead, or why its row is left out.
pub(crate) struct NumberedLead<'r> {
    /// The line at which the row begins, from 1.
    pub(crate) line: u64,
    pub(crate) lead: Result<Arrival<'r>, RowFault>,
}

impl LeadFile {
    /// Opens a file and its joined files, and finds the columns that the mapping names.
    pub(crate) fn open(
        input: &Input,
        mapping: &Mapping,
        policy: &Policy,
        progress: &ProgressBar,
    ) -> Result<Self, CommandError> {
        let rows = Rows::open(input, progress)?;
        let columns = Columns::bind(mapping, policy, rows.header(), input.folder())
            .map_err(|error| CommandError::faulty(input, error))?;
        let name = input.to_string();
        Ok(Self {
            name,
            rows,
            columns,
        })
    }

    /// The next row, valid or not; none at the end of the file.
    pub(crate) fn advance(&mut self) -> Result<Option<NumberedLead<'_>>, CommandError> {
        let numbered = self.rows.advance();
        let numbered = numbered.map_err(|error| CommandError::file(&self.name, error))?;
        Ok(numbered.map(|numbered| NumberedLead {
            line: numbered.line,
            lead: numbered.row.and_then(|row| self.columns.lead(row)),
        }))
    }
}
