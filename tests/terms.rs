//! Territories and members that move from team to team on given dates.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;

use chrono::{DateTime, TimeDelta, Utc};
use dispatch_setup::{at, lead, owner, owners};
use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::Taxonomy;
use leadtree::dispatch::{Dispatcher, Verdict};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Period, Rule, region};
use leadtree::team::{Team, TeamMember};
use leadtree::terms::{Term, Terms, TermsErrors, TermsFault, every_months};

fn moment(hour: i64) -> DateTime<Utc> {
    at("2026-01-01T00:00:00Z") + TimeDelta::hours(hour)
}

fn period(from: Option<i64>, until: Option<i64>) -> Period {
    Period::new(from.map(moment), until.map(moment))
}

#[test]
fn each_slot_always_has_one_holder_and_each_holder_one_slot() {
    for seed in 0..100 {
        let mut random = Rng::with_seed(seed);
        let count = random.usize(1..6);
        let slots: Vec<String> = (0..count).map(|it| format!("s-{it}")).collect();
        let holders: Vec<String> = (0..count).map(|it| format!("h-{it}")).collect();
        let mut changes: Vec<i64> = (0..random.usize(0..9))
            .map(|_| random.i64(0..1_000))
            .collect();
        changes.sort_unstable();
        changes.dedup();
        let terms = Terms::rotating(
            slots.clone(),
            holders.clone(),
            changes.iter().map(|&it| moment(it)),
        );
        let terms = terms.unwrap();
        assert_eq!(terms.check(Period::default()), Ok(()));
        for hour in (-1..1_001).chain(changes.iter().copied()) {
            let now = moment(hour);
            let round = changes.iter().filter(|&&change| change <= hour).count();
            for (place, slot) in slots.iter().enumerate() {
                let holding = terms
                    .iter()
                    .filter(|it| it.slot() == slot && it.period().contains(now));
                assert_eq!(holding.count(), 1);
                // Everybody moves on by one place in each round.
                let expected = &holders[(place + count * 9 - round) % count];
                assert_eq!(terms.holder_at(slot, now), Some(expected.as_str()));
            }
        }
    }
}

#[test]
fn gaps_and_overlaps_are_found_wherever_they_are() {
    let mut sound = 0;
    for seed in 0..3_000 {
        let mut random = Rng::with_seed(seed);
        let whole = match random.u8(0..3) {
            0 => period(None, None),
            1 => period(Some(2), Some(9)),
            _ => period(Some(2), None),
        };
        let end = |random: &mut Rng| (random.u8(0..3) > 0).then(|| random.i64(0..12));
        let terms: Vec<Term> = (0..random.usize(1..4))
            .map(|number| {
                let mut term = period(end(&mut random), end(&mut random));
                if let (Some(from), Some(until)) = (term.from(), term.until())
                    && until <= from
                {
                    term = Period::new(until, from + TimeDelta::hours(1));
                }
                Term::new("slot", format!("h-{number}"), term)
            })
            .collect();
        // Half hours are inside every period between two full hours.
        let halves = (-2..30).map(|half| moment(0) + TimeDelta::minutes(30 * half));
        let counts = halves.filter(|now| whole.contains(*now)).map(|now| {
            terms
                .iter()
                .filter(|term| term.period().contains(now))
                .count()
        });
        let counts: Vec<usize> = counts.collect();
        let checked = terms.iter().cloned().collect::<Terms>().check(whole);
        let faults = checked.as_ref().map_or_else(TermsErrors::faults, |()| &[]);
        let is_gap = |fault: &TermsFault| matches!(fault, TermsFault::Gap { .. });
        assert_eq!(
            faults.iter().any(is_gap),
            counts.contains(&0),
            "seed {seed}: {terms:?} {faults:?}"
        );
        let has_overlap = faults.iter().any(|fault| !is_gap(fault));
        assert_eq!(
            has_overlap,
            counts.iter().any(|&count| count > 1),
            "seed {seed}: {terms:?} {faults:?}"
        );
        sound += usize::from(checked.is_ok());
    }
    assert!(sound > 20, "{sound}");
}

#[test]
fn faults_name_the_slot_and_the_time() {
    let terms: Terms = [
        Term::new("north", "a", period(None, Some(10))),
        Term::new("north", "b", period(Some(8), Some(20))),
        Term::new("north", "c", period(Some(22), None)),
        Term::new("south", "a", period(Some(5), Some(3))),
    ]
    .into_iter()
    .collect();
    insta::assert_snapshot!(terms.check(Period::default()).unwrap_err(), @"
    the terms have 4 problems:
      the term of `a` in `south` ends at 2026-01-01 03:00:00 UTC, but begins at 2026-01-01 05:00:00 UTC; it must end later
      `a` and `b` both hold `north` from 2026-01-01 08:00:00 UTC until 2026-01-01 10:00:00 UTC
      nobody holds `north` from 2026-01-01 20:00:00 UTC until 2026-01-01 22:00:00 UTC
      nobody holds `south` at any time
    ");
    let errors = Terms::rotating(["n", "n", "s"], ["a", "b"], [moment(3), moment(1)]).unwrap_err();
    insta::assert_snapshot!(errors, @"
    the terms have 3 problems:
      3 slots and 2 holders; name exactly one holder for each slot
      slot `n` is named twice; remove one
      the change at 2026-01-01 01:00:00 UTC is not later than the one before it, at 2026-01-01 03:00:00 UTC; list changes in order
    ");
}

#[test]
fn teams_swap_territories() {
    let first = "2026-01-01".parse().unwrap();
    let changes = every_months(first, 3, 2, "Asia/Shanghai".parse().unwrap());
    let terms = Terms::rotating(["north", "south"], ["team-a", "team-b"], changes).unwrap();
    let policy = PolicyDraft::new()
        .regions(Taxonomy::draft().paths(["north", "south"]))
        .team(Team::new("team-a").member("a"))
        .team(Team::new("team-b").member("b"))
        .rules(terms.rules(|term, number| {
            let rule = Rule::new(format!("{}-{number}", term.slot()));
            rule.when(region().within(term.slot()))
                .assign_to(term.holder())
        }))
        .build()
        .unwrap();
    let dispatcher = Dispatcher::new(&policy).unwrap();
    for (now, north, south) in [
        ("2025-12-31T15:59:59Z", "a", "b"),
        ("2025-12-31T16:00:00Z", "b", "a"),
        ("2026-03-31T15:59:59Z", "b", "a"),
        ("2026-03-31T16:00:00Z", "a", "b"),
        ("2030-01-01T00:00:00Z", "a", "b"),
    ] {
        for (region, expected) in [("north", north), ("south", south)] {
            let lead = Lead::builder("L").region(region).build();
            assert_eq!(
                owner(&dispatcher.assign(&lead, at(now))),
                expected,
                "{region} at {now}"
            );
        }
    }
}

/// Two members who swap teams each month, three times.
fn swapping() -> Policy {
    let changes = every_months("2026-01-31".parse().unwrap(), 1, 3, "UTC".parse().unwrap());
    let terms = Terms::rotating(["east", "west"], ["m-1", "m-2"], changes).unwrap();
    let team = |name: &str| Team::new(name).members(terms.members(name));
    let policy = PolicyDraft::new().team(team("east")).team(team("west"));
    policy
        .rule(Rule::new("all").assign_to("east"))
        .build()
        .unwrap()
}

#[test]
fn members_swap_teams() {
    let dispatcher = Dispatcher::new(&swapping()).unwrap();
    // The last day of a month without a 31st.
    for (now, expected) in [
        ("2026-01-30T23:59:59Z", "m-1 m-1"),
        ("2026-01-31T00:00:00Z", "m-2 m-2"),
        ("2026-02-28T00:00:00Z", "m-1 m-1"),
        ("2026-03-31T00:00:00Z", "m-2 m-2"),
        ("2027-03-31T00:00:00Z", "m-2 m-2"),
    ] {
        assert_eq!(owners(&dispatcher, 2, now), expected, "{now}");
    }
    let (_, audit) = Dispatcher::new(&swapping())
        .unwrap()
        .assign_with_audit(&lead(1), at("2026-02-01T00:00:00Z"));
    let until = Some(at("2026-02-28T00:00:00Z"));
    assert_eq!(
        audit.inquiries()[0].members[0].verdict,
        Verdict::NotInTeam { until }
    );
}

#[test]
fn terms_read_back_as_they_were_written() {
    let policy = swapping();
    let yaml = policy.to_yaml().unwrap();
    insta::assert_snapshot!(yaml, @"
    teams:
      - id: east
        members:
          - member: m-1
            terms:
              - {until: 2026-01-31T00:00:00Z}
              - {from: 2026-02-28T00:00:00Z, until: 2026-03-31T00:00:00Z}
          - member: m-2
            terms:
              - {from: 2026-01-31T00:00:00Z, until: 2026-02-28T00:00:00Z}
              - {from: 2026-03-31T00:00:00Z}

      - id: west
        members:
          - member: m-2
            terms:
              - {until: 2026-01-31T00:00:00Z}
              - {from: 2026-02-28T00:00:00Z, until: 2026-03-31T00:00:00Z}
          - member: m-1
            terms:
              - {from: 2026-01-31T00:00:00Z, until: 2026-02-28T00:00:00Z}
              - {from: 2026-03-31T00:00:00Z}

    rules:
      - id: all
        assign_to: east
    ");
    assert_eq!(Policy::from_yaml(&yaml).unwrap(), policy);
}

#[test]
fn nobody_is_in_the_team_before_the_first_term() {
    let team = Team::new("east").member(TeamMember::new("m-1").term(period(Some(1), Some(2))));
    let policy = PolicyDraft::new()
        .team(team)
        .rule(Rule::new("all").assign_to("east"));
    let dispatcher = Dispatcher::new(&policy.build().unwrap()).unwrap();
    for (hour, expected) in [(0, "nobody_active"), (1, "m-1"), (2, "nobody_active")] {
        assert_eq!(owner(&dispatcher.assign(&lead(1), moment(hour))), expected);
    }
    let reversed = Team::new("east").member(TeamMember::new("m-1").term(period(Some(2), Some(1))));
    let errors = PolicyDraft::new().team(reversed).build().unwrap_err();
    assert!(
        errors
            .to_string()
            .contains("teams[0].members[0].terms[0].until: ends at"),
        "{errors}"
    );
}
