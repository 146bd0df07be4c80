//! What a dispatcher is asked.

use super::error::RosterError;
use crate::fit::{Fit, Requirement};
use crate::id::{MemberId, TeamId};
use crate::lead::Lead;
use crate::limits::MAX_UNITS;
use crate::rule::Target;

/// A lead to be assigned, and what the caller says beyond the rules.
///
/// ```
/// use leadtree::Lead;
/// use leadtree::dispatch::{Dispatcher, Request};
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::Rule;
/// use leadtree::team::Team;
///
/// let policy = PolicyDraft::new()
///     .team(Team::new("east").members(["m-01", "m-02", "m-03"]))
///     .rule(Rule::new("all").assign_to("east"))
///     .build()?;
/// let dispatcher = Dispatcher::new(&policy)?;
/// let now = chrono::DateTime::UNIX_EPOCH;
///
/// // The lead comes back from m-01; m-03 knows the customer.
/// let lead = Lead::builder("L-1").build();
/// let request = Request::new(&lead).leave_out(["m-01"]).prefer_member("m-03");
/// let assignment = dispatcher.assign_request(&request, now)?;
/// assert_eq!(assignment.owner().unwrap().member(), "m-03");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until a dispatcher assigns it"]
pub struct Request<'a> {
    pub(in crate::dispatch) lead: &'a Lead<'a>,
    pub(in crate::dispatch) target: Option<Target>,
    /// Who is asked before whomever the rules name, and the team that the lead counts for then.
    pub(in crate::dispatch) first: Option<(MemberId, Option<TeamId>)>,
    pub(in crate::dispatch) left_out: Vec<MemberId>,
    pub(in crate::dispatch) preferred: Option<MemberId>,
    pub(in crate::dispatch) units: Option<u32>,
    pub(in crate::dispatch) requires: Option<Requirement>,
    pub(in crate::dispatch) prefers: Option<Requirement>,
}

impl<'a> Request<'a> {
    /// A lead that goes where the rules say.
    pub fn new(lead: &'a Lead<'a>) -> Self {
        Self {
            lead,
            target: None,
            first: None,
            left_out: Vec::new(),
            preferred: None,
            units: None,
            requires: None,
            prefers: None,
        }
    }

    /// The lead.
    pub fn lead(&self) -> &'a Lead<'a> {
        self.lead
    }

    /// Whether it names whom to ask, whoever the rules name.
    pub(crate) fn names_somebody(&self) -> bool {
        self.target.is_some() || self.first.is_some()
    }

    /// Whether a member is left out.
    pub(crate) fn leaves_out(&self, member: &MemberId) -> bool {
        self.left_out.contains(member)
    }

    /// By hand: whoever the rules name, it goes to that member, team or pool. As
    /// [`Dispatcher::assign_to`](crate::dispatch::Dispatcher::assign_to).
    pub fn to(mut self, target: impl Into<Target>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Members who get no seat of the lead, neither as owner nor as support, also where a rule names
    /// them; added to those left out already. Unknown names are ignored.
    pub fn leave_out<M: Into<MemberId>>(mut self, members: impl IntoIterator<Item = M>) -> Self {
        self.left_out.extend(members.into_iter().map(Into::into));
        self
    }

    /// A member who is to own the lead if a team is asked that the member is in, and could have it: in
    /// place of the strategy's pick, as the member's turn. Otherwise the strategy picks as ever.
    pub fn prefer_member(mut self, member: impl Into<MemberId>) -> Self {
        self.preferred = Some(member.into());
        self
    }

    /// A member who is asked before whomever the rules name, whatever team they lead to: the owner of the
    /// account, for example. As a member whom a rule names, they get the lead unless they are not active, are
    /// left out or have no room; then it goes as the rules say, and the [refusal] tells why. It counts for the
    /// team, if one is given; whoever is not in it gets nothing.
    ///
    /// [refusal]: crate::dispatch::Assignment::refusals
    pub fn ask_first(mut self, member: impl Into<MemberId>, team: Option<TeamId>) -> Self {
        self.first = Some((member.into(), team));
        self
    }

    /// As how many leads each seat counts, in place of what the rule says.
    pub fn units(mut self, units: u32) -> Self {
        self.units = Some(units);
        self
    }

    /// What the owner must be and know, in place of what the rule requires. What the team requires
    /// stays.
    pub fn requires(mut self, requirement: Requirement) -> Self {
        self.requires = Some(requirement);
        self
    }

    /// What the owner should be and know, in place of what the rule prefers. What the team prefers
    /// stays.
    pub fn prefers(mut self, requirement: Requirement) -> Self {
        self.prefers = Some(requirement);
        self
    }
}

impl Request<'_> {
    /// Whether the units are within their limits.
    pub(in crate::dispatch) fn check(&self) -> Result<(), RosterError> {
        match self.units {
            Some(units) if !(1..=MAX_UNITS).contains(&units) => Err(RosterError::OutOfLimits {
                number: units as usize,
                what: "units of a lead",
                least: 1,
                most: MAX_UNITS as usize,
            }),
            _ => Ok(()),
        }
    }

    /// What the owner must and should be and know, where the request says something: the rest as the
    /// rule says.
    pub(in crate::dispatch) fn fit(&self, of_rule: Option<&Fit>) -> Option<Fit> {
        if self.requires.is_none() && self.prefers.is_none() {
            return None;
        }
        let rule = of_rule.cloned().unwrap_or_default();
        Some(Fit {
            requires: self.requires.clone().unwrap_or(rule.requires),
            prefers: self.prefers.clone().unwrap_or(rule.prefers),
        })
    }
}

impl<'a> From<&'a Lead<'a>> for Request<'a> {
    fn from(lead: &'a Lead<'a>) -> Self {
        Self::new(lead)
    }
}
