//! The entries of a YAML file, its comments and its lines.

use std::collections::HashMap;
use std::ops::Range;

use serde_saphyr::granit_parser::{Event, Options, Parser, StructureStyle};

use crate::rule::spans_of;

/// A YAML text, taken apart.
pub(super) struct Outline<'t> {
    pub(super) text: &'t str,
    /// The root, and then all fields and items in the order of the text, outer ones before those in them.
    pub(super) entries: Vec<Entry<'t>>,
    /// In the order of the text.
    pub(super) comments: Vec<Sign<'t>>,
    /// The byte at which each line begins.
    starts: Vec<usize>,
    by_step: HashMap<(usize, Step<'t>), usize>,
}

/// A field or an item of a list, and where it is written.
pub(super) struct Entry<'t> {
    /// The entry that it is in; the root is in itself.
    pub(super) parent: usize,
    pub(super) step: Step<'t>,
    pub(super) children: Vec<usize>,
    /// Where it begins: a field with its name, an item behind its dash.
    pub(super) start: usize,
    /// Where its content ends.
    pub(super) end: usize,
    /// Whether it stands in brackets or braces.
    pub(super) is_in_flow: bool,
    pub(super) content: Content,
}

/// The step from an entry to one in it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Step<'t> {
    Field(std::borrow::Cow<'t, str>),
    Item(usize),
}

/// How the content of an entry is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Scalar,
    /// A list or map one entry a line.
    Block,
    /// A list or map in brackets or braces.
    Flow,
}

/// A comment as written.
pub(super) struct Sign<'t> {
    /// Where its `#` is; one inside the text of a condition stands where that begins.
    pub(super) at: usize,
    pub(super) text: std::borrow::Cow<'t, str>,
    /// The condition in whose text it is.
    pub(super) inside: Option<usize>,
}

impl<'t> Outline<'t> {
    /// `None` if the text is not YAML.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let lines = text.split_inclusive('\n').scan(0, |next, line| {
            let start = *next;
            *next += line.len();
            Some(start)
        });
        let outline = Self {
            text,
            entries: Vec::new(),
            comments: Vec::new(),
            starts: lines.collect(),
            by_step: HashMap::new(),
        };
        let mut walk = Walk {
            outline,
            open: Vec::new(),
        };
        let mut options = Options::default();
        options.max_buffered_comment_events = usize::MAX;
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = event.ok()?;
            walk.event(event, span.byte_range()?)?;
        }
        let mut outline = walk.outline;
        // A comment may be told of behind what follows it.
        outline.comments.sort_by_key(|comment| comment.at);
        (!outline.entries.is_empty()).then_some(outline)
    }

    pub(super) fn entry(&self, index: usize) -> Option<&Entry<'t>> {
        self.entries.get(index)
    }

    /// The entry that a step leads to.
    pub(super) fn inner(&self, entry: usize, step: &Step<'t>) -> Option<usize> {
        self.by_step.get(&(entry, step.clone())).copied()
    }

    /// The entry and those around it, from the inside.
    pub(super) fn outwards(&self, index: usize) -> impl Iterator<Item = (usize, &Entry<'t>)> {
        let next = |&(index, entry): &(usize, &Entry<'t>)| {
            let around = entry.parent;
            (around != index)
                .then(|| Some((around, self.entry(around)?)))
                .flatten()
        };
        std::iter::successors(self.entry(index).map(|entry| (index, entry)), next)
    }

    /// The steps from the root to an entry: names of fields, and numbers of items.
    pub(super) fn path(&self, entry: usize) -> Vec<String> {
        let around = self.outwards(entry);
        let steps =
            around.filter_map(|(index, entry)| (index != entry.parent).then_some(&entry.step));
        let steps = steps.map(|step| match step {
            Step::Field(name) => name.to_string(),
            Step::Item(number) => number.to_string(),
        });
        let mut steps: Vec<_> = steps.collect();
        steps.reverse();
        steps
    }

    /// The number of lines.
    pub(super) fn count_lines(&self) -> usize {
        self.starts.len()
    }

    /// The number of the line in which a byte is, from 0.
    pub(super) fn line_of(&self, at: usize) -> usize {
        let after = self.starts.partition_point(|start| *start <= at);
        after.saturating_sub(1)
    }

    /// A line, without its end.
    pub(super) fn line(&self, line: usize) -> &'t str {
        let text: &'t str = self.text;
        let next = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let line = text.get(self.start_of(line)..next).unwrap_or_default();
        line.trim_end_matches(['\n', '\r'])
    }

    /// Where a line begins.
    pub(super) fn start_of(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.line(line).trim().is_empty()
    }

    /// The column of the first character of a line.
    pub(super) fn indent_of(&self, line: usize) -> usize {
        let line = self.line(line);
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    /// The column in which an entry begins that is on lines of its own: a field with its name, an item with
    /// its dash.
    pub(super) fn column_of(&self, entry: &Entry<'_>) -> usize {
        let line = self.line_of(entry.start);
        match entry.step {
            Step::Field(_) => entry.start - self.start_of(line),
            Step::Item(_) => self.indent_of(line),
        }
    }
}

/// A list or map that is being read.
struct Open<'t> {
    entry: usize,
    inner: Inner<'t>,
    is_flow: bool,
}

enum Inner<'t> {
    /// The items so far.
    List(usize),
    /// The name of the field whose value comes next, and where it is.
    Map(Option<(std::borrow::Cow<'t, str>, Range<usize>)>),
}

struct Walk<'t> {
    outline: Outline<'t>,
    open: Vec<Open<'t>>,
}

impl<'t> Walk<'t> {
    /// `None` if this cannot stand in a policy.
    fn event(&mut self, event: Event<'t>, span: Range<usize>) -> Option<()> {
        match event {
            Event::Comment(..) => {
                let text = self.outline.text.get(span.clone())?;
                self.outline.comments.push(Sign {
                    at: span.start,
                    text: text.trim_end().into(),
                    inside: None,
                });
            }
            Event::Scalar(text, ..) => {
                if let Some(Open {
                    inner: Inner::Map(name @ None),
                    ..
                }) = self.open.last_mut()
                {
                    *name = Some((text, span));
                } else {
                    let entry = self.begin(&span, Content::Scalar)?;
                    self.comments_inside(entry, &text, &span);
                }
            }
            Event::Alias(_) => {
                self.begin(&span, Content::Scalar)?;
            }
            Event::SequenceStart(style, ..) => {
                self.begin_inner(&span, style, Inner::List(0))?;
            }
            Event::MappingStart(style, ..) => {
                self.begin_inner(&span, style, Inner::Map(None))?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.open.pop()?;
                let entries = &mut self.outline.entries;
                let last = entries.get(open.entry)?.children.last();
                let last = last.and_then(|last| entries.get(*last)).map(|it| it.end);
                let entry = entries.get_mut(open.entry)?;
                let end = if open.is_flow { Some(span.end) } else { last };
                entry.end = end.unwrap_or(entry.end).max(entry.end);
            }
            _ => {}
        }
        Some(())
    }

    fn begin_inner(
        &mut self,
        span: &Range<usize>,
        style: StructureStyle,
        inner: Inner<'t>,
    ) -> Option<()> {
        let is_flow = style == StructureStyle::Flow;
        let content = if is_flow {
            Content::Flow
        } else {
            Content::Block
        };
        // A map cannot be a name.
        let entry = self.begin(span, content)?;
        self.open.push(Open {
            entry,
            inner,
            is_flow,
        });
        Some(())
    }

    /// Adds the entry whose content is at `span`.
    fn begin(&mut self, span: &Range<usize>, content: Content) -> Option<usize> {
        let index = self.outline.entries.len();
        let written = self.outline.text.get(span.clone())?;
        let end = span.start + written.trim_end().len();
        let (parent, step, start, is_in_flow) = match self.open.last_mut() {
            None if index == 0 => (0, Step::Item(0), span.start, false),
            // A second document.
            None => return None,
            Some(open) => match &mut open.inner {
                Inner::List(count) => {
                    let step = Step::Item(*count);
                    *count += 1;
                    (open.entry, step, span.start, open.is_flow)
                }
                Inner::Map(name) => {
                    let (name, at) = name.take()?;
                    (open.entry, Step::Field(name), at.start, open.is_flow)
                }
            },
        };
        // What is empty may be said to stand anywhere.
        let end = if written.trim().is_empty() {
            start
        } else {
            end
        };
        self.outline.entries.push(Entry {
            parent,
            step: step.clone(),
            children: Vec::new(),
            start,
            end: end.max(start),
            is_in_flow,
            content,
        });
        if index > 0 {
            self.outline.entries.get_mut(parent)?.children.push(index);
            self.outline.by_step.insert((parent, step), index);
        }
        Some(index)
    }

    /// The comments inside the text of a condition.
    fn comments_inside(&mut self, entry: usize, text: &str, span: &Range<usize>) {
        let Some(Entry {
            step: Step::Field(name),
            ..
        }) = self.outline.entry(entry)
        else {
            return;
        };
        if name != "when" || !text.contains('#') {
            return;
        }
        let spans = spans_of(text);
        let comments = spans.comments().filter_map(|comment| text.get(comment));
        self.outline.comments.extend(comments.map(|comment| Sign {
            at: span.start,
            text: comment.trim_end().to_owned().into(),
            inside: Some(entry),
        }));
    }
}
