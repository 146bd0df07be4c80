//! Reads typed values from a document, and collects all faults.
//!
//! What a type's own `Deserialize` refuses is reported, taken out of the tree, and the value is read again:
//! a field is left out, and where something must stand, a hole takes its place.

use std::borrow::Cow;

use serde::Deserialize;

use super::fault::FormFault;
use super::node::Node;
use super::read_error::{Located, Problem};
use super::reader::{KINDS_OF_HOLE, NodeReader};
use crate::place::{Place, Placed, Trail};

/// The most work spent on reading values again, in nodes: a file full of faults must not cost the square
/// of its length.
const MAX_WORK: usize = 20_000_000;

/// The most faults that are collected.
const MAX_FAULTS: usize = 1_000;

/// Says where a field belongs that is unknown in a map with these fields.
pub(crate) type Hint = fn(name: &str, fields: &[&str]) -> Option<&'static str>;

/// Reads typed values from the parts of a document.
pub(crate) struct TolerantReader<'t> {
    /// The text of the document, to which the spans of its nodes refer.
    text: &'t str,
    hint: Hint,
    work_left: usize,
    faults: Vec<Placed<FormFault>>,
    /// What is missing from the values because of the faults.
    lost: Vec<Place>,
    /// The number of faults that were taken away.
    taken: usize,
}

impl<'t> TolerantReader<'t> {
    pub(crate) fn new(text: &'t str, hint: Hint) -> Self {
        Self {
            text,
            hint,
            work_left: MAX_WORK,
            faults: Vec::new(),
            lost: Vec::new(),
            taken: 0,
        }
    }

    /// The faults since it was last asked, and the places whose values are lost because of them.
    pub(crate) fn take_faults(&mut self) -> (Vec<Placed<FormFault>>, Vec<Place>) {
        self.taken += self.faults.len();
        let faults = std::mem::take(&mut self.faults);
        (faults, std::mem::take(&mut self.lost))
    }

    /// Reads a value, or as much of it as is sound; `None` if nothing can stand in for it.
    pub(crate) fn read<T: for<'r> Deserialize<'r>>(
        &mut self,
        mut node: Node<'_>,
        trail: Trail<'_>,
    ) -> Option<T> {
        let faults_before = self.faults.len();
        let mut size = None;
        let mut gave_up = false;
        loop {
            let (node_read, text) = (&node, self.text);
            let error = match T::deserialize(NodeReader {
                node: node_read,
                text,
            }) {
                Ok(value) => return Some(value),
                Err(error) => error.into_located(),
            };
            let size = *size.get_or_insert_with(|| node.size());
            self.work_left = self.work_left.saturating_sub(size);
            if !self.repair(&mut node, error, trail) {
                // Nothing is lost without a word.
                if self.faults.len() == faults_before {
                    let message = "this cannot be read; write it anew".to_owned();
                    let fault = FormFault::Other { message };
                    self.faults.push(Placed::new(trail.place(), fault));
                }
                return None;
            }
            if (self.work_left == 0 || self.taken + self.faults.len() >= MAX_FAULTS) && !gave_up {
                node = Node::Hole(0);
                gave_up = true;
                self.lost.push(trail.place());
            }
        }
    }

    /// Reports an error, and takes out of the tree what it is about.
    fn repair(&mut self, root: &mut Node<'_>, error: Located, trail: Trail<'_>) -> bool {
        let Located {
            mut steps,
            at_key,
            problem,
        } = error;
        steps.reverse();
        if at_key {
            self.report(problem, root, &steps, trail);
            return cut(root, &steps);
        }
        let Some(part) = root.part(&steps) else {
            return false;
        };
        match problem {
            Problem::UnknownField { ref name, .. } if part.position(name).is_some() => {
                steps.extend(part.position(name));
                self.report(problem, root, &steps, trail);
                cut(root, &steps)
            }
            Problem::Missing(field) => {
                if !matches!(part, Node::Map(_)) {
                    let is_hole = matches!(part, Node::Hole(_));
                    *part = Node::Map(Vec::new());
                    if is_hole {
                        return add_hole(part, field);
                    }
                }
                let Node::Map(fields) = part else {
                    return false;
                };
                match fields.iter_mut().find(|(key, _)| *key == field) {
                    Some((_, value @ Node::Removed)) => {
                        *value = Node::Hole(0);
                        true
                    }
                    Some(_) => remove(root, &steps),
                    None => {
                        let added = add_hole(part, field);
                        let place = place_of(root, &steps).under(&trail.place());
                        // A misspelt field is told as such, and so is something that is no map.
                        if !self.lost.contains(&place.field(field)) && !self.lost.contains(&place) {
                            self.report(Problem::Missing(field), root, &steps, trail);
                        }
                        added
                    }
                }
            }
            Problem::Twice(field) => {
                let Node::Map(fields) = part else {
                    return false;
                };
                let is_it = |(_, (key, value)): &(usize, &(Cow<'_, str>, Node<'_>))| {
                    *key == field && !matches!(value, Node::Removed)
                };
                let second = fields.iter().enumerate().filter(is_it).nth(1);
                let Some((position, _)) = second else {
                    return cut(root, &steps);
                };
                steps.push(position);
                self.report(Problem::Twice(field), root, &steps, trail);
                cut(root, &steps)
            }
            problem => {
                if let Node::Hole(kind) = part
                    && *kind + 1 < KINDS_OF_HOLE
                {
                    *kind += 1;
                    return true;
                }
                // A part that lacks something already reported.
                if !part.is_touched() {
                    self.report(problem, root, &steps, trail);
                }
                cut(root, &steps)
            }
        }
    }

    fn report(&mut self, problem: Problem, root: &Node<'_>, steps: &[usize], trail: Trail<'_>) {
        let place = place_of(root, steps).under(&trail.place());
        let fault = problem.into_fault(self.hint);
        match &fault {
            // The field that was meant is lost, too.
            FormFault::UnknownField { suggestion, .. } => {
                let around = steps.split_last().map_or(steps, |(_, around)| around);
                let around = place_of(root, around).under(&trail.place());
                let meant = suggestion.name().map(|name| around.field(name));
                self.lost.extend(meant);
                self.lost.push(place.clone());
            }
            FormFault::Missing { field } => self.lost.push(place.field(field)),
            FormFault::Twice { .. } => {}
            _ => self.lost.push(place.clone()),
        }
        self.faults.push(Placed::new(place, fault));
    }
}

fn add_hole(part: &mut Node<'_>, field: &'static str) -> bool {
    if let Node::Map(fields) = part {
        fields.push((Cow::Borrowed(field), Node::Hole(0)));
    }
    true
}

/// Takes a part out of the tree: a field is removed, and an item of a list becomes a hole. If nothing can
/// stand there, the part around it goes, for good. Returns whether there is anything left to read.
///
/// Nothing that is removed comes back, except once as a hole, so there is an end to it.
fn cut(root: &mut Node<'_>, path: &[usize]) -> bool {
    match path.split_last() {
        None if matches!(root, Node::Hole(_)) => false,
        None => {
            *root = Node::Hole(0);
            true
        }
        Some((&position, around)) => match root.part(around) {
            Some(Node::List(items)) => match items.get_mut(position) {
                Some(item) => {
                    *item = match item {
                        Node::Hole(_) => Node::Removed,
                        _ => Node::Hole(0),
                    };
                    true
                }
                None => false,
            },
            // A hole must be there, but nothing can stand in for it.
            Some(Node::Map(_)) => remove(root, path),
            _ => false,
        },
    }
}

/// Takes a part out of the tree for good, or else the part around it.
fn remove(root: &mut Node<'_>, path: &[usize]) -> bool {
    let Some((&position, around)) = path.split_last() else {
        return false;
    };
    match root.part(around) {
        Some(Node::List(items)) => {
            if let Some(item) = items.get_mut(position) {
                *item = Node::Removed;
            }
            true
        }
        Some(Node::Map(fields)) => match fields.get_mut(position) {
            Some((_, Node::Hole(_))) => remove(root, around),
            Some((_, value)) => {
                *value = Node::Removed;
                true
            }
            None => false,
        },
        _ => false,
    }
}

fn place_of(root: &Node<'_>, steps: &[usize]) -> Place {
    let mut place = Place::whole();
    let mut node = root;
    for &position in steps {
        match node {
            Node::List(items) => {
                place = place.item(position);
                match items.get(position) {
                    Some(item) => node = item,
                    None => break,
                }
            }
            Node::Map(fields) => match fields.get(position) {
                Some((key, value)) => {
                    place = place.field(key);
                    node = value;
                }
                None => break,
            },
            _ => break,
        }
    }
    place
}
