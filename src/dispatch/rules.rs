//! The rules and rosters that run, to be asked without assigning.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use super::answer::receipt::{Chosen, Seat};
use super::plan::plan::Plan;
use super::plan::routes::overflow;
use crate::id::{MemberId, RuleId};
use crate::lead::Lead;
use crate::policy::{Owner, PolicyIdentity};
use crate::rule::Ownership;
use crate::tree::Decision;

/// The rules and rosters that run, all of one moment.
pub(crate) struct Rules<P>(pub(super) P);

/// What the rules say of a lead.
pub(crate) struct Ruling<'r> {
    plan: &'r Plan,
    decision: Decision<'r>,
}

impl<P: Deref<Target = Plan>> Rules<P> {
    pub(crate) fn policy(&self) -> PolicyIdentity {
        self.0.policy().identity()
    }

    /// Whether a member is known, active or not.
    pub(crate) fn knows(&self, member: &MemberId) -> bool {
        self.0.members.get(member).is_some()
    }

    pub(crate) fn of(&self, lead: &Lead<'_>, now: DateTime<Utc>) -> Ruling<'_> {
        Ruling {
            plan: &self.0,
            decision: self.0.parts.tree.decide(lead, now),
        }
    }
}

impl Ruling<'_> {
    /// The rule that applies; none for the policy's `otherwise`.
    pub(crate) fn rule(&self) -> Option<&RuleId> {
        self.decision.source().id()
    }

    pub(crate) fn ownership(&self) -> Ownership {
        self.decision.grant().ownership()
    }

    /// Whether they lead to a seat that is still there: to its team or member; or, by the rule that the seat was
    /// taken by, also by overflow, and wherever somebody put the lead by hand, or its account led it. Another
    /// rule asks its own team first.
    pub(crate) fn leads_to(&self, seat: &Seat, rule: Option<&RuleId>) -> bool {
        let Self { plan, decision } = self;
        if plan.members.get(seat.member()).is_none() {
            return false;
        }
        if let Owner::Member { member, .. } = decision.owner()
            && member == seat.member()
        {
            return true;
        }
        let is_same_rule = self.rule() == rule;
        if is_same_rule && matches!(seat.chosen(), Chosen::ByHand | Chosen::AskedFirst) {
            return true;
        }
        let Some(own) = seat.team().filter(|team| plan.teams.get(*team).is_some()) else {
            return false;
        };
        let mut overflow = overflow(plan.policy(), decision.owner(), decision.if_nobody());
        matches!(decision.owner(), Owner::Team(team) if team == own)
            || is_same_rule && overflow.any(|team| team == own)
    }
}
