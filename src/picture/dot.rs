//! The DOT language of Graphviz.

use std::fmt::Write as _;

use super::drawing::{Drawing, NodeKind};

const HEADER: &str = "\
digraph policy {
  rankdir=LR
  ordering=out
  nodesep=0.12
  node [fontname=\"Helvetica\" fontsize=11 shape=box style=\"rounded,filled\"]
  edge [fontname=\"Helvetica\" fontsize=10 color=\"#777777\"]
";

pub(super) fn write(drawing: &Drawing) -> String {
    let mut text = HEADER.to_owned();
    for (number, node) in drawing.nodes.iter().enumerate() {
        let lines: Vec<String> = node.lines.iter().map(|line| escaped(line)).collect();
        let look = match node.kind {
            NodeKind::Question => "fillcolor=\"#dbe9f9\"",
            NodeKind::Rule => "fillcolor=\"#f5f5f5\"",
            NodeKind::End => "fillcolor=\"#e4f3df\" shape=box",
            NodeKind::More => "fillcolor=white shape=plaintext",
        };
        line(
            &mut text,
            format_args!("  n{number} [label=\"{}\" {look}]", lines.join("\\n")),
        );
    }
    for edge in &drawing.edges {
        let (from, to, label) = (edge.from, edge.to, escaped(&edge.label));
        if label.is_empty() {
            line(&mut text, format_args!("  n{from} -> n{to}"));
        } else {
            line(
                &mut text,
                format_args!("  n{from} -> n{to} [label=\"{label}\"]"),
            );
        }
    }
    if let Some(remainder) = &drawing.remainder {
        line(&mut text, format_args!("  label=\"… {remainder}\""));
    }
    text.push_str("}\n");
    text
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{line}");
}

/// Escapes a text for double quotes, in which only these two characters are special.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
