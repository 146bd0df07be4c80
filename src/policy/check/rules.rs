//! Checks rules, groups and their outcomes.

use super::checker::Checker;
use crate::id::{MemberId, PoolId, RuleId, TeamId};
use crate::limits::{MAX_SUPPORTERS, MAX_SUPPORTERS_PER_LEAD, MAX_UNITS};
use crate::place::Trail;
use crate::policy::errors::PolicyFault;
use crate::policy::grant::{Grant, Owner, Source};
use crate::policy::resolved_rules::ResolvedEntry;
use crate::rule::{Entry, EntryFault, Group, IfNobody, Outcome, Overflow, Rule};

impl Checker<'_> {
    pub(super) fn entries(&mut self, entries: &[Entry], trail: Trail<'_>) -> Vec<ResolvedEntry> {
        let mut resolved = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            let trail = trail.item(index);
            resolved.push(match entry {
                Entry::Rule(rule) => self.rule(rule, trail),
                Entry::Group(group) => self.group(group, trail),
            });
        }
        resolved
    }

    fn rule(&mut self, rule: &Rule, trail: Trail<'_>) -> ResolvedEntry {
        self.entry_faults(&rule.faults, trail);
        if !rule.faults.contains(&EntryFault::NeitherRuleNorGroup) {
            self.rule_id("rule", &rule.id, trail.field("id"));
        }
        let when = self.resolver.condition(&rule.when, trail.field("when"));
        let period = self.period(rule.period, trail);
        let grant = self.grant(Source::Rule(rule.id.clone()), &rule.outcome, trail);
        self.grants.push(grant);
        ResolvedEntry::Rule {
            enabled: rule.enabled,
            period,
            when,
            grant: self.grants.len() - 1,
        }
    }

    fn group(&mut self, group: &Group, trail: Trail<'_>) -> ResolvedEntry {
        self.entry_faults(&group.faults, trail);
        if !group.faults.contains(&EntryFault::NeitherRuleNorGroup) {
            self.rule_id("group", &group.id, trail.field("group"));
        }
        let when = self.resolver.condition(&group.when, trail.field("when"));
        if group.too_deep {
            self.resolver.fault(
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
        ResolvedEntry::Group {
            enabled: group.enabled,
            when,
            entries,
            otherwise,
        }
    }

    fn entry_faults(&mut self, faults: &[EntryFault], trail: Trail<'_>) {
        for fault in faults {
            let trail = match fault.field() {
                Some(field) => trail.field(field),
                None => trail,
            };
            self.resolver
                .fault(trail, PolicyFault::Entry(fault.clone()));
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

    pub(super) fn grant(&mut self, source: Source, outcome: &Outcome, trail: Trail<'_>) -> Grant {
        let support = trail.field("support");
        for (index, team) in outcome.support.iter().enumerate() {
            let trail = support.item(index);
            self.known_team(&team.team, &[], trail);
            let members = trail.field("members");
            self.within(members, "members", team.members, 1..=MAX_SUPPORTERS);
        }
        let all = outcome.support.iter().map(|team| team.members);
        let all = all.fold(0, u32::saturating_add);
        self.within(support, "supporters", all, 0..=MAX_SUPPORTERS_PER_LEAD);
        self.within(trail.field("units"), "leads", outcome.units, 1..=MAX_UNITS);
        if let Some(fit) = outcome.fit.as_deref() {
            self.fit(fit, trail);
        }
        let trail = trail.field("assign_to");
        let form = outcome.assign_to.as_ref().map(|target| &target.0);
        let owner = form.and_then(|form| match (&form.team, &form.member, &form.pool) {
            (Some(team), None, None) => {
                self.known_team(team, &["pool", "member"], trail.field("team"));
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
                    self.resolver
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
                self.resolver.fault(trail, fault);
                Some(Owner::Pool(PoolId::unmatched()))
            }
            (_, Some(_), Some(_)) => {
                let fault = PolicyFault::AssignsToTwo {
                    first: "a member",
                    second: "a pool",
                };
                self.resolver.fault(trail, fault);
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
            self.resolver.fault(trail, PolicyFault::AssignsToNothing);
            Owner::Pool(PoolId::unmatched())
        });
        Grant {
            source,
            owner,
            if_nobody,
            units: outcome.units,
            fit: outcome.fit.clone(),
            support: outcome.support.clone(),
            ownership: outcome.ownership.unwrap_or(self.ownership),
        }
    }

    pub(super) fn named_member(
        &mut self,
        member: &MemberId,
        team: Option<&TeamId>,
        trail: Trail<'_>,
    ) {
        self.member(member, trail.field("member"));
        let Some(team) = team else { return };
        self.known_team(team, &[], trail.field("team"));
        if let Some(known) = self.teams.get(team)
            && self.members.contains(member)
            && !known.members.iter().any(|seat| seat.member == *member)
        {
            let (member, team) = (member.to_string(), team.to_string());
            self.resolver.fault(
                trail.field("member"),
                PolicyFault::NotInTeam { member, team },
            );
        }
    }
}
