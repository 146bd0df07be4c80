//! Who may use the service: whoever sends the token that it was started with.

use std::env::{self, VarError};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::Response;
use subtle::ConstantTimeEq as _;

use super::error::{ApiError, ServiceError};

/// The environment variable of the token. There is no argument for it: other users of the machine
/// can list the arguments of a process.
pub(crate) const TOKEN_VARIABLE: &str = "LEADTREE_TOKEN";

/// What clients send as `authorization: Bearer …`. It has no `Debug`, so that no log shows it.
#[derive(Clone)]
pub(crate) struct Token(Arc<str>);

impl Token {
    /// The token of the environment, if there is one. One that no client could send is an error:
    /// an empty variable most likely means that a secret was not found.
    pub(crate) fn from_environment() -> Result<Option<Self>, ServiceError> {
        match env::var(TOKEN_VARIABLE) {
            Ok(token) if Self::can_be_sent(&token) => Ok(Some(Self(token.into()))),
            Err(VarError::NotPresent) => Ok(None),
            Ok(_) | Err(VarError::NotUnicode(_)) => Err(ServiceError::Token(TOKEN_VARIABLE)),
        }
    }

    fn can_be_sent(token: &str) -> bool {
        !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// Takes equally long however much of the token is right, so that it cannot be guessed byte by
    /// byte; only its length is no secret.
    fn is_in(&self, headers: &HeaderMap) -> bool {
        bearer(headers).is_some_and(|given| self.0.as_bytes().ct_eq(given.as_bytes()).into())
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start_matches(' '))
}

/// Answers requests without the token, before their body is read.
pub(crate) async fn require(
    State(token): State<Token>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    if token.is_in(request.headers()) {
        Ok(next.run(request).await)
    } else {
        Err(ApiError::Unauthorized)
    }
}
