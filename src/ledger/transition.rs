//! The one function in the middle: what comes of a command. No lock, clock or I/O.

use chrono::{DateTime, Utc};

use super::command::{Command, CommandKind};
use super::dispatching::Dispatching;
use super::error::LedgerError;
use super::event::{Change, Event};
use super::lead_record::{LeadRecord, LeadStatus};
use crate::dispatch::{AssignmentRecord, Outcome, Record, Release, Request};

/// What comes of a command.
pub(super) enum Came<'r> {
    /// The lead is so already.
    Nothing(&'r LeadRecord),
    /// Something happened.
    Event(Event),
}

/// What comes of a command at a moment, for a lead of which this is known. `next` is the number of the next
/// event.
pub(super) fn transition<'r, D: Dispatching>(
    command: &Command<'_>,
    now: DateTime<Utc>,
    lead: Option<&'r LeadRecord>,
    next: u64,
    dispatching: D,
) -> Result<Came<'r>, D::Error> {
    let mut step = Step {
        command,
        now,
        lead,
        dispatching,
        records: Vec::new(),
    };
    let next_step = match &command.kind {
        CommandKind::Assign(request) => step.assign(request)?,
        CommandKind::Reassess(request) => step.reassess(request)?,
        CommandKind::Transfer(request) => step.transfer(request)?,
        CommandKind::Release { reason, release } => {
            step.give_back(Some(*release))?;
            Next::Changes(Change::Released(reason.clone()))
        }
        CommandKind::Complete(completion) => {
            step.give_back(None)?;
            Next::Changes(Change::Completed(*completion))
        }
    };
    Ok(match next_step {
        Next::Stays(lead) => Came::Nothing(lead),
        Next::Changes(change) => Came::Event(Event {
            sequence: next,
            previous: lead.map(LeadRecord::event),
            at: now,
            actor: command.actor.clone(),
            lead: command.lead.clone(),
            policy: step.dispatching.policy(),
            change,
            dispatch: step.records,
        }),
    })
}

/// What a step comes to.
enum Next<'r> {
    Stays(&'r LeadRecord),
    Changes(Change),
}

struct Step<'c, 'r, D> {
    command: &'c Command<'c>,
    now: DateTime<Utc>,
    lead: Option<&'r LeadRecord>,
    dispatching: D,
    records: Vec<Record>,
}

impl<'r, D: Dispatching> Step<'_, 'r, D> {
    fn assign(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        if let Some(lead) = self.lead
            && lead.status.is_settled()
        {
            return Ok(Next::Stays(lead));
        }
        let assignment = self.dispatch(request)?;
        Ok(Next::Changes(Change::Assigned(assignment)))
    }

    fn reassess(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        let Some(lead) = self.lead else {
            return self.assign(request);
        };
        if let LeadStatus::Closed(_) = lead.status {
            return Err(self.not_open(lead).into());
        }
        let Some(owner) = lead.owner() else {
            let assignment = self.dispatch(request)?;
            return Ok(Next::Changes(Change::HandedOver(assignment)));
        };
        let rule = lead.rule.as_ref();
        if self
            .dispatching
            .leads_to(request.lead(), owner, rule, self.now)
        {
            return Ok(Next::Stays(lead));
        }
        let assignment = self.dispatch(request)?;
        match assignment.outcome {
            Outcome::Assigned | Outcome::Pooled => {
                self.give_seats_back(lead, None)?;
                Ok(Next::Changes(Change::HandedOver(assignment)))
            }
            Outcome::Waiting | Outcome::Unassigned => {
                Ok(Next::Changes(Change::NotTaken(assignment)))
            }
        }
    }

    fn transfer(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        if let Some(lead) = self.lead
            && let LeadStatus::Closed(_) = lead.status
        {
            return Err(self.not_open(lead).into());
        }
        let assignment = self.dispatch(request)?;
        if let Some(lead) = self.lead {
            self.give_seats_back(lead, Some(Release::KeepTurn))?;
        }
        Ok(Next::Changes(Change::Transferred(assignment)))
    }

    /// Ends that somebody has it.
    fn give_back(&mut self, release: Option<Release>) -> Result<(), D::Error> {
        let Some(lead) = self.lead else {
            return Err(LedgerError::UnknownLead(self.command.lead.clone()).into());
        };
        let is_again = match lead.status {
            LeadStatus::Closed(_) => true,
            LeadStatus::Released => release.is_some(),
            _ => false,
        };
        if is_again {
            return Err(self.not_open(lead).into());
        }
        self.give_seats_back(lead, release)
    }

    fn give_seats_back(
        &mut self,
        lead: &LeadRecord,
        release: Option<Release>,
    ) -> Result<(), D::Error> {
        match &lead.receipt {
            None => Ok(()),
            Some(receipt) => {
                let records = &mut self.records;
                self.dispatching.give_back(receipt, release, records)
            }
        }
    }

    fn dispatch(&mut self, request: &Request<'_>) -> Result<Box<AssignmentRecord>, D::Error> {
        let records = &mut self.records;
        let assignment = self.dispatching.assign(request, self.now, records)?;
        Ok(Box::new(assignment.to_record()))
    }

    fn not_open(&self, lead: &LeadRecord) -> LedgerError {
        LedgerError::NotOpen {
            lead: self.command.lead.clone(),
            status: lead.status.clone(),
        }
    }
}
