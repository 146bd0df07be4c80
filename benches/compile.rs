//! How long it takes to check and to compile a policy.

mod shapes;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use leadtree::tree::DecisionTree;
use shapes::{SIZES, Shape};

fn compile(criterion: &mut Criterion) {
    for shape in Shape::ALL {
        let mut group = criterion.benchmark_group(format!("compile/{}", shape.as_str()));
        group.sample_size(10);
        for rules in SIZES {
            let policy = shape.policy(rules);
            group.bench_function(BenchmarkId::new("tree", rules), |bencher| {
                bencher.iter(|| DecisionTree::compile(&policy));
            });
        }
        group.finish();
    }
}

fn check(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    group.sample_size(10);
    for rules in [1_000, 100_000] {
        let draft = Shape::Territory.draft(rules);
        group.bench_function(BenchmarkId::new("territory", rules), |bencher| {
            bencher.iter_batched(
                || draft.clone(),
                leadtree::policy::PolicyDraft::build,
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, compile, check);
criterion_main!(benches);
