//! Doc comments as descriptions in the schema.

use schemars::Schema;

/// Keeps the first paragraph of a description, on one line, without links.
pub(super) fn shorten_description(schema: &mut Schema) {
    let description = schema.get("description").and_then(|it| it.as_str());
    if let Some(text) = description.map(first_paragraph) {
        schema.insert("description".to_owned(), text.into());
    }
}

fn first_paragraph(comment: &str) -> String {
    let lines = comment.lines().map(str::trim);
    let lines: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    without_links(&lines.join(" "))
}

/// The labels of links in their place: of ``[`Team`]`` and of `[a team](crate::team)`.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, bracket)) = rest.split_once('[') {
        plain.push_str(before);
        rest = bracket;
        if let Some((label, after)) = bracket.split_once(']') {
            let target = after.strip_prefix('(').and_then(|it| it.split_once(')'));
            if let Some((_, after)) = target {
                plain.push_str(label);
                rest = after;
                continue;
            }
            if label.starts_with('`') && label.ends_with('`') {
                plain.push_str(label);
                rest = after;
                continue;
            }
        }
        plain.push('[');
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_plain_first_paragraphs() {
        let comment = "How a [member](crate::team::Member) is\npicked, see [`Team`]: `[a, b]`.\n\n```\ncode\n```";
        let plain = "How a member is picked, see `Team`: `[a, b]`.";
        assert_eq!(first_paragraph(comment), plain);
    }
}
