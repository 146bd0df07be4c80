//! Sizes of files and folders.

use std::collections::BTreeMap;

use crate::sources::{Sources, folder};

/// About 500 lines, with some tolerance.
const MOST_LINES: usize = 550;

/// A dozen; files that only open or test a room do not count.
const MOST_FILES: usize = 12;

/// Files with too many lines, with the number.
pub(crate) fn long_files(sources: &Sources) -> BTreeMap<&str, usize> {
    let lines = sources
        .rust_files()
        .map(|(path, text)| (path, text.lines().count()));
    lines.filter(|(_, lines)| *lines > MOST_LINES).collect()
}

/// Folders with too many files, with the number.
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

/// Unlisted oversized files or folders, and listed ones that are no longer too large.
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
