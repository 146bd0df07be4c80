//! The values of a document.

use std::borrow::Cow;

#[cfg(feature = "yaml")]
use serde::{Serialize, Serializer};

/// Where a scalar stands in the text of the document: offset and length in bytes.
pub(crate) type Span = (usize, usize);

/// A value of a document.
#[derive(Debug)]
pub(crate) enum Node<'t> {
    Null,
    /// A scalar that is not a text. The span is known where the format also reads it as a text: YAML's
    /// `1.10` without quotes.
    Scalar(Scalar, Option<Span>),
    Text(Cow<'t, str>),
    List(Vec<Self>),
    /// In order, repeated keys included.
    Map(Vec<(Cow<'t, str>, Self)>),
    /// A field that could not be read, and is left out.
    Removed,
    /// Something that could not be read and cannot be left out: an item of a list, a required field.
    /// Counts the kinds of value that were tried in its place.
    Hole(usize),
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Scalar {
    Flag(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

/// Written as it is read.
#[cfg(feature = "yaml")]
impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Removed | Self::Hole(_) => serializer.serialize_unit(),
            Self::Scalar(Scalar::Flag(flag), _) => serializer.serialize_bool(*flag),
            Self::Scalar(Scalar::Unsigned(number), _) => serializer.serialize_u64(*number),
            Self::Scalar(Scalar::Signed(number), _) => serializer.serialize_i64(*number),
            Self::Scalar(Scalar::Float(number), _) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

impl Node<'_> {
    /// Whether a part of it was removed or replaced by a hole.
    pub(super) fn is_touched(&self) -> bool {
        let is_cut = |node: &Self| matches!(node, Self::Removed | Self::Hole(_));
        match self {
            Self::List(items) => items.iter().any(is_cut),
            Self::Map(fields) => fields.iter().any(|(_, node)| is_cut(node)),
            Self::Null | Self::Scalar(..) | Self::Text(_) => false,
            Self::Removed | Self::Hole(_) => true,
        }
    }

    /// The part at the end of a path of positions.
    pub(super) fn part(&mut self, path: &[usize]) -> Option<&mut Self> {
        let Some((&position, rest)) = path.split_first() else {
            return Some(self);
        };
        let inner = match self {
            Self::List(items) => items.get_mut(position)?,
            Self::Map(fields) => &mut fields.get_mut(position)?.1,
            _ => return None,
        };
        inner.part(rest)
    }

    /// The position of a field.
    pub(super) fn position(&self, field: &str) -> Option<usize> {
        match self {
            Self::Map(fields) => fields.iter().position(|(key, _)| *key == field),
            _ => None,
        }
    }

    /// The number of values in it.
    pub(super) fn size(&self) -> usize {
        let inner = match self {
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Map(fields) => fields.iter().map(|(_, node)| node.size()).sum(),
            _ => 0_usize,
        };
        inner.saturating_add(1)
    }

    /// Takes the items of a list out of a field and leaves it empty. `None` if the field is no list, or is
    /// given twice.
    pub(crate) fn take_list(&mut self, field: &str) -> Option<Vec<Self>> {
        let Self::Map(fields) = self else {
            return None;
        };
        let mut found = fields.iter_mut().filter(|(key, _)| *key == field);
        match (found.next(), found.next()) {
            (Some((_, Self::List(items))), None) => Some(std::mem::take(items)),
            _ => None,
        }
    }
}
