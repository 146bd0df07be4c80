//! The diagram of a decision tree: questions, answers, and who gets the lead.

use std::collections::{HashMap, HashSet, VecDeque};

use foldhash::fast::FixedState;

use super::drawing::{Drawing, DrawnNode, Edge, NodeKind, shortened, wrapped};
use crate::availability::TimeZone;
use crate::policy::Source;
use crate::space::Piece;
use crate::tree::{Jump, Seen, View};

/// A label names at most this many answers.
const MOST_ANSWERS: usize = 3;
/// A question has at most this many edges, one for the rest aside.
const MOST_EDGES: usize = 200;

impl Drawing {
    /// Draws the `most` questions nearest to the root, and of each the first answers. Linear in the
    /// number of all questions and answers.
    pub(super) fn of_tree(view: &View, most: usize) -> Self {
        let mut drawer = TreeDrawer {
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
        if drawer.question(view.root()).is_none() {
            drawer.end(view.root());
        }
        while let Some((node, target)) = drawer.waiting.pop_front() {
            drawer.answers(node, target);
        }
        let beyond = drawer.count_beyond();
        drawer.drawing.remainder = (beyond > 0).then(|| format!("{beyond} more questions"));
        drawer.drawing
    }
}

struct TreeDrawer<'a> {
    view: &'a View,
    drawing: Drawing,
    /// Questions that have a node.
    known: HashMap<Jump, usize, FixedState>,
    /// Nodes whose answers are still to be drawn.
    waiting: VecDeque<(usize, Jump)>,
    /// Questions that were left out.
    beyond: Vec<Jump>,
    /// How many more questions may be drawn.
    left: usize,
}

impl TreeDrawer<'_> {
    fn node(&mut self, kind: NodeKind, lines: &[String]) -> usize {
        let lines = lines.iter().flat_map(|line| wrapped(line)).collect();
        self.drawing.nodes.push(DrawnNode { kind, lines });
        self.drawing.nodes.len() - 1
    }

    /// The node of a question; `None` if the target is not a question, or there is no room.
    fn question(&mut self, target: Jump) -> Option<usize> {
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
        let node = self.node(NodeKind::Question, &lines);
        self.known.insert(target, node);
        self.waiting.push_back((node, target));
        Some(node)
    }

    fn answers(&mut self, from: usize, target: Jump) {
        match self.view.look(target) {
            Seen::Question { axis, answers, .. } => {
                let is_other =
                    |pieces: &[Piece]| pieces.contains(&Piece::Missing) && pieces.len() > 1;
                let (drawn, more) = answers.split_at(answers.len().min(MOST_EDGES));
                for &(ref ranges, next) in drawn {
                    let pieces = self.view.pieces(axis, ranges);
                    if pieces.is_empty() {
                        continue;
                    }
                    let label = if is_other(&pieces) {
                        "all others".to_owned()
                    } else {
                        label(&pieces, self.view.policy().time_zone())
                    };
                    self.edge(from, next, label);
                }
                if !more.is_empty() {
                    let to = self.node(NodeKind::More, &["…".to_owned()]);
                    let label = format!("{} more answers", more.len());
                    self.drawing.edges.push(Edge { from, to, label });
                    self.beyond.extend(more.iter().map(|&(_, next)| next));
                }
            }
            Seen::Check { grant, otherwise } => {
                let lines = self.lines(grant);
                let to = self.node(NodeKind::End, &lines);
                let label = "it holds".to_owned();
                self.drawing.edges.push(Edge { from, to, label });
                self.edge(from, otherwise, "it does not".to_owned());
            }
            Seen::Grant(_) => {}
        }
    }

    fn edge(&mut self, from: usize, next: Jump, label: String) {
        let to = match self.question(next) {
            Some(to) => to,
            None => self.end(next),
        };
        self.drawing.edges.push(Edge { from, to, label });
    }

    /// The node of a grant, or a placeholder for questions that are left out.
    fn end(&mut self, target: Jump) -> usize {
        match self.view.look(target) {
            Seen::Grant(grant) => {
                let lines = self.lines(grant);
                self.node(NodeKind::End, &lines)
            }
            _ => self.node(NodeKind::More, &["…".to_owned()]),
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
        // The backquotes around names are for running text.
        vec![self.name(grant), owner.replace('`', "")]
    }

    /// The number of questions that were left out.
    fn count_beyond(&mut self) -> usize {
        let mut seen: HashSet<Jump, FixedState> = HashSet::default();
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

fn label(pieces: &[Piece], zone: TimeZone) -> String {
    let mut label = String::new();
    for (index, piece) in pieces.iter().take(MOST_ANSWERS).enumerate() {
        if index > 0 {
            label.push_str(", ");
        }
        label.push_str(&shortened(&piece.told_in(zone)));
    }
    match pieces.len().saturating_sub(MOST_ANSWERS) {
        0 => label,
        more => format!("{label} +{more} more"),
    }
}
