//! Why a rule did not apply.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::availability::TimeZone;
use crate::id::RuleId;
use crate::rule::{Condition, Period};

/// Why a rule did not apply to a lead.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum WhyNot {
    /// It did apply.
    Applies {
        /// The rule.
        rule: RuleId,
    },
    /// The rule, or a group around it, is switched off.
    Disabled {
        /// The rule or the group.
        rule: RuleId,
    },
    /// The moment is outside the rule's period.
    OutsidePeriod {
        /// The rule.
        rule: RuleId,
        /// Its period.
        period: Period,
        /// The moment.
        now: DateTime<Utc>,
        /// The policy's time zone, in which both are told.
        time_zone: TimeZone,
    },
    /// A test did not hold.
    Test {
        /// The rule asked about.
        rule: RuleId,
        /// The group whose condition it is, if it is not the rule's own.
        group: Option<RuleId>,
        /// The first part of the condition that did not hold: a test, a negation or a choice.
        failed: Box<Condition>,
    },
    /// None of the group's rules applies, and it has no `otherwise`.
    NothingInGroup {
        /// The group.
        rule: RuleId,
    },
    /// It would apply, but an earlier rule does.
    Earlier {
        /// The rule asked about.
        rule: RuleId,
        /// The earlier one, as told by its source.
        earlier: String,
    },
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applies { rule } => write!(f, "rule `{rule}` does apply"),
            Self::Disabled { rule } => write!(f, "`{rule}` is switched off"),
            Self::OutsidePeriod {
                rule,
                period,
                now,
                time_zone,
            } => {
                let now = time_zone.format(*now);
                write!(f, "rule `{rule}` does not apply at {now}: it holds")?;
                if let Some(from) = period.from() {
                    write!(f, " from {}", time_zone.format(from))?;
                }
                match period.until() {
                    Some(until) => write!(f, " until {}", time_zone.format(until)),
                    None => Ok(()),
                }
            }
            Self::Test {
                rule,
                group: None,
                failed,
            } => {
                write!(f, "rule `{rule}` does not apply: {failed} does not hold")
            }
            Self::Test {
                rule,
                group: Some(group),
                failed,
            } => write!(
                f,
                "rule `{rule}` does not apply: {failed}, asked by its group `{group}`, does not hold"
            ),
            Self::NothingInGroup { rule } => write!(
                f,
                "group `{rule}` does not apply: none of its rules does, and it has no `otherwise`"
            ),
            Self::Earlier { rule, earlier } => {
                write!(f, "rule `{rule}` would apply, but {earlier} comes first")
            }
        }
    }
}
