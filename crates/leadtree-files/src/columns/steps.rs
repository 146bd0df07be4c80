//! The steps from the text of a cell to the text of a field.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use leadtree::Place;
use leadtree::text::{self, name_key};
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
    /// By the key of the text.
    values: HashMap<String, String>,
    if_blank: Option<String>,
    if_given: Option<String>,
    /// Whether all texts stay as they are.
    is_plain: bool,
    use_of: UseOfSteps,
}

/// Which steps were of any use so far.
#[derive(Debug, Default)]
struct UseOfSteps {
    matching: Use,
    values: Use,
}

/// Whether a step saw any text, and whether it applied to any.
#[derive(Debug, Default)]
struct Use {
    is_seen: Cell<bool>,
    is_applied: Cell<bool>,
}

impl Use {
    fn see(&self) {
        self.is_seen.set(true);
    }

    fn apply(&self) {
        self.is_applied.set(true);
    }

    fn is_in_vain(&self) -> bool {
        self.is_seen.get() && !self.is_applied.get()
    }
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
        let mut values = HashMap::new();
        for (from, to) in source.values.iter() {
            if values.insert(name_key(from), to.clone()).is_some() {
                let from = from.to_owned();
                faults.add(place.field("values"), &MappingFault::ValueTwice { from });
            }
        }
        Self {
            matching,
            pad: pad.min(MOST_PADDING),
            first: source.first,
            values,
            if_blank: source.if_blank.clone(),
            if_given: source.if_given.clone(),
            is_plain: source.matching.is_none()
                && source.pad == 0
                && source.first.is_none()
                && source.values.iter().next().is_none()
                && source.if_blank.is_none()
                && source.if_given.is_none(),
            use_of: UseOfSteps::default(),
        }
    }

    /// The text of the field; empty for none.
    #[inline]
    pub(super) fn text<'r>(&'r self, text: Cow<'r, str>) -> Cow<'r, str> {
        if self.is_plain {
            return text;
        }
        let text = self.given(text);
        if text.is_empty() {
            self.blank().into()
        } else {
            text
        }
    }

    /// The text that stands in for a blank; empty for none.
    pub(super) fn blank(&self) -> &str {
        self.if_blank.as_deref().unwrap_or_default()
    }

    /// The text of the field, without what stands in for a blank; empty for none.
    pub(super) fn given<'r>(&'r self, text: Cow<'r, str>) -> Cow<'r, str> {
        if self.is_plain || text.is_empty() {
            return text;
        }
        let text = self.cut(text);
        if text.is_empty() {
            return text;
        }
        let mut other_word = None;
        if !self.values.is_empty() {
            self.use_of.values.see();
            other_word = self.values.get(&name_key(&text));
        }
        if other_word.is_some() {
            self.use_of.values.apply();
        }
        match other_word.or(self.if_given.as_ref()) {
            // A word may stand for no value.
            Some(word) => word.as_str().into(),
            None => text,
        }
    }

    /// The options, as mappings name them, that applied to none of the texts so far.
    pub(super) fn in_vain(&self) -> impl Iterator<Item = &'static str> {
        let UseOfSteps { matching, values } = &self.use_of;
        let all = [("match", matching), ("values", values)];
        let idle = all.into_iter().filter(|(_, use_of)| use_of.is_in_vain());
        idle.map(|(option, _)| option)
    }

    fn cut<'r>(&self, mut text: Cow<'r, str>) -> Cow<'r, str> {
        if let Some(expression) = &self.matching {
            if text.len() > LONGEST_MATCHED {
                return Cow::Borrowed("");
            }
            self.use_of.matching.see();
            let found = expression.captures(&text).and_then(|groups| {
                let found = groups.get(1).or_else(|| groups.get(0))?;
                Some(found.as_str().trim().to_owned())
            });
            text = found.unwrap_or_default().into();
            if text.is_empty() {
                return text;
            }
            self.use_of.matching.apply();
        }
        if self.pad > 0
            && let Some(code) = without_decimals(&text)
        {
            text = code.to_owned().into();
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

/// The code that a program has taken for a number: `1067` of `1067.0`.
fn without_decimals(text: &str) -> Option<&str> {
    let code = text.strip_suffix(".0")?;
    let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some(code)
}

/// The text without white space and invisible characters around.
#[inline]
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => text::trimmed(text).into(),
        Cow::Owned(text) => {
            let inner = text::trimmed(&text);
            if inner.len() == text.len() {
                text.into()
            } else {
                inner.to_owned().into()
            }
        }
    }
}
