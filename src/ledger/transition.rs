//! The one function in the middle: what comes of a command. No lock, clock or I/O.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::account_record::{AccountChange, AccountRecord};
use super::command::{Command, CommandKind};
use super::dispatching::Dispatching;
use super::error::LedgerError;
use super::event::{Change, Event};
use super::lead_record::{LeadRecord, LeadStatus};
use super::records::{Records, account_key};
use crate::dispatch::{
    Assignment, AssignmentOutcome, AssignmentRecord, Record, Release, Request, Seat,
};
use crate::id::{AccountId, MemberId};
use crate::limits::MAX_TEXT_BYTES;
use crate::rule::Ownership;

/// What comes of a command.
pub(super) enum Came<'r> {
    /// The lead is so already.
    Nothing(&'r LeadRecord),
    /// Something happened, and what is known of the lead after it.
    Event(Arc<Event>, LeadRecord),
}

/// What comes of a command at a moment. `next` is the number of the next event.
pub(super) fn transition<'r, R: Records<'r>, D: Dispatching>(
    command: &Command<'_>,
    now: DateTime<Utc>,
    records: R,
    next: u64,
    dispatching: D,
) -> Result<Came<'r>, D::Error>
where
    D::Error: From<R::Missing>,
{
    check_texts(command)?;
    let lead = records.lead(&command.lead)?;
    let found = lead.map(LeadRecord::event);
    if let Some(expected) = command.expected
        && found != Some(expected)
    {
        let lead = command.lead.clone();
        return Err(LedgerError::Changed {
            lead,
            expected,
            found,
        }
        .into());
    }
    let mut step = Step {
        command,
        now,
        lead,
        records,
        dispatching,
        changed: Vec::new(),
        given_back: Vec::new(),
        account: None,
    };
    let next_step = match &command.kind {
        CommandKind::Assign(request) => step.assign(request)?,
        CommandKind::Reassess(request) => step.reassess(request)?,
        CommandKind::Transfer(request) => step.transfer(request)?,
        CommandKind::Release { reason, release } => {
            let lead = step.open_lead()?;
            if lead.status == LeadStatus::Released {
                return Err(step.not_open(lead).into());
            }
            step.give_back(lead, Some(*release))?;
            let reason = reason.clone();
            Next::Changes(Change::Released { reason })
        }
        CommandKind::Complete(completion) => match step.lead {
            Some(lead) if lead.status == LeadStatus::Closed(*completion) => Next::Stays(lead),
            _ => {
                let lead = step.open_lead()?;
                step.give_back(lead, None)?;
                let completion = *completion;
                Next::Changes(Change::Completed { completion })
            }
        },
    };
    let change = match next_step {
        Next::Stays(lead) => return Ok(Came::Nothing(lead)),
        Next::Changes(change) => change,
    };
    let event = Event {
        version: Event::VERSION,
        sequence: next,
        previous: found,
        at: now,
        actor: command.actor.clone(),
        lead: command.lead.clone(),
        policy: step.dispatching.rules().policy(),
        change,
        account: step.account,
        given_back: step.given_back,
        dispatch: step.changed,
    };
    // Every change above is one of a lead that it can happen to.
    let unknown = || LedgerError::UnknownLead(command.lead.clone());
    let after = LeadRecord::after(lead, &event).ok_or_else(unknown)?;
    Ok(Came::Event(Arc::new(event), after))
}

/// What is kept for ever is bounded.
fn check_texts(command: &Command<'_>) -> Result<(), LedgerError> {
    let lead = command.lead.as_str();
    if lead.trim().is_empty() {
        return Err(LedgerError::NoId);
    }
    let (account, reason) = match &command.kind {
        CommandKind::Assign(request)
        | CommandKind::Reassess(request)
        | CommandKind::Transfer(request) => (request.lead().account(), None),
        CommandKind::Release { reason, .. } => (None, Some(&**reason)),
        CommandKind::Complete(_) => (None, None),
    };
    let texts = [
        ("id of the lead", Some(lead)),
        ("account", account),
        ("reason", reason),
        ("name of who says so", command.actor.as_deref()),
    ];
    let long = |text: Option<&str>| text.is_some_and(|text| text.len() > MAX_TEXT_BYTES);
    match texts.into_iter().find(|(_, text)| long(*text)) {
        Some((what, _)) => Err(LedgerError::TooLong { what }),
        None => Ok(()),
    }
}

/// What a step comes to.
enum Next<'r> {
    Stays(&'r LeadRecord),
    Changes(Change),
}

struct Step<'c, 'r, R, D> {
    command: &'c Command<'c>,
    now: DateTime<Utc>,
    lead: Option<&'r LeadRecord>,
    records: R,
    dispatching: D,
    /// What was changed in dispatching.
    changed: Vec<Record>,
    given_back: Vec<Seat>,
    account: Option<AccountChange>,
}

impl<'r, R: Records<'r>, D: Dispatching> Step<'_, 'r, R, D>
where
    D::Error: From<R::Missing>,
{
    fn assign(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        if let Some(lead) = self.lead
            && lead.is_settled()
        {
            return Ok(Next::Stays(lead));
        }
        let ownership = self.ownership(request);
        // Who released a lead is not asked first for it.
        let leaving = self.lead.and_then(LeadRecord::last_owner);
        let assignment = self.dispatch(request, ownership, leaving)?;
        self.take(&assignment, Some(Release::KeepTurn), |assignment| {
            Change::Assigned {
                assignment,
                ownership,
            }
        })
    }

    fn reassess(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        if self.lead.is_none() {
            return self.assign(request);
        }
        let lead = self.open_lead()?;
        let rules = self.dispatching.rules();
        let ruling = rules.of(request.lead(), self.now);
        let (rule, ownership) = (ruling.rule().cloned(), ruling.ownership());
        let leads_to = |owner| ruling.leads_to(owner, lead.rule.as_ref());
        let may_stay = lead.owner().is_some_and(leads_to);
        drop(rules);
        let Some(owner) = lead.owner() else {
            return self.reassess_without_owner(request, lead, ownership);
        };
        let is_asked_of_others = request.names_somebody() || request.leaves_out(owner.member());
        if may_stay && !is_asked_of_others {
            return Ok(if rule == lead.rule && ownership == lead.ownership {
                Next::Stays(lead)
            } else {
                Next::Changes(Change::Stayed { rule, ownership })
            });
        }
        let assignment = self.dispatch(request, ownership, Some(owner.member()))?;
        self.take(&assignment, None, |assignment| Change::HandedOver {
            assignment,
            ownership,
        })
    }

    fn reassess_without_owner(
        &mut self,
        request: &Request<'_>,
        lead: &'r LeadRecord,
        ownership: Ownership,
    ) -> Result<Next<'r>, D::Error> {
        let assignment = self.dispatch(request, ownership, lead.last_owner())?;
        if let LeadStatus::Pooled(pool) = &lead.status {
            if assignment.pool() == Some(pool) && self.changed.is_empty() {
                return Ok(Next::Stays(lead));
            }
            return Ok(Next::Changes(Change::HandedOver {
                assignment: record(&assignment),
                ownership,
            }));
        }
        Ok(Next::Changes(Change::Assigned {
            assignment: record(&assignment),
            ownership,
        }))
    }

    fn transfer(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        if self.lead.is_some() {
            self.open_lead()?;
        }
        let ownership = self.ownership(request);
        let assignment = self.ask(request)?;
        if self.command.with_account
            && let Some(account) = request.lead().account().and_then(account_key)
        {
            self.give_account(account, &assignment);
        }
        self.take(&assignment, Some(Release::KeepTurn), |assignment| {
            Change::Transferred {
                assignment,
                ownership,
            }
        })
    }

    /// The lead goes where it was taken. If nobody took it, its owner stays.
    fn take(
        &mut self,
        assignment: &Assignment,
        release: Option<Release>,
        change: impl FnOnce(Box<AssignmentRecord>) -> Change,
    ) -> Result<Next<'r>, D::Error> {
        let is_taken = matches!(
            assignment.outcome(),
            AssignmentOutcome::Assigned | AssignmentOutcome::Pooled(_)
        );
        let assignment = record(assignment);
        let Some(lead) = self.lead.filter(|lead| lead.owner().is_some()) else {
            return Ok(Next::Changes(change(assignment)));
        };
        if !is_taken {
            return Ok(Next::Changes(Change::NotTaken { assignment }));
        }
        self.give_back(lead, release)?;
        Ok(Next::Changes(change(assignment)))
    }

    /// What the rules say that is remembered of a lead.
    fn ownership(&self, request: &Request<'_>) -> Ownership {
        let rules = self.dispatching.rules();
        rules.of(request.lead(), self.now).ownership()
    }

    /// Gives the seats back that are taken, if any are.
    fn give_back(&mut self, lead: &LeadRecord, release: Option<Release>) -> Result<(), D::Error> {
        let Some(receipt) = &lead.receipt else {
            return Ok(());
        };
        self.given_back = receipt.seats().to_vec();
        let changed = &mut self.changed;
        self.dispatching.give_back(receipt, release, changed)
    }

    /// Has a lead dispatched; the owner of its account is asked first, if that counts, but not whom the lead
    /// is to leave.
    fn dispatch(
        &mut self,
        request: &Request<'_>,
        ownership: Ownership,
        leaving: Option<&MemberId>,
    ) -> Result<Assignment, D::Error> {
        if ownership != Ownership::Account || request.names_somebody() {
            return self.ask(request);
        }
        let Some(account) = request.lead().account().and_then(account_key) else {
            return self.ask(request);
        };
        let owner: Option<&AccountRecord> = self.records.account(&account)?;
        let there = owner.filter(|owner| self.dispatching.rules().knows(&owner.member));
        match there {
            Some(owner) if leaving != Some(&owner.member) => {
                let team = owner.team.clone();
                let first = request.clone().ask_first(owner.member.clone(), team);
                self.ask(&first)
            }
            _ => {
                let assignment = self.ask(request)?;
                self.give_account(account, &assignment);
                Ok(assignment)
            }
        }
    }

    /// The account is that of whoever got the lead, if somebody did.
    fn give_account(&mut self, account: AccountId, assignment: &Assignment) {
        self.account = assignment.owner().map(|seat| AccountChange {
            account,
            owner: AccountRecord {
                member: seat.member().clone(),
                team: seat.team().cloned(),
            },
        });
    }

    fn ask(&mut self, request: &Request<'_>) -> Result<Assignment, D::Error> {
        let changed = &mut self.changed;
        self.dispatching.assign(request, self.now, changed)
    }

    /// The lead, if it came and is not closed.
    fn open_lead(&self) -> Result<&'r LeadRecord, LedgerError> {
        match self.lead {
            None => Err(LedgerError::UnknownLead(self.command.lead.clone())),
            Some(lead) if matches!(lead.status, LeadStatus::Closed(_)) => Err(self.not_open(lead)),
            Some(lead) => Ok(lead),
        }
    }

    fn not_open(&self, lead: &LeadRecord) -> LedgerError {
        LedgerError::NotOpen {
            lead: self.command.lead.clone(),
            status: lead.status.clone(),
        }
    }
}

fn record(assignment: &Assignment) -> Box<AssignmentRecord> {
    Box::new(assignment.to_record())
}
