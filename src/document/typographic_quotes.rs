//! Values in typographic quotes, as word processors and chats write them: “east”. In a document these are part
//! of the value, which hardly anybody means.

use super::fault::FormFault;
use super::node::Node;
use crate::place::{Placed, Trail};
use crate::text::cut;

const OPENING: [char; 9] = ['“', '„', '‟', '”', '‘', '‚', '«', '»', '‹'];
const CLOSING: [char; 7] = ['”', '“', '’', '‘', '»', '«', '›'];

/// Reports every name and text that begins and ends with typographic quotes, apart from those in fields called
/// as in `free`. As deep as the document nests.
pub(crate) fn typographic_quotes(root: &Node<'_>, free: &[&str]) -> Vec<Placed<FormFault>> {
    let mut faults = Vec::new();
    look(root, free, Trail::Whole, &mut faults);
    faults
}

fn look(node: &Node<'_>, free: &[&str], trail: Trail<'_>, faults: &mut Vec<Placed<FormFault>>) {
    match node {
        Node::Text(text) => report(text, trail, faults),
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                look(item, free, trail.item(index), faults);
            }
        }
        Node::Map(fields) => {
            for (name, value) in fields {
                let trail = trail.field(name);
                report(name, trail, faults);
                let is_free = matches!(value, Node::Text(_)) && free.contains(&name.as_ref());
                if !is_free {
                    look(value, free, trail, faults);
                }
            }
        }
        Node::Null | Node::Scalar(..) | Node::Removed | Node::Hole(_) => {}
    }
}

fn report(text: &str, trail: Trail<'_>, faults: &mut Vec<Placed<FormFault>>) {
    if let Some(inner) = inside(text) {
        let (text, inner) = (cut(text), cut(inner));
        let message = format!(
            "`{text}` stands in typographic quotes, which would be part of it; write `{inner}`, or `\"{inner}\"` \
             with straight quotes"
        );
        faults.push(Placed::new(trail.place(), FormFault::Other { message }));
    }
}

/// What stands between typographic quotes.
fn inside(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix(OPENING)?.strip_suffix(CLOSING)?;
    Some(inner.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_and_ends_with_quotes_is_in_quotes() {
        for (text, expected) in [
            ("“east”", Some("east")),
            ("„east“", Some("east")),
            ("« east »", Some("east")),
            ("‘east’", Some("east")),
            ("“east", None),
            ("the “big” ones", None),
            ("“a” and b", None),
            ("”", None),
            ("\"east\"", None),
            ("「東」", None),
        ] {
            assert_eq!(inside(text), expected, "{text}");
        }
    }
}
