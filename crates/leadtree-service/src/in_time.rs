//! A body that arrives in time, or not at all.

use std::time::Duration;

use axum::extract::{FromRef, FromRequest, Request};
use tokio::time::timeout;

use super::error::ApiError;

/// How long a body may take to arrive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyTimeout(pub(crate) Duration);

/// Reads the body with the extractor `E`, within the time allowed for the whole of it. A limit from
/// one piece to the next would let a client send one byte at a time for ever.
pub(crate) struct InTime<E>(pub(crate) E);

impl<S, E> FromRequest<S> for InTime<E>
where
    S: Send + Sync,
    BodyTimeout: FromRef<S>,
    E: FromRequest<S>,
    ApiError: From<E::Rejection>,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let BodyTimeout(most) = FromRef::from_ref(state);
        match timeout(most, E::from_request(request, state)).await {
            Ok(body) => Ok(Self(body?)),
            Err(_) => Err(ApiError::TooSlow(most)),
        }
    }
}
