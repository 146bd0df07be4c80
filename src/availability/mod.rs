//! Who is at work when: time zones, working hours, holidays, leave.

mod hours_errors;
mod hours_text;
mod presence;
mod spans;
mod text_form;
mod time_zone;
mod wall_clock;
mod working_hours;

pub use hours_errors::{HoursErrors, HoursFault, MarkedHoursFault};
pub use presence::Presence;
pub use time_zone::{TimeZone, TimeZoneError};
pub use working_hours::WorkingHours;
