//! What is asked of a member: a grade, skills.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::skills::Skills;
use crate::id::{GradeName, SkillName};
use crate::map_form::map_form;

/// What is asked of a member: a grade, skills, or both.
///
/// In a file: `{"grade": {"at_least": "senior"}, "skills": {"german": 2}}`; `"skills": ["german"]` asks
/// for the first level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Requirement {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) grade: Option<GradeTest>,
    #[serde(default, skip_serializing_if = "Skills::is_empty")]
    pub(crate) skills: Skills,
}

map_form!(
    Requirement,
    "what is asked of a member, with `grade` or `skills`"
);

/// Which grades will do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GradeTest {
    /// That grade or a higher one.
    AtLeast(GradeName),
    /// That grade.
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

/// Written as a map of one key: writers may lay out variants in ways of their own.
impl Serialize for GradeTest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::AtLeast(grade) => serializer.collect_map([("at_least", grade)]),
            Self::Exactly(grade) => serializer.collect_map([("exactly", grade)]),
        }
    }
}

impl Requirement {
    /// Nothing is asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for that grade or a higher one.
    #[must_use]
    pub fn grade_at_least(mut self, grade: impl Into<GradeName>) -> Self {
        self.grade = Some(GradeTest::AtLeast(grade.into()));
        self
    }

    /// Asks for that very grade.
    #[must_use]
    pub fn grade_exactly(mut self, grade: impl Into<GradeName>) -> Self {
        self.grade = Some(GradeTest::Exactly(grade.into()));
        self
    }

    /// Asks for a skill, at that level or above.
    #[must_use]
    pub fn skill(mut self, skill: impl Into<SkillName>, level: u32) -> Self {
        self.skills.push(skill, level);
        self
    }

    /// Which grades will do, if any is asked for.
    pub fn grade(&self) -> Option<&GradeTest> {
        self.grade.as_ref()
    }

    /// Which skills are asked for, and at which level at least.
    pub fn skills(&self) -> &Skills {
        &self.skills
    }

    /// Whether nothing is asked.
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

/// What a lead, or a team, asks of whoever takes it: what must be, and what had better be.
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
