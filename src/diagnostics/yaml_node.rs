//! The nodes of a YAML file with their positions.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

pub(super) struct YamlNode {
    /// Where it is written, in bytes. For a block map or list, only the beginning.
    pub(super) span: Range<usize>,
    /// Where a YAML alias (`*name`) inserts it, if one does.
    pub(super) alias: Option<Range<usize>>,
    pub(super) value: YamlValue,
}

pub(super) enum YamlValue {
    Map(Vec<(YamlKey, YamlNode)>),
    List(Vec<YamlNode>),
    /// A scalar: text, number, flag or null.
    Leaf(String),
}

pub(super) struct YamlKey {
    pub(super) name: String,
    pub(super) span: Range<usize>,
}

impl YamlNode {
    /// From its beginning to the end of its content, or the YAML alias that inserts it, unless it
    /// is a leaf. `text` is the content of the file.
    pub(super) fn extent(&self, text: &str) -> Range<usize> {
        match &self.alias {
            Some(alias) if !matches!(self.value, YamlValue::Leaf(_)) => alias.clone(),
            _ => self.span.start..self.end(text),
        }
    }

    fn end(&self, text: &str) -> usize {
        let inner = match &self.value {
            YamlValue::Leaf(_) => return self.span.end,
            YamlValue::List(items) => items.last(),
            YamlValue::Map(fields) => fields.last().map(|(_, node)| node),
        };
        let end = inner.map_or(self.span.end, |inner| {
            inner.extent(text).end.max(self.span.end)
        });
        let closing = match text.get(self.span.clone()) {
            Some("{") => '}',
            Some("[") => ']',
            _ => return end,
        };
        let rest = text.get(end..).unwrap_or_default();
        let close = rest.trim_start_matches([' ', ',', '\t', '\r', '\n']);
        match close.strip_prefix(closing) {
            Some(behind) => text.len() - behind.len(),
            None => end,
        }
    }
}

fn bytes(location: Location) -> Range<usize> {
    let span = location.span();
    let number = |number: Option<u64>| number.and_then(|number| usize::try_from(number).ok());
    let start = number(span.byte_offset()).unwrap_or(0);
    let length = number(span.byte_len()).unwrap_or(0);
    start..start.saturating_add(length)
}

impl<'de> Deserialize<'de> for YamlNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned {
            value,
            referenced,
            defined,
        } = Spanned::<YamlValue>::deserialize(deserializer)?;
        Ok(Self {
            span: bytes(defined),
            alias: (referenced != defined).then(|| bytes(referenced)),
            value,
        })
    }
}

impl<'de> Deserialize<'de> for YamlKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, defined, .. } = Spanned::<String>::deserialize(deserializer)?;
        Ok(Self {
            name: value,
            span: bytes(defined),
        })
    }
}

impl<'de> Deserialize<'de> for YamlValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct YamlVisitor;

        impl<'de> Visitor<'de> for YamlVisitor {
            type Value = YamlValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }

            fn visit_bool<E>(self, value: bool) -> Result<YamlValue, E> {
                Ok(YamlValue::Leaf(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<YamlValue, E> {
                Ok(YamlValue::Leaf(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<YamlValue, E> {
                Ok(YamlValue::Leaf(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<YamlValue, E> {
                Ok(YamlValue::Leaf(value.to_string()))
            }

            fn visit_str<E>(self, value: &str) -> Result<YamlValue, E> {
                Ok(YamlValue::Leaf(value.to_owned()))
            }

            fn visit_unit<E>(self) -> Result<YamlValue, E> {
                Ok(YamlValue::Leaf(String::new()))
            }

            fn visit_none<E>(self) -> Result<YamlValue, E> {
                Ok(YamlValue::Leaf(String::new()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<YamlValue, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(YamlValue::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<YamlValue, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(YamlValue::Map(fields))
            }
        }

        deserializer.deserialize_any(YamlVisitor)
    }
}
