//! A lead in the codes of a tree.

use super::lookup::key::LeadKey;
use crate::lead::Lead;

/// A lead as a decision tree sees it: one small integer a dimension, the attributes borrowed.
///
/// Made by [`DecisionTree::profile`](super::DecisionTree::profile) and good for that tree alone;
/// any other refuses it. Making one costs a hash look-up a dimension; deciding from one looks up no
/// names.
// In this order, so that most decisions read a single cache line of it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    pub(super) stamp: u64,
    pub(super) key: LeadKey,
    pub(super) lead: &'a Lead<'a>,
}

impl<'a> Profile<'a> {
    /// The lead.
    pub fn lead(&self) -> &'a Lead<'a> {
        self.lead
    }
}
