//! The canonical form of a policy file, with the comments of the file as it was.

use std::collections::{BTreeMap, HashMap};

use super::anchors::{Anchor, Style, anchors};
use super::comments::{Comment, Position, comments};
use super::source_map;
use super::source_text::SourceText;
use crate::policy::{Policy, WriteError};

/// Some editors begin a file with this character.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl SourceText<'_> {
    /// The policy, which was read from this text, in its canonical form ([`Policy::to_yaml`]), with the
    /// comments of this text. Each stays at the field or item that it is about: above it, or at the end
    /// of its line. What the canonical form leaves out leaves its comments to what it stood in; comments
    /// inside the text of a condition move above it.
    ///
    /// ```
    /// use leadtree::diagnostics::SourceText;
    /// use leadtree::policy::Policy;
    ///
    /// let text = "\
    /// ## Ask sales operations before you change this.
    ///
    /// teams: [{id: east, members: [{member: m-01}]}]
    /// rules:
    ///     ## the office in Shanghai
    ///     - {id: east, assign_to: east} # until June
    /// ";
    /// let policy = Policy::from_yaml(text)?;
    /// assert_eq!(
    ///     SourceText::new("policy.yaml", text).formatted(&policy)?,
    ///     "\
    /// ## Ask sales operations before you change this.
    ///
    /// teams:
    ///   - id: east
    ///     members: [m-01]
    ///
    /// rules:
    ///   ## the office in Shanghai
    ///   - id: east # until June
    ///     assign_to: east
    /// ",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Policy::to_yaml`].
    pub fn formatted(&self, policy: &Policy) -> Result<String, WriteError> {
        let canonical = policy.to_yaml()?;
        let text = self.text();
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let (Some(root), Some(written)) = (source_map::root(text), source_map::root(&canonical))
        else {
            return Ok(canonical);
        };
        let old = anchors(&root, text);
        let comments = comments(text, &root, &old);
        if comments.is_empty() {
            return Ok(canonical);
        }
        // Where a comment would change the policy, all stand at its head.
        let at_head = comments.iter().map(|comment| format!("{}\n", comment.text));
        let at_head = at_head.collect::<String>() + "\n" + &canonical;
        let new = anchors(&written, &canonical);
        let mut layout = Layout::new(&canonical, &old, &new);
        for comment in comments {
            layout.add(comment);
        }
        let formatted = layout.written();
        match Policy::from_yaml(&formatted) {
            Ok(back) if back == *policy => Ok(formatted),
            _ => Ok(at_head),
        }
    }
}

/// The lines of the canonical form, and the comments to be added to them.
struct Layout<'a> {
    lines: Vec<&'a str>,
    /// The byte at which each line begins.
    starts: Vec<usize>,
    old: &'a [Anchor],
    new: &'a [Anchor],
    by_place: HashMap<&'a str, usize>,
    head: Vec<Comment<'a>>,
    above: BTreeMap<usize, Vec<Comment<'a>>>,
    beside: BTreeMap<usize, &'a str>,
    below: BTreeMap<usize, Vec<(usize, Comment<'a>)>>,
    end: Vec<Comment<'a>>,
}

impl<'a> Layout<'a> {
    fn new(canonical: &'a str, old: &'a [Anchor], new: &'a [Anchor]) -> Self {
        let lines: Vec<_> = canonical.split_inclusive('\n').collect();
        let starts = lines.iter().scan(0, |next, line| {
            let start = *next;
            *next += line.len();
            Some(start)
        });
        let places = new.iter().enumerate();
        Self {
            starts: starts.collect(),
            lines,
            old,
            new,
            by_place: places
                .map(|(index, it)| (it.place.as_str(), index))
                .collect(),
            head: Vec::new(),
            above: BTreeMap::new(),
            beside: BTreeMap::new(),
            below: BTreeMap::new(),
            end: Vec::new(),
        }
    }

    fn add(&mut self, comment: Comment<'a>) {
        match comment.position {
            Position::Head => self.head.push(comment),
            Position::End => self.end.push(comment),
            Position::Above(anchor) => match self.found(anchor) {
                Some(found) => self.add_above(found, comment),
                None => self.end.push(comment),
            },
            Position::Beside(anchor) => match self.found(anchor) {
                Some(found) => self.add_beside(found, comment),
                None => self.end.push(comment),
            },
            Position::Below(anchor) => match self.found(anchor) {
                Some(found) => {
                    let line = self.line_of(found.end.saturating_sub(1).max(found.start));
                    let indent = self.indent_of(found);
                    let below = self.below.entry(line).or_default();
                    below.push((indent, comment));
                }
                None => self.end.push(comment),
            },
        }
    }

    fn add_above(&mut self, found: &Anchor, comment: Comment<'a>) {
        let line = self.line_of(found.start);
        self.above.entry(line).or_default().push(comment);
    }

    fn add_beside(&mut self, found: &Anchor, comment: Comment<'a>) {
        let line = self.line_of(found.start);
        // Behind the beginning of a text over several lines it would be part of the text.
        if found.is_long_text || self.beside.contains_key(&line) {
            self.add_above(found, comment);
        } else {
            self.beside.insert(line, comment.text);
        }
    }

    /// The part in the canonical form: the same, or else what it is in, or else what comes next.
    fn found(&self, old: usize) -> Option<&'a Anchor> {
        let further = self.old.get(old..).unwrap_or_default();
        let found = further
            .iter()
            .find_map(|anchor| self.same_or_around(anchor));
        found.and_then(|index| self.new.get(index))
    }

    fn same_or_around(&self, anchor: &Anchor) -> Option<usize> {
        let mut place = anchor.place.as_str();
        loop {
            if let Some(index) = self.by_place.get(place) {
                return Some(*index);
            }
            place = place.get(..place.rfind(['.', '['])?)?;
        }
    }

    fn line_of(&self, at: usize) -> usize {
        let after = self.starts.partition_point(|start| *start <= at);
        after.saturating_sub(1)
    }

    /// How far comments about a part are indented: like a field's name, or like an item's dash.
    fn indent_of(&self, part: &Anchor) -> usize {
        let line = self.line_of(part.start);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let line = self.lines.get(line).copied().unwrap_or_default();
        match part.style {
            Style::BlockField => part.start.saturating_sub(start),
            Style::BlockItem | Style::Flow => line.len() - line.trim_start_matches(' ').len(),
        }
    }

    fn written(mut self) -> String {
        let mut text = String::new();
        push_block(&mut text, 0, &self.head);
        for (index, line) in self.lines.iter().enumerate() {
            let content = line.trim_end_matches('\n');
            let indent = content.len() - content.trim_start_matches(' ').len();
            let above = self.above.remove(&index).unwrap_or_default();
            push_block(&mut text, indent, &above);
            text.push_str(content);
            if let Some(comment) = self.beside.get(&index) {
                text.push(' ');
                text.push_str(comment);
            }
            text.push('\n');
            for (indent, comment) in self.below.remove(&index).unwrap_or_default() {
                if comment.blank_before {
                    text.push('\n');
                }
                push_line(&mut text, indent, comment.text);
            }
        }
        if !self.end.is_empty() {
            text.push('\n');
        }
        push_block(&mut text, 0, &self.end);
        text
    }
}

/// Writes comments with the blank lines between them, and with one behind them if there was.
fn push_block(text: &mut String, indent: usize, comments: &[Comment<'_>]) {
    let last = comments.len().saturating_sub(1);
    for (index, comment) in comments.iter().enumerate() {
        push_line(text, indent, comment.text);
        let next = comments.get(index + 1);
        let is_apart = next.is_some_and(|next| next.blank_before);
        let ends_apart = index == last && comment.blank_after && comment.position != Position::End;
        if is_apart || ends_apart {
            text.push('\n');
        }
    }
}

fn push_line(text: &mut String, indent: usize, line: &str) {
    text.extend(std::iter::repeat_n(' ', indent));
    text.push_str(line);
    text.push('\n');
}
