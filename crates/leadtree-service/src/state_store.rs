//! Stores the state between two runs.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use leadtree::dispatch::{DispatchState, Dispatcher};
use leadtree_state_file::{StateFile, StateFileError};
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::{MissedTickBehavior, interval};

/// The file of the state, written only when something has changed.
#[derive(Debug)]
pub(crate) struct StateStore {
    file: StateFile,
    /// What the file has, as far as is known.
    stored: Mutex<Option<DispatchState>>,
}

impl StateStore {
    /// Takes the file for this process, until it ends.
    pub(crate) fn take(path: &Path) -> Result<Self, StateFileError> {
        Ok(Self {
            file: StateFile::take(path)?,
            stored: Mutex::default(),
        })
    }

    /// The stored state; `None` if there is no file, as at the first start.
    pub(crate) fn read(&self) -> Result<Option<DispatchState>, StateFileError> {
        let state = self.file.read()?;
        (*self.stored()).clone_from(&state);
        Ok(state)
    }

    /// Replaces the stored state by the dispatcher's, if that has changed since; returns whether
    /// it has. The state is read under the lock, so that none is replaced by an older one.
    pub(crate) fn store(&self, dispatcher: &Dispatcher) -> Result<bool, StateFileError> {
        let mut stored = self.stored();
        let state = dispatcher.state();
        if stored.as_ref() == Some(&state) {
            return Ok(false);
        }
        self.file.write(&state)?;
        *stored = Some(state);
        Ok(true)
    }

    fn stored(&self) -> MutexGuard<'_, Option<DispatchState>> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stores what has changed, again and again. A failure is reported, and the service goes on: the disk
/// may have room again next time.
pub(crate) async fn store_regularly(
    store: Arc<StateStore>,
    dispatcher: Arc<Dispatcher>,
    every: Duration,
) {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick is at once.
    ticks.tick().await;
    loop {
        ticks.tick().await;
        let (store, dispatcher) = (Arc::clone(&store), Arc::clone(&dispatcher));
        let stored = spawn_blocking(move || store.store(&dispatcher)).await;
        if let Some(failure) = failure(stored) {
            eprintln!("warning: not stored: {failure}; the next attempt is in {every:?}");
        }
    }
}

/// Why nothing was stored: an error, or a panic, which must not end the attempts in silence.
fn failure(stored: Result<Result<bool, StateFileError>, JoinError>) -> Option<String> {
    match stored {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(broken_off) => Some(format!("the work was broken off: {broken_off}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::fs;

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
        let store = StateStore::take(&path).unwrap();
        assert_eq!(store.read().unwrap(), None);
        assert!(store.store(&dispatcher).unwrap());

        fs::remove_file(&path).unwrap();
        assert!(!store.store(&dispatcher).unwrap());
        assert!(!path.exists());

        let lead = Lead::builder("L-1").build();
        let _ = dispatcher.assign(&lead, DateTime::UNIX_EPOCH);
        assert!(store.store(&dispatcher).unwrap());
        drop(store);

        // What was read is known to be stored.
        let store = StateStore::take(&path).unwrap();
        let state = store.read().unwrap().unwrap();
        let (dispatcher, _) = Dispatcher::builder(&policy).restore(&state).unwrap();
        assert!(!store.store(&dispatcher).unwrap());
        drop(store);
        fs::remove_file(&path).unwrap();
        fs::remove_file(format!("{}.lock", path.display())).unwrap();
    }

    #[tokio::test]
    async fn a_panic_while_storing_is_told() {
        let broken_off = spawn_blocking(|| panic!("the disk is on fire")).await;
        let told = failure(broken_off).unwrap_or_default();
        assert!(told.contains("broken off"), "{told}");
        assert!(told.contains("the disk is on fire"), "{told}");
        assert_eq!(failure(Ok(Ok(false))), None);
        let missing = StateFileError::DanglingLink("state.json".into());
        let told = failure(Ok(Err(missing))).unwrap_or_default();
        assert!(told.starts_with("state.json: "), "{told}");
    }
}
