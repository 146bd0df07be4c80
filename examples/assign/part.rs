//! The parts of a lead that a column can feed.

use leadtree::AttributeName;
use leadtree::dimension::{AttributeKind, Dimension};
use leadtree::policy::Policy;

/// A part of a lead, or the moment of its assignment.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Id,
    Account,
    /// The moment of the assignment.
    Received,
    Dimension(Dimension),
    Attribute {
        name: AttributeName,
        kind: AttributeKind,
    },
}

impl Part {
    /// All parts that leads of the policy have.
    pub(crate) fn all(policy: &Policy) -> Vec<Self> {
        let mut parts = vec![Self::Id, Self::Account, Self::Received];
        parts.extend(Dimension::ALL.map(Self::Dimension));
        for (name, kind) in policy.dimensions().attributes().iter() {
            // An attribute of a name that is taken can not be told apart from its namesake.
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

    /// Whether it is a date or a moment.
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
