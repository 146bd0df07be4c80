//! When a member is at work: working hours in a time zone, minus holidays and leave.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::holidays::{DaysOff, Holidays};
use super::leave::{Extent, Leave};
use super::range_set::RangeSet;
use super::time_zone::{TimeZone, instant};
use super::wall_clock::{LocalDay, SECONDS_A_DAY, WallTime};
use super::working_hours::WorkingHours;
use crate::limits::MAX_DAYS_AHEAD;

/// When a member is at work: working hours in a time zone, minus holidays and leave.
///
/// # Meaning
///
/// A member is available at an instant if, in the member's time zone, the local time is within the
/// working hours and the date is not a day off, and if no leave given by instants covers the instant.
///
/// Holidays and whole days of leave are days off, from midnight to midnight. A night shift that begins
/// on the day before ends at midnight. A night shift that would begin on the day off does not take place
/// at all, including its part after midnight.
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
    /// Days, numbered from 1970.
    days_of_leave: RangeSet<i32>,
    /// Seconds since 1970.
    leave: RangeSet<i64>,
}

impl Availability {
    /// Available at all times. The time zone is that of hours, holidays and days of leave to be added.
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

    /// Adds a calendar of holidays. The holidays of all calendars are days off.
    #[must_use]
    pub fn holidays(self, holidays: &Holidays) -> Self {
        self.days_off(holidays.days_off())
    }

    /// Adds a calendar that may be shared with other members.
    #[must_use]
    pub(crate) fn days_off(mut self, calendar: DaysOff) -> Self {
        self.calendars.push(calendar);
        self
    }

    /// Adds leave.
    #[must_use]
    pub fn leave(mut self, leave: impl IntoIterator<Item = Leave>) -> Self {
        let mut instants = Vec::new();
        let mut days = Vec::new();
        for leave in leave {
            match leave.extent(self.time_zone) {
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

    /// The time zone of the working hours, holidays and days of leave.
    pub fn time_zone(&self) -> TimeZone {
        self.time_zone
    }

    /// The working hours, regardless of days off and leave.
    pub fn get_hours(&self) -> &WorkingHours {
        &self.hours
    }

    /// Whether the member is at work at an instant. Takes logarithmic time in the number of shifts of a
    /// day, of days off and of leaves; does not allocate.
    pub fn is_available_at(&self, now: DateTime<Utc>) -> bool {
        let at = now.timestamp();
        self.is_at_work(at, self.time_zone.wall(at))
    }

    /// Why the member is not at work, or `None` if at work. If there are several reasons, leave comes
    /// before holidays, and these before working hours.
    pub fn absence_at(&self, now: DateTime<Utc>) -> Option<Absence> {
        if self.is_available_at(now) {
            return None;
        }
        let at = now.timestamp();
        let wall = self.time_zone.wall(at);
        let begins = self.hours.has_begun(wall);
        // Hours that began on the day before also depend on that day.
        let days = [wall.day, wall.day.previous()];
        let days = &days[..if begins { 1 } else { 2 }];
        let is_leave = |day: &LocalDay| self.days_of_leave.contains(day.0);
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

    /// The first instant at or after `now` at which the member is at work.
    ///
    /// `None` if there is none within [`MAX_DAYS_AHEAD`] days. Takes time proportional to the days until
    /// then.
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

    /// The first instant after `now` at which [`is_available_at`](Self::is_available_at) returns something
    /// else than at `now`. Until then the result can be cached. `None` if it never changes.
    ///
    /// If there is no change within [`MAX_DAYS_AHEAD`] days, this is the end of these days: it may be too
    /// early, but never too late.
    pub fn changes_after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_constant_from(now) {
            return None;
        }
        let is_available = self.is_available_at(now);
        let change = self.first_after(now, !is_available);
        let change = instant(change.unwrap_or_else(|| search_end(now)));
        // There is nothing after the last instant that can be represented.
        (change > now).then_some(change)
    }

    /// Whether availability never changes after `now`.
    fn is_constant_from(&self, now: DateTime<Utc>) -> bool {
        let at = now.timestamp();
        let day = self.time_zone.wall(at).day;
        // When a clock is set back, the day before may come again.
        let is_past = |span: &Range<i32>| span.end < day.0;
        self.hours.is_never()
            || self.hours.is_always()
                && self.last_days_off().all(is_past)
                && self.leave.last().is_none_or(|span| span.end <= at)
    }

    /// The first second after `now`, within [`MAX_DAYS_AHEAD`] days, at which the member is available or
    /// not, as requested.
    fn first_after(&self, now: DateTime<Utc>, is_available: bool) -> Option<i64> {
        let end = search_end(now);
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
    fn is_day_off(&self, day: LocalDay) -> bool {
        let mut calendars = self.calendars.iter();
        calendars.any(|calendar| calendar.contains(day)) || self.days_of_leave.contains(day.0)
    }

    /// The last range of each list of days off.
    fn last_days_off(&self) -> impl Iterator<Item = &Range<i32>> {
        let calendars = self.calendars.iter().filter_map(DaysOff::last);
        calendars.chain(self.days_of_leave.last())
    }

    /// The next second at which availability can change: where hours or leave begin or end, at midnight,
    /// or when the clock is changed.
    fn next_edge(&self, at: i64) -> i64 {
        if self.leave.contains(at) {
            // Until the leave ends, nothing else matters.
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

/// Why a member is not at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Absence {
    /// The time is outside the working hours.
    OffHours,
    /// The day is a holiday.
    Holiday,
    /// The member is on leave.
    Leave,
}

fn numbers(first: NaiveDate, end: LocalDay) -> Range<i32> {
    LocalDay::from(first).0..end.0
}

/// The last second that is searched for a change.
fn search_end(now: DateTime<Utc>) -> i64 {
    now.timestamp() + i64::from(MAX_DAYS_AHEAD) * SECONDS_A_DAY
}
