//! The error of reading a name that is not one of a fixed list.

use thiserror::Error;

use crate::suggestion::Suggestion;

/// A text that is not one of a fixed list of names, such as those of the dimensions.
///
/// ```
/// use leadtree::dimension::Dimension;
///
/// let error = "regoin".parse::<Dimension>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown dimension `regoin`; did you mean `region`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown {kind} `{name}`{suggestion}")]
#[non_exhaustive]
pub struct UnknownName {
    /// What should have been named: `dimension`.
    pub kind: &'static str,
    /// The text as written.
    pub name: String,
    /// The name that may have been meant.
    pub suggestion: Suggestion,
}

impl UnknownName {
    /// The value that writes the name, or the error with the nearest name.
    pub(crate) fn find<T: Copy>(
        kind: &'static str,
        name: &str,
        values: &[T],
        name_of: impl Fn(T) -> &'static str,
    ) -> Result<T, Self> {
        let found = values.iter().find(|value| name_of(**value) == name);
        found.copied().ok_or_else(|| Self {
            kind,
            name: name.to_owned(),
            suggestion: Suggestion::among(name, values.iter().map(|value| name_of(*value))),
        })
    }
}
