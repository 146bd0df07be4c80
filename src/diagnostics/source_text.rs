//! The text of a policy file, and what is told of it.

use std::ops::Range;

use super::drawing::Drawing;
use super::source_map::{self, SourceMap};
use super::syntax_hint::hint;
use crate::dimension::DimensionFault;
use crate::example_check::ExampleFailure;
use crate::finding::{Finding, FindingCode, Location, Severity};
use crate::place::{Place, Placed};
use crate::policy::{FormFault, LoadError, Policy, PolicyFault, YamlError};
use crate::rule::{ConditionErrors, ConditionFault};
use crate::strategy::StrategyRegistry;
use crate::tree::DecisionTree;
use crate::warning::PolicyWarning;

/// Some editors begin a file with this character.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of a policy file, or of one condition, and its name: findings get their lines in it.
///
/// ```
/// use leadtree::diagnostics::SourceText;
/// use leadtree::strategy::StrategyRegistry;
///
/// let text = "\
/// regions: {paths: [cn/east]}
/// teams:
///   - {id: east, members: [m-01]}
/// rules:
///   - id: east
///     when: region in cn/eats
///     assign_to: east
/// ";
/// let file = SourceText::new("policy.yaml", text);
/// let checked = file.check(&StrategyRegistry::new());
/// assert!(checked.policy.is_none());
/// assert_eq!(
///     file.drawing().draw(&checked.findings),
///     "\
/// error[unknown-name]: rules[0].when.region.within: unknown region `cn/eats`
///  --> policy.yaml:6:21
///   |
/// 6 |     when: region in cn/eats
///   |                     ^^^^^^^
///   |
///   = help: did you mean `cn/east`?",
/// );
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'t> {
    name: Option<&'t str>,
    text: &'t str,
}

/// A policy file that was checked as a whole.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckedText {
    /// The policy; none if there are errors.
    pub policy: Option<Policy>,
    /// All errors; all warnings if there are no errors. In the order of the policy, with their locations.
    pub findings: Vec<Finding>,
}

impl<'t> SourceText<'t> {
    /// The content of a policy file. `name` is shown in drawings.
    pub fn new(name: &'t str, text: &'t str) -> Self {
        let name = Some(name);
        Self { name, text }
    }

    /// The text of a condition, which has no name.
    pub fn of_condition(text: &'t str) -> Self {
        Self { name: None, text }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Checks the whole file: reads the policy, looks for its strategies, compiles its rules, and looks
    /// for likely mistakes. Those that depend on the moment are [`warnings`](Self::warnings) of
    /// [`Policy::warnings_at`].
    pub fn check(&self, strategies: &StrategyRegistry) -> CheckedText {
        let policy = match Policy::from_yaml_with(self.text, strategies) {
            Ok(policy) => policy,
            Err(error) => return CheckedText::refused(self.faults(&error)),
        };
        if let Err(error) = DecisionTree::compile(&policy) {
            return CheckedText::refused(vec![Finding::from(&error)]);
        }
        CheckedText {
            findings: self.warnings(&policy.warnings()),
            policy: Some(policy),
        }
    }

    /// The faults for which the policy was refused, with their locations in this text.
    pub fn faults(&self, error: &LoadError<YamlError>) -> Vec<Finding> {
        match error {
            LoadError::Format { path, error } => vec![self.syntax_fault(path, error)],
            LoadError::Policy(errors) => {
                let root = source_map::root(self.text);
                let source_map = SourceMap::of(self.text, root.as_ref());
                let faults = errors.faults().iter();
                let located = faults.map(|fault| {
                    let span = span_of_fault(&source_map, fault);
                    let mut finding = self.located(fault.into(), span.clone());
                    if let PolicyFault::Condition(marked) = &fault.fault
                        && matches!(marked.fault(), ConditionFault::OpenQuote { .. })
                        && span.is_some_and(|span| self.is_cut_by_comment(&source_map, fault, span))
                    {
                        finding.remedy = Some(REMEDY_OF_CUT.to_owned());
                    }
                    finding
                });
                located.collect()
            }
        }
    }

    /// The warnings about a policy that was read from this text, with their locations in it. A text like
    /// `20..31` that stands in quotes is meant as it is, and is not told of.
    pub fn warnings(&self, warnings: &[Placed<PolicyWarning>]) -> Vec<Finding> {
        let root = source_map::root(self.text);
        let source_map = SourceMap::of(self.text, root.as_ref());
        let located = warnings.iter().filter_map(|placed| {
            let named = match &placed.fault {
                PolicyWarning::Alias { alias, .. } => Some(alias.as_str()),
                PolicyWarning::TwoSpellings { text, .. }
                | PolicyWarning::Wildcard { text, .. }
                | PolicyWarning::RangeAsText { text, .. } => Some(text.as_str()),
                _ => None,
            };
            let span = source_map.find(placed.place.as_str(), named);
            let is_range = matches!(placed.fault, PolicyWarning::RangeAsText { .. });
            if is_range && span.as_ref().is_some_and(|span| self.is_quoted(span)) {
                return None;
            }
            Some(self.located(placed.into(), span))
        });
        located.collect()
    }

    /// Whether a part of the text stands in quotes, with them or without.
    fn is_quoted(&self, span: &Range<usize>) -> bool {
        let is_quote = |text: Option<&str>, last: bool| {
            let letters = text.map(str::chars);
            let letter = letters.and_then(|mut it| if last { it.next_back() } else { it.next() });
            matches!(letter, Some('"' | '\''))
        };
        is_quote(self.text.get(..span.start), true) || is_quote(self.text.get(span.clone()), false)
    }

    /// What is not as expected of examples that stand in this text, with the locations in it: those that a
    /// policy carries ([`ExampleCheck::failures`](crate::example_check::ExampleCheck::failures)), or those of a
    /// [file of their own](Self::check_examples), whose failures are placed [under](Placed::under) the place of
    /// their example.
    pub fn failed_examples(&self, failures: &[Placed<ExampleFailure>]) -> Vec<Finding> {
        let root = source_map::root(self.text);
        let source_map = SourceMap::of(self.text, root.as_ref());
        let located = failures.iter().map(|failure| {
            let span = source_map.find(failure.place.as_str(), None);
            self.located(failure.into(), span)
        });
        located.collect()
    }

    /// The faults of a condition that was read from this text.
    pub fn condition_faults(&self, errors: &ConditionErrors) -> Vec<Finding> {
        let faults = errors.faults().iter();
        let located = faults.map(|fault| self.located(fault.into(), Some(fault.span())));
        located.collect()
    }

    /// A finding of one's own, with its location in this text. A part that is outside the text has none; of
    /// several lines, the first counts.
    pub fn located_at(&self, finding: Finding, bytes: Range<usize>) -> Finding {
        self.located(finding, Some(bytes))
    }

    /// Where parts of a document begin, in its order.
    pub(super) fn locations(&self, places: &[Place]) -> Vec<Option<Location>> {
        let root = source_map::root(self.text);
        let source_map = SourceMap::of(self.text, root.as_ref());
        // What is before the line of the last one need not be looked at again.
        let (mut line, mut start) = (1, 0);
        let located = places.iter().map(|place| {
            let span = on_one_line(self.text, source_map.find(place.as_str(), None)?)?;
            if let Some(between) = self.text.get(start..span.start) {
                line += between.matches('\n').count();
                start += between.rfind('\n').map_or(0, |end| end + 1);
            }
            let rest = self.text.get(start..)?;
            let inner = span.start.checked_sub(start)?..span.end.checked_sub(start)?;
            let located = Location::of(rest, inner);
            Some(Location {
                bytes: span,
                line: line + located.line - 1,
                ..located
            })
        });
        located.collect()
    }

    /// A drawing of findings in this text.
    pub fn drawing(&self) -> Drawing<'t> {
        Drawing::new(self.name, self.text)
    }

    /// Whether YAML ends the text of a condition at ` #`, behind which its quote would be closed.
    fn is_cut_by_comment(
        &self,
        source_map: &SourceMap<'_>,
        fault: &Placed<PolicyFault>,
        quote: Range<usize>,
    ) -> bool {
        let Some(whole) = source_map.find(fault.place.as_str(), None) else {
            return false;
        };
        let behind = self.text.get(whole.end..).unwrap_or_default();
        let behind = behind.lines().next().unwrap_or_default();
        let sign = self.text.get(quote).and_then(|quote| quote.chars().next());
        behind.trim_start().starts_with('#') && sign.is_some_and(|sign| behind.contains(sign))
    }

    fn syntax_fault(&self, path: &str, error: &YamlError) -> Finding {
        let place = match path {
            "policy" => Place::whole(),
            path => Place::written(path),
        };
        let position = error.line().zip(error.column());
        let offset = position.map(|(line, column)| offset_of(self.text, line, column));
        let hint = offset.and_then(|offset| hint(self.text, offset, error.message()));
        let (told, span) = if let Some(hint) = hint {
            let told = format!("{}; {}", hint.message, hint.remedy);
            (told, Some(hint.span))
        } else {
            let span = offset.map(|offset| token(self.text, offset));
            (error.message().to_owned(), span)
        };
        // The reader of YAML refuses fields that are given twice, and has no other fault of this name.
        let code = if error.message().contains("is given twice") {
            FindingCode::GivenTwice
        } else {
            FindingCode::Syntax
        };
        let finding = Finding::new(code, Severity::Error, place, &told);
        self.located(finding, span)
    }

    pub(super) fn located(&self, mut finding: Finding, span: Option<Range<usize>>) -> Finding {
        // What is about the whole file stands at its beginning.
        let is_whole = finding.place.as_str().is_empty();
        let span = span.or(is_whole.then_some(0..0));
        let span = span.and_then(|span| on_one_line(self.text, span));
        finding.location = span.map(|span| Location::of(self.text, span));
        finding
    }
}

impl CheckedText {
    fn refused(findings: Vec<Finding>) -> Self {
        Self {
            policy: None,
            findings,
        }
    }
}

/// The remedy for a text in quotes that YAML ends at ` #`.
const REMEDY_OF_CUT: &str = "without quotes around the whole, YAML ends the condition at ` #`: write all of it in \
                             double quotes, or as a block that begins with `|`";

/// What a fault is about.
fn span_of_fault(source_map: &SourceMap<'_>, placed: &Placed<PolicyFault>) -> Option<Range<usize>> {
    let place = placed.place.as_str();
    match &placed.fault {
        PolicyFault::Condition(marked) => source_map.inside(place, &marked.span()),
        PolicyFault::Hours(marked) => source_map.inside(place, &marked.span()),
        PolicyFault::Unknown { name, .. }
        | PolicyFault::NotATeam { name, .. }
        | PolicyFault::NotAPool { name }
        | PolicyFault::NotAnAttribute { field: name }
        | PolicyFault::Form(
            FormFault::UnknownField { name, .. } | FormFault::Twice { field: name },
        )
        | PolicyFault::Dimension(DimensionFault::ReservedAttribute { name }) => {
            source_map.find(place, Some(name))
        }
        PolicyFault::UnlistedValue { value, .. } | PolicyFault::ImpossibleValue { value, .. } => {
            source_map.find(place, Some(value))
        }
        PolicyFault::Duplicate { name, .. } => source_map.again(place, name),
        _ => source_map.find(place, None),
    }
}

/// The part of the span on its first non-blank line, at least one character if there is one; `None`
/// outside the text.
fn on_one_line(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let whole = text.get(span.clone())?;
    let visible = whole.trim_start();
    if visible.is_empty() {
        let first = text.get(span.start..)?.chars().next();
        let length = first.map_or(0, char::len_utf8);
        return Some(span.start..span.start + length);
    }
    let start = span.end - visible.len();
    let line = visible.lines().next().unwrap_or_default().trim_end();
    Some(start..start + line.len())
}

/// The byte offset of a line and column, both counted from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n');
    let before: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    // Columns do not count it.
    let is_marked = before == 0 && rest.starts_with(BYTE_ORDER_MARK);
    let column = column.saturating_sub(1) + usize::from(is_marked);
    let column = rest.char_indices().nth(column);
    before + column.map_or(0, |(offset, _)| offset)
}

/// The word that begins at the offset.
fn token(text: &str, offset: usize) -> Range<usize> {
    let rest = text.get(offset..).unwrap_or_default();
    let end = rest.find([' ', '\n', ':', ',', ']', '}']);
    offset..offset + end.unwrap_or(rest.len()).max(1)
}
