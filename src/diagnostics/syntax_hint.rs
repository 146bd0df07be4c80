//! What is wrong with a text that is not YAML, in words of whoever writes policies.

use std::ops::Range;

/// What is wrong, what to do about it, and where.
pub(super) struct SyntaxHint {
    pub(super) message: &'static str,
    pub(super) remedy: String,
    pub(super) span: Range<usize>,
}

/// A line of the text.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
}

/// The cause of a fault that YAML's reader found at an offset, where it is one of those that people often
/// meet. `told` is what the reader says.
pub(super) fn hint(text: &str, offset: usize, told: &str) -> Option<SyntaxHint> {
    let lines = lines(text);
    let at = lines.partition_point(|line| line.start <= offset);
    let at = at.checked_sub(1)?;
    let before = lines.get(..at)?.iter().rfind(|line| !is_blank(line.text));
    let line = *lines.get(at)?;
    let near = lines.get(at..lines.len().min(at + 2))?;
    near.iter()
        .find_map(|line| tab(*line))
        .or_else(|| no_space_after_colon(*before?))
        .or_else(|| no_space_after_colon(line))
        .or_else(|| is_about_flow(told).then(|| unclosed(*before?))?)
        .or_else(|| is_about_quotes(told).then(|| open_quote(lines.get(..=at)?))?)
        .or_else(|| is_about_quotes(told).then(|| quote(line))?)
        .or_else(|| {
            told.contains("block")
                .then(|| indentation(line, *before?))?
        })
}

/// Whether the reader met no end of a quoted text, or something behind it.
fn is_about_quotes(told: &str) -> bool {
    told.contains("quoted scalar") || told.contains("unclosed quote")
}

/// Whether the reader met the next field inside brackets.
fn is_about_flow(told: &str) -> bool {
    told.contains("':' indicator") || told.contains("flow")
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let lines = text.split_inclusive('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len();
        let text = line.trim_end_matches(['\n', '\r']);
        Some(Line { text, start })
    });
    lines.collect()
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

fn tab(line: Line<'_>) -> Option<SyntaxHint> {
    let content = line.text.trim_start_matches([' ', '\t']);
    let indentation = line.text.get(..line.text.len() - content.len())?;
    let at = line.start + indentation.find('\t')?;
    Some(SyntaxHint {
        message: "a tab indents this line",
        remedy: "indent with spaces only".to_owned(),
        span: at..at + 1,
    })
}

/// A line such as `- id:east`.
fn no_space_after_colon(line: Line<'_>) -> Option<SyntaxHint> {
    let field = line.text.trim_start_matches([' ', '-']);
    let (name, value) = field.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_lowercase() || it == '_');
    if !is_name || value.is_empty() || value.starts_with([' ', '\t', '/']) {
        return None;
    }
    let start = line.start + line.text.len() - field.len();
    Some(SyntaxHint {
        message: "no space stands behind the colon",
        remedy: format!("write `{name}: {}`", value.trim_end()),
        span: start..start + name.len() + 1,
    })
}

/// A line in which more brackets open than close.
fn unclosed(line: Line<'_>) -> Option<SyntaxHint> {
    let mut open = Vec::new();
    for (at, character) in line.text.char_indices() {
        match character {
            '[' | '{' => open.push((at, character)),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    let (at, bracket) = open.pop()?;
    let closing = if bracket == '[' { ']' } else { '}' };
    let at = line.start + at;
    Some(SyntaxHint {
        message: "this bracket is not closed",
        remedy: format!("write the `{closing}`"),
        span: at..at + 1,
    })
}

/// A quoted text in which the same quotes stand.
fn quote(line: Line<'_>) -> Option<SyntaxHint> {
    let (_, value) = line.text.split_once(": ")?;
    let value = value.trim_start();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let other = if quote == '"' { '\'' } else { '"' };
    let start = line.start + line.text.len() - value.len();
    Some(SyntaxHint {
        message: "the text goes on behind its closing quote",
        remedy: format!("leave the outer quotes out, or write {other} outside and {quote} inside"),
        span: start..start + value.trim_end().len(),
    })
}

/// A quoted text that does not end in its line, and not in the lines up to the last one either.
fn open_quote(lines: &[Line<'_>]) -> Option<SyntaxHint> {
    let (last, _) = lines.split_last()?;
    let (opening, at, quote) = lines.iter().rev().find_map(|line| {
        let (at, quote) = opening_quote(line.text)?;
        Some((line, at, quote))
    })?;
    let span = opening.start + at..opening.start + at + 1;
    if opening.start == last.start || is_field(last.text) {
        return Some(SyntaxHint {
            message: "this quote is not closed in its line",
            remedy: format!("write the closing {quote} behind the text"),
            span,
        });
    }
    let content = last.text.trim_start();
    let start = last.start + last.text.len() - content.len();
    Some(SyntaxHint {
        message: "this line goes on with the text in quotes that begins above, and is not indented enough",
        remedy: "indent it more than the field of the text, or write the text on one line"
            .to_owned(),
        span: start..start + content.len(),
    })
}

/// Whether a value begins behind this part of a line.
fn begins_value(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with([':', '-', '[', '{', ','])
}

/// Where a quote opens a value that does not end in the line.
fn opening_quote(line: &str) -> Option<(usize, char)> {
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, character) in line.char_indices() {
        match (open, character) {
            (None, '#') if before.is_whitespace() => break,
            (None, '\'' | '"') if begins_value(line.get(..at).unwrap_or_default()) => {
                open = Some((at, character));
            }
            // In single quotes a doubled one closes and opens again.
            (Some((_, quote)), _) if character == quote && !(quote == '"' && before == '\\') => {
                open = None;
            }
            _ => {}
        }
        // A backslash may be escaped itself.
        before = if before == '\\' && character == '\\' {
            ' '
        } else {
            character
        };
    }
    open
}

/// Whether a line begins with a field, or is an item of a list.
fn is_field(line: &str) -> bool {
    let content = line.trim_start();
    let name = content
        .trim_start_matches("- ")
        .split(':')
        .next()
        .unwrap_or_default();
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_lowercase() || it == '_');
    content.starts_with("- ") || (is_name && content.contains(':'))
}

/// A line that is indented unlike all lines above.
fn indentation(line: Line<'_>, before: Line<'_>) -> Option<SyntaxHint> {
    let content = line.text.trim_start_matches(' ');
    let own = line.text.len() - content.len();
    // The content of an item begins behind its dash.
    let above = before.text.len() - before.text.trim_start_matches([' ', '-']).len();
    let item = before.text.len() - before.text.trim_start_matches(' ').len();
    let wanted = if content.starts_with("- ") {
        item
    } else {
        above
    };
    if own == wanted {
        return None;
    }
    let word = content.split([' ', ':']).next()?;
    let start = line.start + own;
    Some(SyntaxHint {
        message: "this line is indented unlike the lines that it belongs to",
        remedy: format!("indent it by {wanted} spaces, like the line above"),
        span: start..start + word.len(),
    })
}
