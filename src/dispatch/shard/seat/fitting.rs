//! Who of a team fits a lead.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::fit::{Fit, GradeTest, Requirement, Skills};
use crate::id::GradeName;
use crate::strategy::Positions;
use crate::team::Member;

/// What a member is and knows.
#[derive(Debug, Clone)]
pub(in crate::dispatch) struct Abilities {
    /// The policy's, from the lowest to the highest.
    grades: Arc<[GradeName]>,
    grade: Option<usize>,
    skills: Skills,
}

/// Who of a team fits what is asked.
#[derive(Debug, Clone)]
pub(in crate::dispatch) struct Fitting {
    /// Who meets all that is required.
    pub(in crate::dispatch) able: Positions,
    /// By position: how much is met of what is preferred. None if nothing is.
    pub(in crate::dispatch) scores: Option<Vec<u32>>,
}

/// Who of a team fits what its leads ask, as far as that was asked lately.
#[derive(Debug, Clone, Default)]
pub(in crate::dispatch) struct Fittings {
    /// What the team itself asks.
    of_team: Fit,
    known: HashMap<Fit, Arc<Fitting>, FixedState>,
}

/// A team remembers who fits for at most this many different wishes; after that it looks again.
const KEPT: usize = 64;

impl Abilities {
    pub(in crate::dispatch) fn new(member: &Member, grades: &Arc<[GradeName]>) -> Self {
        let grade = member.grade.as_ref();
        Self {
            grade: grade.and_then(|grade| position(grades, grade)),
            grades: Arc::clone(grades),
            skills: member.skills.clone(),
        }
    }

    fn has_grade(&self, test: &GradeTest) -> bool {
        let asked = position(&self.grades, test.grade());
        match (asked, self.grade, test) {
            (Some(asked), Some(grade), GradeTest::AtLeast(_)) => grade >= asked,
            (Some(asked), Some(grade), GradeTest::Exactly(_)) => grade == asked,
            _ => false,
        }
    }

    /// How much of what is asked is met: the grade, each skill.
    fn met(&self, asked: &Requirement) -> u32 {
        let grade = asked.grade().is_some_and(|test| self.has_grade(test));
        let skills = asked.skills().iter();
        let skills = skills.filter(|(skill, level)| {
            let own = self.skills.level(skill);
            own.is_some_and(|own| own >= *level)
        });
        let skills = u32::try_from(skills.count()).unwrap_or(u32::MAX);
        skills.saturating_add(u32::from(grade))
    }

    /// What of that is asked is not met: `grade`, or a skill.
    pub(in crate::dispatch) fn lacks(&self, asked: &Requirement) -> impl Iterator<Item = String> {
        let grade = asked.grade().filter(|test| !self.has_grade(test));
        let grade = grade.map(ToString::to_string);
        let skills = asked.skills().iter().filter(|(skill, level)| {
            let own = self.skills.level(skill);
            own.is_none_or(|own| own < *level)
        });
        let skills = skills.map(|(skill, level)| format!("`{skill}` at level {level}"));
        grade.into_iter().chain(skills)
    }

    /// Whether all that is asked is met.
    pub(in crate::dispatch) fn meets(&self, asked: &Requirement) -> bool {
        let parts = asked.skills().iter().len() + usize::from(asked.grade().is_some());
        usize::try_from(self.met(asked)) == Ok(parts)
    }
}

fn position(grades: &[GradeName], grade: &GradeName) -> Option<usize> {
    grades.iter().position(|known| known == grade)
}

impl Fittings {
    pub(in crate::dispatch) fn new(of_team: Fit) -> Self {
        Self {
            of_team,
            known: HashMap::default(),
        }
    }

    /// What the team itself requires.
    pub(in crate::dispatch) fn required_by_team(&self) -> &Requirement {
        &self.of_team.requires
    }

    /// Who fits what the rule asks and the team; none if nothing is asked.
    #[inline]
    ///
    /// `seats` is what everybody in the team is and knows, by position.
    pub(in crate::dispatch) fn find<'a>(
        &mut self,
        of_rule: Option<&Fit>,
        seats: impl Iterator<Item = &'a Abilities> + Clone,
    ) -> Option<Arc<Fitting>> {
        if of_rule.is_none() && self.of_team.is_empty() {
            return None;
        }
        let nothing = Fit::default();
        let of_rule = of_rule.unwrap_or(&nothing);
        if let Some(known) = self.known.get(of_rule) {
            return Some(Arc::clone(known));
        }
        let fitting = Arc::new(self.look(of_rule, seats));
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.insert(of_rule.clone(), Arc::clone(&fitting));
        Some(fitting)
    }

    fn look<'a>(
        &self,
        of_rule: &Fit,
        seats: impl Iterator<Item = &'a Abilities> + Clone,
    ) -> Fitting {
        let asks = [of_rule, &self.of_team];
        let meets_all = |seat: &Abilities| asks.iter().all(|it| seat.meets(&it.requires));
        let able = seats.clone().enumerate();
        let able = able.filter(|(_, seat)| meets_all(seat));
        let score = |seat: &Abilities| {
            let met = asks.map(|it| seat.met(&it.prefers));
            met.into_iter().fold(0, u32::saturating_add)
        };
        let is_score_needed = asks.iter().any(|it| !it.prefers.is_empty());
        Fitting {
            able: able.map(|(position, _)| position).collect(),
            scores: is_score_needed.then(|| seats.map(score).collect()),
        }
    }
}
