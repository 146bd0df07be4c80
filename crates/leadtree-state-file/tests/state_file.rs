//! The file of a dispatcher's state: one process at a time, under any of its names.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::fs;
use std::path::{Path, PathBuf};

use leadtree::dispatch::DispatchState;
use leadtree_state_file::{StateFile, StateFileError, read_state};

/// An empty folder for one test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(folder.join("deep")).unwrap();
    folder
}

fn is_in_use(path: &Path) -> bool {
    match StateFile::take(path) {
        Err(StateFileError::InUse(told)) => told == path,
        taken => {
            taken.unwrap();
            false
        }
    }
}

#[test]
fn what_was_written_is_read() {
    let folder = folder("written");
    let path = folder.join("state.json");
    let file = StateFile::take(&path).unwrap();
    assert_eq!(file.read().unwrap(), None);
    let state: DispatchState = serde_json::from_str(r#"{ "generation": 7 }"#).unwrap();
    file.write(&state).unwrap();
    assert_eq!(file.read().unwrap().as_ref(), Some(&state));
    // Whoever only looks does not wait for the other process.
    assert_eq!(read_state(&path).unwrap(), Some(state));
    assert!(!folder.join("state.json.new").exists());
    drop(file);
    fs::write(&path, "{").unwrap();
    let error = StateFile::take(&path).unwrap().read().unwrap_err();
    let told = format!("{}: it is cut off", path.display());
    assert!(error.to_string().starts_with(&told), "{error}");
}

#[test]
fn one_process_uses_it_at_a_time_also_before_it_is_there() {
    let folder = folder("at-a-time");
    let path = folder.join("state.json");
    let file = StateFile::take(&path).unwrap();
    assert!(is_in_use(&path));
    assert!(is_in_use(&folder.join("deep/../state.json")));
    assert!(!is_in_use(&folder.join("other.json")));
    file.write(&DispatchState::default()).unwrap();
    assert!(is_in_use(&path));
    drop(file);
    assert!(!is_in_use(&path));
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let path = folder("no-folder").join("nowhere/state.json");
    let error = StateFile::take(&path).unwrap_err();
    assert!(matches!(error, StateFileError::File { .. }), "{error}");
    assert!(StateFile::take(Path::new("")).is_err());
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn two_names_of_a_file_have_one_lock() {
        let folder = folder("two-names");
        let (path, link) = (folder.join("state.json"), folder.join("deep/link.json"));
        fs::write(&path, "{}").unwrap();
        symlink(&path, &link).unwrap();
        let file = StateFile::take(&link).unwrap();
        assert!(is_in_use(&path));
        // The link stays, and leads to what was written.
        file.write(&DispatchState::default()).unwrap();
        assert!(link.is_symlink());
        assert_ne!(fs::read_to_string(&path).unwrap(), "{}");
        drop(file);

        let file = StateFile::take(&path).unwrap();
        assert!(is_in_use(&link));
        drop(file);
    }

    #[test]
    fn a_link_to_a_folder_is_followed_before_the_file_is_there() {
        let folder = folder("link-to-folder");
        symlink(folder.join("deep"), folder.join("link")).unwrap();
        let _file = StateFile::take(&folder.join("link/state.json")).unwrap();
        assert!(is_in_use(&folder.join("deep/state.json")));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_told() {
        let folder = folder("nowhere");
        let link = folder.join("link.json");
        symlink(folder.join("state.json"), &link).unwrap();
        let error = StateFile::take(&link).unwrap_err();
        assert!(matches!(error, StateFileError::DanglingLink(_)), "{error}");
    }

    #[test]
    fn nothing_is_written_through_a_link() {
        let folder = folder("through");
        let (path, other) = (folder.join("state.json"), folder.join("deep/other"));
        fs::write(&other, "of somebody else").unwrap();
        symlink(&other, folder.join("state.json.new")).unwrap();
        let file = StateFile::take(&path).unwrap();
        file.write(&DispatchState::default()).unwrap();
        assert_eq!(fs::read_to_string(&other).unwrap(), "of somebody else");
        assert!(!path.is_symlink());
        assert!(!folder.join("state.json.new").exists());
    }
}
