//! The tests of one generated rule: a condition for the library, ranges of codes for the other
//! engines.

use leadtree::rule::{
    Condition, all, customer_size, funnel_stage, industry, lifecycle_stage, product_line, region,
};

use super::world::{BANDS, FUNNEL, LIFECYCLE, Place, Tree};

/// A rule's tests; `None` matches anything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    pub region: Option<Place>,
    pub industry: Option<Place>,
    pub size: Option<Size>,
    pub product: Option<Place>,
    /// First and last stage.
    pub lifecycle: Option<(usize, usize)>,
    pub funnel: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Band(usize),
    AtLeast(u32),
}

impl Cell {
    pub fn condition(&self) -> Condition {
        let mut parts = Vec::new();
        if let Some(place) = &self.region {
            parts.push(region().within(place.path()));
        }
        if let Some(place) = &self.industry {
            parts.push(industry().within(place.path()));
        }
        match self.size {
            None => {}
            Some(Size::Band(band)) => parts.push(customer_size().in_band(BANDS[band].0)),
            Some(Size::AtLeast(size)) => parts.push(customer_size().at_least(size)),
        }
        if let Some(place) = &self.product {
            parts.push(product_line().within(place.path()));
        }
        if let Some((first, last)) = self.lifecycle {
            parts.push(lifecycle_stage().between(LIFECYCLE[first], LIFECYCLE[last]));
        }
        if let Some(stage) = self.funnel {
            parts.push(funnel_stage().is(FUNNEL[stage]));
        }
        all(parts)
    }

    /// The ranges of codes in the order of the dimensions, both ends included.
    pub fn ranges(&self) -> [(u32, u32); 6] {
        let free = (0, u32::MAX);
        let place = |place: &Option<Place>| place.as_ref().map_or(free, Place::codes);
        let size = self.size.map_or(free, |size| match size {
            Size::Band(band) => (BANDS[band].1, BANDS[band].2),
            Size::AtLeast(size) => (size, u32::MAX),
        });
        let stage = |stage: usize| u32::try_from(stage).unwrap_or(0);
        let lifecycle = self.lifecycle;
        [
            place(&self.region),
            place(&self.industry),
            size,
            place(&self.product),
            lifecycle.map_or(free, |(first, last)| (stage(first), stage(last))),
            self.funnel.map_or(free, |only| (stage(only), stage(only))),
        ]
    }

    /// The approximate share of leads it matches, as a logarithm.
    pub fn breadth(&self) -> f64 {
        let counts = [
            Tree::Region.nodes(),
            Tree::Industry.nodes(),
            5_000,
            Tree::Product.nodes(),
            7,
            6,
        ];
        let parts = self.ranges().into_iter().zip(counts);
        let parts = parts.map(|((first, last), count)| {
            let width = last.min(count).saturating_sub(first) + 1;
            (f64::from(width) / f64::from(count)).min(1.0).ln()
        });
        parts.sum()
    }
}
