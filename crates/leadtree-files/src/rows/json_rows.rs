//! The rows of a JSON file.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::io::{self, Read};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::fault::RowFault;
use super::json_values::{JsonValues, NumberedValue};
use super::row::Row;
use super::rows::NumberedRow;

/// How many keys are remembered at most; a file of leads has fewer.
const MOST_KEYS: usize = 1_000;

/// How deep keys are remembered.
const DEEPEST: usize = 8;

/// In so many objects at the beginning, the keys of objects inside them are remembered, too.
const EARLY: u64 = 1_000;

/// Where leads in the library's own form have their attributes.
const ATTRIBUTES: &str = "attributes";

/// The rows of a JSON file, which have their columns by name.
pub(crate) struct JsonRows {
    values: JsonValues,
    /// Every key that occurred so far.
    keys: HashSet<Box<str>>,
    /// How many objects there were so far.
    count: u64,
}

/// A JSON object whose values are not read yet.
pub(crate) struct Object<'r>(Vec<(Cow<'r, str>, &'r RawValue)>);

impl JsonRows {
    pub(super) fn new(head: &[u8], input: Box<dyn Read>) -> Self {
        Self {
            values: JsonValues::new(head, input),
            keys: HashSet::new(),
            count: 0,
        }
    }

    /// The next object, valid or not; none at the end.
    pub(super) fn advance(&mut self) -> io::Result<Option<NumberedRow<'_>>> {
        let Some(NumberedValue { line, text }) = self.values.advance()? else {
            return Ok(None);
        };
        let row = match text.map(serde_json::from_slice::<Object<'_>>) {
            Some(Ok(object)) => {
                let is_early = self.count < EARLY;
                self.count += 1;
                let depth = if is_early { DEEPEST } else { 0 };
                remember(&mut self.keys, &object, "", depth);
                Ok(Row::Object(object))
            }
            Some(Err(error)) => Err(RowFault::NotJson(without_place(&error))),
            None => Err(RowFault::TooLong {
                limit: JsonValues::LONGEST,
            }),
        };
        Ok(Some(NumberedRow { line, row }))
    }

    /// The keys that occurred so far, at most a thousand, sorted.
    pub(crate) fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<_> = self.keys.iter().map(|key| &**key).collect();
        keys.sort_unstable();
        keys
    }
}

/// Remembers the keys of an object, those of objects inside it as paths.
fn remember(keys: &mut HashSet<Box<str>>, object: &Object<'_>, above: &str, depth: usize) {
    for (key, value) in &object.0 {
        let inner = object_of(value).filter(|_| depth > 0 || above.is_empty() && key == ATTRIBUTES);
        if inner.is_none() && above.is_empty() && keys.contains(&**key) {
            continue;
        }
        match inner {
            Some(inner) if above.is_empty() && key == ATTRIBUTES => {
                remember(keys, &inner, "", depth.saturating_sub(1));
            }
            Some(inner) => remember(keys, &inner, &format!("{above}{key}."), depth - 1),
            None if keys.len() < MOST_KEYS && !value.get().starts_with('{') => {
                keys.insert(format!("{above}{key}").into());
            }
            None => {}
        }
    }
}

/// The object that a value is.
fn object_of<'r>(value: &&'r RawValue) -> Option<Object<'r>> {
    let text = value.get();
    text.starts_with('{')
        .then(|| serde_json::from_str(text).ok())
        .flatten()
}

/// The error without its line, which counts from the beginning of the object.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match (text.strip_suffix(&place), error.line()) {
        (Some(text), 1) if error.column() > 0 => format!("{text} at column {}", error.column()),
        (Some(text), _) => text.to_owned(),
        (None, _) => text,
    }
}

impl<'r> Object<'r> {
    /// The value of a key. If there is none of the name: of a path of keys (`properties.region`), or in
    /// `attributes`, where leads in the library's own form have them.
    pub(super) fn find(&self, name: &str) -> Result<Option<&'r RawValue>, RowFault> {
        if let Some(value) = self.get(name)? {
            return Ok(Some(value));
        }
        if let Some((outer, inner)) = name.split_once('.')
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
