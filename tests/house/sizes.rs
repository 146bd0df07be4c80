//! How long files are, and how many stand in a folder.

use std::collections::BTreeMap;

use crate::sources::{Sources, folder};

/// About 500 lines: what is a little over is left alone.
const MOST_LINES: usize = 550;

/// A dozen, and what only opens or tests a room does not count.
const MOST_FILES: usize = 12;

/// Files with too many lines, and how many.
pub(crate) fn long_files(sources: &Sources) -> BTreeMap<&str, usize> {
    let lines = sources
        .rust_files()
        .map(|(path, text)| (path, text.lines().count()));
    lines.filter(|(_, lines)| *lines > MOST_LINES).collect()
}

/// Folders with too many files, and how many.
pub(crate) fn full_folders(sources: &Sources) -> BTreeMap<&str, usize> {
    let mut folders = BTreeMap::new();
    for (path, _) in sources.rust_files() {
        let folder = folder(path);
        let name = &path[folder.len()..];
        let is_door = ["lib.rs", "main.rs", "mod.rs"].contains(&name);
        if !is_door && !name.ends_with("_tests.rs") {
            *folders.entry(folder).or_default() += 1;
        }
    }
    folders.retain(|_, files| *files > MOST_FILES);
    folders
}

/// What is too large and not known to be, and what is known and no longer so.
pub(crate) fn check(
    too_large: &BTreeMap<&str, usize>,
    unit: &str,
    known: &[(&str, &str)],
) -> Vec<String> {
    let is_known = |path: &str| known.iter().any(|(known, _)| *known == path);
    let new = too_large.iter().filter(|(path, _)| !is_known(path));
    let new = new.map(|(path, size)| format!("{path} has {size} {unit}; tell it apart"));
    let stale = known
        .iter()
        .filter(|(path, _)| !too_large.contains_key(path));
    let stale = stale.map(|(path, _)| format!("{path} is no longer too large: strike it out"));
    new.chain(stale).collect()
}
