//! States of a dispatcher.

use chrono::TimeDelta;
use leadtree::dispatch::DispatchState;

use super::{Verdict, same_in_json, small_policy};

pub fn dispatch_state(data: &[u8]) -> Verdict {
    let Ok(state) = serde_json::from_slice::<DispatchState>(data) else {
        return Verdict::Refused;
    };
    same_in_json(&state);
    let [one, other] = [small_policy::dispatcher(), small_policy::dispatcher()];
    let report = one.restore(&state);
    assert!(
        report
            .forgotten()
            .iter()
            .all(|it| !it.to_string().is_empty())
    );

    // A dispatcher restores without loss what it stored.
    let first = one.state();
    assert!(first.generation > state.generation || first.generation > 1 << 61);
    same_in_json(&first);
    assert_eq!(
        other.restore(&first).forgotten(),
        one.restore(&first).forgotten()
    );
    small_policy::same_numbers(&one, &other);
    for (number, lead) in small_policy::leads().iter().enumerate() {
        let minutes = i64::try_from(number).unwrap() * 7 - 14;
        let now = small_policy::noon() + TimeDelta::minutes(minutes);
        let assignment = one.assign(lead, now);
        small_policy::same_assignment(&other.assign(lead, now), &assignment);
        if number % 2 == 0 {
            let settled = [&one, &other].map(|it| it.complete(&assignment.receipt()));
            assert_eq!(settled[0].is_ok(), settled[1].is_ok());
        }
    }
    let last = one.state();
    small_policy::same_numbers(&one, &other);
    same_in_json(&last);
    small_policy::limits_hold(&first, &last);
    Verdict::Read
}
