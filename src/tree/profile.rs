//! A lead in the codes of a tree.

use super::catalog::FrontRows;
use super::graph::Classes;
use crate::lead::Lead;

/// A lead as a decision tree sees it: one small integer a dimension, the attributes borrowed.
///
/// Made by [`DecisionTree::profile`](super::DecisionTree::profile) and good for that tree alone;
/// any other refuses it. Making one costs a hash look-up a dimension; deciding from one costs no
/// look-up of texts any more.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    pub(super) lead: &'a Lead<'a>,
    pub(super) classes: Classes,
    pub(super) front: FrontRows,
    pub(super) stamp: u64,
}

impl<'a> Profile<'a> {
    /// A profile to be filled in.
    pub(super) fn blank(lead: &'a Lead<'a>, stamp: u64) -> Self {
        Self {
            lead,
            classes: Classes::default(),
            front: FrontRows::default(),
            stamp,
        }
    }

    /// The lead.
    pub fn lead(&self) -> &'a Lead<'a> {
        self.lead
    }
}
