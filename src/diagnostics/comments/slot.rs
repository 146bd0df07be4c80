//! Where a comment stands in the canonical form.

use super::anchor::{Anchor, ROOT, Side};
use super::comment::Comment;
use super::outline::{Content, Entry, Outline};

/// A place for comments in the lines of the canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Head,
    /// Above a line.
    Above(usize),
    /// At the end of a line, or above it.
    Behind(usize),
    /// Below a line, indented by a number of blanks.
    Below(usize, usize),
    End,
}

impl Slot {
    /// The entry of the new text at which a comment of the old one stands.
    pub(super) fn entry_of(comment: &Comment<'_>, old: &Outline<'_>, new: &Outline<'_>) -> usize {
        found(old, new, comment.anchor).entry
    }

    /// Where a comment of the old text stands in the new one.
    pub(super) fn of(comment: &Comment<'_>, old: &Outline<'_>, new: &Outline<'_>) -> Self {
        let anchor = found(old, new, comment.anchor);
        let Some(entry) = new.entry(anchor.entry) else {
            return Self::End;
        };
        let line = new.line_of(entry.start);
        match (anchor.side, anchor.entry) {
            (Side::Above, ROOT) => Self::Head,
            (Side::Above, _) => Self::Above(line),
            (Side::Behind, _) => Self::Behind(line),
            (Side::Below, ROOT) => Self::End,
            (Side::Below, _) => below(new, anchor.entry, entry),
        }
    }
}

/// Below an entry of the new text, which is on lines of its own.
fn below(new: &Outline<'_>, index: usize, entry: &Entry<'_>) -> Slot {
    let column = new.column_of(entry);
    let root = new.entry(ROOT);
    let is_last = root.is_none_or(|root| root.children.last() == Some(&index));
    if column == 0 && is_last {
        return Slot::End;
    }
    Slot::Below(new.line_of(entry.end.saturating_sub(1)), column)
}

/// The anchor in the new text. What the new text leaves out leaves its comments to the next entry, or else
/// to the last one.
fn found(old: &Outline<'_>, new: &Outline<'_>, anchor: Anchor) -> Anchor {
    let Anchor { mut entry, side } = anchor;
    loop {
        if let Some(entry) = same(old, new, entry) {
            return Anchor { entry, side };
        }
        let Some(left_out) = old.entry(entry) else {
            return Anchor { entry: ROOT, side };
        };
        let around = same(old, new, left_out.parent).and_then(|around| new.entry(around));
        if around.is_some_and(|around| around.content == Content::Block)
            && let Some(parent) = old.entry(left_out.parent)
        {
            let own = parent.children.partition_point(|child| *child < entry);
            let (before, after) = parent.children.split_at_checked(own).unwrap_or_default();
            let mut after = after.iter().filter_map(|child| same(old, new, *child));
            if let Some(entry) = after.next() {
                let side = Side::Above;
                return Anchor { entry, side };
            }
            let mut before = before.iter().rev();
            if let Some(entry) = before.find_map(|child| same(old, new, *child)) {
                let side = Side::Below;
                return Anchor { entry, side };
            }
        }
        entry = left_out.parent;
    }
}

/// The same entry in the new text.
fn same(old: &Outline<'_>, new: &Outline<'_>, entry: usize) -> Option<usize> {
    let steps: Vec<_> = old
        .outwards(entry)
        .filter(|(index, _)| *index != ROOT)
        .map(|(_, entry)| &entry.step)
        .collect();
    let mut steps = steps.into_iter().rev();
    steps.try_fold(ROOT, |found, step| new.inner(found, step))
}
