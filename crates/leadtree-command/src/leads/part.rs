//! The fields of a lead that a column can provide.

use leadtree::AttributeName;
use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::policy::Policy;

/// A field of a lead, or the time of its assignment.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Id,
    Account,
    /// The time of the assignment.
    Received,
    Dimension(Dimension),
    Attribute {
        name: AttributeName,
        kind: AttributeKind,
    },
}

impl Part {
    /// All fields of leads under the policy.
    pub(crate) fn all(policy: &Policy) -> Vec<Self> {
        let mut parts = vec![Self::Id, Self::Account, Self::Received];
        parts.extend(Dimension::ALL.map(Self::Dimension));
        for (name, kind) in policy.dimensions().attributes().iter() {
            // An attribute with the name of another field would be ambiguous.
            if parts.iter().all(|part| part.name() != name.as_str()) {
                let name = name.clone();
                parts.push(Self::Attribute { name, kind });
            }
        }
        parts
    }

    /// Its name in mapping files and messages.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Id => "id",
            Self::Account => "account",
            Self::Received => "received",
            Self::Dimension(dimension) => dimension.as_str(),
            Self::Attribute { name, .. } => name.as_str(),
        }
    }

    /// Whether it is a date or a time.
    pub(crate) fn is_date(&self) -> bool {
        matches!(
            self,
            Self::Received
                | Self::Attribute {
                    kind: AttributeKind::Date,
                    ..
                }
        )
    }

    /// Whether it is a set of tags.
    pub(crate) fn is_tags(&self) -> bool {
        matches!(
            self,
            Self::Attribute {
                kind: AttributeKind::Tags,
                ..
            }
        )
    }
}
