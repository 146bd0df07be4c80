//! Rules that take every lead before others.

use super::PolicyWarning;
use crate::place::{Placed, Trail};
use crate::rule::{Entry, WrittenPeriod};

/// Warns about each rule that every lead meets and that others of its list follow.
pub(super) fn warn(entries: &[Entry], trail: Trail<'_>, warnings: &mut Vec<Placed<PolicyWarning>>) {
    for (index, entry) in entries.iter().enumerate() {
        let trail = trail.item(index);
        let rule = match entry {
            Entry::Rule(rule) => rule,
            Entry::Group(group) => {
                warn(&group.rules, trail.field("rules"), warnings);
                continue;
            }
        };
        let is_for_all = rule.when.is_always() && rule.period == WrittenPeriod::default();
        let later = entries.get(index + 1..).unwrap_or_default();
        let later: usize = later.iter().map(rules_in).sum();
        if rule.enabled && is_for_all && later > 0 {
            let later = match later {
                1 => "the rule never applies that comes".to_owned(),
                count => format!("the {count} rules never apply that come"),
            };
            let warning = PolicyWarning::TakesEveryLead { later };
            warnings.push(Placed::new(trail.place(), warning));
        }
    }
}

/// The number of rules in it that are switched on.
fn rules_in(entry: &Entry) -> usize {
    match entry {
        Entry::Rule(rule) => usize::from(rule.enabled),
        Entry::Group(group) if group.enabled => group.rules.iter().map(rules_in).sum(),
        Entry::Group(_) => 0,
    }
}
