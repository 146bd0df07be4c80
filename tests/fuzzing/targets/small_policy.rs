//! A small policy and its dispatcher, to which receipts and states refer.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use leadtree::Lead;
use leadtree::dispatch::{Assignment, DispatchState, Dispatcher};
use leadtree::lead::AttributeValue;
use leadtree::policy::Policy;

static POLICY: LazyLock<Policy> =
    LazyLock::new(|| Policy::from_yaml(include_str!("small_policy.yaml")).unwrap());

pub(super) fn policy() -> &'static Policy {
    &POLICY
}

/// A dispatcher that has not assigned anything yet.
pub(super) fn dispatcher() -> Dispatcher {
    Dispatcher::new(&POLICY).unwrap()
}

pub(super) fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_774_958_400, 0).unwrap()
}

/// Leads for every team.
pub(super) fn leads() -> [Lead<'static>; 7] {
    let lead = |id: &'static str| Lead::builder(id).account(id);
    [
        lead("L-1").attribute("vip", true).build(),
        lead("L-2")
            .attribute("source", "fair of tools")
            .attribute("since", "2026-03-01")
            .build(),
        lead("L-3")
            .region("land/north/aa")
            .industry("making/cars")
            .build(),
        lead("L-4").region("Ba-Stadt").customer_size(50).build(),
        lead("L-5")
            .region("land")
            .customer_size(2_000)
            .funnel_stage("won")
            .build(),
        lead("L-6")
            .attribute("interests", AttributeValue::tags(["erp"]))
            .build(),
        lead("L-7").build(),
    ]
}

/// No limit is exceeded by leads that were assigned after `before`, unless limits are ignored on purpose.
pub(super) fn limits_hold(before: &DispatchState, after: &DispatchState) {
    let week_of_b = |state: &DispatchState| state.member("b").map_or(0, |it| it.this_week);
    assert!(week_of_b(after) <= week_of_b(before).max(9), "{after:?}");
    let open_of_line = |state: &DispatchState| state.team("line").map_or(0, |it| it.open);
    assert!(
        open_of_line(after) <= open_of_line(before).max(3),
        "{after:?}"
    );
}

/// Dispatchers that came to their numbers in different ways are of other generations, but alike.
pub(super) fn same_numbers(one: &Dispatcher, other: &Dispatcher) {
    let states = [one, other].map(|dispatcher| {
        let mut state = dispatcher.state();
        state.generation = 0;
        for shard in &mut state.shards {
            shard.number = 0;
        }
        state
    });
    assert_eq!(states[0], states[1]);
}

/// The same, but for the ids, which tell of the generation.
pub(super) fn same_assignment(one: &Assignment, other: &Assignment) {
    let [mut one, mut other] = [one, other].map(Assignment::to_record);
    (one.id, other.id) = (None, None);
    assert_eq!(one, other);
}
