//! Reads policies from YAML.

use serde_saphyr::{Options, budget, options, with_deserializer_from_str_with_options};
use thiserror::Error;

use crate::place::{Place, Placed};
use crate::policy::errors::{PolicyErrors, PolicyFault};
use crate::policy::load::LoadError;
use crate::policy::policy::Policy;

/// Why a text is not a policy in YAML.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}{}", at(*line, *column))]
pub struct YamlError {
    message: String,
    line: Option<usize>,
    column: Option<usize>,
}

fn at(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(" at line {line}, column {column}"),
        _ => String::new(),
    }
}

/// Whether there are but comments: a file that was cut off, and not a policy without rules.
fn is_blank(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#') || line == "---")
}

/// Deepest nesting of maps and lists: enough for the deepest taxonomy and for groups inside groups.
const MAX_DEPTH: usize = 200;

impl YamlError {
    /// What is wrong, without the position.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line of the fault, counted from 1, if known.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The column of the fault in characters, counted from 1, if known.
    pub fn column(&self) -> Option<usize> {
        self.column
    }

    fn new(error: &serde_saphyr::Error) -> Self {
        let message = match error.without_snippet() {
            serde_saphyr::Error::DuplicateMappingKey { key: Some(key), .. } => {
                format!("`{key}` is given twice; keep one")
            }
            serde_saphyr::Error::MultipleDocuments { .. } => {
                "more than one document; remove the line `---` or all that follows it".to_owned()
            }
            error => error.to_string(),
        };
        // Line and column are kept apart from the message; `Display` appends them.
        let message = message
            .rsplit_once(" at line ")
            .map_or(&*message, |(message, _)| message)
            .to_owned();
        let location = error.location().filter(|location| location.line() > 0);
        let number = |number: u64| usize::try_from(number).ok();
        Self {
            message,
            line: location.and_then(|location| number(location.line())),
            column: location.and_then(|location| number(location.column())),
        }
    }
}

/// Options for reading policies: words such as `no` (Norway) are texts, and the budget grows with
/// the length of the text, so that aliases cannot blow a short file up.
pub(crate) fn yaml_reading_options(bytes: usize) -> Options {
    let most = bytes.saturating_add(1_000);
    options! {
        budget: budget! {
            max_depth: MAX_DEPTH,
            max_events: most,
            max_nodes: most,
            max_total_scalar_bytes: most,
            max_total_comment_bytes: most,
        },
        strict_booleans: true,
        with_snippet: false,
    }
}

impl Policy {
    /// Reads and checks a policy in YAML, which includes JSON. Needs the feature `yaml`. Time and
    /// memory are linear in the text.
    ///
    /// ```
    /// use leadtree::policy::Policy;
    ///
    /// let policy = Policy::from_yaml("
    /// regions:
    ///   tree:
    ///     cn: [east, north]
    ///
    /// teams:
    ///   - id: east
    ///     members: [m-01, m-02]
    ///
    /// rules:
    ///   - id: east
    ///     when: region in cn/east    # the office in Shanghai
    ///     assign_to: east
    /// ")?;
    /// assert_eq!(policy.grants().count(), 2);
    ///
    /// let error = Policy::from_yaml("rules: [{ id: r, asign_to: east }]").unwrap_err();
    /// assert!(error.to_string().starts_with("rules[0].asign_to: unknown field `asign_to`"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`LoadError::Format`] for the first place that is not valid YAML or not part of a policy;
    /// [`LoadError::Meaning`] with every problem at once if the policy is inconsistent.
    pub fn from_yaml(text: &str) -> Result<Self, LoadError<YamlError>> {
        if is_blank(text) {
            let empty = Placed::new(Place::whole(), PolicyFault::Empty);
            return Err(PolicyErrors(vec![empty]).into());
        }
        let mut place = "policy".to_owned();
        let read = with_deserializer_from_str_with_options(
            text,
            yaml_reading_options(text.len()),
            |yaml| match Self::load(yaml) {
                Ok(policy) => Ok(Ok(policy)),
                Err(LoadError::Meaning(errors)) => Ok(Err(errors)),
                Err(LoadError::Format { path, error }) => {
                    place = path;
                    Err(error)
                }
            },
        );
        let read = read.map_err(|error| LoadError::Format {
            path: place,
            error: YamlError::new(&error),
        })?;
        Ok(read?)
    }
}
