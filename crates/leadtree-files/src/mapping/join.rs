//! Further files whose columns are joined to the leads.

use std::path::{Path, PathBuf};

use super::source::Source;

/// A further CSV file with at most one row for each lead.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Its path, relative to the folder of the leads.
    pub(crate) file: PathBuf,
    /// What to look for: a column of the leads' file.
    pub(crate) on: Source,
    /// Its encoding, as web pages name it; otherwise recognised.
    pub(crate) encoding: Option<String>,
    /// Its separator: one character, or `tab`; otherwise recognised.
    pub(crate) separator: Option<String>,
    /// Where to look for it: the column of this file, if it has another name.
    pub(crate) key: Option<Source>,
}

impl Join {
    /// The file, relative to the folder of the leads.
    pub fn file(&self) -> &Path {
        &self.file
    }
}
