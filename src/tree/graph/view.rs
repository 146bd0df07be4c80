//! A graph to be looked at: its questions and where their answers lead, in the policy's words.

use super::compiler::{CompileBudget, GraphCompiler};
use super::graph::Graph;
use super::jump::{Jump, Step};
use crate::policy::Policy;
use crate::space::{Axes, AxesBuilder, Clauses, Piece, Question};

/// Limits on the clauses, and on the steps and entries of a graph that is drawn.
const MOST_BYTES: usize = 1 << 26;
const BUDGET: CompileBudget = CompileBudget {
    steps: 1 << 24,
    entries: 1 << 22,
};

/// A policy's rules as one graph, compiled to be looked at.
#[derive(Debug, Clone)]
pub(crate) struct View {
    policy: Policy,
    axes: Axes,
    graph: Graph,
}

/// A node of the graph.
pub(crate) enum Seen {
    /// A question; answers that lead to the same are one.
    Question {
        /// What is asked, in words.
        asked: String,
        axis: usize,
        /// Ranges of classes, and where they lead.
        answers: Vec<(Vec<(u32, u32)>, Jump)>,
    },
    /// The rule of that grant is asked as a whole.
    Check { grant: usize, otherwise: Jump },
    /// The grant of that position is the answer.
    Grant(usize),
}

impl View {
    /// The policy's graph; none where rules share so little that it would outgrow its budget.
    pub(crate) fn of(policy: &Policy) -> Option<Self> {
        let mut axes = AxesBuilder::new();
        axes.add_entries(policy.entries());
        let index = axes.finish(policy.dimensions());
        let clauses = Clauses::of(policy.entries(), &index, MOST_BYTES / 4, MOST_BYTES);
        if clauses.bytes > MOST_BYTES {
            return None;
        }
        let grants = policy.grants().count();
        let numbers = 0..u32::try_from(clauses.all.len()).ok()?;
        let (graph, _) = GraphCompiler::compile(&clauses, grants, numbers, BUDGET)?;
        Some(Self {
            policy: policy.clone(),
            axes: index.axes,
            graph,
        })
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Where every lead begins.
    pub(crate) fn root(&self) -> Jump {
        self.graph.root
    }

    /// What stands there. Linear in the classes of what is asked.
    pub(crate) fn look(&self, target: Jump) -> Seen {
        match target.step() {
            Step::Grant(grant) => return Seen::Grant(grant),
            Step::Nothing | Step::LowDigit => return Seen::Grant(self.policy.otherwise()),
            Step::Dimension { .. } | Step::Other => {}
        }
        if let Some((grant, otherwise)) = self.graph.check_at(target) {
            return Seen::Check { grant, otherwise };
        }
        let Some(axis) = self.graph.axis_at(target) else {
            return Seen::Grant(self.policy.otherwise());
        };
        // Answers in the order in which they first come up.
        let mut answers: indexmap::IndexMap<Jump, Vec<(u32, u32)>> = indexmap::IndexMap::new();
        for class in self.axes.possible(axis) {
            let next = self.graph.next(target, axis, class);
            let ranges = answers.entry(next).or_default();
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == class => *last = class,
                _ => ranges.push((class, class)),
            }
        }
        Seen::Question {
            asked: self.asked(axis),
            axis,
            answers: answers
                .into_iter()
                .map(|(next, ranges)| (ranges, next))
                .collect(),
        }
    }

    /// An answer in words. Linear in the classes and values of what is asked.
    pub(crate) fn pieces(&self, axis: usize, ranges: &[(u32, u32)]) -> Vec<Piece> {
        self.axes.pieces(axis, ranges, self.policy.dimensions())
    }

    fn asked(&self, axis: usize) -> String {
        let name = self.axes.name(axis, self.policy.dimensions());
        match self.axes.get(axis).map(|axis| &axis.question) {
            Some(Question::Test(_, test)) => format!("{name} {test}"),
            _ => name,
        }
    }
}
