//! Resolves the names in conditions to codes, and reports every name that refers to nothing.

use std::fmt::Display;

use super::code_ranges::joined;
use super::known_values::KnownValues;
use crate::dimension::{Dimension, Dimensions};
use crate::limits::MAX_TESTS;
use crate::place::{Placed, Trail};
use crate::policy::errors::{PolicyErrors, PolicyFault};
use crate::policy::resolved_rules::{AttributeTest, ResolvedCondition, ResolvedTest};
use crate::rule::{Comparison, Condition, Predicate, Shape, Subject, Test};
use crate::suggestion::Suggester;

/// Resolves a condition that is not part of a policy. Places of faults are relative to the condition.
pub(crate) fn resolve_condition(
    condition: &Condition,
    dimensions: &Dimensions,
) -> Result<ResolvedCondition, PolicyErrors> {
    let known = KnownValues::of(dimensions);
    let mut resolver = Resolver {
        known: &known,
        faults: Vec::new(),
        suggester: Suggester::default(),
        tests: 0,
    };
    let resolved = resolver.condition(condition, Trail::Whole);
    if resolver.tests > MAX_TESTS {
        let tests = resolver.tests;
        resolver.fault(Trail::Whole, PolicyFault::TooManyTests { tests });
    }
    if resolver.faults.is_empty() {
        Ok(resolved)
    } else {
        Err(PolicyErrors(resolver.faults))
    }
}

/// Resolves conditions and collects their faults.
pub(in crate::policy) struct Resolver<'a> {
    pub(in crate::policy) known: &'a KnownValues<'a>,
    pub(in crate::policy) faults: Vec<Placed<PolicyFault>>,
    pub(in crate::policy) suggester: Suggester,
    /// Number of tests and values so far.
    pub(in crate::policy) tests: usize,
}

impl Resolver<'_> {
    pub(in crate::policy) fn fault(&mut self, trail: Trail<'_>, fault: PolicyFault) {
        self.faults.push(Placed::new(trail.place(), fault));
    }

    /// Reports an unknown name, with the closest known one.
    pub(in crate::policy) fn unknown<'k>(
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

    /// Reports a name that is neither that of a dimension nor that of an attribute.
    pub(super) fn unknown_field(&mut self, name: &str, trail: Trail<'_>) {
        let attributes = self.known.attributes.iter().flat_map(|it| it.iter());
        let attributes = attributes.map(|(name, _)| name.as_str());
        let dimensions = Dimension::ALL.iter().map(|dimension| dimension.as_str());
        self.unknown(
            trail,
            "dimension or attribute",
            name,
            attributes.chain(dimensions),
        );
    }

    /// The condition with its names resolved. Parts with faults become placeholders of the same
    /// shape.
    pub(in crate::policy) fn condition(
        &mut self,
        condition: &Condition,
        trail: Trail<'_>,
    ) -> ResolvedCondition {
        match condition.shape() {
            Shape::All { parts, .. } => {
                ResolvedCondition::All(self.parts(parts, trail.field("all")))
            }
            Shape::Any { parts, .. } => {
                let trail = trail.field("any");
                if parts.is_empty() {
                    self.fault(trail, PolicyFault::Never);
                }
                ResolvedCondition::Any(self.parts(parts, trail))
            }
            Shape::Not { part, .. } => {
                ResolvedCondition::Not(Box::new(self.condition(part, trail.field("not"))))
            }
            Shape::Test(test) => {
                self.tests = self.tests.saturating_add(test.predicate.len());
                let subject = trail.field(test.subject.as_str());
                let trail = subject.field(test.predicate.key());
                ResolvedCondition::Test(self.test(test, trail))
            }
            Shape::TooDeep => {
                self.fault(trail, PolicyFault::TooDeep { what: "conditions" });
                ResolvedCondition::All(Vec::new())
            }
            Shape::Unread(unread) => {
                for fault in unread.errors.faults() {
                    self.fault(trail, PolicyFault::Condition(fault.clone()));
                }
                ResolvedCondition::All(Vec::new())
            }
        }
    }

    fn parts(&mut self, parts: &[Condition], trail: Trail<'_>) -> Vec<ResolvedCondition> {
        let parts = parts.iter().enumerate();
        parts
            .map(|(index, part)| self.condition(part, trail.item(index)))
            .collect()
    }

    fn test(&mut self, test: &Test, trail: Trail<'_>) -> ResolvedTest {
        match &test.subject {
            Subject::Dimension(dimension) => match test.predicate {
                Predicate::Missing => ResolvedTest::DimensionMissing(*dimension),
                Predicate::Unlisted => ResolvedTest::DimensionUnlisted(*dimension),
                _ => ResolvedTest::Codes {
                    dimension: *dimension,
                    ranges: joined(self.codes(*dimension, &test.predicate, trail)),
                },
            },
            Subject::Attribute(name) => {
                let nowhere = ResolvedTest::Attribute {
                    index: 0,
                    test: AttributeTest::Missing,
                };
                let Some(attributes) = &self.known.attributes else {
                    return nowhere;
                };
                let Some((index, kind)) = attributes.find(name.as_str()) else {
                    self.unknown_field(name.as_str(), trail);
                    return nowhere;
                };
                let test = self.attribute(name.as_str(), kind, &test.predicate, trail);
                ResolvedTest::Attribute { index, test }
            }
        }
    }

    /// Whether a range ends before it begins; `written` are its values as the policy writes them.
    pub(super) fn is_reversed<T: Ord, W: Display>(
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

    pub(super) fn wrong_test(
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
