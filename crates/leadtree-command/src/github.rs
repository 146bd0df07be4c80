//! Findings as commands that a workflow on GitHub turns into annotations of the lines.

use leadtree::Finding;

/// The command for a finding in a file, as a line.
pub(crate) fn command(file: &str, finding: &Finding) -> String {
    let (severity, code) = (finding.severity, finding.code);
    let file = property(file);
    let place = finding.location.as_ref().map_or_else(String::new, |at| {
        let (line, column, end) = (at.line, at.column, at.end_column);
        format!(",line={line},col={column},endColumn={end}")
    });
    let message = escaped(&finding.to_string());
    format!("::{severity} file={file}{place},title={code}::{message}\n")
}

/// Escapes what would end a command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes what would end a property of a command.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_command_are_escaped() {
        assert_eq!(escaped("100 %\r\n::"), "100 %25%0D%0A::");
        assert_eq!(property("a:b,c%"), "a%3Ab%2Cc%25");
    }
}
