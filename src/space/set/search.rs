//! What is searched for an attribute, and what came of it.

use crate::policy::AttributeTest;
use crate::space::axes::{Axis, ClassSet, Cuts, TextCuts};

/// What a search came to.
#[derive(Debug, PartialEq)]
pub(super) enum Search<T> {
    Found(T),
    /// There is no such value.
    Nothing,
    /// Not known.
    Unsettled,
}

/// A limit on an axis.
pub(super) type Limit<'a> = (u32, &'a ClassSet);

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
