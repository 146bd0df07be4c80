//! Maps as written in a file: in order, duplicates included, so that they can be reported.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// A map as written in a file: pairs of name and value in order, repeated names included.
///
/// Serialised as a map. Repeated names are kept so that a check can report them; an ordinary map
/// would silently drop one of the values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(inline, description = "")
)]
pub struct RawMap<V>(
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, V>")
    )]
    Vec<(Box<str>, V)>,
);

impl<V> RawMap<V> {
    /// Adds an entry at the end.
    pub fn push(&mut self, name: impl Into<Box<str>>, value: V) {
        self.0.push((name.into(), value));
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// Whether the map has no entries.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of entries, duplicates included.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<V> Default for RawMap<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<N: Into<Box<str>>, V> FromIterator<(N, V)> for RawMap<V> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> Self {
        Self(
            entries
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
        )
    }
}

impl<V: Serialize> Serialize for RawMap<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for RawMap<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Pairs<V> {
            type Value = RawMap<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = RawMap::default();
                while let Some((name, value)) = map.next_entry::<Box<str>, V>()? {
                    entries.push(name, value);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(Pairs(PhantomData))
    }
}
