//! Prints the JSON Schema of policy files:
//! `cargo run --all-features --example schema > examples/data/policy.schema.json`.

use leadtree::policy::Policy;

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&Policy::schema())?);
    Ok(())
}
