//! Resolves tests of attributes: checks their values, and folds texts for comparison.

use std::fmt::Display;

use super::resolver::Resolver;
use crate::dimension::AttributeKind;
use crate::place::Trail;
use crate::policy::errors::PolicyFault;
use crate::policy::resolved_rules::{AttributeTest, TextOperator};
use crate::rule::{Comparison, Predicate};
use crate::text::fold_text;

impl Resolver<'_> {
    pub(super) fn attribute(
        &mut self,
        name: &str,
        kind: AttributeKind,
        predicate: &Predicate,
        trail: Trail<'_>,
    ) -> AttributeTest {
        let text = |resolver: &mut Self, operator, texts: &[Box<str>]| AttributeTest::Text {
            operator,
            texts: resolver.texts(texts, trail),
        };
        match (kind, predicate) {
            (_, Predicate::Missing) => AttributeTest::Missing,
            (_, Predicate::Unlisted) => AttributeTest::Unlisted,
            (AttributeKind::Text, Predicate::Is(texts)) => text(self, TextOperator::Is, texts),
            (AttributeKind::Text, Predicate::Contains(texts)) => {
                text(self, TextOperator::Contains, texts)
            }
            (AttributeKind::Text, Predicate::StartsWith(texts)) => {
                text(self, TextOperator::StartsWith, texts)
            }
            (AttributeKind::Text, Predicate::EndsWith(texts)) => {
                text(self, TextOperator::EndsWith, texts)
            }
            (AttributeKind::Number, Predicate::Number(comparison)) => {
                self.check_comparison(comparison, trail);
                AttributeTest::Number(comparison.clone())
            }
            (AttributeKind::Date, Predicate::Date(comparison)) => {
                self.check_comparison(comparison, trail);
                AttributeTest::Date(comparison.clone())
            }
            (AttributeKind::Flag, Predicate::Flag(flag)) => AttributeTest::Flag(*flag),
            (AttributeKind::Tags, Predicate::ContainsAny(tags)) => AttributeTest::Tags {
                all: false,
                tags: self.texts(tags, trail),
            },
            (AttributeKind::Tags, Predicate::ContainsAll(tags)) => AttributeTest::Tags {
                all: true,
                tags: self.texts(tags, trail),
            },
            // An empty list fits any kind.
            (AttributeKind::Number | AttributeKind::Date, Predicate::Is(texts))
                if texts.is_empty() =>
            {
                self.fault(trail, PolicyFault::EmptyList);
                AttributeTest::Missing
            }
            _ => {
                let (kind, operators) = match kind {
                    AttributeKind::Text => (
                        "a text",
                        "`=`, `in`, `contains`, `starts with`, `ends with`, `is missing`, \
                         `is unlisted`",
                    ),
                    AttributeKind::Number => (
                        "a number",
                        "`=`, `in`, `<`, `<=`, `>`, `>=`, `between`, `is missing`, `is unlisted`",
                    ),
                    AttributeKind::Flag => {
                        ("a flag", "`=` (true or false), `is missing`, `is unlisted`")
                    }
                    AttributeKind::Tags => (
                        "a set of tags",
                        "`contains any of`, `contains all of`, `is missing`, `is unlisted`",
                    ),
                    AttributeKind::Date => (
                        "a date",
                        "`=` (2026-03-31, without quotes; `on` in the structured form), `in`, \
                         `<`, `<=`, `>`, `>=`, `between`, `is missing`, `is unlisted`",
                    ),
                };
                self.wrong_test(name, kind, predicate, operators, trail);
                AttributeTest::Missing
            }
        }
    }

    /// The texts folded for comparison, sorted, without duplicates.
    fn texts(&mut self, texts: &[Box<str>], trail: Trail<'_>) -> Vec<Box<str>> {
        if texts.is_empty() {
            self.fault(trail, PolicyFault::EmptyList);
        }
        let mut folded: Vec<Box<str>> = Vec::with_capacity(texts.len());
        for (index, text) in texts.iter().enumerate() {
            let text = fold_text(text);
            if text.is_empty() {
                let single = texts.len() == 1;
                let item = trail.item(index);
                // A single text is written without a list, so it has no index.
                self.fault(if single { trail } else { item }, PolicyFault::EmptyText);
            }
            folded.push(text.into());
        }
        folded.sort_unstable();
        folded.dedup();
        folded
    }

    fn check_comparison<T: Ord + Display>(&mut self, comparison: &Comparison<T>, trail: Trail<'_>) {
        if matches!(comparison, Comparison::Is(values) if values.is_empty()) {
            self.fault(trail, PolicyFault::EmptyList);
        }
        self.is_reversed(comparison, comparison, trail);
    }
}
