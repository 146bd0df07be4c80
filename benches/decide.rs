//! How long one decision takes: from a prepared profile, from a lead with strings, and by the
//! rule-by-rule interpreter on the same leads.

#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

mod shapes;

use std::hint::black_box;
use std::time::Duration;

use chrono::DateTime;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use leadtree::tree::{DecisionTree, Interpreter};
use shapes::{SIZES, Shape};

fn decide(criterion: &mut Criterion) {
    let leads = shapes::leads(4_096);
    let now = DateTime::UNIX_EPOCH;
    for shape in Shape::ALL {
        let mut group = criterion.benchmark_group(format!("decide/{}", shape.as_str()));
        group.warm_up_time(Duration::from_millis(500));
        group.measurement_time(Duration::from_secs(1));
        group.sample_size(20);
        for rules in SIZES {
            let policy = shape.policy(rules);
            let tree = DecisionTree::compile(&policy).expect("sound");
            let interpreter = Interpreter::new(&policy);
            let profiles: Vec<_> = leads.iter().map(|lead| tree.profile(lead)).collect();
            let mut profiles = profiles.iter().cycle();
            group.bench_function(BenchmarkId::new("profile", rules), |bencher| {
                bencher.iter(|| {
                    profiles
                        .next()
                        .map(|profile| tree.decide_profile(profile, now))
                });
            });
            let mut next = leads.iter().cycle();
            group.bench_function(BenchmarkId::new("lead", rules), |bencher| {
                bencher.iter(|| next.next().map(|lead| tree.decide(black_box(lead), now)));
            });
            let mut next = leads.iter().cycle();
            group.bench_function(BenchmarkId::new("interpreter", rules), |bencher| {
                bencher.iter(|| {
                    next.next()
                        .map(|lead| interpreter.decide(black_box(lead), now))
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, decide);
criterion_main!(benches);
