//! Whether a lead that is decided again may stay with its owner.

use super::plan::Plan;
use super::routes::overflow;
use crate::dispatch::answer::receipt::{Chosen, Seat};
use crate::id::RuleId;
use crate::policy::Owner;
use crate::tree::Decision;

impl Plan {
    /// Whether a decision leads to a seat that is still there: to its team or member; or, if it is by the rule
    /// that the seat was taken by, also by overflow, and wherever somebody put the lead by
    /// hand, or its account led it. Another rule
    /// asks its own team first.
    pub(in crate::dispatch) fn leads_to(
        &self,
        decision: Decision<'_>,
        seat: &Seat,
        rule: Option<&RuleId>,
    ) -> bool {
        if self.members.get(seat.member()).is_none() {
            return false;
        }
        if let Owner::Member { member, .. } = decision.owner()
            && member == seat.member()
        {
            return true;
        }
        let is_same_rule = decision.source().id() == rule;
        if is_same_rule && matches!(seat.chosen(), Chosen::ByHand | Chosen::AskedFirst) {
            return true;
        }
        let Some(own) = seat.team().filter(|team| self.teams.get(*team).is_some()) else {
            return false;
        };
        let mut overflow = overflow(self.policy(), decision.owner(), decision.if_nobody());
        matches!(decision.owner(), Owner::Team(team) if team == own)
            || is_same_rule && overflow.any(|team| team == own)
    }
}
