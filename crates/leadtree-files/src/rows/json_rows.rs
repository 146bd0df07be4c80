//! The rows of a JSON file.

use std::collections::HashSet;
use std::io::{self, Read};

use super::fault::RowFault;
use super::json_values::{JsonValues, NoValue, NumberedValue};
use super::object::{ATTRIBUTES, Object, object_of};
use super::row::{NumberedRow, Row};

/// How many keys are remembered at most; a file of leads has fewer.
const MOST_KEYS: usize = 1_000;

/// How deep keys are remembered.
const DEEPEST: usize = 8;

/// In so many objects at the beginning, the keys of objects inside them are remembered, too.
const EARLY: u64 = 1_000;

/// The rows of a JSON file, which have their columns by name.
pub(crate) struct JsonRows {
    values: JsonValues,
    /// Every key that occurred so far.
    keys: HashSet<Box<str>>,
    /// How many objects there were so far.
    count: u64,
    /// The same with those that are faulty.
    rows: u64,
}

impl JsonRows {
    /// `around` is the key of an object around all leads, if there is one.
    pub(super) fn new(head: &[u8], input: Box<dyn Read + Send>, around: Option<&str>) -> Self {
        Self {
            values: JsonValues::new(head, input, around),
            keys: HashSet::new(),
            count: 0,
            rows: 0,
        }
    }

    /// The next object, valid or not; none at the end.
    pub(super) fn advance(&mut self) -> io::Result<Option<NumberedRow<'_>>> {
        let is_one_a_line = self.values.is_one_a_line();
        let Some(NumberedValue { line, end, text }) = self.values.advance()? else {
            return Ok(None);
        };
        let row = match text.map(serde_json::from_slice::<Object<'_>>) {
            Ok(Ok(object)) => {
                let is_early = self.count < EARLY;
                self.count += 1;
                let depth = if is_early { DEEPEST } else { 0 };
                remember(&mut self.keys, &object, "", depth);
                Ok(Row::Object(object))
            }
            Ok(Err(error)) if end > line + 1 => Err(RowFault::NotJson(format!(
                "{}; the lines up to {end} were taken for a part of it",
                without_place(&error)
            ))),
            Ok(Err(error)) => Err(RowFault::NotJson(without_place(&error))),
            Err(NoValue::TooLong) => Err(RowFault::TooLong {
                limit: JsonValues::LONGEST,
            }),
            Err(NoValue::CutOff) => Err(RowFault::CutOff),
            Err(NoValue::MoreBehind) => Err(RowFault::MoreBehind),
        };
        self.rows += 1;
        Ok(Some(NumberedRow {
            line,
            number: if is_one_a_line { line } else { self.rows },
            row,
        }))
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
    for (key, value) in object.entries() {
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
