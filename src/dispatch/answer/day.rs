//! Calendar days by number.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::availability::TimeZone;

const FIRST: i32 = NaiveDate::MIN.to_epoch_days();
const LAST: i32 = NaiveDate::MAX.to_epoch_days();

/// A calendar day in the policy's time zone, by number since 1970: one division tells it, for every
/// lead, where a date takes many. The date is for those who ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "NaiveDate", into = "NaiveDate")]
pub(in crate::dispatch) struct Day(i32);

impl Day {
    /// The week that the day is in, by number; weeks begin on Monday.
    pub(in crate::dispatch) fn week(self) -> i32 {
        // The first of January 1970 was a Thursday.
        (self.0 + 3).div_euclid(7)
    }

    /// The day of that moment; at the very ends of time, the last that there is.
    pub(in crate::dispatch) fn of(now: DateTime<Utc>, time_zone: TimeZone) -> Self {
        Self(time_zone.day_number(now).clamp(FIRST, LAST))
    }
}

/// When a lead counts: a moment, and its day in the policy's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::dispatch) struct When {
    #[serde(rename = "counted_at")]
    pub(in crate::dispatch) at: DateTime<Utc>,
    #[serde(rename = "counted_on")]
    pub(in crate::dispatch) day: Day,
}

impl When {
    /// That moment.
    pub(in crate::dispatch) fn new(at: DateTime<Utc>, time_zone: TimeZone) -> Self {
        let day = Day::of(at, time_zone);
        Self { at, day }
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }
}

impl From<Day> for NaiveDate {
    fn from(Day(number): Day) -> Self {
        Self::from_epoch_days(number).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn is_the_date_in_the_time_zone(
            seconds in -8_000_000_000_000_i64..8_000_000_000_000,
            hours in -14_i32..=14,
        ) {
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            let time_zone = FixedOffset::east_opt(hours * 3_600).unwrap();
            let day = Day::of(now, time_zone.into());
            let date = now.with_timezone(&time_zone).date_naive();
            prop_assert_eq!(NaiveDate::from(day), date);
            prop_assert_eq!(Day::from(date), day);
            let monday = date.week(chrono::Weekday::Mon).first_day();
            prop_assert_eq!(Day::from(monday).week(), day.week());
            prop_assert_eq!(Day::from(monday).0, day.week() * 7 - 3);
        }
    }

    #[test]
    fn at_the_ends_of_time_is_the_last_that_there_is() {
        let east = FixedOffset::east_opt(14 * 3_600).unwrap();
        let west = FixedOffset::west_opt(14 * 3_600).unwrap();
        let last = Day::of(DateTime::<Utc>::MAX_UTC, east.into());
        let first = Day::of(DateTime::<Utc>::MIN_UTC, west.into());
        assert_eq!(NaiveDate::from(last), NaiveDate::MAX);
        assert_eq!(NaiveDate::from(first), NaiveDate::MIN);
    }
}
