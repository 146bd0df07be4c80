//! How a run of the command ended.

use std::process::ExitCode;

/// How a run ended, as the exit status tells it; what is worse is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All is well.
    Fine,
    /// There is something to correct.
    Findings,
    /// It could not run.
    Failed,
}

impl Status {
    /// [`Findings`](Self::Findings) if there are any.
    pub(crate) fn findings_if(any: bool) -> Self {
        if any { Self::Findings } else { Self::Fine }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Fine => Self::SUCCESS,
            Status::Findings => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}
