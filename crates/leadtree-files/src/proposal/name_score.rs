//! How well the name of a column fits a field.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::synonyms::SYNONYMS;
use crate::columns::column_key;

/// Below this a name tells nothing.
pub(super) const FAINT: f64 = 0.45;

/// From here on a name alone tells which field it is.
pub(super) const CLEAR: f64 = 0.7;

/// A synonym, or the name itself.
pub(super) const CERTAIN: f64 = 0.75;

/// Words that tell a kind rather than a thing.
const KIND_WORDS: [&str; 13] = [
    "on", "at", "date", "time", "is", "has", "the", "of", "in", "am", "datum", "code", "value",
];

/// Shorter parts of a name are found everywhere.
const SHORTEST_PART: usize = 5;

/// The names that one field may have.
pub(super) struct FieldNames {
    own: String,
    own_words: Vec<String>,
    /// Folded, the likeliest first.
    synonyms: Vec<String>,
    is_id: bool,
}

impl FieldNames {
    pub(super) fn of(field: &str) -> Self {
        let own = plain_key(field);
        let is_among = |(name, others): &&(&str, &str)| {
            plain_key(name) == own || others.split('|').any(|other| plain_key(other) == own)
        };
        // A name that is itself a synonym has those of its group, and they are less certain.
        let groups = SYNONYMS.iter().filter(is_among);
        let mut groups: Vec<_> = groups.collect();
        groups.sort_by_key(|(name, _)| plain_key(name) != own);
        let group = groups
            .first()
            .map(|(name, others)| std::iter::once(*name).chain(others.split('|')));
        let synonyms = group.into_iter().flatten().map(plain_key);
        Self {
            own_words: words(field),
            synonyms: synonyms.filter(|name| *name != own).collect(),
            is_id: own == "id",
            own,
        }
    }

    /// 1 for the name itself, 0 for one that tells nothing.
    pub(super) fn score(&self, column: &str) -> f64 {
        let name = plain_key(column);
        if name.is_empty() {
            return 0.0;
        }
        if name == self.own {
            return 1.0;
        }
        if let Some(place) = self.synonyms.iter().position(|synonym| *synonym == name) {
            return less_by(0.95, place);
        }
        let by_part = self.synonyms.iter().chain([&self.own]);
        let by_part = by_part.filter(|part| is_telling(part) && name.contains(&***part));
        let by_part = by_part.map(|part| 0.5 + 0.2 * share(part, &name));
        let by_part = by_part.fold(0.0, f64::max);
        by_part.max(self.by_words(column))
    }

    /// By the words that the names share: `first_contact` and `First Contact Date`.
    fn by_words(&self, column: &str) -> f64 {
        let theirs = words(column);
        if self.is_id {
            let ids = ["id", "nr", "no", "number", "key", "nummer"];
            let last = theirs.last().map(String::as_str);
            return if last.is_some_and(|last| ids.contains(&last)) {
                0.5
            } else {
                0.0
            };
        }
        let telling = |words: &[String]| -> Vec<String> {
            let telling = words.iter().filter(|word| !KIND_WORDS.contains(&&***word));
            telling.cloned().collect()
        };
        let (own, theirs) = (telling(&self.own_words), telling(&theirs));
        let is_alike = |one: &str, other: &str| {
            one == other
                || one.len().min(other.len()) >= SHORTEST_PART
                    && (one.starts_with(other) || other.starts_with(one))
        };
        let shared = own
            .iter()
            .filter(|word| theirs.iter().any(|other| is_alike(word, other)));
        let shared = shared.count();
        let all = own.len() + theirs.len() - shared.min(theirs.len());
        if shared == 0 || all == 0 {
            return 0.0;
        }
        0.85 * ratio(shared, all)
    }
}

/// A score that is a little lower for later places, and never below that of a synonym.
#[expect(clippy::cast_precision_loss, reason = "places in a short list")]
fn less_by(score: f64, place: usize) -> f64 {
    (score - 0.004 * place as f64).max(CERTAIN)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words, characters and rows"
)]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn share(part: &str, whole: &str) -> f64 {
    ratio(part.len(), whole.len())
}

/// Whether a part of a name says something: five letters, or two characters of Chinese.
fn is_telling(part: &str) -> bool {
    if part.is_ascii() {
        part.len() >= SHORTEST_PART
    } else {
        part.len() > SHORTEST_PART
    }
}

/// The key of a column's name, without accents too, and without the mark of custom fields.
pub(super) fn plain_key(name: &str) -> String {
    let letters = name.trim().trim_end_matches("__c").nfkd();
    let letters: String = letters
        .filter(|letter| !is_combining_mark(*letter))
        .collect();
    column_key(&letters)
}

/// The keys of the words of a name: `NumberOfEmployees` has three.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in name.trim().trim_end_matches("__c").chars() {
        let is_letter = letter.is_alphanumeric();
        if !is_letter || (was_lower && letter.is_uppercase()) {
            words.push(String::new());
        }
        if is_letter && let Some(word) = words.last_mut() {
            word.push(letter);
        }
        was_lower = letter.is_lowercase();
    }
    let words = words.iter().map(|word| plain_key(word));
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_many_languages_and_spellings_fit() {
        for (field, column, least) in [
            ("id", "Lead ID", 0.9),
            ("id", "RECORD_ID", 0.9),
            ("id", "opportunity_id", 0.7),
            ("id", "mql_id", FAINT),
            ("id", "客户编号", CERTAIN),
            ("region", "State/Province", 0.9),
            ("region", "BUNDESLAND", 0.9),
            ("region", "省份", CERTAIN),
            ("region", "Region__c", 1.0),
            ("region", "Régión", 1.0),
            ("region", "properties.region", FAINT),
            ("customer_size", "Mitarbeiterzahl", CERTAIN),
            ("customer_size", "NumberOfEmployees", 0.9),
            ("customer_size", "Number of Employees (Company)", FAINT),
            ("customer_size", "员工人数", CERTAIN),
            ("received", "Erstellt am", CERTAIN),
            ("received", "创建时间", CERTAIN),
            ("engaged_on", "engage_date", CLEAR),
            ("first_contact", "First Contact Date", CLEAR),
            ("annual_revenue", "Jahresumsatz", CERTAIN),
            ("close_value", "close_value", 1.0),
        ] {
            let score = FieldNames::of(field).score(column);
            assert!(score >= least, "{field} by {column}: {score}");
        }
        for (field, column) in [
            ("id", "Region"),
            ("region", "Employees"),
            ("industry", "Lead Source"),
            ("received", "First Name"),
            ("account", "Phone"),
        ] {
            let score = FieldNames::of(field).score(column);
            assert!(score < FAINT, "{field} by {column}: {score}");
        }
    }

    #[test]
    fn the_likelier_synonym_comes_first() {
        let region = FieldNames::of("region");
        assert!(region.score("Region") > region.score("State"));
        assert!(region.score("State") > region.score("City"));
    }
}
