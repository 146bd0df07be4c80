//! Conditions: tests of a lead, combined with and, or, not.

use std::ops::{BitAnd, BitOr, Not};

use super::errors::ConditionErrors;
use super::predicate::{Predicate, Test};
use super::subject::Subject;
use crate::limits::MAX_NESTING;

/// A condition on leads: tests combined with `&`, `|` and `!`.
///
/// A condition denotes a set of leads; `&`, `|` and `!` are intersection, union and complement, and all
/// laws of sets hold without exception.
///
/// A test matches missing and unlisted values only if it is a test for exactly that (`is_missing`,
/// `is_unlisted`). Hence `!region().within("cn")` matches a lead without a region.
///
/// Nested `&` and `|` are flattened and double negations removed, so a condition does not depend on how
/// it was put together. `Display` writes the [text form](crate::guide::condition_text); parsing that
/// text gives an equal condition.
///
/// ```
/// use leadtree::rule::{customer_size, industry, region, tags};
///
/// let condition = region().within("cn/east")
///     & (industry().within_any(["manufacturing", "energy"]) & customer_size().at_least(1000))
///     & !tags("tags").contains_any(["competitor"]);
/// assert_eq!(
///     condition.to_string(),
///     "region in cn/east and industry in (manufacturing, energy) and customer_size >= 1000 \
///      and not tags contains any of (competitor)",
/// );
/// assert_eq!(!!condition.clone(), condition);
/// ```
///
/// Dimensions cannot be mixed up. This compiles:
///
/// ```
/// use leadtree::lead::Region;
/// use leadtree::rule::{funnel_stage, region};
///
/// let _ = region().within(Region::from("cn"));
/// let _ = funnel_stage().at_least("proposal");
/// ```
///
/// An industry is not a region:
///
/// ```compile_fail,E0277
/// use leadtree::lead::Industry;
/// use leadtree::rule::region;
///
/// let _ = region().within(Industry::from("energy"));
/// ```
///
/// Regions have no order:
///
/// ```compile_fail,E0599
/// use leadtree::rule::region;
///
/// let _ = region().at_least("cn");
/// ```
///
/// A head count is not a text:
///
/// ```compile_fail,E0308
/// use leadtree::rule::customer_size;
///
/// let _ = customer_size().at_least("small");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(Shape);

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// Every part holds; without parts, always true.
    All {
        parts: Vec<Condition>,
        depth: usize,
    },
    /// At least one part holds; without parts, never true.
    Any {
        parts: Vec<Condition>,
        depth: usize,
    },
    Not {
        part: Box<Condition>,
        depth: usize,
    },
    Test(Test),
    /// Replaces a condition that is nested too deeply; a policy with it is refused.
    TooDeep,
    /// Replaces a text that could not be parsed; a policy with it is refused, and its faults reported.
    Unread(Box<Unread>),
}

/// A text that could not be parsed as a condition, and its faults.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unread {
    pub(crate) text: Box<str>,
    pub(crate) errors: ConditionErrors,
}

/// Matches leads that meet every one of the conditions. Without conditions, matches every lead.
pub fn all(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    let mut parts = Vec::new();
    for condition in conditions {
        match condition.0 {
            Shape::All { parts: inner, .. } => parts.extend(inner),
            shape => parts.push(Condition(shape)),
        }
    }
    combined(parts, |parts, depth| Shape::All { parts, depth })
}

/// Matches leads that meet at least one of the conditions. A policy refuses an empty list.
pub fn any(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    let mut parts = Vec::new();
    for condition in conditions {
        match condition.0 {
            Shape::Any { parts: inner, .. } => parts.extend(inner),
            shape => parts.push(Condition(shape)),
        }
    }
    combined(parts, |parts, depth| Shape::Any { parts, depth })
}

/// Matches leads that do not meet the condition.
pub fn not(condition: Condition) -> Condition {
    !condition
}

fn combined(
    mut parts: Vec<Condition>,
    shape: impl FnOnce(Vec<Condition>, usize) -> Shape,
) -> Condition {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    let depth = parts.iter().map(Condition::depth).max().unwrap_or(0) + 1;
    Condition::bounded(depth, |depth| shape(parts, depth))
}

impl Condition {
    /// The condition that every lead meets.
    pub fn always() -> Self {
        all([])
    }

    /// The condition that no lead meets. A policy refuses it.
    pub(crate) fn never() -> Self {
        any([])
    }

    pub(crate) fn test(subject: Subject, predicate: Predicate) -> Self {
        Self(Shape::Test(Test::new(subject, predicate)))
    }

    /// A placeholder for a text that could not be parsed.
    pub(super) fn keep_unread(text: &str, errors: ConditionErrors) -> Self {
        let text = Box::from(text);
        Self(Shape::Unread(Box::new(Unread { text, errors })))
    }

    /// The faults of the first text in it that could not be parsed.
    pub(crate) fn unread(&self) -> Option<&ConditionErrors> {
        match &self.0 {
            Shape::All { parts, .. } | Shape::Any { parts, .. } => {
                parts.iter().find_map(Self::unread)
            }
            Shape::Not { part, .. } => part.unread(),
            Shape::Unread(unread) => Some(&unread.errors),
            Shape::Test(_) | Shape::TooDeep => None,
        }
    }

    pub(crate) fn shape(&self) -> &Shape {
        &self.0
    }

    pub(crate) fn is_always(&self) -> bool {
        matches!(&self.0, Shape::All { parts, .. } if parts.is_empty())
    }

    /// Whether it is an `all` or `any` of several parts.
    pub(super) fn is_combined(&self) -> bool {
        match &self.0 {
            Shape::All { parts, .. } | Shape::Any { parts, .. } => !parts.is_empty(),
            _ => false,
        }
    }

    /// Bounds the nesting, so that every recursion over a condition is bounded, including its drop.
    fn bounded(depth: usize, shape: impl FnOnce(usize) -> Shape) -> Self {
        Self(if depth > MAX_NESTING {
            Shape::TooDeep
        } else {
            shape(depth)
        })
    }

    fn depth(&self) -> usize {
        match &self.0 {
            Shape::All { depth, .. } | Shape::Any { depth, .. } | Shape::Not { depth, .. } => {
                *depth
            }
            Shape::Test(_) | Shape::Unread(_) => 1,
            Shape::TooDeep => MAX_NESTING,
        }
    }
}

impl Default for Condition {
    fn default() -> Self {
        Self::always()
    }
}

impl BitAnd for Condition {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        all([self, other])
    }
}

impl BitOr for Condition {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        any([self, other])
    }
}

impl Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        match self.0 {
            Shape::Not { part, .. } => *part,
            shape => {
                let part = Self(shape);
                let depth = part.depth() + 1;
                Self::bounded(depth, |depth| Shape::Not {
                    part: Box::new(part),
                    depth,
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::{customer_size, industry, region};
    use super::*;

    #[test]
    fn equal_conditions_have_one_shape() {
        let [a, b, c] = [
            region().within("a"),
            industry().is("b"),
            customer_size().at_least(1),
        ];
        let flat = all([a.clone(), b.clone(), c.clone()]);
        assert_eq!((a.clone() & b.clone()) & c.clone(), flat);
        assert_eq!(a.clone() & (b.clone() & c.clone()), flat);
        assert_eq!(all([flat.clone()]), flat);
        assert_eq!(flat.clone() & Condition::always(), flat);
        assert_eq!(not(not(flat.clone())), flat);
        assert_eq!(
            any([any([a.clone(), b.clone()]), c.clone()]),
            any([a, b, c])
        );
    }

    #[test]
    fn nesting_is_bounded() {
        let mut condition = region().within("a");
        for step in 0..100_000 {
            condition = if step % 2 == 0 {
                condition & industry().is("b")
            } else {
                !(condition | industry().is("c"))
            };
        }
        assert_eq!(condition.shape(), &Shape::TooDeep);
    }
}
