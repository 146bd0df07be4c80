//! Requirements on a member: a grade, skills.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::skills::Skills;
use crate::id::{GradeName, SkillName};
use crate::map_form::map_form;

/// A requirement on a member: a grade, skills, or both.
///
/// In a file: `{"grade": {"at_least": "senior"}, "skills": {"german": 2}}`. A list of skills,
/// `"skills": ["german"]`, requires level 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Requirement {
    /// The grades that meet it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) grade: Option<GradeTest>,
    /// Skills at the given level or above: a list, or a map with levels. Default level: 1.
    #[serde(default, skip_serializing_if = "Skills::is_empty")]
    pub(crate) skills: Skills,
}

map_form!(Requirement, "a requirement, with `grade` or `skills`");

/// The grades that meet a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GradeTest {
    /// The grade or a higher one.
    AtLeast(GradeName),
    /// The grade itself.
    Exactly(GradeName),
}

impl GradeTest {
    /// The grade named.
    pub fn grade(&self) -> &GradeName {
        match self {
            Self::AtLeast(grade) | Self::Exactly(grade) => grade,
        }
    }
}

/// Serialised as a map with one key in every format; formats differ in how they write enum variants.
impl Serialize for GradeTest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::AtLeast(grade) => serializer.collect_map([("at_least", grade)]),
            Self::Exactly(grade) => serializer.collect_map([("exactly", grade)]),
        }
    }
}

impl Requirement {
    /// An empty requirement, which every member meets.
    pub fn new() -> Self {
        Self::default()
    }

    /// Requires the grade or a higher one.
    #[must_use]
    pub fn grade_at_least(mut self, grade: impl Into<GradeName>) -> Self {
        self.grade = Some(GradeTest::AtLeast(grade.into()));
        self
    }

    /// Requires exactly the grade.
    #[must_use]
    pub fn grade_exactly(mut self, grade: impl Into<GradeName>) -> Self {
        self.grade = Some(GradeTest::Exactly(grade.into()));
        self
    }

    /// Requires a skill at the level or above.
    #[must_use]
    pub fn skill(mut self, skill: impl Into<SkillName>, level: u32) -> Self {
        self.skills.push(skill, level);
        self
    }

    /// The required grade, if any.
    pub fn grade(&self) -> Option<&GradeTest> {
        self.grade.as_ref()
    }

    /// The required skills, each with the lowest level that meets the requirement.
    pub fn skills(&self) -> &Skills {
        &self.skills
    }

    /// Whether nothing is required.
    pub fn is_empty(&self) -> bool {
        self.grade.is_none() && self.skills.is_empty()
    }
}

impl fmt::Display for GradeTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(grade) => write!(f, "grade `{grade}` or higher"),
            Self::Exactly(grade) => write!(f, "grade `{grade}`"),
        }
    }
}

/// The requirements of a rule or a team on the member who takes a lead: mandatory and preferred.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Fit {
    pub(crate) requires: Requirement,
    pub(crate) prefers: Requirement,
}

impl Fit {
    pub(crate) fn is_empty(&self) -> bool {
        self.requires.is_empty() && self.prefers.is_empty()
    }
}
