//! When members are at work: time zones, working hours, holidays, leave.

#[expect(clippy::module_inception, reason = "the room's main concept")]
mod availability;
#[cfg(all(test, feature = "time-zones"))]
mod availability_tests;
mod holidays;
mod hours_errors;
mod hours_parser;
#[cfg(test)]
mod hours_parser_tests;
mod leave;
mod moment;
mod presence;
mod range_set;
mod text_form;
mod time_zone;
mod wall_clock;
mod working_hours;

pub use availability::{Absence, Availability};
pub(crate) use holidays::DaysOff;
pub use holidays::{Holiday, HolidayFault, Holidays};
pub use hours_errors::{HoursErrors, HoursFault, MarkedHoursFault};
pub use leave::{Leave, LeaveError};
pub use moment::{Moment, MomentError};
pub use presence::Presence;
pub use time_zone::{TimeZone, TimeZoneError};
pub use working_hours::WorkingHours;
