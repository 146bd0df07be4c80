//! Who supports the owner of a lead.

use chrono::{DateTime, Utc};

use super::assignment::{Assignment, Reason, SupportRefusal};
use super::auditing::Findings;
use super::day::When;
use super::desk::Call;
use super::dispatcher::Dispatcher;
use super::receipt::{Role, Seat};
use crate::lead::Lead;

impl Dispatcher {
    /// Has the supporting teams pick members for a lead that has an owner, and nobody twice. The
    /// policy may be replaced meanwhile; the teams are then those of the new one.
    pub(super) fn seat_supporters(
        &self,
        assignment: &mut Assignment,
        lead: &Lead<'_>,
        now: DateTime<Utc>,
        audit: Option<&Findings>,
    ) {
        let grant = assignment.grant();
        let (mut seats, mut refusals) = (Vec::new(), Vec::new());
        seats.extend(assignment.owner.clone());
        let has_owner = !seats.is_empty();
        for support in grant.support() {
            let mut refuse = |missing, reason| {
                refusals.push(SupportRefusal {
                    team: support.team().clone(),
                    missing,
                    reason,
                });
            };
            if !has_owner {
                refuse(support.count(), Reason::NoOwner);
                continue;
            }
            for picked in 0..support.count() {
                let found = audit.map_or(0, Findings::len);
                let seat = self.count(|plan| {
                    if let Some(findings) = audit {
                        findings.truncate(found);
                    }
                    let call = Call {
                        lead,
                        rule: assignment.rule(),
                        when: When::new(now, plan.parts.tree.policy().time_zone()),
                        counts: grant.counts(),
                        fit: None,
                        role: Role::Support,
                        seated: &seats,
                        everyone: false,
                        audit,
                    };
                    plan.support(support.team(), call)
                });
                match seat {
                    Ok(seat) => seats.push(seat),
                    Err(reason) => {
                        refuse(support.count() - picked, reason);
                        break;
                    }
                }
            }
        }
        let is_support = |seat: &Seat| seat.role() == Role::Support;
        assignment.supporters = seats.into_iter().filter(is_support).collect();
        assignment.support_refusals = refusals;
    }
}
