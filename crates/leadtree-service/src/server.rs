//! Connections: accepted until the service is to stop, and not kept by clients that send nothing.

use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::time::timeout;

/// How long clients may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// From the opening of a connection, or from the answer before, until a request's headers are there.
    pub(crate) headers: Duration,
    /// For pending requests when the service is stopped.
    pub(crate) stop: Duration,
}

/// Serves until `stop_asked`, then accepts no more requests and finishes pending ones.
pub(crate) async fn serve_until(
    mut listener: TcpListener,
    router: Router,
    stop_asked: impl Future<Output = ()>,
    patience: Patience,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        // A client that has sent half a body and closed its side is told so.
        .half_close(true);
    let connections = GracefulShutdown::new();
    let mut stop_asked = pin!(stop_asked);
    loop {
        let (stream, _) = tokio::select! {
            () = &mut stop_asked => break,
            // Its trait waits where files run out; the method of the type ends with an error.
            accepted = Listener::accept(&mut listener) => accepted,
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        // An error means that the client is gone or too slow: there is nobody to tell.
        tokio::spawn(connections.watch(connection));
    }
    drop(listener);
    // A client that never sends the rest of its request must not keep the service from stopping.
    let Patience { stop, .. } = patience;
    if timeout(stop, connections.shutdown()).await.is_err() {
        eprintln!("requests that take longer than {stop:?} are cut off");
    }
}
