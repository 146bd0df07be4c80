//! What one question about a set may cost.

use crate::space::grid::Undecided;

/// So many boxes a set may have.
pub(super) const MOST_CUBOIDS: usize = 1 << 14;
/// So many limits of boxes one question may read or write: some seconds in the worst case, and as
/// many times sixteen bytes.
const MOST_STEPS: usize = 1 << 23;

/// What is left.
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

/// Whether so many boxes are not too many.
pub(super) fn check(cuboids: usize) -> Result<(), Undecided> {
    let most = MOST_CUBOIDS;
    if cuboids > most {
        return Err(Undecided::TooManyBoxes { most });
    }
    Ok(())
}
