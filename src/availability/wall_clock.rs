//! Local date and time (wall-clock time) as numbers: the day, and the second of the day.

use chrono::{NaiveDate, Weekday};

pub(super) const SECONDS_A_DAY: i64 = 86_400;

/// A local date, as a number of days since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LocalDay(pub(super) i32);

impl LocalDay {
    const FIRST: i32 = NaiveDate::MIN.to_epoch_days();
    const LAST: i32 = NaiveDate::MAX.to_epoch_days();

    /// The date; out of range, the first or last date.
    pub(super) fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0.clamp(Self::FIRST, Self::LAST)).unwrap_or_default()
    }

    /// The Monday of the week.
    pub(super) fn monday(self) -> Self {
        Self(self.0 - i32::from(self.days_after_monday()))
    }

    pub(super) fn next(self) -> Self {
        Self(self.0 + 1)
    }

    pub(super) fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// The day of the week, from 0 (Monday) to 6.
    #[inline]
    pub(super) fn days_after_monday(self) -> u8 {
        // The first day of 1970 was a Thursday.
        let days = (self.0 + Weekday::Thu as i32).rem_euclid(7);
        u8::try_from(days).unwrap_or(0)
    }
}

impl From<NaiveDate> for LocalDay {
    fn from(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }
}

/// A local date and time: the day, and the seconds since its midnight by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WallTime {
    pub(super) day: LocalDay,
    pub(super) second: i64,
}

impl WallTime {
    /// The local time at `at` seconds since 1970, with the offset from UTC in seconds.
    #[inline]
    pub(super) fn new(at: i64, seconds_east: i32) -> Self {
        let local = at + i64::from(seconds_east);
        // The range of day numbers is much larger than that of instants.
        let day = i32::try_from(local.div_euclid(SECONDS_A_DAY)).unwrap_or(LocalDay::LAST);
        Self {
            day: LocalDay(day),
            second: local.rem_euclid(SECONDS_A_DAY),
        }
    }

    /// The seconds until a later day begins, if the clock is not changed before.
    pub(super) fn seconds_until(self, day: LocalDay) -> i64 {
        (i64::from(day.0) - i64::from(self.day.0)) * SECONDS_A_DAY - self.second
    }
}
