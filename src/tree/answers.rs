//! What one lead answers on every axis.

use std::cell::OnceCell;

use chrono::{DateTime, Utc};

use super::axis::Axes;
use super::graph::DIMENSIONS;
use super::profile::Profile;
use crate::dimension::{Dimensions, Listed};
use crate::lead::{Fact, Facts};

/// A lead's classes: those of its dimensions from the profile, others when asked for. Each
/// attribute is read at most once, however many tests ask for it.
pub(super) struct Answers<'a> {
    profile: &'a Profile<'a>,
    now: DateTime<Utc>,
    axes: &'a Axes,
    dimensions: &'a Dimensions,
    /// By attribute; made when the first is asked for.
    attributes: OnceCell<Box<[OnceCell<Listed<Fact<'a>>>]>>,
}

impl<'a> Answers<'a> {
    #[inline]
    pub(super) fn new(
        profile: &'a Profile<'a>,
        now: DateTime<Utc>,
        axes: &'a Axes,
        dimensions: &'a Dimensions,
    ) -> Self {
        Self {
            profile,
            now,
            axes,
            dimensions,
            attributes: OnceCell::new(),
        }
    }

    /// The lead's class on an axis.
    #[inline]
    pub(super) fn class(&self, axis: usize) -> u32 {
        match axis {
            0..DIMENSIONS => self.profile.place.class(axis),
            _ => self.axes.class(axis, self.now, |index| self.fact(index)),
        }
    }

    fn fact(&self, index: usize) -> &Listed<Fact<'a>> {
        let attributes = self.attributes.get_or_init(|| {
            let count = self.dimensions.attributes().iter().len();
            (0..count).map(|_| OnceCell::new()).collect()
        });
        attributes.get(index).map_or(&Listed::Missing, |fact| {
            fact.get_or_init(|| {
                Facts::attribute_of(self.profile.lead, self.dimensions, index).value
            })
        })
    }
}
