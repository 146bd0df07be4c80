//! The steps of a walk, as reported to an explanation.

/// A step of the way.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Traced {
    /// The axis was asked; this many clauses are left.
    Asked { axis: usize, left: usize },
    /// The rule of that grant was asked as a whole.
    Checked { grant: usize, holds: bool },
    /// This many clauses were compared side by side; the grant of the first that applies.
    Compared {
        clauses: usize,
        found: Option<usize>,
    },
}
