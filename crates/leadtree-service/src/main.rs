#![doc = include_str!("../README.md")]

mod api;
mod arguments;
mod authentication;
mod error;
mod host;
mod in_time;
mod server;
mod state_store;
mod stop;
mod teams;
mod timed_writes;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use leadtree::dispatch::Dispatcher;
use leadtree::policy::Policy;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::time::Instant;

use api::Access;
use arguments::Arguments;
use authentication::{TOKEN_VARIABLE, Token};
use error::ServiceError;
use in_time::BodyTimeout;
use server::ClientLimits;
use state_store::{StateStore, store_regularly};

/// The most threads that assign, read policies or store at once. They wait for locks and compute; more
/// would be in each other's way.
const MAX_THREADS: usize = 32;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs from start to stop. Loading and the last storing happen outside the runtime: before it, no
/// request waits for them, and after it, no request can change what is being stored.
fn run(arguments: &Arguments) -> Result<(), ServiceError> {
    let token = Token::from_environment()?;
    let store = arguments.state.as_deref().map(StateStore::take);
    let store = store.transpose()?.map(Arc::new);
    let dispatcher = Arc::new(dispatcher(&arguments.policy, store.as_deref())?);

    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(MAX_THREADS)
        .build()
        .map_err(ServiceError::Runtime)?;
    if let Some(store) = &store {
        let every = Duration::from_secs(arguments.store_every);
        let (store, dispatcher) = (Arc::clone(store), Arc::clone(&dispatcher));
        runtime.spawn(store_regularly(store, dispatcher, every));
    }
    let served = runtime.block_on(serve(arguments, Arc::clone(&dispatcher), token));
    // Work on threads has what the connections have left of the time.
    let left = served
        .as_ref()
        .ok()
        .map(|deadline| deadline.saturating_duration_since(Instant::now()));
    runtime.shutdown_timeout(left.unwrap_or_default());

    // Even after a failure: what was counted until then is worth keeping.
    if let Some(store) = &store {
        store.store(&dispatcher)?;
    }
    served.map(drop)
}

/// Goes on from the stored state, and reports what the policy has no place for. At the very first start
/// there is none, and the initial state is stored, so that an unwritable file is noticed now and
/// not when there is something to lose.
fn dispatcher(path: &Path, store: Option<&StateStore>) -> Result<Dispatcher, ServiceError> {
    let at = |fault: Box<dyn std::error::Error + Send + Sync>| ServiceError::Policy {
        path: path.to_owned(),
        fault,
    };
    let text = fs::read_to_string(path).map_err(|error| at(error.into()))?;
    let policy = Policy::from_yaml(&text).map_err(|error| at(error.into()))?;
    let state = store.map(StateStore::read).transpose()?.flatten();
    let is_first = state.is_none();
    let (dispatcher, report) = Dispatcher::builder(&policy)
        .restore(&state.unwrap_or_default())
        .map_err(|error| at(error.into()))?;
    for forgotten in report.forgotten() {
        eprintln!("no longer there: {forgotten}");
    }
    if let Some(store) = store.filter(|_| is_first) {
        store.store(&dispatcher)?;
    }
    Ok(dispatcher)
}

/// Listens, prints the address, and serves until a signal. Returns the moment at which the time for stopping is
/// over.
async fn serve(
    arguments: &Arguments,
    dispatcher: Arc<Dispatcher>,
    token: Option<Token>,
) -> Result<Instant, ServiceError> {
    // Before anybody can know that the service is up, so that no signal is missed.
    let stop_asked = stop::asked().map_err(ServiceError::Signals)?;
    let address = &arguments.listen;
    let listen_error = |error| ServiceError::Listen {
        address: address.clone(),
        error,
    };
    let listener = TcpListener::bind(address).await.map_err(listen_error)?;
    let bound = listener.local_addr().map_err(listen_error)?;
    let is_local = bound.ip().to_canonical().is_loopback();
    if token.is_none() && !is_local {
        eprintln!(
            "warning: no authentication: whoever reaches {bound} can assign leads and replace the \
             policy; set {TOKEN_VARIABLE}, or listen at 127.0.0.1"
        );
    }
    println!("listening on http://{bound}");
    let body_timeout = BodyTimeout(Duration::from_secs(arguments.body_timeout));
    let access = match token {
        Some(token) => Access::WithToken(token),
        None if is_local => Access::ThisMachine,
        None => Access::Everybody,
    };
    let router = api::router(dispatcher, body_timeout, access);
    let limits = ClientLimits {
        headers: Duration::from_secs(arguments.header_timeout),
        answer: Duration::from_secs(arguments.answer_timeout),
        connections: arguments.max_connections as usize,
        stop: Duration::from_secs(arguments.grace),
    };
    Ok(server::serve_until(listener, router, stop_asked, limits).await)
}
