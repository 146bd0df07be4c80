//! The program in the README: a policy, a lead, its assignment, and why another rule did not apply.
//!
//! `cargo run --example quickstart`

use leadtree::prelude::*;

#[rustfmt::skip] // Line for line as in the README.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policy = PolicyDraft::new()
        .regions(Taxonomy::draft().path("cn/east/shanghai").alias("cn/east/shanghai", ["上海", "SH"]))
        .industries(Taxonomy::draft().paths(["manufacturing/automotive", "energy"]))
        .team(Team::new("key-accounts").members(["m-01", "m-02"]))
        .team(Team::new("east").members([TeamMember::new("m-03").weight(2), "m-04".into()]))
        .rule(Rule::new("east-key-accounts")
            .when(region().within("cn/east") & industry().within("manufacturing") & customer_size().at_least(1000))
            .assign_to("key-accounts"))
        .rule(Rule::new("east").when(region().within("cn/east")).assign_to("east"))
        .build()?;
    let dispatcher = Dispatcher::new(&policy)?;
    let now = chrono::DateTime::UNIX_EPOCH;

    let lead = Lead::builder("L-1").region("上海").industry("Manufacturing").customer_size("51-200").build();
    println!("{}", dispatcher.assign(&lead, now));

    if let Some(why) = dispatcher.tree().explain(&lead, now).why_not("east-key-accounts") {
        println!("{why}");
    }
    Ok(())
}
