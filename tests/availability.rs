//! When somebody is at work: hours, holidays, leave and daylight saving.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use chrono::{DateTime, NaiveDate, Utc};
use leadtree::availability::{
    Availability, Holiday, Holidays, Leave, Presence, TimeZone, WorkingHours,
};

/// An instant, from RFC 3339 with any offset.
fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn zone(text: &str) -> TimeZone {
    text.parse().unwrap()
}

fn works(time_zone: &str, hours: &str) -> Availability {
    Availability::new(zone(time_zone)).hours(hours.parse().unwrap())
}

/// The instants in `from..until` at which somebody starts or stops work.
fn edges(who: &Availability, from: &str, until: &str) -> Vec<String> {
    let (mut now, until) = (at(from), at(until));
    let mut edges = Vec::new();
    while let Some(change) = who.changes_after(now).filter(|change| *change < until) {
        let word = if who.is_available_at(change) {
            "on"
        } else {
            "off"
        };
        edges.push(format!("{} {word}", change.format("%dT%H:%MZ")));
        now = change;
    }
    edges
}

#[test]
fn i_work_from_nine_to_six_and_have_lunch() {
    let who = works("+08:00", "mon-fri 09:00-12:30 13:30-18:00");
    for (now, expected) in [
        ("2026-03-02T08:59:59+08:00", false),
        ("2026-03-02T09:00:00+08:00", true),
        ("2026-03-02T12:29:59.999+08:00", true),
        ("2026-03-02T12:30:00+08:00", false),
        ("2026-03-02T13:30:00+08:00", true),
        ("2026-03-02T18:00:00+08:00", false),
        // A Saturday.
        ("2026-03-07T10:00:00+08:00", false),
    ] {
        assert_eq!(who.is_available_at(at(now)), expected, "{now}");
    }
}

#[test]
fn on_friday_evening_the_first_one_back_is_there_on_monday() {
    let who = works("+08:00", "mon-fri 09:00-18:00");
    let friday = at("2026-03-06T18:00:00+08:00");
    assert_eq!(
        who.next_available(friday),
        Some(at("2026-03-09T09:00:00+08:00"))
    );
    let working = at("2026-03-06T17:00:00.250+08:00");
    assert_eq!(who.next_available(working), Some(working));
}

#[test]
fn my_night_shift_belongs_to_the_evening_on_which_it_begins() {
    let who = works("UTC", "sun-thu 22:00-06:00");
    assert_eq!(
        edges(&who, "2026-03-05T12:00:00Z", "2026-03-10T12:00:00Z"),
        [
            "05T22:00Z on",
            "06T06:00Z off",
            // Neither Friday nor Saturday night.
            "08T22:00Z on",
            "09T06:00Z off",
            "09T22:00Z on",
            "10T06:00Z off",
        ]
    );
}

#[test]
fn on_a_holiday_i_am_off_from_midnight_to_midnight() {
    let holidays: Holidays =
        serde_json::from_str(r#"{"2026-10-01..2026-10-03": "National Day"}"#).unwrap();
    let who = works("+08:00", "mon-sun 00:00-24:00").holidays(&holidays);
    assert_eq!(
        edges(&who, "2026-09-20T00:00:00Z", "2026-10-20T00:00:00Z"),
        ["30T16:00Z off", "03T16:00Z on"]
    );
}

#[test]
fn a_holiday_ends_the_night_of_its_eve_and_has_no_night_of_its_own() {
    let holiday = Holidays::from_iter([Holiday::on(day("2026-12-25")).name("Christmas")]);
    let who = works("UTC", "mon-sun 22:00-06:00").holidays(&holiday);
    assert_eq!(
        edges(&who, "2026-12-24T12:00:00Z", "2026-12-27T12:00:00Z"),
        [
            "24T22:00Z on",
            "25T00:00Z off",
            "26T22:00Z on",
            "27T06:00Z off",
        ]
    );
}

#[test]
fn holidays_of_two_regions_add_up() {
    let first = Holidays::from_iter([Holiday::on(day("2026-05-01"))]);
    let second = Holidays::from_iter([Holiday::on(day("2026-05-02"))]);
    let who = works("UTC", "always").holidays(&first).holidays(&second);
    assert_eq!(
        edges(&who, "2026-04-01T00:00:00Z", "2026-06-01T00:00:00Z"),
        ["01T00:00Z off", "03T00:00Z on"]
    );
}

#[test]
fn i_am_on_leave_and_back_on_the_second_of_january() {
    let leave: Leave =
        serde_json::from_str(r#"{"from": "2026-12-24", "until": "2027-01-02"}"#).unwrap();
    let who = works("Europe/Berlin", "mon-sat 09:00-17:00").leave([leave]);
    assert_eq!(
        who.next_available(at("2026-12-24T08:00:00Z")),
        Some(at("2027-01-02T09:00:00+01:00"))
    );
}

#[test]
fn i_am_at_the_dentist_this_afternoon() {
    let leave: Leave = serde_json::from_str(
        r#"{"from": "2026-03-02T14:00:00+01:00", "until": "2026-03-02T16:00:00+01:00"}"#,
    )
    .unwrap();
    let who = works("Europe/Berlin", "mon-fri 09:00-17:00").leave([leave]);
    assert_eq!(
        edges(&who, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"),
        [
            "02T08:00Z on",
            "02T13:00Z off",
            "02T15:00Z on",
            "02T16:00Z off",
        ]
    );
}

#[test]
fn somebody_who_always_works_never_changes_availability() {
    let now = at("2026-03-02T00:00:00Z");
    let always = works("Europe/Berlin", "always");
    assert_eq!(always.changes_after(now), None);
    assert_eq!(always.next_available(now), Some(now));
    let never = works("Europe/Berlin", "never");
    assert_eq!(never.changes_after(now), None);
    assert_eq!(never.next_available(now), None);

    let past = Leave::days(day("2026-01-01"), day("2026-02-01")).unwrap();
    assert_eq!(always.leave([past]).changes_after(now), None);
}

#[test]
fn somebody_away_for_two_years_is_beyond_the_look_ahead() {
    let leave = Leave::days(day("2026-01-01"), day("2028-01-01")).unwrap();
    let who = works("UTC", "mon-fri 09:00-17:00").leave([leave]);
    let now = at("2026-01-01T00:00:00Z");
    assert_eq!(who.next_available(now), None);
    // 400 days later: possibly too early, never too late.
    assert_eq!(who.changes_after(now), Some(at("2027-02-05T00:00:00Z")));
    let later = at("2027-06-01T00:00:00Z");
    assert_eq!(
        who.next_available(later),
        Some(at("2028-01-03T09:00:00Z")),
        "the first Monday back"
    );
}

#[test]
fn the_hour_that_is_skipped_is_not_worked() {
    // In Berlin, on 29 March 2026, clocks go from 02:00 to 03:00.
    let who = works("Europe/Berlin", "sun 01:30-04:00");
    assert_eq!(
        edges(&who, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"),
        ["29T00:30Z on", "29T02:00Z off"],
        "an hour and a half, where the wall shows two and a half"
    );
    let within = works("Europe/Berlin", "sun 02:15-02:45");
    assert_eq!(
        edges(&within, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"),
        [""; 0],
        "half an hour that does not exist"
    );
    let begins_within = works("Europe/Berlin", "sun 02:30-05:00");
    assert_eq!(
        edges(
            &begins_within,
            "2026-03-28T12:00:00Z",
            "2026-03-29T12:00:00Z"
        ),
        ["29T01:00Z on", "29T03:00Z off"],
        "from the first instant after the gap"
    );
}

#[test]
fn the_hour_that_comes_twice_is_worked_twice() {
    // In New York, on 1 November 2026, the hour from 01:00 occurs twice.
    let who = works("America/New_York", "sun 01:15-01:45");
    assert_eq!(
        edges(&who, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
        [
            "01T05:15Z on",
            "01T05:45Z off",
            "01T06:15Z on",
            "01T06:45Z off",
        ]
    );
    let night = works("America/New_York", "sat 22:00-06:00");
    assert_eq!(
        edges(&night, "2026-10-31T12:00:00Z", "2026-11-02T00:00:00Z"),
        ["01T02:00Z on", "01T11:00Z off"],
        "nine hours, where the wall shows eight"
    );
}

#[test]
fn lord_howe_goes_back_by_half_an_hour() {
    // On 5 April 2026, clocks go from 02:00 summer time back to 01:30.
    let who = works("Australia/Lord_Howe", "sun 01:00-02:30");
    assert_eq!(
        edges(&who, "2026-04-04T00:00:00Z", "2026-04-05T12:00:00Z"),
        ["04T14:00Z on", "04T16:00Z off"],
        "two hours, where the wall shows one and a half"
    );
}

#[test]
fn in_shanghai_every_day_has_24_hours() {
    let named = works("Asia/Shanghai", "mon-fri 09:00-18:00");
    let offset = works("+08:00", "mon-fri 09:00-18:00");
    let (from, until) = ("2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z");
    assert_eq!(edges(&named, from, until), edges(&offset, from, until));
}

#[test]
fn in_sao_paulo_a_day_began_at_one() {
    // On 15 October 2017, clocks went from midnight to 01:00.
    let sao_paulo = zone("America/Sao_Paulo");
    let before = at("2017-10-14T20:00:00-03:00");
    assert_eq!(sao_paulo.day_of(before), day("2017-10-14"));
    assert_eq!(sao_paulo.day_ends(before), at("2017-10-15T01:00:00-02:00"));
    let who = works("America/Sao_Paulo", "sun 00:00-02:00");
    assert_eq!(
        edges(&who, "2017-10-14T12:00:00Z", "2017-10-15T12:00:00Z"),
        ["15T03:00Z on", "15T04:00Z off"]
    );
}

#[test]
fn a_day_once_begun_does_not_end_because_the_clock_steps_back() {
    // In Sao Paulo, on 18 February 2018, clocks went from midnight back to 23:00: the day went on.
    let sao_paulo = zone("America/Sao_Paulo");
    let evening = at("2018-02-17T23:30:00-02:00");
    assert_eq!(sao_paulo.day_ends(evening), at("2018-02-18T00:00:00-03:00"));
    // In St. John's, on 7 November 2010, clocks went from 00:01 back to 23:01: Sunday began twice.
    let st_johns = zone("America/St_Johns");
    let first = at("2010-11-07T00:00:00-02:30");
    assert_eq!(st_johns.day_ends(at("2010-11-06T12:00:00Z")), first);
    assert_eq!(st_johns.day_of(first), day("2010-11-07"));
    assert_eq!(
        st_johns.day_ends(first),
        at("2010-11-08T00:00:00-03:30"),
        "within the first minute of Sunday"
    );
    let again = at("2010-11-06T23:30:00-03:30");
    assert_eq!(st_johns.day_of(again), day("2010-11-06"));
    assert_eq!(
        st_johns.day_ends(again),
        at("2010-11-07T00:00:00-03:30"),
        "within the second pass of Saturday's last hour"
    );
}

#[test]
fn beirut_and_cairo_skip_midnight() {
    // Local time of both: 23:59:59, then 01:00:00.
    for (name, now, ends) in [
        (
            "Asia/Beirut",
            "2026-03-28T12:00:00+02:00",
            "2026-03-29T01:00:00+03:00",
        ),
        (
            "Africa/Cairo",
            "2026-04-23T12:00:00+02:00",
            "2026-04-24T01:00:00+03:00",
        ),
    ] {
        assert_eq!(zone(name).day_ends(at(now)), at(ends), "{name}");
    }
}

#[test]
fn apia_had_no_30th_of_december_2011() {
    let apia = zone("Pacific/Apia");
    let thursday = at("2011-12-29T12:00:00-10:00");
    let saturday = at("2011-12-31T00:00:00+14:00");
    assert_eq!(apia.day_of(thursday), day("2011-12-29"));
    assert_eq!(apia.day_ends(thursday), saturday);
    assert_eq!(apia.day_of(saturday), day("2011-12-31"));
    assert_eq!(apia.day_begins(day("2011-12-30")), saturday);
    assert_eq!(apia.week_ends(thursday), at("2012-01-02T00:00:00+14:00"));

    let who = works("Pacific/Apia", "mon-fri 09:00-17:00");
    assert_eq!(
        edges(&who, "2011-12-29T00:00:00Z", "2012-01-02T00:00:00Z"),
        [
            // The end of Wednesday, then Thursday; there was no Friday.
            "29T03:00Z off",
            "29T19:00Z on",
            "30T03:00Z off",
            "01T19:00Z on",
        ]
    );
}

#[test]
fn in_casablanca_ramadan_has_its_own_hour() {
    // In 2026, clocks go back on 15 February and forward on 22 March.
    let who = works("Africa/Casablanca", "mon 09:00-17:00");
    for (now, begins) in [
        ("2026-02-08T00:00:00Z", "2026-02-09T09:00:00+01:00"),
        ("2026-02-15T12:00:00Z", "2026-02-16T09:00:00+00:00"),
        ("2026-03-22T12:00:00Z", "2026-03-23T09:00:00+01:00"),
    ] {
        assert_eq!(who.next_available(at(now)), Some(at(begins)), "{now}");
    }
}

#[test]
fn weeks_begin_on_monday() {
    let berlin = zone("Europe/Berlin");
    let sunday = at("2026-03-29T12:00:00Z");
    assert_eq!(berlin.week_of(sunday), day("2026-03-23"));
    let monday = at("2026-03-30T00:00:00+02:00");
    assert_eq!(berlin.week_ends(sunday), monday);
    assert_eq!(berlin.week_ends(monday), at("2026-04-06T00:00:00+02:00"));
    assert_eq!(berlin.week_of(monday), day("2026-03-30"));
}

#[test]
fn the_first_and_last_representable_dates_are_safe() {
    let leave = Leave::days(NaiveDate::MIN, NaiveDate::MAX).unwrap();
    let eternity = Holidays::from_iter([Holiday::from_to(NaiveDate::MIN, NaiveDate::MAX).unwrap()]);
    let ends = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC];
    for name in ["UTC", "-23:59", "+23:59", "Europe/Berlin", "Pacific/Apia"] {
        let time_zone = zone(name);
        for hours in ["always", "never", "mon-sun 22:00-06:00", "tue 00:00-00:01"] {
            let who = Availability::new(time_zone).hours(hours.parse().unwrap());
            let away = who.clone().holidays(&eternity).leave([leave]);
            for now in ends {
                for who in [&who, &away] {
                    assert!(who.changes_after(now).is_none_or(|change| change > now));
                    assert!(who.next_available(now).is_none_or(|next| next >= now));
                }
                // In other zones the ends are beyond the first and the last date.
                assert!(name != "UTC" || !away.is_available_at(now), "{now}");
                assert!(time_zone.day_ends(now) >= now);
                assert!(time_zone.week_ends(now) >= now);
                time_zone.week_of(now);
                time_zone.local(now);
            }
        }
        assert!(time_zone.day_begins(NaiveDate::MIN) <= time_zone.day_begins(NaiveDate::MAX));
    }
}

#[test]
fn a_leap_second_belongs_to_the_second_before() {
    let who = works("UTC", "thu 00:00-24:00");
    let leap = at("2015-12-31T23:59:60.5Z");
    assert!(who.is_available_at(leap));
    assert_eq!(who.changes_after(leap), Some(at("2016-01-01T00:00:00Z")));
}

#[test]
fn active_before_away() {
    let read = |text: &str| serde_json::from_str::<Presence>(text).unwrap();
    assert_eq!(read(r#""away""#), Presence::Away);
    assert_eq!(Presence::default(), Presence::Active);
    assert!(Presence::Active < Presence::Away && Presence::Away < Presence::Unavailable);
    for presence in Presence::ALL {
        assert_eq!(read(&format!("\"{presence}\"")), presence);
    }
}

#[test]
fn hours_in_a_policy_file_are_their_text() {
    let hours: WorkingHours = serde_json::from_str(r#""Mon-Fri 9:00-18:00""#).unwrap();
    assert_eq!(
        serde_json::to_string(&hours).unwrap(),
        r#""mon-fri 09:00-18:00""#
    );
    let error = serde_json::from_str::<WorkingHours>(r#""mon-fri 9-18""#).unwrap_err();
    assert!(
        error.to_string().contains("`9` is not a time of day"),
        "{error}"
    );
}
