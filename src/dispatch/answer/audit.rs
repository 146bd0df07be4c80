//! Why this member got a lead, and not that one.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::assignment::Reason;
use super::receipt::Role;
use crate::availability::Absence;
use crate::availability::TimeZone;
use crate::id::{LeadId, MemberId, TeamId};
use crate::team::LimitKind;

/// Why this member got a lead, and not that one: everybody who was looked at, in the order of asking.
///
/// Serialises for logs; prints as sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Audit {
    pub(in crate::dispatch) lead: LeadId,
    pub(in crate::dispatch) inquiries: Vec<Inquiry>,
    /// The policy's, in which moments are told.
    #[serde(skip)]
    pub(in crate::dispatch) time_zone: TimeZone,
}

/// One team that was asked for a member, or one member who was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Inquiry {
    /// The team; none for a named member without one.
    pub team: Option<TeamId>,
    /// What the seat was for.
    pub role: Role,
    /// Whether limits and hours were set aside, because nobody could take the lead otherwise.
    pub everyone: bool,
    /// Who got the seat.
    pub chosen: Option<MemberId>,
    /// Why it was this member, as the second half of a sentence: `whose turn it was`. None if the
    /// strategy does not tell.
    pub ground: Option<String>,
    /// Why nobody got it.
    pub reason: Option<Reason>,
    /// Everybody in the team, in listed order; where a member was named who could not have the lead,
    /// that member alone.
    pub members: Vec<Considered>,
}

/// A member of a team that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Considered {
    /// The member.
    pub member: MemberId,
    /// Whether the member could have got the lead, and why not.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The member's share against the others'.
    pub weight: u32,
    /// Leads open before, over all teams.
    pub open: u32,
    /// Leads got on that day before, over all teams.
    pub today: u32,
    /// How much the member met of what was preferred.
    pub fit: u32,
}

/// Whether a member could have got a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// Could have got the lead.
    Eligible,
    /// Is paused, or not active.
    NotActive,
    /// Is in the team at other times.
    NotInTeam {
        /// When the member is there next, if that is known.
        until: Option<DateTime<Utc>>,
    },
    /// Has a seat of the lead already.
    Seated,
    /// Is left out by the request.
    LeftOut,
    /// Is or knows less than what is required.
    Unfit {
        /// What is missing: a grade, skills.
        lacks: Vec<String>,
    },
    /// Is not at work.
    Absent {
        /// Why.
        absence: Absence,
        /// When the member is back, if that is known.
        until: Option<DateTime<Utc>>,
    },
    /// Would have been there, but not at this hour of the team.
    TeamClosed {
        /// When the member is back, if that is known.
        until: Option<DateTime<Utc>>,
    },
    /// Is away: others who could take the lead were asked first, or the team does not ask those who
    /// are away.
    Away,
    /// Is there, but not for leads: others who could take the lead were asked first, or the team does
    /// not ask those who are unavailable.
    Unavailable,
    /// Has reached a limit.
    Full {
        /// The limit.
        limit: LimitKind,
        /// What counts against it.
        reached: u32,
        /// What it allows.
        most: u32,
        /// Whether it is one in this team, not over all teams.
        in_team: bool,
    },
    /// Would have been there, but the team as a whole has reached a limit.
    TeamFull {
        /// The limit.
        limit: LimitKind,
        /// What counts against it.
        reached: u32,
        /// What it allows.
        most: u32,
    },
    /// Would have had too many open leads more than whoever has fewest.
    TooFarAhead,
}

impl Audit {
    /// The lead.
    pub fn lead(&self) -> &LeadId {
        &self.lead
    }

    /// Who was asked, in order.
    pub fn inquiries(&self) -> &[Inquiry] {
        &self.inquiries
    }

    /// Why that member has no seat of the lead, in a sentence; none if the member has one, or was in
    /// no team that was asked. Where a member was named, nobody else was asked.
    pub fn why_not(&self, member: impl AsRef<str>) -> Option<String> {
        let member = member.as_ref();
        let is_seat = |inquiry: &Inquiry| inquiry.chosen.as_ref().is_some_and(|it| it == member);
        if self.inquiries.iter().any(is_seat) {
            return None;
        }
        let looked_at = self.inquiries.iter().filter_map(|inquiry| {
            let mut members = inquiry.members.iter();
            Some((inquiry, members.find(|it| it.member == *member)?))
        });
        let lead = &self.lead;
        // Who could have had it when asked again could have had it.
        let best = looked_at.min_by_key(|(_, considered)| !considered.verdict.is_eligible());
        let Some((inquiry, considered)) = best else {
            let named = self.inquiries.iter().find(|it| it.is_by_name())?;
            let chosen = named.chosen.as_ref()?;
            let ground = named.ground.as_deref().unwrap_or("who was named");
            return Some(format!(
                "`{member}` was not asked: `{chosen}` got lead `{lead}`, {ground}"
            ));
        };
        Some(match (&considered.verdict, &inquiry.chosen) {
            (Verdict::Eligible, Some(chosen)) => {
                let ground = inquiry.ground.as_deref();
                let ground = ground.unwrap_or("whom the strategy picked");
                format!("`{member}` could have had lead `{lead}`, and `{chosen}` got it, {ground}")
            }
            (Verdict::Eligible, None) => {
                format!("`{member}` could have had lead `{lead}`, and nobody got it")
            }
            (verdict, _) => {
                let verdict = verdict.told_in(self.time_zone);
                format!("`{member}` could not have lead `{lead}`: {verdict}")
            }
        })
    }
}

impl Inquiry {
    /// Whether a member was named, and nobody looked at.
    fn is_by_name(&self) -> bool {
        self.role == Role::Owner && self.members.is_empty() && self.chosen.is_some()
    }
}

impl Verdict {
    /// Whether the member could have got the lead.
    pub fn is_eligible(&self) -> bool {
        *self == Self::Eligible
    }
}

/// What is written, as a text.
fn told(write: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write(&mut text);
    text
}

/// With moments in UTC.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, TimeZone::UTC)
    }
}

impl Verdict {
    fn told_in(&self, zone: TimeZone) -> String {
        told(|text| self.write(text, zone))
    }

    fn write(&self, f: &mut dyn fmt::Write, zone: TimeZone) -> fmt::Result {
        let until = |f: &mut dyn fmt::Write, until: &Option<DateTime<Utc>>| match until {
            Some(until) => write!(f, " until {}", zone.format(*until)),
            None => Ok(()),
        };
        match self {
            Self::Eligible => f.write_str("could"),
            Self::NotActive => f.write_str("not active"),
            Self::NotInTeam { until: end } => {
                f.write_str("not in the team")?;
                until(f, end)
            }
            Self::Seated => f.write_str("has a seat already"),
            Self::LeftOut => f.write_str("left out by the request"),
            Self::Unfit { lacks } => write!(f, "lacks {}", lacks.join(", ")),
            Self::Absent {
                absence,
                until: end,
            } => {
                f.write_str(match absence {
                    Absence::OffHours => "not in working hours",
                    Absence::Holiday => "on a holiday",
                    Absence::Leave => "on leave",
                })?;
                until(f, end)
            }
            Self::TeamClosed { until: end } => {
                f.write_str("outside the team's hours")?;
                until(f, end)
            }
            Self::Away => f.write_str("away"),
            Self::Unavailable => f.write_str("unavailable"),
            Self::Full {
                limit,
                reached,
                most,
                in_team,
            } => {
                let whose = if *in_team { " of this team" } else { "" };
                write!(f, "has {reached} of {most} leads {limit}{whose}")
            }
            Self::TeamFull {
                limit,
                reached,
                most,
            } => write!(f, "the team has {reached} of {most} leads {limit}"),
            Self::TooFarAhead => f.write_str("too far ahead of the others"),
        }
    }
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lead `{}`:", self.lead)?;
        if self.inquiries.is_empty() {
            f.write_str(" nobody was asked")?;
        }
        for inquiry in &self.inquiries {
            write!(f, "\n{}", inquiry.told_in(self.time_zone))?;
        }
        Ok(())
    }
}

/// With moments in UTC.
impl fmt::Display for Inquiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, TimeZone::UTC)
    }
}

impl Inquiry {
    /// The inquiry in words, with moments in a time zone.
    pub fn told_in(&self, zone: TimeZone) -> String {
        told(|text| self.write(text, zone))
    }

    fn write(&self, f: &mut dyn fmt::Write, zone: TimeZone) -> fmt::Result {
        match &self.team {
            Some(team) => write!(f, "  {} of team `{team}`", self.role)?,
            None => write!(f, "  {}", self.role)?,
        }
        if self.everyone {
            f.write_str(", limits and hours aside")?;
        }
        match (&self.chosen, self.reason) {
            (Some(chosen), _) => write!(f, ": `{chosen}`")?,
            (None, Some(reason)) => write!(f, ": {}", reason.in_words())?,
            (None, None) => f.write_str(": nobody")?,
        }
        if let Some(ground) = &self.ground {
            write!(f, ", {ground}")?;
        }
        let is_chosen = |it: &Considered| Some(&it.member) == self.chosen.as_ref();
        let eligible = self.members.iter();
        let eligible = eligible.filter(|it| it.verdict.is_eligible() && !is_chosen(it));
        let mut lead_in = "\n    could have had it: ";
        for considered in eligible {
            write!(
                f,
                "{lead_in}`{}` with {} open",
                considered.member, considered.open
            )?;
            lead_in = ", ";
        }
        for considered in &self.members {
            if !considered.verdict.is_eligible() {
                let verdict = considered.verdict.told_in(zone);
                write!(f, "\n    `{}`: {verdict}", considered.member)?;
            }
        }
        Ok(())
    }
}
