//! Bodies that are empty, cut off, malformed, or too large.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;

use serde_json::{Value, json};

use super::running_service::Service;
use super::{POLICY, policy_file};

/// A policy, as is its first line alone.
const NEXT: &str =
    "{teams: [{id: west, members: [m-09]}], otherwise: {assign_to: west}}\n# the end\n";

/// Sends a request, and then nothing more.
fn exchange(service: &Service, head: &str, body: &str) -> String {
    let mut stream = service.connect();
    write!(stream, "{head}\r\nhost: localhost\r\n").unwrap();
    write!(stream, "content-type: application/json\r\n\r\n{body}").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The text, and white space up to this length.
fn padded(text: &str, length: usize) -> String {
    text.to_owned() + &" ".repeat(length - text.len())
}

/// Everything that requests can change.
fn figures(service: &Service) -> (Value, String) {
    (service.teams(), service.get("/policy").1)
}

#[test]
fn a_body_that_is_cut_off_changes_nothing() {
    let policy = policy_file("cut-off.yaml", POLICY);
    for (request, text) in [
        ("POST /leads", Some(r#"{ "id": "L-2" }"#)),
        ("POST /receipts/complete", None),
        ("POST /receipts/release", None),
        ("PUT /policy", Some(NEXT)),
    ] {
        let service = Service::start(&["--policy", &policy]);
        let receipt = service.assign("L-1")["receipt"].to_string();
        let before = figures(&service);
        // What arrives is sound in itself: the rest of the body is white space or a line of its own.
        let arrived = text.unwrap_or(&receipt).lines().next().unwrap();
        let counted = format!(
            "{request} HTTP/1.1\r\ncontent-length: {}",
            arrived.len() + 9
        );
        // Of the second form, the last chunk is missing, which is empty.
        let in_chunks = format!("{request} HTTP/1.1\r\ntransfer-encoding: chunked");
        let chunk = format!("{:x}\r\n{arrived}\r\n", arrived.len());
        for (head, half) in [(&counted, arrived), (&in_chunks, chunk.as_str())] {
            let answer = exchange(&service, head, half);
            assert!(answer.starts_with("HTTP/1.1 400 "), "{head}: {answer}");
            assert!(answer.contains("cut off"), "{head}: {answer}");
            assert_eq!(figures(&service), before, "{head}");
        }

        let answer = exchange(&service, &in_chunks, &format!("{chunk}0\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 20"), "{request}: {answer}");
        assert_ne!(figures(&service), before, "{request}");
    }
}

#[test]
fn a_malformed_chunk_is_not_told_as_cut_off() {
    let service = Service::start(&["--policy", &policy_file("chunks.yaml", POLICY)]);
    let before = figures(&service);
    for (request, body) in [("POST /leads", r#"{ "id": "L-2" }"#), ("PUT /policy", NEXT)] {
        let in_chunks = format!("{request} HTTP/1.1\r\ntransfer-encoding: chunked");
        let chunk = format!("{:x}\r\n{body}\r\n", body.len());
        for malformed in ["no length\r\n", "fffffffffffffffff\r\n", "\r\n"] {
            let answer = exchange(&service, &in_chunks, &format!("{chunk}{malformed}"));
            assert!(
                answer.starts_with("HTTP/1.1 400 "),
                "{malformed:?}: {answer}"
            );
            assert!(
                answer.contains("not encoded in chunks"),
                "{malformed:?}: {answer}"
            );
        }
    }
    assert_eq!(figures(&service), before);
}

#[test]
fn an_empty_body_changes_nothing() {
    let service = Service::start(&["--policy", &policy_file("empty.yaml", POLICY)]);
    service.assign("L-1");
    let before = figures(&service);
    for path in ["/leads", "/receipts/complete", "/receipts/release"] {
        for (empty, told) in [
            ("", "EOF while parsing a value at line 1 column 0"),
            ("\n ", "EOF while parsing a value at line 2 column 1"),
            ("null", "line 1 column 4"),
        ] {
            let (status, answer) = service.post(path, empty);
            assert_eq!(status, 400, "{path} {empty:?}: {answer}");
            assert!(answer.contains(told), "{path} {empty:?}: {answer}");
        }
    }
    for (empty, told) in [
        ("", "is empty"),
        ("---\n# all that is left\n", "is empty"),
        ("{}", "nobody gets a lead"),
        ("teams: [{id: east, members: [m-01]}]", "nobody gets a lead"),
        (
            "version: second\nregions: {tree: {north: {}}}",
            "nobody gets a lead",
        ),
        ("null", "is empty"),
    ] {
        let (status, refusal) = service.put_policy(empty);
        assert_eq!(status, 422, "{empty:?}: {refusal}");
        let fault = refusal["faults"][0]["fault"].as_str().unwrap();
        assert!(fault.contains(told), "{empty:?}: {fault}");
    }
    assert_eq!(figures(&service), before);
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let service = Service::start(&["--policy", &policy_file("large.yaml", POLICY)]);
    let before = figures(&service);
    // A byte more than the limit, in white space, which would be no fault.
    let lead = json!({ "id": "L-1" }).to_string();
    for (request, body, limit) in [
        ("POST /leads", lead.as_str(), 1 << 20),
        ("PUT /policy", NEXT, 16 << 20),
    ] {
        let head = format!("{request} HTTP/1.1\r\ncontent-length: {}", limit + 1);
        let answer = exchange(&service, &head, &padded(body, limit + 1));
        assert!(answer.starts_with("HTTP/1.1 413 "), "{request}: {answer}");
    }
    assert_eq!(figures(&service), before);
    let (status, answer) = service.post("/leads", &padded(&lead, 1 << 20));
    assert_eq!(status, 200, "{answer}");
}
