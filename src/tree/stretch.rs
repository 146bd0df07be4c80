//! Compiling one stretch of rules into a graph, within a budget of work and edges.
//!
//! A state is the list of clauses that may still apply, in order, each without the limits already
//! known to be met. The state's node asks for the class on the most telling axis; each range of
//! classes that leaves the same clauses leads to the same next state. Equal states are one node,
//! wherever they come up.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::{IndexMap, IndexSet};

use super::clause::{Clause, Clauses, narrow};
use super::graph::{Check, Graph, Target};

/// No path asks more axes than this; longer clauses become checks.
const MOST_QUESTIONS: usize = 48;

/// Compiles stretches, one after the other, into one graph.
pub(super) struct StretchCompiler<'a> {
    clauses: &'a Clauses,
    graph: &'a mut Graph,
    /// Clauses as they come up, whole or with limits already met left out.
    residues: IndexSet<Clause, FixedState>,
    /// By state: its target.
    known: HashMap<Box<[u32]>, Target, FixedState>,
    budget: Budget,
}

/// What a stretch may still use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Clauses written into lists.
    pub(super) work: usize,
    /// Targets written into the graph.
    pub(super) edges: usize,
}

/// The budget is used up.
struct Exhausted;

impl<'a> StretchCompiler<'a> {
    /// Compiles the clauses into the graph; `None`, and the graph as it was, if the budget does
    /// not suffice.
    pub(super) fn compile(
        clauses: &'a Clauses,
        stretch: &[Clause],
        graph: &'a mut Graph,
        budget: Budget,
    ) -> Option<Target> {
        let mark = graph.mark();
        let mut compiler = Self {
            clauses,
            graph,
            residues: IndexSet::default(),
            known: HashMap::default(),
            budget,
        };
        let mut list = List::default();
        for clause in stretch {
            compiler.push(clause.clone(), &mut list);
        }
        let root = compiler.target(list, 0).ok();
        if root.is_none() {
            compiler.graph.back_to(mark);
        }
        root
    }

    /// Adds a clause to a list, unless it can no longer come to its turn.
    fn push(&mut self, residue: Clause, list: &mut List) {
        if list.closed {
            return;
        }
        let certain = residue.limits.is_empty() && residue.check.is_none();
        let (number, _) = self.residues.insert_full(residue);
        let number = narrow(number);
        if list.numbers.last() != Some(&number) {
            list.numbers.push(number);
        }
        list.closed = certain;
    }

    fn target(&mut self, list: List, depth: usize) -> Result<Target, Exhausted> {
        let Some(&first) = list.numbers.first() else {
            return Ok(Target::NOTHING);
        };
        if let Some(&known) = self.known.get(&*list.numbers) {
            return Ok(known);
        }
        let first = &self.residues[first as usize];
        let target = match (first.limits.is_empty(), first.check) {
            (true, None) => Target::grant(first.grant as usize),
            (true, Some(check)) => {
                let grant = first.grant as usize;
                let formula = self.clauses.formulas[check as usize].clone();
                let rest = List {
                    numbers: list.numbers[1..].to_vec(),
                    closed: list.closed,
                };
                self.spend(1, 1)?;
                let otherwise = self.target(rest, depth)?;
                self.graph.add_check(Check {
                    formula,
                    grant,
                    otherwise,
                })
            }
            (false, _) => self.node(&list, depth)?,
        };
        self.known.insert(list.numbers.into_boxed_slice(), target);
        Ok(target)
    }

    fn spend(&mut self, work: usize, edges: usize) -> Result<(), Exhausted> {
        self.budget.work = self.budget.work.checked_sub(work).ok_or(Exhausted)?;
        self.budget.edges = self.budget.edges.checked_sub(edges).ok_or(Exhausted)?;
        Ok(())
    }

    fn node(&mut self, list: &List, depth: usize) -> Result<Target, Exhausted> {
        if depth >= MOST_QUESTIONS {
            return Err(Exhausted);
        }
        self.spend(list.numbers.len(), 0)?;
        let Some(cut) = self.best_cut(&list.numbers) else {
            return Ok(Target::NOTHING);
        };
        let lists = self.children(list, &cut)?;
        // Ranges that leave the same clauses are one.
        let mut ends: Vec<u32> = Vec::with_capacity(lists.len());
        let mut targets: Vec<Target> = Vec::with_capacity(lists.len());
        for (list, &end) in lists.into_iter().zip(&cut.ends) {
            let target = self.target(list, depth + 1)?;
            if targets.last() == Some(&target) {
                ends.pop();
            } else {
                targets.push(target);
            }
            ends.push(end);
        }
        if let [only] = *targets {
            return Ok(only);
        }
        self.spend(0, targets.len())?;
        Ok(self
            .graph
            .add_node(cut.axis, narrow(list.numbers.len()), &ends, &targets))
    }

    /// The axis whose answers leave the fewest clauses, on average over its ranges; of equal ones
    /// the first.
    fn best_cut(&self, numbers: &[u32]) -> Option<Cut> {
        let mut axes: IndexMap<u32, Covered, FixedState> = IndexMap::default();
        for &number in numbers {
            for &(axis, set) in &self.residues[number as usize].limits {
                let covered = axes.entry(axis).or_default();
                covered.limited += 1;
                for &(first, last) in self.clauses.set(set).ranges() {
                    covered.starts.push(first);
                    covered.starts.push(last + 1);
                }
            }
        }
        let mut best: Option<(f64, Cut)> = None;
        for (axis, mut covered) in axes {
            covered.starts.sort_unstable();
            covered.starts.dedup();
            let mut written = 0_usize;
            for &number in numbers {
                let limits = &self.residues[number as usize].limits;
                if let Ok(position) = limits.binary_search_by_key(&axis, |&(axis, _)| axis) {
                    for &(first, last) in self.clauses.set(limits[position].1).ranges() {
                        let from = covered.starts.partition_point(|&start| start < first);
                        let to = covered.starts.partition_point(|&start| start <= last);
                        written += to - from;
                    }
                }
            }
            let cut = Cut::new(axis, &covered.starts, self.clauses.classes[axis as usize]);
            let free = numbers.len() - covered.limited;
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let left = free as f64 + written as f64 / cut.ends.len() as f64;
            if best.as_ref().is_none_or(|(least, _)| left < *least) {
                best = Some((left, cut));
            }
        }
        best.map(|(_, cut)| cut)
    }

    /// What is left of the list in each range of the cut.
    fn children(&mut self, list: &List, cut: &Cut) -> Result<Vec<List>, Exhausted> {
        let mut lists = vec![List::default(); cut.ends.len()];
        let mut open = lists.len();
        for &number in &list.numbers {
            let clause = &self.residues[number as usize];
            match clause
                .limits
                .binary_search_by_key(&cut.axis, |&(axis, _)| axis)
            {
                Err(_) => {
                    self.spend(open, 0)?;
                    let clause = self.residues[number as usize].clone();
                    for list in &mut lists {
                        let was_closed = list.closed;
                        self.push(clause.clone(), list);
                        open -= usize::from(list.closed && !was_closed);
                    }
                }
                Ok(position) => {
                    let set = clause.limits[position].1;
                    let mut limits = clause.limits.to_vec();
                    limits.remove(position);
                    let residue = Clause {
                        limits: limits.into(),
                        ..clause.clone()
                    };
                    let clauses = self.clauses;
                    for &(first, last) in clauses.set(set).ranges() {
                        let from = cut.ends.partition_point(|&end| end < first);
                        let to = cut.ends.partition_point(|&end| end <= last);
                        self.spend(to - from, 0)?;
                        for list in lists.get_mut(from..to).unwrap_or_default() {
                            let was_closed = list.closed;
                            self.push(residue.clone(), list);
                            open -= usize::from(list.closed && !was_closed);
                        }
                    }
                }
            }
            if open == 0 {
                break;
            }
        }
        Ok(lists)
    }
}

/// The clauses of a state.
#[derive(Debug, Clone, Default)]
struct List {
    numbers: Vec<u32>,
    /// The last clause applies for certain, so nothing after it matters.
    closed: bool,
}

#[derive(Default)]
struct Covered {
    limited: usize,
    starts: Vec<u32>,
}

/// An axis in ranges of classes that no clause of a list tells apart.
struct Cut {
    axis: u32,
    /// The last class of each range.
    ends: Vec<u32>,
}

impl Cut {
    fn new(axis: u32, starts: &[u32], classes: u32) -> Self {
        let ends = starts.iter().filter(|&&start| start > 0 && start < classes);
        Self {
            axis,
            ends: ends.map(|start| start - 1).chain([classes - 1]).collect(),
        }
    }
}
