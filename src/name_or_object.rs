//! Values that are written as a name in the simple case, and otherwise as an object with options.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// Reads a `T` from a name, or from an object of the form `O`. `expected` describes both in messages.
pub(crate) fn name_or_object<'de, D, T, O>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'n> From<&'n str> + From<O>,
    O: Deserialize<'de>,
{
    struct NameOrObject<T, O>(&'static str, PhantomData<(T, O)>);

    impl<'de, T, O> Visitor<'de> for NameOrObject<T, O>
    where
        T: for<'n> From<&'n str> + From<O>,
        O: Deserialize<'de>,
    {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
            Ok(T::from(name))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            O::deserialize(MapAccessDeserializer::new(map)).map(T::from)
        }
    }

    deserializer.deserialize_any(NameOrObject::<T, O>(expected, PhantomData))
}

/// Adapts the schema of an object, which may also be written as a name.
#[cfg(feature = "schema")]
pub(crate) fn or_name(schema: &mut schemars::Schema) {
    let mut object = std::mem::take(schema);
    let description = object.remove("description");
    *schema = schemars::json_schema!({ "anyOf": [{ "type": "string" }, object] });
    if let Some(description) = description {
        schema.insert("description".to_owned(), description);
    }
}
