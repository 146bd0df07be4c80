//! Which rules examples reach.

use std::collections::HashSet;
use std::fmt::Write as _;

use leadtree::policy::{Grant, Policy, Source};

use crate::terminal::words::counted;

/// The rules and `otherwise` that were reached.
#[derive(Default)]
pub(super) struct Coverage(HashSet<Source>);

impl Coverage {
    pub(super) fn reach(&mut self, source: &Source) {
        if !self.0.contains(source) {
            self.0.insert(source.clone());
        }
    }

    /// Tells what was not reached, in the order of the policy.
    pub(super) fn write(&self, policy: &Policy, text: &mut String) {
        let sources: Vec<_> = policy.grants().map(Grant::source).collect();
        let missed = sources.iter().filter(|source| !self.0.contains(**source));
        let missed: Vec<_> = missed.collect();
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            text,
            "{} of {} reached",
            sources.len() - missed.len(),
            counted(
                sources.len() as u64,
                "rule or otherwise",
                "rules and otherwise"
            )
        );
        if !missed.is_empty() {
            text.push_str("not reached by any example:\n");
        }
        for source in missed {
            let _ = writeln!(text, "  {source}");
        }
    }
}
