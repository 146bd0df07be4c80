//! The canonical form of a policy file, with the comments of the file as it was.

use super::comments::{at_head, commented, with_comments};
use super::source_text::SourceText;
use crate::policy::{Policy, WriteError};

/// Some editors begin a file with this character.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl SourceText<'_> {
    /// The policy, which was read from this text, in its canonical form ([`Policy::to_yaml`]), with the
    /// comments of this text, all in their order as far as the entries keep theirs. Each stays at the field or
    /// item that it is about: above it, below it, or at the end of its line; a list or map at whose entries
    /// comments stand is written one entry a line. What the canonical form leaves out
    /// leaves its comments to the next entry; comments inside the text of a condition move above it. The
    /// canonical form of the result is the result itself.
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
        let text = self.text();
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let mut canonical = policy.to_yaml()?;
        let spread = commented(text, &canonical);
        if !spread.is_empty() {
            canonical = policy.to_yaml_spread(&spread)?;
        }
        let Some(formatted) = with_comments(text, &canonical) else {
            return Ok(canonical);
        };
        match Policy::from_yaml(&formatted) {
            Ok(back) if back == *policy => Ok(formatted),
            // Where a comment would change the policy, all stand at its head.
            _ => Ok(at_head(text, &canonical)),
        }
    }
}
