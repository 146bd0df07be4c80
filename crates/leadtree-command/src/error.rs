//! Why the command could not do what it was asked for.

use std::fmt::Display;
use std::io;

use leadtree_state_file::StateFileError;
use thiserror::Error;

use crate::status::Status;
use crate::terminal::labels;
use crate::terminal::words::without_controls;

/// Why the command could not do what it was asked for.
#[derive(Debug, Error)]
pub(crate) enum CommandError {
    #[error("{name}: {}", in_words(error))]
    File { name: String, error: io::Error },
    #[error("{name}: it is read as well; choose another file to write to")]
    Overwrites { name: String },
    #[error("{name}: it is there already; choose another name, or write over it with --force")]
    IsThere { name: String },
    #[error("{name}: {message}")]
    Faulty { name: String, message: String },
    #[error(transparent)]
    State(StateFileError),
    #[error("{0}")]
    Usage(String),
    /// The policy has errors, which are drawn.
    #[error("{drawn}")]
    Refused { drawn: String },
    /// A file beside the policy, such as a mapping of columns, has errors, which are drawn.
    #[error("{drawn}")]
    Unfit { drawn: String },
    #[error("{}", in_words(.0))]
    Output(#[from] io::Error),
}

impl CommandError {
    /// A file that cannot be read or written.
    pub(crate) fn file(name: impl Display, error: io::Error) -> Self {
        let name = name.to_string();
        Self::File { name, error }
    }

    /// A file whose content is at fault.
    pub(crate) fn faulty(name: impl Display, message: impl Display) -> Self {
        Self::Faulty {
            name: name.to_string(),
            message: message.to_string(),
        }
    }

    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Refused { .. } => Status::Findings,
            _ => Status::Failed,
        }
    }

    /// Whether a reader such as `head` closed the pipe early, which is no error.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        let (Self::File { error, .. } | Self::Output(error)) = self else {
            return false;
        };
        error.kind() == io::ErrorKind::BrokenPipe
    }

    /// Tells it on standard error.
    pub(crate) fn print(&self) {
        match self {
            Self::Refused { drawn } | Self::Unfit { drawn } => anstream::eprintln!("{drawn}"),
            // Names and texts from files must not reach the terminal as commands.
            error => {
                anstream::eprintln!("{} {}", labels::ERROR, without_controls(&error.to_string()));
            }
        }
    }
}

impl From<csv::Error> for CommandError {
    fn from(error: csv::Error) -> Self {
        Self::Output(error.into())
    }
}

impl From<serde_json::Error> for CommandError {
    fn from(error: serde_json::Error) -> Self {
        Self::Output(error.into())
    }
}

impl From<StateFileError> for CommandError {
    fn from(error: StateFileError) -> Self {
        match error {
            StateFileError::File { path, error } => Self::file(path.display(), error),
            error => Self::State(error),
        }
    }
}

/// The error without the number that the system has for it.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::AlreadyExists => "it is there already; choose another name".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        io::ErrorKind::InvalidData => "it is not a text in UTF-8; save it as UTF-8".to_owned(),
        _ => error.to_string(),
    }
}
