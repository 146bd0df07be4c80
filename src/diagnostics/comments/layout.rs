//! The lines of the canonical form, with comments added to them.

use std::collections::BTreeMap;

use super::comment::Comment;
use super::outline::{Content, Outline};
use super::slot::Slot;

pub(super) struct Layout<'n, 'c, 't> {
    new: &'n Outline<'c>,
    head: Vec<Comment<'t>>,
    /// By line: what stands above it or at its end, in the order of the old text.
    at_line: BTreeMap<usize, Vec<(Comment<'t>, bool)>>,
    /// By line: what stands below it, and how far that is indented.
    below: BTreeMap<usize, Vec<(usize, Comment<'t>)>>,
    end: Vec<Comment<'t>>,
}

impl<'n, 'c, 't> Layout<'n, 'c, 't> {
    pub(super) fn new(new: &'n Outline<'c>) -> Self {
        Self {
            new,
            head: Vec::new(),
            at_line: BTreeMap::new(),
            below: BTreeMap::new(),
            end: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, slot: Slot, comment: Comment<'t>) {
        match slot {
            Slot::Head => self.head.push(comment),
            Slot::Above(line) => self.at_line.entry(line).or_default().push((comment, false)),
            Slot::Behind(line) => self.at_line.entry(line).or_default().push((comment, true)),
            Slot::Below(line, indent) => {
                self.below.entry(line).or_default().push((indent, comment));
            }
            Slot::End => self.end.push(comment),
        }
    }

    /// The lines with their comments; `None` if there are no comments.
    pub(super) fn written(mut self) -> Option<String> {
        let is_empty = self.head.is_empty() && self.end.is_empty();
        if is_empty && self.at_line.is_empty() && self.below.is_empty() {
            return None;
        }
        let mut text = Written::default();
        let mut blank_after = text.block(0, &self.head, false);
        if blank_after {
            text.blank();
        }
        blank_after = false;
        for line in 0..self.new.count_lines() {
            if self.new.is_blank(line) {
                text.blank();
                continue;
            }
            let mut above = self.at_line.remove(&line).unwrap_or_default();
            // The others cannot stand at its end, or would no longer be in order.
            let behind = above
                .pop_if(|(_, is_behind)| *is_behind && !self.is_long_text(line))
                .map(|(comment, _)| comment);
            let above: Vec<_> = above.into_iter().map(|(comment, _)| comment).collect();
            let indent = self.new.indent_of(line);
            if blank_after {
                text.blank();
            }
            if text.block(indent, &above, text.ends_with_comment) {
                text.blank();
            }
            text.line(self.new.line(line), behind.as_ref());
            blank_after = self.write_below(&mut text, line);
        }
        if !self.end.is_empty() {
            text.blank();
        }
        text.block(0, &self.end, false);
        Some(text.text)
    }

    /// Returns whether a blank line follows.
    fn write_below(&mut self, text: &mut Written, line: usize) -> bool {
        let below = self.below.remove(&line).unwrap_or_default();
        let lines = line + 1..self.new.count_lines();
        let mut lines = lines.filter(|line| !self.new.is_blank(*line));
        let next = lines.next().map(|next| self.new.indent_of(next));
        let mut outer = usize::MAX;
        let mut blank_after = false;
        for (index, (indent, comment)) in below.into_iter().enumerate() {
            outer = outer.min(indent);
            // Otherwise it would stand above the next line.
            let is_deeper = next.is_none_or(|next| outer > next);
            if comment.blank_before && (index > 0 || is_deeper) {
                text.blank();
            }
            text.comment(outer, &comment);
            blank_after = comment.blank_after && next.is_some();
        }
        blank_after
    }

    /// Whether a text begins in the line that goes on in the next.
    fn is_long_text(&self, line: usize) -> bool {
        let start = self.new.start_of(line);
        let first = self
            .new
            .entries
            .partition_point(|entry| entry.start < start);
        let next = self.new.start_of(line + 1);
        let entries = self.new.entries.iter().skip(first);
        let mut entries = entries.take_while(|entry| entry.start < next);
        entries.any(|entry| entry.content == Content::Scalar && entry.end > next)
    }
}

#[derive(Default)]
struct Written {
    text: String,
    ends_with_comment: bool,
}

impl Written {
    /// Comments with the blank lines between them, and one before them if that is wanted. Returns whether one
    /// follows.
    fn block(&mut self, indent: usize, comments: &[Comment<'_>], may_be_apart: bool) -> bool {
        for (index, comment) in comments.iter().enumerate() {
            if comment.blank_before && (index > 0 || may_be_apart) {
                self.blank();
            }
            self.comment(indent, comment);
        }
        comments.last().is_some_and(|last| last.blank_after)
    }

    fn comment(&mut self, indent: usize, comment: &Comment<'_>) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(&comment.text);
        self.text.push('\n');
        self.ends_with_comment = true;
    }

    fn line(&mut self, content: &str, behind: Option<&Comment<'_>>) {
        self.text.push_str(content);
        if let Some(comment) = behind {
            self.text.push(' ');
            self.text.push_str(&comment.text);
        }
        self.text.push('\n');
        self.ends_with_comment = false;
    }

    /// A blank line, unless there is one.
    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}
