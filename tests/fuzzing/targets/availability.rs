//! Working hours, and calendars of days.

use leadtree::availability::{Holiday, Holidays, Leave, TimeZone, WorkingHours};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Verdict, same_in_json};

/// Hours in text.
pub fn working_hours(data: &[u8]) -> Verdict {
    let text = String::from_utf8_lossy(data);
    match text.parse::<WorkingHours>() {
        Ok(hours) => {
            let written = hours.to_string();
            assert_eq!(written.parse(), Ok(hours.clone()), "written as {written}");
            same_in_json(&hours);
            Verdict::Read
        }
        Err(errors) => {
            assert!((1..=20).contains(&errors.faults().len()), "{errors}");
            for fault in errors.faults() {
                let before = text.get(..fault.span().start);
                let characters = before.map(|before| before.chars().count() + 1);
                assert_eq!(characters, Some(fault.column()), "{fault}");
                assert!(text.get(fault.span()).is_some(), "{fault}");
            }
            Verdict::Refused
        }
    }
}

/// Holidays, leave and time zones, as text or as JSON.
pub fn calendar_json(data: &[u8]) -> Verdict {
    let text = String::from_utf8_lossy(data);
    let holiday = text.parse::<Holiday>();
    if let Ok(holiday) = &holiday {
        assert_eq!(holiday.to_string().parse(), Ok(holiday.clone()));
        assert!(holiday.days().start() <= holiday.days().end());
    }
    let zone = text.parse::<TimeZone>();
    if let Ok(zone) = &zone {
        assert_eq!(zone.to_string().parse(), Ok(*zone));
    }
    let days = read::<Holidays>(data).inspect(|holidays| {
        for holiday in holidays.iter() {
            assert!(holidays.holiday_on(*holiday.days().end()).is_some());
        }
    });
    let others = [
        read::<Leave>(data).is_some(),
        read::<TimeZone>(data).is_some(),
    ];
    if holiday.is_ok() || zone.is_ok() || days.is_some() || others.contains(&true) {
        Verdict::Read
    } else {
        Verdict::Refused
    }
}

/// A value that can be read from JSON is equal after it was written and read again.
fn read<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(data: &[u8]) -> Option<T> {
    let value = serde_json::from_slice(data).ok()?;
    same_in_json(&value);
    Some(value)
}
