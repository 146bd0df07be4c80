//! Unfairness that users of other systems report, as cases for the dispatcher.

use leadtree::dispatch::{DispatchState, Dispatcher};
use serde_json::{Value, json};

use crate::dispatch_setup::{NOON, dispatcher, owners};

/// A team with members given as `a`, or `a*2` for weight 2.
fn team(members: &str) -> Value {
    let members: Vec<Value> = members
        .split(' ')
        .map(|member| match member.split_once('*') {
            Some((member, weight)) => {
                json!({ "member": member, "weight": weight.parse::<u32>().unwrap() })
            }
            None => json!(member),
        })
        .collect();
    json!({
        "teams": [{ "id": "east", "members": members }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    })
}

fn office(members: &str) -> Dispatcher {
    dispatcher(&team(members))
}

#[test]
fn members_come_in_turn_in_proportion_to_their_weights() {
    for (members, expected) in [
        ("a", "a a a"),
        ("a b", "a b a b a b"),
        ("a b c", "a b c a b c a b c"),
        // Twice as often, interleaved with the others.
        ("a*2 b c", "a b c a a b c a"),
        ("b a*2 c", "a b c a a b c a"),
        ("a*3 b", "a b a a a b a a"),
        ("a*2 b*2", "a b a b"),
    ] {
        let count = expected.split(' ').count();
        assert_eq!(owners(&office(members), count, NOON), expected, "{members}");
    }
}

#[test]
fn nobody_gets_more_in_a_row_than_the_weights_make_necessary() {
    for (members, most) in [
        ("a*2 b c", 2),
        ("a*5 b c", 4),
        ("a b c d", 1),
        ("a*3 b*3 c*2", 1),
    ] {
        let office = office(members);
        let picks = owners(&office, 200, NOON);
        let picks: Vec<&str> = picks.split(' ').collect();
        let longest = picks
            .chunk_by(|one, other| one == other)
            .map(<[_]>::len)
            .max();
        assert_eq!(longest, Some(most), "{members}");
    }
}

/// Steps, each a number of leads or a change, and the expected owners.
#[test]
fn a_member_who_is_away_is_skipped_and_returns_unchanged() {
    for (name, members, steps) in [
        (
            "the others go on in their order",
            "a b c d",
            &[
                ("3", "a b c"),
                ("pause d", ""),
                ("6", "a b c a b c"),
                ("resume d", ""),
                ("5", "d a b c d"),
            ][..],
        ),
        (
            // It did not wait then, either: the others have waited longer for what they are due.
            "away after a turn of one's own: no credit",
            "a b c",
            &[
                ("1", "a"),
                ("pause a", ""),
                ("2", "b c"),
                ("resume a", ""),
                ("6", "b c a b c a"),
            ],
        ),
        (
            "away for long: no flood",
            "a b c",
            &[
                ("3", "a b c"),
                ("pause b", ""),
                ("8", "a c a c a c a c"),
                ("resume b", ""),
                ("6", "b a c b a c"),
            ],
        ),
        (
            "a newcomer: no flood",
            "a b",
            &[("6", "a b a b a b"), ("add c", ""), ("6", "a b c a b c")],
        ),
        (
            "one leaves for good, the others go on",
            "a b c",
            &[("4", "a b c a"), ("remove a", ""), ("4", "b c b c")],
        ),
    ] {
        let office = office(members);
        for (number, &(step, expected)) in steps.iter().enumerate() {
            match step.split_once(' ') {
                Some(("pause", member)) => office.pause_member(member).unwrap(),
                Some(("resume", member)) => office.resume_member(member).unwrap(),
                Some(("add", member)) => office.add_member("east", member).unwrap(),
                Some(("remove", member)) => office.remove_member("east", member).unwrap(),
                _ => {
                    let picks = owners(&office, step.parse().unwrap(), NOON);
                    assert_eq!(picks, expected, "{name}: step {number}");
                }
            }
        }
    }
}

/// However long a member was away, the count stays within two leads of the share from then on.
#[test]
fn after_leave_everybody_gets_their_share_from_then_on() {
    for away in [1, 7, 30, 1_000] {
        let office = office("a*2 b c d");
        owners(&office, 13, NOON);
        office.pause_member("a").unwrap();
        assert!(!owners(&office, away, NOON).contains('a'));
        office.resume_member("a").unwrap();
        let picks = owners(&office, 100, NOON).replace(' ', "");
        for leads in 1..=100 {
            let got = picks[..leads].matches('a').count();
            let five_times_off = (5 * got).abs_diff(2 * leads);
            assert!(five_times_off <= 10, "away {away}, {leads} leads: {picks}");
        }
    }
}

#[test]
fn thirty_batches_of_one_lead_are_one_batch_of_thirty() {
    for (members, expected) in [
        ("a b", (15, 15)),
        ("a*2 b", (20, 10)),
        ("a*3 b*2", (18, 12)),
    ] {
        let mut stored: Option<String> = None;
        let mut picks = Vec::new();
        for _ in 0..30 {
            let office = office(members);
            if let Some(stored) = &stored {
                let state: DispatchState = serde_json::from_str(stored).unwrap();
                assert!(office.restore(&state).is_complete());
            }
            picks.push(owners(&office, 1, NOON));
            stored = Some(serde_json::to_string(&office.state()).unwrap());
        }
        let count = |member: &str| picks.iter().filter(|pick| *pick == member).count();
        assert_eq!((count("a"), count("b")), expected, "{members}: {picks:?}");
        let at_once = owners(&office(members), 30, NOON);
        assert_eq!(picks.join(" "), at_once, "{members}");
    }
}
