//! Why a state is not read or stored.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::error::Category;
use thiserror::Error;

/// Why a state is not read or stored. Paths are as the user gave them.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StateFileError {
    /// Another process has taken the file.
    #[error(
        "{}: another run of leadtree or a service uses it; wait until that has ended, or give another file",
        .0.display()
    )]
    InUse(PathBuf),
    /// The name is a link that leads nowhere.
    #[error("{}: it is a link to a file that is not there; give the file itself", .0.display())]
    DanglingLink(PathBuf),
    /// The file, or its lock, cannot be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The file holds no state.
    #[error(
        "{}: {} (line {}, column {}); give the file that an earlier run has written, or another name to begin anew",
        path.display(),
        what(error),
        error.line(),
        error.column()
    )]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with its content.
        error: serde_json::Error,
    },
}

fn what(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        Category::Eof => "it is cut off",
        Category::Data => "it is JSON, but no state of turns and loads",
        Category::Syntax | Category::Io => "it is not JSON",
    }
}

impl StateFileError {
    pub(crate) fn file(path: &Path, error: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            error,
        }
    }
}
