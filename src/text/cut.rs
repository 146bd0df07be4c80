//! Long texts in messages.

/// Texts in messages are cut to this many characters.
const LONGEST: usize = 80;

/// A text from outside as a message shows it: its first 80 characters.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
    }
}
