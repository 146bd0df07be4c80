//! Methods that a route does not have.

use std::io::{Read as _, Write as _};

use super::running_service::Service;
use super::{POLICY, policy_file};

#[test]
fn a_method_that_a_route_does_not_have_is_told_in_json() {
    let service = Service::start(&["--policy", &policy_file("methods.yaml", POLICY)]);
    for (request, allowed) in [
        ("GET /leads", "POST"),
        ("DELETE /policy", "GET,HEAD,PUT"),
        ("POST /teams", "GET,HEAD"),
        ("OPTIONS /receipts/complete", "POST"),
        ("POST /healthz", "GET,HEAD"),
    ] {
        let mut stream = service.connect();
        write!(
            stream,
            "{request} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 405 "), "{request}: {answer}");
        assert!(
            head.contains(&format!("allow: {allowed}\r\n")),
            "{request}: {answer}"
        );
        assert!(
            head.contains("content-type: application/json"),
            "{request}: {answer}"
        );
        let told = r#"{"error":"this route does not have that method; see `allow`"}"#;
        assert_eq!(body, told, "{request}");
    }
}
