//! How long each strategy takes to pick one of 10, 100 or 1,000 members.

#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

mod shapes;

use std::time::Duration;

use chrono::DateTime;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use leadtree::RotationId;
use leadtree::strategy::{Candidates, Load, Standing, StrategyRegistry, Turn};
use leadtree::team::StrategyChoice;

fn strategies(criterion: &mut Criterion) {
    let leads = shapes::leads(4_096);
    let rotation = RotationId::from("bench");
    let registry = StrategyRegistry::new();
    for name in [
        "round_robin",
        "least_loaded",
        "sticky",
        "random",
        "waterfall",
    ] {
        let mut group = criterion.benchmark_group(format!("pick/{name}"));
        group.warm_up_time(Duration::from_millis(500));
        group.measurement_time(Duration::from_secs(1));
        group.sample_size(20);
        for members in [10_u32, 100, 1_000] {
            let roster: Vec<Standing> = (0..members)
                .map(|number| {
                    let load = Load {
                        open: number * 7 % 31,
                        today: 0,
                    };
                    Standing::new(format!("m-{number}"), 1 + number % 3).with_load(load)
                })
                .collect();
            let eligible: Vec<u32> = (0..members).collect();
            let candidates = Candidates::new(&roster, &eligible);
            let mut strategy = registry.build(&StrategyChoice::new(name)).expect("sound");
            strategy.enroll(&roster);
            let mut next = leads.iter().cycle();
            group.bench_function(BenchmarkId::from_parameter(members), |bencher| {
                bencher.iter(|| {
                    let lead = next.next()?;
                    strategy.choose(&Turn::new(
                        DateTime::UNIX_EPOCH,
                        lead,
                        &rotation,
                        candidates,
                    ))
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, strategies);
criterion_main!(benches);
