//! The names that a policy declares, and the checks that several parts of a policy share.

use std::ops::RangeInclusive;

use indexmap::{IndexMap, IndexSet};

use crate::availability::Moment;
use crate::id::{CalendarId, GradeName, MemberId, PoolId, RuleId, SkillName, TeamId};
use crate::parsed::Parsed;
use crate::place::{Place, Placed, Trail};
use crate::policy::draft::PolicyDraft;
use crate::policy::errors::{PolicyFault, StrategyCheck};
use crate::policy::grant::Grant;
use crate::policy::resolve::{KnownValues, Resolver};
use crate::rule::{IfNobody, Overflow, Ownership, Period, WrittenPeriod};
use crate::suggestion::Suggester;
use crate::team::Team;

/// A policy while it is being checked.
pub(super) struct Checker<'a> {
    pub(super) resolver: Resolver<'a>,
    pub(super) draft: &'a PolicyDraft,
    pub(super) strategies: Option<StrategyCheck<'a>>,
    pub(super) grades: IndexSet<GradeName>,
    /// Every skill that some member has.
    pub(super) skills: IndexSet<SkillName>,
    pub(super) calendars: IndexSet<CalendarId>,
    /// Where each pool is declared.
    pub(super) pools: IndexMap<PoolId, Place>,
    pub(super) members: IndexSet<MemberId>,
    pub(super) teams: IndexMap<TeamId, &'a Team>,
    pub(super) rules: IndexMap<RuleId, Place>,
    /// What a ledger remembers where a rule says nothing of it.
    pub(super) ownership: Ownership,
    pub(super) grants: Vec<Grant>,
    /// Overflows that rules define: place, team, and the team it overflows to.
    pub(super) own_overflows: Vec<(Place, TeamId, TeamId)>,
}

impl<'a> Checker<'a> {
    /// Of a draft whose values are known, and of whose names none was collected yet.
    pub(super) fn new(
        draft: &'a PolicyDraft,
        known: &'a KnownValues<'a>,
        faults: Vec<Placed<PolicyFault>>,
        strategies: Option<StrategyCheck<'a>>,
    ) -> Self {
        let members = draft.members.iter();
        let skills = members.flat_map(|member| member.skills.iter().map(|(skill, _)| skill));
        Self {
            resolver: Resolver {
                known,
                faults,
                suggester: Suggester::default(),
                tests: 0,
            },
            draft,
            strategies,
            grades: IndexSet::new(),
            skills: skills.cloned().collect(),
            calendars: IndexSet::new(),
            pools: IndexMap::new(),
            members: IndexSet::new(),
            teams: IndexMap::new(),
            rules: IndexMap::new(),
            ownership: draft.ownership.unwrap_or_default(),
            grants: Vec::new(),
            own_overflows: Vec::new(),
        }
    }
}

impl Checker<'_> {
    /// Reports a number that is out of range.
    pub(super) fn within<N: TryInto<usize> + PartialOrd + Copy>(
        &mut self,
        trail: Trail<'_>,
        what: &'static str,
        number: N,
        limits: RangeInclusive<N>,
    ) {
        if limits.contains(&number) {
            return;
        }
        let [number, least, most] =
            [number, *limits.start(), *limits.end()].map(|it| it.try_into().unwrap_or(usize::MAX));
        let fault = PolicyFault::OutOfLimits {
            number,
            what,
            least,
            most,
        };
        self.resolver.fault(trail, fault);
    }

    pub(super) fn is_named(&mut self, kind: &'static str, name: &str, trail: Trail<'_>) -> bool {
        let named = !name.trim().is_empty();
        if !named {
            self.resolver.fault(trail, PolicyFault::Unnamed { kind });
        }
        named
    }

    pub(super) fn duplicate(
        &mut self,
        kind: &'static str,
        name: &str,
        first: Option<Place>,
        trail: Trail<'_>,
    ) {
        if let Some(first) = first {
            let (name, first) = (name.to_owned(), first.to_string());
            self.resolver
                .fault(trail, PolicyFault::Duplicate { kind, name, first });
        }
    }

    pub(super) fn member(&mut self, member: &MemberId, trail: Trail<'_>) {
        if !self.members.contains(member) {
            let known = self.members.iter().map(MemberId::as_str);
            self.resolver
                .unknown(trail, "member", member.as_str(), known);
        }
    }

    /// `others` says what may be named instead of a team: `pool`, `member`.
    pub(super) fn known_team(&mut self, team: &TeamId, others: &[&str], trail: Trail<'_>) {
        let name = team.as_str();
        if self.teams.contains_key(name) {
            return;
        }
        let what = if self.pools.contains_key(name) {
            Some("pool")
        } else {
            Some("member").filter(|_| self.members.contains(name))
        };
        let Some(what) = what else {
            let known = self.teams.keys().map(TeamId::as_str);
            return self.resolver.unknown(trail, "team", name, known);
        };
        let remedy = if others.contains(&what) {
            format!("write `{{{what}: {name}}}`")
        } else {
            "name a team".to_owned()
        };
        let name = name.to_owned();
        let fault = PolicyFault::NotATeam { name, what, remedy };
        self.resolver.fault(trail, fault);
    }

    pub(super) fn pool(&mut self, pool: &PoolId, trail: Trail<'_>) {
        if self.teams.contains_key(pool.as_str()) && !self.pools.contains_key(pool) {
            let name = pool.as_str().to_owned();
            self.resolver.fault(trail, PolicyFault::NotAPool { name });
        } else if !self.pools.contains_key(pool) {
            let known = self.pools.keys().map(PoolId::as_str);
            self.resolver.unknown(trail, "pool", pool.as_str(), known);
        }
    }

    pub(super) fn if_nobody(&mut self, answer: &IfNobody, trail: Trail<'_>) {
        let trail = trail.field("overflow");
        match answer {
            IfNobody::Everyone | IfNobody::Wait | IfNobody::Unassigned => {}
            IfNobody::Overflow(Overflow::Team(team)) => self.known_team(team, &["pool"], trail),
            IfNobody::Overflow(Overflow::Pool(pool)) => self.pool(pool, trail),
        }
    }

    /// Checks a period, and returns it with local times in the policy's zone.
    pub(super) fn period(&mut self, written: WrittenPeriod, trail: Trail<'_>) -> Period {
        let zone = self.draft.time_zone.as_ref().and_then(Parsed::value);
        let period = written.within(zone.copied().unwrap_or_default());
        if let (Some(from), Some(until)) = (period.from(), period.until())
            && until <= from
        {
            let as_written = |moment: Option<Moment>| moment.map(|it| it.to_string());
            let fault = PolicyFault::EmptyPeriod {
                from: as_written(written.from).unwrap_or_default(),
                until: as_written(written.until).unwrap_or_default(),
            };
            self.resolver.fault(trail.field("until"), fault);
        }
        period
    }
}
