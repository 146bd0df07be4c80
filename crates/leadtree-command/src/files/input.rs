//! Something to read.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use super::sample::Sample;
use crate::error::CommandError;

/// A file to read, standard input, a file of the sample, or a text.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    File(PathBuf),
    Standard,
    Sample(Sample),
    /// A text given on the command line, or in another file.
    Given(String),
}

/// An opened input.
pub(crate) struct Content {
    pub(crate) reader: Box<dyn Read + Send>,
    /// In bytes, if known.
    pub(crate) length: Option<u64>,
}

impl Input {
    /// Opens it for reading.
    pub(crate) fn open(&self) -> Result<Content, CommandError> {
        Ok(match self {
            Self::File(path) => {
                let file = File::open(path).map_err(|error| CommandError::file(self, error))?;
                Content {
                    length: file.metadata().ok().map(|data| data.len()),
                    reader: Box::new(file),
                }
            }
            Self::Standard => Content {
                reader: Box::new(io::stdin()),
                length: None,
            },
            Self::Given(text) => Content {
                length: Some(text.len() as u64),
                reader: Box::new(Cursor::new(text.clone())),
            },
            Self::Sample(sample) => Content {
                reader: Box::new(sample.text().as_bytes()),
                length: Some(sample.text().len() as u64),
            },
        })
    }

    /// Reads all of it.
    pub(crate) fn read(&self) -> Result<Vec<u8>, CommandError> {
        let mut bytes = Vec::new();
        let read = self.open()?.reader.read_to_end(&mut bytes);
        read.map_err(|error| CommandError::file(self, error))?;
        Ok(bytes)
    }

    /// Reads all of it as a text.
    pub(crate) fn read_to_string(&self) -> Result<String, CommandError> {
        self.text_of(self.read()?)
    }

    /// What was read of it, as a text.
    pub(crate) fn text_of(&self, bytes: Vec<u8>) -> Result<String, CommandError> {
        io::read_to_string(Cursor::new(bytes)).map_err(|error| CommandError::file(self, error))
    }

    /// Refuses to read standard input twice.
    pub(crate) fn refuse_two_standard(inputs: &[Option<&Self>]) -> Result<(), CommandError> {
        let inputs = inputs.iter().flatten();
        let standard = inputs.filter(|input| matches!(input, Self::Standard));
        if standard.count() > 1 {
            let message = "standard input can be read only once; give files for the others";
            return Err(CommandError::Usage(message.to_owned()));
        }
        Ok(())
    }

    /// The path, if it is a file.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Standard | Self::Sample(_) | Self::Given(_) => None,
        }
    }

    /// The folder that files named in it are relative to.
    pub(crate) fn folder(&self) -> &Path {
        self.path().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// The extension of the file's name, in lower case.
    pub(crate) fn extension(&self) -> String {
        let extension = self.path().and_then(Path::extension).unwrap_or_default();
        extension.to_string_lossy().to_lowercase()
    }
}

impl From<OsString> for Input {
    fn from(text: OsString) -> Self {
        if text == "-" {
            Self::Standard
        } else {
            Self::File(text.into())
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Standard => f.write_str("standard input"),
            Self::Sample(sample) => f.write_str(sample.name()),
            Self::Given(_) => f.write_str("the lead given"),
        }
    }
}
