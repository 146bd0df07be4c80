//! Something that is told of a policy.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::code::FindingCode;
use super::code_of_fault::{of_condition, of_fault, of_warning};
use crate::example_check::ExampleFailure;
use crate::place::{Place, Placed};
use crate::policy::PolicyFault;
use crate::rule::MarkedFault;
use crate::tree::CompileError;
use crate::warning::PolicyWarning;

/// Something that is told of a policy: a fault or a warning, in the form that all reports draw.
///
/// Made from a placed fault or warning. Where the text of the policy file is at hand,
/// `diagnostics::SourceText` (feature `diagnostics`) adds where it stands in it.
///
/// ```
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::Rule;
/// use leadtree::team::Team;
/// use leadtree::{Finding, Severity};
///
/// let draft = PolicyDraft::new().team(Team::new("east")).rule(Rule::new("all").assign_to("eats"));
/// let errors = draft.build().unwrap_err();
/// let finding = Finding::from(&errors.faults()[0]);
/// assert_eq!(finding.code.as_str(), "unknown-name");
/// assert_eq!(finding.severity, Severity::Error);
/// assert_eq!(finding.place.as_str(), "rules[0].assign_to.team");
/// assert_eq!(finding.message, "unknown team `eats`");
/// assert_eq!(finding.remedy.as_deref(), Some("did you mean `east`?"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of finding it is.
    pub code: FindingCode,
    /// How bad it is.
    pub severity: Severity,
    /// Where in the policy; the whole policy if empty.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Where in the text of the file, if that is known.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// A likely mistake; the policy works as written.
    Warning,
    /// The policy is refused.
    Error,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where something stands in a text: a part of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Location {
    /// In bytes of the text.
    #[serde(skip)]
    pub bytes: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The first character of it in the line, from 1.
    pub column: usize,
    /// The first character behind it in the line, from 1; not before `column`.
    pub end_column: usize,
}

impl Location {
    /// The location of a part of the text; of its last position if the part is beyond the end.
    #[cfg(feature = "diagnostics")]
    pub(crate) fn of(text: &str, bytes: Range<usize>) -> Self {
        let before = text.get(..bytes.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        let marked = text.get(bytes.clone()).unwrap_or_default();
        Self {
            line: before.matches('\n').count() + 1,
            column,
            end_column: column + marked.chars().count(),
            bytes,
        }
    }
}

impl Finding {
    /// A finding without a location. `told` is what is wrong, and after the first `; ` that does not stand in
    /// backquotes what to do about it, as all messages of this crate are written.
    pub fn new(code: FindingCode, severity: Severity, place: Place, told: &str) -> Self {
        let (message, remedy) = match end_of_message(told) {
            Some((end, begin)) => (told.get(..end), told.get(begin..)),
            None => (Some(told), None),
        };
        Self {
            code,
            severity,
            place,
            message: message.unwrap_or(told).to_owned(),
            remedy: remedy.map(str::to_owned),
            location: None,
        }
    }
}

/// The end of the first part of a message, and the beginning of the second. What stands in backquotes
/// is written by others.
fn end_of_message(told: &str) -> Option<(usize, usize)> {
    let mut quoted = false;
    for (at, character) in told.char_indices() {
        match character {
            '`' => quoted = !quoted,
            ';' if !quoted && told.get(at..)?.starts_with("; ") => return Some((at, at + 2)),
            _ => {}
        }
    }
    None
}

impl From<&Placed<PolicyFault>> for Finding {
    fn from(Placed { place, fault }: &Placed<PolicyFault>) -> Self {
        // Inside a text, the position stands beside the message.
        let told = match fault {
            PolicyFault::Condition(marked) => marked.fault().to_string(),
            PolicyFault::Hours(marked) => marked.fault().to_string(),
            fault => fault.to_string(),
        };
        Self::new(of_fault(fault), Severity::Error, place.clone(), &told)
    }
}

impl From<&Placed<PolicyWarning>> for Finding {
    fn from(Placed { place, fault }: &Placed<PolicyWarning>) -> Self {
        let told = fault.to_string();
        Self::new(of_warning(fault), Severity::Warning, place.clone(), &told)
    }
}

impl From<&Placed<ExampleFailure>> for Finding {
    fn from(Placed { place, fault }: &Placed<ExampleFailure>) -> Self {
        Self {
            code: FindingCode::FailedExample,
            severity: Severity::Error,
            place: place.clone(),
            message: fault.to_string(),
            remedy: None,
            location: None,
        }
    }
}

impl From<&MarkedFault> for Finding {
    fn from(marked: &MarkedFault) -> Self {
        let told = marked.fault().to_string();
        let code = of_condition(marked.fault());
        Self::new(code, Severity::Error, Place::whole(), &told)
    }
}

impl From<&CompileError> for Finding {
    fn from(error: &CompileError) -> Self {
        let place = Place::whole().field("rules");
        Self::new(
            FindingCode::Limit,
            Severity::Error,
            place,
            &error.to_string(),
        )
    }
}

impl fmt::Display for Finding {
    /// The place, what is wrong, and what to do about it, in one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.as_str().is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.message)?;
        match &self.remedy {
            Some(remedy) => write!(f, "; {remedy}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_ends_at_the_first_semicolon_that_is_not_quoted() {
        for (told, message, remedy) in [
            ("a; b; c", "a", Some("b; c")),
            ("`a; b` is; gone", "`a; b` is", Some("gone")),
            ("a;b", "a;b", None),
            ("`open; quote", "`open; quote", None),
            ("", "", None),
        ] {
            let place = Place::whole();
            let finding = Finding::new(FindingCode::Syntax, Severity::Error, place, told);
            assert_eq!(finding.message, message);
            assert_eq!(finding.remedy.as_deref(), remedy);
            assert_eq!(finding.to_string(), told);
        }
    }
}
