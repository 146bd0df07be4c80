//! Something to write.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::input::Input;
use crate::error::CommandError;

/// A file to write, or standard output.
#[derive(Debug, Clone)]
pub(crate) enum Output {
    File(PathBuf),
    Standard,
}

impl Output {
    /// Begins to write, over what is there.
    ///
    /// # Errors
    /// If the file cannot be written, or is one of the inputs: a typing error must not overwrite them.
    pub(crate) fn create(&self, inputs: &[&Input]) -> Result<Box<dyn Write>, CommandError> {
        let Self::File(path) = self else {
            return Ok(Box::new(BufWriter::new(io::stdout().lock())));
        };
        let place = path.canonicalize().ok();
        let mut inputs = inputs.iter().filter_map(|input| input.path());
        // One that is not there yet is written by the same name.
        let is_same =
            |input: &Path| input == path || place.is_some() && input.canonicalize().ok() == place;
        if inputs.any(is_same) {
            let name = self.to_string();
            return Err(CommandError::Overwrites { name });
        }
        let file = File::create(path).map_err(|error| CommandError::file(self, error))?;
        Ok(Box::new(BufWriter::new(file)))
    }

    /// Writes a text, over what is there.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub(crate) fn write(&self, inputs: &[&Input], text: &str) -> Result<(), CommandError> {
        let mut writer = self.create(inputs)?;
        let written = writer
            .write_all(text.as_bytes())
            .and_then(|()| writer.flush());
        written.map_err(|error| CommandError::file(self, error))
    }

    /// Writes a text to a file that is not there yet, or to standard output.
    pub(crate) fn write_new(&self, text: &str) -> Result<(), CommandError> {
        let Self::File(path) = self else {
            return self.write(&[], text);
        };
        let created = File::create_new(path);
        let written = created.and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| CommandError::file(self, error))
    }

    /// The extension of the file's name, in lower case.
    pub(crate) fn extension(&self) -> String {
        let extension = match self {
            Self::File(path) => path.extension().unwrap_or_default(),
            Self::Standard => OsStr::new(""),
        };
        extension.to_string_lossy().to_lowercase()
    }

    /// Whether it is standard output.
    pub(crate) fn is_standard(&self) -> bool {
        matches!(self, Self::Standard)
    }
}

impl From<OsString> for Output {
    fn from(text: OsString) -> Self {
        if text == "-" {
            Self::Standard
        } else {
            Self::File(text.into())
        }
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Standard => f.write_str("standard output"),
        }
    }
}
