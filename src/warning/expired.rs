//! Rules whose period is over.

use chrono::{DateTime, Utc};

use super::PolicyWarning;
use crate::place::{Placed, Trail};
use crate::policy::{Policy, ResolvedEntry};

/// Warns about each rule that no lead can meet any more at a moment, nor later.
pub(super) fn warnings(policy: &Policy, now: DateTime<Utc>) -> Vec<Placed<PolicyWarning>> {
    let mut finder = Finder {
        policy,
        now,
        warnings: Vec::new(),
    };
    finder.entries(policy.entries(), Trail::Whole.field("rules"));
    finder.warnings
}

struct Finder<'p> {
    policy: &'p Policy,
    now: DateTime<Utc>,
    warnings: Vec<Placed<PolicyWarning>>,
}

impl Finder<'_> {
    fn entries(&mut self, entries: &[ResolvedEntry], trail: Trail<'_>) {
        for (index, entry) in entries.iter().enumerate() {
            let trail = trail.item(index);
            match entry {
                ResolvedEntry::Rule {
                    enabled: true,
                    period,
                    ..
                } => {
                    if let Some(until) = period.until().filter(|until| *until <= self.now) {
                        let zone = self.policy.time_zone();
                        let until = zone.local(until).format("%Y-%m-%d %H:%M").to_string();
                        let warning = PolicyWarning::Expired { until };
                        self.warnings.push(Placed::new(trail.place(), warning));
                    }
                }
                ResolvedEntry::Group {
                    enabled: true,
                    entries,
                    ..
                } => self.entries(entries, trail.field("rules")),
                _ => {}
            }
        }
    }
}
