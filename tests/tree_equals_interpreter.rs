//! The decision tree, the interpreter and an independent model always agree.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod random;

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use leadtree::policy::Policy;
use leadtree::tree::{CompileError, CompileOptions, DecisionTree, Interpreter, TreeForm};

use random::lead::Case;
use random::policy::{Rules, Size};
use random::shrinking::smallest;
use random::world::World;

const POLICIES: u64 = 256;
const LEADS: usize = 48;

/// Describes the answers for a lead, if they differ.
fn disagreement(
    world: &World,
    rules: &Rules,
    policy: &Policy,
    trees: &[(&'static str, DecisionTree)],
    case: &Case,
    now: DateTime<Utc>,
) -> Option<String> {
    let lead = case.lead(world);
    let (source, owner) = rules.decide(world, case, now);
    let mut answers = vec![("in words", format!("{source} assigns to {owner}"))];
    answers.push((
        "interpreter",
        Interpreter::new(policy).decide(&lead, now).to_string(),
    ));
    for (name, tree) in trees {
        answers.push((name, tree.decide(&lead, now).to_string()));
        let profile = tree.profile(&lead);
        let decision = tree.decide_profile(&profile, now).unwrap();
        answers.push(("the same from a profile", decision.to_string()));
    }
    let agree = answers.iter().all(|(_, answer)| *answer == answers[0].1);
    (!agree).then(|| {
        let answers = answers
            .iter()
            .map(|(who, answer)| format!("\n  {who}: {answer}"));
        answers.collect()
    })
}

/// The tree with the default budget, and with less memory than it needs.
fn trees(policy: &Policy, random: &mut Rng) -> Vec<(&'static str, DecisionTree)> {
    let whole = DecisionTree::compile(policy).unwrap();
    // About the least that suffices. What is shortened depends on the budget, so that a little more may
    // not suffice; twice as much does.
    let mut bare = 0;
    while let Err(error) = CompileOptions::new().max_bytes(bare).compile(policy) {
        let CompileError::BudgetExceeded { bytes, .. } = error else {
            panic!("{error}");
        };
        assert!(bytes > bare, "{bytes} of {bare} bytes");
        bare = bytes;
    }
    let within = |bytes| {
        CompileOptions::new()
            .max_bytes(bytes)
            .compile(policy)
            .unwrap()
    };
    let some = random.usize(..whole.stats().bytes.max(1));
    let forced = |form, in_front| {
        let options = CompileOptions::new().form(form).in_front(in_front);
        options.compile(policy)
    };
    let mut trees = vec![
        ("rule by rule", within(bare)),
        ("within a budget", within(2 * bare + some)),
        ("tree", whole),
        ("forest", forced(TreeForm::Forest, 4_096).unwrap()),
        (
            "forest behind its front",
            forced(TreeForm::Forest, 0).unwrap(),
        ),
    ];
    match forced(TreeForm::Graph, 0) {
        Ok(graph) => trees.push(("graph", graph)),
        Err(error) => assert_eq!(error, CompileError::GraphTooLarge),
    }
    trees
}

fn moments(world: &World, random: &mut Rng) -> DateTime<Utc> {
    let second = *random::pick(random, &world.moments);
    let step = *random::pick(random, &[-1, 0, 0, 1, 2_000_000_000, -2_000_000_000]);
    DateTime::from_timestamp(second, 0).unwrap() + TimeDelta::nanoseconds(step)
}

fn build(world: &World, rules: &Rules, seed: u64) -> Policy {
    let draft = rules.draft(world, &mut Rng::with_seed(seed));
    draft
        .build()
        .unwrap_or_else(|errors| panic!("seed {seed}: {errors}\n{rules:#?}"))
}

/// How often each kind of answer occurred.
#[derive(Debug, Default)]
struct Seen {
    rules: usize,
    group_otherwise: usize,
    otherwise: usize,
    later_rules: usize,
    tables: usize,
    in_front: usize,
    graphs: usize,
}

fn check(seeds: impl Iterator<Item = u64>, size: Size, leads: usize) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let random = &mut Rng::with_seed(seed);
        let world = World::new(random);
        let rules = Rules::new(&world, random, size);
        let policy = build(&world, &rules, seed);
        let compiled = trees(&policy, random);
        seen.tables += usize::from(compiled[4].1.stats().tables > 0);
        seen.in_front += usize::from(compiled[3].1.stats().in_front > 0);
        seen.graphs += usize::from(compiled.len() > 5);
        for _ in 0..leads {
            let case = Case::new(&world, random);
            let now = moments(&world, random);
            let (source, _) = rules.decide(&world, &case, now);
            seen.rules += usize::from(source.starts_with("rule"));
            seen.later_rules += usize::from(source.starts_with("rule") && source != "rule `r-1`");
            seen.group_otherwise += usize::from(source.contains("group"));
            seen.otherwise += usize::from(source.ends_with("policy"));
            if disagreement(&world, &rules, &policy, &compiled, &case, now).is_some() {
                report(&world, rules, case, now, seed);
            }
        }
    }
    seen
}

/// Fails with the smallest failing case that can be found.
fn report(world: &World, rules: Rules, case: Case, now: DateTime<Utc>, seed: u64) -> ! {
    let answers = |rules: &Rules, case: &Case| {
        let policy = build(world, rules, seed);
        let trees = trees(&policy, &mut Rng::with_seed(seed));
        disagreement(world, rules, &policy, &trees, case, now)
    };
    let found = answers(&rules, &case).is_some();
    let (rules, case) = if found {
        smallest(rules, case, |rules, case| answers(rules, case).is_some())
    } else {
        (rules, case)
    };
    let draft = rules.draft(world, &mut Rng::with_seed(seed));
    panic!(
        "seed {seed}, at {now}: the answers differ{}\nlead: {}\npolicy: {}",
        answers(&rules, &case).unwrap_or_default(),
        serde_json::to_string(&case.lead(world)).unwrap(),
        serde_json::to_string_pretty(&draft).unwrap(),
    );
}

#[test]
fn tree_interpreter_and_model_agree_on_every_lead() {
    let size = Size {
        rules: 14,
        depth: 5,
    };
    let seen = check(0..random::cases(POLICIES), size, LEADS);
    // The generators often produce every kind of answer.
    assert!(seen.rules > 3_000, "{seen:?}");
    assert!(seen.later_rules > 1_500, "{seen:?}");
    assert!(seen.group_otherwise > 100, "{seen:?}");
    assert!(seen.otherwise > 1_000, "{seen:?}");
    assert!(seen.tables > 20, "{seen:?}");
    assert!(seen.graphs > 20, "{seen:?}");
    assert!(seen.in_front > 20, "{seen:?}");
}

#[test]
fn they_agree_on_many_plain_rules() {
    let size = Size {
        rules: 200,
        depth: 2,
    };
    check(
        (0..random::cases(12)).map(|seed| 1_000_000 + seed),
        size,
        60,
    );
}

#[test]
fn they_agree_on_single_tests() {
    let size = Size { rules: 1, depth: 0 };
    check(
        (0..random::cases(300)).map(|seed| 2_000_000 + seed),
        size,
        24,
    );
}

#[test]
fn a_profile_is_only_valid_for_its_own_tree() {
    let random = &mut Rng::with_seed(7);
    let world = World::new(random);
    let rules = Rules::new(&world, random, Size { rules: 5, depth: 2 });
    let policy = build(&world, &rules, 7);
    let (one, other) = (
        DecisionTree::compile(&policy).unwrap(),
        DecisionTree::compile(&policy).unwrap(),
    );
    let case = Case::new(&world, random);
    let lead = case.lead(&world);
    let profile = one.profile(&lead);
    assert!(one.decide_profile(&profile, DateTime::UNIX_EPOCH).is_ok());
    assert!(
        one.clone()
            .decide_profile(&profile, DateTime::UNIX_EPOCH)
            .is_ok()
    );
    assert!(
        other
            .decide_profile(&profile, DateTime::UNIX_EPOCH)
            .is_err()
    );
}

#[test]
fn the_same_policy_makes_the_same_tree() {
    for seed in 0..24 {
        let random = &mut Rng::with_seed(seed);
        let world = World::new(random);
        let rules = Rules::new(
            &world,
            random,
            Size {
                rules: 20,
                depth: 4,
            },
        );
        let tree = || DecisionTree::compile(&build(&world, &rules, seed)).unwrap();
        let (one, other) = (tree(), tree());
        assert_eq!(one.stats(), other.stats(), "seed {seed}");
        assert!(one == other, "seed {seed}");
    }
}
