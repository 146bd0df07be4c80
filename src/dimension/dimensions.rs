//! The values of all dimensions of a policy, and its attributes.

use super::attribute::Attributes;
use super::band::Bands;
use super::stage::Stages;
use super::taxonomy::Taxonomy;

/// The values that a policy lists for each dimension, and the attributes that it declares.
#[derive(Debug, Clone, PartialEq)]
pub struct Dimensions {
    pub(crate) regions: Taxonomy,
    pub(crate) industries: Taxonomy,
    pub(crate) product_lines: Taxonomy,
    pub(crate) customer_sizes: Bands,
    pub(crate) lifecycle_stages: Stages,
    pub(crate) funnel_stages: Stages,
    pub(crate) attributes: Attributes,
}

impl Dimensions {
    /// The regions.
    pub fn regions(&self) -> &Taxonomy {
        &self.regions
    }

    /// The industries.
    pub fn industries(&self) -> &Taxonomy {
        &self.industries
    }

    /// The product lines.
    pub fn product_lines(&self) -> &Taxonomy {
        &self.product_lines
    }

    /// The named bands of customer size.
    pub fn customer_sizes(&self) -> &Bands {
        &self.customer_sizes
    }

    /// The lifecycle stages.
    pub fn lifecycle_stages(&self) -> &Stages {
        &self.lifecycle_stages
    }

    /// The funnel stages.
    pub fn funnel_stages(&self) -> &Stages {
        &self.funnel_stages
    }

    /// The declared attributes.
    pub fn attributes(&self) -> &Attributes {
        &self.attributes
    }
}
