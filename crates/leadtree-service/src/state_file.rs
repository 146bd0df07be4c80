//! Stores the state between two runs.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use leadtree::dispatch::DispatchState;

use super::error::ServiceError;

/// A JSON file that is written atomically.
#[derive(Debug)]
pub(crate) struct StateFile<'p> {
    path: &'p Path,
}

impl<'p> StateFile<'p> {
    pub(crate) fn new(path: &'p Path) -> Self {
        Self { path }
    }

    /// The stored state; `None` if there is no file, as at the first start. An unreadable file is
    /// an error, since going on without it would overwrite its content.
    pub(crate) fn read(&self) -> Result<Option<DispatchState>, ServiceError> {
        let text = match fs::read_to_string(self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.fault(error)),
        };
        let state = serde_json::from_str(&text).map_err(|error| self.fault(error.into()))?;
        Ok(Some(state))
    }

    /// Replaces the stored state.
    pub(crate) fn write(&self, state: &DispatchState) -> Result<(), ServiceError> {
        self.replace(state).map_err(|error| self.fault(error))
    }

    /// Writes a temporary file and renames it, so that an interruption leaves the former state. It
    /// is in the same folder because renaming is only atomic within a file system.
    fn replace(&self, state: &DispatchState) -> io::Result<()> {
        let beside = self.beside();
        let mut file = BufWriter::new(File::create(&beside)?);
        serde_json::to_writer(&mut file, state)?;
        file.flush()?;
        // Flushed to disk before the name points to it.
        file.get_ref().sync_all()?;
        fs::rename(&beside, self.path)
    }

    fn beside(&self) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(".new");
        name.into()
    }

    fn fault(&self, error: io::Error) -> ServiceError {
        ServiceError::State {
            path: self.path.to_owned(),
            error,
        }
    }
}
