//! What a ledger is asked to do.

use super::event::Completion;
use crate::dispatch::{Release, Request};
use crate::id::{LeadId, MemberId};
use crate::lead::Lead;
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
    pub(super) kind: CommandKind<'l>,
}

/// What is to be done with a lead.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CommandKind<'l> {
    /// Assign it, unless it is owned, in a pool, or closed already: then nothing happens. A lead that waits,
    /// that nobody could take or that was released is tried again.
    Assign(Request<'l>),
    /// The lead is another one now: the rules decide again. Its owner stays if they still lead to the owner's
    /// team; or, by the same rule as before, if they overflow to it or the owner was named by hand. Otherwise the lead is handed over, and the previous
    /// owner's work counts as done. If nobody there takes it, and no pool does, the owner stays as well. The
    /// previous owner's load counts until somebody is found.
    Reassess(Request<'l>),
    /// Somebody says by hand where it goes; that it had an owner does not matter. What the previous owner had
    /// of it is taken back.
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

    /// Gives a lead to a member, team or pool by hand: [`CommandKind::Transfer`].
    pub fn transfer(lead: &'l Lead<'l>, to: impl Into<Target>) -> Self {
        Self::of_request(Request::new(lead).to(to), CommandKind::Transfer)
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

    /// Who says so: a member, or any name of a person or program.
    pub fn by(mut self, actor: impl Into<MemberId>) -> Self {
        self.actor = Some(actor.into().as_str().into());
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
