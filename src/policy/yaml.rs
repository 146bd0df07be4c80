//! A policy as a YAML file: the form that people write and compare.

use serde_saphyr::{Options, budget, options, with_deserializer_from_str_with_options};
use thiserror::Error;

use super::draft::PolicyDraft;
use super::layout;
use super::load::LoadError;
use super::policy::Policy;
use super::quotes::Quotes;

/// What a reader of YAML has to say.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}{}", at(*line, *column))]
pub struct YamlError {
    message: String,
    line: Option<usize>,
    column: Option<usize>,
}

/// A policy that cannot be written, which no policy should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the policy cannot be written as YAML: {0}; please report it")]
pub struct WriteError(String);

fn at(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(" at line {line}, column {column}"),
        _ => String::new(),
    }
}

/// Nesting of any kind: the deepest taxonomy inside its few maps, or groups inside groups.
const MAX_DEPTH: usize = 200;

impl YamlError {
    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line at fault, from 1, where one is.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The column at fault, from 1, where one is.
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
        // Told apart from the message, and put behind it again.
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

/// How policies are read: words such as `no` (Norway) are texts, and what a file may hold grows with
/// its length, so that no short file stands for a long one.
pub(crate) fn reading(bytes: usize) -> Options {
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
    /// Reads and checks a policy file, the feature `yaml`. JSON is YAML, too. Time and memory are
    /// linear in the text.
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
    /// [`LoadError::Format`] for the first place that is no YAML or no policy,
    /// [`LoadError::Meaning`] with every problem at once for what does not make sense.
    pub fn from_yaml(text: &str) -> Result<Self, LoadError<YamlError>> {
        let mut place = "policy".to_owned();
        let read = with_deserializer_from_str_with_options(text, reading(text.len()), |yaml| {
            match Self::load(yaml) {
                Ok(policy) => Ok(Ok(policy)),
                Err(LoadError::Meaning(errors)) => Ok(Err(errors)),
                Err(LoadError::Format { path, error }) => {
                    place = path;
                    Err(error)
                }
            }
        });
        let read = read.map_err(|error| LoadError::Format {
            path: place,
            error: YamlError::new(&error),
        })?;
        Ok(read?)
    }

    /// The policy as a file that a person would have written: fields in one order, nothing that is
    /// left out by default, conditions as text with a line for each part where they are long, a
    /// blank line between rules. The same policy always gives the same text, and reading it gives the
    /// same policy; so two versions differ in the lines in which the policies do.
    ///
    /// Comments of a file are not part of the policy; what should stay belongs in a `description`.
    ///
    /// ```
    /// use leadtree::policy::PolicyDraft;
    /// use leadtree::dimension::Taxonomy;
    /// use leadtree::rule::{Rule, Target, customer_size, region};
    /// use leadtree::team::{Team, TeamMember};
    ///
    /// let policy = PolicyDraft::new()
    ///     .version("2026-03")
    ///     .regions(Taxonomy::draft().paths(["cn/east", "us"]).alias("us", ["USA"]))
    ///     .pool("abroad")
    ///     .team(Team::new("east").members([TeamMember::new("m-01").weight(2), "m-02".into()]))
    ///     .rule(
    ///         Rule::new("east")
    ///             .when(region().within("cn/east") & customer_size().at_least(1000))
    ///             .assign_to("east"),
    ///     )
    ///     .rule(Rule::new("abroad").when(region().within("us")).assign_to(Target::pool("abroad")))
    ///     .build()?;
    /// assert_eq!(
    ///     policy.to_yaml()?,
    ///     "\
    /// version: 2026-03
    ///
    /// regions:
    ///   paths: [cn/east, us]
    ///   aliases:
    ///     us: [USA]
    ///
    /// pools: [abroad]
    ///
    /// teams:
    ///   - id: east
    ///     members:
    ///       - {member: m-01, weight: 2}
    ///       - m-02
    ///
    /// rules:
    ///   - id: east
    ///     when: region in cn/east and customer_size >= 1000
    ///     assign_to: east
    ///
    ///   - id: abroad
    ///     when: region in us
    ///     assign_to: {pool: abroad}
    /// ",
    /// );
    /// assert_eq!(leadtree::policy::Policy::from_yaml(&policy.to_yaml()?)?, policy);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// What is written is read back and compared before it is given out. Time and memory are linear in
    /// the policy.
    ///
    /// # Errors
    /// [`WriteError`] if the text would not read back the same; no policy is known for which it
    /// does not.
    pub fn to_yaml(&self) -> Result<String, WriteError> {
        // Readers take some blanks at the end of a bare text (no-break ones, say) for none of it.
        for quotes in [Quotes::WhereNeeded, Quotes::Always] {
            let text = layout::write(self.draft(), quotes)
                .map_err(|error| WriteError(error.to_string()))?;
            let back: Result<PolicyDraft, _> =
                serde_saphyr::from_str_with_options(&text, reading(text.len()));
            if back.is_ok_and(|back| back == *self.draft()) {
                return Ok(text);
            }
        }
        Err(WriteError("it would not read back the same".to_owned()))
    }
}
