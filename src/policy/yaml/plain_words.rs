//! What YAML's reader finds, in words of whoever writes policies.

use crate::limits::MAX_DEPTH;

/// Where the reader found a fault.
pub(super) struct FaultyLine<'t> {
    /// The line up to the fault, and from the fault on.
    before: &'t str,
    after: &'t str,
}

impl<'t> FaultyLine<'t> {
    /// Of a line and a column in characters, both counted from 1; an empty line if the text has none there.
    pub(super) fn of(text: &'t str, line: usize, column: usize) -> Self {
        let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let at = line.char_indices().nth(column.saturating_sub(1));
        let at = at.map_or(line.len(), |(at, _)| at);
        let (before, after) = line.split_at_checked(at).unwrap_or((line, ""));
        Self { before, after }
    }

    fn begins_with(&self, signs: &[char]) -> Option<char> {
        self.after.chars().next().filter(|it| signs.contains(it))
    }

    /// Whether a value is written in front of the fault.
    fn goes_on_behind(&self, signs: &[char]) -> bool {
        self.before.trim_end().ends_with(signs) && self.begins_with(&[']', '}', ',', '#']).is_none()
    }

    /// Whether the fault is a colon in what stands behind another.
    fn is_second_colon(&self) -> bool {
        let field = self.before.rsplit([',', '{', '[']).next();
        let field = field.unwrap_or_default();
        self.begins_with(&[':']).is_some() && field.contains(": ")
    }

    /// Whether the fault stands where a value begins.
    fn is_value(&self) -> bool {
        self.before.trim_end().ends_with([':', '-'])
    }

    /// The word that begins at the fault.
    fn word(&self) -> &'t str {
        let word = self.after.split([' ', ',', ']', '}']).next();
        word.unwrap_or_default()
    }
}

/// What is wrong, and what to do about it, where it is one of the faults that people often meet. `told` is what
/// the reader says.
pub(super) fn plain_words(told: &str, line: &FaultyLine<'_>) -> Option<String> {
    let is = |words: &str| told.contains(words);
    let words = if is("budget breached: Depth") || is("recursion limit") {
        format!(
            "lists and maps stand more than {MAX_DEPTH} deep in each other; write fewer inside others"
        )
    } else if is("budget breached") {
        "aliases (`*name`) repeat so much that the policy is far longer than its file; write out what they \
         repeat"
            .to_owned()
    } else if is("recursive references") {
        let alias = line.word();
        format!("`{alias}` stands inside what it repeats; write it out")
    } else if is("unknown anchor") {
        let alias = line.word();
        let name = alias.trim_start_matches('*');
        format!("`{alias}` repeats what `&{name}` marks, which is not there; write it in quotes")
    } else if line.is_second_colon() && (is("mapping values are not allowed") || is("',' or '}'")) {
        "a second colon in one field; write a text with a colon in quotes, and a map in braces"
            .to_owned()
    } else if is("mapping values are not allowed") && line.begins_with(&[':']).is_some() {
        "this line goes on with the text of the line above; indent it like the field above, or write the \
         whole text in quotes"
            .to_owned()
    } else if is("unexpected character") || is("anchor or alias") || is("before directive") {
        no_beginning(line.begins_with(&['@', '`', '%', '*', '&'])?)
    } else if line.is_value()
        && let Some(sign) = line.begins_with(&['?', ','])
    {
        no_beginning(sign)
    } else if line.is_value() && is("block sequence entries are not allowed") {
        "a list begins below its field; write each item on a line of its own, or a text in quotes"
            .to_owned()
    } else if is("scanning a block scalar") {
        let sign = line.begins_with(&['|', '>'])?;
        format!("behind `{sign}` the text begins on the next line; write it there, or in quotes")
    } else if is("escape character") || is("hexadecimal number") {
        "in double quotes a backslash and what follows it are one character, and this is none; write the text in \
         single quotes, or two backslashes for each"
            .to_owned()
    } else if is("did not find expected") && line.goes_on_behind(&[']', '}']) {
        "the text goes on behind its closing bracket; write all of it in quotes".to_owned()
    } else {
        return None;
    };
    Some(words)
}

fn no_beginning(sign: char) -> String {
    let sign = match sign {
        '`' => "a backquote".to_owned(),
        sign => format!("`{sign}`"),
    };
    format!("a text cannot begin with {sign}; write it in quotes")
}
