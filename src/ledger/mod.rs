//! Remember who owns what: a lead is assigned once, however often it is asked for; it changes hands on
//! purpose only; and how all of it came to be can be told and done again.
//!
//! Optional: whoever keeps ownership in a database of their own uses [`dispatch`](crate::dispatch) alone.
//!
//! One pure function stands in the middle ([`LedgerPlan::run`]): what is fixed, the records concerned, a command
//! and a moment go in; the [`Event`] comes out, or what is missing. It runs dispatching inside itself, so that
//! ownership and counts change together or not at all. State is the fold of the events
//! ([`LedgerState::apply`]), which only takes over what they carry. [`MemoryLedger`] runs the same function on
//! records in memory.
//!
//! ```
//! use leadtree::Lead;
//! use leadtree::dispatch::Dispatcher;
//! use leadtree::ledger::{Command, Completion, LeadStatus, MemoryLedger};
//! use leadtree::policy::PolicyDraft;
//! use leadtree::rule::Rule;
//! use leadtree::team::Team;
//!
//! let policy = PolicyDraft::new()
//!     .team(Team::new("east").members(["m-01", "m-02"]))
//!     .rule(Rule::new("all").assign_to("east"))
//!     .build()?;
//! let ledger = MemoryLedger::new(Dispatcher::builder(&policy))?;
//! let now = chrono::DateTime::UNIX_EPOCH;
//!
//! let lead = Lead::builder("L-1").build();
//! let first = ledger.run(&Command::assign(&lead), now)?;
//! assert_eq!(first.lead.owner().unwrap().member(), "m-01");
//!
//! // A webhook that comes twice: the same owner, and nothing is counted again.
//! let again = ledger.run(&Command::assign(&lead), now)?;
//! assert!(again.event.is_none());
//! assert_eq!(again.lead, first.lead);
//!
//! ledger.run(&Command::complete("L-1", Completion::Won).by("m-01"), now)?;
//! assert_eq!(ledger.lead("L-1").unwrap().status(), &LeadStatus::Closed(Completion::Won));
//! assert_eq!(ledger.history("L-1").len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod account_record;
mod command;
mod dispatching;
mod error;
mod event;
mod lead_record;
mod memory;
mod plan;
mod records;
mod state;
mod transition;

pub use account_record::{AccountChange, AccountRecord};
pub use command::{Command, CommandKind};
pub use error::{LedgerError, LedgerPlanError, ReplayError};
pub use event::{Change, Completion, Event};
pub use lead_record::{LeadRecord, LeadStatus};
pub use memory::MemoryLedger;
pub use plan::{Answer, LedgerPlan};
pub use records::{LoadedRecords, RecordKey};
pub use state::LedgerState;
