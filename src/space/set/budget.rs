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

/// Whether so many boxes are not too many.
pub(super) fn check(cuboids: usize) -> Result<(), Undecided> {
    let most = MOST_CUBOIDS;
    if cuboids > most {
        return Err(Undecided::TooManyBoxes { most });
    }
    Ok(())
}
