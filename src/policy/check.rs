//! Checking a policy as a whole: every problem at once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use foldhash::fast::FixedState;
use indexmap::{IndexMap, IndexSet};

use super::bind::{Binder, KnownValues};
use super::bound::BoundEntry;
use super::check_overflows::Overflows;
use super::draft::PolicyDraft;
use super::fault::{PolicyErrors, PolicyFault};
use super::grant::{Grant, Owner, Source};
use super::policy::{CheckedPolicy, Policy};
use crate::availability::DaysOff;
use crate::dimension::{Attributes, BandsDraft, DimensionErrors, Dimensions, StagesDraft};
use crate::id::{CalendarId, GradeName, MemberId, PoolId, RuleId, SkillName, TeamId};
use crate::limits::{MAX_COUNTS, MAX_SUPPORTERS, MAX_TESTS};
use crate::place::{Place, Placed, Trail};
use crate::rule::{Entry, Group, IfNobody, Outcome, Overflow, Period, Rule};
use crate::suggestion::Suggester;
use crate::team::Team;

impl PolicyDraft {
    /// Checks the policy as a whole. Takes roughly linear time in the size of the draft.
    ///
    /// # Errors
    /// Every problem at once, in the order of the file.
    pub fn build(self) -> Result<Policy, PolicyErrors> {
        let draft = self;
        let mut faults = Vec::new();
        let known = known_values(&draft, &mut faults);
        let binder = Binder {
            known: &known,
            faults,
            suggester: Suggester::default(),
            tests: 0,
        };
        let mut checker = Checker {
            binder,
            draft: &draft,
            grades: IndexSet::new(),
            skills: skills(&draft),
            calendars: IndexSet::new(),
            pools: IndexMap::new(),
            members: IndexSet::new(),
            teams: IndexMap::new(),
            rules: IndexMap::new(),
            grants: Vec::new(),
            own_overflows: Vec::new(),
        };
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
                counts: 1,
                fit: None,
                support: Vec::new(),
            },
        };
        checker.turns_by_rule(whole.field("teams"));
        let overflows = Overflows::of(&draft.teams);
        overflows.check_teams(&mut checker.binder);
        for (place, team, next) in &checker.own_overflows {
            overflows.check_rule(place, team, next, &mut checker.binder.faults);
        }
        if checker.binder.tests > MAX_TESTS {
            let tests = checker.binder.tests;
            checker
                .binder
                .fault(rules, PolicyFault::TooManyTests { tests });
        }
        let (faults, grants) = (checker.binder.faults, checker.grants);
        let named = draft.teams.iter().enumerate();
        let team_positions = named
            .map(|(position, team)| (team.id.clone(), position))
            .collect();
        match known.complete() {
            Some(dimensions) if faults.is_empty() => {
                let whole = CheckedPolicy {
                    days_off: days_off(&draft),
                    draft,
                    dimensions,
                    team_positions,
                    entries,
                    grants,
                    otherwise,
                    unmatched: PoolId::unmatched(),
                };
                Ok(Policy::new(whole))
            }
            _ => Err(PolicyErrors(faults)),
        }
    }
}

/// Every skill that some member has.
fn skills(draft: &PolicyDraft) -> IndexSet<SkillName> {
    let members = draft.members.iter();
    let skills = members.flat_map(|member| member.skills.iter().map(|(skill, _)| skill));
    skills.cloned().collect()
}

/// The days off of each calendar.
fn days_off(draft: &PolicyDraft) -> HashMap<CalendarId, DaysOff, FixedState> {
    let calendars = draft.holidays.iter();
    let days = calendars.map(|(name, holidays)| (CalendarId::from(name), holidays.days_off()));
    days.collect()
}

impl KnownValues<'_> {
    fn complete(self) -> Option<Dimensions> {
        Some(Dimensions {
            regions: self.regions?.into_owned(),
            industries: self.industries?.into_owned(),
            product_lines: self.product_lines?.into_owned(),
            customer_sizes: self.customer_sizes?.into_owned(),
            lifecycle_stages: self.lifecycle_stages?.into_owned(),
            funnel_stages: self.funnel_stages?.into_owned(),
            attributes: self.attributes?.into_owned(),
        })
    }
}

/// Builds the values of every dimension; keeps those that have no faults.
fn known_values(
    draft: &PolicyDraft,
    faults: &mut Vec<Placed<PolicyFault>>,
) -> KnownValues<'static> {
    fn keep<T: Clone>(
        faults: &mut Vec<Placed<PolicyFault>>,
        field: &str,
        built: Result<T, DimensionErrors>,
    ) -> Option<Cow<'static, T>> {
        let place = Place::whole().field(field);
        built
            .map_err(|errors| {
                faults.extend(errors.0.into_iter().map(|fault| {
                    Placed::new(fault.place.under(&place), PolicyFault::from(fault.fault))
                }));
            })
            .ok()
            .map(Cow::Owned)
    }

    let sizes = draft
        .customer_sizes
        .clone()
        .unwrap_or_else(BandsDraft::default_bands);
    let lifecycle = draft
        .lifecycle_stages
        .clone()
        .unwrap_or_else(StagesDraft::default_lifecycle);
    let funnel = draft
        .funnel_stages
        .clone()
        .unwrap_or_else(StagesDraft::default_funnel);
    KnownValues {
        regions: keep(faults, "regions", draft.regions.build()),
        industries: keep(faults, "industries", draft.industries.build()),
        product_lines: keep(faults, "product_lines", draft.product_lines.build()),
        customer_sizes: keep(faults, "customer_sizes", sizes.build()),
        lifecycle_stages: keep(faults, "lifecycle_stages", lifecycle.build()),
        funnel_stages: keep(faults, "funnel_stages", funnel.build()),
        attributes: keep(faults, "attributes", Attributes::build(&draft.attributes)),
    }
}

pub(super) struct Checker<'a> {
    pub(super) binder: Binder<'a>,
    pub(super) draft: &'a PolicyDraft,
    pub(super) grades: IndexSet<GradeName>,
    /// Every skill that some member has.
    pub(super) skills: IndexSet<SkillName>,
    pub(super) calendars: IndexSet<CalendarId>,
    /// Where each pool is declared.
    pub(super) pools: IndexMap<PoolId, Place>,
    pub(super) members: IndexSet<MemberId>,
    pub(super) teams: IndexMap<TeamId, &'a Team>,
    rules: IndexMap<RuleId, Place>,
    pub(super) grants: Vec<Grant>,
    /// Overflows that rules define: place, team, and the team it overflows to.
    own_overflows: Vec<(Place, TeamId, TeamId)>,
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
        self.binder.fault(trail, fault);
    }

    pub(super) fn is_named(&mut self, kind: &'static str, name: &str, trail: Trail<'_>) -> bool {
        let named = !name.trim().is_empty();
        if !named {
            self.binder.fault(trail, PolicyFault::Unnamed { kind });
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
            self.binder
                .fault(trail, PolicyFault::Duplicate { kind, name, first });
        }
    }

    pub(super) fn member(&mut self, member: &MemberId, trail: Trail<'_>) {
        if !self.members.contains(member) {
            let known = self.members.iter().map(MemberId::as_str);
            self.binder.unknown(trail, "member", member.as_str(), known);
        }
    }

    fn known_team(&mut self, team: &TeamId, trail: Trail<'_>) {
        if !self.teams.contains_key(team) {
            let known = self.teams.keys().map(TeamId::as_str);
            self.binder.unknown(trail, "team", team.as_str(), known);
        }
    }

    fn pool(&mut self, pool: &PoolId, trail: Trail<'_>) {
        if !self.pools.contains_key(pool) {
            let known = self.pools.keys().map(PoolId::as_str);
            self.binder.unknown(trail, "pool", pool.as_str(), known);
        }
    }

    pub(super) fn if_nobody(&mut self, answer: &IfNobody, trail: Trail<'_>) {
        let trail = trail.field("overflow");
        match answer {
            IfNobody::Everyone | IfNobody::Wait | IfNobody::Unassigned => {}
            IfNobody::Overflow(Overflow::Team(team)) => self.known_team(team, trail),
            IfNobody::Overflow(Overflow::Pool(pool)) => self.pool(pool, trail),
        }
    }

    fn entries(&mut self, entries: &[Entry], trail: Trail<'_>) -> Vec<BoundEntry> {
        let mut bound = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            let trail = trail.item(index);
            bound.push(match entry {
                Entry::Rule(rule) => self.rule(rule, trail),
                Entry::Group(group) => self.group(group, trail),
            });
        }
        bound
    }

    fn rule(&mut self, rule: &Rule, trail: Trail<'_>) -> BoundEntry {
        self.rule_id("rule", &rule.id, trail.field("id"));
        let when = self.binder.condition(&rule.when, trail.field("when"));
        self.period(rule.period, trail);
        let grant = self.grant(Source::Rule(rule.id.clone()), &rule.outcome, trail);
        self.grants.push(grant);
        BoundEntry::Rule {
            enabled: rule.enabled,
            period: rule.period,
            when,
            grant: self.grants.len() - 1,
        }
    }

    pub(super) fn period(&mut self, period: Period, trail: Trail<'_>) {
        if let (Some(from), Some(until)) = (period.from, period.until)
            && until <= from
        {
            let (from, until) = (from.to_rfc3339(), until.to_rfc3339());
            self.binder.fault(
                trail.field("until"),
                PolicyFault::EmptyPeriod { from, until },
            );
        }
    }

    fn group(&mut self, group: &Group, trail: Trail<'_>) -> BoundEntry {
        self.rule_id("group", &group.id, trail.field("group"));
        let when = self.binder.condition(&group.when, trail.field("when"));
        if group.too_deep {
            self.binder.fault(
                trail.field("rules"),
                PolicyFault::TooDeep { what: "groups" },
            );
        }
        let entries = self.entries(&group.rules, trail.field("rules"));
        let otherwise = group.otherwise.as_ref().map(|outcome| {
            let source = Source::GroupOtherwise(group.id.clone());
            let grant = self.grant(source, outcome, trail.field("otherwise"));
            self.grants.push(grant);
            self.grants.len() - 1
        });
        BoundEntry::Group {
            enabled: group.enabled,
            when,
            entries,
            otherwise,
        }
    }

    fn rule_id(&mut self, kind: &'static str, id: &RuleId, trail: Trail<'_>) {
        if self.is_named(kind, id.as_str(), trail) {
            let first = self.rules.get(id).cloned();
            match first {
                Some(first) => self.duplicate(kind, id.as_str(), Some(first), trail),
                None => {
                    self.rules.insert(id.clone(), trail.place());
                }
            }
        }
    }

    fn grant(&mut self, source: Source, outcome: &Outcome, trail: Trail<'_>) -> Grant {
        let support = trail.field("support");
        for (index, team) in outcome.support.iter().enumerate() {
            let trail = support.item(index);
            self.known_team(&team.team, trail);
            let members = trail.field("members");
            self.within(members, "members", team.members, 1..=MAX_SUPPORTERS);
        }
        self.within(
            trail.field("counts"),
            "leads",
            outcome.counts,
            1..=MAX_COUNTS,
        );
        if let Some(fit) = outcome.fit.as_deref() {
            self.fit(fit, trail);
        }
        let trail = trail.field("assign_to");
        let form = outcome.assign_to.as_ref().map(|target| &target.0);
        let owner = form.and_then(|form| match (&form.team, &form.member, &form.pool) {
            (Some(team), None, None) => {
                self.known_team(team, trail.field("team"));
                Some(Owner::Team(team.clone()))
            }
            (team, Some(member), None) => {
                self.named_member(member, team.as_ref(), trail);
                Some(Owner::Member {
                    member: member.clone(),
                    team: team.clone(),
                })
            }
            (None, None, Some(pool)) => {
                self.pool(pool, trail.field("pool"));
                if form.if_nobody.is_some() {
                    self.binder
                        .fault(trail.field("if_nobody"), PolicyFault::UselessIfNobody);
                }
                Some(Owner::Pool(pool.clone()))
            }
            (None, None, None) => None,
            (Some(_), None, Some(_)) => {
                let fault = PolicyFault::AssignsToTwo {
                    first: "a team",
                    second: "a pool",
                };
                self.binder.fault(trail, fault);
                Some(Owner::Pool(PoolId::unmatched()))
            }
            (_, Some(_), Some(_)) => {
                let fault = PolicyFault::AssignsToTwo {
                    first: "a member",
                    second: "a pool",
                };
                self.binder.fault(trail, fault);
                Some(Owner::Pool(PoolId::unmatched()))
            }
        });
        let if_nobody = form.and_then(|form| form.if_nobody.clone());
        if let Some(answer) = &if_nobody {
            let trail = trail.field("if_nobody");
            self.if_nobody(answer, trail);
            if let (Some(Owner::Team(team)), IfNobody::Overflow(Overflow::Team(next))) =
                (&owner, answer)
            {
                let overflow = (trail.place(), team.clone(), next.clone());
                self.own_overflows.push(overflow);
            }
        }
        let owner = owner.unwrap_or_else(|| {
            self.binder.fault(trail, PolicyFault::AssignsToNothing);
            Owner::Pool(PoolId::unmatched())
        });
        Grant {
            source,
            owner,
            if_nobody,
            counts: outcome.counts,
            fit: outcome.fit.clone(),
            support: outcome.support.clone(),
        }
    }

    fn named_member(&mut self, member: &MemberId, team: Option<&TeamId>, trail: Trail<'_>) {
        self.member(member, trail.field("member"));
        let Some(team) = team else { return };
        self.known_team(team, trail.field("team"));
        if let Some(known) = self.teams.get(team)
            && self.members.contains(member)
            && !known.members.iter().any(|seat| seat.member == *member)
        {
            let (member, team) = (member.to_string(), team.to_string());
            self.binder.fault(
                trail.field("member"),
                PolicyFault::NotInTeam { member, team },
            );
        }
    }
}
