//! What is printed for people: its width, tables, words and colours.

pub(crate) mod labels;
pub(crate) mod tables;
pub(crate) mod words;

use std::env;

use console::Term;

/// Lines are no wider than this, unless the terminal is narrower.
const WIDEST: usize = 100;
/// Narrower tables cannot be read.
const NARROWEST: usize = 40;

/// How wide lines may be: as `COLUMNS` says, or the terminal is, at most 100 columns.
pub(crate) fn width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let terminal = || Term::stdout().size_checked().map(|(_, width)| width.into());
    let width: usize = told.or_else(terminal).unwrap_or(WIDEST);
    width.clamp(NARROWEST, WIDEST)
}
