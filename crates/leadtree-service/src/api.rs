//! Request handlers. Assigning takes microseconds, so it runs in the handler; anything longer runs
//! on a blocking thread.

use std::sync::Arc;

use axum::extract::rejection::{JsonRejection, QueryRejection, StringRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::Utc;
use leadtree::Lead;
use leadtree::dispatch::{Assignment, Audit, Dispatcher, Receipt, Release};
use leadtree::policy::Policy;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::error::{ApiError, PolicyRefusal};
use super::teams::{self, TeamLoad};

/// The largest policy accepted, in bytes; a rule takes some hundred.
const MAX_POLICY: usize = 16 << 20;

/// State shared by all requests.
#[derive(Clone)]
struct Service {
    dispatcher: Arc<Dispatcher>,
    /// Held while a policy is replaced, so that replacements happen in order and only one compiles
    /// at a time.
    replacing: Arc<Mutex<()>>,
}

pub(crate) fn router(dispatcher: Arc<Dispatcher>) -> Router {
    let service = Service {
        dispatcher,
        replacing: Arc::default(),
    };
    let policy = get(policy)
        .put(replace_policy)
        .layer(DefaultBodyLimit::max(MAX_POLICY));
    Router::new()
        .route("/leads", post(assign))
        .route("/receipts/complete", post(complete))
        .route("/receipts/release", post(release))
        .route("/teams", get(teams))
        .route("/policy", policy)
        .route("/healthz", get(async || "ok"))
        .with_state(service)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AssignOptions {
    #[serde(default)]
    audit: bool,
}

#[derive(Debug, Serialize)]
struct Assigned {
    assignment: Assignment,
    /// To be kept with the lead and returned once, when the lead is completed or released.
    receipt: Receipt,
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<Audit>,
}

async fn assign(
    State(service): State<Service>,
    options: Result<Query<AssignOptions>, QueryRejection>,
    lead: Result<Json<Lead<'static>>, JsonRejection>,
) -> Result<Json<Assigned>, ApiError> {
    let Query(options) = options?;
    let Json(lead) = lead?;
    let now = Utc::now();
    let (assignment, audit) = if options.audit {
        let (assignment, audit) = service.dispatcher.assign_with_audit(&lead, now);
        (assignment, Some(audit))
    } else {
        (service.dispatcher.assign(&lead, now), None)
    };
    Ok(Json(Assigned {
        receipt: assignment.receipt(),
        assignment,
        audit,
    }))
}

/// The dispatcher stores no leads, so clients must return each receipt only once.
async fn complete(
    State(service): State<Service>,
    receipt: Result<Json<Receipt>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(receipt) = receipt?;
    service.dispatcher.complete(&receipt)?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseOptions {
    #[serde(default)]
    give_turn_back: bool,
}

async fn release(
    State(service): State<Service>,
    options: Result<Query<ReleaseOptions>, QueryRejection>,
    receipt: Result<Json<Receipt>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Query(options) = options?;
    let Json(receipt) = receipt?;
    let release = if options.give_turn_back {
        Release::GiveTurnBack
    } else {
        Release::KeepTurn
    };
    service.dispatcher.release(&receipt, release)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn teams(State(service): State<Service>) -> Json<Vec<TeamLoad>> {
    let dispatcher = &service.dispatcher;
    Json(teams::loads(&dispatcher.state(), &dispatcher.policy()))
}

/// Writing reads the text back and compares it, which takes a while for a large policy.
async fn policy(State(service): State<Service>) -> Result<impl IntoResponse, ApiError> {
    let yaml = spawn_blocking(move || service.dispatcher.policy().to_yaml()).await??;
    Ok(([(header::CONTENT_TYPE, "application/yaml")], yaml))
}

#[derive(Debug, Serialize)]
struct Replaced {
    version: Option<String>,
    /// Loads and turns that this policy has no place for.
    forgotten: Vec<String>,
}

async fn replace_policy(
    State(service): State<Service>,
    text: Result<String, StringRejection>,
) -> Result<Json<Replaced>, ApiError> {
    let text = text?;
    // Moved to the thread, which keeps running if the client disconnects.
    let turn = Arc::clone(&service.replacing).lock_owned().await;
    let replaced = spawn_blocking(move || {
        let replaced = put_in_place(&service.dispatcher, &text);
        drop(turn);
        replaced
    });
    Ok(Json(replaced.await??))
}

/// Reads, checks and compiles while the old policy keeps running; a fault leaves the old one in
/// place.
fn put_in_place(dispatcher: &Dispatcher, text: &str) -> Result<Replaced, PolicyRefusal> {
    let policy = Policy::from_yaml(text)?;
    let report = dispatcher.replace_policy(&policy)?;
    Ok(Replaced {
        version: policy.version().map(str::to_owned),
        forgotten: report.forgotten().iter().map(ToString::to_string).collect(),
    })
}
