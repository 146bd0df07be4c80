//! Errors, and how they are reported to clients.

use std::io;
use std::path::PathBuf;

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection, StringRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leadtree::Placed;
use leadtree::dispatch::{BuildError, Seat, UnknownSeats};
use leadtree::policy::{LoadError, WriteError, YamlError};
use serde::Serialize;
use thiserror::Error;
use tokio::task::JoinError;

/// Why the service cannot start, or cannot stop properly.
#[derive(Debug, Error)]
pub(crate) enum ServiceError {
    #[error("{}: {fault}", path.display())]
    Policy {
        path: PathBuf,
        fault: Box<dyn std::error::Error>,
    },
    #[error("{}: {error}", path.display())]
    State { path: PathBuf, error: io::Error },
    #[error("no threads to serve with: {0}")]
    Runtime(io::Error),
    #[error("no signal would be heard: {0}")]
    Signals(io::Error),
    #[error("cannot listen at {address}: {error}")]
    Listen { address: String, error: io::Error },
    #[error("serving ended: {0}")]
    Serve(io::Error),
}

/// Why a policy was not accepted.
#[derive(Debug, Error)]
pub(crate) enum PolicyRefusal {
    #[error(transparent)]
    Load(#[from] LoadError<YamlError>),
    #[error(transparent)]
    Build(#[from] BuildError),
}

/// Why a request failed.
#[derive(Debug, Error)]
pub(crate) enum ApiError {
    #[error("{}", .0.body_text())]
    Body(#[from] JsonRejection),
    #[error("{}", .0.body_text())]
    Text(#[from] StringRejection),
    #[error("{}", .0.body_text())]
    Query(#[from] QueryRejection),
    #[error(transparent)]
    UnknownSeats(#[from] UnknownSeats),
    #[error("the policy is not put in place; the former one runs on")]
    Policy(#[from] PolicyRefusal),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("the work on the request was broken off")]
    BrokenOff(#[from] JoinError),
}

/// The body of an error response.
#[derive(Debug, Serialize)]
struct Problem {
    error: String,
    /// Seats of the receipt that no longer exist; its other seats were given back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<Seat>,
    /// All faults of the policy.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<Fault>,
}

#[derive(Debug, Serialize)]
struct Fault {
    /// The path to the fault in the policy; empty for the whole.
    place: String,
    fault: String,
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            // JSON that is not a lead counts as malformed, like text that is not JSON.
            Self::Body(JsonRejection::JsonDataError(_)) => StatusCode::BAD_REQUEST,
            Self::Body(rejection) => rejection.status(),
            Self::Text(rejection) => rejection.status(),
            Self::Query(rejection) => rejection.status(),
            Self::UnknownSeats(_) => StatusCode::CONFLICT,
            Self::Policy(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Write(_) | Self::BrokenOff(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn problem(&self) -> Problem {
        Problem {
            error: self.to_string(),
            unknown: match self {
                Self::UnknownSeats(unknown) => unknown.seats().to_vec(),
                _ => Vec::new(),
            },
            faults: match self {
                Self::Policy(refusal) => refusal.faults(),
                _ => Vec::new(),
            },
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status(), Json(self.problem())).into_response()
    }
}

impl PolicyRefusal {
    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Load(LoadError::Policy(errors)) => listed(errors.faults()),
            Self::Load(LoadError::Format { path, error }) => vec![Fault {
                place: path.clone(),
                fault: error.to_string(),
            }],
            Self::Build(BuildError::Strategies(errors)) => listed(errors.faults()),
            other => vec![Fault {
                place: String::new(),
                fault: other.to_string(),
            }],
        }
    }
}

fn listed<F: ToString>(faults: &[Placed<F>]) -> Vec<Fault> {
    faults
        .iter()
        .map(|placed| Fault {
            place: placed.place.to_string(),
            fault: placed.fault.to_string(),
        })
        .collect()
}
