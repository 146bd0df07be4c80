//! Availability, compared with a simple model that checks every minute, using only `chrono` and the time
//! zone database.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::working_hours::WEEK;
use super::{Availability, Holiday, Holidays, Leave, WorkingHours};

/// Instants near which clocks were changed or days skipped, each with its zone.
const PLACES: [(Tz, &str); 16] = [
    (Tz::UTC, "2026-03-01T00:00:00Z"),
    (Tz::Asia__Shanghai, "2026-03-01T00:00:00Z"),
    (Tz::Europe__Berlin, "2026-03-29T01:00:00Z"),
    (Tz::Europe__Berlin, "2026-10-25T01:00:00Z"),
    (Tz::America__New_York, "2026-03-08T07:00:00Z"),
    (Tz::America__New_York, "2026-11-01T06:00:00Z"),
    (Tz::Australia__Lord_Howe, "2026-04-04T15:00:00Z"),
    (Tz::Australia__Lord_Howe, "2026-10-03T15:30:00Z"),
    (Tz::America__Sao_Paulo, "2017-10-15T03:00:00Z"),
    (Tz::America__Sao_Paulo, "2018-02-18T02:00:00Z"),
    (Tz::America__St_Johns, "2010-11-07T02:31:00Z"),
    (Tz::Pacific__Apia, "2011-12-30T10:00:00Z"),
    (Tz::Africa__Casablanca, "2026-02-15T02:00:00Z"),
    (Tz::Africa__Casablanca, "2026-03-22T02:00:00Z"),
    (Tz::Asia__Beirut, "2026-03-28T22:00:00Z"),
    // A whole day was repeated.
    (Tz::Pacific__Kwajalein, "1969-10-01T00:00:00Z"),
];

/// The length of time that the model covers.
const MINUTES: i64 = 4 * 24 * 60;

/// Everything that determines availability, as plain lists.
#[derive(Debug, Clone)]
struct Model {
    zone: Tz,
    begin: DateTime<Utc>,
    /// Day of the week, first minute of the day, length in minutes.
    hours: Vec<(Weekday, i64, i64)>,
    days_off: Vec<NaiveDate>,
    /// Leave by days, the first day back not included.
    leave_days: Vec<(NaiveDate, NaiveDate)>,
    leave: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Model {
    fn is_available_at(&self, now: DateTime<Utc>) -> bool {
        let local = now.with_timezone(&self.zone).naive_local();
        let is_off = |date: NaiveDate| {
            self.days_off.contains(&date)
                || self
                    .leave_days
                    .iter()
                    .any(|(from, until)| *from <= date && date < *until)
        };
        let works = |date: NaiveDate| {
            self.hours.iter().any(|(weekday, minute, length)| {
                let from = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(*minute);
                let until = from + TimeDelta::minutes(*length);
                date.weekday() == *weekday && from <= local && local < until
            }) && !is_off(date)
        };
        let today = local.date();
        (works(today) || works(today - Days::new(1)))
            && !is_off(today)
            && !self
                .leave
                .iter()
                .any(|(from, until)| *from <= now && now < *until)
    }

    fn availability(&self) -> Option<Availability> {
        let mut hours = WorkingHours::new();
        for (day, minute, length) in &self.hours {
            let time = |minutes: i64| NaiveTime::MIN + TimeDelta::minutes(minutes);
            hours = hours
                .on([*day], time(*minute), time(minute + length))
                .ok()?;
        }
        let days_off = self.days_off.iter().map(|day| Holiday::on(*day));
        let leave_days = self
            .leave_days
            .iter()
            .map(|(from, until)| Leave::days(*from, *until).unwrap());
        let leave = self
            .leave
            .iter()
            .map(|(from, until)| Leave::instants(*from, *until).unwrap());
        Some(
            Availability::new(self.zone.into())
                .hours(hours)
                .holidays(&days_off.collect::<Holidays>())
                .leave(leave_days.chain(leave)),
        )
    }

    fn minutes(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let begin = self.begin;
        (0..MINUTES).map(move |minute| begin + TimeDelta::minutes(minute))
    }
}

prop_compose! {
    fn any_hours()(
        day in 0_usize..7,
        minute in 0_i64..24 * 60,
        length in prop_oneof![1_i64..90, 1_i64..12 * 60],
    ) -> (Weekday, i64, i64) {
        (WEEK[day], minute, length)
    }
}

prop_compose! {
    fn any_model()(
        (zone, near) in prop::sample::select(PLACES.to_vec()),
        back in 0_i64..MINUTES,
        hours in prop::collection::vec(any_hours(), 1..24),
        days_off in prop::collection::vec(-3_i64..6, 0..3),
        leave_days in prop::collection::vec((-3_i64..6, 1_i64..3), 0..2),
        leave in prop::collection::vec((-600..MINUTES, 1_i64..2_000), 0..3),
    ) -> Model {
        let begin = near.parse::<DateTime<Utc>>().unwrap() - TimeDelta::minutes(back);
        let date = |days: i64| begin.date_naive() + TimeDelta::days(days);
        let time = |minutes: i64| begin + TimeDelta::minutes(minutes);
        Model {
            zone,
            begin,
            hours,
            days_off: days_off.into_iter().map(date).collect(),
            leave_days: leave_days
                .into_iter()
                .map(|(from, days)| (date(from), date(from + days)))
                .collect(),
            leave: leave
                .into_iter()
                .map(|(from, minutes)| (time(from), time(from + minutes)))
                .collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_minute_agrees_with_the_model(model in any_model()) {
        let Some(who) = model.availability() else {
            return Ok(());
        };
        for now in model.minutes() {
            prop_assert_eq!(who.is_available_at(now), model.is_available_at(now), "{}", now);
        }
    }

    #[test]
    fn changes_come_exactly_when_announced(model in any_model()) {
        let Some(who) = model.availability() else {
            return Ok(());
        };
        let last = model.begin + TimeDelta::minutes(MINUTES);
        // From the last minute back: the next change and the next hour at work, by the model.
        let (mut change, mut at_work) = (None, None);
        let mut behind = None;
        for now in model.minutes().collect::<Vec<_>>().into_iter().rev() {
            let is_available = model.is_available_at(now);
            if behind.is_some_and(|(_, behind)| behind != is_available) {
                change = behind.map(|(then, _)| then);
            }
            if is_available {
                at_work = Some(now);
            }
            behind = Some((now, is_available));

            let told = who.changes_after(now).filter(|told| *told < last);
            prop_assert_eq!(told, change, "the change after {}", now);
            let told = who.next_available(now).filter(|told| *told < last);
            prop_assert_eq!(told, at_work, "at work after {}", now);
        }
    }

    #[test]
    fn days_and_weeks_end_with_the_first_later_date(
        (zone, near) in prop::sample::select(PLACES.to_vec()),
        back in 0_i64..4 * 24 * 60,
    ) {
        let now = near.parse::<DateTime<Utc>>().unwrap() - TimeDelta::minutes(back);
        let time_zone = super::TimeZone::from(zone);
        let date = |now: DateTime<Utc>| now.with_timezone(&zone).date_naive();
        let week = |now| date(now).week(Weekday::Mon).first_day();
        let later = || (1..9 * 24 * 60).map(|minute| now + TimeDelta::minutes(minute));
        prop_assert_eq!(time_zone.day_of(now), date(now));
        prop_assert_eq!(time_zone.week_of(now), week(now));
        let day_ends = later().find(|then| date(*then) > date(now)).unwrap();
        prop_assert_eq!(time_zone.day_ends(now), day_ends);
        let week_ends = later().find(|then| week(*then) > week(now)).unwrap();
        prop_assert_eq!(time_zone.week_ends(now), week_ends);
    }

    #[test]
    fn hours_are_read_as_they_are_printed(
        hours in prop::collection::vec(any_hours(), 0..40),
    ) {
        let time = |minutes: i64| NaiveTime::MIN + TimeDelta::minutes(minutes);
        let mut built = WorkingHours::new();
        for (day, minute, length) in hours {
            // Hours that would go on for a day are not added.
            built = built
                .clone()
                .on([day], time(minute), time(minute + length))
                .unwrap_or(built);
        }
        let text = built.to_string();
        prop_assert_eq!(text.parse::<WorkingHours>(), Ok(built), "{}", text);
    }

    #[test]
    fn any_text_is_parsed_or_its_faults_are_reported(
        text in prop_oneof![
            "\\PC{0,40}",
            "([a-z]{2,4}[-, ]?[a-z]{0,3} ?[0-9:]{0,6}[- ,;]{0,2}[0-9:]{0,6}[;, ]{0,2}){0,4}",
            "((mon|tue|sun)(-fri|,sat)? (09:00-12:30|22:00-06:00|0:00-24:00|7:15 - 8:00)[,; ]{1,2}){0,4}",
        ],
    ) {
        match text.parse::<WorkingHours>() {
            Ok(hours) => prop_assert_eq!(hours.to_string().parse(), Ok(hours)),
            Err(errors) => {
                for fault in errors.faults() {
                    prop_assert!(text.get(fault.span()).is_some(), "{:?}", fault);
                }
                prop_assert!(!errors.faults().is_empty());
                prop_assert!(!errors.to_string().is_empty());
            }
        }
    }
}

/// [`TimeZone`](super::TimeZone) relies on this when it searches for a change of offset.
#[test]
fn no_zone_sets_its_clock_there_and_back_within_a_day() {
    const STEP: usize = 6;
    let begin: DateTime<Utc> = "1990-01-01T00:00:00Z".parse().unwrap();
    let step = TimeDelta::hours(STEP.try_into().unwrap());
    for zone in chrono_tz::TZ_VARIANTS {
        let mut now = begin;
        let mut unchanged_for = 24 / STEP + 1;
        let mut before = super::TimeZone::from(zone).offset_at(now);
        while now.year() < 2038 {
            now += step;
            let offset = super::TimeZone::from(zone).offset_at(now);
            if offset == before {
                unchanged_for += 1;
            } else {
                assert!(unchanged_for > 24 / STEP, "{zone} at {now}");
                unchanged_for = 0;
            }
            before = offset;
        }
    }
}
