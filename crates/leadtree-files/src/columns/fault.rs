//! Why a mapping does not fit the file or the policy.

use leadtree::{Finding, FindingCode, Place, Severity, Suggestion};
use thiserror::Error;

use crate::value::DateFormatFault;

/// The maximum padding: more than any code needs, but rows stay small.
pub(super) const MOST_PADDING: usize = 1_000;

/// At most this many columns are listed in a message.
const MOST_LISTED: usize = 30;

/// Why a mapping does not fit the file or the policy.
#[derive(Debug, Error)]
pub(crate) enum MappingFault {
    #[error("`{name}` is neither a field of a lead nor an attribute of the policy{suggestion}")]
    UnknownField {
        name: String,
        suggestion: Suggestion,
    },
    #[error(
        "`{field}` has several of `column`, `first_of`, `path`, `value` and `row_number`; keep one"
    )]
    SeveralSources { field: String },
    #[error("`{field}` comes from nowhere; give it a `column`, `first_of`, `path` or `value`")]
    NoSource { field: String },
    #[error("`{option}` is for {kind} only; leave it out")]
    Unfit {
        option: &'static str,
        kind: &'static str,
    },
    #[error("`pad` is {pad}; the maximum is {MOST_PADDING}")]
    PadTooWide { pad: usize },
    #[error("the file has no column `{column}`{suggestion}{}", listed(columns))]
    UnknownColumn {
        column: String,
        suggestion: Suggestion,
        columns: Vec<String>,
    },
    #[error("{file} has two columns `{column}`; rename one")]
    AmbiguousColumn { file: String, column: String },
    #[error(
        "the file has no column `id`; name the column that has it, `columns: {{id: …}}`, or take the number of \
         the row, `columns: {{id: {{row_number: true}}}}`{suggestion}{}",
        listed(columns)
    )]
    NoId {
        suggestion: Suggestion,
        columns: Vec<String>,
    },
    #[error("`{expression}` is no regular expression: {message}")]
    Expression { expression: String, message: String },
    #[error("{0}")]
    Date(#[from] DateFormatFault),
    #[error("{file}: {message}")]
    Join { file: String, message: String },
    #[error(
        "`{value}` is no {kind} of the policy, so all leads that get it would be unlisted{remedy}"
    )]
    Constant {
        value: String,
        kind: String,
        /// Behind a semicolon, if there is any.
        remedy: String,
    },
    #[error("`values` has `{from}` twice; keep one")]
    ValueTwice { from: String },
    #[error(
        "nothing would separate the tags; write what does, as in `split: \",\"`, or leave `split` out"
    )]
    EmptySplit,
    #[error(
        "line 1 seems to be a title, and line {line} the header, so no column would be found; write `header_line: {line}`"
    )]
    Title { line: u64 },
    #[error(
        "the file is one object around all leads, which stand in its list `{key}`; write `rows: {key}`"
    )]
    Wrapped { key: String },
}

/// The columns that there are.
fn listed(columns: &[String]) -> String {
    if columns.is_empty() {
        return String::new();
    }
    let more = columns.len().saturating_sub(MOST_LISTED);
    let shown: Vec<_> = columns
        .iter()
        .take(MOST_LISTED)
        .map(|name| format!("`{}`", name.replace(char::is_control, " ")))
        .collect();
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("; the columns are {}{more}", shown.join(", "))
}

impl MappingFault {
    fn code(&self) -> FindingCode {
        match self {
            Self::UnknownField { .. } => FindingCode::UnknownField,
            Self::SeveralSources { .. } | Self::ValueTwice { .. } => FindingCode::GivenTwice,
            Self::NoSource { .. } | Self::NoId { .. } => FindingCode::MissingField,
            Self::UnknownColumn { .. }
            | Self::AmbiguousColumn { .. }
            | Self::Join { .. }
            | Self::Constant { .. } => FindingCode::UnknownName,
            Self::PadTooWide { .. } => FindingCode::OutOfRange,
            Self::Unfit { .. }
            | Self::Expression { .. }
            | Self::Date(_)
            | Self::EmptySplit
            | Self::Title { .. }
            | Self::Wrapped { .. } => FindingCode::WrongValue,
        }
    }
}

/// All faults of a mapping, with their places in it.
#[derive(Debug, Default)]
pub(crate) struct MappingFaults {
    findings: Vec<Finding>,
    lacks_columns: bool,
}

impl MappingFaults {
    /// A single fault.
    pub(crate) fn of(place: Place, fault: &MappingFault) -> Self {
        let mut faults = Self::default();
        faults.add(place, fault);
        faults
    }

    pub(super) fn add(&mut self, place: Place, fault: &MappingFault) {
        let finding = Finding::new(fault.code(), Severity::Error, place, &fault.to_string());
        self.findings.push(finding);
        self.lacks_columns |= matches!(
            fault,
            MappingFault::UnknownColumn { .. } | MappingFault::NoId { .. }
        );
    }

    /// Whether some column is not in the file.
    pub(crate) fn lacks_columns(&self) -> bool {
        self.lacks_columns
    }

    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}
