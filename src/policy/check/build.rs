//! Checks a policy as a whole: every problem at once.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use super::checker::Checker;
use super::overflows::Overflows;
use crate::availability::DaysOff;
use crate::id::{CalendarId, PoolId};
use crate::limits::MAX_TESTS;
use crate::place::Trail;
use crate::policy::draft::PolicyDraft;
use crate::policy::errors::{PolicyErrors, PolicyFault, StrategyCheck};
use crate::policy::grant::{Grant, Owner, Source};
use crate::policy::policy::{Policy, PolicyContent};
use crate::policy::resolve::KnownValues;

impl PolicyDraft {
    /// Checks the policy as a whole. Takes roughly linear time in the size of the draft.
    ///
    /// # Errors
    /// Every problem at once, in the order of the file.
    pub fn build(self) -> Result<Policy, PolicyErrors> {
        self.build_with_check(None)
    }

    /// Checks the strategies of teams as well, if there is a check of them.
    pub(crate) fn build_with_check(
        self,
        strategies: Option<StrategyCheck<'_>>,
    ) -> Result<Policy, PolicyErrors> {
        let draft = self;
        let mut faults = Vec::new();
        let known = KnownValues::build(&draft, &mut faults);
        let mut checker = Checker::new(&draft, &known, faults, strategies);
        let whole = Trail::Whole;
        checker.time_zone(draft.time_zone.as_ref(), whole);
        checker.names();
        let rules = whole.field("rules");
        let entries = checker.entries(&draft.rules, rules);
        let otherwise = match &draft.otherwise {
            Some(outcome) => checker.grant(Source::Otherwise, outcome, whole.field("otherwise")),
            None => Grant {
                source: Source::Otherwise,
                owner: Owner::Pool(PoolId::unmatched()),
                if_nobody: None,
                units: 1,
                fit: None,
                support: Vec::new(),
                ownership: checker.ownership,
            },
        };
        checker.turns_by_rule(whole.field("teams"));
        let overflows = Overflows::of(&draft.teams);
        overflows.check_teams(&mut checker.resolver);
        for (place, team, next) in &checker.own_overflows {
            overflows.check_rule(place, team, next, &mut checker.resolver.faults);
        }
        checker.examples(whole.field("examples"));
        if checker.resolver.tests > MAX_TESTS {
            let tests = checker.resolver.tests;
            checker
                .resolver
                .fault(rules, PolicyFault::TooManyTests { tests });
        }
        let (faults, grants) = (checker.resolver.faults, checker.grants);
        let named = draft.teams.iter().enumerate();
        let team_positions = named
            .map(|(position, team)| (team.id.clone(), position))
            .collect();
        match known.complete() {
            Some(dimensions) if faults.is_empty() => {
                let content = PolicyContent {
                    days_off: days_off(&draft),
                    draft,
                    dimensions,
                    team_positions,
                    entries,
                    grants,
                    otherwise,
                    unmatched: PoolId::unmatched(),
                    identity: OnceLock::new(),
                };
                Ok(Policy::new(content))
            }
            _ => Err(PolicyErrors(faults)),
        }
    }
}

/// The days off of each calendar.
fn days_off(draft: &PolicyDraft) -> HashMap<CalendarId, DaysOff, FixedState> {
    let calendars = draft.holidays.iter();
    let days = calendars.map(|(name, holidays)| (CalendarId::from(name), holidays.days_off()));
    days.collect()
}
