//! Maps fields of Salesforce to dimensions and attributes.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::dimension::{AttributeKind, Dimension};
use crate::id::AttributeName;

/// Maps fields of Salesforce to dimensions and attributes. A field without a mapping becomes an
/// attribute named after its API name, of a kind that suits all criteria on it.
///
/// Fields are named as in the file, `Lead.Status`, or without the object that the rules are for,
/// `Status`. Case is ignored.
///
/// A field mapped to a dimension only becomes that dimension if the dimension has every value and
/// every operation that the criteria on the field use. Otherwise it becomes an attribute, and the
/// report says why.
///
/// | field | becomes by default |
/// |---|---|
/// | `Country`, `CountryCode`, `State`, `StateCode`, `City` | region |
/// | `Industry` | industry |
/// | `NumberOfEmployees` | customer size |
/// | `ProductInterest`, `ProductInterest__c` | product line |
/// | `AnnualRevenue` | a number |
/// | `PostalCode`, `Phone`, `LeadSource`, `Rating`, `Status` and other texts | a text, even if its values look like numbers |
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
pub struct FieldMap(HashMap<String, MappingEntry, FixedState>);

/// The caller's mapping of a field.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct MappingEntry {
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
    /// A map without entries: every field becomes an attribute named after its API name.
    pub fn empty() -> Self {
        Self(HashMap::default())
    }

    /// Maps a field to a dimension.
    #[must_use]
    pub fn dimension(mut self, field: &str, dimension: Dimension) -> Self {
        self.entry(field).dimension = Some(dimension);
        self
    }

    /// Maps a field to an attribute.
    #[must_use]
    pub fn attribute(mut self, field: &str, attribute: impl Into<AttributeName>) -> Self {
        let entry = self.entry(field);
        entry.dimension = None;
        entry.attribute = Some(attribute.into());
        self
    }

    /// Sets the kind of the attribute that a field becomes, whatever its values look like.
    #[must_use]
    pub fn kind(mut self, field: &str, kind: AttributeKind) -> Self {
        self.entry(field).kind = Some(kind);
        self
    }

    fn entry(&mut self, field: &str) -> &mut MappingEntry {
        self.0.entry(field.trim().to_ascii_lowercase()).or_default()
    }

    /// The names of attributes that the caller has chosen.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &AttributeName> {
        self.0.values().filter_map(|entry| entry.attribute.as_ref())
    }

    /// The mapping of a field, by its full name or its name without the object.
    pub(super) fn find(&self, whole: &str, short: &str) -> MappingEntry {
        let find = |name: &str| self.0.get(&name.to_ascii_lowercase());
        find(whole)
            .or_else(|| find(short))
            .cloned()
            .unwrap_or_default()
    }
}
