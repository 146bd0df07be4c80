//! Compiling rules into a graph, within a budget of steps and entries.
//!
//! A state is the list of clauses that may still apply, in order, each without the limits already
//! known to be met. The state's node asks for the class on the most telling axis; each range of
//! classes that leaves the same clauses leads to the same next state. Equal states are one node,
//! wherever they come up.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::cut::{AxisCut, Cutter};
use super::graph::{Check, Graph};
use super::jump::Jump;
use super::residue::Residues;
use super::table::{Branches, Tables};
use crate::space::{Clauses, DIMENSIONS, narrow};
use crate::tree::lookup::key::Radix;

/// No path asks more axes than this; longer clauses become checks.
const MOST_QUESTIONS: usize = 48;

/// Compiles clauses into a graph.
pub(crate) struct GraphCompiler<'a> {
    clauses: &'a Clauses,
    graph: Graph,
    tables: Tables,
    residues: Residues<'a>,
    /// By state: its way on.
    known: HashMap<Box<[u32]>, Way, FixedState>,
    cutter: Cutter,
    budget: CompileBudget,
    /// What the root asks.
    first: Option<RootSplit>,
    /// Memory to be used again.
    spare: Vec<Branching>,
}

/// A target, and how far it is from there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Way {
    target: Jump,
    /// The most steps until a leaf, or what is no dimension.
    steps: u32,
    /// The most questions to the end.
    questions: u32,
}

impl Way {
    fn end(target: Jump) -> Self {
        Self {
            target,
            steps: 0,
            questions: 0,
        }
    }
}

/// What is asked first, and what that leaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RootSplit {
    pub(crate) axis: u32,
    pub(crate) clauses: usize,
    pub(crate) ranges: usize,
    /// How many clauses, on average over the ranges.
    pub(crate) left: f64,
}

/// What a graph may still use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CompileBudget {
    /// Steps: writing a clause into a list, looking at a range of classes.
    pub(crate) steps: usize,
    /// Entries written into the graph.
    pub(crate) entries: usize,
}

impl CompileBudget {
    fn spend(&mut self, steps: usize, entries: usize) -> Result<(), Exhausted> {
        self.steps = self.steps.checked_sub(steps).ok_or(Exhausted)?;
        self.entries = self.entries.checked_sub(entries).ok_or(Exhausted)?;
        Ok(())
    }
}

/// The budget is used up.
struct Exhausted;

impl<'a> GraphCompiler<'a> {
    /// The graph of the clauses of those numbers, in order, which lead to one of `grants` grants, and what
    /// it asks first. None if the budget does not suffice.
    pub(crate) fn compile(
        clauses: &'a Clauses,
        grants: usize,
        numbers: impl IntoIterator<Item = u32>,
        budget: CompileBudget,
    ) -> Option<(Graph, Option<RootSplit>)> {
        let radix = Radix::of(&clauses.classes);
        let mut compiler = Self {
            clauses,
            graph: Graph::new(grants, radix),
            tables: Tables::new(radix),
            residues: Residues::new(clauses),
            known: HashMap::default(),
            cutter: Cutter::new(clauses),
            budget,
            first: None,
            spare: Vec::new(),
        };
        let mut list = Vec::new();
        for number in numbers {
            compiler.budget.spend(1, 0).ok()?;
            let number = compiler.residues.whole(number)?;
            list.push(number);
            if compiler.residues.is_certain(number) {
                break;
            }
        }
        list.dedup();
        let way = compiler.way(&list, 0).ok()?;
        let mut graph = compiler.graph;
        graph.finish(way.target, way.steps, way.questions);
        Some((graph, compiler.first))
    }

    fn way(&mut self, list: &[u32], depth: usize) -> Result<Way, Exhausted> {
        let Some(&first) = list.first() else {
            return Ok(Way::end(Jump::NOTHING));
        };
        if self.residues.is_certain(first) {
            let grant = self.residues.clause(first).grant;
            return Ok(Way::end(Jump::grant(grant as usize)));
        }
        if let Some(&known) = self.known.get(list) {
            return Ok(known);
        }
        let way = if self.residues.is_unlimited(first) {
            self.checks(list, depth)?
        } else {
            self.node(list, depth)?
        };
        self.known.insert(list.into(), way);
        Ok(way)
    }

    /// The list begins with clauses of which nothing is left but their formulas: these are asked
    /// one by one, and then the rest.
    fn checks(&mut self, list: &[u32], depth: usize) -> Result<Way, Exhausted> {
        let mut checks = Vec::new();
        for &number in list {
            let clause = self.residues.clause(number);
            match clause.check {
                Some(check) if self.residues.is_unlimited(number) => {
                    checks.push((clause.grant as usize, check as usize));
                }
                _ => break,
            }
        }
        self.budget.spend(checks.len(), 6 * checks.len())?;
        let rest = list.get(checks.len()..).unwrap_or_default();
        let rest = self.way(rest, depth)?;
        self.check_room(2 * checks.len())?;
        let clauses = self.clauses;
        let questions = rest.questions + u32::try_from(checks.len()).unwrap_or(u32::MAX / 2);
        let ask = |otherwise, (grant, check): (usize, usize)| {
            self.graph.add_check(Check {
                formula: Arc::clone(&clauses.formulas[check]),
                grant,
                otherwise,
            })
        };
        Ok(Way {
            target: checks.into_iter().rev().fold(rest.target, ask),
            steps: 0,
            questions,
        })
    }

    /// Whatever the budget, a target can lead only so far.
    fn check_room(&self, entries: usize) -> Result<(), Exhausted> {
        if self.graph.has_room(entries) {
            Ok(())
        } else {
            Err(Exhausted)
        }
    }

    fn node(&mut self, list: &[u32], depth: usize) -> Result<Way, Exhausted> {
        if depth >= MOST_QUESTIONS {
            return Err(Exhausted);
        }
        let mut branching = self.spare.pop().unwrap_or_default();
        let way = self.branch(list, depth, &mut branching);
        self.spare.push(branching);
        way
    }

    fn branch(
        &mut self,
        list: &[u32],
        depth: usize,
        Branching {
            cut,
            children,
            child,
            ends,
            targets,
        }: &mut Branching,
    ) -> Result<Way, Exhausted> {
        let budget = &mut self.budget;
        budget.spend(list.len(), 0)?;
        let spend = |steps| budget.spend(steps, 0);
        self.cutter
            .find(self.clauses, &self.residues, list, cut, spend)?;
        if depth == 0 {
            self.first = Some(RootSplit {
                axis: cut.axis,
                clauses: list.len(),
                ranges: cut.ends.len(),
                left: cut.left,
            });
        }
        children.begin(self, list, cut)?;
        // Ranges that leave the same clauses are one.
        ends.clear();
        targets.clear();
        let (mut steps, mut questions) = (0, 0);
        for &end in &cut.ends {
            children.next(self, child)?;
            let way = self.way(child, depth + 1)?;
            steps = steps.max(way.steps);
            questions = questions.max(way.questions);
            if targets.last() == Some(&way.target) {
                ends.pop();
            } else {
                targets.push(way.target);
            }
            ends.push(end);
        }
        if let [target] = **targets {
            return Ok(Way {
                target,
                steps,
                questions,
            });
        }
        let candidates = list.len();
        questions += 1;
        if cut.axis as usize >= DIMENSIONS {
            self.budget.spend(0, 2 * targets.len() + 8)?;
            self.check_room(targets.len() + 2)?;
            return Ok(Way {
                target: self.graph.add_ranges(cut.axis, candidates, ends, targets),
                steps: 0,
                questions,
            });
        }
        let cases = Branches {
            axis: cut.axis,
            ends,
            targets,
        };
        let entries = self.tables.entries(cases);
        self.budget.spend(0, entries)?;
        self.check_room(entries)?;
        let (target, own_steps) = self.tables.add(&mut self.graph, cases, candidates);
        Ok(Way {
            target,
            steps: steps + own_steps,
            questions,
        })
    }
}

/// What a node is made of.
#[derive(Debug, Default)]
struct Branching {
    cut: AxisCut,
    children: RangeResidues,
    child: Vec<u32>,
    ends: Vec<u32>,
    targets: Vec<Jump>,
}

/// What is left of a list in one range of a cut after the other.
#[derive(Debug, Default)]
struct RangeResidues {
    /// By place in the list: what is left of the clause.
    residues: Vec<u32>,
    /// The places whose clauses allow the present range.
    allowed: Vec<u64>,
    /// By range: where its turns end.
    ends: Vec<u32>,
    /// The places whose clauses begin or cease to allow a range, in the order of the ranges.
    turns: Vec<u32>,
    /// Turns as pairs of range and place, before they are sorted by range.
    unsorted: Vec<(u32, u32)>,
    range: usize,
}

impl RangeResidues {
    fn begin(
        &mut self,
        compiler: &mut GraphCompiler<'_>,
        list: &[u32],
        cut: &AxisCut,
    ) -> Result<(), Exhausted> {
        let clauses = compiler.clauses;
        self.range = 0;
        self.residues.clear();
        self.allowed.clear();
        self.allowed.resize(list.len().div_ceil(64), 0);
        self.unsorted.clear();
        self.ends.clear();
        self.ends.resize(cut.ends.len() + 1, 0);
        for (place, &number) in (0_u32..).zip(list) {
            let Some((set, shorter)) = compiler.residues.without(number, cut.axis) else {
                self.residues.push(number);
                self.flip(place);
                continue;
            };
            self.residues.push(shorter);
            let ranges = clauses.set(set).ranges();
            compiler.budget.spend(ranges.len(), 0)?;
            for &(first, last) in ranges {
                for range in [cut.range(first), cut.range(last + 1)] {
                    self.ends[range] += 1;
                    self.unsorted.push((narrow(range), place));
                }
            }
        }
        // Sorted by counting: first where each range's turns begin, then where they end.
        let mut end = 0;
        for count in &mut self.ends {
            end += std::mem::replace(count, end);
        }
        self.turns.clear();
        self.turns.resize(self.unsorted.len(), 0);
        for &(range, place) in &self.unsorted {
            let next = &mut self.ends[range as usize];
            self.turns[*next as usize] = place;
            *next += 1;
        }
        Ok(())
    }

    fn flip(&mut self, place: u32) {
        if let Some(word) = self.allowed.get_mut(place as usize / 64) {
            *word ^= 1 << (place % 64);
        }
    }

    /// The list of the next range.
    fn next(
        &mut self,
        compiler: &mut GraphCompiler<'_>,
        list: &mut Vec<u32>,
    ) -> Result<(), Exhausted> {
        let begin = self.range.checked_sub(1).map_or(0, |last| self.ends[last]);
        for turn in begin..self.ends[self.range] {
            self.flip(self.turns[turn as usize]);
        }
        self.range += 1;
        list.clear();
        let mut words = 0;
        'list: for (word, &allowed) in self.allowed.iter().enumerate() {
            let mut allowed = allowed;
            while allowed != 0 {
                let place = word * 64 + allowed.trailing_zeros() as usize;
                allowed &= allowed - 1;
                let residue = self.residues[place];
                if list.last() != Some(&residue) {
                    list.push(residue);
                }
                // Nothing after it can come to its turn.
                if compiler.residues.is_certain(residue) {
                    break 'list;
                }
            }
            words = word;
        }
        compiler.budget.spend(list.len() + words / 8, 0)
    }
}
