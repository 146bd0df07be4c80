//! Connections: accepted until the service is to stop, not more than a number at once, and not kept by clients
//! that send nothing or take no answer.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::timed_writes::TimedWrites;

/// What clients may use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientLimits {
    /// How long it may take from the opening of a connection, or from the answer before, until a request's
    /// headers are there.
    pub(crate) headers: Duration,
    /// How long a client may take to receive an answer.
    pub(crate) answer: Duration,
    /// How many connections there are at once; others wait until the system accepts them.
    pub(crate) connections: usize,
    /// For pending requests when the service is stopped.
    pub(crate) stop: Duration,
}

/// Serves until `stop_asked`, then accepts no more requests and finishes pending ones. Returns the moment
/// at which the time for stopping is over.
pub(crate) async fn serve_until(
    mut listener: TcpListener,
    router: Router,
    stop_asked: impl Future<Output = ()>,
    limits: ClientLimits,
) -> Instant {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.headers)
        // A client that has sent half a body and closed its side is told so.
        .half_close(true);
    let connections = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(limits.connections));
    let mut stop_asked = pin!(stop_asked);
    loop {
        let next = async {
            let place = Arc::clone(&free).acquire_owned().await;
            // Its trait waits where files run out; the method of the type ends with an error.
            (place, Listener::accept(&mut listener).await)
        };
        let (place, (stream, _)) = tokio::select! {
            () = &mut stop_asked => break,
            accepted = next => accepted,
        };
        let stream = TimedWrites::new(stream, limits.answer);
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // An error means that the client is gone or too slow: there is nobody to tell.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    // A client that never sends the rest of its request must not keep the service from stopping.
    let deadline = Instant::now() + limits.stop;
    if timeout_at(deadline, connections.shutdown()).await.is_err() {
        let stop = limits.stop;
        eprintln!("requests that take longer than {stop:?} are cut off");
    }
    deadline
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::future::pending;
    use std::io::Write as _;
    use std::net::TcpStream;

    use axum::routing::get;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn what_connections_take_for_stopping_is_not_left_for_threads() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        write!(client, "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
        let begun = Arc::new(Notify::new());
        let begin = Arc::clone(&begun);
        let endless = get(async move || {
            begin.notify_one();
            pending::<()>().await;
        });
        let limits = ClientLimits {
            headers: Duration::from_secs(900),
            answer: Duration::from_secs(900),
            connections: 1,
            stop: Duration::from_millis(10),
        };
        let router = Router::new().route("/", endless);
        let deadline = serve_until(listener, router, begun.notified(), limits).await;
        assert!(deadline <= Instant::now());
    }
}
