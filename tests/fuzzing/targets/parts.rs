//! The parts of policies, each as JSON by itself.

use std::fmt::Debug;

use leadtree::RawMap;
use leadtree::availability::{Holidays, Leave, Moment, Presence, TimeZone, WorkingHours};
use leadtree::dimension::{
    AttributeKind, BandsDraft, Dimension, Number, StageDraft, StagesDraft, TaxonomyDraft,
};
use leadtree::fit::{Requirement, Skills};
use leadtree::lead::CustomerSize;
use leadtree::policy::PolicyDraft;
use leadtree::rule::{
    Condition, Entry, IfNobody, Outcome, Overflow, Period, Support, Target, WrittenPeriod,
};
use leadtree::strategy::StrategyState;
use leadtree::team::{Member, RotationScope, StrategyChoice, Team, TeamMember, Window};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Verdict, same_in_json};

/// Tries the bytes as each part. They count as read if they are at least one of them.
pub fn policy_parts(data: &[u8]) -> Verdict {
    let reads = [
        reads::<Condition>,
        reads::<Entry>,
        reads::<Outcome>,
        reads::<Target>,
        reads::<Support>,
        reads::<IfNobody>,
        reads::<Overflow>,
        reads::<Period>,
        reads::<WrittenPeriod>,
        reads::<Requirement>,
        reads::<Skills>,
        reads::<Team>,
        reads::<TeamMember>,
        reads::<Member>,
        reads::<StrategyChoice>,
        reads::<RotationScope>,
        reads::<Window>,
        reads::<Holidays>,
        reads::<Leave>,
        reads::<Moment>,
        reads::<Presence>,
        reads::<TimeZone>,
        reads::<WorkingHours>,
        reads::<StageDraft>,
        reads::<Dimension>,
        reads::<Number>,
        reads::<RawMap<AttributeKind>>,
        reads::<StrategyState>,
        reads::<PolicyDraft>,
        builds_a_taxonomy,
        builds_stages,
        builds_bands,
    ];
    let is_read = reads.map(|reads| reads(data));
    if is_read.contains(&true) {
        Verdict::Read
    } else {
        Verdict::Refused
    }
}

fn read<T: Serialize + DeserializeOwned + PartialEq + Debug>(data: &[u8]) -> Option<T> {
    let value = serde_json::from_slice(data).ok()?;
    same_in_json(&value);
    Some(value)
}

fn reads<T: Serialize + DeserializeOwned + PartialEq + Debug>(data: &[u8]) -> bool {
    read::<T>(data).is_some()
}

/// Every node is found by its path.
fn builds_a_taxonomy(data: &[u8]) -> bool {
    let draft = read::<TaxonomyDraft>(data);
    match draft.as_ref().map(TaxonomyDraft::build) {
        Some(Ok(taxonomy)) => {
            for (node, path) in taxonomy.nodes() {
                assert_eq!(taxonomy.resolve(path).value.known(), Some(node), "{path}");
                assert!(taxonomy.is_within(node, node));
            }
        }
        Some(Err(errors)) => assert!(!errors.faults().is_empty()),
        None => {}
    }
    draft.is_some()
}

/// Every stage is found by its name.
fn builds_stages(data: &[u8]) -> bool {
    let draft = read::<StagesDraft>(data);
    match draft.as_ref().map(StagesDraft::build) {
        Some(Ok(stages)) => {
            for name in stages.names() {
                let stage = stages.resolve(name).value.known();
                assert_eq!(stage.map(|stage| stages.name(stage)), Some(name));
            }
        }
        Some(Err(errors)) => assert!(!errors.faults().is_empty()),
        None => {}
    }
    draft.is_some()
}

/// A band's name resolves to its lower end, unless it can be read as a head count or a range.
fn builds_bands(data: &[u8]) -> bool {
    let draft = read::<BandsDraft>(data);
    match draft.as_ref().map(BandsDraft::build) {
        Some(Ok(bands)) => {
            for name in bands.names() {
                let range = bands.range(name).unwrap();
                assert!(!range.is_empty());
                let is_number = name.contains(|sign: char| sign.is_numeric());
                let start = CustomerSize::from(name).resolve(&bands).value.known();
                assert!(is_number || start == Some(*range.start()), "{name}");
            }
        }
        Some(Err(errors)) => assert!(!errors.faults().is_empty()),
        None => {}
    }
    draft.is_some()
}
