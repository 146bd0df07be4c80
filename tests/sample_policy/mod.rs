#![allow(missing_docs, unreachable_pub, reason = "shared by several tests")]
//! A small policy file to which tests add rules.

use leadtree::policy::{LoadError, Policy};

/// The policy file, with more fields added.
pub fn world(more: &str) -> String {
    format!(
        r#"{{
            "regions": {{ "tree": {{ "cn": {{ "east": {{ "shanghai": {{}} }}, "north": {{}} }}, "us": {{}} }} }},
            "industries": {{ "paths": ["manufacturing", "energy"] }},
            "attributes": {{ "source": "text", "revenue": "number", "vip": "flag", "interests": "tags", "signed": "date" }},
            "pools": ["nurture"],
            "teams": [{{ "id": "east", "members": ["m-01", "m-02"] }}, {{ "id": "west", "members": ["m-03"] }}],
            {more}
        }}"#
    )
}

pub fn load(text: &str) -> Result<Policy, LoadError<serde_json::Error>> {
    Policy::load(&mut serde_json::Deserializer::from_str(text))
}
