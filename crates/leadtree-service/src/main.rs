#![doc = include_str!("../README.md")]

mod api;
mod arguments;
mod authentication;
mod error;
mod in_time;
mod server;
mod state_file;
mod stop;
mod teams;

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
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval};

use arguments::Arguments;
use authentication::{TOKEN_VARIABLE, Token};
use error::ServiceError;
use in_time::BodyTimeout;
use server::Patience;
use state_file::StateFile;

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
    let state_file = arguments.state.as_deref().map(StateFile::take);
    let state_file = state_file.transpose()?.map(Arc::new);
    let dispatcher = Arc::new(dispatcher(&arguments.policy, state_file.as_deref())?);

    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(MAX_THREADS)
        .build()
        .map_err(ServiceError::Runtime)?;
    if let Some(file) = &state_file {
        let every = Duration::from_secs(arguments.store_every);
        let (file, dispatcher) = (Arc::clone(file), Arc::clone(&dispatcher));
        runtime.spawn(store_regularly(file, dispatcher, every));
    }
    let served = runtime.block_on(serve(arguments, Arc::clone(&dispatcher), token));
    runtime.shutdown_timeout(Duration::from_secs(arguments.grace));

    // Even after a failure: what was counted until then is worth keeping.
    if let Some(file) = &state_file {
        file.store(&dispatcher)?;
    }
    served
}

/// Goes on from the stored state, and reports what the policy has no place for. At the very first start
/// there is none, and the initial state is stored, so that an unwritable file is noticed now and
/// not when there is something to lose.
fn dispatcher(path: &Path, file: Option<&StateFile>) -> Result<Dispatcher, ServiceError> {
    let at = |fault: Box<dyn std::error::Error + Send + Sync>| ServiceError::Policy {
        path: path.to_owned(),
        fault,
    };
    let text = fs::read_to_string(path).map_err(|error| at(error.into()))?;
    let policy = Policy::from_yaml(&text).map_err(|error| at(error.into()))?;
    let state = file.map(StateFile::read).transpose()?.flatten();
    let is_first = state.is_none();
    let (dispatcher, report) = Dispatcher::builder(&policy)
        .restore(&state.unwrap_or_default())
        .map_err(|error| at(error.into()))?;
    for forgotten in report.forgotten() {
        eprintln!("no longer there: {forgotten}");
    }
    if let Some(file) = file.filter(|_| is_first) {
        file.store(&dispatcher)?;
    }
    Ok(dispatcher)
}

/// Stores what has changed, again and again. A failure is reported, and the service goes on: the disk
/// may have room again next time.
async fn store_regularly(file: Arc<StateFile>, dispatcher: Arc<Dispatcher>, every: Duration) {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick is at once.
    ticks.tick().await;
    loop {
        ticks.tick().await;
        let (file, dispatcher) = (Arc::clone(&file), Arc::clone(&dispatcher));
        let stored = spawn_blocking(move || file.store(&dispatcher)).await;
        if let Ok(Err(error)) = stored {
            eprintln!("warning: not stored: {error}; the next attempt is in {every:?}");
        }
    }
}

/// Listens, prints the address, and serves until a signal.
async fn serve(
    arguments: &Arguments,
    dispatcher: Arc<Dispatcher>,
    token: Option<Token>,
) -> Result<(), ServiceError> {
    // Before anybody can know that the service is up, so that no signal is missed.
    let stop_asked = stop::asked().map_err(ServiceError::Signals)?;
    let address = &arguments.listen;
    let listen_error = |error| ServiceError::Listen {
        address: address.clone(),
        error,
    };
    let listener = TcpListener::bind(address).await.map_err(listen_error)?;
    let bound = listener.local_addr().map_err(listen_error)?;
    if token.is_none() && !bound.ip().is_loopback() {
        eprintln!(
            "warning: no authentication: whoever reaches {bound} can assign leads and replace the \
             policy; set {TOKEN_VARIABLE}, or listen at 127.0.0.1"
        );
    }
    println!("listening on http://{bound}");
    let body_timeout = BodyTimeout(Duration::from_secs(arguments.body_timeout));
    let router = api::router(dispatcher, body_timeout, token);
    let patience = Patience {
        headers: Duration::from_secs(arguments.header_timeout),
        stop: Duration::from_secs(arguments.grace),
    };
    server::serve_until(listener, router, stop_asked, patience).await;
    Ok(())
}
