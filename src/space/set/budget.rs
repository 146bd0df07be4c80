//! Limits on the cost of one question about a set.

use crate::space::grid::Undecided;

/// A set has at most this many boxes.
pub(super) const MOST_CUBOIDS: usize = 1 << 14;
/// One question reads or writes at most this many limits of boxes. In the worst case this takes a few seconds
/// and 16 bytes for each.
const MOST_STEPS: usize = 1 << 23;

/// The steps that are left.
pub(super) struct StepBudget(usize);

impl StepBudget {
    pub(super) fn new() -> Self {
        Self(MOST_STEPS)
    }

    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Undecided> {
        let most = MOST_STEPS;
        self.0 = self
            .0
            .checked_sub(steps)
            .ok_or(Undecided::TooManySteps { most })?;
        Ok(())
    }
}

/// So much all searches of one question may compare, in bytes of texts or tags: some seconds in the
/// worst case.
const MOST_SEARCHED: usize = 1 << 28;

/// What is left to compare in search of attribute values. A box takes one search for each attribute,
/// and a set may have thousands of boxes.
pub(super) struct SearchBudget(usize);

impl SearchBudget {
    pub(super) fn new() -> Self {
        Self(MOST_SEARCHED)
    }

    /// Whether so much could be compared.
    pub(super) fn spend(&mut self, compared: usize) -> bool {
        let left = self.0.checked_sub(compared);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// Checks that a set has at most [`MOST_CUBOIDS`] boxes.
pub(super) fn check(cuboids: usize) -> Result<(), Undecided> {
    let most = MOST_CUBOIDS;
    if cuboids > most {
        return Err(Undecided::TooManyBoxes { most });
    }
    Ok(())
}
