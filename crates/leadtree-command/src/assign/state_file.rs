//! The numbers of the dispatcher from run to run.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use leadtree::dispatch::DispatchState;

use crate::error::CommandError;

/// A JSON file that is written as a whole or not at all.
pub(crate) struct StateFile<'p>(&'p Path);

impl<'p> StateFile<'p> {
    pub(crate) fn new(path: &'p Path) -> Self {
        Self(path)
    }

    /// The numbers; those of a beginning if there is no file. One that cannot be read is an error, since
    /// going on without it would lose its content.
    pub(crate) fn read(&self) -> Result<DispatchState, CommandError> {
        let text = match fs::read_to_string(self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(DispatchState::default());
            }
            Err(error) => return Err(CommandError::file(self.0.display(), error)),
        };
        serde_json::from_str(&text).map_err(|error| CommandError::faulty(self.0.display(), error))
    }

    /// Writes a file beside it and renames that, so that an interruption leaves the former numbers.
    pub(crate) fn write(&self, state: &DispatchState) -> Result<(), CommandError> {
        let replaced = || -> io::Result<()> {
            let beside = self.beside();
            let mut file = BufWriter::new(File::create(&beside)?);
            serde_json::to_writer(&mut file, state)?;
            file.flush()?;
            file.get_ref().sync_all()?;
            fs::rename(&beside, self.0)
        };
        replaced().map_err(|error| CommandError::file(self.0.display(), error))
    }

    /// In the same folder, because renaming is atomic only within a file system.
    fn beside(&self) -> PathBuf {
        let mut name = self.0.as_os_str().to_owned();
        name.push(".new");
        name.into()
    }
}
