//! Receipts.

use leadtree::dispatch::{Receipt, Release, Seat};

use super::{Verdict, same_in_json, small_policy};

pub fn receipt_json(data: &[u8]) -> Verdict {
    let Ok(receipt) = serde_json::from_slice::<Receipt>(data) else {
        return Verdict::Refused;
    };
    same_in_json(&receipt);
    for release in [None, Some(Release::KeepTurn), Some(Release::GiveTurnBack)] {
        give_back(&receipt, release);
    }
    Verdict::Read
}

/// A member whose lead is given back has no more leads than before, and seats that do not exist are reported.
fn give_back(receipt: &Receipt, release: Option<Release>) {
    let dispatcher = small_policy::dispatcher();
    for lead in small_policy::leads() {
        let _ = dispatcher.assign(&lead, small_policy::noon());
    }
    let before = dispatcher.state();
    let settled = match release {
        None => dispatcher.complete(receipt),
        Some(release) => dispatcher.release(receipt, release),
    };
    let is_known = |seat: &&Seat| match seat.team() {
        None => before.member(seat.member()).is_some(),
        Some(team) => {
            let team = before.team(team);
            team.is_some_and(|team| team.seats.contains_key(seat.member()))
        }
    };
    let unknown: Vec<&Seat> = receipt
        .seats()
        .iter()
        .filter(|seat| !is_known(seat))
        .collect();
    let told = settled
        .as_ref()
        .err()
        .map_or(&[][..], |errors| errors.seats());
    assert!(told.iter().eq(unknown), "{settled:?}");

    let after = dispatcher.state();
    for (member, numbers) in after.members() {
        let before = before.member(member).unwrap();
        assert!(numbers.open <= before.open && numbers.today <= before.today);
    }
    let other = small_policy::dispatcher();
    assert!(other.restore(&after).is_complete());
    small_policy::same_numbers(&other, &dispatcher);
    for lead in small_policy::leads() {
        let now = small_policy::noon();
        small_policy::same_assignment(&other.assign(&lead, now), &dispatcher.assign(&lead, now));
    }
    small_policy::same_numbers(&other, &dispatcher);
}
