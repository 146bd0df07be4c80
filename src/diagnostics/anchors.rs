//! The parts of a YAML file that comments are about.

use super::yaml_node::{YamlNode, YamlValue};
use crate::place::Place;

/// A field or an item of a list, and where it is written.
pub(super) struct Anchor {
    pub(super) place: Place,
    /// Where it begins: a field with its name, an item behind its dash.
    pub(super) start: usize,
    /// Where its content ends.
    pub(super) end: usize,
    pub(super) style: Style,
    /// Whether it is a text over several lines.
    pub(super) is_long_text: bool,
}

/// How a part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A field that begins a line or stands behind a dash.
    BlockField,
    /// An item behind a dash.
    BlockItem,
    /// In braces or brackets.
    Flow,
}

/// All parts of a file, outer ones before those in them; in the order of the file, apart from what YAML
/// aliases insert. `root` is made of `text`.
pub(super) fn anchors(root: &YamlNode, text: &str) -> Vec<Anchor> {
    let mut walk = Walk {
        text,
        anchors: Vec::new(),
    };
    walk.node(root, &Place::whole(), false);
    walk.anchors.sort_by_key(|anchor| anchor.start);
    walk.anchors
}

struct Walk<'t> {
    text: &'t str,
    anchors: Vec<Anchor>,
}

impl Walk<'_> {
    /// As deep as the document nests, which reading has bounded.
    fn node(&mut self, node: &YamlNode, place: &Place, in_flow: bool) {
        // What an alias inserts is written elsewhere.
        if node.alias.is_some() {
            return;
        }
        let opening = self.text.get(node.span.start..).unwrap_or_default();
        let bracket = match &node.value {
            YamlValue::List(_) => '[',
            YamlValue::Leaf(_) | YamlValue::Map(_) => '{',
        };
        // A list whose dashes are not indented begins at its first item.
        let in_flow = in_flow || opening.starts_with(bracket);
        match &node.value {
            YamlValue::Leaf(_) => {}
            YamlValue::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    let place = place.item(index);
                    let start = match &item.alias {
                        Some(alias) => alias.start,
                        None => item.span.start,
                    };
                    let style = if in_flow {
                        Style::Flow
                    } else {
                        Style::BlockItem
                    };
                    self.add(place.clone(), start, item, style);
                    self.node(item, &place, in_flow);
                }
            }
            YamlValue::Map(fields) => {
                for (key, value) in fields {
                    let place = place.field(&key.name);
                    let style = if in_flow {
                        Style::Flow
                    } else {
                        Style::BlockField
                    };
                    self.add(place.clone(), key.span.start, value, style);
                    self.node(value, &place, in_flow);
                }
            }
        }
    }

    fn add(&mut self, place: Place, start: usize, node: &YamlNode, style: Style) {
        let end = node.extent(self.text).end.max(start);
        let written = self.text.get(start..end).unwrap_or_default();
        let is_leaf = matches!(node.value, YamlValue::Leaf(_));
        self.anchors.push(Anchor {
            place,
            start,
            end,
            style,
            is_long_text: is_leaf && written.trim_end().contains('\n'),
        });
    }
}
