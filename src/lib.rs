//! Decides who gets a sales lead.
//!
//! A service hands leadtree a policy once (dimensions, teams, ordered rules) and then one lead after
//! another. For each it answers: which rule applies, which team owns the lead, which member of the
//! team, and why.
//!
//! - Rules are typed: mixing up dimensions does not compile. They can also be read from any serde
//!   format; every problem of a policy is reported at once, with its place and a did-you-mean.
//! - Rules are compiled into a [decision tree](tree), which always gives the answer of the first
//!   matching rule. For rules by territory or matrix a decision takes tens of nanoseconds, with ten
//!   rules or a hundred thousand.
//! - While the members and weights of a team do not change, each member's number of leads stays
//!   within a [proven bound](guide::fairness) of its fair share. Limits hold under any number of
//!   threads.
//! - Every answer can be [explained](guide::explaining).
//!
//! ```
//! use leadtree::prelude::*;
//!
//! let policy = PolicyDraft::new()
//!     .regions(Taxonomy::draft().path("cn/east/shanghai").alias("cn/east/shanghai", ["上海"]))
//!     .industries(Taxonomy::draft().paths(["manufacturing", "energy"]))
//!     .team(Team::new("key-accounts").members(["m-01", "m-02"]))
//!     .team(Team::new("east").members([TeamMember::new("m-03").weight(2), "m-04".into()]))
//!     .rule(
//!         Rule::new("east-key-accounts")
//!             .when(region().within("cn/east") & customer_size().at_least(1000))
//!             .assign_to("key-accounts"),
//!     )
//!     .rule(Rule::new("east").when(region().within("cn/east")).assign_to("east"))
//!     .build()?;
//! let dispatcher = Dispatcher::new(&policy)?;
//!
//! let lead = Lead::builder("L-1").region("上海").customer_size("51-200").build();
//! let assignment = dispatcher.assign(&lead, leadtree::chrono::DateTime::UNIX_EPOCH);
//! assert_eq!(
//!     assignment.to_string(),
//!     "lead `L-1`: rule `east` assigns to member `m-03` of team `east`",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The [guide] covers everything in order; start with its [concepts](guide::concepts).

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod availability;
#[cfg(feature = "diagnostics")]
pub mod diagnostics;
pub mod dimension;
pub mod dispatch;
mod document;
pub mod example;
pub mod example_check;
pub mod explain;
mod finding;
pub mod fit;
mod from_id;
pub mod guide;
mod id;
pub mod lead;
pub mod ledger;
pub mod limits;
mod map_form;
mod name_or_object;
mod nesting;
mod parsed;
pub mod picture;
mod place;
pub mod policy;
pub mod prelude;
mod raw_map;
pub mod rule;
#[cfg(feature = "salesforce")]
pub mod salesforce;
#[cfg(feature = "schema")]
mod schema;
pub mod space;
pub mod strategy;
mod strategy_check;
mod suggestion;
pub mod team;
pub mod terms;
pub mod text;
pub mod tree;
mod unknown_name;
mod warning;

/// The crate of dates and times whose types this library takes and returns.
///
/// Use it through this re-export to have the matching version. The library reads no clock, so chrono is
/// built without one: a program that calls `Utc::now()` adds chrono to its own dependencies with the
/// feature `now` (or `clock`, which also knows the local time zone).
pub use chrono;

pub use finding::{Finding, FindingCode, Location, Severity};
pub use id::*;
pub use lead::Lead;
pub use place::{Place, Placed};
pub use raw_map::RawMap;
pub use suggestion::Suggestion;
pub use unknown_name::UnknownName;
pub use warning::PolicyWarning;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
