//! A serde deserializer over the tree of a document.

use std::borrow::Cow;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::node::{Node, Scalar};
use super::read_error::{ReadError, one_of};
use crate::text::{has_leading_zeros, like_thousands};

/// Reads a value from a node. `text` is that of the document, to which spans refer.
#[derive(Clone, Copy)]
pub(super) struct NodeReader<'de> {
    pub(super) node: &'de Node<'de>,
    pub(super) text: &'de str,
}

impl<'de> NodeReader<'de> {
    /// The node as a text, if it is written so that it may be read as one.
    fn as_text(self) -> Option<&'de str> {
        match self.node {
            Node::Text(text) => Some(text),
            Node::Scalar(..) => self.as_written(),
            Node::Hole(_) => Some(""),
            _ => None,
        }
    }

    /// A scalar that is not a text, as the document has it.
    fn as_written(self) -> Option<&'de str> {
        let Node::Scalar(_, Some((start, length))) = self.node else {
            return None;
        };
        let written = self.text.get(*start..start.checked_add(*length)?)?;
        Some(written).filter(|it| !it.is_empty())
    }

    /// A number as written.
    fn as_written_number(self) -> Option<&'de str> {
        let is_number = !matches!(self.node, Node::Scalar(Scalar::Flag(_), _));
        self.as_written().filter(|_| is_number)
    }

    fn list(self) -> Option<Items<'de>> {
        let items = match self.node {
            Node::List(items) => items.as_slice(),
            Node::Null | Node::Hole(_) => &[],
            _ => return None,
        };
        let text = self.text;
        Some(Items {
            all: items,
            next: 0,
            text,
        })
    }

    fn map(self) -> Option<Fields<'de>> {
        let fields = match self.node {
            Node::Map(fields) => fields.as_slice(),
            Node::Null | Node::Hole(_) => &[],
            _ => return None,
        };
        let text = self.text;
        Some(Fields {
            all: fields,
            next: 0,
            text,
        })
    }
}

/// What stands in for a value that could not be read, one kind after the other.
pub(super) const KINDS_OF_HOLE: usize = 4;

impl<'de> Deserializer<'de> for NodeReader<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if let Some(number) = self.as_written_number() {
            if has_leading_zeros(number) {
                return Err(ReadError::leading_zeros(number, &visitor));
            }
            if like_thousands(number) {
                return Err(ReadError::thousands(number, &visitor));
            }
        }
        match self.node {
            Node::Scalar(Scalar::Flag(flag), _) => visitor.visit_bool(*flag),
            Node::Scalar(Scalar::Unsigned(number), _) => visitor.visit_u64(*number),
            Node::Scalar(Scalar::Signed(number), _) => visitor.visit_i64(*number),
            Node::Scalar(Scalar::Float(number), _) => visitor.visit_f64(*number),
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::Hole(0) => visitor.visit_borrowed_str(""),
            Node::List(_) | Node::Hole(1) => self.deserialize_seq(visitor),
            Node::Map(_) | Node::Hole(2) => self.deserialize_map(visitor),
            Node::Null | Node::Removed | Node::Hole(_) => visitor.visit_unit(),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.node {
            Node::Hole(_) => visitor.visit_bool(false),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.node {
            Node::Hole(_) => visitor.visit_u64(0),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.as_text() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.node {
            Node::Null | Node::Removed | Node::Hole(_) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.list() {
            Some(items) => visitor.visit_seq(items),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.node {
            Node::List(items) if items.len() != length => {
                Err(ReadError::invalid_length(items.len(), &visitor))
            }
            _ => self.deserialize_seq(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.map() {
            Some(fields) => visitor.visit_map(fields),
            None => self.deserialize_any(visitor),
        }
    }

    /// Fields are written by their names, never as a list of values.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.node {
            Node::List(_) => Err(ReadError::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if let Node::Hole(_) = self.node {
            let first = words.first().copied().unwrap_or_default();
            return visitor.visit_enum(first.into_deserializer());
        }
        if let Node::Map(fields) = self.node {
            let mut left = fields.iter().enumerate();
            let mut left = left
                .by_ref()
                .filter(|(_, it)| !matches!(it.1, Node::Removed));
            if let (Some((position, (word, node))), None) = (left.next(), left.next()) {
                let text = self.text;
                let value = NodeReader { node, text };
                return visitor.visit_enum(Variant {
                    word,
                    position,
                    value,
                });
            }
        }
        match self.as_text() {
            Some(word) => visitor.visit_enum(StrDeserializer::new(word)),
            None => Err(ReadError::invalid_type(
                found(self.node),
                &one_of(words).as_str(),
            )),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct tuple_struct identifier
    }
}

fn found<'de>(node: &'de Node<'_>) -> Unexpected<'de> {
    match node {
        Node::Null | Node::Removed | Node::Hole(_) => Unexpected::Unit,
        Node::Scalar(Scalar::Flag(flag), _) => Unexpected::Bool(*flag),
        Node::Scalar(Scalar::Unsigned(number), _) => Unexpected::Unsigned(*number),
        Node::Scalar(Scalar::Signed(number), _) => Unexpected::Signed(*number),
        Node::Scalar(Scalar::Float(number), _) => Unexpected::Float(*number),
        Node::Text(text) => Unexpected::Str(text),
        Node::List(_) => Unexpected::Seq,
        Node::Map(_) => Unexpected::Map,
    }
}

/// The items of a list.
struct Items<'de> {
    all: &'de [Node<'de>],
    next: usize,
    text: &'de str,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let left = self.all.get(self.next..).unwrap_or_default();
        let found = left.iter().position(|it| !matches!(it, Node::Removed));
        let Some(position) = found.map(|skipped| self.next + skipped) else {
            return Ok(None);
        };
        let Some(node) = self.all.get(position) else {
            return Ok(None);
        };
        self.next = position + 1;
        let text = self.text;
        let read = seed.deserialize(NodeReader { node, text });
        read.map(Some).map_err(|error| error.inside(position))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.all.len().saturating_sub(self.next))
    }
}

/// The fields of a map, without the removed ones.
struct Fields<'de> {
    all: &'de [(Cow<'de, str>, Node<'de>)],
    /// The position of the next field; while its value is read, the one after it.
    next: usize,
    text: &'de str,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        loop {
            let position = self.next;
            let Some((key, node)) = self.all.get(position) else {
                return Ok(None);
            };
            self.next += 1;
            if !matches!(node, Node::Removed) {
                let read = seed.deserialize(StrDeserializer::new(key));
                return read
                    .map(Some)
                    .map_err(|error: ReadError| error.of_key(position));
            }
        }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, ReadError> {
        let position = self.next.saturating_sub(1);
        let Some((_, node)) = self.all.get(position) else {
            return Err(ReadError::custom("a value was read before its key"));
        };
        let text = self.text;
        let read = seed.deserialize(NodeReader { node, text });
        read.map_err(|error| error.inside(position))
    }
}

/// A word with a value: `{overflow: west}`.
struct Variant<'de> {
    word: &'de str,
    position: usize,
    value: NodeReader<'de>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), ReadError> {
        let word = seed.deserialize(StrDeserializer::new(self.word));
        let word = word.map_err(|error: ReadError| error.of_key(self.position))?;
        Ok((word, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        let message = format!("`{}` takes no value; write the word alone", self.word);
        Err(ReadError::custom(message))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ReadError> {
        let read = seed.deserialize(self.value);
        read.map_err(|error| error.inside(self.position))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ReadError> {
        let read = self.value.deserialize_seq(visitor);
        read.map_err(|error| error.inside(self.position))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let read = self.value.deserialize_map(visitor);
        read.map_err(|error| error.inside(self.position))
    }
}
