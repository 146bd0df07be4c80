//! Conditions over classes that are evaluated as they are, because turning them into clauses would cost too
//! much.

use crate::space::axes::ClassSet;
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Formula {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    Test {
        axis: usize,
        classes: Arc<ClassSet>,
    },
    /// A formula that is used in several places.
    Shared(Arc<Formula>),
}

impl Formula {
    /// Whether it holds, given the lead's class on each axis.
    pub(crate) fn holds(&self, class: &impl Fn(usize) -> u32) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(class)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(class)),
            Self::Not(part) => !part.holds(class),
            Self::Test { axis, classes } => classes.contains(class(*axis)),
            Self::Shared(formula) => formula.holds(class),
        }
    }

    /// An estimate of its memory in bytes, without shared formulas.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>()
            + match self {
                Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::bytes).sum(),
                Self::Not(part) => part.bytes(),
                Self::Test { .. } | Self::Shared(_) => 0,
            }
    }
}
