//! A policy written to a file reads back equal.

mod random;

use fastrand::Rng;
use leadtree::Lead;
use leadtree::dispatch::{DispatchState, Dispatcher};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::tree::Interpreter;

use random::lead::Case;
use random::policy::{Rules, Size};
use random::world::World;

fn cases(salt: u64) -> impl Iterator<Item = (u64, World, Rng)> {
    (0..random::cases(150)).map(move |seed| {
        let mut random = Rng::with_seed(seed ^ salt << 32);
        let world = World::new(&mut random).with_plain_numbers();
        (seed, world, random)
    })
}

#[test]
fn a_policy_round_trips() {
    for (seed, world, mut random) in cases(1) {
        let rules = Rules::new(
            &world,
            &mut random,
            Size {
                rules: 20,
                depth: 4,
            },
        );
        let draft = rules
            .draft(&world, &mut random)
            .version("7")
            .time_zone("+08:00");
        let text = serde_json::to_string(&draft).unwrap();
        let back: PolicyDraft = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
        assert_eq!(back, draft, "seed {seed}: {text}");
        assert_eq!(serde_json::to_string(&back).unwrap(), text, "seed {seed}");
        // Written by another library, with other key order and line breaks.
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        let policy = Policy::load(&mut serde_json::Deserializer::from_str(&pretty));
        let policy = policy.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
        let whole = draft.build().unwrap();
        assert_eq!(serde_json::to_string(&whole).unwrap(), text, "seed {seed}");
        // The rules mean the same.
        for _ in 0..10 {
            let case = Case::new(&world, &mut random);
            let lead = case.lead(&world);
            let now = chrono::DateTime::UNIX_EPOCH;
            assert_eq!(
                Interpreter::new(&policy).decide(&lead, now).to_string(),
                Interpreter::new(&whole).decide(&lead, now).to_string(),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn a_lead_comes_back_with_the_same_meaning() {
    for (seed, world, mut random) in cases(2) {
        let rules = Rules::new(&world, &mut random, Size { rules: 8, depth: 3 });
        let policy = rules.draft(&world, &mut random).build().unwrap();
        for _ in 0..10 {
            let case = Case::new(&world, &mut random);
            if !case.has_plain_numbers() {
                continue;
            }
            let lead = case.lead(&world);
            let text = serde_json::to_string(&lead).unwrap();
            let back: Lead<'_> = serde_json::from_str(&text).unwrap();
            assert_eq!(serde_json::to_string(&back).unwrap(), text, "seed {seed}");
            let now = chrono::DateTime::UNIX_EPOCH;
            let decide = |lead: &Lead<'_>| Interpreter::new(&policy).decide(lead, now).index();
            // Dates come back as texts, which a policy turns into dates again.
            assert_eq!(decide(&back), decide(&lead), "seed {seed}: {text}");
            assert_eq!(
                decide(&back.into_owned()),
                decide(&lead),
                "seed {seed}: {text}"
            );
        }
    }
}

#[test]
fn a_dispatchers_state_round_trips() {
    for (seed, world, mut random) in cases(3) {
        let rules = Rules::new(&world, &mut random, Size { rules: 8, depth: 3 });
        let policy = rules.draft(&world, &mut random).build().unwrap();
        let dispatcher = Dispatcher::new(&policy).unwrap();
        for _ in 0..20 {
            let case = Case::new(&world, &mut random);
            let _ = dispatcher.assign(&case.lead(&world), chrono::DateTime::UNIX_EPOCH);
        }
        dispatcher.pause_member("m-9").unwrap();
        dispatcher.remove_member("t-1", "m-1").unwrap();
        dispatcher.add_member("t-0", "newcomer").unwrap();
        let state = dispatcher.state();
        let text = serde_json::to_string(&state).unwrap();
        let back: DispatchState = serde_json::from_str(&text).unwrap();
        assert_eq!(back, state, "seed {seed}: {text}");
        assert_eq!(serde_json::to_string(&back).unwrap(), text, "seed {seed}");
        let (other, report) = Dispatcher::builder(&policy).restore(&back).unwrap();
        assert!(report.is_complete(), "seed {seed}");
        assert_eq!(other.state(), state, "seed {seed}");
    }
}

#[test]
fn a_table_of_regions_comes_from_csv() {
    let table = "id,parent,name,aliases\n\
                 CN,,cn,China|中国\n\
                 CN-E,CN,east,\n\
                 CN-SH,CN-E,shanghai,上海|SH\n\
                 US,,,\n";
    let rows: Result<Vec<leadtree::dimension::TaxonomyRow>, _> =
        csv::Reader::from_reader(table.as_bytes())
            .deserialize()
            .collect();
    let regions = leadtree::dimension::Taxonomy::draft()
        .rows(rows.unwrap())
        .build()
        .unwrap();
    for (given, expected) in [
        ("cn-sh", Some("cn/east/shanghai")),
        ("上 海", Some("cn/east/shanghai")),
        ("cn/EAST", Some("cn/east")),
        ("CN-E", Some("cn/east")),
        ("us", Some("US")),
        ("east", None),
    ] {
        let node = regions.resolve(given).value.known();
        assert_eq!(node.map(|node| regions.path(node)), expected, "{given}");
    }
}
