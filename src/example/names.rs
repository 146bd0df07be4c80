//! Names in what is expected: one name, or a list of names. A number or a flag without quotes is none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Reads one name, or none.
pub(super) fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: for<'n> From<&'n str>,
{
    let name = Option::<Name<T>>::deserialize(deserializer)?;
    Ok(name.map(|Name(name)| name))
}

/// Reads one name or a list of names.
pub(super) fn deserialize<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: for<'n> From<&'n str>,
{
    struct OneOrList<T>(PhantomData<T>);

    impl<'de, T: for<'n> From<&'n str>> Visitor<'de> for OneOrList<T> {
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
            while let Some(Name(name)) = seq.next_element()? {
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

/// A name, which must be written as a text.
struct Name<T>(T);

impl<'de, T: for<'n> From<&'n str>> Deserialize<'de> for Name<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor<T>(PhantomData<T>);

        impl<T: for<'n> From<&'n str>> Visitor<'_> for NameVisitor<T> {
            type Value = Name<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Name<T>, E> {
                Ok(Name(T::from(name)))
            }
        }

        deserializer.deserialize_any(NameVisitor(PhantomData))
    }
}

/// The schema of one name, or none.
#[cfg(feature = "schema")]
pub(super) fn one(schema: &mut schemars::Schema) {
    any_of(
        schema,
        &schemars::json_schema!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
    );
}

/// The schema of one name or a list of names.
#[cfg(feature = "schema")]
pub(super) fn one_or_list(schema: &mut schemars::Schema) {
    // Inside `anyOf`, a text is a text: elsewhere in the schema of a policy, numbers and flags will do.
    let name = schemars::json_schema!({ "anyOf": [{ "type": "string" }] });
    any_of(
        schema,
        &schemars::json_schema!({
            "anyOf": [{ "type": "string" }, { "type": "array", "items": name }, { "type": "null" }]
        }),
    );
}

/// Replaces a schema; its description stays.
#[cfg(feature = "schema")]
fn any_of(schema: &mut schemars::Schema, by: &schemars::Schema) {
    let description = schema.remove("description");
    *schema = by.clone();
    if let Some(description) = description {
        schema.insert("description".to_owned(), description);
    }
}
