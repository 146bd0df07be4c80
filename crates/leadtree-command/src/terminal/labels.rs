//! Words at the beginning of lines, in colours. What prints them leaves the colours out where they are
//! not wanted.

use std::fmt;

use anstyle::{AnsiColor, Style};

/// A word in a colour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label {
    word: &'static str,
    style: Style,
}

pub(crate) const ERROR: Label = Label {
    word: "error:",
    style: AnsiColor::Red.on_default().bold(),
};
pub(crate) const PASSED: Label = Label {
    word: "passed",
    style: AnsiColor::Green.on_default(),
};
pub(crate) const FAILED: Label = Label {
    word: "FAILED",
    style: AnsiColor::Red.on_default().bold(),
};

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { word, style } = self;
        write!(f, "{style}{word}{style:#}")
    }
}
