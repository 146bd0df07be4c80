//! From rules to a decision tree, within a budget.

use super::alternatives::narrow;
use super::axis::AxesBuilder;
use super::catalog::Catalog;
use super::clause::Clauses;
use super::decision_tree::{Costs, DecisionTree, Form};
use super::error::CompileError;
use super::graph_compiler::{Budget, First, GraphCompiler};
use super::head::Head;
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

/// Steps that a graph may take to compile: so many, so many more a clause, and so many more for
/// each range of values that a test names beyond its first.
const STEPS: (usize, usize, usize) = (1 << 18, 128, 8);
/// Entries that a graph may have, likewise.
const ENTRIES: (usize, usize, usize) = (1 << 14, 160, 8);
/// About the most bytes that a step may leave in memory while a graph is compiled.
const STEP_BYTES: usize = 64;
/// About the most bytes that an entry of a graph takes.
const ENTRY_BYTES: usize = 8;

/// Of more clauses than this, every so-maniest is tried before all.
const MANY: usize = 1 << 15;
const SAMPLE: usize = 16;
/// Bitmaps of so few clauses are faster than a graph of more steps than this.
const FEW: usize = 256;
const SHORT: u32 = 4;

impl CompileOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many bytes the compiled tree may take, about, while it is compiled as well. The policy
    /// itself, and finding the values that its rules name (some eighty bytes each), are not counted.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Compiles the policy.
    ///
    /// The rules become one graph of questions. Where that would outgrow a fixed number of steps
    /// and entries a rule, they become a catalog instead: the first rules side by side as bitmaps,
    /// the others filed under the most telling of their limits. Both are linear in the size of the
    /// rules, in time and in memory, whatever the rules are.
    ///
    /// # Errors
    /// [`CompileError::BudgetExceeded`] if the rules alone, one by one, need more than the budget.
    pub fn compile(self, policy: &Policy) -> Result<DecisionTree, CompileError> {
        let mut axes = AxesBuilder::new();
        axes.add_entries(policy.entries());
        let index = axes.finish(policy.dimensions());
        let rest = self.max_bytes.saturating_sub(index.bytes());
        let mut clauses = Clauses::of(policy.entries(), &index, rest / 4, rest);
        if clauses.bytes > rest {
            drop(clauses);
            // The least they can do with.
            clauses = Clauses::of(policy.entries(), &index, 0, rest);
        }
        if clauses.bytes > rest {
            return Err(CompileError::BudgetExceeded {
                bytes: clauses.bytes + index.bytes(),
                budget: self.max_bytes,
                dearest: clauses
                    .dearest()
                    .into_iter()
                    .filter_map(|(grant, _)| policy.grant(grant as usize).source().rule().cloned())
                    .collect(),
                dimensions: clauses
                    .dearest_axes()
                    .into_iter()
                    .map(|axis| index.axes.name(axis as usize, policy.dimensions()))
                    .collect(),
            });
        }
        let spare = rest - clauses.bytes;
        let head = Head::of(&clauses, spare / 8);
        let spare = spare - head.bytes();
        let (form, first) = form(&clauses, policy.grants().count(), spare);
        let dearest = clauses.dearest();
        let costs = Costs { first, dearest };
        Ok(DecisionTree::new(policy, index.axes, head, form, costs))
    }
}

/// One graph, if it stays within its budget; a catalog otherwise, and where a catalog is faster.
fn form(clauses: &Clauses, grants: usize, spare: usize) -> (Form, Option<First>) {
    let count = clauses.all.len();
    let excess = clauses.sets.iter().map(|set| set.excess()).sum();
    let mut compiler = GraphCompiler::new(clauses, grants);
    if count > MANY {
        // What a few of the rules blow up, all would.
        let few = (0..narrow(count)).step_by(SAMPLE);
        let budget = budget(count / SAMPLE, excess / SAMPLE, spare);
        if GraphCompiler::new(clauses, grants)
            .add(few, budget)
            .is_none()
        {
            return (Form::Catalog(Catalog::of(clauses, compiler, spare)), None);
        }
    }
    let budget = budget(count, excess, spare);
    match compiler.add(0..narrow(count), budget) {
        Some(root) if count > FEW || compiler.steps() <= SHORT => {
            let first = compiler.first();
            (Form::Graph(compiler.finish(), root), first)
        }
        _ => {
            drop(compiler);
            let compiler = GraphCompiler::new(clauses, grants);
            (Form::Catalog(Catalog::of(clauses, compiler, spare)), None)
        }
    }
}

fn budget(clauses: usize, excess: usize, spare: usize) -> Budget {
    let of = |(base, each, more): (usize, usize, usize)| base + each * clauses + more * excess;
    Budget {
        steps: of(STEPS).min(spare / STEP_BYTES),
        entries: of(ENTRIES).min(spare / ENTRY_BYTES),
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
