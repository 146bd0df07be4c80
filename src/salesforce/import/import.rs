//! Importing a file as a policy.

use std::collections::HashSet;

use super::assignees::{Assignees, OWNER_STAYS};
use super::condition::ConditionBuilder;
use super::dimension_lists::{DimensionListDrafts, DimensionLists};
use super::field_map::FieldMap;
use super::mapped_fields::MappedFields;
use super::unique_names::UniqueNames;
use crate::dimension::{StagesDraft, TaxonomyDraft};
use crate::id::RuleId;
use crate::policy::PolicyDraft;
use crate::rule::{Condition, Group, Rule};
use crate::salesforce::criterion::{Criterion, Origin};
use crate::salesforce::entry::{self, ReadCriterion, ReadEntry};
use crate::salesforce::error::ImportError;
use crate::salesforce::limits::{MAX_VALUE_BYTES, VALUE_BYTES};
use crate::salesforce::logic::{Expression, never};
use crate::salesforce::metadata::{self, AssignmentRule, RuleEntry};
use crate::salesforce::remark::{Remark, Severity};
use crate::salesforce::report::{
    EntryReport, Fate, FieldMapping, FieldReport, Finding, Report, RuleReport,
};
use crate::salesforce::xml;

/// Imports a file of assignment rules; a builder.
///
/// ```
/// use leadtree::dimension::Taxonomy;
/// use leadtree::prelude::*;
/// use leadtree::salesforce::{Fate, Import};
///
/// let xml = r#"<AssignmentRules xmlns="http://soap.sforce.com/2006/04/metadata">
///     <assignmentRule>
///         <fullName>Standard</fullName>
///         <active>true</active>
///         <ruleEntry>
///             <assignedTo>Key Accounts</assignedTo>
///             <assignedToType>Queue</assignedToType>
///             <booleanFilter>1 AND (2 OR NOT 3)</booleanFilter>
///             <criteriaItems>
///                 <field>Lead.Country</field>
///                 <operation>equals</operation>
///                 <value>US,United States</value>
///             </criteriaItems>
///             <criteriaItems>
///                 <field>Lead.NumberOfEmployees</field>
///                 <operation>greaterOrEqual</operation>
///                 <value>1000</value>
///             </criteriaItems>
///             <criteriaItems>
///                 <field>Lead.Rating</field>
///                 <operation>notEqual</operation>
///                 <value>Hot</value>
///             </criteriaItems>
///         </ruleEntry>
///     </assignmentRule>
/// </AssignmentRules>"#;
///
/// let regions = Taxonomy::draft().path("us").alias("us", ["United States"]);
/// let imported = Import::new().regions(regions).read(xml)?;
/// assert_eq!(imported.report.rules[0].entries[0].fate, Fate::Exactly);
///
/// let policy = imported.draft.build()?;
/// let tree = DecisionTree::compile(&policy)?;
/// let lead = Lead::builder("L-1").region("US").attribute("Rating", "hot").build();
/// let decision = tree.decide(&lead, chrono::DateTime::UNIX_EPOCH);
/// assert_eq!(decision.rule().unwrap(), "Standard/1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "finish with `read`"]
pub struct Import {
    fields: FieldMap,
    lists: DimensionListDrafts,
    date_format: Option<String>,
}

/// An imported file of assignment rules.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Imported {
    /// The policy: a group for each rule, a rule for each entry, and a team for each user or queue.
    /// It builds without faults, unless the caller chose invalid names for attributes.
    pub draft: PolicyDraft,
    /// What became of every field, assignee, rule and entry.
    pub report: Report,
}

impl Import {
    /// An import with the default field map and without taxonomies.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the field map.
    pub fn fields(mut self, fields: FieldMap) -> Self {
        self.fields = fields;
        self
    }

    /// Sets the regions. Without them, fields mapped to the region become texts.
    pub fn regions(mut self, regions: TaxonomyDraft) -> Self {
        self.lists.regions = Some(regions);
        self
    }

    /// Sets the industries. Without them, fields mapped to the industry become texts.
    pub fn industries(mut self, industries: TaxonomyDraft) -> Self {
        self.lists.industries = Some(industries);
        self
    }

    /// Sets the product lines. Without them, fields mapped to the product line become texts.
    pub fn product_lines(mut self, product_lines: TaxonomyDraft) -> Self {
        self.lists.product_lines = Some(product_lines);
        self
    }

    /// Sets the lifecycle stages; by default those of a policy.
    pub fn lifecycle_stages(mut self, stages: StagesDraft) -> Self {
        self.lists.lifecycle_stages = Some(stages);
        self
    }

    /// Sets the funnel stages; by default those of a policy.
    pub fn funnel_stages(mut self, stages: StagesDraft) -> Self {
        self.lists.funnel_stages = Some(stages);
        self
    }

    /// Sets a further format of dates besides `2026-03-31`, in the syntax of
    /// [`chrono`](chrono::format::strftime), such as `%m/%d/%Y`.
    pub fn date_format(mut self, format: impl Into<String>) -> Self {
        self.date_format = Some(format.into());
        self
    }

    /// Imports the content of a file. Time and memory grow with its size, within the
    /// [limits](crate::salesforce::limits).
    ///
    /// # Errors
    /// [`ImportError`] if the text is not an assignment rules file or exceeds a limit, or if a
    /// taxonomy or list of stages has faults.
    pub fn read(&self, xml: &str) -> Result<Imported, ImportError> {
        let lists = self.lists.build()?;
        let (rules, others) = metadata::rules(xml::read(xml)?)?;
        let entries: Vec<Vec<ReadEntry>> = rules
            .iter()
            .map(|rule| rule.entries.iter().map(entry::read).collect())
            .collect();
        let criteria = entries.iter().flatten().flat_map(|entry| &entry.criteria);
        let criteria: Vec<&Criterion> = criteria
            .filter_map(|read| read.criterion.as_ref().ok())
            .collect();
        let date_format = self.date_format.as_deref();
        let fields = MappedFields::resolve(&criteria, &self.fields, &lists, date_format);
        let mut importer = Importer {
            fields: &fields,
            conditions: ConditionBuilder {
                lists: &lists,
                date_format,
            },
            assignees: Assignees::default(),
            ids: UniqueNames::default(),
            bytes_left: MAX_VALUE_BYTES,
        };
        let (groups, reports): (Vec<Group>, Vec<RuleReport>) = rules
            .iter()
            .zip(entries)
            .map(|(rule, entries)| importer.rule(rule, entries))
            .unzip();
        let assignees = importer.assignees;
        let report = Report {
            fields: fields.iter().map(FieldReport::from).collect(),
            teams: assignees.report(),
            rules: reports,
            others: others.iter().map(|it| Finding::other(None, it)).collect(),
        };
        let draft = self.draft(&fields, &assignees, &lists).rules(groups);
        Ok(Imported { draft, report })
    }

    fn draft(
        &self,
        fields: &MappedFields,
        assignees: &Assignees,
        lists: &DimensionLists,
    ) -> PolicyDraft {
        let mut draft = PolicyDraft::new().description("Lead assignment rules of Salesforce");
        if let (Some(regions), Some(_)) = (&self.lists.regions, &lists.regions) {
            draft = draft.regions(regions.clone());
        }
        if let Some(industries) = &self.lists.industries {
            draft = draft.industries(industries.clone());
        }
        if let Some(product_lines) = &self.lists.product_lines {
            draft = draft.product_lines(product_lines.clone());
        }
        if let Some(stages) = &self.lists.lifecycle_stages {
            draft = draft.lifecycle_stages(stages.clone());
        }
        if let Some(stages) = &self.lists.funnel_stages {
            draft = draft.funnel_stages(stages.clone());
        }
        let mut declared = HashSet::new();
        for field in fields.iter() {
            if let FieldMapping::Attribute { name, kind } = &field.becomes
                && declared.insert((name, kind))
            {
                draft = draft.attribute(name.as_str(), *kind);
            }
        }
        if assignees.owner_stays {
            draft = draft.pool(OWNER_STAYS);
        }
        assignees.teams().fold(draft, PolicyDraft::team)
    }
}

/// Imports rules one after the other.
struct Importer<'f> {
    fields: &'f MappedFields,
    conditions: ConditionBuilder<'f>,
    assignees: Assignees,
    ids: UniqueNames,
    /// How many more bytes the values of conditions may take.
    bytes_left: usize,
}

impl Importer<'_> {
    fn rule(&mut self, rule: &AssignmentRule, entries: Vec<ReadEntry>) -> (Group, RuleReport) {
        let name = if rule.name.is_empty() {
            "unnamed"
        } else {
            &rule.name
        };
        let id = self.id(name.to_owned());
        let mut reports = Vec::with_capacity(entries.len());
        let mut group = Group::new(id.clone()).enabled(rule.active);
        for ((entry, read), number) in rule.entries.iter().zip(entries).zip(1..) {
            let id = self.id(format!("{name}/{number}"));
            let (carried, report) = self.entry(entry, read, number, id);
            group = group.rule(carried);
            reports.push(report);
        }
        let report = RuleReport {
            name: name.to_owned(),
            group: id,
            active: rule.active,
            entries: reports,
            others: rule
                .others
                .iter()
                .map(|it| Finding::other(None, it))
                .collect(),
        };
        (group, report)
    }

    fn entry(
        &mut self,
        entry: &RuleEntry,
        read: ReadEntry,
        number: usize,
        id: RuleId,
    ) -> (Rule, EntryReport) {
        let ReadEntry {
            criteria,
            logic,
            mut findings,
        } = read;
        let asked = logic.as_ref().map(Expression::named);
        let conditions: Vec<Option<Condition>> = criteria
            .iter()
            .enumerate()
            .map(|(index, read)| {
                // Criteria that the filter logic does not use may be lost.
                if asked.as_ref().is_some_and(|asked| !asked.contains(&index)) {
                    return None;
                }
                let condition = self.condition(read);
                condition
                    .map_err(|remark| findings.push(read.finding(remark)))
                    .ok()
            })
            .collect();
        let mut too_many = false;
        let condition = logic.and_then(|logic| {
            logic.condition(false, &mut |&index, negated| {
                let (read, condition) = (criteria.get(index)?, conditions.get(index)?.as_ref()?);
                let criterion = read.criterion.as_ref().ok()?;
                let Some(left) = self.bytes_left.checked_sub(bytes(criterion)) else {
                    too_many = true;
                    return None;
                };
                self.bytes_left = left;
                findings.extend(difference(criterion, negated).map(|it| read.finding(it)));
                Some(condition.clone())
            })
        });
        if too_many {
            let line = entry.line;
            findings.push(Finding {
                criterion: None,
                line,
                test: None,
                remark: Remark::TooMany,
            });
        }
        findings.sort_by_key(|finding| finding.criterion);
        let worst = findings
            .iter()
            .map(|finding| finding.remark.severity())
            .max();
        let fate = match (worst, &condition) {
            (_, None) => Fate::NotAtAll,
            (Some(Severity::Loss), Some(_)) => Fate::InPart,
            (Some(Severity::Difference), Some(_)) => Fate::WithDifferences,
            (None | Some(Severity::Note), Some(_)) => Fate::Exactly,
        };
        let whole = matches!(fate, Fate::Exactly | Fate::WithDifferences);
        let mut rule = Rule::new(id.clone())
            .when(condition.unwrap_or_else(never))
            .assign_to(self.assignees.target(entry))
            .enabled(whole);
        let losses = findings
            .iter()
            .filter(|finding| finding.remark.severity() == Severity::Loss);
        let missing: Vec<String> = losses.map(ToString::to_string).collect();
        if !missing.is_empty() {
            rule = rule.description(format!("Switched off: {}.", missing.join("; ")));
        }
        let report = EntryReport {
            number,
            line: entry.line,
            rule: id,
            fate,
            criteria: entry.criteria.len(),
            formula: !entry.formula.is_empty(),
            findings,
        };
        (rule, report)
    }

    fn condition(&self, read: &ReadCriterion) -> Result<Condition, Remark> {
        let criterion = read.criterion.as_ref().map_err(Clone::clone)?;
        // Every field of the file was resolved.
        let field = self.fields.find(&criterion.field).ok_or(Remark::NoField)?;
        self.conditions.condition(criterion, &field.becomes)
    }

    /// A unique id for a rule or group, as close to the name as possible.
    fn id(&mut self, name: String) -> RuleId {
        let numbered = |name: &str, number| format!("{name} ({number})");
        RuleId::from(self.ids.fresh(name, numbered))
    }
}

/// How the policy differs from the formula on this criterion, if it does.
fn difference(criterion: &Criterion, negated: bool) -> Option<Remark> {
    let has_case = |value: &str| {
        value
            .chars()
            .any(|it| it.is_lowercase() || it.is_uppercase())
    };
    match criterion.origin {
        Origin::TextFormula if criterion.given().any(has_case) => Some(Remark::CaseCounts),
        Origin::NumberFormula if negated => Some(Remark::NegatedBlankNumber),
        _ => None,
    }
}

/// The bytes that the values of a criterion count as.
fn bytes(criterion: &Criterion) -> usize {
    let bytes = |value: &String| value.len().saturating_add(VALUE_BYTES);
    criterion.values.iter().map(bytes).sum()
}
