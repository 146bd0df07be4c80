//! Who fits a lead: grades and skills of members, and what is asked of them.

mod requirement;
mod skills;

pub(crate) use requirement::Fit;
pub use requirement::{GradeTest, Requirement};
pub use skills::Skills;
