//! The library behind HTTP: `cargo run --release -p leadtree-service`.
//!
//! | | |
//! |---|---|
//! | `POST /leads` | assigns a lead; `?audit=true` adds for each member why they got it or not |
//! | `POST /receipts/complete` | completes a lead |
//! | `POST /receipts/release` | releases a lead; `?give_turn_back=true` also gives the turn back |
//! | `GET /teams` | the members' loads, counts and turns |
//! | `GET /policy`, `PUT /policy` | reads or replaces the running policy, in YAML or JSON |
//! | `GET /healthz` | whether the service is up |
//!
//! Ctrl-c or SIGTERM stops it: pending requests are finished, then the state is stored. After a
//! crash, the state is that of the last regular stop; store it periodically if you need more.
//! Starting reads the policy file, so a client that replaces the policy should also save it there.

mod api;
mod arguments;
mod error;
mod state_file;
mod stop;
mod teams;

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use clap::Parser;
use leadtree::dispatch::Dispatcher;
use leadtree::policy::Policy;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::time::timeout;

use arguments::Arguments;
use error::ServiceError;
use state_file::StateFile;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs from start to stop. Loading and storing happen outside the runtime: before it, no request
/// waits for them, and after it, no request can change what is being stored.
fn run(arguments: &Arguments) -> Result<(), ServiceError> {
    let state_file = arguments.state.as_deref().map(StateFile::new);
    let dispatcher = Arc::new(dispatcher(&arguments.policy, state_file.as_ref())?);

    let runtime = Runtime::new().map_err(ServiceError::Runtime)?;
    let grace = Duration::from_secs(arguments.grace);
    let served = runtime.block_on(serve(&arguments.listen, Arc::clone(&dispatcher), grace));
    runtime.shutdown_timeout(grace);

    // Even after a failure: what was counted until then is worth keeping.
    if let Some(file) = &state_file {
        file.write(&dispatcher.state())?;
    }
    served
}

/// Goes on from the stored state, and reports what the policy has no place for. At the very first start
/// there is none, and the initial state is stored, so that an unwritable file is noticed now and
/// not when there is something to lose.
fn dispatcher(path: &Path, file: Option<&StateFile<'_>>) -> Result<Dispatcher, ServiceError> {
    let at = |fault: Box<dyn std::error::Error>| ServiceError::Policy {
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
        file.write(&dispatcher.state())?;
    }
    Ok(dispatcher)
}

/// Listens, prints the address, and serves until a signal.
async fn serve(
    address: &str,
    dispatcher: Arc<Dispatcher>,
    grace: Duration,
) -> Result<(), ServiceError> {
    // Before anybody can know that the service is up, so that no signal is missed.
    let stop_asked = stop::asked().map_err(ServiceError::Signals)?;
    let listen_error = |error| ServiceError::Listen {
        address: address.to_owned(),
        error,
    };
    let listener = TcpListener::bind(address).await.map_err(listen_error)?;
    let bound = listener.local_addr().map_err(listen_error)?;
    println!("listening on http://{bound}");
    serve_until(listener, api::router(dispatcher), stop_asked, grace)
        .await
        .map_err(ServiceError::Serve)
}

/// Serves until `stop_asked`, then accepts no more requests and finishes pending ones.
async fn serve_until(
    listener: TcpListener,
    router: Router,
    stop_asked: impl Future<Output = ()>,
    grace: Duration,
) -> io::Result<()> {
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        // An error means that `stop` was dropped, which is the signal to stop.
        let _ = stopped.await;
    });
    let server = tokio::spawn(server.into_future());
    stop_asked.await;
    drop(stop);
    // A client that never sends the rest of its request must not keep the service from stopping.
    let Ok(served) = timeout(grace, server).await else {
        eprintln!("requests that take longer than {grace:?} are cut off");
        return Ok(());
    };
    served?
}
