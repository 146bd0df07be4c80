//! From rules to a decision tree, within a budget.

use super::axis::AxesBuilder;
use super::clause::{Clause, Clauses};
use super::decision_tree::DecisionTree;
use super::error::CompileError;
use super::graph::{Check, Graph, Target};
use super::stretch::{Budget, StretchCompiler};
use crate::policy::Policy;

/// How a policy is compiled.
///
/// ```
/// use leadtree::policy::PolicyDraft;
/// use leadtree::tree::CompileOptions;
///
/// let policy = PolicyDraft::new().build()?;
/// let tree = CompileOptions::new().max_bytes(64 << 20).compile(&policy)?;
/// assert!(tree.stats().bytes < 64 << 20);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct CompileOptions {
    max_bytes: usize,
}

impl Default for CompileOptions {
    /// A budget of 1 GiB.
    fn default() -> Self {
        Self { max_bytes: 1 << 30 }
    }
}

/// Edges that a stretch may have: so many, and so many more a clause.
const EDGES: (usize, usize) = (256, 16);
/// Steps that compiling a stretch may take: so many, and so many more a clause.
const STEPS: (usize, usize) = (4_096, 96);
/// Steps and edges that all stretches together may take beyond that, for each range of values that
/// a test names beyond its first.
const EXTRA: usize = 32;
/// About the most bytes that a step may leave in memory while a stretch is compiled.
const STEP_BYTES: usize = 128;
/// A stretch this short that does not fit is asked clause by clause.
const SHORT: usize = 4;

impl CompileOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many bytes the compiled tree may take, about.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Compiles the policy.
    ///
    /// The rules become one graph of questions. Where that would outgrow a fixed number of edges
    /// and steps a rule, the first half of the rules is tried, and so on; what fits becomes a graph
    /// of its own, and the rest goes on from there. The graphs are asked one after the other. So
    /// time and memory are linear in the size of the rules, whatever they are.
    ///
    /// # Errors
    /// [`CompileError::BudgetExceeded`] if the rules alone, one by one, need more than the budget.
    pub fn compile(self, policy: &Policy) -> Result<DecisionTree, CompileError> {
        let mut axes = AxesBuilder::new();
        axes.add_entries(policy.entries());
        let index = axes.finish(policy.dimensions());
        let clauses = Clauses::of(policy.entries(), &index, self.max_bytes / 4);
        let bare = clauses.bytes;
        if bare > self.max_bytes {
            return Err(CompileError::BudgetExceeded {
                bytes: bare,
                budget: self.max_bytes,
                dearest: clauses
                    .dearest()
                    .into_iter()
                    .filter_map(|grant| policy.grant(grant as usize).source().rule().cloned())
                    .collect(),
            });
        }
        let mut graph = Graph::default();
        let mut roots = Vec::new();
        let spare = self.max_bytes - bare;
        let excess: usize = clauses.sets.iter().map(|set| set.excess()).sum();
        let mut extra = EXTRA.saturating_mul(excess).min(spare / STEP_BYTES);
        let mut rest: &[Clause] = &clauses.all;
        let mut length = rest.len();
        while !rest.is_empty() {
            let (stretch, after) = rest.split_at(length.clamp(1, rest.len()));
            let edges_left = spare.saturating_sub(graph.bytes()) / size_of::<u64>();
            // Half of what is extra, so that something is left to the next try.
            let lent = (extra / 2).min(edges_left);
            let full = Budget {
                steps: (STEPS.0 + STEPS.1 * stretch.len()).min(spare / STEP_BYTES),
                edges: (EDGES.0 + EDGES.1 * stretch.len()).min(edges_left - lent),
                extra: lent,
            };
            let mut budget = full;
            let root = StretchCompiler::compile(&clauses, stretch, &mut graph, &mut budget);
            extra -= lent - budget.extra;
            let root = root.or_else(|| {
                let is_short = stretch.len() <= SHORT;
                is_short.then(|| one_by_one(&clauses, stretch, &mut graph))
            });
            match root {
                None => length = stretch.len() / 2,
                Some(root) => {
                    if root != Target::NOTHING {
                        roots.push(root);
                    }
                    rest = after;
                    // Longer only where that is likely to fit.
                    let is_roomy = 2 * budget.steps > full.steps && 2 * budget.edges > full.edges;
                    length = if is_roomy {
                        2 * stretch.len()
                    } else {
                        stretch.len()
                    };
                }
            }
        }
        Ok(DecisionTree::new(policy, index.axes, graph, roots))
    }
}

impl DecisionTree {
    /// Compiles a policy with the default [`CompileOptions`].
    ///
    /// # Errors
    /// [`CompileError`] if the rules do not fit the default budget of 1 GiB.
    pub fn compile(policy: &Policy) -> Result<Self, CompileError> {
        CompileOptions::new().compile(policy)
    }
}

/// Asks one clause after the other.
fn one_by_one(clauses: &Clauses, stretch: &[Clause], graph: &mut Graph) -> Target {
    stretch
        .iter()
        .rev()
        .fold(Target::NOTHING, |otherwise, clause| {
            graph.add_check(Check {
                formula: clauses.formula(clause),
                grant: clause.grant as usize,
                otherwise,
            })
        })
}
