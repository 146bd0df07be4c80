//! A lead in the codes of a tree.

use super::axis::Axes;
use crate::dimension::Dimensions;
use crate::lead::{Facts, Lead};

/// A lead as a decision tree sees it: one small integer a dimension, the attributes borrowed.
///
/// Made by [`DecisionTree::profile`](super::DecisionTree::profile) and good for that tree alone;
/// any other refuses it. Making one costs a hash look-up a dimension; deciding from one costs no
/// look-up of texts any more.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    pub(super) lead: &'a Lead<'a>,
    pub(super) classes: [u32; 6],
    pub(super) stamp: u64,
}

impl<'a> Profile<'a> {
    pub(super) fn new(
        lead: &'a Lead<'a>,
        dimensions: &Dimensions,
        axes: &Axes,
        stamp: u64,
    ) -> Self {
        Self {
            lead,
            classes: axes.profile(&Facts::of(lead, dimensions)),
            stamp,
        }
    }

    /// The lead.
    pub fn lead(&self) -> &'a Lead<'a> {
        self.lead
    }
}
