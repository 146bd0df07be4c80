//! A further CSV file whose columns are joined to the leads.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use csv::StringRecord;
use leadtree::Suggestion;

use super::mapping::Join;

/// The file's rows by key.
pub(crate) struct Table {
    pub(crate) header: StringRecord,
    rows: HashMap<String, StringRecord>,
}

impl Table {
    /// Reads the whole file. A key must be unique, so that a lead has at most one row; rows without
    /// a key are ignored.
    pub(crate) fn read(join: &Join, folder: &Path) -> Result<Self, Box<dyn Error>> {
        let path = folder.join(&join.file);
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_path(&path)
            .map_err(|error| told(&error))?;
        let header = reader.headers().map_err(|error| told(&error))?.clone();
        let Some(key) = header.iter().position(|name| name == join.key()) else {
            let near = Suggestion::among(join.key(), header.iter());
            return Err(told(&format!("no column `{}`{near}", join.key())).into());
        };
        let mut rows = HashMap::new();
        for row in reader.records() {
            let row = row.map_err(|error| told(&error))?;
            let text = row.get(key).unwrap_or_default().to_owned();
            if text.is_empty() {
                continue;
            }
            if let Some(twice) = rows.insert(text, row) {
                let text = twice.get(key).unwrap_or_default();
                return Err(told(&format!("`{text}` occurs twice in `{}`", join.key())).into());
            }
        }
        Ok(Self { header, rows })
    }

    /// The row with a key.
    pub(crate) fn row(&self, key: &str) -> Option<&StringRecord> {
        self.rows.get(key)
    }
}
