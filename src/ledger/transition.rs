//! The one function in the middle: what comes of a command. No lock, clock or I/O.

use chrono::{DateTime, Utc};

use super::account_record::{AccountChange, AccountRecord};
use super::command::{Command, CommandKind};
use super::dispatching::Dispatching;
use super::error::LedgerError;
use super::event::{Change, Event};
use super::lead_record::{LeadRecord, LeadStatus};
use super::records::Records;
use crate::dispatch::{Assignment, AssignmentRecord, Outcome, Reason, Record, Release, Request};
use crate::id::AccountId;
use crate::rule::Ownership;

/// What comes of a command.
pub(super) enum Came<'r> {
    /// The lead is so already.
    Nothing(&'r LeadRecord),
    /// Something happened.
    Event(Event),
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
    let lead = records.lead(&command.lead)?;
    let mut step = Step {
        command,
        now,
        lead,
        records,
        dispatching,
        changed: Vec::new(),
        account: None,
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
            account: step.account,
            dispatch: step.changed,
        }),
    })
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
    account: Option<AccountChange>,
}

impl<'r, R: Records<'r>, D: Dispatching> Step<'_, 'r, R, D>
where
    D::Error: From<R::Missing>,
{
    fn assign(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        let ownership = self.dispatching.ownership(request.lead(), self.now);
        if let Some(lead) = self.lead
            && lead.status.is_settled(ownership)
        {
            return Ok(Next::Stays(lead));
        }
        let assignment = self.dispatch(request, ownership)?;
        if let Some(lead) = self.lead {
            self.give_seats_back(lead, Some(Release::KeepTurn))?;
        }
        Ok(Next::Changes(Change::Assigned(assignment)))
    }

    fn reassess(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        let Some(lead) = self.lead else {
            return self.assign(request);
        };
        self.check_open(lead)?;
        let rule = lead.rule.as_ref();
        if let Some(owner) = lead.owner()
            && self
                .dispatching
                .leads_to(request.lead(), owner, rule, self.now)
        {
            return Ok(Next::Stays(lead));
        }
        let ownership = self.dispatching.ownership(request.lead(), self.now);
        let assignment = self.dispatch(request, ownership)?;
        let is_taken = matches!(assignment.outcome, Outcome::Assigned | Outcome::Pooled);
        if lead.owner().is_some() && !is_taken {
            return Ok(Next::Changes(Change::NotTaken(assignment)));
        }
        self.give_seats_back(lead, None)?;
        Ok(Next::Changes(Change::HandedOver(assignment)))
    }

    fn transfer(&mut self, request: &Request<'_>) -> Result<Next<'r>, D::Error> {
        if let Some(lead) = self.lead {
            self.check_open(lead)?;
        }
        let ownership = self.dispatching.ownership(request.lead(), self.now);
        let account = self.account(request, ownership)?;
        let assignment = self.ask(request)?;
        if let Some((account, owner)) = account {
            let before = self.lead.and_then(LeadRecord::owner);
            let is_owners = match (owner, before) {
                (None, _) => true,
                (Some(owner), Some(seat)) => owner.member == *seat.member(),
                (Some(_), None) => false,
            };
            if is_owners {
                self.give_account(account, &assignment);
            }
        }
        if let Some(lead) = self.lead {
            self.give_seats_back(lead, Some(Release::KeepTurn))?;
        }
        Ok(Next::Changes(Change::Transferred(Box::new(
            assignment.to_record(),
        ))))
    }

    /// Ends that somebody has it.
    fn give_back(&mut self, release: Option<Release>) -> Result<(), D::Error> {
        let Some(lead) = self.lead else {
            return Err(LedgerError::UnknownLead(self.command.lead.clone()).into());
        };
        self.check_open(lead)?;
        if lead.status == LeadStatus::Released && release.is_some() {
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
                let changed = &mut self.changed;
                self.dispatching.give_back(receipt, release, changed)
            }
        }
    }

    /// Has a lead dispatched; the owner of its account is asked first, if that counts.
    fn dispatch(
        &mut self,
        request: &Request<'_>,
        ownership: Ownership,
    ) -> Result<Box<AssignmentRecord>, D::Error> {
        let Some((account, owner)) = self.account(request, ownership)? else {
            return Ok(Box::new(self.ask(request)?.to_record()));
        };
        let Some(owner) = owner else {
            let assignment = self.ask(request)?;
            self.give_account(account, &assignment);
            return Ok(Box::new(assignment.to_record()));
        };
        let first = request
            .clone()
            .ask_first(owner.member.clone(), owner.team.clone());
        let assignment = self.ask(&first)?;
        let refused = assignment.refusals().first().map(|refusal| refusal.reason);
        // Whoever is full, or left out once, remains the owner.
        if refused == Some(Reason::NobodyActive) {
            self.give_account(account, &assignment);
        }
        Ok(Box::new(assignment.to_record()))
    }

    /// The account of the lead, if it counts, and its owner, if it has one.
    fn account(
        &self,
        request: &Request<'_>,
        ownership: Ownership,
    ) -> Result<Option<(AccountId, Option<&'r AccountRecord>)>, D::Error> {
        let account = request.lead().account().map(str::trim);
        match account.filter(|account| !account.is_empty()) {
            Some(account) if ownership == Ownership::Account => {
                let account = AccountId::from(account);
                let owner = self.records.account(&account)?;
                Ok(Some((account, owner)))
            }
            _ => Ok(None),
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

    fn check_open(&self, lead: &LeadRecord) -> Result<(), LedgerError> {
        match lead.status {
            LeadStatus::Closed(_) => Err(self.not_open(lead)),
            _ => Ok(()),
        }
    }

    fn not_open(&self, lead: &LeadRecord) -> LedgerError {
        LedgerError::NotOpen {
            lead: self.command.lead.clone(),
            status: lead.status.clone(),
        }
    }
}
