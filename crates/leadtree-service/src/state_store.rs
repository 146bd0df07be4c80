//! Stores the state between two runs.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use fs4::{FileExt, TryLockError};
use leadtree::dispatch::{DispatchState, Dispatcher};

use super::error::ServiceError;

/// A JSON file that one instance uses, and that is written atomically.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    /// Locked as long as it is open. It is a file of its own because the stored one is replaced
    /// whenever it is written. It is never removed: two instances could then lock two files.
    _lock: File,
    /// What the file has, as far as is known.
    stored: Mutex<Option<DispatchState>>,
}

impl StateFile {
    /// Takes the file for this process, until it ends.
    pub(crate) fn take(path: &Path) -> Result<Self, ServiceError> {
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        let lock = options.open(beside(path, ".lock"));
        let lock = lock.map_err(|error| fault(path, error))?;
        // Called on the trait: the standard library has a method of this name from 1.89 on.
        FileExt::try_lock(&lock).map_err(|error| match error {
            TryLockError::WouldBlock => ServiceError::InUse(path.to_owned()),
            TryLockError::Error(error) => fault(path, error),
        })?;
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
            stored: Mutex::default(),
        })
    }

    /// The stored state; `None` if there is no file, as at the first start. An unreadable file is
    /// an error, since going on without it would overwrite its content.
    pub(crate) fn read(&self) -> Result<Option<DispatchState>, ServiceError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault(&self.path, error)),
        };
        let state: DispatchState =
            serde_json::from_str(&text).map_err(|error| fault(&self.path, error.into()))?;
        *self.stored() = Some(state.clone());
        Ok(Some(state))
    }

    /// Replaces the stored state by the dispatcher's, if that has changed since; returns whether
    /// it has. The state is read under the lock, so that none is replaced by an older one.
    pub(crate) fn store(&self, dispatcher: &Dispatcher) -> Result<bool, ServiceError> {
        let mut stored = self.stored();
        let state = dispatcher.state();
        if stored.as_ref() == Some(&state) {
            return Ok(false);
        }
        replace(&self.path, &state).map_err(|error| fault(&self.path, error))?;
        *stored = Some(state);
        Ok(true)
    }

    fn stored(&self) -> MutexGuard<'_, Option<DispatchState>> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes a temporary file and renames it, so that an interruption leaves the former state. It is in
/// the same folder because renaming is only atomic within a file system.
fn replace(path: &Path, state: &DispatchState) -> io::Result<()> {
    let new = beside(path, ".new");
    let mut file = BufWriter::new(File::create(&new)?);
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

fn fault(path: &Path, error: io::Error) -> ServiceError {
    ServiceError::State {
        path: path.to_owned(),
        error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use chrono::DateTime;
    use leadtree::Lead;
    use leadtree::policy::Policy;

    #[test]
    fn only_changes_are_stored() {
        let policy =
            Policy::from_yaml("teams: [{id: east, members: [m-01]}]\notherwise: {assign_to: east}")
                .unwrap();
        let dispatcher = Dispatcher::new(&policy).unwrap();
        let path = std::env::temp_dir().join(format!("leadtree-state-{}", std::process::id()));
        let file = StateFile::take(&path).unwrap();
        assert_eq!(file.read().unwrap(), None);
        assert!(file.store(&dispatcher).unwrap());

        fs::remove_file(&path).unwrap();
        assert!(!file.store(&dispatcher).unwrap());
        assert!(!path.exists());

        let lead = Lead::builder("L-1").build();
        let _ = dispatcher.assign(&lead, DateTime::UNIX_EPOCH);
        assert!(file.store(&dispatcher).unwrap());
        drop(file);

        // What was read is known to be stored.
        let file = StateFile::take(&path).unwrap();
        let state = file.read().unwrap().unwrap();
        let (dispatcher, _) = Dispatcher::builder(&policy).restore(&state).unwrap();
        assert!(!file.store(&dispatcher).unwrap());
        drop(file);
        fs::remove_file(&path).unwrap();
        fs::remove_file(beside(&path, ".lock")).unwrap();
    }
}
