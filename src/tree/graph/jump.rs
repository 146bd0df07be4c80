//! Where a step of a walk leads.

use crate::tree::lookup::key::{HIGH, LOW, LeadKey};

/// The five lowest bits tell the kind, the others the number.
///
/// The kind of a dimension's table is the place in the lead's [`LeadKey`] of what is asked there,
/// the number where the table begins. So a step is one look-up, without a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Jump(u32);

const KIND_BITS: u32 = 5;
const KINDS: u32 = 1 << KIND_BITS;
/// Places that hold no digit; these digits are 0, so that a leaf leads to itself.
const OTHER: u32 = 6;
const LEAF: u32 = 7;

/// Comes after all grants.
pub(crate) const NO_GRANT: u32 = u32::MAX;

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Ask for a dimension.
    Dimension { axis: usize },
    /// Ask for the low digit of the dimension just asked for.
    LowDigit,
    /// Ask for more than a dimension.
    Other,
    /// The grant of that number is the answer.
    Grant(usize),
    /// No rule applies.
    Nothing,
}

/// How a dimension's table is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digit {
    /// Every class has its entry.
    Whole,
    High,
    Low,
}

impl Jump {
    /// The first leaf of the table.
    pub(crate) const NOTHING: Self = Self(LEAF);
    /// The first number that does not fit.
    pub(crate) const END: usize = 1 << (u32::BITS - KIND_BITS);

    /// The leaf of that number: 0 for nothing, a grant's position and 1.
    pub(crate) fn leaf(number: usize) -> Self {
        Self::of(number, LEAF)
    }

    pub(crate) fn grant(grant: usize) -> Self {
        Self::leaf(grant + 1)
    }

    pub(crate) fn dimension(axis: u32, digit: Digit, base: usize) -> Self {
        let place = match digit {
            Digit::Whole => axis,
            Digit::High => HIGH + axis,
            Digit::Low => LOW + axis,
        };
        Self::of(base, place)
    }

    pub(crate) fn other(base: usize) -> Self {
        Self::of(base, OTHER)
    }

    fn of(number: usize, kind: u32) -> Self {
        let number = u32::try_from(number.min(Self::END - 1)).unwrap_or_default();
        Self(number << KIND_BITS | kind)
    }

    /// Where the answer to what is asked here stands in the table.
    #[inline]
    pub(crate) fn position(self, key: &LeadKey) -> usize {
        self.number() + key.at(self.0 % KINDS)
    }

    #[inline]
    pub(crate) fn number(self) -> usize {
        (self.0 >> KIND_BITS) as usize
    }

    /// A leaf's grant; [`NO_GRANT`] for nothing.
    #[inline]
    pub(crate) fn order(self) -> u32 {
        (self.0 >> KIND_BITS).wrapping_sub(1)
    }

    #[inline]
    pub(crate) fn is_leaf(self) -> bool {
        self.0 % KINDS == LEAF
    }

    #[inline]
    pub(crate) fn step(self) -> Step {
        match self.0 % KINDS {
            LEAF => match self.number() {
                0 => Step::Nothing,
                leaf => Step::Grant(leaf - 1),
            },
            OTHER => Step::Other,
            kind if kind >= LOW => Step::LowDigit,
            kind => Step::Dimension {
                axis: (kind % HIGH) as usize,
            },
        }
    }
}
