//! What a clock on the wall shows, as numbers: the day and the second of it.

use chrono::{NaiveDate, Weekday};

pub(super) const SECONDS_A_DAY: i64 = 86_400;

/// A day on the wall, by number since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(pub(super) i32);

impl Day {
    const FIRST: i32 = NaiveDate::MIN.to_epoch_days();
    const LAST: i32 = NaiveDate::MAX.to_epoch_days();

    /// The date; beyond the calendar, the last that there is.
    pub(super) fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0.clamp(Self::FIRST, Self::LAST)).unwrap_or_default()
    }

    /// The Monday of its week.
    pub(super) fn monday(self) -> Self {
        Self(self.0 - i32::from(self.days_after_monday()))
    }

    pub(super) fn next(self) -> Self {
        Self(self.0 + 1)
    }

    pub(super) fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// From 0, Monday, to 6.
    #[inline]
    pub(super) fn days_after_monday(self) -> u8 {
        // The first day of 1970 was a Thursday.
        let days = (self.0 + Weekday::Thu as i32).rem_euclid(7);
        u8::try_from(days).unwrap_or(0)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }
}

/// A day on the wall and how many of its seconds the clock shows as gone by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WallTime {
    pub(super) day: Day,
    pub(super) second: i64,
}

impl WallTime {
    /// The time so many seconds after 1970 began, that far east of UTC.
    #[inline]
    pub(super) fn new(at: i64, seconds_east: i32) -> Self {
        let local = at + i64::from(seconds_east);
        // Instants end long before day numbers do.
        let day = i32::try_from(local.div_euclid(SECONDS_A_DAY)).unwrap_or(Day::LAST);
        Self {
            day: Day(day),
            second: local.rem_euclid(SECONDS_A_DAY),
        }
    }

    /// How long until a later day begins, if nobody sets the clock.
    pub(super) fn seconds_until(self, day: Day) -> i64 {
        (i64::from(day.0) - i64::from(self.day.0)) * SECONDS_A_DAY - self.second
    }
}
