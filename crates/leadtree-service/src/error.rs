//! Errors, and how they are reported to clients.

use std::io;
use std::iter;
use std::path::PathBuf;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::{
    BytesRejection, FailedToBufferBody, JsonRejection, QueryRejection, StringRejection,
};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leadtree::Placed;
use leadtree::dispatch::{BuildError, Seat, UnknownSeats};
use leadtree::policy::{LoadError, WriteError, YamlError};
use leadtree_state_file::StateFileError;
use serde::Serialize;
use thiserror::Error;
use tokio::task::JoinError;

/// Why the service cannot start, or cannot stop properly.
#[derive(Debug, Error)]
pub(crate) enum ServiceError {
    #[error("{}: {fault}", path.display())]
    Policy {
        path: PathBuf,
        fault: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error(transparent)]
    State(#[from] StateFileError),
    #[error(
        "the environment variable {0} is no token: write ASCII letters, digits and \
         punctuation, without spaces; or remove it, to serve without authentication"
    )]
    Token(&'static str),
    #[error("no threads to serve with: {0}")]
    Runtime(io::Error),
    #[error("no signal would be heard: {0}")]
    Signals(io::Error),
    #[error("cannot listen at {address}: {error}")]
    Listen { address: String, error: io::Error },
}

/// Why a policy was not accepted.
#[derive(Debug, Error)]
pub(crate) enum PolicyRefusal {
    #[error(transparent)]
    Load(#[from] LoadError<YamlError>),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error("by this policy nobody gets a lead; was the text cut off before its rules?")]
    NoOwners,
}

/// Why a request failed.
#[derive(Debug, Error)]
pub(crate) enum ApiError {
    #[error("the token is missing or wrong; send it as `authorization: Bearer …`")]
    Unauthorized,
    #[error(
        "this service is used as localhost or 127.0.0.1 only; send that as the host, or start the service with a \
         token"
    )]
    OtherHost,
    #[error("there is no such route")]
    NoRoute,
    #[error("this route does not have that method; see `allow`")]
    NoMethod,
    #[error("the body has not arrived within {0:?}")]
    TooSlow(Duration),
    #[error("the body was cut off before its end; nothing is changed")]
    CutOff,
    #[error("the body is not encoded in chunks as its header says; nothing is changed")]
    Chunks,
    #[error("{}", .0.body_text())]
    Body(JsonRejection),
    #[error("{}", .0.body_text())]
    Text(StringRejection),
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

/// A body fails in three ways: it is too large, or, both as an unknown error, the connection ends within it, or
/// its chunks are malformed.
impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        match rejection {
            JsonRejection::BytesRejection(BytesRejection::FailedToBufferBody(
                FailedToBufferBody::UnknownBodyError(error),
            )) => Self::broken_body(&error),
            rejection => Self::Body(rejection),
        }
    }
}

impl From<StringRejection> for ApiError {
    fn from(rejection: StringRejection) -> Self {
        match rejection {
            StringRejection::FailedToBufferBody(FailedToBufferBody::UnknownBodyError(error)) => {
                Self::broken_body(&error)
            }
            rejection => Self::Text(rejection),
        }
    }
}

impl ApiError {
    /// Chunks that cannot be read are the only input or data at fault; whatever else happens to a connection
    /// ends it.
    fn broken_body(error: &(dyn std::error::Error + 'static)) -> Self {
        let chain = iter::successors(Some(error), |error| error.source());
        let mut kinds = chain.filter_map(|error| Some(error.downcast_ref::<io::Error>()?.kind()));
        let is_malformed = |kind| {
            matches!(
                kind,
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
            )
        };
        if kinds.any(is_malformed) {
            Self::Chunks
        } else {
            Self::CutOff
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::NoRoute => StatusCode::NOT_FOUND,
            Self::NoMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow(_) => StatusCode::REQUEST_TIMEOUT,
            // JSON that is not a lead counts as malformed, like text that is not JSON.
            Self::CutOff | Self::Chunks | Self::Body(JsonRejection::JsonDataError(_)) => {
                StatusCode::BAD_REQUEST
            }
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
        let answer = (self.status(), Json(self.problem()));
        match self {
            // Requests that name no scheme are told which one there is.
            Self::Unauthorized => ([(header::WWW_AUTHENTICATE, "Bearer")], answer).into_response(),
            // What is left of the body is not waited for.
            Self::TooSlow(_) | Self::Chunks => {
                ([(header::CONNECTION, "close")], answer).into_response()
            }
            _ => answer.into_response(),
        }
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
