//! What is drawn, before it is said in one language or the other.

/// Longer texts are cut.
const LONGEST: usize = 60;

pub(super) struct Drawing {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    /// What is not drawn.
    pub(super) remainder: Option<String>,
}

/// Its lines, of any characters.
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) lines: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    Question,
    /// A rule that asks something.
    Rule,
    /// Who gets the lead.
    End,
    /// Stands for questions that are not drawn.
    More,
}

pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
}

/// The text on one line that is not too long.
pub(super) fn shortened(text: &str) -> String {
    let mut characters = text.chars().map(|character| {
        if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            character
        }
    });
    let mut short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        short.pop();
        short.push('…');
    }
    short
}
