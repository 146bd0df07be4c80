//! Texts of one attribute that rules spell in two ways.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::PolicyWarning;
use crate::id::AttributeName;
use crate::place::{Place, Placed, Trail};
use crate::rule::{Predicate, Subject, Test};
use crate::text::{fold_text, loose_keys};

/// With how many earlier spellings of a group each is compared, so that the time stays linear.
const COMPARED: usize = 16;

/// The texts that rules compare attributes with.
#[derive(Default)]
pub(super) struct Spellings<'p> {
    /// The number of the rule or group that is being read, from 1.
    rule: usize,
    groups: IndexMap<(&'p AttributeName, String), Group<'p>, FixedState>,
}

/// Texts that differ only in what people take for the same spelling, by the text as it is compared.
type Group<'p> = IndexMap<String, Found<'p>, FixedState>;

/// A text as first written.
struct Found<'p> {
    text: &'p str,
    place: Place,
    /// The rules that have it, in rising order.
    rules: Vec<usize>,
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
            let place = || match texts.len() {
                // A single text is written without a list, so it has no index.
                1 => operator.place(),
                _ => operator.item(index).place(),
            };
            // Of a text such as `-` nothing is left to compare.
            for key in loose_keys(text).filter(|key| !key.is_empty()) {
                let group = self.groups.entry((attribute, key)).or_default();
                let found = group.entry(fold_text(text).into_owned());
                let found = found.or_insert_with(|| Found {
                    text,
                    place: place(),
                    rules: Vec::new(),
                });
                if found.rules.last() != Some(&self.rule) {
                    found.rules.push(self.rule);
                }
            }
        }
    }

    /// Warns about each spelling, where it is first written, that some rule has and another spelling does not
    /// stand beside: whoever wrote a rule with both knows of both.
    pub(super) fn warn(self, warnings: &mut Vec<Placed<PolicyWarning>>) {
        // Two texts with umlauts are together in two groups.
        let mut told = HashSet::new();
        for group in self.groups.values().filter(|group| group.len() > 1) {
            for (found, other) in unlike_earlier(group) {
                let (place, other_place) = (found.place.clone(), other.place.clone());
                if !told.insert((place.clone(), other_place.clone())) {
                    continue;
                }
                let warning = PolicyWarning::TwoSpellings {
                    text: found.text.to_owned(),
                    other: other.text.to_owned(),
                    place: other_place,
                };
                warnings.push(Placed::new(place, warning));
            }
        }
    }
}

/// Each spelling with the first earlier one that no rule has together with it.
fn unlike_earlier<'g, 'p>(group: &'g Group<'p>) -> Vec<(&'g Found<'p>, &'g Found<'p>)> {
    let mut earlier: Vec<(&Found<'_>, HashSet<usize>)> = Vec::new();
    let mut unlike = Vec::new();
    for found in group.values() {
        let is_beside = |rules: &HashSet<usize>| found.rules.iter().any(|it| rules.contains(it));
        let other = earlier.iter().find(|(_, rules)| !is_beside(rules));
        unlike.extend(other.map(|(other, _)| (found, *other)));
        if earlier.len() < COMPARED {
            earlier.push((found, found.rules.iter().copied().collect()));
        }
    }
    unlike
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
