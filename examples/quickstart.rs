//! The twenty lines of the README: a policy, a lead, an assignment.
//!
//! `cargo run --example quickstart`

use leadtree::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policy = PolicyDraft::new()
        .regions(
            Taxonomy::draft()
                .paths(["cn/east/shanghai", "us/west"])
                .alias("cn/east/shanghai", ["上海", "SH"]),
        )
        .industries(Taxonomy::draft().paths(["manufacturing/automotive", "energy"]))
        .team(Team::new("key-accounts").members(["m-01", "m-02"]))
        .team(Team::new("east").members([TeamMember::new("m-03").weight(2), "m-04".into()]))
        .rule(
            Rule::new("east-manufacturing-key-accounts")
                .when(
                    region().within("cn/east")
                        & industry().within("manufacturing")
                        & customer_size().at_least(1000),
                )
                .assign_to("key-accounts"),
        )
        .rule(
            Rule::new("east")
                .when(region().within("cn/east"))
                .assign_to("east"),
        )
        .build()?;
    let dispatcher = Dispatcher::new(&policy)?;
    let now = chrono::DateTime::UNIX_EPOCH;

    for (id, size) in [
        ("L-1", "5,000"),
        ("L-2", "51-200"),
        ("L-3", "12"),
        ("L-4", ""),
    ] {
        let lead = Lead::builder(id)
            .region("上海")
            .industry("Manufacturing / Automotive")
            .customer_size(size)
            .build();
        println!("{}", dispatcher.assign(&lead, now));
    }
    println!(
        "{}",
        dispatcher.assign(&Lead::builder("L-5").region("mars").build(), now)
    );
    Ok(())
}
