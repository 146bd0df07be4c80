//! Conditions that can never hold, and branches that others cover.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::{PolicyWarning, aliases};
use crate::dimension::Dimension;
use crate::place::{Placed, Trail};
use crate::policy::{BoundCondition, BoundEntry, BoundTest, Policy};
use crate::rule::{Condition, Entry, Shape};
use crate::tree::never_holds;

/// Branches of an `or` are compared one by one up to so many.
const MOST_BRANCHES: usize = 32;
/// Longer conditions are told cut.
const LONGEST: usize = 200;

pub(super) fn warnings(policy: &Policy) -> Vec<Placed<PolicyWarning>> {
    let mut finder = Finder {
        policy,
        warnings: Vec::new(),
    };
    let rules = Trail::Whole;
    finder.entries(policy.rules(), policy.entries(), &[], rules.field("rules"));
    finder.warnings
}

struct Finder<'a> {
    policy: &'a Policy,
    warnings: Vec<Placed<PolicyWarning>>,
}

impl Finder<'_> {
    fn warn(&mut self, trail: Trail<'_>, warning: PolicyWarning) {
        self.warnings.push(Placed::new(trail.place(), warning));
    }

    /// `around` are the conditions of the groups around the entries.
    fn entries(
        &mut self,
        entries: &[Entry],
        bound: &[BoundEntry],
        around: &[&BoundCondition],
        trail: Trail<'_>,
    ) {
        for (index, (entry, bound)) in entries.iter().zip(bound).enumerate() {
            let trail = trail.item(index);
            let (condition, when) = match (entry, bound) {
                (Entry::Rule(rule), BoundEntry::Rule { when, .. }) => (&rule.when, when),
                (Entry::Group(group), BoundEntry::Group { when, .. }) => (&group.when, when),
                _ => continue,
            };
            let can_hold = self.whole(condition, when, around, trail);
            if let (Entry::Group(group), BoundEntry::Group { entries, .. }) = (entry, bound) {
                // Of rules in a group that nothing reaches, only what they say themselves is told.
                let around: Vec<&BoundCondition> = if can_hold {
                    around.iter().copied().chain([when]).collect()
                } else {
                    Vec::new()
                };
                self.entries(&group.rules, entries, &around, trail.field("rules"));
            }
        }
    }

    /// The condition of a rule or group; whether it can hold there.
    fn whole(
        &mut self,
        condition: &Condition,
        bound: &BoundCondition,
        around: &[&BoundCondition],
        trail: Trail<'_>,
    ) -> bool {
        let trail = trail.field("when");
        if self.part(condition, bound, trail) {
            return false;
        }
        let together = around.iter().copied().chain([bound]).cloned();
        let together = BoundCondition::All(together.collect());
        let is_never = !around.is_empty() && self.is_never(&together);
        if is_never {
            let condition = told(condition);
            self.warn(trail, PolicyWarning::NeverInGroup { condition });
        }
        !is_never
    }

    /// Warns of the condition and its parts; whether it can never hold.
    fn part(&mut self, condition: &Condition, bound: &BoundCondition, trail: Trail<'_>) -> bool {
        let warned = self.warnings.len();
        let never = match (condition.shape(), bound) {
            (Shape::All { parts, .. }, BoundCondition::All(bound)) => {
                let trail = trail.field("all");
                // Every part is looked at, whatever the others are.
                let never = parts.iter().zip(bound).enumerate();
                never.fold(false, |never, (index, (part, bound))| {
                    self.part(part, bound, trail.item(index)) || never
                })
            }
            (Shape::Any { parts, .. }, BoundCondition::Any(bound)) => {
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
            (Shape::Not { part, .. }, BoundCondition::Not(bound)) => {
                self.part(part, bound, trail.field("not"));
                false
            }
            (Shape::Test(test), _) => {
                let dimensions = self.policy.dimensions();
                aliases::warn(test, trail, dimensions, &mut self.warnings);
                false
            }
            _ => false,
        };
        if never {
            return true;
        }
        let never = self.is_never(bound);
        if never {
            let condition = told(condition);
            let warning = Placed::new(trail.place(), PolicyWarning::NeverHolds { condition });
            // Before what is told of its parts.
            self.warnings.insert(warned, warning);
        }
        never
    }

    /// Of two equal branches the later one is covered.
    fn covered(
        &mut self,
        parts: &[Condition],
        bound: &[BoundCondition],
        never: &[bool],
        trail: Trail<'_>,
    ) {
        if parts.len() > MOST_BRANCHES {
            return;
        }
        let mut gone = vec![false; parts.len()];
        // From the last, so that of equal branches the first stays.
        for index in (0..parts.len()).rev() {
            let (Some(branch), Some(false)) = (bound.get(index), never.get(index)) else {
                continue;
            };
            let by = bound.iter().enumerate().find(|&(other, wide)| {
                let stays = other != index && !gone[other] && !never[other];
                let outside = BoundCondition::Not(Box::new(wide.clone()));
                stays && self.is_never(&BoundCondition::All(vec![branch.clone(), outside]))
            });
            if let Some((by, _)) = by {
                gone[index] = true;
                let (branch, by) = (told(&parts[index]), told(&parts[by]));
                self.warn(trail.item(index), PolicyWarning::Covered { branch, by });
            }
        }
    }

    /// Conditions in which nothing is asked twice can hold, unless a test of them has no value.
    fn is_never(&self, condition: &BoundCondition) -> bool {
        let mut asked = HashSet::default();
        is_suspect(condition, &mut asked)
            && never_holds(condition.clone(), self.policy.dimensions())
    }
}

/// Whether something is asked twice, or of no value.
fn is_suspect(condition: &BoundCondition, asked: &mut HashSet<Asked, FixedState>) -> bool {
    match condition {
        BoundCondition::All(parts) | BoundCondition::Any(parts) => {
            parts.is_empty() || parts.iter().any(|part| is_suspect(part, asked))
        }
        BoundCondition::Not(part) => is_suspect(part, asked),
        BoundCondition::Test(test) => {
            let subject = match test {
                BoundTest::Codes { ranges, .. } if ranges.is_empty() => return true,
                BoundTest::Codes { dimension, .. }
                | BoundTest::DimensionMissing(dimension)
                | BoundTest::DimensionUnlisted(dimension) => Asked::Dimension(*dimension),
                BoundTest::Attribute { index, .. } => Asked::Attribute(*index),
            };
            !asked.insert(subject)
        }
    }
}

#[derive(PartialEq, Eq, Hash)]
enum Asked {
    Dimension(Dimension),
    Attribute(usize),
}

fn told(condition: &Condition) -> String {
    let text = condition.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}
