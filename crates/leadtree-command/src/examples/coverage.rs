//! Which rules examples reach.

use std::collections::HashSet;
use std::fmt::Write as _;

use leadtree::policy::{Policy, Source};
use leadtree::rule::Entry;

use crate::terminal::words::counted;

/// The rules and `otherwise` that were reached.
#[derive(Default)]
pub(super) struct Coverage(HashSet<Source>);

/// All that can be reached, in the order of the policy.
#[derive(Default)]
struct Reachable {
    count: usize,
    /// What no example reaches, in words.
    missed: Vec<String>,
}

impl Coverage {
    pub(super) fn reach(&mut self, source: &Source) {
        if !self.0.contains(source) {
            self.0.insert(source.clone());
        }
    }

    /// Tells what was not reached, in the order of the policy.
    pub(super) fn write(&self, policy: &Policy, text: &mut String) {
        let mut all = Reachable::default();
        self.entries(policy.rules(), &mut all);
        self.source(&Source::Otherwise, &mut all);
        let Reachable { count, missed } = all;
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            text,
            "{} of {} reached",
            count - missed.len(),
            counted(
                count as u64,
                "rule, group or otherwise",
                "rules, groups and otherwise"
            )
        );
        if !missed.is_empty() {
            text.push_str("not reached by any example:\n");
        }
        for missed in missed {
            let _ = writeln!(text, "  {missed}");
        }
    }

    /// Counts the entries; whether any of them is reached.
    fn entries(&self, entries: &[Entry], all: &mut Reachable) -> bool {
        let mut is_reached = false;
        for entry in entries {
            is_reached |= match entry {
                Entry::Rule(rule) => self.source(&Source::Rule(rule.id().clone()), all),
                Entry::Group(group) => {
                    // A group comes before what is in it.
                    let place = all.missed.len();
                    all.count += 1;
                    let mut is_reached = self.entries(group.get_rules(), all);
                    if group.get_otherwise().is_some() {
                        let otherwise = Source::GroupOtherwise(group.id().clone());
                        is_reached |= self.source(&otherwise, all);
                    }
                    if !is_reached {
                        all.missed.insert(place, format!("group `{}`", group.id()));
                    }
                    is_reached
                }
            };
        }
        is_reached
    }

    fn source(&self, source: &Source, all: &mut Reachable) -> bool {
        all.count += 1;
        let is_reached = self.0.contains(source);
        if !is_reached {
            all.missed.push(source.to_string());
        }
        is_reached
    }
}
