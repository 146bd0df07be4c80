//! The fields of a lead that a column can provide.

use leadtree::AttributeName;
use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::policy::Policy;

/// A field of a lead, or the time of its assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeadField {
    /// The lead's id.
    Id,
    /// The account that the lead belongs to.
    Account,
    /// The time of the assignment.
    Received,
    /// The value of a dimension.
    Dimension(Dimension),
    /// The value of an attribute of the policy.
    Attribute {
        /// The attribute.
        name: AttributeName,
        /// The kind that the policy declares.
        kind: AttributeKind,
    },
}

impl LeadField {
    /// All fields of leads under the policy.
    pub fn all(policy: &Policy) -> Vec<Self> {
        let mut fields = vec![Self::Id, Self::Account, Self::Received];
        fields.extend(Dimension::ALL.map(Self::Dimension));
        for (name, kind) in policy.dimensions().attributes().iter() {
            // An attribute with the name of another field would be ambiguous.
            if fields.iter().all(|field| field.name() != name.as_str()) {
                let name = name.clone();
                fields.push(Self::Attribute { name, kind });
            }
        }
        fields
    }

    /// Its name in mapping files and messages.
    pub fn name(&self) -> &str {
        match self {
            Self::Id => "id",
            Self::Account => "account",
            Self::Received => "received",
            Self::Dimension(dimension) => dimension.as_str(),
            Self::Attribute { name, .. } => name.as_str(),
        }
    }

    /// Whether a word is a value that the policy lists for it.
    pub(crate) fn lists(&self, policy: &Policy, word: &str) -> bool {
        let dimensions = policy.dimensions();
        let Self::Dimension(dimension) = self else {
            return false;
        };
        match dimension {
            Dimension::Region => dimensions.regions().resolve(word).value.known().is_some(),
            Dimension::Industry => dimensions
                .industries()
                .resolve(word)
                .value
                .known()
                .is_some(),
            Dimension::ProductLine => dimensions
                .product_lines()
                .resolve(word)
                .value
                .known()
                .is_some(),
            Dimension::CustomerSize => dimensions.customer_sizes().range(word).is_some(),
            Dimension::LifecycleStage => dimensions
                .lifecycle_stages()
                .resolve(word)
                .value
                .known()
                .is_some(),
            Dimension::FunnelStage => dimensions
                .funnel_stages()
                .resolve(word)
                .value
                .known()
                .is_some(),
        }
    }

    /// The kind of its values, if it is an attribute.
    pub(crate) fn attribute_kind(&self) -> Option<AttributeKind> {
        match self {
            Self::Attribute { kind, .. } => Some(*kind),
            _ => None,
        }
    }

    /// Whether it is a date or a time.
    pub(crate) fn is_date(&self) -> bool {
        *self == Self::Received || self.attribute_kind() == Some(AttributeKind::Date)
    }
}
