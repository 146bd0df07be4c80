//! What a ledger is asked to do.

use super::event::Completion;
use crate::dispatch::{Release, Request};
use crate::id::LeadId;
use crate::rule::Target;

/// What a ledger is asked to do with one lead, and by whom.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dispatch::Release;
/// use leadtree::ledger::{Command, Completion};
/// use leadtree::rule::Target;
///
/// let lead = Lead::builder("L-1").build();
/// let commands = [
///     Command::assign(&lead),
///     Command::reassess(&lead),
///     Command::transfer(&lead, Target::member("m-02")).by("head of sales"),
///     Command::release("L-1", "no budget this year", Release::KeepTurn).by("m-02"),
///     Command::complete("L-1", Completion::Lost),
/// ];
/// assert!(commands.iter().all(|command| command.lead() == "L-1"));
/// ```
#[derive(Debug, Clone)]
#[must_use = "a command does nothing until a ledger runs it"]
pub struct Command<'l> {
    pub(super) actor: Option<Box<str>>,
    pub(super) lead: LeadId,
    /// The latest event of the lead that whoever says so has seen.
    pub(super) expected: Option<u64>,
    pub(super) with_account: bool,
    pub(super) kind: CommandKind<'l>,
}

/// What is to be done with a lead.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CommandKind<'l> {
    /// Assign it, unless it is owned, in a pool, or closed already: then nothing happens. A lead that waits,
    /// that nobody could take or that was released is tried again; and so is one by a rule that says
    /// `ownership: none`, whose owner stays if nobody takes it.
    Assign(Request<'l>),
    /// The lead is another one now: the rules decide again. Its owner stays if they still lead to the owner's
    /// team; or, by the same rule as before, if they overflow to it or the owner was named by hand. Otherwise the lead is handed over, and the previous
    /// owner's work counts as done. If nobody there takes it, and no pool does, the owner stays as well. The
    /// previous owner's load counts until somebody is found.
    Reassess(Request<'l>),
    /// Somebody says by hand where it goes. What the previous owner had of it is taken back, unless nobody
    /// there takes it: then the owner stays.
    Transfer(Request<'l>),
    /// The owner is to have it no longer.
    Release {
        /// Why, in the words of whoever releases it; kept as it is, so it must tell nothing personal.
        reason: Box<str>,
        /// Whether the owner's turn is given back, too.
        release: Release,
    },
    /// The work on it is done.
    Complete(Completion),
}

impl<'l> Command<'l> {
    fn new(lead: LeadId, kind: CommandKind<'l>) -> Self {
        Self {
            actor: None,
            lead,
            expected: None,
            with_account: false,
            kind,
        }
    }

    fn of_request(request: Request<'l>, kind: impl FnOnce(Request<'l>) -> CommandKind<'l>) -> Self {
        Self::new(request.lead().id().into(), kind(request))
    }

    /// Assigns a lead: [`CommandKind::Assign`].
    pub fn assign(request: impl Into<Request<'l>>) -> Self {
        Self::of_request(request.into(), CommandKind::Assign)
    }

    /// Decides about a changed lead again: [`CommandKind::Reassess`].
    pub fn reassess(request: impl Into<Request<'l>>) -> Self {
        Self::of_request(request.into(), CommandKind::Reassess)
    }

    /// Gives a lead to a member, team or pool by hand: [`CommandKind::Transfer`]. The rules still say who
    /// supports, and as how many leads it counts, so the lead must be whole.
    pub fn transfer(request: impl Into<Request<'l>>, to: impl Into<Target>) -> Self {
        Self::of_request(request.into().to(to), CommandKind::Transfer)
    }

    /// If a member gets the lead, its account becomes that member's as well.
    pub fn with_account(mut self) -> Self {
        self.with_account = true;
        self
    }

    /// Refuses the command if something happened to the lead since that event ([`LeadRecord::event`]): whoever
    /// releases, completes or transfers what they saw does not take it from somebody who got it meanwhile, also
    /// if the command comes twice.
    ///
    /// [`LeadRecord::event`]: super::LeadRecord::event
    pub fn expecting(mut self, event: u64) -> Self {
        self.expected = Some(event);
        self
    }

    /// Takes a lead back: [`CommandKind::Release`].
    pub fn release(lead: impl Into<LeadId>, reason: &str, release: Release) -> Self {
        let reason = reason.into();
        Self::new(lead.into(), CommandKind::Release { reason, release })
    }

    /// Ends the work on a lead: [`CommandKind::Complete`].
    pub fn complete(lead: impl Into<LeadId>, completion: Completion) -> Self {
        Self::new(lead.into(), CommandKind::Complete(completion))
    }

    /// Who says so: a member, or any name of a person or program. Kept as it is.
    pub fn by(mut self, actor: &str) -> Self {
        self.actor = Some(actor.into());
        self
    }

    /// The lead.
    pub fn lead(&self) -> &LeadId {
        &self.lead
    }

    /// What is to be done with it.
    pub fn kind(&self) -> &CommandKind<'l> {
        &self.kind
    }
}
