//! The state of a dispatcher in a file, from one run to the next. One process uses a file at a time, so that
//! none overwrites what another has counted.

mod error;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};
use leadtree::dispatch::DispatchState;

pub use error::StateFileError;

/// A JSON file that is locked as long as this value lives, and that is written as a whole or not at all.
#[derive(Debug)]
pub struct StateFile {
    /// The name that the user gave, for messages.
    given: PathBuf,
    /// The file itself, which may have several names: links lead to it.
    path: PathBuf,
    /// A file of its own because the stored one is replaced whenever it is written. It is never removed: two
    /// processes could then lock two files.
    _lock: File,
}

impl StateFile {
    /// Takes the file for this process. The lock is `FILE.lock` beside the file, which need not be there yet.
    ///
    /// # Errors
    /// [`StateFileError::InUse`] if another process has taken it; otherwise if the folder cannot be found or
    /// written, or the name is a link to a file that is not there.
    pub fn take(given: &Path) -> Result<Self, StateFileError> {
        let path = real_path(given)?;
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        let lock = options.open(beside(&path, ".lock"));
        let lock = lock.map_err(|error| StateFileError::file(given, error))?;
        // Called on the trait: the standard library has a method of this name from 1.89 on.
        FileExt::try_lock(&lock).map_err(|error| match error {
            TryLockError::WouldBlock => StateFileError::InUse(given.to_owned()),
            TryLockError::Error(error) => StateFileError::file(given, error),
        })?;
        Ok(Self {
            given: given.to_owned(),
            path,
            _lock: lock,
        })
    }

    /// The stored state; `None` if there is no file, as at the first run.
    ///
    /// # Errors
    /// If the file cannot be read, or holds no state: going on without it would overwrite its content.
    pub fn read(&self) -> Result<Option<DispatchState>, StateFileError> {
        read(&self.path, &self.given)
    }

    /// Replaces the stored state. Writes `FILE.new` and renames it, so that an interruption leaves the former
    /// state.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, state: &DispatchState) -> Result<(), StateFileError> {
        replace(&self.path, state).map_err(|error| StateFileError::file(&self.given, error))
    }
}

/// The state stored in a file, without taking it: another process may be about to replace it. `None` if there is
/// no file.
///
/// # Errors
/// If the file cannot be read, or holds no state.
pub fn read_state(path: &Path) -> Result<Option<DispatchState>, StateFileError> {
    read(path, path)
}

fn read(path: &Path, given: &Path) -> Result<Option<DispatchState>, StateFileError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StateFileError::file(given, error)),
    };
    let state = serde_json::from_str(&text).map_err(|error| StateFileError::Content {
        path: given.to_owned(),
        error,
    })?;
    Ok(Some(state))
}

/// The file that all names of it lead to, so that two names have one lock.
fn real_path(given: &Path) -> Result<PathBuf, StateFileError> {
    let fault = |error| StateFileError::file(given, error);
    match given.canonicalize() {
        Ok(path) => return Ok(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(fault(error)),
    }
    // The first write would replace the link, and the other names of its target would lead elsewhere.
    if given.is_symlink() {
        return Err(StateFileError::DanglingLink(given.to_owned()));
    }
    let name = given
        .file_name()
        .ok_or_else(|| fault(io::ErrorKind::NotFound.into()))?;
    let folder = given.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    Ok(folder.map_err(fault)?.join(name))
}

fn replace(path: &Path, state: &DispatchState) -> io::Result<()> {
    // In the same folder, because renaming is atomic only within a file system.
    let new = beside(path, ".new");
    // What an interrupted run has left, or a link, which must not be written through.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = BufWriter::new(File::create_new(&new)?);
    serde_json::to_writer(&mut file, state)?;
    file.flush()?;
    // Flushed to disk before the name points to it.
    file.get_ref().sync_all()?;
    fs::rename(&new, path)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
