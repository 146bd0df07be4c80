//! What can be wrong with terms.

use std::fmt;

use chrono::{DateTime, Utc};
use thiserror::Error;

/// A fault in who holds what when.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TermsFault {
    /// Not as many holders as slots.
    #[error("{slots} slots for {holders} holders; name one holder for each slot")]
    Uneven {
        /// How many slots there are.
        slots: usize,
        /// How many holders there are.
        holders: usize,
    },
    /// A name that is used twice.
    #[error("{kind} `{name}` is named twice")]
    Twice {
        /// `slot` or `holder`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A change that is not after the one before.
    #[error("the change at {change} is not after the one before, at {before}")]
    OutOfOrder {
        /// The change.
        change: DateTime<Utc>,
        /// The one before.
        before: DateTime<Utc>,
    },
    /// A term that ends before it begins.
    #[error("the term of `{holder}` in `{slot}` ends at {until}, not after it begins at {from}")]
    Empty {
        /// The slot.
        slot: String,
        /// The holder.
        holder: String,
        /// The first moment.
        from: DateTime<Utc>,
        /// The moment after the last.
        until: DateTime<Utc>,
    },
    /// A time in which nobody holds a slot.
    #[error("nobody holds `{slot}` {}", span(.from.as_ref(), .until.as_ref()))]
    Gap {
        /// The slot.
        slot: String,
        /// The first moment; none from the beginning of time.
        from: Option<DateTime<Utc>>,
        /// The moment after the last; none for ever.
        until: Option<DateTime<Utc>>,
    },
    /// A time in which two hold the same slot.
    #[error("`{first}` and `{second}` both hold `{slot}` {}", span(.from.as_ref(), .until.as_ref()))]
    Overlap {
        /// The slot.
        slot: String,
        /// The one who held it first.
        first: String,
        /// The other.
        second: String,
        /// The first moment; none from the beginning of time.
        from: Option<DateTime<Utc>>,
        /// The moment after the last; none for ever.
        until: Option<DateTime<Utc>>,
    },
}

fn span(from: Option<&DateTime<Utc>>, until: Option<&DateTime<Utc>>) -> String {
    match (from, until) {
        (None, None) => "at any time".to_owned(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (Some(from), Some(until)) => format!("from {from} until {until}"),
    }
}

/// Everything that is wrong with terms, at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsErrors(pub(super) Vec<TermsFault>);

impl TermsErrors {
    /// The faults. There is at least one.
    pub fn faults(&self) -> &[TermsFault] {
        &self.0
    }
}

impl fmt::Display for TermsErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems = if self.0.len() == 1 {
            "problem"
        } else {
            "problems"
        };
        write!(f, "the terms have {} {problems}:", self.0.len())?;
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for TermsErrors {}
