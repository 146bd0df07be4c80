//! Values of a row that cannot be read.

use std::borrow::Cow;
use std::fmt;

/// A value that cannot be read as its field needs it. The lead has it as given, so it is *unlisted*. `Display` tells
/// it with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnreadValue<'r> {
    /// The field: an attribute, or `customer_size`.
    pub field: &'r str,
    /// The text of the row.
    pub text: Cow<'r, str>,
    /// Why it cannot be read.
    pub why: NotRead,
}

/// Why a value cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotRead {
    /// `1.000` is one or a thousand.
    TwoReadings,
    /// No number.
    NotANumber,
    /// Neither yes nor no.
    NotAFlag,
    /// No date, or in none of the stated formats.
    NotADate,
    /// No head count, range or band.
    NotASize,
}

impl NotRead {
    /// A stable word, for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TwoReadings => "two-readings",
            Self::NotANumber => "not-a-number",
            Self::NotAFlag => "not-a-flag",
            Self::NotADate => "not-a-date",
            Self::NotASize => "not-a-size",
        }
    }

    /// What is wrong, behind the text: "is no number".
    pub const fn problem(self) -> &'static str {
        match self {
            Self::TwoReadings => "can be read with decimals or with thousands",
            Self::NotANumber => "is no number",
            Self::NotAFlag => "is neither yes nor no",
            Self::NotADate => "is no date",
            Self::NotASize => "is no customer size",
        }
    }

    /// What to do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::TwoReadings => {
                "say the decimal mark of the column: `decimal: \".\"` or `decimal: \",\"`"
            }
            Self::NotANumber => "write digits, as in 1200 or 12.5",
            Self::NotAFlag => "write `yes` or `no`, or replace it by `values` in the mapping",
            Self::NotADate => "write 2026-03-31, or give its format as `date` in the mapping",
            Self::NotASize => "write a head count, a range such as 51-200, or the name of a band",
        }
    }
}

impl fmt::Display for UnreadValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, text, why } = self;
        write!(f, "{field}: `{text}` {}; {}", why.problem(), why.remedy())
    }
}
