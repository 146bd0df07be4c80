//! Terms: who holds which slot in which period.

use chrono::{DateTime, Months, NaiveDate, Utc};
use indexmap::{IndexMap, IndexSet};

use super::errors::{TermsErrors, TermsFault};
use crate::availability::TimeZone;
use crate::rule::{Period, Rule};
use crate::team::TeamMember;

/// A term: one holder of one slot for one period.
///
/// A slot is whatever passes from holder to holder: a territory, held by teams, or a seat in a team, held
/// by members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    slot: Box<str>,
    holder: Box<str>,
    period: Period,
}

impl Term {
    /// A term in which `holder` holds `slot` during `period`.
    pub fn new(slot: impl Into<Box<str>>, holder: impl Into<Box<str>>, period: Period) -> Self {
        Self {
            slot: slot.into(),
            holder: holder.into(),
            period,
        }
    }

    /// The slot that is held.
    pub fn slot(&self) -> &str {
        &self.slot
    }

    /// The holder of the slot.
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// The period in which the holder holds the slot.
    pub fn period(&self) -> Period {
        self.period
    }
}

/// A set of terms: who holds which slot in which period.
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
    /// Terms in which holders rotate through the slots.
    ///
    /// Before the first change, the first holder holds the first slot, the second the second, and so on.
    /// At each change every holder moves to the next slot, and the last one to the first slot. So at every
    /// instant each slot has one holder and each holder one slot.
    ///
    /// # Errors
    /// [`TermsErrors`], with all faults at once, if the numbers of slots and holders differ, a name is used
    /// twice, or the changes are not in ascending order.
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
            let period = Period::new(
                round.checked_sub(1).and_then(|it| changes.get(it).copied()),
                changes.get(round).copied(),
            );
            // The holder of the slot before moves here.
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

    /// The holder of a slot at a moment, by the first term that applies. Linear in the number of terms.
    pub fn holder_at(&self, slot: &str, now: DateTime<Utc>) -> Option<&str> {
        let mut terms = self.iter();
        let term = terms.find(|term| term.slot() == slot && term.period.contains(now))?;
        Some(term.holder())
    }

    /// Checks that each slot has exactly one holder at every instant of a period. Takes `O(n log n)` time
    /// for `n` terms.
    ///
    /// # Errors
    /// [`TermsErrors`] with all empty terms, gaps and overlaps.
    pub fn check(&self, period: Period) -> Result<(), TermsErrors> {
        let mut slots: IndexMap<&str, Vec<&Term>> = IndexMap::new();
        let mut faults = Vec::new();
        for term in self.iter() {
            let of_slot = slots.entry(term.slot()).or_default();
            match (term.period.from(), term.period.until()) {
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
            terms.sort_by_key(|term| term.period.from());
            check_slot(slot, &terms, period, &mut faults);
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(TermsErrors(faults))
        }
    }

    /// Builds one rule per term, valid for the period of the term. The closure receives the term and its
    /// number among the terms of its slot, from 1.
    pub fn rules(&self, rule: impl Fn(&Term, usize) -> Rule) -> Vec<Rule> {
        let mut numbers: IndexMap<&str, usize> = IndexMap::new();
        let rules = self.iter().map(|term| {
            let number = numbers.entry(term.slot()).or_insert(0);
            *number += 1;
            let rule = rule(term, *number);
            let rule = term.period.from().into_iter().fold(rule, Rule::from);
            term.period.until().into_iter().fold(rule, Rule::until)
        });
        rules.collect()
    }

    /// The holders of a slot as members of a team, each with the periods in which they hold the slot.
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

/// Finds gaps and overlaps of the terms of one slot, which must be sorted by their beginning.
fn check_slot(slot: &str, terms: &[&Term], period: Period, faults: &mut Vec<TermsFault>) {
    // Until when the slot is held so far, and by whom; `None` (no beginning) orders before all times.
    let mut held_until: Option<DateTime<Utc>> = period.from();
    let mut holder: Option<&str> = None;
    let mut is_for_ever = false;
    for term in terms {
        let (from, until) = (term.period.from(), term.period.until());
        if let (Some(from), Some(end)) = (from, period.until())
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
            if end.is_none_or(|end| Some(end) > period.from()) {
                faults.push(TermsFault::Overlap {
                    slot: slot.to_owned(),
                    first: first.to_owned(),
                    second: term.holder().to_owned(),
                    from,
                    until: end,
                });
            }
        } else if begins_later && !is_for_ever {
            let end = [from, period.until()].into_iter().flatten().min();
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
            // Ends before the checked period begins, or before another term ends.
            Some(_) => {}
        }
    }
    let is_short = period.until().is_none_or(|end| held_until < Some(end));
    if !is_for_ever && is_short {
        faults.push(TermsFault::Gap {
            slot: slot.to_owned(),
            from: held_until,
            until: period.until(),
        });
    }
}

/// `count` moments, `months` months apart: the beginnings of days in a time zone, starting with the day
/// `first`. In a month without that day, the last day of the month is used.
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
