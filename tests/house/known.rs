//! Known exceptions, with reasons. Entries should be removed over time, not added.

/// Import cycles.
pub(crate) const CIRCLES: &[(&[&str], &str)] = &[];

/// Files with too many lines.
pub(crate) const LONG_FILES: &[(&str, &str)] = &[(
    "tests/dispatch_hours.rs",
    "told apart when the dispatcher is built anew",
)];

/// Folders with too many files.
pub(crate) const FULL_FOLDERS: &[(&str, &str)] = &[(
    "tests/",
    "Cargo takes every file in it for a test of its own",
)];
