//! The steps from the text of a cell to the text of a field.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use leadtree::Place;
use regex_lite::{Regex, RegexBuilder};

use super::fault::{MOST_PADDING, MappingFault, MappingFaults};
use crate::mapping::Source;
use crate::value::Blanks;

/// The size limit of a compiled expression, in bytes.
const LARGEST_EXPRESSION: usize = 64 * 1024;

/// Longer texts, in bytes, match no expression: the time grows with both.
const LONGEST_MATCHED: usize = 10_000;

/// How many times each word stood for no value.
#[derive(Debug)]
pub(super) struct BlankCounts {
    blanks: Blanks,
    counts: Vec<Cell<u64>>,
}

/// Which of the words stand for no value in a field.
#[derive(Debug, Default)]
pub(super) struct BlankWords(pub(super) Vec<bool>);

impl BlankCounts {
    pub(super) fn new(blanks: Blanks) -> Self {
        Self {
            counts: (0..blanks.len()).map(|_| Cell::new(0)).collect(),
            blanks,
        }
    }

    /// The text without space around; empty if it is one of the words that stand for no value there.
    #[inline]
    pub(super) fn trimmed<'r>(&self, text: Cow<'r, str>, words: &BlankWords) -> Cow<'r, str> {
        let text = trimmed(text);
        match self.blanks.find(&text) {
            None => text,
            Some(number) if words.0.get(number) != Some(&true) => text,
            Some(number) => {
                if let Some(count) = self.counts.get(number) {
                    count.set(count.get() + 1);
                }
                Cow::Borrowed("")
            }
        }
    }

    /// Counts from the beginning.
    pub(super) fn reset(&self) {
        self.counts.iter().for_each(|count| count.set(0));
    }

    /// The words that occurred, and how often.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&str, u64)> {
        let counts = (0..).zip(&self.counts);
        let counted = counts.map(|(number, count)| (self.blanks.word(number), count.get()));
        counted.filter(|(_, count)| *count > 0)
    }
}

/// The steps from the text of a cell to the text of a field, in this order.
#[derive(Debug)]
pub(super) struct Steps {
    matching: Option<Regex>,
    pad: usize,
    first: Option<usize>,
    /// By folded text.
    values: HashMap<String, String>,
    if_blank: Option<String>,
    if_given: Option<String>,
    /// Whether all texts stay as they are.
    is_plain: bool,
}

impl Steps {
    pub(super) fn new(source: &Source, place: &Place, faults: &mut MappingFaults) -> Self {
        let matching = source.matching.as_ref().and_then(|expression| {
            let compiled = RegexBuilder::new(expression)
                .size_limit(LARGEST_EXPRESSION)
                .build();
            let compiled = compiled.map_err(|error| MappingFault::Expression {
                expression: expression.clone(),
                message: error.to_string(),
            });
            compiled
                .map_err(|fault| faults.add(place.field("match"), &fault))
                .ok()
        });
        let pad = source.pad;
        if pad > MOST_PADDING {
            faults.add(place.field("pad"), &MappingFault::PadTooWide { pad });
        }
        let values = source.values.iter();
        Self {
            matching,
            pad: pad.min(MOST_PADDING),
            first: source.first,
            values: values
                .map(|(from, to)| (folded(from), to.clone()))
                .collect(),
            if_blank: source.if_blank.clone(),
            if_given: source.if_given.clone(),
            is_plain: source.matching.is_none()
                && source.pad == 0
                && source.first.is_none()
                && source.values.iter().next().is_none()
                && source.if_blank.is_none()
                && source.if_given.is_none(),
        }
    }

    /// The text of the field; empty for none.
    #[inline]
    pub(super) fn text<'r>(&'r self, text: Cow<'r, str>) -> Cow<'r, str> {
        if self.is_plain {
            return text;
        }
        let text = if text.is_empty() {
            text
        } else {
            self.cut(text)
        };
        if text.is_empty() {
            return self.if_blank.as_deref().unwrap_or_default().into();
        }
        let other_word = (!self.values.is_empty())
            .then(|| self.values.get(&folded(&text)))
            .flatten();
        match other_word.or(self.if_given.as_ref()) {
            // A word may stand for no value.
            Some(word) if word.is_empty() => self.if_blank.as_deref().unwrap_or_default().into(),
            Some(word) => word.as_str().into(),
            None => text,
        }
    }

    fn cut<'r>(&self, mut text: Cow<'r, str>) -> Cow<'r, str> {
        if let Some(expression) = &self.matching {
            if text.len() > LONGEST_MATCHED {
                return Cow::Borrowed("");
            }
            let found = expression.captures(&text).and_then(|groups| {
                let found = groups.get(1).or_else(|| groups.get(0))?;
                Some(found.as_str().trim().to_owned())
            });
            text = found.unwrap_or_default().into();
            if text.is_empty() {
                return text;
            }
        }
        if self.pad > 0 && text.chars().count() < self.pad {
            text = format!("{text:0>width$}", width = self.pad).into();
        }
        if let Some(first) = self.first
            && let Some((end, _)) = text.char_indices().nth(first)
        {
            text = match text {
                Cow::Borrowed(text) => text.get(..end).unwrap_or(text).into(),
                Cow::Owned(mut text) => {
                    text.truncate(end);
                    text.into()
                }
            };
        }
        text
    }
}

/// Whether a text begins and ends with a visible character of ASCII.
fn is_visible(text: &[u8]) -> bool {
    let is_graphic = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    is_graphic(text.first()) && is_graphic(text.last())
}

#[inline]
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        // Most texts have no space around, and ASCII is quick to tell.
        Cow::Borrowed(text) if is_visible(text.as_bytes()) => text.into(),
        Cow::Borrowed(text) => text.trim().into(),
        Cow::Owned(text) if text.trim().len() == text.len() => text.into(),
        Cow::Owned(text) => text.trim().to_owned().into(),
    }
}

/// The text without white space and in lower case, as the library compares names.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}
