//! `AssignmentRules` as the file has them, nothing interpreted.
//!
//! The elements are those of the
//! [Metadata API](https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_assignmentrule.htm).

use super::error::ImportError;
use super::xml::Element;

/// An assignment rule: ordered entries, of which the first that applies decides.
#[derive(Debug, Default)]
pub(super) struct AssignmentRule {
    pub(super) name: String,
    pub(super) active: bool,
    pub(super) entries: Vec<RuleEntry>,
    pub(super) others: Vec<Other>,
}

#[derive(Debug, Default)]
pub(super) struct RuleEntry {
    pub(super) line: usize,
    pub(super) assigned_to: String,
    pub(super) assigned_to_type: String,
    pub(super) criteria: Vec<FilterItem>,
    pub(super) boolean_filter: String,
    pub(super) formula: String,
    pub(super) others: Vec<Other>,
}

/// One criterion.
#[derive(Debug, Default)]
pub(super) struct FilterItem {
    pub(super) line: usize,
    pub(super) field: String,
    pub(super) operation: String,
    pub(super) value: String,
    pub(super) value_field: String,
    pub(super) others: Vec<Other>,
}

/// An element that decides nothing about who gets a lead, or that is not known.
#[derive(Debug)]
pub(super) struct Other {
    pub(super) line: usize,
    pub(super) element: String,
    pub(super) value: String,
}

impl From<Element> for Other {
    fn from(element: Element) -> Self {
        Self {
            line: element.line,
            value: element.value().to_owned(),
            element: element.name,
        }
    }
}

/// The assignment rules, and what else stands beside them.
pub(super) fn rules(root: Element) -> Result<(Vec<AssignmentRule>, Vec<Other>), ImportError> {
    if root.name != "AssignmentRules" {
        return Err(ImportError::NoAssignmentRules { found: root.name });
    }
    let (mut rules, mut others) = (Vec::new(), Vec::new());
    for child in root.children {
        match &*child.name {
            "assignmentRule" => rules.push(AssignmentRule::from(child)),
            _ => others.push(child.into()),
        }
    }
    Ok((rules, others))
}

impl From<Element> for AssignmentRule {
    fn from(element: Element) -> Self {
        let mut rule = Self::default();
        for child in element.children {
            match &*child.name {
                "fullName" => child.value().clone_into(&mut rule.name),
                "active" => rule.active = child.value().eq_ignore_ascii_case("true"),
                "ruleEntry" => rule.entries.push(child.into()),
                _ => rule.others.push(child.into()),
            }
        }
        rule
    }
}

impl From<Element> for RuleEntry {
    fn from(element: Element) -> Self {
        let mut entry = Self {
            line: element.line,
            ..Self::default()
        };
        for child in element.children {
            let text = match &*child.name {
                "assignedTo" => &mut entry.assigned_to,
                "assignedToType" => &mut entry.assigned_to_type,
                "booleanFilter" => &mut entry.boolean_filter,
                "formula" => &mut entry.formula,
                "criteriaItems" => {
                    entry.criteria.push(child.into());
                    continue;
                }
                _ => {
                    entry.others.push(child.into());
                    continue;
                }
            };
            child.value().clone_into(text);
        }
        entry
    }
}

impl From<Element> for FilterItem {
    fn from(element: Element) -> Self {
        let mut item = Self {
            line: element.line,
            ..Self::default()
        };
        for child in element.children {
            let text = match &*child.name {
                "field" => &mut item.field,
                "operation" => &mut item.operation,
                "value" => &mut item.value,
                "valueField" => &mut item.value_field,
                _ => {
                    item.others.push(child.into());
                    continue;
                }
            };
            child.value().clone_into(text);
        }
        item
    }
}
