//! The columns that there are.

use leadtree::Suggestion;
use leadtree::text::name_key;

use super::address::ColumnAddress;
use super::columns::BoundJoin;
use super::fault::MappingFault;

/// The columns of the leads' file.
pub(crate) struct OwnColumns {
    /// Their names, in their order.
    pub(crate) names: Vec<String>,
    /// Whether they have positions.
    pub(crate) is_table: bool,
    /// Whether no row has others.
    pub(crate) is_complete: bool,
    /// Whether nothing is known of them, because the first row is so long.
    pub(crate) is_unseen: bool,
}

/// The available columns.
pub(super) struct Header<'h> {
    pub(super) own: &'h OwnColumns,
    pub(super) joins: &'h [BoundJoin],
}

impl Header<'_> {
    pub(super) fn names(&self) -> Vec<String> {
        let joined = self.joins.iter().flat_map(|join| join.table.names());
        self.own
            .names
            .iter()
            .cloned()
            .chain(joined.map(str::to_owned))
            .collect()
    }

    /// Finds the column of a field by the field's own name. Capitals, spaces, hyphens and underscores do not
    /// matter, if only one column is meant.
    pub(super) fn find_named(&self, field: &str) -> Result<ColumnAddress, MappingFault> {
        let names = self.names();
        if names.iter().any(|name| name == field) {
            return self.find(field);
        }
        let key = column_key(field);
        let mut alike = names.iter().filter(|name| column_key(name) == key);
        match (alike.next(), alike.next()) {
            (Some(name), None) => self.find(name),
            _ => self.find(field),
        }
    }

    /// Whether a file is known to have a column.
    pub(super) fn has(&self, column: &ColumnAddress) -> bool {
        column.joined.is_some() || self.own.names.contains(&column.name)
    }

    /// Finds a column; the leads' own file has precedence over joined files.
    pub(super) fn find(&self, column: &str) -> Result<ColumnAddress, MappingFault> {
        let mut own = (0..)
            .zip(&self.own.names)
            .filter(|(_, name)| *name == column);
        let first = own.next().map(|(position, _)| position);
        if own.next().is_some() {
            return Err(MappingFault::AmbiguousColumn {
                file: "the file".to_owned(),
                column: column.to_owned(),
            });
        }
        let mut joins = self.joins.iter().map(|join| &join.table).enumerate();
        let joined = match joins.find(|(_, table)| table.has(column)) {
            // It would not be used.
            Some(_) if first.is_some() => None,
            Some((join, table)) => Some((join, table.position(column)?)),
            None => None,
        };
        if self.own.is_complete && first.is_none() && joined.is_none() {
            let columns = self.names();
            return Err(MappingFault::UnknownColumn {
                column: column.to_owned(),
                suggestion: Suggestion::among(column, columns.iter().map(|name| &**name)),
                columns,
            });
        }
        Ok(ColumnAddress {
            name: column.to_owned(),
            own: first.filter(|_| self.own.is_table),
            joined,
        })
    }
}

/// The name of a column without what people write in different ways: capitals, spaces and punctuation.
///
/// ```
/// assert_eq!(leadtree_files::column_key(" Customer-Size"), leadtree_files::column_key("customer_size"));
/// ```
pub fn column_key(name: &str) -> String {
    let mut key = name_key(name);
    key.retain(char::is_alphanumeric);
    key
}
