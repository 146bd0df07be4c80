//! Names that are written as one name, or as a list of names.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Reads one name or a list of names.
pub(super) fn deserialize<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + for<'n> From<&'n str>,
{
    struct OneOrList<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de> + for<'n> From<&'n str>> Visitor<'de> for OneOrList<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a name or a list of names")
        }

        fn visit_str<E: Error>(self, name: &str) -> Result<Vec<T>, E> {
            Ok(vec![T::from(name)])
        }

        fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut names = Vec::new();
            while let Some(name) = seq.next_element()? {
                names.push(name);
            }
            Ok(names)
        }
    }

    deserializer.deserialize_any(OneOrList(PhantomData))
}

/// Writes a single name without a list.
pub(super) fn serialize<S: Serializer, T: Serialize>(
    names: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match names {
        [name] => name.serialize(serializer),
        names => serializer.collect_seq(names),
    }
}

/// Adapts the schema of a list, which may also be written as one name.
#[cfg(feature = "schema")]
pub(super) fn or_one(schema: &mut schemars::Schema) {
    let mut list = std::mem::take(schema);
    let description = list.remove("description");
    list.remove("default");
    *schema = schemars::json_schema!({ "anyOf": [{ "type": "string" }, list, { "type": "null" }] });
    if let Some(description) = description {
        schema.insert("description".to_owned(), description);
    }
}
