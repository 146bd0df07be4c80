//! A service that only this machine can reach is used under names of this machine.
//!
//! A page in a browser can have its own name lead to 127.0.0.1 (DNS rebinding), and then use the service as if
//! the page came from it. The browser sends the page's name as the host, by which such requests are known.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::Response;

use super::error::ApiError;

/// Answers requests to another host, or to none, before their body is read.
pub(crate) async fn require_loopback(request: Request, next: Next) -> Result<Response, ApiError> {
    let header = request.headers().get(HOST);
    let header = header.and_then(|host| host.to_str().ok());
    // A request to a proxy names the host in its URI, which then counts, too.
    let of_uri = request.uri().authority();
    if header.is_some_and(is_loopback) && of_uri.is_none_or(|it| is_loopback_name(it.host())) {
        Ok(next.run(request).await)
    } else {
        Err(ApiError::OtherHost)
    }
}

/// Of a host with or without a port.
fn is_loopback(host: &str) -> bool {
    host.parse()
        .is_ok_and(|host: Authority| is_loopback_name(host.host()))
}

fn is_loopback_name(name: &str) -> bool {
    let address = name.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    match address.unwrap_or(name).parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_are_known() {
        for host in [
            "localhost",
            "LocalHost:8080",
            "127.0.0.1",
            "127.0.0.1:8080",
            "127.1.2.3:80",
            "[::1]",
            "[::1]:8080",
            "[::ffff:127.0.0.1]:8080",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "127.0.0.1@evil.example",
            "192.168.0.1",
            "0.0.0.0:8080",
            "[::2]",
            "[::1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
