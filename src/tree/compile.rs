//! From rules to a decision tree, within a budget.

use std::iter::StepBy;
use std::ops::Range;

use super::compiled_rules::{CompiledRules, TreeForm};
use super::decision_tree::{CompileCosts, DecisionTree};
use super::error::CompileError;
use super::forest::{Forest, ForestOptions, Thresholds};
use super::graph::compiler::{CompileBudget, GraphCompiler, RootSplit};
use super::graph::graph::Graph;
use super::graph::jump::NO_GRANT;
use super::head::Head;
use super::lookup::sample::Weights;
use crate::policy::Policy;
use crate::space::{AxesBuilder, Clause, Clauses, narrow};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "call `compile`"]
pub struct CompileOptions {
    max_bytes: usize,
    form: Option<TreeForm>,
    in_front: usize,
}

impl Default for CompileOptions {
    /// A budget of 1 GiB.
    fn default() -> Self {
        Self {
            max_bytes: 1 << 30,
            form: None,
            in_front: IN_FRONT,
        }
    }
}

/// What a graph may use to compile.
struct Allowance {
    steps: PerClause,
    entries: PerClause,
}

/// An amount, more for each clause, and more for each range of values that a test names beyond its
/// first.
#[derive(Clone, Copy)]
struct PerClause(usize, usize, usize);

impl PerClause {
    fn of(&self, clauses: usize, excess: usize) -> usize {
        self.0 + self.1 * clauses + self.2 * excess
    }
}

const ALLOWANCE: Allowance = Allowance {
    steps: PerClause(1 << 18, 512, 8),
    entries: PerClause(1 << 14, 280, 8),
};
/// A sample of the clauses takes fewer entries for each if the graph of all is to stay small.
const SAMPLE_ALLOWANCE: Allowance = Allowance {
    steps: ALLOWANCE.steps,
    entries: PerClause(1 << 18, 40, 8),
};
/// However many clauses there are: a fraction of a second.
const MOST_STEPS: usize = 10 << 20;
/// About the most bytes that a step may leave in memory while a graph is compiled.
const STEP_BYTES: usize = 64;
/// About the most bytes that an entry of a graph takes.
const ENTRY_BYTES: usize = 8;

/// Maximum number of clauses in front of a forest.
const IN_FRONT: usize = 4_096;
/// Before all clauses, every 64th is tried, then every 16th.
const SAMPLES: [usize; 2] = [64, 16];
/// Samples of fewer clauses are not tried.
const LEAST_SAMPLE: usize = 48;
/// A graph that is estimated to answer within this many nanoseconds is taken without comparison.
const QUICK: f64 = 16.0;

/// The clauses that leads can meet first.
struct Rules<'a> {
    clauses: &'a Clauses,
    /// How many there are.
    count: usize,
    /// The grant of leads that meet none.
    otherwise: u32,
    weights: Weights,
}

impl<'a> Rules<'a> {
    fn of(clauses: &'a Clauses) -> Self {
        // A clause that every lead meets ends the list.
        let all = &clauses.all;
        let end = all.iter().position(Clause::is_always);
        let otherwise = end.and_then(|end| all.get(end));
        Self {
            clauses,
            count: end.unwrap_or(all.len()),
            otherwise: otherwise.map_or(NO_GRANT, |clause| clause.grant),
            weights: Weights::of(clauses),
        }
    }
}

impl CompileOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the memory limit, in bytes: about what the compiled tree may take, while it is compiled as well;
    /// 1 GiB by default. The policy itself, and finding the values that its rules name (some eighty bytes each), are not counted.
    /// What is shortened to fit depends on the budget: near the least that suffices, a little more may be
    /// refused; twice as much is not.
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Compiles into that form; if this is not called, into the one that is estimated to be faster.
    pub fn form(mut self, form: TreeForm) -> Self {
        self.form = Some(form);
        self
    }

    /// How many of the first rules may be compared side by side before all else: at most 128 in the
    /// head of any tree, and at most 4,096 in the front of a forest. Both are the defaults; fewer are
    /// taken where more do not pay. 0 switches off both.
    pub fn in_front(mut self, most: usize) -> Self {
        self.in_front = most.min(IN_FRONT);
        self
    }

    /// Compiles the policy.
    ///
    /// The rules become a graph of questions where that fits a fixed number of steps and entries a
    /// rule and is estimated to be faster, and otherwise a forest: the first rules side by side as
    /// bitmaps, the others in tables, each cut on the axis that narrows its rules most. Both are
    /// linear in the size of the rules, in time and in memory, whatever the rules are.
    ///
    /// # Errors
    /// [`CompileError::BudgetExceeded`] if the rules alone, one by one, need more than the budget;
    /// [`CompileError::GraphTooLarge`] if a graph was asked for and does not fit.
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
                costliest: clauses
                    .costliest()
                    .into_iter()
                    .filter_map(|(grant, _)| policy.grant(grant as usize).source().id().cloned())
                    .collect(),
                dimensions: clauses
                    .costliest_axes()
                    .into_iter()
                    .map(|axis| index.axes.name(axis as usize, policy.dimensions()))
                    .collect(),
            });
        }
        let spare = rest - clauses.bytes;
        let rules = Rules::of(&clauses);
        let (form, first) = self
            .form_of(&rules, policy.grants().count(), spare)
            .ok_or(CompileError::GraphTooLarge)?;
        let position = |grant: u32| grant.min(narrow(policy.otherwise()));
        let head = || {
            Head::of(
                &clauses,
                (rules.count, rules.otherwise),
                self.in_front,
                (&rules.weights, form.time()),
                position,
            )
        };
        let fits = Head::most_bytes(&clauses) <= spare.saturating_sub(form.bytes());
        let head = fits.then(head).flatten();
        let costliest = clauses.costliest();
        let costs = CompileCosts { first, costliest };
        Ok(DecisionTree::new(policy, index.axes, (head, form), costs))
    }

    /// The form that is asked for, or the one that is estimated to be faster; none if a graph is
    /// asked for and does not fit.
    fn form_of(
        self,
        rules: &Rules<'_>,
        grants: usize,
        spare: usize,
    ) -> Option<(CompiledRules, Option<RootSplit>)> {
        let clauses = rules.clauses;
        let options = ForestOptions {
            in_front: self.in_front,
            bytes: spare,
            thresholds: Thresholds::default(),
        };
        let forest = || {
            let numbers = (rules.count, rules.otherwise);
            Forest::of(clauses, numbers, &rules.weights, options)
        };
        if self.form == Some(TreeForm::Forest) {
            return Some((CompiledRules::Forest(forest()), None));
        }
        let graph = graph(clauses, grants, spare);
        match (graph, self.form) {
            (Some((graph, first)), Some(_)) => Some((CompiledRules::Graph(graph), first)),
            (None, Some(_)) => None,
            (None, None) => Some((CompiledRules::Forest(forest()), None)),
            (Some((graph, first)), None) => {
                if graph.time() <= QUICK {
                    return Some((CompiledRules::Graph(graph), first));
                }
                let forest = forest();
                Some(if graph.time() <= forest.time {
                    (CompiledRules::Graph(graph), first)
                } else {
                    (CompiledRules::Forest(forest), None)
                })
            }
        }
    }
}

/// The graph of all clauses, if it stays within its budget.
fn graph(clauses: &Clauses, grants: usize, spare: usize) -> Option<(Graph, Option<RootSplit>)> {
    let count = clauses.all.len();
    let excess = clauses.sets.iter().map(|set| set.excess()).sum();
    let compile = |numbers: StepBy<Range<u32>>, budget| {
        GraphCompiler::compile(clauses, grants, numbers, budget)
    };
    // What a few of the rules blow up, all would.
    for every in SAMPLES
        .into_iter()
        .filter(|every| count / every >= LEAST_SAMPLE)
    {
        let budget = SAMPLE_ALLOWANCE.budget(count / every, excess / every, spare);
        compile((0..narrow(count)).step_by(every), budget)?;
    }
    let budget = ALLOWANCE.budget(count, excess, spare);
    compile((0..narrow(count)).step_by(1), budget)
}

impl Allowance {
    fn budget(&self, clauses: usize, excess: usize, spare: usize) -> CompileBudget {
        let steps = self.steps.of(clauses, excess).min(MOST_STEPS);
        CompileBudget {
            steps: steps.min(spare / STEP_BYTES),
            entries: self.entries.of(clauses, excess).min(spare / ENTRY_BYTES),
        }
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
