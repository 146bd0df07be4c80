//! Skills and their levels.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::id::SkillName;

/// Skills and their levels, of a member or in a requirement. Languages are skills.
///
/// In a file: a map from skills to levels, `{"german": 3, "pricing": 1}`, or, if all levels are 1, a
/// list: `["pricing"]`.
///
/// ```
/// use leadtree::fit::Skills;
///
/// let skills: Skills = serde_json::from_str(r#"{"german": 3, "pricing": 1}"#)?;
/// assert_eq!(skills.level("german"), Some(3));
/// assert_eq!(skills.level("french"), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(schema_with = "skills_schema")
)]
pub struct Skills(Vec<(SkillName, u32)>);

impl Skills {
    /// No skills.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn push(&mut self, skill: impl Into<SkillName>, level: u32) {
        self.0.push((skill.into(), level));
    }

    /// The level of a skill, or `None` without the skill. Linear in the number of skills.
    pub fn level(&self, skill: impl AsRef<str>) -> Option<u32> {
        let skill = skill.as_ref();
        let mut skills = self.0.iter();
        skills.find(|(name, _)| *name == *skill).map(|it| it.1)
    }

    /// The skills and levels in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&SkillName, u32)> {
        self.0.iter().map(|(skill, level)| (skill, *level))
    }

    /// Whether there are no skills.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<S: Into<SkillName>> FromIterator<(S, u32)> for Skills {
    fn from_iter<I: IntoIterator<Item = (S, u32)>>(skills: I) -> Self {
        let skills = skills.into_iter();
        Self(skills.map(|(skill, level)| (skill.into(), level)).collect())
    }
}

/// A list if all levels are 1, otherwise a map.
impl Serialize for Skills {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.iter().all(|(_, level)| level == 1) {
            serializer.collect_seq(self.iter().map(|(skill, _)| skill))
        } else {
            serializer.collect_map(self.iter())
        }
    }
}

/// A list of skills, or a map from skills to levels.
#[cfg(feature = "schema")]
fn skills_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let level = schemars::json_schema!({
        "type": "integer",
        "minimum": 1,
        "maximum": crate::limits::MAX_SKILL_LEVEL,
    });
    schemars::json_schema!({
        "anyOf": [
            generator.subschema_for::<Vec<SkillName>>(),
            { "type": "object", "additionalProperties": level },
        ],
    })
}

impl<'de> Deserialize<'de> for Skills {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SkillsVisitor;

        impl<'de> Visitor<'de> for SkillsVisitor {
            type Value = Skills;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of skills, or a map from skills to levels")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Skills, A::Error> {
                let mut skills = Skills::new();
                while let Some(skill) = list.next_element::<SkillName>()? {
                    skills.push(skill, 1);
                }
                Ok(skills)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Skills, A::Error> {
                let mut skills = Skills::new();
                while let Some((skill, level)) = map.next_entry::<SkillName, u32>()? {
                    skills.push(skill, level);
                }
                Ok(skills)
            }
        }

        deserializer.deserialize_any(SkillsVisitor)
    }
}
