//! Terms: one holder of one slot for one period.

use chrono::{DateTime, Months, NaiveDate, Utc};
use indexmap::{IndexMap, IndexSet};

use super::errors::{TermsErrors, TermsFault};
use crate::availability::TimeZone;
use crate::rule::{Period, Rule};
use crate::team::TeamMember;

/// One holder of one slot for one period.
///
/// A slot is whatever goes round: a territory, whose holders are teams, or a place in a team, whose
/// holders are members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    slot: Box<str>,
    holder: Box<str>,
    period: Period,
}

impl Term {
    /// That holder holds that slot in that period.
    pub fn new(slot: impl Into<Box<str>>, holder: impl Into<Box<str>>, period: Period) -> Self {
        Self {
            slot: slot.into(),
            holder: holder.into(),
            period,
        }
    }

    /// What is held.
    pub fn slot(&self) -> &str {
        &self.slot
    }

    /// Who holds it.
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// When.
    pub fn period(&self) -> Period {
        self.period
    }
}

/// Who holds what when.
///
/// ```
/// use leadtree::prelude::*;
/// use leadtree::terms::{Terms, every_months};
///
/// // Teams swap territories on the first of January, April and July, in Shanghai.
/// let first = "2026-01-01".parse().unwrap();
/// let changes = every_months(first, 3, 3, "+08:00".parse()?);
/// let terms = Terms::rotating(["north", "south"], ["team-a", "team-b"], changes)?;
/// assert_eq!(terms.holder_at("north", "2025-12-31T15:59:59Z".parse()?), Some("team-a"));
/// assert_eq!(terms.holder_at("north", "2025-12-31T16:00:00Z".parse()?), Some("team-b"));
///
/// let policy = PolicyDraft::new()
///     .regions(Taxonomy::draft().paths(["north", "south"]))
///     .team(Team::new("team-a").members(["a-1"]))
///     .team(Team::new("team-b").members(["b-1"]))
///     .rules(terms.rules(|term, number| {
///         Rule::new(format!("{}-{number}", term.slot()))
///             .when(region().within(term.slot()))
///             .assign_to(term.holder())
///     }))
///     .build()?;
/// # let _ = policy;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

impl Terms {
    /// Before the first change every slot has the holder named at its place; at each change, holders
    /// move on to the next slot, and the last to the first. At every instant, each slot has one holder and
    /// each holder one slot.
    ///
    /// # Errors
    /// [`TermsErrors`] if there are not as many holders as slots, a name is used twice, or changes are
    /// not in order: all faults at once.
    pub fn rotating<S: Into<Box<str>>, H: Into<Box<str>>>(
        slots: impl IntoIterator<Item = S>,
        holders: impl IntoIterator<Item = H>,
        changes: impl IntoIterator<Item = DateTime<Utc>>,
    ) -> Result<Self, TermsErrors> {
        let slots: Vec<Box<str>> = slots.into_iter().map(Into::into).collect();
        let holders: Vec<Box<str>> = holders.into_iter().map(Into::into).collect();
        let changes: Vec<DateTime<Utc>> = changes.into_iter().collect();
        let mut faults = Vec::new();
        if slots.len() != holders.len() {
            let (slots, holders) = (slots.len(), holders.len());
            faults.push(TermsFault::Uneven { slots, holders });
        }
        for (kind, names) in [("slot", &slots), ("holder", &holders)] {
            let mut seen = IndexSet::new();
            let twice = names.iter().filter(|name| !seen.insert(&***name));
            faults.extend(twice.map(|name| TermsFault::Twice {
                kind,
                name: name.to_string(),
            }));
        }
        let in_pairs = changes.iter().zip(changes.iter().skip(1));
        let backwards = in_pairs.filter(|(before, change)| before >= change);
        faults
            .extend(backwards.map(|(&before, &change)| TermsFault::OutOfOrder { change, before }));
        if !faults.is_empty() {
            return Err(TermsErrors(faults));
        }
        let mut terms = Vec::new();
        for round in 0..=changes.len() {
            let period = Period {
                from: round.checked_sub(1).and_then(|it| changes.get(it).copied()),
                until: changes.get(round).copied(),
            };
            // Who was at the place before comes here.
            let shift = holders.len() - round % holders.len().max(1);
            let moved = holders.iter().cycle().skip(shift);
            for (slot, holder) in slots.iter().zip(moved) {
                terms.push(Term::new(slot.clone(), holder.clone(), period));
            }
        }
        Ok(Self(terms))
    }

    /// The terms in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Term> {
        self.0.iter()
    }

    /// Who holds the slot at that moment: by the first term that holds. Linear in the terms.
    pub fn holder_at(&self, slot: &str, now: DateTime<Utc>) -> Option<&str> {
        let mut terms = self.iter();
        let term = terms.find(|term| term.slot() == slot && term.period.contains(now))?;
        Some(term.holder())
    }

    /// Checks that each slot has exactly one holder at every instant of a period.
    /// `O(n log n)` in the terms.
    ///
    /// # Errors
    /// [`TermsErrors`] with every gap and every overlap, slot by slot.
    pub fn check(&self, period: Period) -> Result<(), TermsErrors> {
        let mut slots: IndexMap<&str, Vec<&Term>> = IndexMap::new();
        let mut faults = Vec::new();
        for term in self.iter() {
            let of_slot = slots.entry(term.slot()).or_default();
            match (term.period.from, term.period.until) {
                (Some(from), Some(until)) if until <= from => faults.push(TermsFault::Empty {
                    slot: term.slot().to_owned(),
                    holder: term.holder().to_owned(),
                    from,
                    until,
                }),
                _ => of_slot.push(term),
            }
        }
        for (slot, mut terms) in slots {
            terms.sort_by_key(|term| term.period.from);
            check_slot(slot, &terms, period, &mut faults);
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(TermsErrors(faults))
        }
    }

    /// A rule for each term, which holds for its period; the closure is given the term's number in its
    /// slot, from 1.
    pub fn rules(&self, rule: impl Fn(&Term, usize) -> Rule) -> Vec<Rule> {
        let mut numbers: IndexMap<&str, usize> = IndexMap::new();
        let rules = self.iter().map(|term| {
            let number = numbers.entry(term.slot()).or_insert(0);
            *number += 1;
            let rule = rule(term, *number);
            let rule = term.period.from.into_iter().fold(rule, Rule::from);
            term.period.until.into_iter().fold(rule, Rule::until)
        });
        rules.collect()
    }

    /// The holders of a slot that is a team, as its members, each with the periods in which they are in
    /// the team.
    pub fn members(&self, slot: &str) -> Vec<TeamMember> {
        let mut members: IndexMap<&str, TeamMember> = IndexMap::new();
        for term in self.iter().filter(|term| term.slot() == slot) {
            let member = members.entry(term.holder());
            let member = member.or_insert_with(|| TeamMember::new(term.holder()));
            *member = std::mem::replace(member, TeamMember::new("")).term(term.period);
        }
        members.into_values().collect()
    }
}

impl FromIterator<Term> for Terms {
    fn from_iter<I: IntoIterator<Item = Term>>(terms: I) -> Self {
        Self(terms.into_iter().collect())
    }
}

/// Looks for gaps and overlaps along the terms of a slot, which are in the order of their beginnings.
fn check_slot(slot: &str, terms: &[&Term], period: Period, faults: &mut Vec<TermsFault>) {
    // Until when the slot is held so far, and by whom; the beginning of time is before all else.
    let mut held_until: Option<DateTime<Utc>> = period.from;
    let mut holder: Option<&str> = None;
    let mut is_for_ever = false;
    for term in terms {
        let Period { from, until } = term.period;
        if let (Some(from), Some(end)) = (from, period.until)
            && from >= end
        {
            break;
        }
        let begins_later = from > held_until && (held_until.is_some() || from.is_some());
        if let Some(first) = holder
            && (is_for_ever || from < held_until)
        {
            let held = if is_for_ever { None } else { held_until };
            let end = [held, until].into_iter().flatten().min();
            if end.is_none_or(|end| Some(end) > period.from) {
                faults.push(TermsFault::Overlap {
                    slot: slot.to_owned(),
                    first: first.to_owned(),
                    second: term.holder().to_owned(),
                    from,
                    until: end,
                });
            }
        } else if begins_later && !is_for_ever {
            let end = [from, period.until].into_iter().flatten().min();
            if end > held_until {
                faults.push(TermsFault::Gap {
                    slot: slot.to_owned(),
                    from: held_until,
                    until: end,
                });
            }
        }
        if is_for_ever {
            continue;
        }
        match until {
            None => {
                is_for_ever = true;
                holder = Some(term.holder());
            }
            Some(until) if Some(until) > held_until => {
                held_until = Some(until);
                holder = Some(term.holder());
            }
            // Over before the period begins, or before another ends.
            Some(_) => {}
        }
    }
    let is_short = period.until.is_none_or(|end| held_until < Some(end));
    if !is_for_ever && is_short {
        faults.push(TermsFault::Gap {
            slot: slot.to_owned(),
            from: held_until,
            until: period.until,
        });
    }
}

/// So many moments, so many months apart: midnights in a time zone, from that of `first` on. A day that a
/// month does not have is its last.
pub fn every_months(
    first: NaiveDate,
    months: u32,
    count: usize,
    time_zone: TimeZone,
) -> impl Iterator<Item = DateTime<Utc>> {
    let steps = (0_u32..).map(move |step| step.checked_mul(months).map(Months::new));
    let dates = steps.map_while(move |step| first.checked_add_months(step?));
    let dates = dates.take(count);
    dates.map(move |date| time_zone.day_begins(date))
}
