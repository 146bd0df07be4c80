//! The comments of a YAML file, and what each is about.

use std::borrow::Cow;

use super::anchor::{Anchor, ROOT, Side};
use super::outline::{Outline, Sign};

/// A comment.
pub(super) struct Comment<'t> {
    /// From its `#` to the end of the line.
    pub(super) text: Cow<'t, str>,
    pub(super) anchor: Anchor,
    /// Where it stands.
    pub(super) at: usize,
    /// Whether a blank line stands before it, and behind it.
    pub(super) blank_before: bool,
    pub(super) blank_after: bool,
}

/// All comments, in the order of the file.
pub(super) fn comments<'t>(outline: &Outline<'t>) -> Vec<Comment<'t>> {
    let lines = Lines::of(outline);
    let mut comments = Vec::new();
    // The last line of its own, and how far it was indented.
    let mut above: Option<(usize, usize)> = None;
    for sign in &outline.comments {
        let Some(line) = lines.own_line(sign) else {
            comments.push(behind(outline, sign));
            continue;
        };
        let is_same_gap = above.is_some_and(|(above, _)| lines.has_no_content(above, line));
        let column = sign.at - outline.start_of(line);
        // What stands below a comment of an outer entry is no longer about an inner one.
        let column = match above {
            Some((_, outer)) if is_same_gap => column.min(outer),
            _ => column,
        };
        above = Some((line, column));
        comments.push(Comment {
            text: sign.text.clone(),
            anchor: Anchor::of_own_line(outline, sign.at, column, lines.hangs(line)),
            at: sign.at,
            blank_before: line.checked_sub(1).is_some_and(|it| outline.is_blank(it)),
            blank_after: line + 1 < outline.count_lines() && outline.is_blank(line + 1),
        });
    }
    keep_head(outline, &mut comments);
    comments
}

fn behind<'t>(outline: &Outline<'t>, sign: &Sign<'t>) -> Comment<'t> {
    let anchor = match sign.inside {
        Some(entry) => Anchor {
            entry,
            side: Side::Above,
        },
        None => Anchor::at_end_of_line(outline, sign.at),
    };
    Comment {
        text: sign.text.clone(),
        anchor,
        at: sign.at,
        blank_before: false,
        blank_after: false,
    }
}

/// Comments above everything stay there if a blank line follows, or if they are for editors.
fn keep_head(outline: &Outline<'_>, comments: &mut [Comment<'_>]) {
    let first = outline.entry(ROOT + 1).or_else(|| outline.entry(ROOT));
    let first = first.map_or(0, |entry| entry.start);
    let leading = comments.partition_point(|comment| comment.at < first);
    let Some(leading) = comments.get_mut(..leading) else {
        return;
    };
    let head = leading
        .iter()
        .rposition(|comment| comment.blank_after || comment.text.contains("yaml-language-server"));
    if let Some(last) = head {
        for comment in leading.iter_mut().take(last + 1) {
            comment.anchor = Anchor {
                entry: ROOT,
                side: Side::Above,
            };
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Blank,
    Comment,
    Content,
}

/// What the lines of a file are.
struct Lines<'o, 't> {
    outline: &'o Outline<'t>,
    kinds: Vec<Line>,
    /// For each line, whether comments without a blank line between lead up to one with content, and down to a
    /// blank line.
    hang: Vec<bool>,
    /// The number of lines with content before each line.
    content_before: Vec<usize>,
}

impl<'o, 't> Lines<'o, 't> {
    fn of(outline: &'o Outline<'t>) -> Self {
        let count = outline.count_lines();
        let kinds = (0..count).map(|line| {
            if outline.is_blank(line) {
                Line::Blank
            } else {
                Line::Content
            }
        });
        let mut kinds: Vec<_> = kinds.collect();
        for sign in outline.comments.iter().filter(|sign| sign.inside.is_none()) {
            let line = outline.line_of(sign.at);
            let before = outline.text.get(outline.start_of(line)..sign.at);
            if before.is_some_and(|before| before.trim().is_empty())
                && let Some(kind) = kinds.get_mut(line)
            {
                *kind = Line::Comment;
            }
        }
        let mut hang = Vec::with_capacity(count);
        let mut content_before = Vec::with_capacity(count);
        let (mut is_below, mut content) = (false, 0);
        for kind in &kinds {
            content_before.push(content);
            match kind {
                Line::Content => (is_below, content) = (true, content + 1),
                Line::Blank => is_below = false,
                Line::Comment => {}
            }
            hang.push(is_below);
        }
        let mut is_above = false;
        for (kind, hang) in kinds.iter().zip(&mut hang).rev() {
            match kind {
                Line::Content => is_above = false,
                Line::Blank => is_above = true,
                Line::Comment => {}
            }
            *hang &= is_above;
        }
        Self {
            outline,
            kinds,
            hang,
            content_before,
        }
    }

    /// The line of a comment, if that has nothing else.
    fn own_line(&self, sign: &Sign<'_>) -> Option<usize> {
        let line = self.outline.line_of(sign.at);
        let is_own = sign.inside.is_none() && self.kinds.get(line) == Some(&Line::Comment);
        is_own.then_some(line)
    }

    fn hangs(&self, line: usize) -> bool {
        self.hang.get(line).copied().unwrap_or(false)
    }

    fn has_no_content(&self, first: usize, second: usize) -> bool {
        self.content_before.get(first) == self.content_before.get(second)
    }
}
