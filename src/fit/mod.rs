//! Which members fit a lead: grades, skills, and requirements on them.

mod requirement;
mod skills;

pub(crate) use requirement::Fit;
pub use requirement::{GradeTest, Requirement};
pub use skills::Skills;
