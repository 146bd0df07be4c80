//! What is drawn, before it is said in one language or the other.

use std::collections::{HashMap, HashSet, VecDeque};

use foldhash::fast::FixedState;

use crate::policy::Source;
use crate::space::Piece;
use crate::tree::{Seen, Target, View};

/// So many answers are told on an edge.
const MOST_ANSWERS: usize = 3;
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
    pub(super) kind: Kind,
    pub(super) lines: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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

impl Drawing {
    /// The questions nearest to the first, at most so many. Linear in all questions and their
    /// answers.
    pub(super) fn of_tree(view: &View, most: usize) -> Self {
        let mut artist = Artist {
            view,
            drawing: Self {
                nodes: Vec::new(),
                edges: Vec::new(),
                remainder: None,
            },
            known: HashMap::default(),
            waiting: VecDeque::new(),
            beyond: Vec::new(),
            left: most,
        };
        if artist.question(view.root()).is_none() {
            artist.end(view.root());
        }
        while let Some((node, target)) = artist.waiting.pop_front() {
            artist.answers(node, target);
        }
        let beyond = artist.count_beyond();
        artist.drawing.remainder = (beyond > 0).then(|| format!("{beyond} more questions"));
        artist.drawing
    }
}

struct Artist<'a> {
    view: &'a View,
    drawing: Drawing,
    /// Questions that have their node.
    known: HashMap<Target, usize, FixedState>,
    /// Nodes whose answers are still to be drawn.
    waiting: VecDeque<(usize, Target)>,
    /// Questions that have none.
    beyond: Vec<Target>,
    /// How many more may be drawn.
    left: usize,
}

impl Artist<'_> {
    fn node(&mut self, kind: Kind, lines: &[String]) -> usize {
        let lines = lines.iter().map(|line| shortened(line)).collect();
        self.drawing.nodes.push(Node { kind, lines });
        self.drawing.nodes.len() - 1
    }

    /// The node of a question; none if there is no question, or no room.
    fn question(&mut self, target: Target) -> Option<usize> {
        if let Some(&known) = self.known.get(&target) {
            return Some(known);
        }
        let lines = match self.view.look(target) {
            Seen::Question { asked, .. } => vec![asked],
            Seen::Check { grant, .. } => vec![format!("{}?", self.name(grant))],
            Seen::Grant(_) => return None,
        };
        if self.left == 0 {
            self.beyond.push(target);
            return None;
        }
        self.left -= 1;
        let node = self.node(Kind::Question, &lines);
        self.known.insert(target, node);
        self.waiting.push_back((node, target));
        Some(node)
    }

    fn answers(&mut self, from: usize, target: Target) {
        match self.view.look(target) {
            Seen::Question { answers, .. } => {
                let is_other =
                    |pieces: &[Piece]| pieces.contains(&Piece::Missing) && pieces.len() > 1;
                for (pieces, next) in answers {
                    if pieces.is_empty() {
                        continue;
                    }
                    let label = if is_other(&pieces) {
                        "all others".to_owned()
                    } else {
                        label(&pieces)
                    };
                    self.edge(from, next, label);
                }
            }
            Seen::Check { grant, otherwise } => {
                let lines = self.lines(grant);
                let to = self.node(Kind::End, &lines);
                let label = "it holds".to_owned();
                self.drawing.edges.push(Edge { from, to, label });
                self.edge(from, otherwise, "it does not".to_owned());
            }
            Seen::Grant(_) => {}
        }
    }

    fn edge(&mut self, from: usize, next: Target, label: String) {
        let to = match self.question(next) {
            Some(to) => to,
            None => self.end(next),
        };
        self.drawing.edges.push(Edge { from, to, label });
    }

    /// The end of a way, or what stands for the rest of it.
    fn end(&mut self, target: Target) -> usize {
        match self.view.look(target) {
            Seen::Grant(grant) => {
                let lines = self.lines(grant);
                self.node(Kind::End, &lines)
            }
            _ => self.node(Kind::More, &["…".to_owned()]),
        }
    }

    fn name(&self, grant: usize) -> String {
        match self.view.policy().grant(grant).source() {
            Source::Rule(rule) => rule.to_string(),
            Source::GroupOtherwise(group) => format!("otherwise of {group}"),
            Source::Otherwise => "otherwise".to_owned(),
        }
    }

    fn lines(&self, grant: usize) -> Vec<String> {
        let owner = self.view.policy().grant(grant).owner().to_string();
        // The marks around names are for running text.
        vec![self.name(grant), owner.replace('`', "")]
    }

    /// How many questions there are that were not drawn.
    fn count_beyond(&mut self) -> usize {
        let mut seen: HashSet<Target, FixedState> = HashSet::default();
        let mut waiting = std::mem::take(&mut self.beyond);
        while let Some(target) = waiting.pop() {
            if self.known.contains_key(&target) || !seen.insert(target) {
                continue;
            }
            let next = match self.view.look(target) {
                Seen::Question { answers, .. } => {
                    answers.into_iter().map(|(_, next)| next).collect()
                }
                Seen::Check { otherwise, .. } => vec![otherwise],
                Seen::Grant(_) => {
                    seen.remove(&target);
                    continue;
                }
            };
            waiting.extend(next);
        }
        seen.len()
    }
}

fn label(pieces: &[Piece]) -> String {
    let mut label = String::new();
    for (index, piece) in pieces.iter().take(MOST_ANSWERS).enumerate() {
        if index > 0 {
            label.push_str(", ");
        }
        label.push_str(&shortened(&piece.to_string()));
    }
    match pieces.len().saturating_sub(MOST_ANSWERS) {
        0 => label,
        more => format!("{label} +{more} more"),
    }
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
