//! Reads policies from YAML.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess};
use serde_saphyr::granit_parser::{self, Event, Parser};
use serde_saphyr::{
    Options, Spanned, budget, from_multiple_with_options, from_str_with_options, options,
    with_deserializer_from_str_with_options,
};
use thiserror::Error;

use super::plain_words::{FaultyLine, plain_words};
use crate::document::{InnerNodes, Node, TreeVisitor, read_document};
use crate::limits::MAX_DEPTH;
use crate::place::Place;
use crate::policy::policy::Policy;
#[cfg(feature = "diagnostics")]
use crate::policy::reading::ReadExamples;
use crate::policy::reading::{LoadError, ReadDraft};

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

/// Some editors begin a file with this character.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Whether there are but comments: a file that was cut off, and not a policy without rules.
fn is_blank(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#') || line == "---")
}

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

    fn new(error: &serde_saphyr::Error, text: &str) -> Self {
        // Positions do not count it.
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let location = error.location().filter(|location| location.line() > 0);
        let number = |number: u64| usize::try_from(number).ok();
        let line = location.and_then(|location| number(location.line()));
        let column = location.and_then(|location| number(location.column()));
        let message = match error.without_snippet() {
            serde_saphyr::Error::DuplicateMappingKey { key: Some(key), .. } => {
                format!("`{key}` is given twice; keep one")
            }
            serde_saphyr::Error::MultipleDocuments { .. } => {
                "more than one document; remove the line `---` or all that follows it".to_owned()
            }
            error => {
                let told = error.to_string();
                let at = FaultyLine::of(text, line.unwrap_or(0), column.unwrap_or(0));
                // Line and column are kept apart from the message; `Display` appends them.
                let reader = told
                    .rsplit_once(" at line ")
                    .map_or(&*told, |(told, _)| told);
                plain_words(reader, &at).unwrap_or_else(|| reader.to_owned())
            }
        };
        Self {
            message,
            line,
            column,
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
        // Of many comments in a row, some would be refused.
        emit_comments: false,
        strict_booleans: true,
        // They become texts, which are no numbers.
        reject_non_finite_typeless_float: false,
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
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the policy has 1 problem:
    ///   rules[0].asign_to: unknown field `asign_to`; did you mean `assign_to`?"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`LoadError::Format`] for the first place that is not valid YAML; [`LoadError::Policy`] with every
    /// problem at once if fields, values or names are wrong.
    pub fn from_yaml(text: &str) -> Result<Self, LoadError<YamlError>> {
        Ok(read_yaml(text)?.check(None)?)
    }
}

/// Reads a policy. Only YAML that is faulty as such is an error.
pub(crate) fn read_yaml(text: &str) -> Result<ReadDraft, LoadError<YamlError>> {
    read_root(text, ReadDraft::of)
}

/// Reads examples that a policy does not carry. Only YAML that is faulty as such is an error.
#[cfg(feature = "diagnostics")]
pub(crate) fn read_yaml_examples(
    text: &str,
    policy: &Policy,
) -> Result<ReadExamples, LoadError<YamlError>> {
    read_root(text, |root, text| ReadExamples::of(root, text, policy))
}

/// Reads a document, and what it is about from its root and the text to which positions refer.
pub(crate) fn read_root<'t, T>(
    text: &'t str,
    read: impl FnOnce(Node<'t>, &'t str) -> T,
) -> Result<T, LoadError<YamlError>> {
    if is_blank(text) {
        return Ok(read(Node::Null, text));
    }
    if let Some(error) = tag(text) {
        return Err(LoadError::format(&Place::whole(), error));
    }
    let options = || yaml_reading_options(text.len());
    let document: Result<YamlNode<'_>, _> = from_str_with_options(text, options());
    if document.is_ok()
        && let Some(error) = what_follows(text)
    {
        return Err(LoadError::format(&Place::whole(), error));
    }
    match document {
        Ok(YamlNode(root)) => {
            // Positions do not count it.
            let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
            Ok(read(root, text))
        }
        Err(error) => {
            // Once more for the place: reading with positions does not know it.
            let mut place = Place::whole();
            let _: Result<(), _> =
                with_deserializer_from_str_with_options(text, options(), |yaml| {
                    let read = read_document(yaml);
                    read.map(drop).map_err(|(failed, error)| {
                        place = failed;
                        error
                    })
                });
            Err(LoadError::format(&place, YamlError::new(&error, text)))
        }
    }
}

/// A fault if a value has a tag, such as `!important`, which would be ignored without a word. Tags of YAML itself,
/// such as `!!str`, are read.
fn tag(text: &str) -> Option<YamlError> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    // Most files have none, and need not be read twice.
    let may_begin = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let is_operator = text.get(at..).is_some_and(|tag| tag.starts_with("!="));
        before.is_none_or(|it| it.is_whitespace() || matches!(it, '[' | '{' | ',')) && !is_operator
    };
    if !text.match_indices('!').any(|(at, _)| may_begin(at)) {
        return None;
    }
    let mut options = granit_parser::Options::default();
    options.emit_comments = false;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        let tag = match &event {
            Event::Scalar(_, _, _, tag)
            | Event::SequenceStart(_, _, tag)
            | Event::MappingStart(_, _, tag) => tag.as_ref(),
            _ => None,
        };
        let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) else {
            continue;
        };
        let at = span.tag_start().unwrap_or(span.start);
        return Some(YamlError {
            message: format!(
                "`{tag}` is a tag of YAML, of which a policy has none; remove it, or write the whole text in quotes"
            ),
            line: Some(at.line()),
            column: Some(at.col() + 1),
        });
    }
    None
}

/// A fault if something follows a document in brackets. The reader stops at the closing bracket, so that the
/// rest would be ignored without a word; only a list of documents is read to the end.
fn what_follows(text: &str) -> Option<YamlError> {
    let lines = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).lines();
    let lines = lines.map(|line| line.trim_start_matches("---").trim_start());
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    if !lines.next()?.starts_with(['{', '[']) {
        return None;
    }
    let options = yaml_reading_options(text.len());
    let all: Result<Vec<IgnoredAny>, _> = from_multiple_with_options(text, options);
    let fault = YamlError::new(&all.err()?, text);
    Some(YamlError {
        message: "the file ends with the bracket before this; write what follows inside it, or \
                  remove the brackets"
            .to_owned(),
        ..fault
    })
}

/// A node whose scalars know where they stand.
pub(super) struct YamlNode<'de>(pub(super) Node<'de>);

impl<'de> Deserialize<'de> for YamlNode<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, defined, .. } = Spanned::<YamlValue<'de>>::deserialize(deserializer)?;
        let YamlValue(mut node) = value;
        if let Node::Scalar(_, span) = &mut node {
            let number = |number: Option<u64>| usize::try_from(number?).ok();
            let written = defined.span();
            *span = number(written.byte_offset()).zip(number(written.byte_len()));
        }
        Ok(Self(node))
    }
}

struct YamlValue<'de>(Node<'de>);

impl<'de> Deserialize<'de> for YamlValue<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = deserializer.deserialize_any(TreeVisitor(YamlNodes));
        node.map(Self)
    }
}

struct YamlNodes;

impl<'de> InnerNodes<'de> for YamlNodes {
    fn item<A: SeqAccess<'de>>(
        &self,
        _: usize,
        list: &mut A,
    ) -> Result<Option<Node<'de>>, A::Error> {
        let item = list.next_element()?;
        Ok(item.map(|YamlNode(node)| node))
    }

    fn value<A: MapAccess<'de>>(&self, _: &str, map: &mut A) -> Result<Node<'de>, A::Error> {
        map.next_value().map(|YamlNode(node)| node)
    }
}
