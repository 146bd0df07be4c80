//! A diagram, independent of the output language.

/// Longer lines are broken, or truncated.
const LONGEST: usize = 60;

pub(super) struct Drawing {
    pub(super) nodes: Vec<DrawnNode>,
    pub(super) edges: Vec<Edge>,
    /// Says what was left out.
    pub(super) remainder: Option<String>,
}

/// A node with its lines, unescaped.
pub(super) struct DrawnNode {
    pub(super) kind: NodeKind,
    pub(super) lines: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    Question,
    /// A rule with its condition.
    Rule,
    /// Who gets the lead.
    End,
    /// A placeholder for questions that are left out.
    More,
}

pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
}

/// The text in lines that are broken between words where they would be long; nothing is left out.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let text: String = text.chars().map(printed).collect();
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length <= LONGEST {
            line.push(' ');
            used += 1;
        } else if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for character in word.chars() {
            // A word that fits on no line is broken.
            if used == LONGEST {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(character);
            used += 1;
        }
    }
    lines.push(line);
    lines
}

/// A character as it is drawn: no line breaks.
fn printed(character: char) -> char {
    if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
        ' '
    } else {
        character
    }
}

/// The text on one line, truncated if it is long.
pub(super) fn shortened(text: &str) -> String {
    let mut characters = text.chars().map(printed);
    let mut short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        short.pop();
        short.push('…');
    }
    short
}
