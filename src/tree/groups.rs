//! Rules that share too little for a graph with one root, in a graph with several: a root for each
//! group of rules that limit the same axes, and where need be by values of the same level.
//!
//! Wide ranges around narrow ones are what makes graphs grow: every narrow one repeats whatever the
//! wide ones around it say. So a group that would grow too large is split by whether its rules
//! limit an axis, and then into levels, in each of which no value lies within another. Not every
//! group is of interest to every lead: bitmaps by class tell which have rules that allow it.
//! (Pruned tuple space search: Srinivasan, Suri and Varghese 1999.)

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::clause::Clauses;
use super::digits::Digits;
use super::graph::{Classes, DIMENSIONS, Graph};
use super::graph_compiler::{Budget, GraphCompiler};
use super::target::{NO_GRANT, Target};
use super::trace::Traced;

/// Groups, at the most: one bit each.
const MOST: usize = u64::BITS as usize;
/// Rules may be split by so many axes, those with most values first.
const WIDE_AXES: usize = 3;
/// Levels of an axis; what overlaps even so comes into the last.
const MOST_LEVELS: usize = 8;
/// Groups of fewer clauses are not split any more.
const FEW: usize = 32;
/// Steps and entries that a group's graph may take: so many, and so many a clause.
const STEPS: (usize, usize) = (1 << 12, 128);
const ENTRIES: (usize, usize) = (1 << 13, 224);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Groups {
    graph: Graph,
    /// By group, in the order of their first grants.
    roots: Vec<Root>,
    /// By dimension and class: a bitmap of the groups whose rules allow it.
    gates: [Vec<u64>; DIMENSIONS],
}

#[derive(Debug, Clone, PartialEq)]
struct Root {
    target: Target,
    first_grant: u32,
}

/// What groups need to know of a lead.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct LeadInGroups {
    /// The groups with rules that may apply.
    open: u64,
    pub(super) digits: Digits,
}

/// So many walks go on side by side.
const TOGETHER: usize = 8;

impl Groups {
    /// No groups.
    pub(super) fn none(compiler: GraphCompiler<'_>) -> Self {
        Self {
            graph: compiler.finish(),
            roots: Vec::new(),
            gates: Default::default(),
        }
    }

    /// The groups of the clauses of those numbers, and the clauses that do not fit any.
    pub(super) fn of(
        clauses: &Clauses,
        numbers: &[u32],
        compiler: GraphCompiler<'_>,
    ) -> (Self, Vec<u32>) {
        let mut grouping = Grouping {
            clauses,
            compiler,
            groups: Vec::new(),
            others: Vec::new(),
        };
        let splits = splits(clauses, numbers);
        grouping.add(numbers.to_vec(), &splits);
        let Grouping {
            compiler,
            mut groups,
            mut others,
            ..
        } = grouping;
        groups.sort_by_key(|(_, numbers)| numbers.first().copied());
        for (_, numbers) in groups.drain(MOST.min(groups.len())..) {
            others.extend(numbers);
        }
        others.sort_unstable();
        let gates = std::array::from_fn(|axis| gate(clauses, &groups, axis));
        let roots = groups.iter().map(|&(target, ref numbers)| {
            let first = numbers.first().and_then(|&it| clauses.all.get(it as usize));
            let first_grant = first.map_or(NO_GRANT, |clause| clause.grant);
            Root {
                target,
                first_grant,
            }
        });
        let groups = Self {
            graph: compiler.finish(),
            roots: roots.collect(),
            gates,
        };
        (groups, others)
    }

    /// What the lead's classes tell.
    #[inline]
    pub(super) fn lead(&self, classes: &Classes) -> LeadInGroups {
        let gates = self.gates.iter().zip(classes);
        let open =
            gates.map(|(gate, &class)| gate.get(class as usize).copied().unwrap_or(u64::MAX));
        LeadInGroups {
            digits: self.graph.digits(classes),
            open: open.fold(u64::MAX, |all, open| all & open),
        }
    }

    /// The first grant of all groups whose rule applies.
    #[inline]
    pub(super) fn first(&self, lead: &LeadInGroups, class: &impl Fn(usize) -> u32) -> u32 {
        let mut first = NO_GRANT;
        let mut open = lead.open;
        while open != 0 {
            let mut targets = [Target::NOTHING; TOGETHER];
            for target in &mut targets {
                let root = self.roots.get(open.trailing_zeros() as usize);
                match root {
                    Some(root) if root.first_grant < first => *target = root.target,
                    // The groups behind it have no earlier grant.
                    _ => {
                        open = 0;
                        break;
                    }
                }
                open &= open - 1;
            }
            for target in self.graph.walk_all(targets, &lead.digits) {
                let grant = self.graph.end(target, &lead.digits, class);
                first = first.min(grant);
            }
        }
        first
    }

    /// The same; tells of each step.
    pub(super) fn trace(
        &self,
        lead: &LeadInGroups,
        class: &impl Fn(usize) -> u32,
        tell: &mut impl FnMut(Traced),
    ) -> u32 {
        let mut first = NO_GRANT;
        for (number, root) in self.roots.iter().enumerate() {
            if lead.open >> number & 1 == 1 && root.first_grant < first {
                let grant = self.graph.trace(root.target, &lead.digits, class, tell);
                first = first.min(grant);
            }
        }
        first
    }

    pub(super) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.roots.len()
    }

    /// About how many bytes they take, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        let gates = self.gates.iter().map(|gate| size_of_val(&**gate));
        self.graph.bytes() + size_of_val(&*self.roots) + gates.sum::<usize>()
    }
}

/// For each class of a dimension the groups with rules that allow it.
fn gate(clauses: &Clauses, groups: &[(Target, Vec<u32>)], axis: usize) -> Vec<u64> {
    let classes = clauses.classes.get(axis).map_or(0, |&it| it as usize);
    let mut gate = vec![0_u64; classes];
    for (group, (_, numbers)) in groups.iter().enumerate() {
        // Where rules begin and cease to allow the classes.
        let mut turns = vec![0_i32; classes + 1];
        for &number in numbers {
            match clauses.limit(number, axis) {
                None => {
                    turns[0] += 1;
                    turns[classes] -= 1;
                }
                Some(set) => {
                    for &(first, last) in clauses.set(set).ranges() {
                        turns[first as usize] += 1;
                        turns[last as usize + 1] -= 1;
                    }
                }
            }
        }
        let mut rules = 0;
        for (gate, turn) in gate.iter_mut().zip(turns) {
            rules += turn;
            *gate |= u64::from(rules > 0) << group;
        }
    }
    gate
}

/// How a group can be split.
enum Split {
    /// By whether its rules limit the axis.
    Limited(usize),
    /// By the level of the axis on which its rules' values lie.
    Levels(usize, HashMap<u32, usize, FixedState>),
}

/// The ways to split, in their order.
fn splits(clauses: &Clauses, numbers: &[u32]) -> Vec<Split> {
    let mut sets: Vec<(u32, u32)> = numbers
        .iter()
        .flat_map(|&number| clauses.all[number as usize].limits.iter().copied())
        .collect();
    sets.sort_unstable();
    sets.dedup();
    let mut wide: Vec<&[(u32, u32)]> = sets
        .chunk_by(|(left, _), (right, _)| left == right)
        .collect();
    wide.sort_by_key(|sets| std::cmp::Reverse(sets.len()));
    wide.truncate(WIDE_AXES);
    let axis = |sets: &[(u32, u32)]| sets.first().map_or(0, |&(axis, _)| axis as usize);
    let limited = wide.iter().map(|sets| Split::Limited(axis(sets)));
    let levels = wide
        .iter()
        .map(|sets| Split::Levels(axis(sets), levels(clauses, sets)));
    limited.chain(levels).collect()
}

/// Puts the sets on levels, the widest first, so that no two of a level overlap.
fn levels(clauses: &Clauses, sets: &[(u32, u32)]) -> HashMap<u32, usize, FixedState> {
    let hull = |set: u32| {
        let ranges = clauses.set(set).ranges();
        let first = ranges.first().map_or(0, |&(first, _)| first);
        (first, ranges.last().map_or(first, |&(_, last)| last))
    };
    let mut sets: Vec<u32> = sets.iter().map(|&(_, set)| set).collect();
    sets.sort_by_key(|&set| {
        let (first, last) = hull(set);
        (std::cmp::Reverse(last - first), first)
    });
    let mut taken: Vec<BTreeMap<u32, u32>> = vec![BTreeMap::new(); MOST_LEVELS];
    let mut levels = HashMap::default();
    for set in sets {
        let (first, last) = hull(set);
        let is_free = |taken: &BTreeMap<u32, u32>| {
            let before = taken.range(..=last).next_back();
            before.is_none_or(|(_, &last)| last < first)
        };
        let level = taken.iter().position(is_free).unwrap_or(MOST_LEVELS - 1);
        taken[level].insert(first, last);
        levels.insert(set, level);
    }
    levels
}

struct Grouping<'a> {
    clauses: &'a Clauses,
    compiler: GraphCompiler<'a>,
    groups: Vec<(Target, Vec<u32>)>,
    others: Vec<u32>,
}

impl Grouping<'_> {
    /// Adds the clauses as a group, or splits them.
    fn add(&mut self, numbers: Vec<u32>, splits: &[Split]) {
        let Some((split, others)) = splits.split_first() else {
            if !self.compile(&numbers) {
                self.others.extend(numbers);
            }
            return;
        };
        // All clauses were tried before there were any groups.
        if !matches!(split, Split::Limited(_)) && self.compile(&numbers) {
            return;
        }
        let mut parts: IndexMap<Option<usize>, Vec<u32>, FixedState> = IndexMap::default();
        for number in numbers {
            let part = match split {
                Split::Limited(axis) => self.clauses.limit(number, *axis).map(|_| 0),
                Split::Levels(axis, levels) => {
                    let set = self.clauses.limit(number, *axis);
                    set.and_then(|set| levels.get(&set).copied())
                }
            };
            parts.entry(part).or_default().push(number);
        }
        for part in parts.into_values() {
            if part.len() <= FEW {
                self.add(part, &[]);
            } else {
                self.add(part, others);
            }
        }
    }

    fn compile(&mut self, numbers: &[u32]) -> bool {
        let budget = Budget {
            steps: STEPS.0 + STEPS.1 * numbers.len(),
            entries: ENTRIES.0 + ENTRIES.1 * numbers.len(),
        };
        let root = self.compiler.add(numbers.iter().copied(), budget);
        if let Some(root) = root {
            self.groups.push((root, numbers.to_vec()));
        }
        root.is_some()
    }
}
