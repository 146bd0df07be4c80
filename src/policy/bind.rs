//! Resolves the names in conditions to codes, and reports every name that refers to nothing.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::RangeInclusive;

use super::bound::{AttributeTest, BoundCondition, BoundTest, TextOperator};
use super::code_ranges::{head_count, joined, ranges};
use super::fault::{PolicyErrors, PolicyFault};
use crate::dimension::{
    AttributeKind, Attributes, Bands, Dimension, Dimensions, Node, Stages, Taxonomy,
};
use crate::limits::MAX_TESTS;
use crate::place::{Placed, Trail};
use crate::rule::{Comparison, Condition, Predicate, Shape, Subject, Test};
use crate::suggestion::Suggester;
use crate::text::fold_text;

/// The values of each dimension; `None` where they have faults. Names in such a dimension are not
/// checked, so that one fault is not reported twice.
#[derive(Debug)]
pub(super) struct KnownValues<'a> {
    pub(super) regions: Option<Cow<'a, Taxonomy>>,
    pub(super) industries: Option<Cow<'a, Taxonomy>>,
    pub(super) product_lines: Option<Cow<'a, Taxonomy>>,
    pub(super) customer_sizes: Option<Cow<'a, Bands>>,
    pub(super) lifecycle_stages: Option<Cow<'a, Stages>>,
    pub(super) funnel_stages: Option<Cow<'a, Stages>>,
    pub(super) attributes: Option<Cow<'a, Attributes>>,
}

impl<'a> KnownValues<'a> {
    fn of(dimensions: &'a Dimensions) -> Self {
        Self {
            regions: Some(Cow::Borrowed(&dimensions.regions)),
            industries: Some(Cow::Borrowed(&dimensions.industries)),
            product_lines: Some(Cow::Borrowed(&dimensions.product_lines)),
            customer_sizes: Some(Cow::Borrowed(&dimensions.customer_sizes)),
            lifecycle_stages: Some(Cow::Borrowed(&dimensions.lifecycle_stages)),
            funnel_stages: Some(Cow::Borrowed(&dimensions.funnel_stages)),
            attributes: Some(Cow::Borrowed(&dimensions.attributes)),
        }
    }
}

/// A condition that stands in no policy, in the codes of these values. Places are those inside the
/// condition.
pub(crate) fn bind_condition(
    condition: &Condition,
    dimensions: &Dimensions,
) -> Result<BoundCondition, PolicyErrors> {
    let known = KnownValues::of(dimensions);
    let mut binder = Binder {
        known: &known,
        faults: Vec::new(),
        suggester: Suggester::default(),
        tests: 0,
    };
    let bound = binder.condition(condition, Trail::Whole);
    if binder.tests > MAX_TESTS {
        let tests = binder.tests;
        binder.fault(Trail::Whole, PolicyFault::TooManyTests { tests });
    }
    if binder.faults.is_empty() {
        Ok(bound)
    } else {
        Err(PolicyErrors(binder.faults))
    }
}

/// Resolves conditions and collects their faults.
pub(super) struct Binder<'a> {
    pub(super) known: &'a KnownValues<'a>,
    pub(super) faults: Vec<Placed<PolicyFault>>,
    pub(super) suggester: Suggester,
    /// Number of tests and values so far.
    pub(super) tests: usize,
}

impl Binder<'_> {
    pub(super) fn fault(&mut self, trail: Trail<'_>, fault: PolicyFault) {
        self.faults.push(Placed::new(trail.place(), fault));
    }

    /// Reports an unknown name, with the closest known one.
    pub(super) fn unknown<'k>(
        &mut self,
        trail: Trail<'_>,
        kind: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let suggestion = self.suggester.among(name, known);
        self.fault(
            trail,
            PolicyFault::Unknown {
                kind,
                name: name.to_owned(),
                suggestion,
            },
        );
    }

    /// The condition with its names resolved. Parts with faults become placeholders of the same
    /// shape.
    pub(super) fn condition(&mut self, condition: &Condition, trail: Trail<'_>) -> BoundCondition {
        match condition.shape() {
            Shape::All { parts, .. } => BoundCondition::All(self.parts(parts, trail.field("all"))),
            Shape::Any { parts, .. } => {
                let trail = trail.field("any");
                if parts.is_empty() {
                    self.fault(trail, PolicyFault::Never);
                }
                BoundCondition::Any(self.parts(parts, trail))
            }
            Shape::Not { part, .. } => {
                BoundCondition::Not(Box::new(self.condition(part, trail.field("not"))))
            }
            Shape::Test(test) => {
                self.tests = self.tests.saturating_add(test.predicate.len());
                let subject = trail.field(test.subject.as_str());
                let trail = subject.field(test.predicate.key());
                BoundCondition::Test(self.test(test, trail))
            }
            Shape::TooDeep => {
                self.fault(trail, PolicyFault::TooDeep { what: "conditions" });
                BoundCondition::All(Vec::new())
            }
            Shape::Unread(unread) => {
                for fault in unread.errors.faults() {
                    self.fault(trail, PolicyFault::Condition(fault.clone()));
                }
                BoundCondition::All(Vec::new())
            }
        }
    }

    fn parts(&mut self, parts: &[Condition], trail: Trail<'_>) -> Vec<BoundCondition> {
        let parts = parts.iter().enumerate();
        parts
            .map(|(index, part)| self.condition(part, trail.item(index)))
            .collect()
    }

    fn test(&mut self, test: &Test, trail: Trail<'_>) -> BoundTest {
        match &test.subject {
            Subject::Dimension(dimension) => match test.predicate {
                Predicate::Missing => BoundTest::DimensionMissing(*dimension),
                Predicate::Unlisted => BoundTest::DimensionUnlisted(*dimension),
                _ => BoundTest::Codes {
                    dimension: *dimension,
                    ranges: joined(self.codes(*dimension, &test.predicate, trail)),
                },
            },
            Subject::Attribute(name) => {
                let nowhere = BoundTest::Attribute {
                    index: 0,
                    test: AttributeTest::Missing,
                };
                let Some(attributes) = &self.known.attributes else {
                    return nowhere;
                };
                let Some((index, kind)) = attributes.find(name.as_str()) else {
                    let dimensions = Dimension::ALL.iter().map(|dimension| dimension.as_str());
                    let names = attributes
                        .iter()
                        .map(|(name, _)| name.as_str())
                        .chain(dimensions);
                    self.unknown(trail, "dimension or attribute", name.as_str(), names);
                    return nowhere;
                };
                let test = self.attribute(name.as_str(), kind, &test.predicate, trail);
                BoundTest::Attribute { index, test }
            }
        }
    }

    /// The codes for which a test of a dimension holds.
    fn codes(
        &mut self,
        dimension: Dimension,
        predicate: &Predicate,
        trail: Trail<'_>,
    ) -> Vec<RangeInclusive<u32>> {
        let known = self.known;
        match dimension {
            Dimension::Region => {
                let names = ("region", "region");
                self.nodes(names, known.regions.as_deref(), predicate, trail)
            }
            Dimension::Industry => {
                let names = ("industry", "industry");
                self.nodes(names, known.industries.as_deref(), predicate, trail)
            }
            Dimension::ProductLine => {
                let names = ("product_line", "product line");
                self.nodes(names, known.product_lines.as_deref(), predicate, trail)
            }
            Dimension::LifecycleStage => {
                let stages = known.lifecycle_stages.as_deref();
                self.stages(
                    ("lifecycle_stage", "lifecycle stage"),
                    stages,
                    predicate,
                    trail,
                )
            }
            Dimension::FunnelStage => {
                let stages = known.funnel_stages.as_deref();
                self.stages(("funnel_stage", "funnel stage"), stages, predicate, trail)
            }
            Dimension::CustomerSize => self.head_counts(predicate, trail),
        }
    }

    fn nodes(
        &mut self,
        (subject, kind): (&'static str, &'static str),
        taxonomy: Option<&Taxonomy>,
        predicate: &Predicate,
        trail: Trail<'_>,
    ) -> Vec<RangeInclusive<u32>> {
        let (names, below) = match predicate {
            Predicate::Within(names) => (names, true),
            Predicate::Is(names) => (names, false),
            _ => {
                let operators = "`in`, `=`, `is missing`, `is unlisted`";
                self.wrong_test(subject, "a taxonomy", predicate, operators, trail);
                return Vec::new();
            }
        };
        let Some(taxonomy) = taxonomy else {
            return Vec::new();
        };
        let find = |name: &str| taxonomy.resolve(name).value.known();
        let known = || taxonomy.spellings();
        let nodes: Vec<Node> = self.names(kind, names, find, known, trail);
        nodes
            .into_iter()
            .filter_map(|node| {
                let range = taxonomy.subtree(node);
                Some(
                    range.start..=if below {
                        range.end.checked_sub(1)?
                    } else {
                        range.start
                    },
                )
            })
            .collect()
    }

    fn stages(
        &mut self,
        (subject, kind): (&'static str, &'static str),
        stages: Option<&Stages>,
        predicate: &Predicate,
        trail: Trail<'_>,
    ) -> Vec<RangeInclusive<u32>> {
        let comparison = match predicate {
            Predicate::Is(names) => Comparison::Is(names.clone()),
            Predicate::Stage(comparison) => comparison.clone(),
            _ => {
                let operators =
                    "`=`, `in`, `<`, `<=`, `>`, `>=`, `between`, `is missing`, `is unlisted`";
                self.wrong_test(
                    subject,
                    "an ordered list of stages",
                    predicate,
                    operators,
                    trail,
                );
                return Vec::new();
            }
        };
        let Some(stages) = stages else {
            return Vec::new();
        };
        let find = |name: &str| stages.resolve(name).value.known().map(|stage| stage.0);
        if let Comparison::Is(names) = &comparison {
            let positions = self.names(kind, names, find, || stages.spellings(), trail);
            return positions
                .into_iter()
                .map(|position| position..=position)
                .collect();
        }
        let positions = comparison.try_map(|name| {
            let position = find(name);
            if position.is_none() {
                self.unknown(trail, kind, name, stages.spellings());
            }
            position
        });
        let Some(positions) = positions else {
            return Vec::new();
        };
        if self.is_reversed(&positions, &comparison, trail) {
            return Vec::new();
        }
        ranges(&positions)
    }

    fn head_counts(&mut self, predicate: &Predicate, trail: Trail<'_>) -> Vec<RangeInclusive<u32>> {
        let known = self.known;
        match predicate {
            Predicate::Band(names) => {
                let Some(bands) = &known.customer_sizes else {
                    return Vec::new();
                };
                self.names(
                    "band",
                    names,
                    |name| bands.range(name),
                    || bands.names(),
                    trail,
                )
            }
            Predicate::Number(comparison) => {
                if matches!(comparison, Comparison::Is(values) if values.is_empty()) {
                    self.fault(trail, PolicyFault::EmptyList);
                }
                let head_counts = comparison.try_map(|number| {
                    let head_count = head_count(*number);
                    if head_count.is_none() {
                        let number = number.to_string();
                        self.fault(trail, PolicyFault::NotAHeadCount { number });
                    }
                    head_count
                });
                let Some(head_counts) = head_counts else {
                    return Vec::new();
                };
                if self.is_reversed(&head_counts, &head_counts, trail) {
                    return Vec::new();
                }
                ranges(&head_counts)
            }
            _ => {
                let operators = "`=`, `<`, `<=`, `>`, `>=`, `between`, `in` (also of a band), \
                                 `is missing`, `is unlisted`";
                self.wrong_test("customer_size", "a head count", predicate, operators, trail);
                Vec::new()
            }
        }
    }

    fn attribute(
        &mut self,
        name: &str,
        kind: AttributeKind,
        predicate: &Predicate,
        trail: Trail<'_>,
    ) -> AttributeTest {
        let text = |binder: &mut Self, operator, texts: &[Box<str>]| AttributeTest::Text {
            operator,
            texts: binder.texts(texts, trail),
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

    /// Resolves names; reports each unknown one.
    fn names<'k, T, I: IntoIterator<Item = &'k str>>(
        &mut self,
        kind: &'static str,
        names: &[Box<str>],
        find: impl Fn(&str) -> Option<T>,
        known: impl Fn() -> I,
        trail: Trail<'_>,
    ) -> Vec<T> {
        if names.is_empty() {
            self.fault(trail, PolicyFault::EmptyList);
        }
        let mut found = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            match find(name) {
                Some(value) => found.push(value),
                // A single name is written without a list, so it has no index.
                None if names.len() == 1 => self.unknown(trail, kind, name, known()),
                None => self.unknown(trail.item(index), kind, name, known()),
            }
        }
        found
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

    /// Whether a range ends before it begins; `written` are its values as the policy writes them.
    fn is_reversed<T: Ord, W: Display>(
        &mut self,
        comparison: &Comparison<T>,
        written: &Comparison<W>,
        trail: Trail<'_>,
    ) -> bool {
        if let (Comparison::Between(from, to), Comparison::Between(first, last)) =
            (comparison, written)
            && from > to
        {
            let (from, to) = (first.to_string(), last.to_string());
            self.fault(trail, PolicyFault::ReversedRange { from, to });
            return true;
        }
        false
    }

    fn wrong_test(
        &mut self,
        subject: &str,
        kind: &'static str,
        predicate: &Predicate,
        operators: &'static str,
        trail: Trail<'_>,
    ) {
        let subject = subject.to_owned();
        let operator = predicate.sign();
        // The subject does have this operator, so it is the value that does not fit.
        let wrong_value = operators.contains(&format!("`{operator}`"));
        let fault = if wrong_value {
            PolicyFault::WrongValue {
                subject,
                kind,
                operators,
            }
        } else {
            PolicyFault::WrongTest {
                subject,
                kind,
                operator,
                operators,
            }
        };
        self.fault(trail, fault);
    }
}
