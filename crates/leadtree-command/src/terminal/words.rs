//! Phrases for the report.

use indicatif::HumanCount;

/// At most this many characters of a value are shown, since free text can be long.
const LONGEST: usize = 28;

/// A number with its unit, as in `1 lead` and `2 leads`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    let words = if count == 1 { one } else { many };
    format!("{} {words}", HumanCount(count))
}

/// A reason code in words, followed by the code, which the file of assignments uses.
pub(crate) fn reason(code: &str) -> String {
    let words = match code {
        "team_empty" => "the team has no members",
        "nobody_active" => "nobody is active",
        "nobody_fits" => "nobody is able to take it",
        "nobody_available" => "nobody is at work",
        "team_full" => "the team is full",
        "all_seated" => "whoever could has a seat already",
        "nobody_with_capacity" => "everybody is full",
        "declined" => "the strategy picked nobody",
        "no_rule_matched" => "no rule matched",
        // A code that is newer.
        _ => return code.to_owned(),
    };
    format!("{words} ({code})")
}

/// The most frequent values with their counts, and the number of others.
pub(crate) fn most_frequent(ranked: &[(&str, u64)], shown: usize) -> String {
    let mut words: Vec<_> = ranked
        .iter()
        .take(shown)
        .map(|(value, count)| format!("{} ({})", shortened(value), HumanCount(*count)))
        .collect();
    let others = ranked.len().saturating_sub(shown);
    if others > 0 {
        let others = counted(others as u64, "other", "others");
        words.push(format!("and {others}"));
    }
    words.join(", ")
}

/// A text from outside without control characters, but for its line breaks.
pub(crate) fn without_controls(text: &str) -> String {
    text.replace(
        |character: char| character.is_control() && character != '\n',
        " ",
    )
}

/// At most this many characters of a text from outside are printed as they are.
const LONGEST_TEXT: usize = 400;

/// A text from outside on one line, without control characters, which must not reach the terminal.
pub(crate) fn plain(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    match plain.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", plain.get(..end).unwrap_or_default()),
        None => plain,
    }
}

/// A value on one line, without control characters, which must not reach the terminal.
pub(crate) fn shortened(value: &str) -> String {
    let plain = value.replace(char::is_control, " ");
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
