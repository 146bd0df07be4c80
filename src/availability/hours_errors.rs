//! What can be wrong with working hours.

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
    /// Nothing, or nothing between two semicolons.
    #[error("no hours here; write them as `mon-fri 09:00-18:00`, or `always`, or `never`")]
    Empty,
    /// A text over the limit.
    #[error("hours of {bytes} bytes; the limit is {MAX_HOURS_BYTES}: merge what overlaps")]
    TextTooLong {
        /// How long the text is.
        bytes: usize,
    },
    /// A word that is no day of the week.
    #[error("`{found}` is no day; days are mon, tue, wed, thu, fri, sat, sun{suggestion}")]
    NoDay {
        /// The word as written.
        found: String,
        /// What may have been meant.
        suggestion: Suggestion,
    },
    /// Times without days.
    #[error("hours without days; write the days before them: `mon-fri 09:00-18:00`")]
    NoDays,
    /// Something that is neither days nor a range of them.
    #[error("`{found}` are no days; write `mon`, `mon-fri` or `mon,wed,fri`")]
    NotDays {
        /// What was found.
        found: String,
    },
    /// Days behind the hours of other days.
    #[error("`{found}` begins other hours; write a `;` before it")]
    NoSemicolon {
        /// The day as written.
        found: String,
    },
    /// Days without a time.
    #[error("`{days}` has no hours; write them behind it: `{days} 09:00-18:00`")]
    NoTimes {
        /// The days as written.
        days: String,
    },
    /// Something that is not hours from one time until another.
    #[error("`{found}` is not from one time until another; write it as `09:00-18:00`")]
    NotTimes {
        /// What was found.
        found: String,
    },
    /// A time that no clock shows.
    #[error("`{found}` is no time of day; write hours and minutes, from 00:00 to 24:00: `09:30`")]
    NoTime {
        /// The time as written.
        found: String,
    },
    /// Midnight at the end of the day as a beginning.
    #[error("hours cannot begin at 24:00; write 00:00 under the next day")]
    BeginsAtEnd,
    /// Hours that begin when they end.
    #[error("hours from {time} until {time} have no length; a whole day is `00:00-24:00`")]
    SameTime {
        /// The time.
        time: String,
    },
    /// A time with seconds.
    #[error("{time} has seconds; hours go by full minutes")]
    NotFullMinutes {
        /// The time.
        time: String,
    },
    /// Hours of one day that go on for 24 hours or more.
    #[error(
        "the hours of {day} go on for a day or more from {from}; \
         write what lies after midnight under the next day"
    )]
    TooLong {
        /// The day.
        day: &'static str,
        /// When they begin.
        from: String,
    },
    /// A sign as others write it.
    #[error("`{found}` is written `{write}`")]
    Foreign {
        /// The sign as written.
        found: char,
        /// What means the same.
        write: char,
    },
}

/// A fault and which bytes of the text it is about.
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

    /// Which bytes of the text; none where something is missing.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The character of the text, from 1.
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

/// Everything that is wrong with the text of working hours, at once.
///
/// ```
/// use leadtree::availability::WorkingHours;
///
/// let errors = "mon-fry 09:00-25:00; sat".parse::<WorkingHours>().unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "\
/// the text of the hours has 3 problems:
///   column 5: `fry` is no day; days are mon, tue, wed, thu, fri, sat, sun; did you mean `fri`?
///   column 15: `25:00` is no time of day; write hours and minutes, from 00:00 to 24:00: `09:30`
///   column 22: `sat` has no hours; write them behind it: `sat 09:00-18:00`",
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

    /// The faults in the order of the text. There is at least one; after twenty, reading ends.
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
