//! Random conditions in random worlds: sets contain exactly the leads that meet the conditions, and obey
//! the laws of sets.

use fastrand::Rng;
use leadtree::policy::Policy;
use leadtree::rule::Condition;
use leadtree::space::{LeadSet, Space};

use super::random::condition::Formula;
use super::random::lead::Case;
use super::random::meaning::holds;
use super::random::policy::values_draft;
use super::random::world::World;
use super::random::{cases, one_in};
use super::{meets, with_rule};

const MOMENT: chrono::DateTime<chrono::Utc> = chrono::DateTime::UNIX_EPOCH;

/// A world, two conditions in it, and their sets.
struct Drawn {
    seed: u64,
    random: Rng,
    world: World,
    policy: Policy,
    space: Space,
    formulas: [Formula; 2],
    conditions: [Condition; 2],
    sets: [LeadSet; 2],
}

fn draw(seed: u64) -> Option<Drawn> {
    let mut random = Rng::with_seed(seed ^ 21 << 32);
    let world = World::new(&mut random).with_plain_numbers();
    let depth = random.usize(1..4);
    let formulas = [(); 2].map(|()| Formula::new(&world, &mut random, depth));
    let conditions = [formulas[0].typed(), formulas[1].typed()];
    let policy = with_rule(values_draft(&world, &mut random), &conditions[0]);
    let space = Space::builder(&policy).condition(&conditions[1]).unwrap();
    let space = space.build();
    let [a, b] = [space.set(&conditions[0]), space.set(&conditions[1])];
    Some(Drawn {
        sets: [a.ok()?, b.ok()?],
        seed,
        random,
        world,
        policy,
        space,
        formulas,
        conditions,
    })
}

fn drawn(many: u64) -> impl Iterator<Item = Drawn> {
    let mut found = 0;
    let seeds = cases(many);
    (0..seeds).filter_map(move |seed| {
        let drawn = draw(seed);
        found += u64::from(drawn.is_some());
        assert!(seed + 1 < seeds || found > seeds * 9 / 10, "{found}");
        drawn
    })
}

#[test]
fn a_set_holds_the_leads_that_meet_its_condition() {
    let (mut inside, mut outside) = (0, 0);
    for mut drawn in drawn(300) {
        let [a, b] = &drawn.sets;
        let results = [
            ("a", Ok(a.clone())),
            ("a or b", a.union(b)),
            ("a and b", a.intersection(b)),
            ("a without b", a.difference(b)),
            ("not a", a.complement()),
        ];
        for _ in 0..60 {
            let case = Case::new(&drawn.world, &mut drawn.random);
            let lead = case.lead(&drawn.world);
            let [in_a, in_b] = [0, 1].map(|it| holds(&drawn.formulas[it], &drawn.world, &case));
            let expected = [in_a, in_a || in_b, in_a && in_b, in_a && !in_b, !in_a];
            for ((name, set), expected) in results.iter().zip(expected) {
                let Ok(set) = set else { continue };
                inside += u32::from(expected);
                outside += u32::from(!expected);
                assert_eq!(
                    set.contains(&lead, MOMENT),
                    expected,
                    "seed {}: {name}, a = {}, b = {}: {lead:?}",
                    drawn.seed,
                    drawn.conditions[0],
                    drawn.conditions[1],
                );
            }
        }
    }
    assert!(inside > 10_000 && outside > 10_000, "{inside} {outside}");
}

#[test]
fn the_laws_of_sets_hold() {
    let mut proven = 0;
    for drawn in drawn(300) {
        let [a, b] = &drawn.sets;
        let law = || {
            let (not_a, not_b) = (a.complement()?, b.complement()?);
            let same = |one: &LeadSet, other: &LeadSet| {
                Ok::<_, leadtree::space::SpaceError>(one.is_subset(other)? && other.is_subset(one)?)
            };
            let union = a.union(b)?;
            let both = a.intersection(b)?;
            let without = a.difference(b)?;
            Ok::<_, leadtree::space::SpaceError>([
                (
                    "De Morgan, union",
                    same(&union.complement()?, &not_a.intersection(&not_b)?)?,
                ),
                (
                    "De Morgan, both",
                    same(&both.complement()?, &not_a.union(&not_b)?)?,
                ),
                ("double complement", same(&not_a.complement()?, a)?),
                ("difference", same(&without, &a.intersection(&not_b)?)?),
                ("parts", same(&without.union(&both)?, a)?),
                ("apart", without.intersection(b)?.is_empty()?),
                ("all", same(&a.union(&not_a)?, &drawn.space.everything())?),
                ("nothing", a.intersection(&not_a)?.is_empty()?),
                ("absorption", same(&a.union(&both)?, a)?),
                ("subset", both.is_subset(a)? && a.is_subset(&union)?),
                (
                    "subset is an empty difference",
                    a.is_subset(b)? == without.is_empty()?,
                ),
            ])
        };
        let Ok(laws) = law() else { continue };
        proven += 1;
        for (law, holds) in laws {
            let [a, b] = &drawn.conditions;
            assert!(holds, "seed {}: {law}: a = {a}, b = {b}", drawn.seed);
        }
    }
    assert!(proven > 250, "{proven}");
}

#[test]
fn the_simplest_lead_meets_the_condition() {
    let (mut told, mut empty) = (0, 0);
    for mut drawn in drawn(600) {
        let set = drawn.sets[0].clone();
        let condition = &drawn.conditions[0];
        match set.simplest_lead() {
            Ok(Some(example)) => {
                told += 1;
                let text = format!("seed {}: {condition}: {example:?}", drawn.seed);
                assert!(meets(&drawn.policy, &example.lead), "{text}");
                assert!(set.contains(&example.lead, MOMENT), "{text}");
                assert_eq!(example.moment, None, "{text}");
            }
            Ok(None) => {
                empty += 1;
                for _ in 0..200 {
                    let case = Case::new(&drawn.world, &mut drawn.random);
                    let is_in = holds(&drawn.formulas[0], &drawn.world, &case);
                    assert!(!is_in, "seed {}: {condition}", drawn.seed);
                }
            }
            Err(error) => panic!("seed {}: {condition}: {error}", drawn.seed),
        }
    }
    assert!(told > 400 && empty > 10, "{told} {empty}");
}

#[test]
fn a_set_as_text_is_the_same_set() {
    let mut compared = 0;
    for mut drawn in drawn(400) {
        let set = if one_in(&mut drawn.random, 3) {
            drawn.sets[0].difference(&drawn.sets[1])
        } else {
            Ok(drawn.sets[0].clone())
        };
        let Ok(set) = set else { continue };
        let condition = set.condition().unwrap();
        let text = condition.to_string();
        let read: Condition = text.parse().unwrap();
        assert_eq!(read, condition, "seed {}: {text}", drawn.seed);
        if condition == leadtree::rule::any([]) {
            continue;
        }
        // According to the space, and according to leads.
        let told = format!("seed {}: {text}", drawn.seed);
        let builder = Space::builder(&drawn.policy);
        let builder = builder.condition(&drawn.conditions[1]).unwrap();
        let space = builder.condition(&read).unwrap().build();
        let [a, b] = [0, 1].map(|it| space.set(&drawn.conditions[it]).unwrap());
        let again = space.set(&read).unwrap();
        let is_all_of_a = a.is_subset(&again).unwrap();
        let fits = if is_all_of_a {
            again.is_subset(&a).unwrap()
        } else {
            let without = a.difference(&b).unwrap();
            without.is_subset(&again).unwrap() && again.is_subset(&without).unwrap()
        };
        assert!(
            fits,
            "{told}\n{}\n{}",
            drawn.conditions[0], drawn.conditions[1]
        );
        let values = values_draft(&drawn.world, &mut drawn.random);
        let policy = with_rule(values, &read);
        for _ in 0..60 {
            let case = Case::new(&drawn.world, &mut drawn.random);
            let lead = case.lead(&drawn.world);
            assert_eq!(
                meets(&policy, &lead),
                set.contains(&lead, MOMENT),
                "{told}: {lead:?}"
            );
        }
        compared += 1;
    }
    assert!(compared > 250, "{compared}");
}
