//! A policy file that was read and checked.

use chrono::{DateTime, Utc};
use leadtree::diagnostics::{CheckedText, SourceText};
use leadtree::policy::Policy;
use leadtree::strategy::StrategyRegistry;
use leadtree::{Finding, FindingCode, Severity};

use super::input::Input;
use crate::error::CommandError;
use crate::terminal;
use crate::terminal::words::{counted, plain};

/// A policy file with everything that is told of it.
pub(crate) struct PolicyFile {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) findings: Vec<Finding>,
    policy: Option<Policy>,
}

impl PolicyFile {
    /// Reads the file, and checks it as a whole with the built-in strategies.
    pub(crate) fn read(input: &Input) -> Result<Self, CommandError> {
        let name = input.to_string();
        let text = input.read_to_string()?;
        let checked = SourceText::new(&name, &text).check(&StrategyRegistry::new());
        let CheckedText {
            policy, findings, ..
        } = checked;
        Ok(Self {
            name,
            text,
            findings,
            policy,
        })
    }

    /// The file with what is told of the policy at a moment: rules whose period is over, too.
    pub(crate) fn at(mut self, now: DateTime<Utc>) -> Self {
        if let Some(policy) = &self.policy {
            let source = SourceText::new(&self.name, &self.text);
            self.findings = source.warnings(&policy.warnings_at(now));
        }
        self
    }

    /// Tells on standard error of rules whose period is over, of which whoever assigns leads may not know.
    pub(crate) fn tell_expired(&self) {
        let findings = self.findings.iter();
        for finding in findings.filter(|it| it.code == FindingCode::ExpiredRule) {
            let line = finding.location.as_ref().map(|at| format!(":{}", at.line));
            let line = line.unwrap_or_default();
            anstream::eprintln!("{}{line}: {}", self.name, plain(&finding.to_string()));
        }
    }

    /// Reads a policy that is to be used.
    ///
    /// # Errors
    /// If it cannot be read, or has errors, which are drawn.
    pub(crate) fn policy(input: &Input) -> Result<Policy, CommandError> {
        Self::read(input)?.into_policy()
    }

    /// The policy, if it has no errors.
    pub(crate) fn valid(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// The policy.
    ///
    /// # Errors
    /// If it has errors, which are drawn.
    pub(crate) fn into_policy(mut self) -> Result<Policy, CommandError> {
        self.policy.take().ok_or_else(|| CommandError::Refused {
            drawn: format!("{}\n\n{}", self.drawn(), self.summary()),
        })
    }

    /// The findings, drawn below their lines.
    pub(crate) fn drawn(&self) -> String {
        let drawing = SourceText::new(&self.name, &self.text).drawing();
        let drawing = drawing.colored(true).width(terminal::width());
        drawing.draw(&self.findings)
    }

    /// How many findings there are.
    pub(crate) fn summary(&self) -> String {
        let errors = self.count(Severity::Error);
        let warnings = self.count(Severity::Warning);
        let told = match (errors, warnings) {
            (0, 0) => "no findings".to_owned(),
            (0, warnings) => counted(warnings, "warning", "warnings"),
            (errors, 0) => counted(errors, "error", "errors"),
            (errors, warnings) => format!(
                "{}, {}",
                counted(errors, "error", "errors"),
                counted(warnings, "warning", "warnings")
            ),
        };
        format!("{}: {told}", self.name)
    }

    /// How many findings there are of a severity.
    pub(crate) fn count(&self, severity: Severity) -> u64 {
        let findings = self.findings.iter();
        findings.filter(|it| it.severity == severity).count() as u64
    }
}
