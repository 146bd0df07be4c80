//! Maps places in a policy to positions in its YAML file.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use super::located_condition::{Highlight, LocatedCondition};
use super::yaml_node::{YamlKey, YamlNode, YamlValue};
use super::yaml_scalar;
use crate::place::Place;
use crate::policy::yaml_reading_options;

/// A file's text and its nodes.
pub(super) struct SourceMap<'n> {
    /// Without a byte order mark.
    text: &'n str,
    /// The number of bytes before `text` in the file.
    before: usize,
    root: Option<&'n YamlNode>,
    /// The condition that was located last. Faults are sorted by place, so the next one is often in
    /// the same condition.
    last: RefCell<Option<(&'n YamlNode, Rc<LocatedCondition<'n>>)>>,
}

/// Some editors begin a file with this character; YAML positions do not count it.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The root node of the text; `None` if it is not YAML. Linear in the text.
pub(super) fn root(text: &str) -> Option<YamlNode> {
    serde_saphyr::from_str_with_options(text, yaml_reading_options(text.len())).ok()
}

/// The deepest node on the way to a place.
struct FoundNode<'n, 'p> {
    key: Option<&'n YamlKey>,
    node: &'n YamlNode,
    /// The rest of the place, which is inside a condition or not in the file.
    rest: &'p str,
    is_condition: bool,
}

impl<'n> SourceMap<'n> {
    /// `root` is the result of [`root()`] for the text.
    pub(super) fn of(text: &'n str, root: Option<&'n YamlNode>) -> Self {
        let unmarked = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        Self {
            text: unmarked,
            before: text.len() - unmarked.len(),
            root,
            last: RefCell::default(),
        }
    }

    fn located(&self, node: &'n YamlNode) -> Rc<LocatedCondition<'n>> {
        let mut last = self.last.borrow_mut();
        if let Some((known, located)) = &*last
            && std::ptr::eq(*known, node)
        {
            return Rc::clone(located);
        }
        let located = Rc::new(LocatedCondition::of(node));
        *last = Some((node, Rc::clone(&located)));
        located
    }

    /// The node at a place, or the deepest one on the way there.
    fn node<'p>(&self, place: &'p str) -> Option<FoundNode<'n, 'p>> {
        let mut found = FoundNode {
            key: None,
            node: self.root?,
            rest: place,
            is_condition: false,
        };
        let in_rules = place.starts_with("rules[");
        while !found.is_condition
            && let Some((key, node, rest)) = step(found.node, found.rest)
        {
            found = FoundNode {
                key,
                node,
                rest,
                is_condition: in_rules && key.is_some_and(|key| key.name == "when"),
            };
        }
        Some(found)
    }

    /// The span of a place: of the value or key called `named` in it, if there is one, otherwise of
    /// the whole.
    pub(super) fn find(&self, place: &str, named: Option<&str>) -> Option<Range<usize>> {
        let found = self.node(place)?;
        if found.is_condition {
            let located = self.located(found.node);
            let (part, rest) = located.at(found.rest);
            let highlight = match (rest.is_empty(), named) {
                (true, _) => part.whole(),
                (false, named) => part.inside(last_index(rest), named),
            };
            return self.span(&highlight);
        }
        let key = found.key.filter(|key| Some(&*key.name) == named);
        let named = named.and_then(|name| named_in(found.node, name));
        let named = named.or_else(|| key.map(|key| Highlight::Key(key.span.clone())));
        let highlight = match (named, &found.node.value, found.key) {
            (Some(highlight), ..) => highlight,
            (None, YamlValue::Leaf(text), _) if !text.is_empty() => Highlight::Node(found.node),
            (None, _, Some(key)) => Highlight::Key(key.span.clone()),
            (None, _, None) => Highlight::Node(found.node),
        };
        self.span(&highlight)
    }

    /// The span of a repeated entry: of its YAML alias, if it is inserted by one.
    pub(super) fn again(&self, place: &str, named: &str) -> Option<Range<usize>> {
        let found = self.node(place)?;
        match &found.node.alias {
            Some(alias) => self.shifted(alias.clone()),
            None => self.find(place, Some(named)),
        }
    }

    /// The span of a part of the condition's text at a place; `part` is in bytes of that text.
    pub(super) fn inside(&self, place: &str, part: &Range<usize>) -> Option<Range<usize>> {
        let found = self.node(place)?;
        let located = self.located(found.node);
        let (text, _) = located.at(found.rest);
        match text.whole() {
            Highlight::Node(node) => self.span(&Highlight::Part(node, part.clone())),
            highlight => self.span(&highlight),
        }
    }

    fn span(&self, highlight: &Highlight<'_>) -> Option<Range<usize>> {
        let span = match highlight {
            Highlight::Key(span) => span.clone(),
            Highlight::Node(node) => node.extent(self.text),
            Highlight::Part(node, part) => {
                let whole = node.extent(self.text);
                let part = match &node.value {
                    YamlValue::Leaf(value) => {
                        yaml_scalar::part(self.text.get(whole.clone())?, value, part)
                    }
                    _ => None,
                };
                part.map_or(whole.clone(), |part| {
                    whole.start + part.start..whole.start + part.end
                })
            }
        };
        self.shifted(span)
    }

    /// Converts a span of `text` to one of the whole file.
    fn shifted(&self, span: Range<usize>) -> Option<Range<usize>> {
        self.text.get(span.clone())?;
        Some(span.start + self.before..span.end + self.before)
    }
}

/// Takes the first step of a place; returns where it leads, and the rest of the place.
fn step<'n, 'p>(
    node: &'n YamlNode,
    place: &'p str,
) -> Option<(Option<&'n YamlKey>, &'n YamlNode, &'p str)> {
    match &node.value {
        YamlValue::List(items) => {
            let (index, rest) = place.strip_prefix('[')?.split_once(']')?;
            let item = items.get(index.parse::<usize>().ok()?)?;
            Some((None, item, rest))
        }
        YamlValue::Map(fields) => {
            let place = place.strip_prefix('.').unwrap_or(place);
            let end = place.find(['.', '[']).unwrap_or(place.len());
            let (name, rest) = place.split_at_checked(end)?;
            if !name.is_empty() {
                let (key, node) = fields.iter().find(|(key, _)| key.name == name)?;
                return Some((Some(key), node, rest));
            }
            // The name is not a plain word, and may be truncated: take the field if only one fits.
            let mut found = fields.iter().filter_map(|(key, node)| {
                let step = Place::whole().field(&key.name);
                let rest = place.strip_prefix(step.as_str())?;
                Some((Some(key), node, rest))
            });
            let first = found.next()?;
            found.next().is_none().then_some(first)
        }
        YamlValue::Leaf(_) => None,
    }
}

/// The list index at the end of a place.
fn last_index(place: &str) -> Option<usize> {
    let (_, index) = place.strip_suffix(']')?.rsplit_once('[')?;
    index.parse().ok()
}

/// Where the name is in a node: the leaf itself, the only such value, or else the key of a field.
fn named_in<'n>(node: &'n YamlNode, name: &str) -> Option<Highlight<'n>> {
    let is_name = |node: &YamlNode| matches!(&node.value, YamlValue::Leaf(text) if text == name);
    if is_name(node) {
        return Some(Highlight::Node(node));
    }
    let YamlValue::Map(fields) = &node.value else {
        return None;
    };
    let values = fields.iter().filter(|(_, node)| is_name(node));
    let mut values = values.map(|(_, node)| Highlight::Node(node));
    let keys = fields.iter().filter(|(key, _)| key.name == name);
    let mut keys = keys.map(|(key, _)| Highlight::Key(key.span.clone()));
    let first = values.next().or_else(|| keys.next())?;
    values.next().is_none().then_some(first)
}
