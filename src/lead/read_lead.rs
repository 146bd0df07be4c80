//! Leads from elsewhere, and what of them is no part of a lead.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::lead::Lead;
use crate::dimension::Attributes;
use crate::map_form::MapForm;

/// The fields of a lead.
const FIELDS: [&str; 9] = [
    "id",
    "account",
    "region",
    "industry",
    "customer_size",
    "product_line",
    "lifecycle_stage",
    "funnel_stage",
    "attributes",
];

/// A lead as it was sent, and the names of the fields that a lead does not have. [`Lead`] passes them over, so
/// `regoin` would be a lead without a region, and nobody would know.
///
/// ```
/// use leadtree::lead::ReadLead;
///
/// let text = r#"{"id": "L-1", "regoin": "east", "attributes": {"sorce": "web"}}"#;
/// let read: ReadLead = serde_json::from_str(text)?;
/// assert_eq!(read.ignored(), ["regoin"]);
/// assert!(read.lead().region().is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Attributes may have any name; [`Lead::undeclared`] tells which of them a policy does not declare.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadLead {
    lead: Lead<'static>,
    ignored: Vec<String>,
}

impl ReadLead {
    /// The lead.
    pub fn lead(&self) -> &Lead<'static> {
        &self.lead
    }

    /// The lead alone.
    pub fn into_lead(self) -> Lead<'static> {
        self.lead
    }

    /// The names of the fields that a lead does not have, in the order in which they were sent.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }
}

impl Lead<'_> {
    /// The lead's attributes that are not among those that a policy declares: no rule can test them.
    ///
    /// ```
    /// use leadtree::Lead;
    /// use leadtree::dimension::AttributeKind;
    /// use leadtree::policy::PolicyDraft;
    ///
    /// let policy = PolicyDraft::new().attribute("source", AttributeKind::Text).build()?;
    /// let lead = Lead::builder("L-1").attribute("source", "web").attribute("sorce", "web").build();
    /// let undeclared: Vec<_> = lead.undeclared(policy.dimensions().attributes()).collect();
    /// assert_eq!(undeclared, ["sorce"]);
    /// # Ok::<(), leadtree::policy::PolicyErrors>(())
    /// ```
    pub fn undeclared(&self, declared: &Attributes) -> impl Iterator<Item = &str> {
        let names = self.attributes().map(|(name, _)| name);
        names.filter(|name| declared.kind(name).is_none())
    }
}

impl<'de> Deserialize<'de> for ReadLead {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ReadLeadVisitor;

        impl<'de> Visitor<'de> for ReadLeadVisitor {
            type Value = ReadLead;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a map: {}", <Lead<'_> as MapForm<'_>>::NAME)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ReadLead, A::Error> {
                let mut ignored = Vec::new();
                let known = KnownFields {
                    map,
                    ignored: &mut ignored,
                };
                let lead = Lead::from_map(MapAccessDeserializer::new(known))?;
                Ok(ReadLead { lead, ignored })
            }
        }

        deserializer.deserialize_map(ReadLeadVisitor)
    }
}

/// A map without the fields that a lead does not have.
struct KnownFields<'i, A> {
    map: A,
    ignored: &'i mut Vec<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for KnownFields<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.map.next_key::<String>()? {
            if FIELDS.contains(&&*name) {
                return seed
                    .deserialize(StrDeserializer::<A::Error>::new(&name))
                    .map(Some);
            }
            self.map.next_value::<IgnoredAny>()?;
            self.ignored.push(name);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_with_every_field_is_the_lead_alone() {
        let lead = Lead::builder("L-1")
            .account("A")
            .region("r")
            .industry("i")
            .customer_size(5)
            .product_line("p")
            .lifecycle_stage("l")
            .funnel_stage("f")
            .attribute("a", "b");
        let lead = lead.build();
        let value = serde_json::to_value(&lead).unwrap();
        let names: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        let mut fields = FIELDS.to_vec();
        fields.sort_unstable();
        assert_eq!(names, fields);
        let read: ReadLead = serde_json::from_value(value).unwrap();
        assert_eq!((read.lead(), read.ignored()), (&lead, &[][..]));
    }

    #[test]
    fn what_is_no_part_of_a_lead_is_told_and_faults_stay_faults() {
        let read = serde_json::from_str::<ReadLead>;
        let lead = read(r#"{"x": {"id": 1}, "id": "1", "Region": "a", "x": null}"#).unwrap();
        assert_eq!(lead.ignored(), ["x", "Region", "x"]);
        for text in ["{}", "[]", r#"{"id": "1", "id": "2"}"#, r#"{"x": 1}"#] {
            let (read, alone) = (read(text), serde_json::from_str::<Lead<'_>>(text));
            assert!(alone.is_err() && read.is_err(), "{text}");
        }
    }
}
