//! Numbers of a policy are written and read back exactly.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod random;

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, Number};
use leadtree::example::{Example, Expectation};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Rule, Target, number};
use leadtree::team::{OptionValue, StrategyChoice, Team};

/// What people write, and what is hard: ends of ranges, and more digits than a number can hold.
const DECIMALS: [&str; 14] = [
    "0.1",
    "1e21",
    "1e22",
    "123456789.123456789",
    "0.123456789012345678",
    "123456789012345678.9",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "0.30000000000000004",
    "5e-324",
    "2.2250738585072011e-308",
    "1.7976931348623157e308",
    "-0.1",
];

fn draft(decimal: Number, seed: u64) -> PolicyDraft {
    let strategy = StrategyChoice::new("random").option("seed", seed);
    let lead = Lead::builder("L-1").attribute("revenue", decimal).build();
    PolicyDraft::new()
        .attribute("revenue", AttributeKind::Number)
        .team(Team::new("east").strategy(strategy.option("own", decimal)))
        .rule(
            Rule::new("r")
                .when(number("revenue").at_least(decimal))
                .assign_to(Target::team("east")),
        )
        .example(Example::new(lead, Expectation::new().team("east")))
}

/// Through YAML and JSON, and through JSON by serde.
fn comes_back(decimal: Number, seed: u64) {
    let policy = draft(decimal, seed).build().unwrap();
    let yaml = policy.to_yaml().unwrap();
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(Policy::from_yaml(&yaml).unwrap(), policy, "{yaml}");
    assert_eq!(Policy::from_yaml(&json).unwrap(), policy, "{json}");
    let loaded = Policy::load(&mut serde_json::Deserializer::from_str(&json));
    assert_eq!(loaded.unwrap(), policy, "{json}");
    let read = policy.teams()[0].get_strategy();
    assert_eq!(read.seed(), Ok(seed));
}

#[test]
fn decimals_come_back() {
    for text in DECIMALS {
        comes_back(Number::new(text.parse().unwrap()).unwrap(), 0);
    }
    for case in 0..random::cases(500) {
        let mut random = Rng::with_seed(case);
        let any = f64::from_bits(random.u64(..));
        #[expect(clippy::cast_precision_loss, reason = "any number will do")]
        let short = random.i64(..) as f64 / 10_f64.powi(random.i32(0..20));
        for decimal in [any, short] {
            if let Ok(decimal) = Number::new(decimal) {
                comes_back(decimal, case);
            }
        }
    }
}

#[test]
fn seeds_come_back() {
    let edges = [53, 54, 63].map(|bits| 1_u64 << bits);
    let edges = edges
        .into_iter()
        .flat_map(|edge| [edge - 1, edge, edge + 1]);
    let random = (0..random::cases(200)).map(|case| Rng::with_seed(case).u64(..));
    for seed in edges.chain([0, u64::MAX - 1, u64::MAX]).chain(random) {
        comes_back(Number::from(1), seed);
    }
}

#[test]
fn every_digit_of_a_seed_in_a_file_counts() {
    for (written, seed) in [
        ("9007199254740993", 9_007_199_254_740_993),
        ("18446744073709551615", u64::MAX),
        ("7", 7),
    ] {
        let text = format!("teams: [{{id: t, strategy: {{name: random, seed: {written}}}}}]");
        let policy = Policy::from_yaml(&text).unwrap();
        assert_eq!(policy.teams()[0].get_strategy().seed(), Ok(seed));
        assert!(
            policy
                .to_yaml()
                .unwrap()
                .contains(&format!("seed: {written}}}"))
        );
    }
    for written in ["-1", "0.5", "1e20", "18446744073709551616"] {
        let text = format!("teams: [{{id: t, strategy: {{name: random, seed: {written}}}}}]");
        let policy = Policy::from_yaml(&text).unwrap();
        let error = policy.teams()[0].get_strategy().seed().unwrap_err();
        assert_eq!(
            error.to_string(),
            "option `seed` of strategy `random` must be a whole number from 0 to 2^64 - 1"
        );
    }
    assert_eq!(OptionValue::from(7_u64), OptionValue::from(7_u32));
}
