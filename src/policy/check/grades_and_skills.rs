//! Checks grades, skills, and the requirements on members.

use super::checker::Checker;
use crate::fit::{Fit, Requirement, Skills};
use crate::id::{GradeName, SkillName};
use crate::limits::{MAX_GRADES, MAX_SKILL_LEVEL, MAX_SKILLS};
use crate::place::Trail;
use crate::policy::errors::PolicyFault;

impl Checker<'_> {
    /// Checks the policy's grades and refuses duplicates.
    pub(super) fn grades(&mut self, trail: Trail<'_>) {
        let grades = &self.draft.grades;
        self.within(trail, "grades", grades.len(), 0..=MAX_GRADES);
        for (index, grade) in grades.iter().enumerate() {
            let trail = trail.item(index);
            if self.is_named("grade", grade.as_str(), trail) {
                let (first, is_new) = self.grades.insert_full(grade.clone());
                if !is_new {
                    let (kind, name) = ("grade", grade.to_string());
                    let first = format!("grades[{first}]");
                    let fault = PolicyFault::Duplicate { kind, name, first };
                    self.resolver.fault(trail, fault);
                }
            }
        }
    }

    pub(super) fn known_grade(&mut self, grade: &GradeName, trail: Trail<'_>) {
        if !self.grades.contains(grade) {
            let known = self.grades.iter().map(GradeName::as_str);
            self.resolver.unknown(trail, "grade", grade.as_str(), known);
        }
    }

    /// Checks skills and their levels, and refuses duplicates.
    pub(super) fn levels(&mut self, skills: &Skills, trail: Trail<'_>) {
        self.within(trail, "skills", skills.iter().len(), 0..=MAX_SKILLS);
        for (index, (skill, level)) in skills.iter().enumerate() {
            let trail = trail.field(skill.as_str());
            if !self.is_named("skill", skill.as_str(), trail) {
                continue;
            }
            self.within(trail, "as a level", level, 1..=MAX_SKILL_LEVEL);
            let mut before = skills.iter().take(index.min(MAX_SKILLS));
            if before.any(|(other, _)| other == skill) {
                let (kind, name) = ("skill", skill.to_string());
                let first = "an earlier entry".to_owned();
                let fault = PolicyFault::Duplicate { kind, name, first };
                self.resolver.fault(trail, fault);
            }
        }
    }

    pub(super) fn fit(&mut self, fit: &Fit, trail: Trail<'_>) {
        self.requirement(&fit.requires, trail.field("requires"));
        self.requirement(&fit.prefers, trail.field("prefers"));
    }

    pub(super) fn requirement(&mut self, requirement: &Requirement, trail: Trail<'_>) {
        if let Some(test) = requirement.grade() {
            self.known_grade(test.grade(), trail.field("grade"));
        }
        let trail = trail.field("skills");
        self.levels(requirement.skills(), trail);
        for (skill, _) in requirement.skills().iter() {
            if !self.skills.contains(skill) {
                let known = self.skills.iter().map(SkillName::as_str);
                let trail = trail.field(skill.as_str());
                self.resolver.unknown(trail, "skill", skill.as_str(), known);
            }
        }
    }
}
