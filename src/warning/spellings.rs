//! Texts of one attribute that rules spell in two ways.

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::PolicyWarning;
use crate::id::AttributeName;
use crate::place::{Place, Placed, Trail};
use crate::rule::{Predicate, Subject, Test};
use crate::text::{fold_text, loose_key};

/// The texts that rules compare attributes with.
#[derive(Default)]
pub(super) struct Spellings<'p> {
    /// The number of the rule or group that is being read, from 1.
    rule: usize,
    groups: IndexMap<(&'p AttributeName, String), Group<'p>, FixedState>,
}

/// Texts that differ only in what people take for the same spelling.
#[derive(Default)]
struct Group<'p> {
    /// By the text as it is compared.
    texts: IndexMap<String, Found<'p>, FixedState>,
    /// The rule that has the last of them; 0 before any.
    last: usize,
    /// The position of that text.
    last_text: usize,
    /// Whether one rule has two of them: whoever wrote it knows of both.
    are_meant: bool,
}

/// A text as first written.
struct Found<'p> {
    text: &'p str,
    place: Place,
}

impl<'p> Spellings<'p> {
    /// The tests that follow are those of another rule or group.
    pub(super) fn begin_rule(&mut self) {
        self.rule += 1;
    }

    /// Notes the texts that an attribute, or one of its tags, must equal.
    pub(super) fn note(&mut self, test: &'p Test, trail: Trail<'_>) {
        let (Subject::Attribute(attribute), Some(texts)) = (&test.subject, texts(&test.predicate))
        else {
            return;
        };
        let subject = trail.field(attribute.as_str());
        let operator = subject.field(test.predicate.key());
        for (index, text) in texts.iter().enumerate() {
            let key = loose_key(text);
            // Of a text such as `-` nothing is left to compare.
            if key.is_empty() {
                continue;
            }
            let group = self.groups.entry((attribute, key)).or_default();
            let place = || match texts.len() {
                // A single text is written without a list, so it has no index.
                1 => operator.place(),
                _ => operator.item(index).place(),
            };
            group.note(text, self.rule, place);
        }
    }

    /// Warns about each spelling but the first, where it is first written.
    pub(super) fn warn(self, warnings: &mut Vec<Placed<PolicyWarning>>) {
        for group in self.groups.into_values().filter(|group| !group.are_meant) {
            let mut found = group.texts.into_values();
            let Some(first) = found.next() else {
                continue;
            };
            for Found { text, place } in found {
                let warning = PolicyWarning::TwoSpellings {
                    text: text.to_owned(),
                    other: first.text.to_owned(),
                    place: first.place.clone(),
                };
                warnings.push(Placed::new(place, warning));
            }
        }
    }
}

impl<'p> Group<'p> {
    fn note(&mut self, text: &'p str, rule: usize, place: impl FnOnce() -> Place) {
        let entry = self.texts.entry(fold_text(text).into_owned());
        let position = entry.index();
        entry.or_insert_with(|| Found {
            text,
            place: place(),
        });
        self.are_meant |= self.last == rule && self.last_text != position;
        (self.last, self.last_text) = (rule, position);
    }
}

/// The texts of a test that holds for equal texts only.
fn texts(predicate: &Predicate) -> Option<&[Box<str>]> {
    match predicate {
        Predicate::Is(texts) | Predicate::ContainsAny(texts) | Predicate::ContainsAll(texts) => {
            Some(texts)
        }
        _ => None,
    }
}
