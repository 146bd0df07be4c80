//! Rules that take every lead before others.

use super::PolicyWarning;
use crate::place::{Placed, Trail};
use crate::rule::{Entry, WrittenPeriod};

/// Warns about each rule that every lead meets and that others of its list follow.
pub(super) fn warn(entries: &[Entry], trail: Trail<'_>, warnings: &mut Vec<Placed<PolicyWarning>>) {
    for (index, entry) in entries.iter().enumerate() {
        let trail = trail.item(index);
        if let Entry::Group(group) = entry {
            warn(&group.rules, trail.field("rules"), warnings);
        }
        let later = entries.get(index + 1..).unwrap_or_default();
        let later: usize = later.iter().map(rules_in).sum();
        if takes_all(entry) && later > 0 {
            let later = match later {
                1 => "the rule never applies that comes".to_owned(),
                count => format!("the {count} rules never apply that come"),
            };
            let warning = PolicyWarning::TakesEveryLead { later };
            warnings.push(Placed::new(trail.place(), warning));
        }
    }
}

/// Whether every lead meets it: a rule, or a group with an `otherwise` or with such a rule.
fn takes_all(entry: &Entry) -> bool {
    match entry {
        Entry::Rule(rule) => {
            let always = rule.when.is_always() && rule.period == WrittenPeriod::default();
            rule.enabled && always
        }
        Entry::Group(group) => {
            let takes = group.otherwise.is_some() || group.rules.iter().any(takes_all);
            group.enabled && group.when.is_always() && takes
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
