//! Figures of a tree: what it is made of, and where it costs.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::compiled_rules::{CompiledRules, TreeForm};
use super::decision_tree::DecisionTree;
use super::head::Head;
use crate::id::RuleId;
use crate::space::LeadOfClasses;

/// How many made-up leads the mean depth is taken over.
const SAMPLE: u64 = 1_024;

/// Figures of a tree.
///
/// ```
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, customer_size};
/// use leadtree::team::Team;
/// use leadtree::tree::DecisionTree;
///
/// let policy = PolicyDraft::new()
///     .team(Team::new("partners").member("m-01"))
///     .rule(Rule::new("small").when(customer_size().at_most(50)).assign_to("partners"))
///     .build()?;
/// let stats = DecisionTree::compile(&policy)?.stats();
/// assert_eq!((stats.nodes, stats.depth), (1, 1));
/// assert_eq!(
///     stats.first.unwrap().to_string(),
///     "customer_size: of 1 clauses it leaves 0.3 on average over 3 ranges of answers",
/// );
/// assert_eq!(stats.costliest[0].rule, "small");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TreeStats {
    /// What the rules are compiled into.
    pub form: TreeForm,
    /// How many nodes a graph has, those included that ask a whole condition; 0 for a forest.
    pub nodes: usize,
    /// How many edges a graph has; 0 for a forest.
    pub edges: usize,
    /// The most questions on any path of a graph; 0 for a forest.
    pub depth: usize,
    /// How many questions, checks and looks it takes on average, over a fixed sample of leads
    /// whose classes are equally frequent.
    pub mean_depth: f64,
    /// How many clauses stand side by side as bitmaps before all else, in the head of the tree or in the
    /// front of a forest.
    pub in_front: usize,
    /// How many tables of bitmaps a forest has behind its front.
    pub tables: usize,
    /// How many cells these tables have together.
    pub cells: usize,
    /// About how many bytes the tree takes, its formulas and tables of values aside.
    pub bytes: usize,
    /// What is asked first; none where rules stand side by side first.
    pub first: Option<FirstQuestion>,
    /// The rules that take most memory while they are compiled, costliest first, ten at most.
    pub costliest: Vec<RuleCost>,
}

/// What is asked first, and why.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FirstQuestion {
    /// The dimension or attribute.
    pub question: String,
    /// How many clauses there are. A rule with alternatives has several.
    pub clauses: usize,
    /// How many ranges of answers the clauses tell apart.
    pub ranges: usize,
    /// How many clauses an answer leaves, on average over the ranges; no other question leaves
    /// fewer.
    pub left: f64,
}

impl fmt::Display for FirstQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: of {} clauses it leaves {:.1} on average over {} ranges of answers",
            self.question, self.clauses, self.left, self.ranges
        )
    }
}

/// What a rule costs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleCost {
    /// The rule.
    pub rule: RuleId,
    /// About how many bytes its clauses take while the rules are compiled.
    pub bytes: usize,
}

impl DecisionTree {
    /// What the rules were compiled into.
    pub fn form(&self) -> TreeForm {
        self.form.form()
    }

    /// Figures of the tree. Linear in its size; the mean depth takes some thousand decisions besides.
    pub fn stats(&self) -> TreeStats {
        let costliest = self.costs.costliest.iter().filter_map(|&(grant, bytes)| {
            let rule = self.policy().grant(grant as usize).source().id()?.clone();
            Some(RuleCost { rule, bytes })
        });
        let mut stats = TreeStats {
            form: self.form(),
            nodes: 0,
            edges: 0,
            depth: 0,
            mean_depth: self.mean_depth(),
            in_front: self.head.as_ref().map_or(0, Head::len),
            tables: 0,
            cells: 0,
            bytes: self.form.bytes() + self.head.as_ref().map_or(0, Head::bytes),
            first: self.costs.first.map(|first| FirstQuestion {
                question: self.axis_name(first.axis as usize),
                clauses: first.clauses,
                ranges: first.ranges,
                left: first.left,
            }),
            costliest: costliest.collect(),
        };
        match &self.form {
            CompiledRules::Graph(graph) => {
                stats.nodes = graph.len();
                stats.edges = graph.edges();
                stats.depth = graph.depth as usize;
            }
            CompiledRules::Forest(forest) => {
                stats.in_front = stats.in_front.max(forest.in_front());
                (stats.tables, stats.cells) = forest.tables();
            }
        }
        stats
    }

    fn mean_depth(&self) -> f64 {
        let mut steps = 0_u32;
        for number in 0..SAMPLE {
            let class = |axis: usize| {
                let random = xxh3_64_with_seed(&number.to_le_bytes(), axis as u64);
                let classes = u64::from(self.axes().classes(axis)).max(1);
                u32::try_from(random % classes).unwrap_or_default()
            };
            let classes = std::array::from_fn(class);
            let lead = LeadOfClasses::new(class);
            self.form
                .trace(&self.form.key(&classes), &lead, &mut |_| steps += 1);
        }
        f64::from(steps) / f64::from(u32::try_from(SAMPLE).unwrap_or(u32::MAX))
    }
}

impl fmt::Display for TreeStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} in front, {} tables of {} cells, {} nodes, {} edges, depth {} (mean {:.1}), {} bytes",
            self.form,
            self.in_front,
            self.tables,
            self.cells,
            self.nodes,
            self.edges,
            self.depth,
            self.mean_depth,
            self.bytes,
        )?;
        match &self.first {
            Some(first) => write!(f, "; first asks for {first}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DecisionTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecisionTree")
            .field("form", &self.form())
            .field("grants", &self.policy().grants().count())
            .field("bytes", &self.form.bytes())
            .finish_non_exhaustive()
    }
}
