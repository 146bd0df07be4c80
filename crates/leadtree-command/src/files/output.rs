//! Something to write.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::input::Input;
use crate::error::CommandError;

/// A file to write, or standard output.
#[derive(Debug, Clone)]
pub(crate) enum Output {
    File(PathBuf),
    Standard,
}

/// What to do with a file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IfThere {
    /// It is what an earlier run wrote, or the user said so.
    Replace,
    /// It may be the work of a person.
    Refuse,
}

/// The option of commands that write files.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Force {
    /// Writes over a file that is there
    #[arg(long)]
    force: bool,
}

impl Force {
    pub(crate) fn if_there(self) -> IfThere {
        if self.force {
            IfThere::Replace
        } else {
            IfThere::Refuse
        }
    }
}

impl Output {
    /// Begins to write.
    ///
    /// # Errors
    /// If the file cannot be written, or is one of the inputs, by whatever name: a typing error must not overwrite
    /// them. If it is there, and is not to be replaced.
    pub(crate) fn create(
        &self,
        inputs: &[&Input],
        if_there: IfThere,
    ) -> Result<Box<dyn Write>, CommandError> {
        let Self::File(path) = self else {
            return Ok(Box::new(BufWriter::new(io::stdout().lock())));
        };
        let mut inputs = inputs.iter().filter_map(|input| input.path());
        if inputs.any(|input| is_same(input, path)) {
            let name = self.to_string();
            return Err(CommandError::Overwrites { name });
        }
        let created = match if_there {
            IfThere::Replace => File::create(path),
            IfThere::Refuse => File::create_new(path),
        };
        let file = created.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => CommandError::IsThere {
                name: self.to_string(),
            },
            _ => CommandError::file(self, error),
        })?;
        Ok(Box::new(BufWriter::new(file)))
    }

    /// Writes a text.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub(crate) fn write(
        &self,
        inputs: &[&Input],
        if_there: IfThere,
        text: &str,
    ) -> Result<(), CommandError> {
        let mut writer = self.create(inputs, if_there)?;
        let written = writer
            .write_all(text.as_bytes())
            .and_then(|()| writer.flush());
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

/// Whether two names lead to one file: links of any kind do.
fn is_same(input: &Path, output: &Path) -> bool {
    // One that is not there yet is written by the same name.
    let is_one_file = || Some(Handle::from_path(input).ok()? == Handle::from_path(output).ok()?);
    input == output || is_one_file().unwrap_or(false)
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
