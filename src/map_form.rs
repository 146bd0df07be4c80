//! Structs that are deserialised from maps only. Serde's derive would also accept a list of field
//! values, and so read `[]` as an empty policy.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

/// A struct whose derived form (`serde(remote = "Self")`) reads it from a map.
pub(crate) trait MapForm<'de>: Sized {
    /// What the struct is, for messages: `a team`.
    const NAME: &'static str;

    fn from_map<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

pub(crate) fn read_map<'de, D: Deserializer<'de>, T: MapForm<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    struct MapVisitor<T>(PhantomData<T>);

    impl<'de, T: MapForm<'de>> Visitor<'de> for MapVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a map: {}", T::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::from_map(MapAccessDeserializer::new(map))
        }
    }

    deserializer.deserialize_map(MapVisitor(PhantomData))
}

/// Implements `Serialize`, and `Deserialize` from maps only, for a struct with `serde(remote = "Self")`.
macro_rules! map_form {
    ($type:ty, $name:literal) => {
        impl<'de> $crate::map_form::MapForm<'de> for $type {
            const NAME: &'static str = $name;

            fn from_map<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$type>::deserialize(deserializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::map_form::read_map(deserializer)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$type>::serialize(self, serializer)
            }
        }
    };
}

pub(crate) use map_form;
