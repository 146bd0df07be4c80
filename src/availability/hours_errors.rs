//! Faults in working hours.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

use crate::limits::MAX_HOURS_BYTES;
use crate::place::write_faults;
use crate::suggestion::Suggestion;

/// A fault in working hours, with its remedy.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HoursFault {
    /// An empty text, or nothing between two semicolons.
    #[error("expected hours, such as `mon-fri 09:00-18:00`, `always` or `never`")]
    Empty,
    /// A text longer than the limit.
    #[error("the text has {bytes} bytes; the limit is {MAX_HOURS_BYTES}: merge hours that overlap")]
    TextTooLong {
        /// The length of the text in bytes.
        bytes: usize,
    },
    /// A word that is not a day of the week.
    #[error("`{found}` is not a day; days are mon, tue, wed, thu, fri, sat, sun{suggestion}")]
    NoDay {
        /// The word as written.
        found: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// Times without days before them.
    #[error("these hours have no days; write the days first: `mon-fri 09:00-18:00`")]
    NoDays,
    /// Something that is neither a day nor a list or range of days.
    #[error("`{found}` is not a list of days; write `mon`, `mon-fri` or `mon,wed,fri`")]
    NotDays {
        /// What was found.
        found: String,
    },
    /// Days that follow the hours of other days without a semicolon.
    #[error("`{found}` begins the hours of another day; write a `;` before it")]
    NoSemicolon {
        /// The day as written.
        found: String,
    },
    /// Days without times.
    #[error("`{days}` has no hours; add them: `{days} 09:00-18:00`")]
    NoTimes {
        /// The days as written.
        days: String,
    },
    /// Something that is not a range of times.
    #[error("`{found}` is not a range of times; write it as `09:00-18:00`")]
    NotTimes {
        /// What was found.
        found: String,
    },
    /// Something that is not a time of day.
    #[error(
        "`{found}` is not a time of day; write hours and minutes, from 00:00 to 24:00: `09:30`"
    )]
    NoTime {
        /// The time as written.
        found: String,
    },
    /// Hours that begin at 24:00.
    #[error("hours cannot begin at 24:00; write 00:00 on the next day")]
    BeginsAtEnd,
    /// Hours that begin and end at one time.
    #[error("hours from {time} to {time} have no length; for a whole day write `00:00-24:00`")]
    SameTime {
        /// The time.
        time: String,
    },
    /// A time with seconds.
    #[error("{time} has seconds; use full minutes")]
    NotFullMinutes {
        /// The time.
        time: String,
    },
    /// Hours of one day that last 24 hours or more, other than the whole day.
    #[error(
        "the hours of {day} from {from} last 24 hours or more; \
         write those after midnight on the next day"
    )]
    TooLong {
        /// The day.
        day: &'static str,
        /// When they begin.
        from: String,
    },
    /// A character used elsewhere for one of the signs of this format, such as a long dash.
    #[error("write `{write}` instead of `{found}`")]
    Foreign {
        /// The character as written.
        found: char,
        /// The character to write instead.
        write: char,
    },
}

/// A fault, and where it is in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedHoursFault {
    span: Range<usize>,
    column: usize,
    fault: HoursFault,
}

impl MarkedHoursFault {
    pub(super) fn new(text: &str, span: Range<usize>, fault: HoursFault) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        Self {
            column: before.chars().count() + 1,
            span,
            fault,
        }
    }

    /// What is wrong.
    pub fn fault(&self) -> &HoursFault {
        &self.fault
    }

    /// The faulty bytes of the text; empty where something is missing.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The position of the first faulty character in the text, from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for MarkedHoursFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.fault)
    }
}

impl std::error::Error for MarkedHoursFault {}

/// All faults in the text of working hours.
///
/// ```
/// use leadtree::availability::WorkingHours;
///
/// let errors = "mon-fry 09:00-25:00; sat".parse::<WorkingHours>().unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "\
/// the text of the hours has 3 problems:
///   column 5: `fry` is not a day; days are mon, tue, wed, thu, fri, sat, sun; did you mean `fri`?
///   column 15: `25:00` is not a time of day; write hours and minutes, from 00:00 to 24:00: `09:30`
///   column 22: `sat` has no hours; add them: `sat 09:00-18:00`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursErrors {
    faults: Vec<MarkedHoursFault>,
}

impl HoursErrors {
    pub(super) fn new(mut faults: Vec<MarkedHoursFault>) -> Self {
        faults.sort_by_key(|fault| fault.span.start);
        Self { faults }
    }

    /// The faults in the order of the text; at least one, at most twenty.
    pub fn faults(&self) -> &[MarkedHoursFault] {
        &self.faults
    }
}

impl fmt::Display for HoursErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_faults(f, "the text of the hours", &self.faults)
    }
}

impl std::error::Error for HoursErrors {}
