//! When one member is at work: hours in a time zone, less holidays and leave.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::holidays::{DaysOff, Holidays};
use super::leave::{Extent, Leave};
use super::range_set::RangeSet;
use super::time_zone::{TimeZone, instant};
use super::wall_clock::{Day, SECONDS_A_DAY, WallTime};
use super::working_hours::WorkingHours;
use crate::limits::MAX_DAYS_AHEAD;

/// When one member is at work: working hours in a time zone, less holidays and leave.
///
/// # Meaning
///
/// Somebody is available at an instant if the time that their wall shows is within their hours, the
/// day is no day off, and no leave by instants covers the instant. A day off, a holiday or a day of
/// leave, is free from its midnight to the next: night hours of its eve end at midnight, and night
/// hours that would begin on it do not take place, nor does the part of them after midnight. (Whoever
/// is free on a day does not come in at midnight after it.)
///
/// ```
/// use chrono::{DateTime, Utc};
/// use leadtree::availability::Availability;
///
/// let at_work = Availability::new("+08:00".parse()?)
///     .hours("mon-fri 09:00-12:30 13:30-18:00".parse()?)
///     .holidays(&serde_json::from_str(r#"["2026-10-01..2026-10-07"]"#)?);
///
/// // Wednesday, half past five in the afternoon; then a week of holidays.
/// let now: DateTime<Utc> = "2026-09-30T17:30:00+08:00".parse().unwrap();
/// assert!(at_work.is_available_at(now));
/// let evening: DateTime<Utc> = "2026-09-30T18:00:00+08:00".parse().unwrap();
/// assert_eq!(at_work.changes_after(now), Some(evening));
/// let back: DateTime<Utc> = "2026-10-08T09:00:00+08:00".parse().unwrap();
/// assert_eq!(at_work.next_available(evening), Some(back));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    time_zone: TimeZone,
    hours: WorkingHours,
    calendars: Vec<DaysOff>,
    /// Day numbers.
    days_of_leave: RangeSet<i32>,
    /// Seconds since 1970.
    leave: RangeSet<i64>,
}

impl Availability {
    /// Always available, in that time zone; hours, holidays and leave make it less.
    pub fn new(time_zone: TimeZone) -> Self {
        Self {
            time_zone,
            hours: WorkingHours::always(),
            calendars: Vec::new(),
            days_of_leave: RangeSet::default(),
            leave: RangeSet::default(),
        }
    }

    /// Sets the working hours.
    #[must_use]
    pub fn hours(mut self, hours: WorkingHours) -> Self {
        self.hours = hours;
        self
    }

    /// Takes the days of a calendar off; those of several calendars add up.
    #[must_use]
    pub fn holidays(self, holidays: &Holidays) -> Self {
        self.days_off(holidays.days_off())
    }

    /// Takes the days of a calendar off that others may have in common.
    #[must_use]
    pub(crate) fn days_off(mut self, calendar: DaysOff) -> Self {
        self.calendars.push(calendar);
        self
    }

    /// Takes leave off.
    #[must_use]
    pub fn leave(mut self, leave: impl IntoIterator<Item = Leave>) -> Self {
        let mut instants = Vec::new();
        let mut days = Vec::new();
        for leave in leave {
            match leave.extent() {
                Extent::Days(from, until) => days.push(numbers(from, until.into())),
                Extent::Instants(from, until) => {
                    instants.push(from.timestamp()..until.timestamp());
                }
            }
        }
        self.days_of_leave.extend(days);
        self.leave.extend(instants);
        self
    }

    /// The time zone on whose wall the hours are.
    pub fn time_zone(&self) -> TimeZone {
        self.time_zone
    }

    /// The hours, days off and leave not counted.
    pub fn working_hours(&self) -> &WorkingHours {
        &self.hours
    }

    /// Whether the member is at work. Logarithmic in hours of a day, days off and leave; allocates
    /// nothing.
    pub fn is_available_at(&self, now: DateTime<Utc>) -> bool {
        let at = now.timestamp();
        self.is_at_work(at, self.time_zone.wall(at))
    }

    /// Why the member is not at work; none at work. Where several reasons hold: leave, then holidays.
    pub fn absence_at(&self, now: DateTime<Utc>) -> Option<Absence> {
        if self.is_available_at(now) {
            return None;
        }
        let at = now.timestamp();
        let wall = self.time_zone.wall(at);
        let begins = self.hours.has_begun(wall);
        // Hours that go on from the day before go by that day as well.
        let days = [wall.day, wall.day.previous()];
        let days = &days[..if begins { 1 } else { 2 }];
        let is_leave = |day: &Day| self.days_of_leave.contains(day.0);
        let is_in_hours = begins || self.hours.goes_on(wall);
        Some(if self.leave.contains(at) || is_leave(&wall.day) {
            Absence::Leave
        } else if self.is_day_off(wall.day) {
            Absence::Holiday
        } else if !is_in_hours {
            Absence::OffHours
        } else if days.iter().any(is_leave) {
            Absence::Leave
        } else {
            Absence::Holiday
        })
    }

    /// The first instant, from `now` on, at which the member is at work: `now` itself if so now.
    ///
    /// Looked for in [`MAX_DAYS_AHEAD`] days; `None` if there is none. Takes time in proportion to
    /// the days passed over.
    pub fn next_available(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_available_at(now) {
            return Some(now);
        }
        if self.hours.is_never() {
            return None;
        }
        let at = self.first_after(now, true)?;
        DateTime::from_timestamp(at, 0)
    }

    /// The instant until which the answer of [`is_available_at`](Self::is_available_at) is that of
    /// `now`; before it, there is no need to ask again. `None` if it stays so for ever.
    ///
    /// It is the first instant with another answer. Where there is none in [`MAX_DAYS_AHEAD`] days,
    /// it is the end of those days: early, but never late.
    pub fn changes_after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_constant_from(now) {
            return None;
        }
        let is_available = self.is_available_at(now);
        let change = self.first_after(now, !is_available);
        let change = instant(change.unwrap_or_else(|| end_of_sight(now)));
        // At the end of time, nothing is after.
        (change > now).then_some(change)
    }

    /// Whether nothing ever changes from `now` on.
    fn is_constant_from(&self, now: DateTime<Utc>) -> bool {
        let at = now.timestamp();
        let day = self.time_zone.wall(at).day;
        // A clock that is set back can bring the day before again.
        let is_past = |span: &Range<i32>| span.end < day.0;
        self.hours.is_never()
            || self.hours.is_always()
                && self.last_days_off().all(is_past)
                && self.leave.last().is_none_or(|span| span.end <= at)
    }

    /// The first second after `now`, within sight, with that answer.
    fn first_after(&self, now: DateTime<Utc>, is_available: bool) -> Option<i64> {
        let end = end_of_sight(now);
        let mut at = now.timestamp();
        while at < end {
            at = self.next_edge(at);
            if self.is_at_work(at, self.time_zone.wall(at)) == is_available {
                return (at <= end).then_some(at);
            }
        }
        None
    }

    #[inline]
    fn is_at_work(&self, at: i64, wall: WallTime) -> bool {
        let is_day_off = |day| self.is_day_off(day);
        let is_in_hours = self.hours.has_begun(wall)
            || self.hours.goes_on(wall) && !is_day_off(wall.day.previous());
        is_in_hours && !is_day_off(wall.day) && !self.leave.contains(at)
    }

    #[inline]
    fn is_day_off(&self, day: Day) -> bool {
        let mut calendars = self.calendars.iter();
        calendars.any(|calendar| calendar.contains(day)) || self.days_of_leave.contains(day.0)
    }

    /// Of each list of days off, the last in a row.
    fn last_days_off(&self) -> impl Iterator<Item = &Range<i32>> {
        let calendars = self.calendars.iter().filter_map(DaysOff::last);
        calendars.chain(self.days_of_leave.last())
    }

    /// The next second at which the answer can change: where hours or leave begin or end, at
    /// midnight, or where the clock is set.
    fn next_edge(&self, at: i64) -> i64 {
        if self.leave.contains(at) {
            // Until it ends, nothing else matters.
            return self.leave.edge_after(at).unwrap_or(i64::MAX);
        }
        let wall = self.time_zone.wall(at);
        let in_day = match self.hours.edge_after(wall) {
            // On a day off, only its end matters.
            Some(second) if !self.is_day_off(wall.day) => second.min(SECONDS_A_DAY),
            _ => SECONDS_A_DAY,
        };
        let edge = at + in_day - wall.second;
        let edge = edge.min(self.leave.edge_after(at).unwrap_or(i64::MAX));
        self.time_zone.next_change(at, edge).unwrap_or(edge)
    }
}

/// Why somebody is not at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Absence {
    /// It is not among the working hours.
    OffHours,
    /// It is a holiday.
    Holiday,
    /// It is the member's leave.
    Leave,
}

fn numbers(first: NaiveDate, end: Day) -> Range<i32> {
    Day::from(first).0..end.0
}

/// Where looking ahead ends.
fn end_of_sight(now: DateTime<Utc>) -> i64 {
    now.timestamp() + i64::from(MAX_DAYS_AHEAD) * SECONDS_A_DAY
}
