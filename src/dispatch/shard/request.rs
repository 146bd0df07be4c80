//! What one seat is asked for.

use std::cell::RefCell;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::seat::obstacle::Exclusion;
use crate::availability::TimeZone;
use crate::dispatch::answer::audit::{Audit, Inquiry};
use crate::dispatch::answer::day::When;
use crate::dispatch::answer::receipt::Role;
use crate::fit::Fit;
use crate::id::{LeadId, RuleId};
use crate::lead::Lead;

/// A seat to be taken: the lead, and what else a selection may look at.
#[derive(Clone, Copy)]
pub(in crate::dispatch) struct SeatRequest<'a> {
    pub(in crate::dispatch) lead: &'a Lead<'a>,
    pub(in crate::dispatch) rule: Option<&'a RuleId>,
    pub(in crate::dispatch) when: When,
    /// As how many leads it counts.
    pub(in crate::dispatch) units: u32,
    /// What is asked of whoever takes it, beyond what the team asks.
    pub(in crate::dispatch) fit: Option<&'a Fit>,
    /// What the seat is for.
    pub(in crate::dispatch) role: Role,
    /// Who gets no seat.
    pub(in crate::dispatch) left_out: Option<&'a LeftOut>,
    /// Who is picked if possible, in place of the strategy's choice: by number in the shard.
    pub(in crate::dispatch) preferred: Option<usize>,
    /// Set the limits aside.
    pub(in crate::dispatch) everyone: bool,
    /// Where to tell who was looked at, if anybody wants to know.
    pub(in crate::dispatch) audit: Option<&'a Findings>,
}

/// Members by number in the shard, and why they are left out.
pub(in crate::dispatch) type LeftOut = HashMap<usize, Exclusion, FixedState>;

/// What an audit has found so far.
#[derive(Debug)]
pub(in crate::dispatch) struct Findings {
    inquiries: RefCell<Vec<Inquiry>>,
    /// The policy's, in which moments are told.
    pub(in crate::dispatch) time_zone: TimeZone,
}

impl Findings {
    pub(in crate::dispatch) fn new(time_zone: TimeZone) -> Self {
        let inquiries = RefCell::default();
        Self {
            inquiries,
            time_zone,
        }
    }

    pub(in crate::dispatch) fn add(&self, inquiry: Inquiry) {
        self.inquiries.borrow_mut().push(inquiry);
    }

    pub(in crate::dispatch) fn into_audit(self, lead: &LeadId) -> Audit {
        Audit {
            lead: lead.clone(),
            inquiries: self.inquiries.into_inner(),
            time_zone: self.time_zone,
        }
    }
}
