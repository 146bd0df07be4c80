//! The values of all dimensions of a policy, and its attributes.

use super::Dimension;
use super::attribute::Attributes;
use super::band::Bands;
use super::stage::{Stage, Stages};
use super::taxonomy::{Node, Taxonomy};

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

    /// The number of values that a dimension lists; `None` for customer sizes, which are head counts.
    pub(crate) fn count(&self, dimension: Dimension) -> Option<usize> {
        match dimension {
            Dimension::Region => Some(self.regions.len()),
            Dimension::Industry => Some(self.industries.len()),
            Dimension::CustomerSize => None,
            Dimension::ProductLine => Some(self.product_lines.len()),
            Dimension::LifecycleStage => Some(self.lifecycle_stages.names().len()),
            Dimension::FunnelStage => Some(self.funnel_stages.names().len()),
        }
    }

    /// The name of the value with a code; empty for head counts and for codes without a value.
    pub(crate) fn name(&self, dimension: Dimension, code: u32) -> &str {
        match dimension {
            Dimension::Region => self.regions.path(Node(code)),
            Dimension::Industry => self.industries.path(Node(code)),
            Dimension::CustomerSize => "",
            Dimension::ProductLine => self.product_lines.path(Node(code)),
            Dimension::LifecycleStage => self.lifecycle_stages.name(Stage(code)),
            Dimension::FunnelStage => self.funnel_stages.name(Stage(code)),
        }
    }

    /// The names and aliases of all values of the dimension, names first; for customer sizes, the names of
    /// the bands.
    pub(crate) fn spellings(&self, dimension: Dimension) -> Box<dyn Iterator<Item = &str> + '_> {
        match dimension {
            Dimension::Region => Box::new(self.regions.spellings()),
            Dimension::Industry => Box::new(self.industries.spellings()),
            Dimension::CustomerSize => Box::new(self.customer_sizes.names()),
            Dimension::ProductLine => Box::new(self.product_lines.spellings()),
            Dimension::LifecycleStage => Box::new(self.lifecycle_stages.spellings()),
            Dimension::FunnelStage => Box::new(self.funnel_stages.spellings()),
        }
    }

    /// Whether every text resolves to equal values of the dimension in both.
    pub(crate) fn is_alike(&self, other: &Self, dimension: Dimension) -> bool {
        match dimension {
            Dimension::Region => self.regions == other.regions,
            Dimension::Industry => self.industries == other.industries,
            Dimension::CustomerSize => self.customer_sizes == other.customer_sizes,
            Dimension::ProductLine => self.product_lines == other.product_lines,
            Dimension::LifecycleStage => self.lifecycle_stages == other.lifecycle_stages,
            Dimension::FunnelStage => self.funnel_stages == other.funnel_stages,
        }
    }
}
