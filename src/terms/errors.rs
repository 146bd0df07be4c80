//! Faults in terms.

use std::fmt;

use chrono::{DateTime, Utc};
use thiserror::Error;

/// A fault in a set of terms.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TermsFault {
    /// The numbers of slots and holders differ.
    #[error("{slots} slots and {holders} holders; name exactly one holder for each slot")]
    Uneven {
        /// The number of slots.
        slots: usize,
        /// The number of holders.
        holders: usize,
    },
    /// A slot or holder that is named twice.
    #[error("{kind} `{name}` is named twice; remove one")]
    Twice {
        /// `slot` or `holder`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A change that is not later than the one before.
    #[error(
        "the change at {change} is not later than the one before it, at {before}; list changes in order"
    )]
    OutOfOrder {
        /// The change.
        change: DateTime<Utc>,
        /// The one before.
        before: DateTime<Utc>,
    },
    /// A term that ends before it begins.
    #[error(
        "the term of `{holder}` in `{slot}` ends at {until}, but begins at {from}; it must end later"
    )]
    Empty {
        /// The slot.
        slot: String,
        /// The holder.
        holder: String,
        /// The beginning, inclusive.
        from: DateTime<Utc>,
        /// The end, exclusive.
        until: DateTime<Utc>,
    },
    /// A period in which nobody holds a slot.
    #[error("nobody holds `{slot}` {}", span(.from.as_ref(), .until.as_ref()))]
    Gap {
        /// The slot.
        slot: String,
        /// The first moment; `None` if the period has no beginning.
        from: Option<DateTime<Utc>>,
        /// The first moment after it; `None` if the period has no end.
        until: Option<DateTime<Utc>>,
    },
    /// A period in which two holders hold one slot.
    #[error("`{first}` and `{second}` both hold `{slot}` {}", span(.from.as_ref(), .until.as_ref()))]
    Overlap {
        /// The slot.
        slot: String,
        /// The holder whose term begins first.
        first: String,
        /// The other holder.
        second: String,
        /// The first moment; `None` if the period has no beginning.
        from: Option<DateTime<Utc>>,
        /// The first moment after it; `None` if the period has no end.
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

/// All faults of a set of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsErrors(pub(super) Vec<TermsFault>);

impl TermsErrors {
    /// The faults; at least one.
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
