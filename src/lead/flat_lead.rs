//! A lead as one map: attributes stand beside the dimensions.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::scalar::Scalar;
use super::{AttributeValue, CustomerSize, Lead};
use crate::dimension::Dimension;

/// The id of a lead that gives none.
const DEFAULT_ID: &str = "L-1";

/// The fields beside dimensions and attributes.
const ID: &str = "id";
const ACCOUNT: &str = "account";
/// Attributes may stand in here as well, as in the serde form of [`Lead`].
const ATTRIBUTES: &str = "attributes";

/// A lead that people write by hand: one map of its `id`, `account`, dimensions and attributes. All may be
/// left out; the id is `L-1` then.
///
/// Stricter than the serde form of a [`Lead`], which takes what exports contain: a value that cannot be one is
/// refused, and so is a field that is given twice.
#[derive(Debug, Clone)]
pub(crate) struct FlatLead {
    lead: Lead<'static>,
    /// Fields that were written without a value.
    blanks: Vec<String>,
    /// Fields that were written in `attributes`.
    nested: BTreeSet<String>,
}

/// Where an attribute was written makes no difference.
impl PartialEq for FlatLead {
    fn eq(&self, other: &Self) -> bool {
        self.lead == other.lead && self.blanks == other.blanks
    }
}

impl FlatLead {
    pub(crate) fn lead(&self) -> &Lead<'static> {
        &self.lead
    }

    /// Fields that were written without a value: mistakes, as nobody writes a field to say nothing.
    pub(crate) fn blanks(&self) -> &[String] {
        &self.blanks
    }

    /// Whether a name is that of a field, so that an attribute of this name must stand in `attributes`.
    pub(crate) fn is_field(name: &str) -> bool {
        [ID, ACCOUNT, ATTRIBUTES].contains(&name) || Dimension::from_name(name).is_some()
    }

    /// Whether a field stands in `attributes`, and not beside the dimensions.
    pub(crate) fn is_nested(&self, name: &str) -> bool {
        self.nested.contains(name)
    }
}

impl From<Lead<'_>> for FlatLead {
    /// Keeps what a file can hold: an attribute without a value is left out, and a date is a text.
    fn from(lead: Lead<'_>) -> Self {
        let mut lead = lead.into_owned();
        lead.attributes.retain(|_, value| value.is_some());
        for value in lead.attributes.values_mut().flatten() {
            if let AttributeValue::Date(date) = value {
                *value = AttributeValue::from(date.to_string());
            }
        }
        let nested = lead.attributes().map(|(name, _)| name);
        let nested = nested.filter(|name| Self::is_field(name));
        Self {
            nested: nested.map(str::to_owned).collect(),
            lead,
            blanks: Vec::new(),
        }
    }
}

impl Serialize for FlatLead {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lead = &self.lead;
        let mut map = serializer.serialize_map(None)?;
        if lead.id() != DEFAULT_ID {
            map.serialize_entry(ID, lead.id())?;
        }
        if let Some(account) = lead.account() {
            map.serialize_entry(ACCOUNT, account)?;
        }
        for dimension in Dimension::ALL {
            let name = dimension.as_str();
            match dimension {
                Dimension::Region => entry(&mut map, name, lead.region())?,
                Dimension::Industry => entry(&mut map, name, lead.industry())?,
                Dimension::CustomerSize => entry(&mut map, name, lead.customer_size())?,
                Dimension::ProductLine => entry(&mut map, name, lead.product_line())?,
                Dimension::LifecycleStage => entry(&mut map, name, lead.lifecycle_stage())?,
                Dimension::FunnelStage => entry(&mut map, name, lead.funnel_stage())?,
            }
        }
        let (inner, beside): (Vec<_>, Vec<_>) = lead
            .attributes()
            .partition(|(name, _)| Self::is_field(name));
        for (name, value) in beside {
            map.serialize_entry(name, value)?;
        }
        if !inner.is_empty() {
            map.serialize_entry(ATTRIBUTES, &Attributes(inner))?;
        }
        map.end()
    }
}

fn entry<M: SerializeMap>(
    map: &mut M,
    name: &str,
    value: Option<&impl Serialize>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}

struct Attributes<'l>(Vec<(&'l str, &'l AttributeValue<'static>)>);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

impl<'de> Deserialize<'de> for FlatLead {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Self::from(Lead::builder(DEFAULT_ID).build());
        deserializer.deserialize_map(LeadVisitor {
            read: &mut read,
            is_inner: false,
        })?;
        Ok(read)
    }
}

/// Reads a map of fields into a lead: all fields, or those of `attributes` only.
struct LeadVisitor<'l> {
    read: &'l mut FlatLead,
    is_inner: bool,
}

impl<'de> Visitor<'de> for LeadVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map: the fields of a lead")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let FlatLead {
            lead,
            blanks,
            nested,
        } = self.read;
        let mut given = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !given.insert(name.clone()) {
                return Err(given_twice(&name));
            }
            let is_given = match (name.as_str(), Dimension::from_name(&name)) {
                _ if self.is_inner => attribute(lead, &name, &mut map)?,
                (ID, _) => {
                    let id: Option<Scalar> = map.next_value()?;
                    id.map(|Scalar(id)| lead.id = id.into()).is_some()
                }
                (ACCOUNT, _) => {
                    let account: Option<Scalar> = map.next_value()?;
                    lead.account = account.map(|Scalar(account)| account.into());
                    lead.account.is_some()
                }
                (ATTRIBUTES, _) => {
                    let mut inner = FlatLead::from(Lead::builder(DEFAULT_ID).build());
                    map.next_value_seed(InnerAttributes(&mut inner))?;
                    let names = inner.lead.attributes.keys().map(ToString::to_string);
                    nested.extend(names.chain(inner.blanks.iter().cloned()));
                    for (name, value) in inner.lead.attributes {
                        if lead.attributes.insert(name.clone(), value).is_some() {
                            return Err(given_twice(&name));
                        }
                    }
                    blanks.extend(inner.blanks);
                    true
                }
                (_, Some(dimension)) => value(lead, dimension, &mut map)?,
                (_, None) => attribute(lead, &name, &mut map)?,
            };
            if !is_given {
                blanks.push(name);
            }
        }
        Ok(())
    }
}

/// Reads the value of a dimension; whether there is one.
fn value<'de, A: MapAccess<'de>>(
    lead: &mut Lead<'static>,
    dimension: Dimension,
    map: &mut A,
) -> Result<bool, A::Error> {
    match dimension {
        Dimension::Region => lead.region = map.next_value()?,
        Dimension::Industry => lead.industry = map.next_value()?,
        Dimension::CustomerSize => {
            lead.customer_size = map.next_value::<Option<CustomerSize<'static>>>()?;
        }
        Dimension::ProductLine => lead.product_line = map.next_value()?,
        Dimension::LifecycleStage => lead.lifecycle_stage = map.next_value()?,
        Dimension::FunnelStage => lead.funnel_stage = map.next_value()?,
    }
    Ok(match dimension {
        Dimension::Region => lead.region.is_some(),
        Dimension::Industry => lead.industry.is_some(),
        Dimension::CustomerSize => lead.customer_size.is_some(),
        Dimension::ProductLine => lead.product_line.is_some(),
        Dimension::LifecycleStage => lead.lifecycle_stage.is_some(),
        Dimension::FunnelStage => lead.funnel_stage.is_some(),
    })
}

/// Reads the value of an attribute; whether there is one.
fn attribute<'de, A: MapAccess<'de>>(
    lead: &mut Lead<'static>,
    name: &str,
    map: &mut A,
) -> Result<bool, A::Error> {
    let value = map.next_value::<Option<PossibleValue>>()?;
    let value = value.map(|PossibleValue(value)| value);
    if value.is_none() {
        return Ok(false);
    }
    // It may stand in `attributes` as well.
    match lead.attributes.insert(Cow::Owned(name.to_owned()), value) {
        Some(_) => Err(given_twice(name)),
        None => Ok(true),
    }
}

fn given_twice<E: Error>(name: &str) -> E {
    E::custom(format!("`{name}` is given twice; keep one"))
}

struct InnerAttributes<'l>(&'l mut FlatLead);

impl<'de> serde::de::DeserializeSeed<'de> for InnerAttributes<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(LeadVisitor {
            read: self.0,
            is_inner: true,
        })
    }
}

/// What is told of something that cannot be the value of an attribute.
pub(crate) const NOT_A_VALUE: &str =
    "this cannot be a value; write a text, a number, true, false or a list of texts";

/// A value of an attribute that can be one.
struct PossibleValue(AttributeValue<'static>);

impl<'de> Deserialize<'de> for PossibleValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match AttributeValue::deserialize(deserializer)? {
            AttributeValue::Other => Err(D::Error::custom(NOT_A_VALUE)),
            value => Ok(Self(value)),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FlatLead {
    fn schema_name() -> Cow<'static, str> {
        "ExampleLead".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        use schemars::{Schema, json_schema};

        // Numbers and flags are added to texts everywhere in the schema of a policy. What kind an attribute is
        // declared to be cannot be told in a schema.
        let scalar = || json_schema!({ "type": "string" });
        let value = json_schema!({
            "type": ["string", "number", "boolean", "array"],
            "items": { "type": "string" },
        });
        let mut fields = Schema::default();
        for name in [ID, ACCOUNT] {
            fields.insert(name.to_owned(), scalar().to_value());
        }
        for dimension in Dimension::ALL {
            fields.insert(dimension.as_str().to_owned(), scalar().to_value());
        }
        let attributes =
            json_schema!({ "type": ["object", "null"], "additionalProperties": value });
        fields.insert(ATTRIBUTES.to_owned(), attributes.to_value());
        json_schema!({
            "description": "A lead: `id`, `account`, dimensions, and attributes by their names.",
            "type": "object",
            "properties": fields,
            "additionalProperties": value,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<FlatLead, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn attributes_stand_beside_dimensions_or_in_a_map_of_their_own() {
        let flat = read(r#"{"region": "cn", "customer_size": 51, "plz": "01067", "tags": ["a"]}"#);
        let lead = Lead::builder("L-1").region("cn").customer_size(51);
        let lead = lead.attribute("plz", "01067");
        let lead = lead.attribute("tags", AttributeValue::tags(["a"])).build();
        assert_eq!(flat, Ok(FlatLead::from(lead.clone())));
        let nested = r#"{"region": "cn", "customer_size": 51, "attributes": {"plz": "01067", "tags": ["a"]}}"#;
        assert_eq!(read(nested).unwrap().lead(), &lead);
    }

    #[test]
    fn fields_without_a_value_are_kept_in_mind() {
        let written = r#"{"region": null, "plz": null, "id": null, "attributes": {"vip": null}}"#;
        let blanks = read(written).unwrap().blanks().to_vec();
        assert_eq!(blanks, ["region", "plz", "id", "vip"]);
        // Of `{customer_size: 1,200}`, as YAML has it.
        let cut = read(r#"{"customer_size": 1, "200": null}"#).unwrap();
        assert_eq!(cut.blanks(), ["200"]);
    }

    #[test]
    fn what_was_written_reads_back() {
        let lead = Lead::builder("L-7").account("A").customer_size("51-200");
        let lead = lead
            .region("cn")
            .attribute("id", "own")
            .attribute("region", 7);
        let lead = FlatLead::from(lead.attribute("revenue", 7).build());
        let written = serde_json::to_string(&lead).unwrap();
        assert_eq!(
            written,
            r#"{"id":"L-7","account":"A","region":"cn","customer_size":"51-200","revenue":7,"attributes":{"id":"own","region":7}}"#
        );
        assert_eq!(read(&written), Ok(lead));
    }

    #[test]
    fn what_cannot_be_a_value_is_refused() {
        for (json, expected) in [
            (
                r#"{"vip": {"a": 1}}"#,
                "this cannot be a value; write a text",
            ),
            (
                r#"{"tags": [["a"]]}"#,
                "this cannot be a value; write a text",
            ),
            (
                r#"{"plz": "1", "plz": "2"}"#,
                "`plz` is given twice; keep one",
            ),
            (
                r#"{"plz": "1", "attributes": {"plz": "2"}}"#,
                "`plz` is given twice; keep one",
            ),
            (
                r#"{"attributes": {"plz": "2"}, "plz": "1"}"#,
                "`plz` is given twice; keep one",
            ),
            ("[]", "expected a map: the fields of a lead"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
