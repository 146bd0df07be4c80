//! The fields of a lead in JSON, each of which is given once.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use crate::leads::given::LeadFields;

/// Fields, none of which was given twice. Of a field that is, JSON's usual reader keeps the last without a word.
pub(super) struct GivenOnce(pub(super) LeadFields);

impl<'de> Deserialize<'de> for GivenOnce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = GivenOnce;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<GivenOnce, A::Error> {
                let mut fields = LeadFields::new();
                while let Some(name) = map.next_key::<String>()? {
                    let value = if name == "attributes" {
                        let inner: Option<GivenOnce> = map.next_value()?;
                        inner.map_or(Value::Null, |GivenOnce(inner)| inner.into())
                    } else {
                        map.next_value()?
                    };
                    if fields.contains_key(&name) {
                        let message = format!("`{name}` is given twice; keep one");
                        return Err(A::Error::custom(message));
                    }
                    fields.insert(name, value);
                }
                Ok(GivenOnce(fields))
            }
        }

        deserializer.deserialize_map(FieldsVisitor)
    }
}
