//! The report of an import, by field, team and entry.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::metadata::SkippedElement;
use super::remark::{Remark, Severity};
use crate::dimension::{AttributeKind, Dimension};
use crate::id::{AttributeName, RuleId, TeamId};

/// The report of an import: what every part of the file became. `Display` writes it for people,
/// serde for programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Every field used by the rules, in file order.
    pub fields: Vec<FieldReport>,
    /// Every user or queue that gets leads, in file order.
    pub teams: Vec<TeamReport>,
    /// Every rule with its entries, in file order.
    pub rules: Vec<RuleReport>,
    /// Elements beside the rules, which are not carried over.
    pub others: Vec<Finding>,
}

/// What a field became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldReport {
    /// The field as the file names it.
    pub field: String,
    /// The dimension or attribute it became.
    pub becomes: FieldMapping,
    /// A note, such as why it is not a dimension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Where a lead has the value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldMapping {
    /// In this dimension.
    Dimension(Dimension),
    /// In an attribute.
    Attribute {
        /// The attribute.
        name: AttributeName,
        /// Its kind.
        kind: AttributeKind,
    },
}

impl fmt::Display for FieldMapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dimension(dimension) => write!(f, "dimension {dimension}"),
            Self::Attribute { name, kind } => write!(f, "attribute `{name}` ({kind})"),
        }
    }
}

/// What an assignee became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TeamReport {
    /// The user's or queue's name.
    pub assignee: String,
    /// The type of the assignee: `User`, `Queue` and so on.
    #[serde(rename = "type")]
    pub kind: String,
    /// The team.
    pub team: TeamId,
    /// Whether members must still be added.
    pub needs_members: bool,
}

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleReport {
    /// The rule's name.
    pub name: String,
    /// The group it became.
    pub group: RuleId,
    /// Whether it is active.
    pub active: bool,
    /// Its entries, in order.
    pub entries: Vec<EntryReport>,
    /// Elements of the rule that are not carried over.
    pub others: Vec<Finding>,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EntryReport {
    /// Its position in the rule, from 1.
    pub number: usize,
    /// The line where it begins, from 1.
    pub line: usize,
    /// The rule it became.
    pub rule: RuleId,
    /// How completely it was carried over.
    pub fate: Fate,
    /// How many criteria it has.
    pub criteria: usize,
    /// Whether it has a formula.
    pub formula: bool,
    /// Findings about it.
    pub findings: Vec<Finding>,
}

/// How completely an entry was carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The rule holds for the same leads.
    Exactly,
    /// The rule holds for the same leads, apart from the differences listed.
    WithDifferences,
    /// Part of the condition is missing; the rule is switched off.
    InPart,
    /// The whole condition is missing; the rule is switched off and holds for no lead.
    NotAtAll,
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Exactly => "carried over exactly",
            Self::WithDifferences => "carried over, with differences",
            Self::InPart => "carried over in part, switched off",
            Self::NotAtAll => "not carried over, switched off",
        })
    }
}

/// A remark and what it is about.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The number of the criterion, from 1; `None` if it is about the entry or its formula.
    pub criterion: Option<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The test as written: field, operation and value.
    pub test: Option<String>,
    /// The remark.
    pub remark: Remark,
}

impl Serialize for Finding {
    /// Includes the severity, and the text of the remark as `message`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("Finding", 6)?;
        form.serialize_field("criterion", &self.criterion)?;
        form.serialize_field("line", &self.line)?;
        form.serialize_field("test", &self.test)?;
        form.serialize_field("severity", &self.remark.severity())?;
        form.serialize_field("message", &self.remark.to_string())?;
        form.serialize_field("remark", &self.remark)?;
        form.end()
    }
}

impl Finding {
    /// A finding about an element that is not imported.
    pub(super) fn other(criterion: Option<usize>, other: &SkippedElement) -> Self {
        Self {
            criterion,
            line: other.line,
            test: None,
            remark: Remark::other(other),
        }
    }
}

/// Totals of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Totals {
    /// Entries in all.
    pub entries: usize,
    /// Entries with a formula.
    pub formulas: usize,
    /// Criteria in all.
    pub criteria: usize,
    /// Criteria not carried over.
    pub criteria_lost: usize,
    /// Entries carried over exactly.
    pub exactly: usize,
    /// Entries carried over with differences.
    pub with_differences: usize,
    /// Entries carried over in part.
    pub in_part: usize,
    /// Entries not carried over.
    pub not_at_all: usize,
}

impl Report {
    /// All entries of all rules, in order.
    pub fn entries(&self) -> impl Iterator<Item = &EntryReport> {
        self.rules.iter().flat_map(|rule| &rule.entries)
    }

    /// Counts entries and criteria by how completely they were carried over.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for entry in self.entries() {
            totals.entries += 1;
            totals.formulas += usize::from(entry.formula);
            totals.criteria += entry.criteria;
            let lost = |finding: &&Finding| {
                finding.criterion.is_some() && finding.remark.severity() == Severity::Loss
            };
            totals.criteria_lost += entry.findings.iter().filter(lost).count();
            *match entry.fate {
                Fate::Exactly => &mut totals.exactly,
                Fate::WithDifferences => &mut totals.with_differences,
                Fate::InPart => &mut totals.in_part,
                Fate::NotAtAll => &mut totals.not_at_all,
            } += 1;
        }
        totals
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals = self.totals();
        let active = self.rules.iter().filter(|rule| rule.active).count();
        writeln!(
            f,
            "rules: {} ({active} active); entries: {} ({} with a formula)",
            self.rules.len(),
            totals.entries,
            totals.formulas
        )?;
        writeln!(
            f,
            "carried over exactly: {}; with differences: {}; in part: {}; not at all: {}",
            totals.exactly, totals.with_differences, totals.in_part, totals.not_at_all
        )?;
        for finding in &self.others {
            writeln!(f, "{finding}")?;
        }
        writeln!(f, "\nfields:")?;
        for FieldReport {
            field,
            becomes,
            note,
        } in &self.fields
        {
            write!(f, "  {field}: {becomes}")?;
            if let Some(note) = note {
                write!(f, "; {note}")?;
            }
            writeln!(f)?;
        }
        writeln!(f, "\nteams:")?;
        for TeamReport {
            assignee,
            kind,
            team,
            needs_members,
        } in &self.teams
        {
            let lacks = if *needs_members {
                "; add its members"
            } else {
                ""
            };
            writeln!(
                f,
                "  {} `{assignee}`: team `{team}`{lacks}",
                kind.to_lowercase()
            )?;
        }
        for rule in &self.rules {
            let active = if rule.active { "active" } else { "inactive" };
            writeln!(f, "\nrule `{}` ({active}):", rule.name)?;
            for finding in &rule.others {
                writeln!(f, "  {finding}")?;
            }
            for entry in &rule.entries {
                writeln!(
                    f,
                    "  entry {} (line {}): {}",
                    entry.number, entry.line, entry.fate
                )?;
                for finding in &entry.findings {
                    writeln!(f, "    {finding}")?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(criterion) = self.criterion {
            write!(f, "criterion {criterion} (line {})", self.line)?;
            match &self.test {
                Some(asks) => write!(f, ", {asks}: ")?,
                None => f.write_str(": ")?,
            }
        } else if let Some(asks) = &self.test {
            write!(f, "{asks}: ")?;
        }
        self.remark.fmt(f)
    }
}
