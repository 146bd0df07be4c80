//! Conditions over classes that are evaluated as they are, because turning them into clauses would cost too
//! much.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::space::axes::ClassSet;

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

/// A lead as clauses ask it.
pub(crate) trait AskedLead {
    /// The lead's class on an axis.
    fn class(&self, axis: usize) -> u32;

    /// Whether a formula holds that may stand in several places.
    fn holds(&self, formula: &Arc<Formula>) -> bool;
}

/// Whether formulas hold for one lead, each answered once: those of a group stand in all its rules.
#[derive(Debug, Default)]
pub(crate) struct HeldFormulas(RefCell<HashMap<usize, bool, FixedState>>);

impl HeldFormulas {
    /// Whether the formula holds for the lead, which is always the one that was given first.
    pub(crate) fn holds(&self, formula: &Arc<Formula>, lead: &impl AskedLead) -> bool {
        if Arc::strong_count(formula) == 1 {
            return formula.holds(lead);
        }
        let address = Arc::as_ptr(formula).addr();
        let known = self.0.borrow().get(&address).copied();
        known.unwrap_or_else(|| {
            let holds = formula.holds(lead);
            self.0.borrow_mut().insert(address, holds);
            holds
        })
    }
}

/// A lead of which only the classes are known.
#[derive(Debug)]
pub(crate) struct LeadOfClasses<F> {
    class: F,
    held: HeldFormulas,
}

impl<F: Fn(usize) -> u32> LeadOfClasses<F> {
    /// A lead that has these classes by axis.
    pub(crate) fn new(class: F) -> Self {
        let held = HeldFormulas::default();
        Self { class, held }
    }
}

impl<F: Fn(usize) -> u32> AskedLead for LeadOfClasses<F> {
    fn class(&self, axis: usize) -> u32 {
        (self.class)(axis)
    }

    fn holds(&self, formula: &Arc<Formula>) -> bool {
        self.held.holds(formula, self)
    }
}

impl Formula {
    /// Whether it holds for the lead.
    pub(crate) fn holds(&self, lead: &impl AskedLead) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(lead)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(lead)),
            Self::Not(part) => !part.holds(lead),
            Self::Test { axis, classes } => classes.contains(lead.class(*axis)),
            Self::Shared(formula) => lead.holds(formula),
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
