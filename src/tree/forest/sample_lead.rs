//! A made-up lead as tables ask it.

use std::sync::Arc;

use super::table::LeadQuestions;
use super::table_builder::Checks;
use crate::space::{AskedLead, Formula, HeldFormulas, narrow};
use crate::tree::lookup::sample::Weights;

/// A made-up lead.
pub(super) struct SampleLead<'a> {
    pub(super) weights: &'a Weights,
    pub(super) lead: u32,
    pub(super) checks: &'a Checks,
    pub(super) held: HeldFormulas,
}

impl AskedLead for SampleLead<'_> {
    fn class(&self, axis: usize) -> u32 {
        self.draw(axis)
    }

    fn holds(&self, formula: &Arc<Formula>) -> bool {
        self.held.holds(formula, self)
    }
}

impl SampleLead<'_> {
    pub(super) fn draw(&self, axis: usize) -> u32 {
        self.weights.draw(self.lead, narrow(axis))
    }
}

impl LeadQuestions for SampleLead<'_> {
    fn class(&self, axis: u32) -> u32 {
        self.draw(axis as usize)
    }

    fn holds(&self, clause: u32) -> bool {
        let position = self.checks.partition_point(|(number, _)| *number < clause);
        let check = self
            .checks
            .get(position)
            .filter(|(number, _)| *number == clause);
        check.is_none_or(|(_, check)| AskedLead::holds(self, check))
    }
}
