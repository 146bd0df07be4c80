//! `leadtree check --format sarif` writes what SARIF 2.1.0 (OASIS Standard, 27 March 2020) asks for.
//!
//! The assertions follow the sections of the specification that are named; its JSON Schema is not part of the
//! project.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::{folder, run};

/// Faults, a warning beside them in another file, a fault of the whole file, and a name that is no URI as it is.
const FILES: [(&str, &str); 3] = [
    (
        "with a space & [brackets] 100%.yaml",
        "regions: {paths: [cn]}\nrules: [{id: a, when: region in xx, assign_to: nobody}]\n",
    ),
    (
        "warned.yaml",
        "pools: [later]\nrules: [{id: a, assign_to: {pool: unmatched}}]\n",
    ),
    ("empty.yaml", ""),
];

/// Fails unless an object has the required properties, and no others than those that are optional.
fn has_properties(object: &Value, required: &[&str], optional: &[&str]) {
    let object = object.as_object().unwrap();
    let known: BTreeSet<_> = required.iter().chain(optional).copied().collect();
    for name in required {
        assert!(
            object.contains_key(*name),
            "`{name}` is missing in {object:?}"
        );
    }
    for name in object.keys() {
        assert!(
            known.contains(name.as_str()),
            "`{name}` is unknown in {object:?}"
        );
    }
}

/// A relative reference by RFC 3986, appendix A: no scheme, no white space, and `%` before two digits only.
fn is_uri_reference(text: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@/%".contains(&byte);
    let mut parts = text.split('%');
    let is_escaped = |part: &str| {
        part.get(..2)
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    !text.is_empty()
        && text.bytes().all(is_allowed)
        && parts.next().is_some()
        && parts.all(is_escaped)
}

#[test]
fn what_is_written_is_sarif() {
    let folder = folder("sarif");
    let mut check = vec!["check", "--format", "sarif"];
    for (name, text) in FILES {
        fs::write(folder.join(name), text).unwrap();
        check.push(name);
    }
    let told = run(&folder, &check, "");
    let log: Value = serde_json::from_str(&told.stdout).unwrap();

    // 3.13 sarifLog
    has_properties(&log, &["version", "runs"], &["$schema"]);
    assert_eq!(log["version"], "2.1.0");
    let [run] = log["runs"].as_array().unwrap().as_slice() else {
        panic!("one run");
    };
    // 3.14 run, 3.18 tool, 3.19 toolComponent
    has_properties(run, &["tool", "results"], &["columnKind"]);
    assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
    has_properties(&run["tool"], &["driver"], &[]);
    let driver = &run["tool"]["driver"];
    has_properties(driver, &["name"], &["version", "rules"]);
    // 3.49 reportingDescriptor: ids are unique here, 3.11 message
    let rules = driver["rules"].as_array().unwrap();
    let ids: BTreeSet<_> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), rules.len());
    for rule in rules {
        has_properties(rule, &["id"], &["shortDescription"]);
        has_properties(&rule["shortDescription"], &["text"], &[]);
    }
    // 3.27 result
    let results = run["results"].as_array().unwrap();
    let mut files = BTreeSet::new();
    let mut levels = BTreeSet::new();
    for result in results {
        let optional = ["ruleId", "ruleIndex", "level", "locations"];
        has_properties(result, &["message"], &optional);
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(result["ruleId"], rule["id"]);
        levels.insert(result["level"].as_str().unwrap());
        has_properties(&result["message"], &["text"], &[]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        for location in result["locations"].as_array().unwrap() {
            // 3.28 location, 3.29 physicalLocation, 3.4 artifactLocation
            has_properties(location, &["physicalLocation"], &["logicalLocations"]);
            let physical = &location["physicalLocation"];
            has_properties(physical, &["artifactLocation"], &["region"]);
            has_properties(&physical["artifactLocation"], &["uri"], &[]);
            let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
            assert!(is_uri_reference(uri), "{uri}");
            files.insert(uri);
            // 3.30 region: lines and columns count from 1, and the end is behind the region.
            if let Some(region) = physical.get("region") {
                has_properties(region, &["startLine"], &["startColumn", "endColumn"]);
                let number = |name: &str| region[name].as_u64().unwrap();
                assert!(number("startLine") >= 1 && number("startColumn") >= 1);
                assert!(number("endColumn") >= number("startColumn"));
            }
            // 3.33 logicalLocation
            let logical = location["logicalLocations"].as_array();
            for logical in logical.into_iter().flatten() {
                has_properties(logical, &["fullyQualifiedName"], &[]);
                assert_ne!(logical["fullyQualifiedName"], "");
            }
        }
    }
    assert_eq!(levels, BTreeSet::from(["error", "warning"]));
    let encoded = "with%20a%20space%20&%20%5Bbrackets%5D%20100%25.yaml";
    assert_eq!(
        files,
        BTreeSet::from(["empty.yaml", "warned.yaml", encoded])
    );
}
