//! The comments of a YAML file, and where they stand in its canonical form.
//!
//! Every comment has one anchor, an entry of the file and a side of it. The entry is looked for in the
//! canonical form, and the comment is written at the line in which it stands there.

mod anchor;
mod comment;
mod layout;
mod outline;
mod slot;

use layout::Layout;
use outline::Outline;
use slot::Slot;

use crate::policy::Spread;

/// The lists and maps at whose entries comments stand, if they are written in one line of the canonical form.
pub(super) fn commented(text: &str, canonical: &str) -> Spread {
    let mut spread = Spread::default();
    if let (Some(old), Some(new)) = (Outline::of(text), Outline::of(canonical)) {
        for comment in comment::comments(&old) {
            let entry = Slot::entry_of(&comment, &old, &new);
            if new.entry(entry).is_some_and(|entry| entry.is_in_flow) {
                spread.add(new.path(entry));
            }
        }
    }
    spread
}

/// The canonical form with the comments of the text that it was made of; `None` if there are none, or one of
/// both cannot be read. Linear in both, but for the depth in which entries stand in each other.
pub(super) fn with_comments(text: &str, canonical: &str) -> Option<String> {
    let old = Outline::of(text)?;
    let new = Outline::of(canonical)?;
    let comments = comment::comments(&old);
    let mut layout = Layout::new(&new);
    for comment in comments {
        let slot = Slot::of(&comment, &old, &new);
        layout.add(slot, comment);
    }
    layout.written()
}

/// The comments of the text in front of its canonical form, where elsewhere they would change it.
pub(super) fn at_head(text: &str, canonical: &str) -> String {
    let lines = Outline::of(text).into_iter().flat_map(|old| {
        let comments = comment::comments(&old);
        comments
            .into_iter()
            .map(|comment| format!("{}\n", comment.text))
    });
    lines.collect::<String>() + "\n" + canonical
}
