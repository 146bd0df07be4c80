//! What resolving the strings of a lead costs, from the caller's lead to a decision, compared with
//! five plain hash look-ups of the same strings.
//!
//! - `lookups`: five look-ups of path strings in hash maps, spelled like the keys: the minimum for
//!   any string input;
//! - `lookups_and_decide`: those look-ups, then a decision from a prepared profile;
//! - `decide_as_written`: decisions from leads spelled as in the taxonomy;
//! - `decide_odd`: decisions from leads with unusual case and spaces, or aliases;
//! - `profile_as_written`, `profile_odd`: without deciding; resolves only what the rules test, here
//!   region, industry and size;
//! - `facts_as_written`, `facts_odd`: resolves all six dimensions.
//!
//! With 10,000 territory rules; then with 90,000 further regions, to show that the size of a
//! taxonomy does not matter; and with 10,000 rules of lists.

#![allow(clippy::expect_used, reason = "the generator makes sound policies")]

mod shapes;

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Duration;

use chrono::DateTime;
use criterion::{Criterion, criterion_group, criterion_main};
use fastrand::Rng;
use foldhash::fast::FixedState;
use leadtree::Lead;
use leadtree::dimension::{Dimension, TaxonomyDraft};
use leadtree::lead::{Facts, FunnelStage, Industry, LifecycleStage, ProductLine, Region};
use leadtree::tree::DecisionTree;
use shapes::{Shape, Tree};

const RULES: usize = 10_000;
const LEADS: usize = 4_096;

/// The dimensions that are looked up by name.
const NAMES: [Dimension; 5] = [
    Dimension::Region,
    Dimension::Industry,
    Dimension::ProductLine,
    Dimension::LifecycleStage,
    Dimension::FunnelStage,
];

type Plain<'a> = HashMap<&'a str, u32, FixedState>;

fn resolve(criterion: &mut Criterion) {
    let as_written = shapes::leads(LEADS);
    let odd = odd_leads(&as_written);
    for (shape, size, further_regions) in [
        (Shape::Territory, "11_000", 0),
        (Shape::Territory, "100_000", 90_000),
        (Shape::Lists, "11_000", 0),
    ] {
        let policy = shape
            .draft(RULES)
            .regions(with_aliases(Tree::Region).paths(further(further_regions)))
            .industries(with_aliases(Tree::Industry))
            .product_lines(with_aliases(Tree::Product))
            .build()
            .expect("sound");
        let tree = DecisionTree::compile(&policy).expect("sound");
        let dimensions = policy.dimensions();
        let paths = [
            dimensions.regions(),
            dimensions.industries(),
            dimensions.product_lines(),
        ]
        .map(|taxonomy| {
            (0..)
                .zip(taxonomy.nodes())
                .map(|(code, (_, path))| (path, code))
                .collect()
        });
        let stages = [dimensions.lifecycle_stages(), dimensions.funnel_stages()]
            .map(|stages| stages.names().zip(0..).collect());
        let [regions, industries, product_lines]: [Plain<'_>; 3] = paths;
        let [lifecycle, funnel]: [Plain<'_>; 2] = stages;
        let maps = [regions, industries, product_lines, lifecycle, funnel];
        let name = format!("resolve/{}/{size}", shape.as_str());
        bench(criterion, &name, &tree, &maps, &as_written, &odd);
    }
}

fn bench(
    criterion: &mut Criterion,
    name: &str,
    tree: &DecisionTree,
    maps: &[Plain<'_>; 5],
    as_written: &[Lead<'_>],
    odd: &[Lead<'_>],
) {
    let now = DateTime::UNIX_EPOCH;
    let profiles: Vec<_> = as_written.iter().map(|lead| tree.profile(lead)).collect();
    for (written, odd) in as_written.iter().zip(odd) {
        assert_eq!(
            tree.decide(written, now).rule(),
            tree.decide(odd, now).rule()
        );
    }

    let mut group = criterion.benchmark_group(name);
    group.warm_up_time(Duration::from_millis(500));
    group.measurement_time(Duration::from_secs(2));
    let mut leads = as_written.iter().cycle();
    group.bench_function("lookups", |bencher| {
        bencher.iter(|| leads.next().map(|lead| look_up(maps, black_box(lead))));
    });
    let mut pairs = as_written.iter().zip(&profiles).cycle();
    group.bench_function("lookups_and_decide", |bencher| {
        bencher.iter(|| {
            pairs.next().map(|(lead, profile)| {
                let found = look_up(maps, black_box(lead));
                (found, tree.decide_profile(profile, now))
            })
        });
    });
    for (spelling, leads) in [("as_written", as_written), ("odd", odd)] {
        let mut next = leads.iter().cycle();
        group.bench_function(format!("decide_{spelling}"), |bencher| {
            bencher.iter(|| next.next().map(|lead| tree.decide(black_box(lead), now)));
        });
        let mut next = leads.iter().cycle();
        group.bench_function(format!("profile_{spelling}"), |bencher| {
            bencher.iter(|| next.next().map(|lead| tree.profile(black_box(lead))));
        });
        let mut next = leads.iter().cycle();
        group.bench_function(format!("facts_{spelling}"), |bencher| {
            let dimensions = tree.policy().dimensions();
            bencher.iter(|| {
                next.next()
                    .map(|lead| Facts::of(black_box(lead), dimensions))
            });
        });
    }
    group.finish();
}

/// The names of a lead.
fn names<'a>(lead: &'a Lead<'_>) -> [Option<&'a str>; 5] {
    [
        lead.region().map(Region::as_str),
        lead.industry().map(Industry::as_str),
        lead.product_line().map(ProductLine::as_str),
        lead.lifecycle_stage().map(LifecycleStage::as_str),
        lead.funnel_stage().map(FunnelStage::as_str),
    ]
}

fn look_up(maps: &[Plain<'_>; 5], lead: &Lead<'_>) -> [Option<u32>; 5] {
    let mut found = [None; 5];
    for ((found, map), text) in found.iter_mut().zip(maps).zip(names(lead)) {
        *found = text.and_then(|text| map.get(text).copied());
    }
    found
}

/// The taxonomy of the shapes, with a code and a Chinese name for every leaf.
fn with_aliases(tree: Tree) -> TaxonomyDraft {
    let leaves = tree.leaves().into_iter().enumerate();
    leaves.fold(tree.taxonomy(), |draft, (number, leaf)| {
        draft.alias(leaf.path(), [code(number), chinese(number)])
    })
}

fn code(number: usize) -> String {
    format!("C-{number:04}")
}

fn chinese(number: usize) -> String {
    format!("华东大区{number}号")
}

fn further(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("further/place-{}/town-{number}", number / 100))
}

/// The leads as people write them: each name in upper case, with spaces around the slashes, by
/// code, or by a Chinese name with a full-width space.
fn odd_leads(leads: &[Lead<'_>]) -> Vec<Lead<'static>> {
    let numbers = [Tree::Region, Tree::Industry, Tree::Product].map(|tree| {
        let paths = tree.leaves().into_iter().map(|leaf| leaf.path());
        paths.zip(0..).collect::<HashMap<String, usize>>()
    });
    let mut random = Rng::with_seed(shapes::SEED);
    let mut odd = |dimension: usize, name: &str| {
        let number = numbers.get(dimension).and_then(|numbers| numbers.get(name));
        match (random.u32(..4), number) {
            (0, _) => name.to_uppercase(),
            (1, _) => format!(" {} ", in_words(name)),
            (_, None) => format!("{}\t", in_words(name)),
            (2, Some(&number)) => code(number).to_lowercase(),
            (_, Some(&number)) => format!("{}\u{3000}", chinese(number)),
        }
    };
    let mut one = |lead: &Lead<'_>| {
        let mut builder = Lead::builder(lead.id().to_owned());
        if let Some(size) = lead.customer_size() {
            builder = builder.customer_size(size.clone().into_owned());
        }
        let texts = NAMES.into_iter().zip(names(lead)).enumerate();
        let texts =
            texts.filter_map(|(index, (dimension, text))| Some((dimension, odd(index, text?))));
        texts
            .fold(builder, |builder, (dimension, text)| {
                builder.value(dimension, text)
            })
            .build()
    };
    leads.iter().map(&mut one).collect()
}

/// `cn/east` as `Cn / East`.
fn in_words(name: &str) -> String {
    let words = name.split('/').map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect::<Vec<_>>().join(" / ")
}

criterion_group!(benches, resolve);
criterion_main!(benches);
