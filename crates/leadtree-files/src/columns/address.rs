//! Where a column is.

use csv::StringRecord;

use crate::rows::{Cell, Row, RowFault};

/// Where a column is.
#[derive(Debug, Clone)]
pub(super) struct ColumnAddress {
    pub(super) name: String,
    /// Position in the leads' file, if that is CSV.
    pub(super) own: Option<usize>,
    /// Joined file, and position in it.
    pub(super) joined: Option<(usize, usize)>,
}

impl ColumnAddress {
    /// The cell of a row, or of the rows joined to it.
    pub(super) fn cell<'r>(
        &'r self,
        row: &Row<'r>,
        joined: &[Option<&'r StringRecord>],
    ) -> Result<Option<Cell<'r>>, RowFault> {
        if let Some(cell) = row.cell(self.own, &self.name)? {
            return Ok(Some(cell));
        }
        let cell = self.joined.and_then(|(join, position)| {
            let record = joined.get(join).copied().flatten()?;
            Some(Cell::Text(record.get(position)?.into()))
        });
        Ok(cell)
    }
}
