//! Draws findings below the lines that they are about.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::finding::{Finding, Severity};

/// At most this many findings are drawn; the output says how many more there are.
const MOST: usize = 50;

/// Longer lines, in characters, are truncated.
const WIDTH: usize = 120;

/// Draws findings below the lines of their text, as compilers do: without colours, lines truncated after
/// 120 characters.
#[derive(Debug, Clone)]
#[must_use = "it draws when `draw` is called"]
pub struct Drawing<'t> {
    name: Option<&'t str>,
    text: &'t str,
    colored: bool,
    width: usize,
}

impl<'t> Drawing<'t> {
    pub(super) fn new(name: Option<&'t str>, text: &'t str) -> Self {
        Self {
            name,
            text,
            colored: false,
            width: WIDTH,
        }
    }

    /// Whether it has colours, as ANSI escapes.
    pub fn colored(mut self, colored: bool) -> Self {
        self.colored = colored;
        self
    }

    /// Truncates quoted lines to about this many characters.
    pub fn width(mut self, width: usize) -> Self {
        self.width = width;
        self
    }

    /// The first fifty findings, each above the line that it is about, or alone if it has no location,
    /// and how many more there are; without a line break at the end.
    pub fn draw(&self, findings: &[Finding]) -> String {
        let renderer = if self.colored {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer.term_width(self.width);
        let shown = findings.iter().take(MOST);
        let mut drawn: Vec<String> = shown
            .map(|finding| renderer.render(&[self.group(finding)]))
            .collect();
        let more = findings.len().saturating_sub(MOST);
        if more > 0 {
            drawn.push(format!("… and {more} more"));
        }
        drawn.join("\n\n")
    }

    fn group<'f>(&'f self, finding: &'f Finding) -> Group<'f> {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let message = match finding.place.as_str() {
            "" => Cow::from(&finding.message),
            place => Cow::from(format!("{place}: {}", finding.message)),
        };
        let title = level.primary_title(message).id(finding.code.as_str());
        let mut group = match &finding.location {
            // A location may be one of another text.
            Some(location) if self.text.get(location.bytes.clone()).is_some() => {
                let annotation = AnnotationKind::Primary.span(location.bytes.clone());
                let snippet = Snippet::source(self.text).path(self.name);
                title.element(snippet.annotation(annotation))
            }
            _ => Group::with_title(title),
        };
        if let Some(remedy) = &finding.remedy {
            group = group.element(Level::HELP.message(remedy));
        }
        group
    }
}
