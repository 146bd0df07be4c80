//! A lead in the codes of a tree.

use super::catalog::LeadInCatalog;
use super::digits::Digits;
use super::head::Rows;
use crate::lead::Lead;

/// A lead as a decision tree sees it: one small integer a dimension, the attributes borrowed.
///
/// Made by [`DecisionTree::profile`](super::DecisionTree::profile) and good for that tree alone;
/// any other refuses it. Making one costs a hash look-up a dimension; deciding from one costs no
/// look-up of texts any more.
// In this order, so that most decisions read a single cache line of it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    pub(super) stamp: u64,
    pub(super) head: Rows,
    pub(super) place: Place,
    pub(super) lead: &'a Lead<'a>,
}

/// What the tree's form needs to know of the lead.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    InGraph(Digits),
    InCatalog(LeadInCatalog),
}

impl Place {
    /// The lead's class on a dimension.
    #[inline]
    pub(super) fn class(&self, axis: usize) -> u32 {
        match self {
            Self::InGraph(digits) => digits.class(axis),
            Self::InCatalog(lead) => lead.groups.digits.class(axis),
        }
    }
}

impl<'a> Profile<'a> {
    /// The lead.
    pub fn lead(&self) -> &'a Lead<'a> {
        self.lead
    }
}
