//! What a comment is about.

use super::outline::{Content, Entry, Outline, Step};

/// An entry, and on which side of it a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) entry: usize,
    pub(super) side: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// On lines above it; above the root is the beginning of the file.
    Above,
    /// At the end of the line in which it begins.
    Behind,
    /// On lines below all of it; below the root is the end of the file.
    Below,
}

/// The entry of the whole file.
pub(super) const ROOT: usize = 0;

impl Anchor {
    fn above(entry: usize) -> Self {
        Self {
            entry,
            side: Side::Above,
        }
    }

    fn below(entry: usize) -> Self {
        Self {
            entry,
            side: Side::Below,
        }
    }

    /// The anchor of a comment at the end of a line, whose `#` is at a byte.
    pub(super) fn at_end_of_line(outline: &Outline<'_>, at: usize) -> Self {
        let line = outline.start_of(outline.line_of(at));
        let next = next_entry(outline, at);
        let first = outline.entries.partition_point(|entry| entry.start < line);
        let mut on_line = (first..next).filter_map(|index| Some((index, outline.entry(index)?)));
        let is_field = |(index, entry): &(usize, &Entry<'_>)| {
            *index != ROOT && !entry.is_in_flow && !matches!(entry.step, Step::Item(_))
        };
        let field = on_line
            .clone()
            .find(is_field)
            .or_else(|| on_line.find(|(index, _)| *index != ROOT));
        let before = outline.text.get(line..at).unwrap_or_default();
        let entry = match field {
            Some((entry, _)) => entry,
            // Behind the dash of an entry that begins in the next line.
            None if before.trim_end().ends_with('-') && next < outline.entries.len() => next,
            None => next.saturating_sub(1),
        };
        Self {
            entry,
            side: Side::Behind,
        }
    }

    /// The anchor of a comment on a line of its own, which is indented to a column. `hangs` tells whether it
    /// stands directly below a line, and a blank line follows.
    pub(super) fn of_own_line(
        outline: &Outline<'_>,
        at: usize,
        column: usize,
        hangs: bool,
    ) -> Self {
        let next = match next_entry(outline, at) {
            ROOT => ROOT + 1,
            next => next,
        };
        let before = next.saturating_sub(1);
        let after = outline.entry(next);
        // Inside the entry that began last: between a name and its text, or in brackets.
        let mut around = outline.outwards(before);
        let inside = around.find(|(_, entry)| entry.content != Content::Block && at < entry.end);
        if let Some((index, entry)) = inside {
            return match (entry.content, after) {
                (Content::Flow, Some(after)) if after.start < entry.end => Self::above(next),
                (Content::Flow, _) => Self::below(before),
                _ => Self::above(index),
            };
        }
        let indent = after.map(|after| outline.indent_of(outline.line_of(after.start)));
        let is_deeper = indent.is_none_or(|indent| column > indent);
        if is_deeper && (after.is_some() || column > 0) {
            let mut ended = outline.outwards(before).filter(|(index, entry)| {
                *index != ROOT && !entry.is_in_flow && outline.column_of(entry) <= column
            });
            if let Some((index, _)) = ended.next()
                && !is_inside(outline, next, index)
            {
                return Self::below(index);
            }
        }
        let Some(after) = after else {
            return Self::below(ROOT);
        };
        if !is_deeper && hangs {
            let mut before = outline.outwards(before);
            let sibling =
                before.find(|(index, entry)| *index != ROOT && entry.parent == after.parent);
            if let Some((sibling, _)) = sibling {
                return Self::below(sibling);
            }
        }
        Self::above(next)
    }
}

/// The first entry that begins behind a byte.
fn next_entry(outline: &Outline<'_>, at: usize) -> usize {
    outline.entries.partition_point(|entry| entry.start < at)
}

fn is_inside(outline: &Outline<'_>, entry: usize, around: usize) -> bool {
    outline.outwards(entry).any(|(index, _)| index == around)
}
