//! The content of an `AssignmentRules` file, uninterpreted.
//!
//! The elements are those of the
//! [Metadata API](https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_assignmentrule.htm).

use super::error::ImportError;
use super::xml::Element;

/// An assignment rule: ordered entries, the first of which that applies decides.
#[derive(Debug, Default)]
pub(super) struct AssignmentRule {
    pub(super) name: String,
    pub(super) active: bool,
    pub(super) entries: Vec<RuleEntry>,
    pub(super) others: Vec<SkippedElement>,
}

#[derive(Debug, Default)]
pub(super) struct RuleEntry {
    pub(super) line: usize,
    pub(super) assigned_to: String,
    pub(super) assigned_to_type: String,
    pub(super) criteria: Vec<FilterItem>,
    pub(super) boolean_filter: String,
    pub(super) formula: String,
    pub(super) others: Vec<SkippedElement>,
}

/// One criterion.
#[derive(Debug, Default)]
pub(super) struct FilterItem {
    pub(super) line: usize,
    pub(super) field: String,
    pub(super) operation: String,
    pub(super) value: String,
    pub(super) value_field: String,
    pub(super) others: Vec<SkippedElement>,
}

/// An element that is not imported.
#[derive(Debug)]
pub(super) struct SkippedElement {
    pub(super) line: usize,
    pub(super) element: String,
    pub(super) value: String,
    pub(super) reason: SkipReason,
}

/// Why an element is not imported.
#[derive(Debug, Clone, Copy)]
pub(super) enum SkipReason {
    /// It does not affect who gets a lead.
    Unrelated,
    /// The documentation does not define it there.
    Unknown,
    /// It is repeated.
    Repeated,
}

impl SkippedElement {
    fn new(element: Element, reason: SkipReason) -> Self {
        Self {
            line: element.line,
            value: element.value().to_owned(),
            element: element.name,
            reason,
        }
    }
}

/// Elements of an entry about email and case teams.
const UNRELATED: [&str; 7] = [
    "template",
    "notifyCcRecipients",
    "senderEmail",
    "senderName",
    "replyToEmail",
    "team",
    "overrideExistingTeams",
];

/// Stores the text of an element; reports a repeated one.
fn set(text: &mut String, element: Element, others: &mut Vec<SkippedElement>) {
    if text.is_empty() {
        element.value().clone_into(text);
    } else {
        others.push(SkippedElement::new(element, SkipReason::Repeated));
    }
}

/// The assignment rules of a file, and its other elements.
pub(super) fn rules(
    root: Element,
) -> Result<(Vec<AssignmentRule>, Vec<SkippedElement>), ImportError> {
    if root.name != "AssignmentRules" {
        return Err(ImportError::NoAssignmentRules { found: root.name });
    }
    let (mut rules, mut others) = (Vec::new(), Vec::new());
    for child in root.children {
        match &*child.name {
            "assignmentRule" => rules.push(AssignmentRule::from(child)),
            _ => others.push(SkippedElement::new(child, SkipReason::Unknown)),
        }
    }
    Ok((rules, others))
}

impl From<Element> for AssignmentRule {
    fn from(element: Element) -> Self {
        let mut rule = Self::default();
        let mut active = String::new();
        for child in element.children {
            let others = &mut rule.others;
            match &*child.name {
                "fullName" => set(&mut rule.name, child, others),
                "active" => set(&mut active, child, others),
                "ruleEntry" => rule.entries.push(child.into()),
                _ => others.push(SkippedElement::new(child, SkipReason::Unknown)),
            }
        }
        // XML Schema has these two forms of true.
        rule.active = active.eq_ignore_ascii_case("true") || active == "1";
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
            let others = &mut entry.others;
            match &*child.name {
                "assignedTo" => set(&mut entry.assigned_to, child, others),
                "assignedToType" => set(&mut entry.assigned_to_type, child, others),
                "booleanFilter" => set(&mut entry.boolean_filter, child, others),
                "formula" => set(&mut entry.formula, child, others),
                "criteriaItems" => entry.criteria.push(child.into()),
                name if UNRELATED.contains(&name) => {
                    others.push(SkippedElement::new(child, SkipReason::Unrelated));
                }
                _ => others.push(SkippedElement::new(child, SkipReason::Unknown)),
            }
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
            let others = &mut item.others;
            match &*child.name {
                "field" => set(&mut item.field, child, others),
                "operation" => set(&mut item.operation, child, others),
                "value" => set(&mut item.value, child, others),
                "valueField" => set(&mut item.value_field, child, others),
                _ => others.push(SkippedElement::new(child, SkipReason::Unknown)),
            }
        }
        item
    }
}
