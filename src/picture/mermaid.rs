//! Mermaid flowcharts.

use std::fmt::Write as _;

use super::drawing::{Drawing, NodeKind};

pub(super) fn write(drawing: &Drawing) -> String {
    let mut text = "flowchart LR\n".to_owned();
    let mut names = Vec::with_capacity(drawing.nodes.len());
    let (mut questions, mut ends) = (0, 0);
    for node in &drawing.nodes {
        let (letter, number) = match node.kind {
            NodeKind::Question => ('q', &mut questions),
            NodeKind::Rule | NodeKind::End | NodeKind::More => ('e', &mut ends),
        };
        *number += 1;
        names.push(format!("{letter}{number}"));
    }
    let order = |kind: NodeKind| u8::from(kind != NodeKind::Question);
    let mut nodes: Vec<_> = drawing.nodes.iter().zip(&names).collect();
    nodes.sort_by_key(|(node, _)| order(node.kind));
    for (node, name) in nodes {
        let lines: Vec<String> = node.lines.iter().map(|line| escaped(line)).collect();
        let label = lines.join("<br>");
        let (open, close) = match node.kind {
            NodeKind::Question => ("{", "}"),
            NodeKind::Rule => ("(", ")"),
            NodeKind::End => ("[", "]"),
            NodeKind::More => ("([", "])"),
        };
        line(&mut text, format_args!("  {name}{open}\"{label}\"{close}"));
    }
    for edge in &drawing.edges {
        if let (Some(from), Some(to)) = (names.get(edge.from), names.get(edge.to)) {
            let label = escaped(&edge.label);
            if label.is_empty() {
                line(&mut text, format_args!("  {from} --> {to}"));
            } else {
                line(&mut text, format_args!("  {from} -->|\"{label}\"| {to}"));
            }
        }
    }
    if let Some(remainder) = &drawing.remainder {
        line(&mut text, format_args!("  more([\"… {remainder}\"])"));
    }
    text
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{line}");
}

/// Escapes a text for double quotes: characters that are special to Mermaid or HTML become
/// character references.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '#' | '&' | '<' | '>' | ';' | '`' | '\\' | '*' | '[' | ']' | '{' | '}' | '|' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
