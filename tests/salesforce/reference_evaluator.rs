//! An independent evaluator of assignment rules, written from the Salesforce documentation.
//!
//! It shares no code with the import. Its rules and their sources are in the guide's chapter on the
//! import.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A record: values by full field name; a missing field is blank.
pub(crate) type Record = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
pub(crate) struct Rules {
    #[serde(default, rename = "assignmentRule")]
    pub(crate) rules: Vec<AssignmentRule>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct AssignmentRule {
    #[serde(rename = "fullName")]
    pub(crate) name: String,
    #[serde(default, rename = "ruleEntry")]
    pub(crate) entries: Vec<RuleEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RuleEntry {
    #[serde(default)]
    pub(crate) criteria_items: Vec<Criterion>,
    #[serde(default)]
    pub(crate) boolean_filter: String,
    #[serde(default)]
    pub(crate) formula: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Criterion {
    pub(crate) field: String,
    pub(crate) operation: String,
    #[serde(default)]
    pub(crate) value: String,
}

/// What kind of values a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Number,
    Flag,
    Date,
    Selection,
}

/// The fields of a file with their types.
pub(crate) type Types = BTreeMap<String, Type>;

pub(crate) fn read(xml: &str) -> Rules {
    quick_xml::de::from_str(xml).expect("the reference evaluator reads well-formed rules")
}

/// The values between the commas; quotes keep commas.
pub(crate) fn split(value: &str) -> Vec<String> {
    let (mut values, mut value_so_far, mut quoted) = (Vec::new(), String::new(), false);
    for character in value.chars() {
        match character {
            '"' if quoted || value_so_far.trim().is_empty() => quoted = !quoted,
            ',' if !quoted => values.push(std::mem::take(&mut value_so_far)),
            _ => value_so_far.push(character),
        }
    }
    values.push(value_so_far);
    values.iter().map(|value| value.trim().to_owned()).collect()
}

/// The types that the criteria of a file leave open.
pub(crate) fn types(rules: &Rules) -> Types {
    let mut asked: BTreeMap<&str, Vec<&Criterion>> = BTreeMap::new();
    for criterion in rules
        .rules
        .iter()
        .flat_map(|rule| &rule.entries)
        .flat_map(|entry| &entry.criteria_items)
    {
        asked.entry(&criterion.field).or_default().push(criterion);
    }
    let type_of = |criteria: Vec<&Criterion>| {
        let values: Vec<String> = criteria
            .iter()
            .flat_map(|it| split(&it.value))
            .filter(|it| !it.is_empty())
            .collect();
        let any = |operations: &[&str]| {
            criteria
                .iter()
                .any(|it| operations.contains(&it.operation.as_str()))
        };
        let number = |it: &String| {
            let code = it.len() > 1 && it.starts_with('0') && !it.starts_with("0.");
            !code && it.parse::<f64>().is_ok_and(f64::is_finite) && !it.contains(['e', 'E'])
        };
        if any(&["includes", "excludes"]) {
            Type::Selection
        } else if any(&["contains", "notContain", "startsWith"]) || values.is_empty() {
            Type::Text
        } else if values.iter().all(number) {
            Type::Number
        } else if values.iter().all(|it| it == "TODAY") {
            Type::Date
        } else if values
            .iter()
            .all(|it| ["true", "false"].contains(&&*it.to_lowercase()))
        {
            Type::Flag
        } else {
            Type::Text
        }
    };
    let texts = ["PostalCode", "Phone", "LeadSource", "Rating", "Status"];
    let named_in_formulas = pairs_of(rules).map(|(field, _)| (field, Type::Text));
    let mut types: Types = named_in_formulas.collect();
    types.extend(asked.into_iter().map(|(field, criteria)| {
        let short = field.rsplit('.').next().unwrap();
        let is_text = texts.contains(&short);
        (
            field.to_owned(),
            if is_text {
                Type::Text
            } else {
                type_of(criteria)
            },
        )
    }));
    types
}

/// The fields that the formulas of a file use.
fn pairs_of(rules: &Rules) -> impl Iterator<Item = (String, String)> {
    let entries = rules.rules.iter().flat_map(|rule| &rule.entries);
    entries.flat_map(|entry| pairs(&entry.formula))
}

/// The fields and values that a formula names: those of `ISPICKVAL(field, 'value')`, and blank for
/// those of `TEXT(field)`.
pub(crate) fn pairs(formula: &str) -> Vec<(String, String)> {
    let arguments = |function: &str| -> Vec<String> {
        let after = formula.split(function).skip(1);
        after
            .filter_map(|after| after.split(')').next())
            .map(str::to_owned)
            .collect()
    };
    let picked = arguments("ISPICKVAL(").into_iter().filter_map(|it| {
        let (field, value) = it.split_once(',')?;
        let value = value.trim().trim_matches('\'');
        Some((field.trim().to_owned(), value.to_owned()))
    });
    let blank = arguments("TEXT(").into_iter();
    picked
        .chain(blank.map(|field| (field.trim().to_owned(), String::new())))
        .collect()
}

/// Whether the criterion holds for the record.
pub(crate) fn holds(criterion: &Criterion, types: &Types, record: &Record) -> bool {
    let field = record
        .get(&criterion.field)
        .map_or("", |value| value.trim())
        .to_lowercase();
    let values: Vec<String> = split(&criterion.value)
        .iter()
        .map(|it| it.to_lowercase())
        .collect();
    let field_type = types[&criterion.field];
    let number = |text: &str| text.parse::<f64>().unwrap();
    let equals = |value: &String| match field_type {
        // A missing checkbox is unchecked.
        Type::Flag => (field == "true") == (value == "true"),
        _ if value.is_empty() || field.is_empty() => value.is_empty() && field.is_empty(),
        Type::Number => (number(&field) - number(value)).abs() < f64::EPSILON,
        Type::Date | Type::Text => field == *value,
        Type::Selection => unreachable!("only blank is asked of a selection"),
    };
    let order = |value: &String| match field_type {
        // A blank number counts as zero.
        Type::Number => {
            let field = if field.is_empty() {
                0.0
            } else {
                number(&field)
            };
            field.partial_cmp(&number(value))
        }
        // Dates like 2026-03-31 sort as texts; blank ones do not compare.
        _ => (!field.is_empty()).then(|| field.cmp(value)),
    };
    let includes = |value: &String| {
        let selected: Vec<&str> = field.split(';').map(str::trim).collect();
        value.split(';').all(|it| selected.contains(&it.trim()))
    };
    let any = |test: &dyn Fn(&String) -> bool| values.iter().any(test);
    match criterion.operation.as_str() {
        "equals" => any(&equals),
        "notEqual" => !any(&equals),
        "contains" => any(&|value| field.contains(value.as_str())),
        "notContain" => !any(&|value| field.contains(value.as_str())),
        "startsWith" => any(&|value| field.starts_with(value.as_str())),
        "includes" => any(&includes),
        "excludes" => !any(&includes),
        "lessThan" => any(&|value| order(value).is_some_and(std::cmp::Ordering::is_lt)),
        "greaterThan" => any(&|value| order(value).is_some_and(std::cmp::Ordering::is_gt)),
        "lessOrEqual" => any(&|value| order(value).is_some_and(std::cmp::Ordering::is_le)),
        "greaterOrEqual" => any(&|value| order(value).is_some_and(std::cmp::Ordering::is_ge)),
        operation => panic!("the reference evaluator does not know `{operation}`"),
    }
}

/// Whether the entry applies to the record; `None` for formulas that this evaluator does not
/// support.
pub(crate) fn applies(entry: &RuleEntry, types: &Types, record: &Record) -> Option<bool> {
    if !entry.formula.is_empty() {
        return formula(&entry.formula, record);
    }
    let holds: Vec<bool> = entry
        .criteria_items
        .iter()
        .map(|criterion| holds(criterion, types, record))
        .collect();
    if entry.boolean_filter.is_empty() {
        return Some(holds.iter().all(|&holds| holds));
    }
    let filter = entry.boolean_filter.to_lowercase();
    // Highest numbers first, so that 1 does not match 12.
    let answered = (1..=holds.len()).rev().fold(filter, |filter, number| {
        let answer = if holds[number - 1] { "T" } else { "F" };
        filter.replace(&number.to_string(), answer)
    });
    Some(reduced(
        &answered
            .replace("and", "&")
            .replace("or", "|")
            .replace("not", "!"),
    ))
}

/// A formula with only `ISPICKVAL` and `ISBLANK(TEXT())`.
fn formula(formula: &str, record: &Record) -> Option<bool> {
    let field = |name: &str| {
        let own = |(field, _): &(&String, &String)| field.rsplit('.').next() == Some(name);
        record
            .iter()
            .find(own)
            .map_or("", |(_, value)| value.trim())
            .to_lowercase()
    };
    let mut rest = formula.to_owned();
    while let Some(begin) = rest.find("ISPICKVAL(") {
        let end = begin + rest[begin..].find(')')?;
        let (name, value) = rest[begin + 10..end].split_once(',')?;
        let value = value.trim().trim_matches('\'').to_lowercase();
        let answer = if field(name.trim()) == value {
            "T"
        } else {
            "F"
        };
        rest.replace_range(begin..=end, answer);
    }
    while let Some(begin) = rest.find("ISBLANK(TEXT(") {
        let end = begin + rest[begin..].find("))")? + 1;
        let answer = if field(rest[begin + 13..end - 1].trim()).is_empty() {
            "T"
        } else {
            "F"
        };
        rest.replace_range(begin..=end, answer);
    }
    let rest = rest.replace("&&", "&").replace("||", "|");
    let known = rest
        .chars()
        .all(|it| it.is_whitespace() || "TF&|!()".contains(it));
    known.then(|| reduced(&rest))
}

/// Evaluates `T`, `F`, `&`, `|`, `!` and parentheses by rewriting until one letter is left.
/// Operators that bind closer are replaced first.
fn reduced(text: &str) -> bool {
    let mut text: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    let steps = [
        ("!!", ""),
        ("(T)", "T"),
        ("(F)", "F"),
        ("!T", "F"),
        ("!F", "T"),
        ("T&T", "T"),
        ("T&F", "F"),
        ("F&T", "F"),
        ("F&F", "F"),
    ];
    let last = [("T|T", "T"), ("T|F", "T"), ("F|T", "T"), ("F|F", "F")];
    'again: while text.len() > 1 {
        for (from, to) in steps {
            if text.contains(from) {
                text = text.replacen(from, to, 1);
                continue 'again;
            }
        }
        for (from, to) in last {
            // An `|` waits for an adjacent `&` or `!`.
            let free = text.match_indices(from).find(|(at, _)| {
                let before = text[..*at].chars().next_back();
                let after = text[at + from.len()..].chars().next();
                !matches!(before, Some('&' | '!')) && after != Some('&')
            });
            if let Some((at, _)) = free {
                text.replace_range(at..at + from.len(), to);
                continue 'again;
            }
        }
        panic!("stuck at {text}");
    }
    text == "T"
}

#[test]
fn the_reference_evaluator_reduces_logic() {
    for (text, expected) in [
        ("T", true),
        ("T|F&F", true),
        ("(T|F)&F", false),
        ("!F&T", true),
        ("!(T|F)|T&!F", true),
        ("F&(T|T)|F", false),
        ("!!T", true),
        ("!(!T)", true),
    ] {
        assert_eq!(reduced(text), expected, "{text}");
    }
}

#[test]
fn the_reference_evaluator_splits_at_commas() {
    assert_eq!(split("a, \"b, c\",,d"), ["a", "b, c", "", "d"]);
}
