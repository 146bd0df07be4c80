//! Where in a YAML file the places of a policy stand.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::policy::yaml_options;

/// A file and its nodes.
pub(super) struct Outline<'t> {
    text: &'t str,
    root: Option<Node>,
}

struct Node {
    /// Where it begins; a leaf also ends.
    span: Range<usize>,
    form: Form,
}

enum Form {
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
    /// A text, a number and so on.
    Leaf(String),
}

impl<'t> Outline<'t> {
    /// Linear in the text.
    pub(super) fn of(text: &'t str) -> Self {
        let root = serde_saphyr::from_str_with_options(text, yaml_options(text.len())).ok();
        Self { text, root }
    }

    /// The node at a place, or the last one on the way there.
    fn node(&self, place: &str) -> Option<&Node> {
        let mut node = self.root.as_ref()?;
        let mut rest = place;
        while let Some((step, further)) = next_step(rest) {
            let next = match (&node.form, &step) {
                (Form::Map(fields), Step::Field(name)) => fields
                    .iter()
                    .find(|(field, _)| field == name)
                    .map(|(_, node)| node),
                (Form::List(items), Step::Item(index)) => items.get(*index),
                _ => None,
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
            rest = further;
        }
        Some(node)
    }

    /// What stands at a place: there, the name that is at fault, if it is found, or all of it.
    pub(super) fn find(&self, place: &str, named: Option<&str>) -> Option<Range<usize>> {
        let node = self.node(place)?;
        let whole = self.text.get(node.span.clone())?;
        let named = named.filter(|name| !name.is_empty());
        let found = named.and_then(|name| Some((whole.find(name)?, name.len())));
        Some(match found {
            Some((at, length)) => node.span.start + at..node.span.start + at + length,
            None => node.span.clone(),
        })
    }

    /// A part of the text of a leaf, by bytes of that text.
    pub(super) fn inside(&self, place: &str, part: &Range<usize>) -> Option<Range<usize>> {
        let node = self.node(place)?;
        let Form::Leaf(value) = &node.form else {
            return Some(node.span.clone());
        };
        let written = self.text.get(node.span.clone())?;
        // A text over several lines is indented in the file, so it is looked for line by line.
        let before = value.get(..part.start)?;
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let number = before.matches('\n').count();
        let line = value.get(line_start..)?.lines().next().unwrap_or_default();
        let mut seen = 0;
        for (index, _) in value.lines().take(number).enumerate() {
            let former = value.lines().nth(index).unwrap_or_default().trim();
            seen += written.get(seen..)?.find(former)? + former.len();
        }
        match written.get(seen..)?.find(line) {
            Some(at) => {
                let start = node.span.start + seen + at + (part.start - line_start);
                Some(start..start + part.len())
            }
            None => Some(node.span.clone()),
        }
    }
}

enum Step<'p> {
    Field(&'p str),
    Item(usize),
}

/// The first step of a place, and the rest.
fn next_step(place: &str) -> Option<(Step<'_>, &str)> {
    let place = place.strip_prefix('.').unwrap_or(place);
    if let Some(inside) = place.strip_prefix('[') {
        let (index, rest) = inside.split_once(']')?;
        return Some((Step::Item(index.parse().ok()?), rest));
    }
    let end = place.find(['.', '[']).unwrap_or(place.len());
    let (name, rest) = place.split_at_checked(end)?;
    (!name.is_empty()).then_some((Step::Field(name), rest))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned {
            value, referenced, ..
        } = Spanned::<Form>::deserialize(deserializer)?;
        let span = referenced.span();
        let number = |number: Option<u64>| number.and_then(|number| usize::try_from(number).ok());
        let start = number(span.byte_offset()).unwrap_or(0);
        let length = number(span.byte_len()).unwrap_or(0);
        Ok(Self {
            span: start..start.saturating_add(length),
            form: value,
        })
    }
}

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FormVisitor;

        impl<'de> Visitor<'de> for FormVisitor {
            type Value = Form;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Form, E> {
                Ok(Form::Leaf(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Form, E> {
                Ok(Form::Leaf(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Form, E> {
                Ok(Form::Leaf(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Form, E> {
                Ok(Form::Leaf(value.to_string()))
            }

            fn visit_str<E>(self, value: &str) -> Result<Form, E> {
                Ok(Form::Leaf(value.to_owned()))
            }

            fn visit_unit<E>(self) -> Result<Form, E> {
                Ok(Form::Leaf(String::new()))
            }

            fn visit_none<E>(self) -> Result<Form, E> {
                Ok(Form::Leaf(String::new()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Form, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Form::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Form, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Form::Map(fields))
            }
        }

        deserializer.deserialize_any(FormVisitor)
    }
}
