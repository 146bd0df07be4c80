//! Request handlers. Whatever uses the dispatcher runs on threads for blocking work: it waits for locks,
//! and takes milliseconds for some requests (an audit of a large team), up to seconds for a policy. The
//! threads of the runtime stay free for connections, time-outs and `/healthz`. What has begun there is
//! finished even if the client disconnects.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{DefaultBodyLimit, FromRef, Query, State};
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::Utc;
use leadtree::dispatch::{Assignment, Audit, Dispatcher, Receipt, Release};
use leadtree::lead::ReadLead;
use leadtree::policy::{Grant, Owner, Policy};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::task::{JoinError, spawn_blocking};

use super::authentication::{self, Token};
use super::error::{ApiError, PolicyRefusal};
use super::host;
use super::in_time::{BodyTimeout, InTime};
use super::teams::{self, TeamLoad};

/// The largest policy accepted, in bytes; a rule takes some hundred.
const MAX_POLICY: usize = 16 << 20;

/// The largest lead or receipt accepted, in bytes.
const MAX_BODY: usize = 1 << 20;

/// State shared by all requests.
#[derive(Clone)]
struct Service {
    dispatcher: Arc<Dispatcher>,
    body_timeout: BodyTimeout,
    /// Held while a policy is replaced, so that replacements happen in order and only one compiles
    /// at a time.
    replacing: Arc<Mutex<()>>,
}

impl FromRef<Service> for BodyTimeout {
    fn from_ref(service: &Service) -> Self {
        service.body_timeout
    }
}

impl Service {
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Dispatcher) -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let dispatcher = Arc::clone(&self.dispatcher);
        spawn_blocking(move || work(&dispatcher)).await
    }
}

/// Who may use the service.
pub(crate) enum Access {
    /// Whoever sends the token; only `/healthz` needs none.
    WithToken(Token),
    /// Whoever names this machine as the host; only this machine can reach the service.
    ThisMachine,
    /// Whoever reaches it.
    Everybody,
}

/// All routes. Access is asked for also on those that do not exist.
pub(crate) fn router(
    dispatcher: Arc<Dispatcher>,
    body_timeout: BodyTimeout,
    access: Access,
) -> Router {
    let service = Service {
        dispatcher,
        body_timeout,
        replacing: Arc::default(),
    };
    let policy = get(policy)
        .put(replace_policy)
        .layer(DefaultBodyLimit::max(MAX_POLICY));
    let routes = Router::new()
        .route("/leads", post(assign))
        .route("/receipts/complete", post(complete))
        .route("/receipts/release", post(release))
        .route("/teams", get(teams))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .route("/policy", policy)
        .fallback(async || ApiError::NoRoute)
        .method_not_allowed_fallback(async || ApiError::NoMethod)
        .with_state(service);
    let health = Router::new()
        .route("/healthz", get(async || "ok"))
        .method_not_allowed_fallback(async || ApiError::NoMethod);
    match access {
        Access::WithToken(token) => routes
            .layer(from_fn_with_state(token, authentication::require))
            .merge(health),
        Access::ThisMachine => routes.merge(health).layer(from_fn(host::require_loopback)),
        Access::Everybody => routes.merge(health),
    }
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
    /// Fields that no lead has, and attributes that the policy does not declare: perhaps typing errors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ignored: Vec<String>,
}

async fn assign(
    State(service): State<Service>,
    options: Result<Query<AssignOptions>, QueryRejection>,
    InTime(Json(read)): InTime<Json<ReadLead>>,
) -> Result<Json<Assigned>, ApiError> {
    let Query(AssignOptions { audit }) = options?;
    let assign = move |dispatcher: &Dispatcher| {
        let now = Utc::now();
        let lead = read.lead();
        let policy = dispatcher.policy();
        let undeclared = lead.undeclared(policy.dimensions().attributes());
        let ignored = read.ignored().iter().map(String::as_str).chain(undeclared);
        let ignored = ignored.map(str::to_owned).collect();
        if audit {
            let (assignment, audit) = dispatcher.assign_with_audit(lead, now);
            (assignment, Some(audit), ignored)
        } else {
            (dispatcher.assign(lead, now), None, ignored)
        }
    };
    let (assignment, audit, ignored) = service.run(assign).await?;
    Ok(Json(Assigned {
        receipt: assignment.receipt(),
        assignment,
        audit,
        ignored,
    }))
}

/// The dispatcher stores no leads, so clients must return each receipt only once.
async fn complete(
    State(service): State<Service>,
    InTime(Json(receipt)): InTime<Json<Receipt>>,
) -> Result<StatusCode, ApiError> {
    let complete = move |dispatcher: &Dispatcher| dispatcher.complete(&receipt);
    service.run(complete).await??;
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
    InTime(Json(receipt)): InTime<Json<Receipt>>,
) -> Result<StatusCode, ApiError> {
    let Query(options) = options?;
    let release = if options.give_turn_back {
        Release::GiveTurnBack
    } else {
        Release::KeepTurn
    };
    let release = move |dispatcher: &Dispatcher| dispatcher.release(&receipt, release);
    service.run(release).await??;
    Ok(StatusCode::NO_CONTENT)
}

async fn teams(State(service): State<Service>) -> Result<Json<Vec<TeamLoad>>, ApiError> {
    let loads = |dispatcher: &Dispatcher| teams::loads(&dispatcher.state(), &dispatcher.policy());
    Ok(Json(service.run(loads).await?))
}

async fn policy(State(service): State<Service>) -> Result<impl IntoResponse, ApiError> {
    let yaml = service.run(|dispatcher| dispatcher.policy().to_yaml());
    let yaml = yaml.await??;
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
    InTime(text): InTime<String>,
) -> Result<Json<Replaced>, ApiError> {
    // Moved to the thread, which keeps running if the client disconnects.
    let turn = Arc::clone(&service.replacing).lock_owned().await;
    let replaced = service.run(move |dispatcher| {
        let replaced = put_in_place(dispatcher, &text);
        drop(turn);
        replaced
    });
    Ok(Json(replaced.await??))
}

/// Reads, checks and compiles while the old policy keeps running; a fault leaves the old one in
/// place. A policy by which nobody gets a lead is what is left of one that was cut off before its rules: with it,
/// the service would assign no lead, and perhaps forget who has how many.
fn put_in_place(dispatcher: &Dispatcher, text: &str) -> Result<Replaced, PolicyRefusal> {
    let policy = Policy::from_yaml(text)?;
    let mut owners = policy.grants().map(Grant::owner);
    if owners.all(|owner| matches!(owner, Owner::Pool(_))) {
        return Err(PolicyRefusal::NoOwners);
    }
    let report = dispatcher.replace_policy(&policy)?;
    Ok(Replaced {
        version: policy.version().map(str::to_owned),
        forgotten: report.forgotten().iter().map(ToString::to_string).collect(),
    })
}
