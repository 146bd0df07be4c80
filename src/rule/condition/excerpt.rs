//! What messages show of a faulty text: the line with a marker below the fault, or a shortened part.

use std::fmt;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The line of a fault, and where in it the fault is. `Display` quotes the line, with a marker below the
/// fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The number of the line, from 1.
    pub(super) line: usize,
    /// The position of the first faulty character in its line, from 1.
    pub(super) column: usize,
    quote: String,
    /// The columns of the quote below which the marker stands.
    marker: Range<usize>,
}

/// The line is quoted with at most this many columns before the fault, of the fault, and after it.
const QUOTED: usize = 40;

impl Excerpt {
    pub(super) fn new(text: &str, span: &Range<usize>) -> Self {
        let (before, rest) = text.split_at_checked(span.start).unwrap_or((text, ""));
        let line_before = before.rsplit('\n').next().unwrap_or(before);
        let spanned = rest.get(..span.len()).unwrap_or(rest);
        let spanned = spanned.lines().next().unwrap_or_default();
        let line_after = rest.get(spanned.len()..).unwrap_or_default();
        let line_after = line_after.lines().next().unwrap_or_default();

        let (left, was_cut) = columns(line_before.chars().rev());
        let mut quote: String = if was_cut { "…" } else { "" }.to_owned();
        quote.extend(left.chars().rev());
        let start = quote.width();
        let (marked, marked_cut) = columns(spanned.chars());
        quote.push_str(&marked);
        let end = quote.width().max(start + 1);
        let (right, right_cut) = columns(line_after.chars());
        if !marked_cut {
            quote.push_str(&right);
        }
        if marked_cut || right_cut {
            quote.push('…');
        }
        Self {
            line: before.matches('\n').count() + 1,
            column: line_before.chars().count() + 1,
            quote: quote.trim_end().to_owned(),
            marker: start..end,
        }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "      {}", self.quote)?;
        let (blank, marker) = ("", "^".repeat(self.marker.len()));
        write!(f, "      {blank:width$}{marker}", width = self.marker.start)
    }
}

/// The first characters, as many as fit into [`QUOTED`] columns, and whether there are more. Control characters are
/// replaced by visible ones.
fn columns(characters: impl Iterator<Item = char>) -> (String, bool) {
    let mut quoted = String::new();
    let mut columns = 0;
    for character in characters {
        let shown = match character {
            '\t' => ' ',
            _ if character.is_control() => '\u{fffd}',
            _ => character,
        };
        // Combining marks have no width, but count here, so that their number is bounded.
        columns += shown.width().unwrap_or(1).max(1);
        if columns > QUOTED {
            return (quoted, true);
        }
        quoted.push(shown);
    }
    (quoted, false)
}

/// Messages quote at most this many characters of a part of the text.
pub(super) const LONGEST_FOUND: usize = 40;

/// A part of the text for a message: shortened, and without control characters.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST_FOUND).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace(char::is_control, "\u{fffd}")
}
