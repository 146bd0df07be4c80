//! Boxes in a packed tree: sixteen that lie near each other in a box around them, and so on. Only
//! what a box contains can be met, so most are passed over unseen. (Guttman 1984; packed bottom-up
//! as by Roussopoulos and Leifker 1985.)

use std::ops::Range;
use std::sync::Arc;

use super::alternatives::narrow;
use super::bounds::{Bounds, Lanes, Point};
use super::clause::{Clause, Clauses};
use super::formula::Formula;
use super::target::NO_GRANT;

/// So many boxes are looked at together.
const FAN: usize = 16;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct BoxTree {
    lanes: Lanes,
    /// The lowest level are the clauses.
    leaves: Vec<Bounds>,
    entries: Vec<Entry>,
    /// The levels above them, the lowest first.
    levels: Vec<Level>,
}

/// Boxes around those of the level below.
#[derive(Debug, Clone, Default, PartialEq)]
struct Level {
    bounds: Vec<Bounds>,
    children: Vec<Children>,
}

/// What a box is around.
#[derive(Debug, Clone, PartialEq)]
struct Children {
    begin: u32,
    count: u32,
    /// The first grant of all inside.
    first_grant: u32,
}

/// A clause and what its box leaves to ask.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    grant: u32,
    check: Option<Arc<Formula>>,
}

/// A part of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Branch {
    /// How many levels are below.
    height: u32,
    begin: u32,
    end: u32,
    /// The first grant of all inside.
    pub(super) first_grant: u32,
    /// How many clauses are inside.
    pub(super) len: u32,
}

impl BoxTree {
    pub(super) fn new(clauses: &Clauses) -> Self {
        Self {
            lanes: Lanes::of(clauses),
            leaves: Vec::new(),
            entries: Vec::new(),
            levels: Vec::new(),
        }
    }

    /// Where the lead stands.
    #[inline]
    pub(super) fn point(&self, class: &impl Fn(usize) -> u32) -> Point {
        self.lanes.point(class)
    }

    /// Adds clauses as a branch of their own. Their limits on `known_axis` are known to be met.
    pub(super) fn add(
        &mut self,
        clauses: &Clauses,
        numbers: &[u32],
        known_axis: Option<u32>,
    ) -> Branch {
        let mut numbers: Vec<u32> = numbers.to_vec();
        let first_grant = numbers.iter().min();
        let first_grant = first_grant.map(|&number| clauses.all[number as usize].grant);
        let place = |&number: &u32| nearness(clauses, &clauses.all[number as usize], known_axis);
        numbers.sort_by_cached_key(place);
        let first_leaf = self.leaves.len();
        for near in numbers.chunks_mut(FAN) {
            // The first to be met is the first in order.
            near.sort_unstable();
            for &number in &*near {
                self.add_leaf(clauses, number, known_axis);
            }
        }
        let mut children = first_leaf..self.leaves.len();
        let mut height = 0;
        while children.len() > FAN {
            children = self.add_level(height, children);
            height += 1;
        }
        Branch {
            height: narrow(height),
            begin: narrow(children.start),
            end: narrow(children.end),
            first_grant: first_grant.unwrap_or(NO_GRANT),
            len: narrow(numbers.len()),
        }
    }

    fn add_leaf(&mut self, clauses: &Clauses, number: u32, known_axis: Option<u32>) {
        let clause = &clauses.all[number as usize];
        let is_told =
            |limit: (u32, u32)| Some(limit.0) == known_axis || self.lanes.tells(clauses, limit);
        let check = clauses.rest(clause, is_told);
        self.leaves.push(self.lanes.bounds(clauses, &clause.limits));
        self.entries.push(Entry {
            grant: clause.grant,
            check,
        });
    }

    /// Boxes around those of a level; where the new ones stand.
    fn add_level(&mut self, height: usize, children: Range<usize>) -> Range<usize> {
        let starts = children.clone().step_by(FAN);
        let level: Vec<(Bounds, Children)> = starts
            .map(|begin| {
                let end = (begin + FAN).min(children.end);
                let around = |all: Bounds, one: &Bounds| all.around(one);
                let bounds = &self.bounds_of(height)[begin..end];
                let first_grants = (begin..end).map(|child| self.first_grant(height, child));
                let inside = Children {
                    begin: narrow(begin),
                    count: narrow(end - begin),
                    first_grant: first_grants.min().unwrap_or(NO_GRANT),
                };
                let bounds = bounds[1..].iter().fold(bounds[0], around);
                (bounds, inside)
            })
            .collect();
        if self.levels.len() <= height {
            self.levels.push(Level::default());
        }
        let above = &mut self.levels[height];
        let begin = above.bounds.len();
        for (bounds, inside) in level {
            above.bounds.push(bounds);
            above.children.push(inside);
        }
        begin..above.bounds.len()
    }

    fn first_grant(&self, height: usize, position: usize) -> u32 {
        match height.checked_sub(1) {
            None => self.entries[position].grant,
            Some(level) => self.levels[level].children[position].first_grant,
        }
    }

    fn bounds_of(&self, height: usize) -> &[Bounds] {
        match height.checked_sub(1) {
            None => &self.leaves,
            Some(level) => self.levels.get(level).map_or(&[], |level| &level.bounds),
        }
    }

    /// The first grant of a branch whose clause the lead meets, or the limit if none comes before
    /// it.
    #[inline]
    pub(super) fn first(
        &self,
        branch: &Branch,
        point: &Point,
        limit: u32,
        class: &impl Fn(usize) -> u32,
    ) -> u32 {
        let range = branch.begin as usize..branch.end as usize;
        self.search(branch.height as usize, range, point, limit, class)
    }

    fn search(
        &self,
        height: usize,
        range: Range<usize>,
        point: &Point,
        mut limit: u32,
        class: &impl Fn(usize) -> u32,
    ) -> u32 {
        let begin = range.start;
        let bounds = self.bounds_of(height).get(range).unwrap_or_default();
        // All first, so that only boxes that are met cost a branch.
        let mut met = 0_u32;
        for (position, bounds) in bounds.iter().enumerate() {
            met |= u32::from(bounds.contains(point)) << position;
        }
        while met != 0 {
            let position = begin + met.trailing_zeros() as usize;
            met &= met - 1;
            if let Some(level) = height.checked_sub(1) {
                let level = self.levels.get(level);
                let inside = level.and_then(|level| level.children.get(position));
                if let Some(inside) = inside.filter(|inside| inside.first_grant < limit) {
                    let begin = inside.begin as usize;
                    let range = begin..begin + inside.count as usize;
                    limit = self.search(height - 1, range, point, limit, class);
                }
            } else if let Some(entry) = self.entries.get(position) {
                if entry.grant >= limit {
                    break;
                }
                if entry.check.as_ref().is_none_or(|check| check.holds(class)) {
                    return entry.grant;
                }
            }
        }
        limit
    }

    /// About how many bytes it takes, formulas aside.
    pub(super) fn bytes(&self) -> usize {
        let levels = self.levels.iter().map(|level| {
            size_of::<Level>() + size_of_val(&*level.bounds) + size_of_val(&*level.children)
        });
        size_of_val(&*self.leaves) + size_of_val(&*self.entries) + levels.sum::<usize>()
    }
}

/// Sorts clauses so that those near each other come together: by their narrowest limit first.
fn nearness(clauses: &Clauses, clause: &Clause, known_axis: Option<u32>) -> Vec<(u32, u32, u32)> {
    let limits = clause.limits.iter();
    let limits = limits.filter(|&&(axis, _)| Some(axis) != known_axis);
    let mut places: Vec<(f64, (u32, u32, u32))> = limits
        .map(|&(axis, set)| {
            let classes = clauses.set(set);
            let first = classes.ranges().first().map_or(0, |&(first, _)| first);
            let magnitude = classes.width().checked_ilog2().unwrap_or(0);
            (clauses.share((axis, set)), (axis, magnitude, first))
        })
        .collect();
    places.sort_by(|left, right| left.0.total_cmp(&right.0));
    places.into_iter().map(|(_, place)| place).collect()
}
