//! The search for a value: what it has to meet, and what the search came to.

use crate::policy::AttributeTest;
use crate::space::axes::axis::{Axis, Cuts};
use crate::space::axes::class_set::ClassSet;
use crate::space::axes::text_cuts::TextCuts;

/// What a search came to.
#[derive(Debug, PartialEq)]
pub(super) enum Search<T> {
    Found(T),
    /// There is no such value.
    Nothing,
    /// Not known.
    Unsettled,
}

/// What a known value of one kind has to meet.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    /// The classes of the axis of its order.
    pub(super) ordered: Option<(&'a Axis, &'a ClassSet)>,
    /// Tests without order, and what they must answer.
    pub(super) tests: Vec<(&'a AttributeTest, bool)>,
}

impl<'a> Wanted<'a> {
    pub(super) fn texts(&self) -> Option<(&'a TextCuts, &'a ClassSet)> {
        let (axis, classes) = self.ordered?;
        match &axis.cuts {
            Cuts::Texts(cuts) => Some((cuts, classes)),
            _ => None,
        }
    }
}
