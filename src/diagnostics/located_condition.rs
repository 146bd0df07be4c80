//! A condition in which every part knows where it is written, as text or in the structured form.

use std::ops::Range;
use std::rc::Rc;

use super::yaml_node::{YamlNode, YamlValue};
use crate::rule::{Condition, ConditionSpans, Shape, spans_of};

/// A condition normalised as in [`Condition`]: an `all` inside an `all` is merged, and double
/// `not`s are dropped. Places of faults refer to this shape.
pub(super) struct LocatedCondition<'n> {
    location: Location<'n>,
    shape: LocatedShape<'n>,
}

enum LocatedShape<'n> {
    All(Vec<LocatedCondition<'n>>),
    Any(Vec<LocatedCondition<'n>>),
    Not(Box<LocatedCondition<'n>>),
    Test,
    /// A text that is not a condition.
    Unread,
}

/// Where a part is written.
#[derive(Clone)]
enum Location<'n> {
    Node(&'n YamlNode),
    /// A range of the tests in a condition's text.
    Text(&'n YamlNode, Rc<ConditionSpans>, Range<usize>),
}

/// What to highlight.
pub(super) enum Highlight<'n> {
    Node(&'n YamlNode),
    /// The key of a map entry.
    Key(Range<usize>),
    /// A part of a scalar's text.
    Part(&'n YamlNode, Range<usize>),
}

impl<'n> LocatedCondition<'n> {
    pub(super) fn of(node: &'n YamlNode) -> Self {
        let location = Location::Node(node);
        let shape = match &node.value {
            YamlValue::Leaf(text) => match text.parse::<Condition>() {
                Ok(condition) => {
                    let spans = Rc::new(spans_of(text));
                    return ConditionText { node, spans }.located(&condition, &mut 0);
                }
                Err(_) => LocatedShape::Unread,
            },
            YamlValue::Map(fields) => match (&**fields, fields.first()) {
                ([(key, value)], _) => match (&*key.name, &value.value) {
                    ("all", YamlValue::List(items)) => return Self::all(location, items),
                    ("any", YamlValue::List(items)) => return Self::any(location, items),
                    ("not", _) => return Self::not(location, Self::of(value)),
                    _ => LocatedShape::Test,
                },
                _ => LocatedShape::Test,
            },
            YamlValue::List(_) => LocatedShape::Unread,
        };
        Self { location, shape }
    }

    fn all(location: Location<'n>, items: &'n [YamlNode]) -> Self {
        let mut parts = Vec::new();
        for part in items.iter().map(Self::of) {
            match part.shape {
                LocatedShape::All(inner) => parts.extend(inner),
                _ => parts.push(part),
            }
        }
        Self::combined(location, parts, LocatedShape::All)
    }

    fn any(location: Location<'n>, items: &'n [YamlNode]) -> Self {
        let mut parts = Vec::new();
        for part in items.iter().map(Self::of) {
            match part.shape {
                LocatedShape::Any(inner) => parts.extend(inner),
                _ => parts.push(part),
            }
        }
        Self::combined(location, parts, LocatedShape::Any)
    }

    fn combined(
        location: Location<'n>,
        mut parts: Vec<Self>,
        shape: impl FnOnce(Vec<Self>) -> LocatedShape<'n>,
    ) -> Self {
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return only;
        }
        let shape = shape(parts);
        Self { location, shape }
    }

    fn not(location: Location<'n>, part: Self) -> Self {
        match part.shape {
            LocatedShape::Not(part) => *part,
            _ => Self {
                location,
                shape: LocatedShape::Not(Box::new(part)),
            },
        }
    }

    /// The part at a place, and the rest of the place that leads no further.
    pub(super) fn at<'s, 'p>(&'s self, place: &'p str) -> (&'s Self, &'p str) {
        let (mut here, mut rest) = (self, place);
        loop {
            let next = match &here.shape {
                LocatedShape::All(parts) => item(parts, rest, ".all["),
                LocatedShape::Any(parts) => item(parts, rest, ".any["),
                LocatedShape::Not(part) => rest.strip_prefix(".not").map(|rest| (&**part, rest)),
                LocatedShape::Test | LocatedShape::Unread => None,
            };
            match next {
                Some((next, further)) => (here, rest) = (next, further),
                None => return (here, rest),
            }
        }
    }

    /// The whole part.
    pub(super) fn whole(&self) -> Highlight<'n> {
        match &self.location {
            Location::Node(node) => Highlight::Node(node),
            Location::Text(node, spans, tests) => {
                let span = match self.shape {
                    LocatedShape::Test => spans.test(tests.start).map(|test| test.whole.clone()),
                    _ => spans.span(tests),
                };
                span.map_or(Highlight::Node(node), |span| Highlight::Part(node, span))
            }
        }
    }

    /// What a fault in a test is about: the value at `index`, or the value or subject called
    /// `named`; otherwise the whole test.
    pub(super) fn inside(&self, index: Option<usize>, named: Option<&str>) -> Highlight<'n> {
        if let LocatedShape::Test = self.shape {
            let found = match &self.location {
                Location::Node(node) => in_map(node, index, named),
                Location::Text(node, spans, tests) => in_text(node, spans, tests, index, named),
            };
            if let Some(found) = found {
                return found;
            }
        }
        self.whole()
    }
}

fn item<'s, 'n, 'p>(
    parts: &'s [LocatedCondition<'n>],
    place: &'p str,
    field: &str,
) -> Option<(&'s LocatedCondition<'n>, &'p str)> {
    let (index, rest) = place.strip_prefix(field)?.split_once(']')?;
    Some((parts.get(index.parse::<usize>().ok()?)?, rest))
}

/// The only item that is meant; `None` if there are several.
fn only<T>(items: impl IntoIterator<Item = T>, is_meant: impl Fn(&T) -> bool) -> Option<T> {
    let mut meant = items.into_iter().filter(is_meant);
    let found = meant.next()?;
    meant.next().is_none().then_some(found)
}

fn in_map<'n>(
    node: &'n YamlNode,
    index: Option<usize>,
    named: Option<&str>,
) -> Option<Highlight<'n>> {
    let YamlValue::Map(subjects) = &node.value else {
        return None;
    };
    let [(subject, test)] = &**subjects else {
        return None;
    };
    if named == Some(&subject.name) {
        return Some(Highlight::Key(subject.span.clone()));
    }
    let YamlValue::Map(operators) = &test.value else {
        return None;
    };
    let [(_, operand)] = &**operators else {
        return None;
    };
    let values = match &operand.value {
        YamlValue::List(values) => values.as_slice(),
        _ => std::slice::from_ref(operand),
    };
    let is_named = |value: &&YamlNode| match (&value.value, named) {
        (YamlValue::Leaf(text), Some(name)) => text == name,
        _ => false,
    };
    let value = match (index, values) {
        (Some(index), _) => values.get(index),
        (None, [value]) if named.is_some() => Some(value),
        (None, _) => only(values, is_named),
    };
    value.map(Highlight::Node)
}

fn in_text<'n>(
    node: &'n YamlNode,
    spans: &ConditionSpans,
    tests: &Range<usize>,
    index: Option<usize>,
    named: Option<&str>,
) -> Option<Highlight<'n>> {
    let test = spans.test(tests.start)?;
    let written = match &node.value {
        YamlValue::Leaf(text) => text.get(test.subject.clone()).unwrap_or_default(),
        _ => "",
    };
    let subject = written.trim_matches(['\'', '"']);
    let span = if named == Some(subject) {
        &test.subject
    } else {
        let value = match (index, &*test.values) {
            (Some(index), values) => values.get(index),
            (None, [value]) if named.is_some() => Some(value),
            (None, values) => only(values, |(_, text)| Some(&**text) == named),
        };
        &value?.0
    };
    Some(Highlight::Part(node, span.clone()))
}

/// A condition's text.
struct ConditionText<'n> {
    node: &'n YamlNode,
    spans: Rc<ConditionSpans>,
}

impl<'n> ConditionText<'n> {
    /// `next` counts the tests; they are in the same order in the text and in the condition.
    fn located(&self, condition: &Condition, next: &mut usize) -> LocatedCondition<'n> {
        let first = *next;
        let shape = match condition.shape() {
            Shape::All { parts, .. } => LocatedShape::All(self.parts(parts, next)),
            Shape::Any { parts, .. } => LocatedShape::Any(self.parts(parts, next)),
            Shape::Not { part, .. } => LocatedShape::Not(Box::new(self.located(part, next))),
            Shape::Test(_) => {
                *next += 1;
                LocatedShape::Test
            }
            Shape::TooDeep | Shape::Unread(_) => LocatedShape::Unread,
        };
        let location = Location::Text(self.node, Rc::clone(&self.spans), first..*next);
        LocatedCondition { location, shape }
    }

    fn parts(&self, parts: &[Condition], next: &mut usize) -> Vec<LocatedCondition<'n>> {
        let parts = parts.iter();
        parts.map(|part| self.located(part, next)).collect()
    }
}
