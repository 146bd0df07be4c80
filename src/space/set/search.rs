//! What a search for a value of an attribute looks for, and its result.

use crate::policy::AttributeTest;
use crate::space::axes::{Axis, ClassSet, Cuts, TextCuts};

/// The result of a search.
#[derive(Debug, PartialEq)]
pub(super) enum Search<T> {
    Found(T),
    /// There is no such value.
    Nothing,
    /// The search gave up; there may be such a value.
    Unknown,
}

/// A limit on an axis: the axis, and the classes that are allowed.
pub(super) type Limit<'a> = (u32, &'a ClassSet);

/// What a known value of one kind must meet.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    /// The axis on which the values are ordered, and the classes that are allowed.
    pub(super) ordered: Option<(&'a Axis, &'a ClassSet)>,
    /// Tests without order, each with the answer that is required.
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
