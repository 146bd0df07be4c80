//! Faults shown below the lines of the file they occur in, as compilers do. Needs the feature
//! `diagnostics`.
//!
//! Every error of this crate also states its place in words. Rendering is by `annotate-snippets`,
//! without colours.

mod located_condition;
mod source_map;
mod yaml_node;
mod yaml_scalar;

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::dimension::DimensionFault;
use crate::place::Placed;
use crate::policy::{FormFault, LoadError, PolicyFault, YamlError};
use crate::rule::ConditionErrors;
use crate::warning::PolicyWarning;
use source_map::SourceMap;

/// At most this many faults are shown; the output says how many more there are.
const MOST: usize = 50;
/// Lines longer than this many characters are truncated.
const WIDTH: usize = 120;

/// Renders the faults of a condition, each below the line it occurs in.
///
/// ```
/// use leadtree::rule::Condition;
///
/// let text = "region inn cn";
/// let errors = text.parse::<Condition>().unwrap_err();
/// assert_eq!(
///     leadtree::diagnostics::of_condition(text, &errors),
///     "\
/// error: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`; did you mean `in`?
///   |
/// 1 | region inn cn
///   |        ^^^",
/// );
/// ```
pub fn of_condition(text: &str, errors: &ConditionErrors) -> String {
    let faults = errors.faults().iter();
    let faults = faults.map(|fault| (fault.fault().to_string(), Some(fault.span())));
    drawn(None, text, &Level::ERROR, faults)
}

/// Renders the faults of a policy file, each below the line it occurs in. `name` is the file name
/// to show, `text` the content that was read.
///
/// ```
/// use leadtree::policy::Policy;
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
/// let error = Policy::from_yaml(text).unwrap_err();
/// assert_eq!(
///     leadtree::diagnostics::of_policy("policy.yaml", text, &error),
///     "\
/// error: rules[0].when.region.within: unknown region `cn/eats`; did you mean `cn/east`?
///  --> policy.yaml:6:21
///   |
/// 6 |     when: region in cn/eats
///   |                     ^^^^^^^",
/// );
/// ```
pub fn of_policy(name: &str, text: &str, error: &LoadError<YamlError>) -> String {
    match error {
        LoadError::Format { path, error } => {
            let offset = error.line().zip(error.column());
            let offset = offset.map(|(line, column)| offset_of(text, line, column));
            let message = format!("{path}: {}", error.message());
            let fault = (message, offset.map(|offset| token(text, offset)));
            drawn(Some(name), text, &Level::ERROR, [fault].into_iter())
        }
        LoadError::Policy(errors) => {
            let root = source_map::root(text);
            let source_map = SourceMap::of(text, root.as_ref());
            let faults = errors.faults().iter();
            let faults = faults.map(|placed| fault(&source_map, placed));
            drawn(Some(name), text, &Level::ERROR, faults)
        }
    }
}

/// Renders the warnings of a policy, each below the line it is about. `name` is the file name to
/// show, `text` the content that the policy was read from.
pub fn of_warnings(name: &str, text: &str, warnings: &[Placed<PolicyWarning>]) -> String {
    let root = source_map::root(text);
    let source_map = SourceMap::of(text, root.as_ref());
    let warnings = warnings.iter().map(|placed| {
        let named = match &placed.fault {
            PolicyWarning::Alias { alias, .. } => Some(alias.as_str()),
            _ => None,
        };
        let span = source_map.find(placed.place.as_str(), named);
        (placed.to_string(), span)
    });
    drawn(Some(name), text, &Level::WARNING, warnings)
}

fn fault(
    source_map: &SourceMap<'_>,
    placed: &Placed<PolicyFault>,
) -> (String, Option<Range<usize>>) {
    let place = placed.place.as_str();
    match &placed.fault {
        PolicyFault::Condition(marked) => {
            let message = format!("{place}: {}", marked.fault());
            let span = source_map.inside(place, &marked.span());
            (message, span)
        }
        PolicyFault::Unknown { name, .. }
        | PolicyFault::NotATeam { name, .. }
        | PolicyFault::Form(
            FormFault::UnknownField { name, .. } | FormFault::Twice { field: name },
        )
        | PolicyFault::Dimension(DimensionFault::ReservedAttribute { name }) => {
            (placed.to_string(), source_map.find(place, Some(name)))
        }
        PolicyFault::Duplicate { name, .. } => (placed.to_string(), source_map.again(place, name)),
        _ => (placed.to_string(), source_map.find(place, None)),
    }
}

/// Renders each message above the line it is about, or alone if it has no line.
fn drawn(
    name: Option<&str>,
    text: &str,
    level: &Level<'_>,
    mut faults: impl ExactSizeIterator<Item = (String, Option<Range<usize>>)>,
) -> String {
    let renderer = Renderer::plain().term_width(WIDTH);
    let more = faults.len().saturating_sub(MOST);
    let mut drawn = Vec::with_capacity(faults.len().min(MOST) + 1);
    for (message, span) in faults.by_ref().take(MOST) {
        let title = level.clone().primary_title(message);
        let span = span.and_then(|span| on_one_line(text, span));
        let group = match span {
            Some(span) => {
                let snippet = Snippet::source(text)
                    .path(name)
                    .annotation(AnnotationKind::Primary.span(span));
                title.element(snippet)
            }
            None => Group::with_title(title),
        };
        drawn.push(renderer.render(&[group]));
    }
    if more > 0 {
        drawn.push(format!("… and {more} more"));
    }
    drawn.join("\n\n")
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
    let column = rest.char_indices().nth(column.saturating_sub(1));
    before + column.map_or(0, |(offset, _)| offset)
}

/// The word that begins at the offset.
fn token(text: &str, offset: usize) -> Range<usize> {
    let rest = text.get(offset..).unwrap_or_default();
    let end = rest.find([' ', '\n', ':', ',', ']', '}']);
    offset..offset + end.unwrap_or(rest.len()).max(1)
}
