//! Texts of conditions that are compared as they are written, and look as if they were meant otherwise: with
//! wildcards, or as ranges.

use super::PolicyWarning;
use crate::place::{Placed, Trail};
use crate::rule::{Predicate, Subject, Test};
use crate::text::number_range;

/// The signs that stand for any text elsewhere, in files and in databases.
const WILDCARDS: [char; 2] = ['*', '%'];

/// Warns about each such text of an attribute. Ranges are those between numbers of equal length: `51-200` is the name of
/// a range in many systems, and `12345-6789` a single postal code.
pub(super) fn warn(test: &Test, trail: Trail<'_>, warnings: &mut Vec<Placed<PolicyWarning>>) {
    let Subject::Attribute(attribute) = &test.subject else {
        return;
    };
    let (texts, are_tags) = match &test.predicate {
        Predicate::Is(texts)
        | Predicate::Contains(texts)
        | Predicate::StartsWith(texts)
        | Predicate::EndsWith(texts) => (texts, false),
        Predicate::ContainsAny(texts) | Predicate::ContainsAll(texts) => (texts, true),
        _ => return,
    };
    let subject = trail.field(attribute.as_str());
    let operator = subject.field(test.predicate.key());
    for (index, text) in texts.iter().enumerate() {
        let range = number_range(text).filter(|(from, to)| from.len() == to.len() && from < to);
        let warning = range
            .map(|(from, to)| PolicyWarning::RangeAsText {
                text: text.to_string(),
                from: from.to_owned(),
                to: to.to_owned(),
            })
            .or_else(|| {
                let remedy = if are_tags {
                    tags_instead(text)
                } else {
                    test_instead(text)
                };
                Some(PolicyWarning::Wildcard {
                    text: text.to_string(),
                    remedy: remedy?,
                })
            });
        if let Some(warning) = warning {
            // A single text is written without a list, so it has no index.
            let place = match texts.len() {
                1 => operator.place(),
                _ => operator.item(index).place(),
            };
            warnings.push(Placed::new(place, warning));
        }
    }
}

/// What to write for a text with wildcards at its ends; none if it has no such.
fn test_instead(text: &str) -> Option<String> {
    let (begins, ends) = (text.starts_with(WILDCARDS), text.ends_with(WILDCARDS));
    let inner = text.trim_matches(WILDCARDS);
    Some(match (begins, ends) {
        (false, false) => return None,
        _ if inner.is_empty() => {
            "to ask whether there is any text, write `is missing` behind `not`".to_owned()
        }
        (true, true) => format!("for any text with it inside, write `contains '{inner}'`"),
        (false, true) => format!("for any text behind it, write `starts with '{inner}'`"),
        (true, false) => format!("for any text before it, write `ends with '{inner}'`"),
    })
}

fn tags_instead(text: &str) -> Option<String> {
    let has_wildcard = text.starts_with(WILDCARDS) || text.ends_with(WILDCARDS);
    has_wildcard.then(|| "tags have no wildcards, so list those that are meant".to_owned())
}
