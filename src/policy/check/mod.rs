//! Checks a policy as written, and makes the checked policy.

mod build;
mod checker;
mod examples;
mod grades_and_skills;
mod overflows;
mod rules;
mod teams;
