//! Warnings of conditions: what no lead can meet, branches of an `or` that another branch covers, and
//! names and texts that are written in another way.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::fmt::{self, Write};
use std::rc::Rc;

use foldhash::fast::FixedState;

use super::spellings::Spellings;
use super::{PolicyWarning, aliases, texts};
use crate::dimension::Dimension;
use crate::place::{Placed, Trail};
use crate::policy::{Policy, ResolvedCondition, ResolvedEntry, ResolvedTest};
use crate::rule::{Condition, Entry, Shape};
use crate::space::{CaseFinder, Cases, covered};

/// Up to this many branches of an `or` are compared pairwise.
const MAX_COMPARED_BRANCHES: usize = 32;
/// Longer conditions are truncated in messages.
const MAX_SHOWN_CHARACTERS: usize = 200;

pub(super) fn warnings(policy: &Policy) -> Vec<Placed<PolicyWarning>> {
    let mut finder = Finder {
        policy,
        book: LazyCell::new(Box::new(|| {
            CaseFinder::of(policy.entries(), policy.dimensions())
        })),
        spellings: Spellings::default(),
        warnings: Vec::new(),
    };
    let whole = Trail::Whole;
    let rules = whole.field("rules");
    if policy.rules().is_empty() {
        finder.warn(rules, PolicyWarning::NoRules);
    }
    finder.entries(policy.rules(), policy.entries(), &[], whole.field("rules"));
    let Finder {
        spellings,
        mut warnings,
        ..
    } = finder;
    spellings.warn(&mut warnings);
    warnings
}

struct Finder<'a> {
    policy: &'a Policy,
    /// Built on first use: most policies never need it.
    book: LazyCell<CaseFinder, Box<dyn FnOnce() -> CaseFinder + 'a>>,
    spellings: Spellings<'a>,
    warnings: Vec<Placed<PolicyWarning>>,
}

impl<'a> Finder<'a> {
    fn warn(&mut self, trail: Trail<'_>, warning: PolicyWarning) {
        self.warnings.push(Placed::new(trail.place(), warning));
    }

    /// `around` holds the conditions of the enclosing groups, all of which must hold.
    fn entries(
        &mut self,
        entries: &'a [Entry],
        bound: &[ResolvedEntry],
        around: &[Rc<Cases>],
        trail: Trail<'_>,
    ) {
        for (index, (entry, bound)) in entries.iter().zip(bound).enumerate() {
            let trail = trail.item(index);
            let (condition, when) = match (entry, bound) {
                (Entry::Rule(rule), ResolvedEntry::Rule { when, .. }) => (&rule.when, when),
                (Entry::Group(group), ResolvedEntry::Group { when, .. }) => (&group.when, when),
                _ => continue,
            };
            let can_hold = self.whole(condition, when, around, trail);
            if let (Entry::Group(group), ResolvedEntry::Group { entries, .. }) = (entry, bound) {
                // Rules in a group that no lead can meet are checked by themselves, so that the
                // group is reported once.
                let around = if can_hold {
                    inside(around, self.book.cases(when, false))
                } else {
                    Vec::new()
                };
                self.entries(&group.rules, entries, &around, trail.field("rules"));
            }
        }
    }

    /// Checks the condition of a rule or group; returns whether it can hold there.
    fn whole(
        &mut self,
        condition: &'a Condition,
        bound: &ResolvedCondition,
        around: &[Rc<Cases>],
        trail: Trail<'_>,
    ) -> bool {
        let trail = trail.field("when");
        self.spellings.begin_rule();
        if self.part(condition, bound, trail) {
            return false;
        }
        if around.is_empty() {
            return true;
        }
        let own = self.book.cases(bound, false);
        let is_never = around.iter().any(|around| around.exclude(&own));
        if is_never {
            let condition = truncated(condition);
            self.warn(trail, PolicyWarning::NeverInGroup { condition });
        }
        !is_never
    }

    /// Checks a condition and its parts; returns whether it can never hold.
    fn part(
        &mut self,
        condition: &'a Condition,
        bound: &ResolvedCondition,
        trail: Trail<'_>,
    ) -> bool {
        let warned = self.warnings.len();
        let never = match (condition.shape(), bound) {
            (Shape::All { parts, .. }, ResolvedCondition::All(bound)) => {
                let trail = trail.field("all");
                // `fold`, since `any` would stop at the first: every part must be checked.
                let never = parts.iter().zip(bound).enumerate();
                never.fold(false, |never, (index, (part, bound))| {
                    self.part(part, bound, trail.item(index)) || never
                })
            }
            (Shape::Any { parts, .. }, ResolvedCondition::Any(bound)) => {
                let trail = trail.field("any");
                let never: Vec<bool> = parts
                    .iter()
                    .zip(bound)
                    .enumerate()
                    .map(|(index, (part, bound))| self.part(part, bound, trail.item(index)))
                    .collect();
                self.covered(parts, bound, &never, trail);
                never.iter().all(|&never| never)
            }
            (Shape::Not { part, .. }, ResolvedCondition::Not(bound)) => {
                self.part(part, bound, trail.field("not"));
                false
            }
            (Shape::Test(test), _) => {
                let dimensions = self.policy.dimensions();
                aliases::warn(test, trail, dimensions, &mut self.warnings);
                self.spellings.note(test, trail);
                texts::warn(test, trail, &mut self.warnings);
                false
            }
            _ => false,
        };
        if never {
            return true;
        }
        let never = self.is_never(bound);
        if never {
            let condition = truncated(condition);
            let warning = Placed::new(trail.place(), PolicyWarning::NeverHolds { condition });
            // Goes before the warnings about its parts.
            self.warnings.insert(warned, warning);
        }
        never
    }

    /// Warns about covered branches. Of two equal branches, the later one counts as covered.
    fn covered(
        &mut self,
        parts: &[Condition],
        bound: &[ResolvedCondition],
        never: &[bool],
        trail: Trail<'_>,
    ) {
        let cases = |negated| -> Vec<Cases> {
            let bound = bound.iter();
            bound.map(|part| self.book.cases(part, negated)).collect()
        };
        let branches = cases(false);
        if parts.len() > MAX_COMPARED_BRANCHES {
            let covered = covered(&branches);
            for (index, by) in covered.into_iter().enumerate() {
                self.warn_covered(parts, index, by, trail);
            }
            return;
        }
        // A branch is covered if no lead meets it without meeting the other.
        let outsides = cases(true);
        let mut gone = vec![false; parts.len()];
        // Backwards, so that the first of equal branches stays.
        for index in (0..parts.len()).rev() {
            let (Some(branch), Some(false)) = (branches.get(index), never.get(index)) else {
                continue;
            };
            let by = outsides.iter().enumerate().find(|&(other, outside)| {
                let stays = other != index && !gone[other] && !never[other];
                stays && branch.exclude(outside)
            });
            gone[index] = by.is_some();
            self.warn_covered(parts, index, by.map(|(by, _)| by), trail);
        }
    }

    fn warn_covered(
        &mut self,
        parts: &[Condition],
        branch: usize,
        by: Option<usize>,
        trail: Trail<'_>,
    ) {
        let by = by.and_then(|by| parts.get(by));
        if let (Some(part), Some(by)) = (parts.get(branch), by) {
            let (covered, by) = (truncated(part), truncated(by));
            let warning = PolicyWarning::Covered {
                branch: covered,
                by,
            };
            self.warn(trail.item(branch), warning);
        }
    }

    /// Whether the condition can never hold. A condition that tests nothing twice can hold, unless
    /// one of its tests is empty.
    fn is_never(&self, condition: &ResolvedCondition) -> bool {
        let mut asked = HashSet::default();
        is_suspect(condition, &mut asked) && self.book.cases(condition, false).are_none()
    }
}

/// The conditions of the enclosing groups, with one more group inside them.
fn inside(around: &[Rc<Cases>], own: Cases) -> Vec<Rc<Cases>> {
    let (last, others) = match around.split_last() {
        Some((last, others)) => (Some(last), others),
        None => (None, around),
    };
    let joined = last.and_then(|last| last.joined(&own));
    let others = if joined.is_some() { others } else { around };
    let innermost = Rc::new(joined.unwrap_or(own));
    others.iter().cloned().chain([innermost]).collect()
}

/// Whether a dimension or attribute is tested twice, or a test is empty.
fn is_suspect(condition: &ResolvedCondition, asked: &mut HashSet<TestSubject, FixedState>) -> bool {
    match condition {
        ResolvedCondition::All(parts) | ResolvedCondition::Any(parts) => {
            parts.is_empty() || parts.iter().any(|part| is_suspect(part, asked))
        }
        ResolvedCondition::Not(part) => is_suspect(part, asked),
        ResolvedCondition::Test(test) => {
            let subject = match test {
                ResolvedTest::Codes { ranges, .. } if ranges.is_empty() => return true,
                ResolvedTest::Codes { dimension, .. }
                | ResolvedTest::DimensionMissing(dimension)
                | ResolvedTest::DimensionUnlisted(dimension) => TestSubject::Dimension(*dimension),
                ResolvedTest::Attribute { index, .. } => TestSubject::Attribute(*index),
            };
            !asked.insert(subject)
        }
    }
}

#[derive(PartialEq, Eq, Hash)]
enum TestSubject {
    Dimension(Dimension),
    Attribute(usize),
}

fn truncated(condition: &Condition) -> String {
    let mut cut = Truncated::default();
    if write!(cut, "{condition}").is_err() {
        cut.text.push('…');
    }
    cut.text
}

/// A text that is cut off after [`MAX_SHOWN_CHARACTERS`].
#[derive(Default)]
struct Truncated {
    text: String,
    characters: usize,
}

impl fmt::Write for Truncated {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            if self.characters == MAX_SHOWN_CHARACTERS {
                return Err(fmt::Error);
            }
            self.characters += 1;
            self.text.push(character);
        }
        Ok(())
    }
}
