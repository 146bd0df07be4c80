//! Compiling rules into a graph, within a budget of steps and entries.
//!
//! A state is the list of clauses that may still apply, in order, each without the limits already
//! known to be met. The state's node asks for the class on the most telling axis; each range of
//! classes that leaves the same clauses leads to the same next state. Equal states are one node,
//! wherever they come up.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use super::alternatives::narrow;
use super::clause::{Clause, Clauses};
use super::graph::{Check, Graph, Target};

/// No path asks more axes than this; longer clauses become checks.
const MOST_QUESTIONS: usize = 48;

/// Compiles clauses into a graph.
pub(super) struct GraphCompiler<'a> {
    clauses: &'a Clauses,
    graph: Graph,
    /// Clauses as they come up, whole or with limits already met left out.
    residues: IndexSet<Clause, FixedState>,
    /// By state: its target.
    known: HashMap<Box<[u32]>, Target, FixedState>,
    budget: Budget,
}

/// What a graph may still use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Steps: writing a clause into a list, looking at a range of classes.
    pub(super) steps: usize,
    /// Entries written into the graph.
    pub(super) entries: usize,
}

impl Budget {
    fn spend(&mut self, steps: usize, entries: usize) -> Result<(), Exhausted> {
        self.steps = self.steps.checked_sub(steps).ok_or(Exhausted)?;
        self.entries = self.entries.checked_sub(entries).ok_or(Exhausted)?;
        Ok(())
    }
}

/// The budget is used up.
struct Exhausted;

impl<'a> GraphCompiler<'a> {
    /// Compiles the clauses into a graph that can lead to so many grants; `None` if the budget does
    /// not suffice.
    pub(super) fn compile(clauses: &'a Clauses, grants: usize, budget: Budget) -> Option<Graph> {
        let mut compiler = Self {
            clauses,
            graph: Graph::new(grants),
            residues: IndexSet::default(),
            known: HashMap::default(),
            budget,
        };
        let mut list = List::default();
        for clause in &clauses.all {
            compiler.push(clause.clone(), &mut list);
        }
        let root = compiler.target(list, 0).ok()?;
        compiler.graph.finish(root);
        Some(compiler.graph)
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
            (true, Some(_)) => self.checks(&list, depth)?,
            (false, _) => self.node(&list, depth)?,
        };
        self.known.insert(list.numbers.into_boxed_slice(), target);
        Ok(target)
    }

    /// The list begins with clauses of which nothing is left but their formulas: these are asked
    /// one by one, and then the rest.
    fn checks(&mut self, list: &List, depth: usize) -> Result<Target, Exhausted> {
        let mut checks = Vec::new();
        for &number in &list.numbers {
            let clause = &self.residues[number as usize];
            match clause.check {
                Some(check) if clause.limits.is_empty() => {
                    checks.push((clause.grant as usize, check as usize));
                }
                _ => break,
            }
        }
        self.budget.spend(checks.len(), checks.len())?;
        let rest = List {
            numbers: list.numbers[checks.len()..].to_vec(),
            closed: list.closed,
        };
        let rest = self.target(rest, depth)?;
        let clauses = self.clauses;
        let ask = |otherwise, (grant, check): (usize, usize)| {
            self.graph.add_check(Check {
                formula: Arc::clone(&clauses.formulas[check]),
                grant,
                otherwise,
            })
        };
        Ok(checks.into_iter().rev().fold(rest, ask))
    }

    fn node(&mut self, list: &List, depth: usize) -> Result<Target, Exhausted> {
        if depth >= MOST_QUESTIONS {
            return Err(Exhausted);
        }
        self.budget.spend(list.numbers.len(), 0)?;
        let Some(cut) = self.best_cut(&list.numbers)? else {
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
        let classes = self.clauses.classes[cut.axis as usize] as usize;
        self.budget
            .spend(0, Graph::entries(classes, targets.len()))?;
        Ok(self
            .graph
            .add_node(cut.axis, narrow(list.numbers.len()), &ends, &targets))
    }

    /// The axis whose answers leave the fewest clauses, on average over its ranges; of equal ones
    /// the first.
    fn best_cut(&mut self, numbers: &[u32]) -> Result<Option<Cut>, Exhausted> {
        let limits = numbers
            .iter()
            .flat_map(|&number| &*self.residues[number as usize].limits);
        let mut limits: Vec<(u32, u32)> = limits.copied().collect();
        limits.sort_unstable();
        let mut best: Option<(f64, Cut)> = None;
        for limits in limits.chunk_by(|(left, _), (right, _)| left == right) {
            let Some(&(axis, _)) = limits.first() else {
                continue;
            };
            // Many clauses share a set, which is looked at once.
            let sets = limits.chunk_by(|left, right| left == right);
            let sets =
                sets.filter_map(|same| Some((same.len(), self.clauses.set(same.first()?.1))));
            let excess: usize = sets.clone().map(|(_, set)| set.excess()).sum();
            self.budget.spend(excess, 0)?;
            let mut starts: Vec<u32> = Vec::new();
            for (_, set) in sets.clone() {
                starts.extend(
                    set.ranges()
                        .iter()
                        .flat_map(|&(first, last)| [first, last + 1]),
                );
            }
            starts.sort_unstable();
            starts.dedup();
            let mut written = 0_usize;
            for (count, set) in sets {
                for &(first, last) in set.ranges() {
                    let from = starts.partition_point(|&start| start < first);
                    let to = starts.partition_point(|&start| start <= last);
                    written += count * (to - from);
                }
            }
            let cut = Cut::new(axis, &starts, self.clauses.classes[axis as usize]);
            let free = numbers.len() - limits.len();
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let left = free as f64 + written as f64 / cut.ends.len() as f64;
            if best.as_ref().is_none_or(|(least, _)| left < *least) {
                best = Some((left, cut));
            }
        }
        Ok(best.map(|(_, cut)| cut))
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
                    self.budget.spend(open, 0)?;
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
                        self.budget.spend(to - from, 0)?;
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
