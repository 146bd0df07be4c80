//! Which field of Salesforce feeds which dimension or attribute.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::dimension::{AttributeKind, Dimension};
use crate::id::AttributeName;

/// Which field of Salesforce feeds which dimension or attribute. A field that is not mentioned
/// becomes an attribute of its API name, of the kind that all its criteria allow.
///
/// Fields are named as in the file, `Lead.Status`, or without the object if it is the one that the
/// rules are for: `Status`. Case does not count.
///
/// A dimension takes a field only if it can hold all that is asked of the field: its list of values
/// has every value, and its tests every operation. Otherwise the field becomes an attribute, and
/// the report says why.
///
/// | by default | becomes |
/// |---|---|
/// | `Country`, `CountryCode`, `State`, `StateCode`, `City` | region |
/// | `Industry` | industry |
/// | `NumberOfEmployees` | customer size |
/// | `ProductInterest`, `ProductInterest__c` | product line |
/// | `AnnualRevenue` | a number |
/// | `PostalCode`, `Phone`, `LeadSource`, `Rating`, `Status` and other texts | a text, whatever the values look like |
///
/// ```
/// use leadtree::dimension::{AttributeKind, Dimension};
/// use leadtree::salesforce::FieldMap;
///
/// let fields = FieldMap::default()
///     .dimension("Status", Dimension::LifecycleStage)
///     .attribute("Lead.Segment__c", "segment")
///     .kind("Account_Number__c", AttributeKind::Text);
/// # let _ = fields;
/// ```
#[derive(Debug, Clone)]
pub struct FieldMap(HashMap<String, Feed, FixedState>);

/// What a field feeds, as far as the caller says it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Feed {
    pub(super) dimension: Option<Dimension>,
    pub(super) attribute: Option<AttributeName>,
    pub(super) kind: Option<AttributeKind>,
}

const TEXTS: [&str; 18] = [
    "PostalCode",
    "Street",
    "Phone",
    "MobilePhone",
    "Fax",
    "Email",
    "Company",
    "Title",
    "Name",
    "FirstName",
    "LastName",
    "Website",
    "Description",
    "LeadSource",
    "Rating",
    "Status",
    "Origin",
    "Subject",
];

const DIMENSIONS: [(&str, Dimension); 9] = [
    ("Country", Dimension::Region),
    ("CountryCode", Dimension::Region),
    ("State", Dimension::Region),
    ("StateCode", Dimension::Region),
    ("City", Dimension::Region),
    ("Industry", Dimension::Industry),
    ("NumberOfEmployees", Dimension::CustomerSize),
    ("ProductInterest", Dimension::ProductLine),
    ("ProductInterest__c", Dimension::ProductLine),
];

impl Default for FieldMap {
    fn default() -> Self {
        let mut map = Self::empty().kind("AnnualRevenue", AttributeKind::Number);
        for (field, dimension) in DIMENSIONS {
            map = map.dimension(field, dimension);
        }
        for field in TEXTS {
            map = map.kind(field, AttributeKind::Text);
        }
        map
    }
}

impl FieldMap {
    /// A map that says nothing: every field becomes an attribute of its API name.
    pub fn empty() -> Self {
        Self(HashMap::default())
    }

    /// The field feeds a dimension.
    #[must_use]
    pub fn dimension(mut self, field: &str, dimension: Dimension) -> Self {
        self.feed(field).dimension = Some(dimension);
        self
    }

    /// The field feeds an attribute of that name.
    #[must_use]
    pub fn attribute(mut self, field: &str, attribute: impl Into<AttributeName>) -> Self {
        let feed = self.feed(field);
        feed.dimension = None;
        feed.attribute = Some(attribute.into());
        self
    }

    /// The field is of that kind, whatever its values look like.
    #[must_use]
    pub fn kind(mut self, field: &str, kind: AttributeKind) -> Self {
        self.feed(field).kind = Some(kind);
        self
    }

    fn feed(&mut self, field: &str) -> &mut Feed {
        self.0.entry(field.trim().to_ascii_lowercase()).or_default()
    }

    /// The names of attributes that the caller gives.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &AttributeName> {
        self.0.values().filter_map(|feed| feed.attribute.as_ref())
    }

    /// What the field feeds, by its whole name or by that inside its own object.
    pub(super) fn find(&self, whole: &str, short: &str) -> Feed {
        let find = |name: &str| self.0.get(&name.to_ascii_lowercase());
        find(whole)
            .or_else(|| find(short))
            .cloned()
            .unwrap_or_default()
    }
}
