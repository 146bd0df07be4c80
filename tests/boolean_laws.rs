//! Conditions are sets of leads: the laws of Boolean algebra hold without exception.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod random;

use chrono::DateTime;
use fastrand::Rng;
use leadtree::Lead;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Condition, Rule, Target, all, any, customer_size, funnel_stage, industry, not, product_line,
    region, text,
};
use leadtree::tree::{DecisionTree, Interpreter};

use random::condition::Formula;
use random::lead::Case;
use random::policy::values_draft;
use random::world::World;

const CASES: u64 = 120;
const LEADS: usize = 16;

/// The leads a condition holds for, according to the tree and the interpreter.
struct Asked(Policy, DecisionTree);

impl Asked {
    fn new(draft: &PolicyDraft, condition: &Condition) -> Self {
        let rule = Rule::new("r")
            .when(condition.clone())
            .assign_to(Target::pool("unmatched"));
        let policy = draft.clone().rule(rule).build();
        let policy = policy.unwrap_or_else(|errors| panic!("{condition}: {errors}"));
        let tree = DecisionTree::compile(&policy).unwrap();
        Self(policy, tree)
    }

    fn holds(&self, lead: &Lead<'_>) -> bool {
        let now = DateTime::UNIX_EPOCH;
        let holds = self.1.decide(lead, now).rule().is_some();
        let interpreted = Interpreter::new(&self.0).decide(lead, now).rule().is_some();
        assert_eq!(holds, interpreted, "tree and interpreter on {lead:?}");
        holds
    }
}

#[test]
fn the_laws_of_boolean_algebra_hold() {
    let mut held = [0_usize; 2];
    for seed in 0..random::cases(CASES) {
        let random = &mut Rng::with_seed(seed);
        let world = World::new(random);
        let draft = values_draft(&world, random);
        let mut condition = || Formula::new(&world, random, 2).typed();
        let (a, b, c) = (condition(), condition(), condition());
        let laws: [(&str, Condition, Condition); 15] = [
            (
                "De Morgan for and",
                !(a.clone() & b.clone()),
                !a.clone() | !b.clone(),
            ),
            (
                "De Morgan for or",
                !(a.clone() | b.clone()),
                !a.clone() & !b.clone(),
            ),
            ("double negation", not(not(a.clone())), a.clone()),
            (
                "and distributes over or",
                a.clone() & (b.clone() | c.clone()),
                (a.clone() & b.clone()) | (a.clone() & c.clone()),
            ),
            (
                "or distributes over and",
                a.clone() | (b.clone() & c.clone()),
                (a.clone() | b.clone()) & (a.clone() | c.clone()),
            ),
            ("and commutes", a.clone() & b.clone(), b.clone() & a.clone()),
            ("or commutes", a.clone() | b.clone(), b.clone() | a.clone()),
            (
                "and associates",
                (a.clone() & b.clone()) & c.clone(),
                a.clone() & (b.clone() & c.clone()),
            ),
            (
                "or associates",
                (a.clone() | b.clone()) | c.clone(),
                a.clone() | (b.clone() | c.clone()),
            ),
            (
                "and absorbs",
                a.clone() & (a.clone() | b.clone()),
                a.clone(),
            ),
            ("or absorbs", a.clone() | (a.clone() & b.clone()), a.clone()),
            (
                "twice is once",
                a.clone() & a.clone(),
                a.clone() | a.clone(),
            ),
            (
                "excluded middle",
                a.clone() | !a.clone(),
                Condition::always(),
            ),
            (
                "no contradiction",
                a.clone() & !a.clone(),
                !Condition::always(),
            ),
            (
                "always is neutral",
                a.clone() & Condition::always(),
                a.clone(),
            ),
        ];
        let cases: Vec<Case> = (0..LEADS).map(|_| Case::new(&world, random)).collect();
        for (law, left, right) in laws {
            let (one, other) = (Asked::new(&draft, &left), Asked::new(&draft, &right));
            for case in &cases {
                let lead = case.lead(&world);
                let holds = one.holds(&lead);
                held[usize::from(holds)] += 1;
                assert_eq!(
                    holds,
                    other.holds(&lead),
                    "seed {seed}: {law}\n  {left}\n  {right}\n  lead {}",
                    serde_json::to_string(&lead).unwrap()
                );
            }
        }
    }
    assert!(
        held.iter().all(|&count| count > 1_000),
        "both answers come up: {held:?}"
    );
}

#[test]
fn negative_words_are_negations() {
    let pairs = [
        (region().is_not("cn"), !region().is("cn")),
        (region().not_within("cn"), !region().within("cn")),
        (industry().is_not("x"), !industry().is("x")),
        (product_line().not_within("x"), !product_line().within("x")),
        (funnel_stage().is_not("won"), !funnel_stage().is("won")),
        (customer_size().is_not(5), !customer_size().is(5)),
        (text("source").is_not("web"), !text("source").is("web")),
    ];
    for (word, negation) in pairs {
        assert_eq!(word, negation);
        assert_eq!(word.to_string(), negation.to_string());
    }
}

#[test]
fn a_condition_is_normalised_however_it_was_built() {
    for seed in 0..200 {
        let random = &mut Rng::with_seed(seed);
        let world = World::new(random).with_plain_numbers();
        let mut condition = || Formula::new(&world, random, 2).typed();
        let (a, b, c) = (condition(), condition(), condition());
        let flat = all([a.clone(), b.clone(), c.clone()]);
        assert_eq!((a.clone() & b.clone()) & c.clone(), flat, "seed {seed}");
        assert_eq!(a.clone() & (b.clone() & c.clone()), flat, "seed {seed}");
        assert_eq!(
            all([all([a.clone()]), all([b.clone(), c.clone()])]),
            flat,
            "seed {seed}"
        );
        let flat = any([a.clone(), b.clone(), c.clone()]);
        assert_eq!((a.clone() | b.clone()) | c.clone(), flat, "seed {seed}");
        assert_eq!(a.clone() | (b.clone() | c.clone()), flat, "seed {seed}");
        assert_eq!(any([a.clone()]), a, "seed {seed}");
        assert_eq!(!!(!a.clone()), !a.clone(), "seed {seed}");
        // The file form is the normalised one.
        let text = serde_json::to_string(&flat).unwrap();
        assert_eq!(
            serde_json::from_str::<Condition>(&text).unwrap(),
            flat,
            "seed {seed}: {text}"
        );
    }
}

/// Region: nothing, something unknown, in China, elsewhere.
#[test]
fn missing_and_unlisted_match_only_tests_that_name_them() {
    let draft =
        PolicyDraft::new().regions(leadtree::dimension::Taxonomy::draft().paths(["cn/east", "us"]));
    let leads = [None, Some("atlantis"), Some("cn/east"), Some("us")].map(|region| {
        let lead = Lead::builder("L-1");
        region.map_or_else(
            || lead.clone().build(),
            |region| lead.clone().region(region).build(),
        )
    });
    for (condition, expected) in [
        (region().within("cn"), [false, false, true, false]),
        (!region().within("cn"), [true, true, false, true]),
        (region().is_missing(), [true, false, false, false]),
        (!region().is_missing(), [false, true, true, true]),
        (region().is_unlisted(), [false, true, false, false]),
        (!region().is_unlisted(), [true, false, true, true]),
        (
            region().within_any(["cn", "us"]),
            [false, false, true, true],
        ),
        (
            !region().within_any(["cn", "us"]),
            [true, true, false, false],
        ),
        (region().is("cn"), [false; 4]),
        (region().is_not("cn"), [true; 4]),
        (
            !region().within("cn") & !region().is_missing() & !region().is_unlisted(),
            [false, false, false, true],
        ),
        (Condition::always(), [true; 4]),
        (!Condition::always(), [false; 4]),
    ] {
        let asked = Asked::new(&draft, &condition);
        let holds = leads.each_ref().map(|lead| asked.holds(lead));
        assert_eq!(holds, expected, "{condition}");
    }
}
