//! Builds the tree of a document in any serde format.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::node::{Node, Scalar};
use crate::limits::MAX_DEPTH;
use crate::place::{Place, Trail};

/// Reads a document. Fails at the first place that the format cannot read; returns that place as well.
pub(crate) fn read_document<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Node<'de>, (Place, D::Error)> {
    let failed = RefCell::new(None);
    let root = PlacedNode {
        depth: 0,
        trail: Trail::Whole,
        failed: &failed,
    };
    root.deserialize(deserializer)
        .map_err(|error| (failed.take().unwrap_or_default(), error))
}

/// How the values inside a list or map are read.
pub(crate) trait InnerNodes<'de> {
    fn item<A: SeqAccess<'de>>(
        &self,
        index: usize,
        list: &mut A,
    ) -> Result<Option<Node<'de>>, A::Error>;

    fn value<A: MapAccess<'de>>(&self, key: &str, map: &mut A) -> Result<Node<'de>, A::Error>;
}

/// Reads a node, and remembers the innermost place at which that fails.
#[derive(Clone, Copy)]
struct PlacedNode<'a> {
    depth: usize,
    trail: Trail<'a>,
    failed: &'a RefCell<Option<Place>>,
}

impl<'de> DeserializeSeed<'de> for PlacedNode<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        let read = if self.depth > MAX_DEPTH {
            let message = format!("maps and lists nest deeper than {MAX_DEPTH}");
            Err(D::Error::custom(message))
        } else {
            deserializer.deserialize_any(TreeVisitor(&self))
        };
        if read.is_err() {
            let mut failed = self.failed.borrow_mut();
            failed.get_or_insert_with(|| self.trail.place());
        }
        read
    }
}

impl PlacedNode<'_> {
    fn inner<'s>(&'s self, trail: Trail<'s>) -> PlacedNode<'s> {
        PlacedNode {
            depth: self.depth + 1,
            trail,
            failed: self.failed,
        }
    }
}

impl<'de> InnerNodes<'de> for &PlacedNode<'_> {
    fn item<A: SeqAccess<'de>>(
        &self,
        index: usize,
        list: &mut A,
    ) -> Result<Option<Node<'de>>, A::Error> {
        list.next_element_seed(self.inner(self.trail.item(index)))
    }

    fn value<A: MapAccess<'de>>(&self, key: &str, map: &mut A) -> Result<Node<'de>, A::Error> {
        map.next_value_seed(self.inner(self.trail.field(key)))
    }
}

/// Makes a node of whatever a format has.
pub(crate) struct TreeVisitor<I>(pub(crate) I);

impl<'de, I: InnerNodes<'de>> Visitor<'de> for TreeVisitor<I> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map, a list, a text, a number or a flag")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node<'de>, E> {
        Ok(Node::Scalar(Scalar::Flag(flag), None))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node<'de>, E> {
        Ok(Node::Scalar(Scalar::Unsigned(number), None))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node<'de>, E> {
        Ok(Node::Scalar(Scalar::Signed(number), None))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node<'de>, E> {
        Ok(Node::Scalar(Scalar::Float(number), None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_string<E>(self, text: String) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text)))
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.0.item(items.len(), &mut list)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            let value = self.0.value(&key, &mut map)?;
            fields.push((key, value));
        }
        Ok(Node::Map(fields))
    }
}

/// The key of a field, borrowed where the format allows it.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_string<E>(self, key: String) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key)))
            }
        }

        deserializer.deserialize_string(KeyVisitor)
    }
}
