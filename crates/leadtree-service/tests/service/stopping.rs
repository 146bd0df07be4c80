//! Stopping, and the next start.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::running_service::{PATIENCE, Service};
use super::{POLICY, file, owner, policy_file};

/// A pending request: everything is sent but the body, which the service waits for.
fn begin(service: &Service, body: &str) -> BufReader<TcpStream> {
    let mut stream = service.connect();
    write!(
        stream,
        "POST /leads HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .unwrap();
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).unwrap();
    assert_eq!(line, "HTTP/1.1 100 Continue\r\n");
    stream.read_line(&mut line).unwrap();
    stream
}

#[test]
fn the_next_start_goes_on() {
    let policy = policy_file("goes-on.yaml", POLICY);
    let state = file("goes-on.json");
    let arguments = ["--policy", policy.as_str(), "--state", &state];

    let service = Service::start(&arguments);
    assert_eq!(owner(&service.assign("L-1")), "m-01");
    let second = service.assign("L-2");
    assert_eq!(owner(&second), "m-02");
    service.terminate();
    assert_eq!(service.ended(), "");

    // A stored receipt is valid in the next run, too.
    let service = Service::start(&arguments);
    assert_eq!(service.loads("east"), [1, 1, 0]);
    assert_eq!(service.teams()[0]["turn"], 2);
    assert_eq!(owner(&service.assign("L-3")), "m-03");
    let receipt = second["receipt"].to_string();
    assert_eq!(service.post("/receipts/complete", &receipt).0, 204);
    service.terminate();
    service.ended();

    let others = POLICY.replace("m-02, ", "").replace("m-01", "m-05");
    let policy = policy_file("goes-on-with-others.yaml", &others);
    let service = Service::start(&["--policy", &policy, "--state", &state]);
    let loads = [("m-05".to_owned(), 0), ("m-03".to_owned(), 1)];
    assert_eq!(service.numbers("east", "open"), loads);
    service.terminate();
    let said = service.ended();
    let told = "no longer there: member `m-01` with 1 open lead\n";
    assert!(said.contains(told), "{said}");
    assert!(!Path::new(&format!("{state}.new")).exists());
}

#[test]
fn requests_under_way_are_finished() {
    let policy = policy_file("under-way.yaml", POLICY);
    let state = file("under-way.json");
    let arguments = ["--policy", policy.as_str(), "--state", &state];
    let service =
        Service::start(&[&arguments[..], &["--grace", "900", "--body-timeout", "900"]].concat());
    let body = r#"{ "id": "L-1" }"#;
    let mut request = begin(&service, body);
    service.terminate();
    let patience = Instant::now() + PATIENCE;
    while TcpStream::connect(&service.address).is_ok() {
        assert!(Instant::now() < patience, "still takes connections");
        thread::sleep(Duration::from_millis(10));
    }

    request.get_mut().write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    request.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains(r#""member":"m-01""#), "{answer}");
    assert_eq!(service.ended(), "");
    assert_eq!(Service::start(&arguments).loads("east"), [1, 0, 0]);
}

#[test]
fn who_never_finishes_holds_nobody_up() {
    let policy = policy_file("never.yaml", POLICY);
    let state = file("never.json");
    let arguments = ["--policy", policy.as_str(), "--state", &state];
    let service = Service::start(&[&arguments[..], &["--grace", "1"]].concat());
    assert_eq!(owner(&service.assign("L-1")), "m-01");
    let _request = begin(&service, r#"{ "id": "L-2" }"#);
    service.terminate();
    let said = service.ended();
    assert!(said.contains("cut off"), "{said}");
    assert_eq!(Service::start(&arguments).loads("east"), [1, 0, 0]);
}
