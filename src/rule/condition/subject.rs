//! What of a lead is named: a dimension or an attribute.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::dimension::Dimension;
use crate::id::AttributeName;

/// A value of a lead, by its name: that of a dimension or of an attribute.
///
/// ```
/// use leadtree::dimension::Dimension;
/// use leadtree::rule::Subject;
///
/// assert_eq!(Subject::from("region"), Subject::Dimension(Dimension::Region));
/// assert_eq!(Subject::from("plz"), Subject::Attribute("plz".into()));
/// assert_eq!(Subject::from("plz").as_str(), "plz");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// One of the six dimensions.
    Dimension(Dimension),
    /// An attribute, which a policy may declare or not.
    Attribute(AttributeName),
}

impl Subject {
    /// The name, as written in files: `customer_size`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Dimension(dimension) => dimension.as_str(),
            Self::Attribute(name) => name.as_str(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<Dimension> for Subject {
    fn from(dimension: Dimension) -> Self {
        Self::Dimension(dimension)
    }
}

/// A name of a dimension is that dimension; every other name is that of an attribute.
impl From<&str> for Subject {
    fn from(name: &str) -> Self {
        match Dimension::from_name(name) {
            Some(dimension) => Self::Dimension(dimension),
            None => Self::Attribute(name.into()),
        }
    }
}

impl From<&AttributeName> for Subject {
    fn from(name: &AttributeName) -> Self {
        Self::from(name.as_str())
    }
}

/// Written as its name.
impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
