//! A JSON object whose values are read when they are asked for.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::fault::RowFault;

/// A path of keys has at most so many points.
const MOST_STEPS: usize = 16;

/// Where leads in the library's own form have their attributes.
pub(super) const ATTRIBUTES: &str = "attributes";

/// A JSON object whose values are not read yet.
pub(crate) struct Object<'r>(Vec<(Cow<'r, str>, &'r RawValue)>);

/// The object that a value is.
pub(super) fn object_of<'r>(value: &&'r RawValue) -> Option<Object<'r>> {
    let text = value.get();
    text.starts_with('{')
        .then(|| serde_json::from_str(text).ok())
        .flatten()
}

impl<'r> Object<'r> {
    /// The keys and their values.
    pub(super) fn entries(&self) -> &[(Cow<'r, str>, &'r RawValue)] {
        &self.0
    }

    /// The value of a key. If there is none of the name: of a path of keys (`properties.region`), or in
    /// `attributes`, where leads in the library's own form have them.
    pub(super) fn find(&self, name: &str) -> Result<Option<&'r RawValue>, RowFault> {
        if let Some(value) = self.get(name)? {
            return Ok(Some(value));
        }
        if let Some((outer, inner)) = name.split_once('.')
            && name.matches('.').count() <= MOST_STEPS
            && let Some(object) = self.get(outer)?.as_ref().and_then(object_of)
            && let Some(value) = object.find(inner)?
        {
            return Ok(Some(value));
        }
        match self.get(ATTRIBUTES)?.as_ref().and_then(object_of) {
            Some(inner) => inner.get(name),
            None => Ok(None),
        }
    }

    fn get(&self, name: &str) -> Result<Option<&'r RawValue>, RowFault> {
        let mut found = self.0.iter().filter(|(key, _)| key == name);
        let first = found.next().map(|(_, value)| *value);
        match found.next() {
            None => Ok(first),
            Some(_) => Err(RowFault::GivenTwice {
                key: name.to_owned(),
            }),
        }
    }
}

impl<'de: 'r, 'r> Deserialize<'de> for Object<'r> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor;

        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut entries = Vec::with_capacity(16);
                while let Some((Key(key), value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(Object(entries))
            }
        }

        deserializer.deserialize_map(ObjectVisitor)
    }
}

/// A key, borrowed where it is written without escapes.
#[derive(Deserialize)]
struct Key<'r>(#[serde(borrow)] Cow<'r, str>);
