//! The comments of a YAML file, and what each is about.

use std::ops::Range;

use super::anchors::{Anchor, Style};
use super::yaml_node::{YamlNode, YamlValue};

/// A comment.
pub(super) struct Comment<'t> {
    /// From its `#` to the end of the line.
    pub(super) text: &'t str,
    pub(super) position: Position,
    /// Whether a blank line stands before it, and behind it.
    pub(super) blank_before: bool,
    pub(super) blank_after: bool,
}

/// Where a comment stands; the numbers are those of anchors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// At the beginning of the file.
    Head,
    /// On a line of its own, above what it is about.
    Above(usize),
    /// At the end of the line in which what it is about begins.
    Beside(usize),
    /// On a line of its own, at the end of what it is in.
    Below(usize),
    /// At the end of the file.
    End,
}

/// All comments, in the order of the file. Linear in the file, but for the sorting of its parts.
pub(super) fn comments<'t>(text: &'t str, root: &YamlNode, anchors: &[Anchor]) -> Vec<Comment<'t>> {
    let mut scalars = Vec::new();
    scalars_of(root, text, &mut scalars);
    scalars.sort_by_key(|scalar| scalar.start);
    let mut comments = Vec::new();
    let mut start = 0;
    let mut blank_before = false;
    for line in text.split_inclusive('\n') {
        let sign = sign_of_comment(text, start..start + line.len(), &scalars);
        if let Some(sign) = sign {
            let written = text.get(sign..start + line.len()).unwrap_or_default();
            let next = text.get(start + line.len()..).unwrap_or_default();
            comments.push(Comment {
                text: written.trim_end(),
                position: position(text, start, sign, anchors),
                blank_before,
                blank_after: next
                    .lines()
                    .next()
                    .is_some_and(|line| line.trim().is_empty()),
            });
        }
        blank_before = line.trim().is_empty();
        start += line.len();
    }
    keep_head(&mut comments);
    comments.extend(inside_conditions(text, anchors));
    comments
}

/// Comments above everything stay there if a blank line follows, or if they are for editors.
fn keep_head(comments: &mut [Comment<'_>]) {
    let leading = comments
        .iter()
        .take_while(|comment| comment.position == Position::Above(0));
    let leading = leading.count();
    let Some(leading) = comments.get_mut(..leading) else {
        return;
    };
    let head = leading
        .iter()
        .rposition(|comment| comment.blank_after || comment.text.contains("yaml-language-server"));
    if let Some(last) = head {
        for comment in leading.iter_mut().take(last + 1) {
            comment.position = Position::Head;
        }
    }
}

/// Where the comment of a line begins, if it has one.
fn sign_of_comment(text: &str, line: Range<usize>, scalars: &[Range<usize>]) -> Option<usize> {
    let written = text.get(line.clone())?;
    let signs = written.match_indices('#').map(|(at, _)| line.start + at);
    let mut signs = signs.filter(|&sign| {
        let before = text.get(line.start..sign).unwrap_or_default();
        let begins = before.is_empty() || before.ends_with([' ', '\t']);
        // The last scalar that begins before the sign.
        let known = scalars.partition_point(|scalar| scalar.start <= sign);
        let scalar = known.checked_sub(1).and_then(|index| scalars.get(index));
        begins && scalar.is_none_or(|scalar| scalar.end <= sign)
    });
    signs.next()
}

fn scalars_of(node: &YamlNode, text: &str, scalars: &mut Vec<Range<usize>>) {
    match &node.value {
        YamlValue::Leaf(_) => scalars.push(node.extent(text)),
        YamlValue::List(items) => {
            for item in items {
                scalars_of(item, text, scalars);
            }
        }
        YamlValue::Map(fields) => {
            for (key, value) in fields {
                scalars.push(key.span.clone());
                scalars_of(value, text, scalars);
            }
        }
    }
}

/// What a comment is about, which begins at `sign` in the line that begins at `line`.
fn position(text: &str, line: usize, sign: usize, anchors: &[Anchor]) -> Position {
    // An empty policy.
    if anchors.is_empty() {
        return Position::Head;
    }
    let before = text.get(line..sign).unwrap_or_default();
    let next = anchors.partition_point(|anchor| anchor.start < sign);
    if !before.trim().is_empty() {
        let on_line = anchors.get(..next).unwrap_or_default();
        let first = on_line.partition_point(|anchor| anchor.start < line);
        let on_line = on_line.get(first..).unwrap_or_default();
        let is_field = |anchor: &Anchor| anchor.style == Style::BlockField;
        let field = on_line.iter().position(is_field);
        return match (field, on_line.is_empty(), next.checked_sub(1)) {
            (Some(field), ..) => Position::Beside(first + field),
            (None, false, _) => Position::Beside(first),
            (None, true, Some(last)) => Position::Beside(last),
            (None, true, None) => Position::Head,
        };
    }
    let column = sign - line;
    let is_deeper = |anchor: &Anchor| column_of(text, anchor.start) < column;
    match anchors.get(next) {
        Some(anchor) if !is_deeper(anchor) => Position::Above(next),
        // It ends a list or a map.
        rest => {
            let before = anchors.get(..next).unwrap_or_default();
            let begins = |anchor: &Anchor| match anchor.style {
                Style::BlockField => Some(anchor.start - line_of(text, anchor.start)),
                // At its dash.
                Style::BlockItem => Some(column_of(text, anchor.start)),
                Style::Flow => None,
            };
            let sibling = before
                .iter()
                .rposition(|anchor| begins(anchor).is_some_and(|begins| begins <= column));
            match (sibling, rest) {
                (Some(sibling), _) if column > 0 => Position::Below(sibling),
                (_, Some(_)) => Position::Above(next),
                (_, None) => Position::End,
            }
        }
    }
}

/// The column of the first character of the line that is not white space.
fn column_of(text: &str, at: usize) -> usize {
    let line = text.get(line_of(text, at)..).unwrap_or_default();
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Where the line begins in which `at` is.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |end| end + 1)
}

/// Comments inside the texts of conditions, which the written conditions do not have.
fn inside_conditions<'t>(text: &'t str, anchors: &[Anchor]) -> Vec<Comment<'t>> {
    let conditions = anchors.iter().enumerate().filter(|(_, anchor)| {
        anchor.is_long_text
            && anchor.style == Style::BlockField
            && anchor.place.as_str().rsplit('.').next() == Some("when")
    });
    let comments = conditions.flat_map(|(index, anchor)| {
        let written = text.get(anchor.start..anchor.end).unwrap_or_default();
        // The first line has the field's name, and perhaps a comment of YAML.
        let lines = written.lines().skip(1);
        lines
            .filter_map(comment_of_condition)
            .map(move |text| Comment {
                text,
                position: Position::Above(index),
                blank_before: false,
                blank_after: false,
            })
    });
    comments.collect()
}

/// The comment at the end of a line of a condition.
fn comment_of_condition(line: &str) -> Option<&str> {
    let mut quote = None;
    let mut before = ' ';
    for (at, character) in line.char_indices() {
        match (quote, character) {
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), _) if character == open && before != '\\' => quote = None,
            (None, '#') if before.is_whitespace() => return line.get(at..).map(str::trim_end),
            _ => {}
        }
        before = character;
    }
    None
}
