//! Texts of hours, time zones, holidays and leave: what they mean, and the messages for faulty ones.

use insta::assert_snapshot;

use super::{Holidays, Leave, TimeZone, WorkingHours};

fn read(text: &str) -> String {
    match text.parse::<WorkingHours>() {
        Ok(hours) => hours.to_string(),
        Err(errors) => {
            let faults = errors.faults().iter().map(|fault| {
                let marked = text.get(fault.span()).unwrap_or("?");
                format!("[{marked}] {fault}")
            });
            faults.collect::<Vec<_>>().join("\n")
        }
    }
}

#[test]
fn hours_have_one_canonical_text() {
    for (written, canonical) in [
        ("always", "always"),
        ("never", "never"),
        ("mon-sun 0:00-24:00", "always"),
        ("mon-sun 00:00-00:00", "always"),
        ("mon-sun 00:00-12:00 12:00-24:00", "always"),
        ("Monday 9:00 - 17:00", "mon 09:00-17:00"),
        (
            "mon, wed ,fri 09:00-12:00, 13:00-17:00",
            "mon,wed,fri 09:00-12:00 13:00-17:00",
        ),
        (
            "tue 10:00-12:00; tue 11:00-13:00; tue 13:00-14:00",
            "tue 10:00-14:00",
        ),
        (
            "sat 10:00-14:00;\nmon-fri 09:00-18:00",
            "mon-fri 09:00-18:00; sat 10:00-14:00",
        ),
        ("sun-thu 22:00-6:00", "sun-thu 22:00-06:00"),
        ("fri-mon 09:00-10:00", "fri-mon 09:00-10:00"),
        ("mon,sun 09:00-10:00", "sun,mon 09:00-10:00"),
        ("sun-sat 09:00-10:00", "mon-sun 09:00-10:00"),
        // They touch but stay apart: a holiday on Tuesday removes only the hours of Tuesday.
        (
            "mon 22:00-24:00; tue 00:00-06:00",
            "mon 22:00-24:00; tue 00:00-06:00",
        ),
    ] {
        assert_eq!(read(written), canonical, "{written}");
        assert_eq!(read(canonical), canonical, "{written}");
    }
}

#[test]
fn every_fault_is_reported_with_its_place_and_remedy() {
    assert_snapshot!(read("mun-fri 09:00-18:00; sat 25:00-26:00; sun"), @r#"
        [mun] column 1: `mun` is not a day; days are mon, tue, wed, thu, fri, sat, sun
        [25:00] column 26: `25:00` is not a time of day; write hours and minutes, from 00:00 to 24:00: `09:30`
        [26:00] column 32: `26:00` is not a time of day; write hours and minutes, from 00:00 to 24:00: `09:30`
        [sun] column 39: `sun` has no hours; add them: `sun 09:00-18:00`
        "#);
    assert_snapshot!(read("mon-fri 9-18"), @r#"
        [9] column 9: `9` is not a time of day; write hours and minutes, from 00:00 to 24:00: `09:30`
        [18] column 11: `18` is not a time of day; write hours and minutes, from 00:00 to 24:00: `09:30`
        "#);
    assert_snapshot!(read("mon–fri 09：00-18:00"), @r#"
        [–] column 4: write `-` instead of `–`
        [：] column 11: write `:` instead of `：`
        "#);
    assert_snapshot!(read("09:00-18:00"), @"[09:00-18:00] column 1: these hours have no days; write the days first: `mon-fri 09:00-18:00`");
    assert_snapshot!(read("mon 09:00-12:00 tue 09:00-12:00"), @"[tue] column 17: `tue` begins the hours of another day; write a `;` before it");
    assert_snapshot!(read("mon 09:00 18:00"), @"[09:00 18:00] column 5: `09:00 18:00` is not a range of times; write it as `09:00-18:00`");
    assert_snapshot!(read("mon tue 09:00-18:00; wed- 09:00-18:00"), @r#"
        [mon tue] column 1: `mon tue` is not a list of days; write `mon`, `mon-fri` or `mon,wed,fri`
        [wed-] column 22: `wed-` is not a list of days; write `mon`, `mon-fri` or `mon,wed,fri`
        "#);
    assert_snapshot!(read("mon 09:00-18:00;"), @"[] column 17: expected hours, such as `mon-fri 09:00-18:00`, `always` or `never`");
    assert_snapshot!(read(""), @"[] column 1: expected hours, such as `mon-fri 09:00-18:00`, `always` or `never`");
    assert_snapshot!(read("mon 09:00-09:00; tue 24:00-06:00"), @r#"
        [09:00-09:00] column 5: hours from 09:00 to 09:00 have no length; for a whole day write `00:00-24:00`
        [24:00] column 22: hours cannot begin at 24:00; write 00:00 on the next day
        "#);
    assert_snapshot!(read("mon 00:00-23:00 22:00-06:00"), @"[22:00-06:00] column 17: the hours of mon from 00:00 last 24 hours or more; write those after midnight on the next day");
    let long = "mon 09:00-10:00;"
        .repeat(1_000)
        .parse::<WorkingHours>()
        .unwrap_err();
    assert_snapshot!(long, @r#"
        the text of the hours has 1 problem:
          column 1: the text has 16000 bytes; the limit is 4096: merge hours that overlap
        "#);
}

#[test]
fn faulty_time_zones_are_reported_with_a_suggestion() {
    let read = |text: &str| match text.parse::<TimeZone>() {
        Ok(zone) => zone.to_string(),
        Err(error) => error.to_string(),
    };
    assert_eq!(read(" utc "), "UTC");
    assert_eq!(read("+00:00"), "UTC");
    assert_eq!(read("-03:30"), "-03:30");
    assert_snapshot!(read("+8 hours"), @"`+8 hours` is not an offset from UTC; write hours and minutes: `+08:00`, `-03:30`");
    #[cfg(feature = "time-zones")]
    {
        assert_eq!(read("Europe/Berlin"), "Europe/Berlin");
        assert_snapshot!(read("Europe/Berlln"), @"no time zone is named `Europe/Berlln`; write a name such as `Asia/Shanghai`, or an offset such as `+08:00`; did you mean `Europe/Berlin`?");
        assert_snapshot!(read("shanghai"), @"no time zone is named `shanghai`; write a name such as `Asia/Shanghai`, or an offset such as `+08:00`; did you mean `Asia/Shanghai`?");
    }
    #[cfg(not(feature = "time-zones"))]
    assert_snapshot!(read("Europe/Berlin"), @"`Europe/Berlin` is not an offset from UTC such as `+08:00`; names of time zones need the feature `time-zones`");
}

#[test]
fn faulty_holidays_and_leave_are_reported() {
    let holidays = |text| serde_json::from_str::<Holidays>(text).unwrap_err();
    assert_snapshot!(holidays(r#"["2026-01-01", "2026-02-30"]"#), @"`2026-02-30` is not a date; write year, month and day: 2026-10-01, or 2026-10-01..2026-10-07 at line 1 column 27");
    assert_snapshot!(holidays(r#"["2026-05-03..2026-05-01"]"#), @"2026-05-03..2026-05-01 ends before it begins; write the earlier day first at line 1 column 25");
    assert_snapshot!(holidays(r#"{"Christmas": "2026-12-25"}"#), @"`Christmas` is not a date; write year, month and day: 2026-10-01, or 2026-10-01..2026-10-07 at line 1 column 12");
    assert_snapshot!(holidays("7"), @"invalid type: integer `7`, expected a list of days such as `2026-10-01`, or a map from days to names at line 1 column 1");
    let leave = |from: &str, until: &str| {
        let form = serde_json::json!({"from": from, "until": until});
        serde_json::from_value::<Leave>(form).unwrap_err()
    };
    assert_snapshot!(leave("2026-12-24", "2026-12-24"), @"leave from 2026-12-24 until 2026-12-24 has no length; `until` is the first day or instant back at work");
    assert_snapshot!(leave("2026-12-24", "2026-12-25T00:00:00Z"), @"leave from 2026-12-24 until 2026-12-25T00:00:00Z mixes days, local times and times with an offset; write both ends in the same way");
    assert_snapshot!(leave("2026-12-24 12:00", "2026-12-25"), @"leave from 2026-12-24T12:00:00 until 2026-12-25 mixes days, local times and times with an offset; write both ends in the same way");
    assert_snapshot!(leave("24.12.2026", "2026-12-25"), @"`24.12.2026` is not a moment; write 2026-03-31, 2026-03-31T08:00:00 or, with an offset, 2026-03-31T08:00:00+08:00");
}

#[test]
fn holidays_and_leave_are_written_as_they_are_read() {
    for text in [
        r#"["2026-10-01..2026-10-07","2026-12-25"]"#,
        r#"{"2026-10-01..2026-10-07":"National Day","2026-12-25":null}"#,
    ] {
        let holidays: Holidays = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&holidays).unwrap(), text);
    }
    for text in [
        r#"{"from":"2026-12-24","until":"2027-01-02"}"#,
        r#"{"from":"2026-12-24T04:00:00Z","until":"2026-12-24T08:00:00Z"}"#,
    ] {
        let leave: Leave = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&leave).unwrap(), text);
    }
}
