//! The six dimensions of a lead and its further attributes: which values exist, and how a raw text
//! is resolved to a value.

mod attribute;
mod band;
mod dimensions;
mod errors;
mod last_steps;
mod name_table;
mod number;
mod resolved;
mod stage;
mod taxonomy;
mod taxonomy_builder;
mod taxonomy_draft;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
pub(crate) use attribute::DATE_PATTERN;
pub(crate) use attribute::parse_date;
pub use attribute::{AttributeKind, Attributes};
pub use band::{Bands, BandsDraft};
pub use dimensions::Dimensions;
pub use errors::{DimensionErrors, DimensionFault};
pub use number::{NotFinite, Number};
pub use resolved::{Listed, Resolved, Via};
pub use stage::{Stage, StageDraft, Stages, StagesDraft};
pub use taxonomy::{Node, Taxonomy};
pub use taxonomy_draft::{Branch, TaxonomyDraft, TaxonomyRow};

use crate::unknown_name::UnknownName;

/// One of the six dimensions.
///
/// ```
/// use leadtree::dimension::Dimension;
///
/// let names: Vec<_> = Dimension::ALL.iter().map(|dimension| dimension.as_str()).collect();
/// assert_eq!(
///     names,
///     ["region", "industry", "customer_size", "product_line", "lifecycle_stage", "funnel_stage"]
/// );
/// assert_eq!("customer_size".parse(), Ok(Dimension::CustomerSize));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Where the customer is: a [`Taxonomy`].
    Region,
    /// What the customer does: a [`Taxonomy`].
    Industry,
    /// The customer's head count, with named [`Bands`].
    CustomerSize,
    /// What the customer is interested in: a [`Taxonomy`].
    ProductLine,
    /// The stage of the relationship with the customer: [`Stages`].
    LifecycleStage,
    /// How far the deal has progressed: [`Stages`].
    FunnelStage,
}

impl Dimension {
    /// All six, in the order used everywhere.
    pub const ALL: [Self; 6] = [
        Self::Region,
        Self::Industry,
        Self::CustomerSize,
        Self::ProductLine,
        Self::LifecycleStage,
        Self::FunnelStage,
    ];

    /// The name used in conditions, files and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Industry => "industry",
            Self::CustomerSize => "customer_size",
            Self::ProductLine => "product_line",
            Self::LifecycleStage => "lifecycle_stage",
            Self::FunnelStage => "funnel_stage",
        }
    }

    /// Whether its values are the nodes of a taxonomy.
    pub(crate) const fn has_levels(self) -> bool {
        matches!(self, Self::Region | Self::Industry | Self::ProductLine)
    }

    /// The dimension of that name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|dimension| dimension.as_str() == name)
    }
}

impl FromStr for Dimension {
    type Err = UnknownName;

    /// The dimension of that name, as written in files: `customer_size`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find("dimension", name, &Self::ALL, Self::as_str)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
