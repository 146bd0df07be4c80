//! A file with examples: a policy that carries them, or a file of their own.

use leadtree::diagnostics::SourceText;
use leadtree::example_check::{ExampleCheck, ExampleFailure};
use leadtree::policy::Policy;
use leadtree::{Finding, FindingCode, Place, Placed};

use super::cells::Table;
use super::standing::Standing;
use super::table::TableFile;
use crate::error::CommandError;
use crate::files::{Input, PolicyFile};
use crate::leads::MappingFile;

/// The extensions of tables.
const TABLES: [&str; 5] = ["csv", "tsv", "xlsx", "xls", "ods"];

/// A file with examples, and everything that is told of them before they are run.
pub(super) struct ExampleFile {
    pub(super) name: String,
    pub(super) text: String,
    /// Those without mistakes.
    pub(super) examples: Vec<Standing>,
    /// Mistakes in the others, and warnings.
    pub(super) findings: Vec<Finding>,
    /// Where the cells are, if the file is a table.
    table: Option<Table>,
}

impl ExampleFile {
    /// The examples that a policy carries.
    pub(super) fn carried(file: &PolicyFile, policy: &Policy) -> Self {
        let section = Place::default().field("examples");
        let examples = policy.examples().iter().enumerate();
        let examples = examples.map(|(index, example)| Standing {
            example: example.clone(),
            place: section.item(index),
            number: index + 1,
            line: None,
        });
        let findings = file.findings.iter();
        let codes = [FindingCode::NoMoment, FindingCode::ExpiredRule];
        let of_examples = findings.filter(|finding| codes.contains(&finding.code));
        Self {
            name: file.name.clone(),
            text: file.text.clone(),
            examples: examples.collect(),
            findings: of_examples.cloned().collect(),
            table: None,
        }
    }

    /// A policy that cannot be used, with everything that is told of it.
    pub(super) fn refused(file: &PolicyFile) -> Self {
        Self {
            name: file.name.clone(),
            text: file.text.clone(),
            examples: Vec::new(),
            findings: file.findings.clone(),
            table: None,
        }
    }

    /// Reads a file of examples: a table by the extension of its name, otherwise YAML or JSON; standard input by its
    /// content.
    pub(super) fn read(
        input: &Input,
        mapping: &MappingFile,
        policy: &Policy,
    ) -> Result<Self, CommandError> {
        let bytes = input.read()?;
        let is_table = match input.path() {
            Some(_) => TABLES.contains(&input.extension().as_str()),
            None => is_table(&String::from_utf8_lossy(&bytes)),
        };
        if is_table {
            let file = TableFile::read(bytes, input, mapping, policy)?;
            return Ok(Self {
                name: input.to_string(),
                text: file.text,
                examples: file.examples,
                findings: file.findings,
                table: Some(file.table),
            });
        }
        let (name, text) = (input.to_string(), input.text_of(bytes)?);
        let source = SourceText::new(&name, &text);
        let checked = source.check_examples(policy);
        let examples = checked.examples.into_iter().map(|it| Standing {
            example: it.example,
            place: it.place,
            number: it.index + 1,
            line: it.location.map(|at| at.line),
        });
        let (examples, findings) = (examples.collect(), checked.findings);
        Ok(Self {
            name,
            text,
            examples,
            findings,
            table: None,
        })
    }

    /// Failures of its examples, with their locations.
    pub(super) fn located(&self, failures: &[Placed<ExampleFailure>]) -> Vec<Finding> {
        let source = SourceText::new(&self.name, &self.text);
        match &self.table {
            None => source.failed_examples(failures),
            Some(table) => {
                let findings = failures.iter().map(Finding::from);
                findings.map(|it| table.located(source, it)).collect()
            }
        }
    }
}

/// Whether a text without a name is a table: lists in YAML and JSON begin with other signs than a header.
fn is_table(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|first| !first.starts_with(['-', '[', '{']) && !first.ends_with(':'))
}

/// What came of the examples of a file.
pub(super) struct Answers {
    /// What failed of each.
    pub(super) failures: Vec<Vec<Finding>>,
    /// What applied to the lead of each.
    pub(super) sources: Vec<leadtree::policy::Source>,
}

impl Answers {
    pub(super) fn of(
        file: &ExampleFile,
        check: &ExampleCheck,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Self {
        let mut sources = Vec::with_capacity(file.examples.len());
        let mut counts = Vec::with_capacity(file.examples.len());
        let mut failures = Vec::new();
        for standing in &file.examples {
            let answer = check.run(&standing.example, now);
            sources.push(answer.assignment.source().clone());
            counts.push(answer.failures.len());
            let placed = answer.failures.into_iter();
            failures.extend(placed.map(|failure| failure.under(&standing.place)));
        }
        let mut located = file.located(&failures).into_iter();
        let failures = counts.into_iter();
        Self {
            failures: failures
                .map(|count| located.by_ref().take(count).collect())
                .collect(),
            sources,
        }
    }
}
