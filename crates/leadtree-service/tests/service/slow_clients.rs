//! Clients that take too long, and too many of them.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use super::running_service::{PATIENCE, Service};
use super::{POLICY, owner, policy_file};

/// Sends byte after byte until the service has closed the connection; returns what it answered.
fn trickled(mut stream: TcpStream) -> String {
    let mut reader = stream.try_clone().unwrap();
    let answer = thread::spawn(move || {
        let mut answer = Vec::new();
        // Closed with bytes left to read, the connection may be reset after the answer.
        let _ = reader.read_to_end(&mut answer);
        String::from_utf8(answer).unwrap()
    });
    let patience = Instant::now() + PATIENCE;
    while !answer.is_finished() {
        assert!(Instant::now() < patience, "still takes bytes");
        let _ = stream.write_all(b"a");
        thread::sleep(Duration::from_millis(50));
    }
    answer.join().unwrap()
}

#[test]
fn headers_that_do_not_come_end_the_connection() {
    let policy = policy_file("slow-headers.yaml", POLICY);
    let service = Service::start(&["--policy", &policy, "--header-timeout", "1"]);
    for begun in ["", "POST /leads HTTP/1.1\r\nhost: local"] {
        let mut stream = service.connect();
        write!(stream, "{begun}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert_eq!(answer, "", "{begun}");
    }
    let mut stream = service.connect();
    write!(stream, "POST /leads HTTP/1.1\r\nhost: local").unwrap();
    assert_eq!(trickled(stream), "");
    assert_eq!(owner(&service.assign("L-1")), "m-01");
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let policy = policy_file("slow-body.yaml", POLICY);
    let service = Service::start(&["--policy", &policy, "--body-timeout", "1"]);
    for request in [
        "POST /leads",
        "POST /receipts/complete",
        "POST /receipts/release",
        "PUT /policy",
    ] {
        let begin = || {
            let mut stream = service.connect();
            write!(
                stream,
                "{request} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                 content-length: 1000000\r\n\r\n{{ \"id\": \""
            )
            .unwrap();
            stream
        };
        let mut answer = String::new();
        begin().read_to_string(&mut answer).unwrap();
        for answer in [answer, trickled(begin())] {
            assert!(answer.starts_with("HTTP/1.1 408 "), "{request}: {answer}");
            assert!(answer.contains("within 1s"), "{request}: {answer}");
        }
    }
    assert_eq!(service.loads("east"), [0, 0, 0]);
    assert_eq!(owner(&service.assign("L-1")), "m-01");
}

/// Of so many members, a few dozen answers are more than the system keeps for a client.
fn large_policy() -> String {
    let members: Vec<String> = (0..5_000).map(|number| format!("m-{number}")).collect();
    let members = members.join(", ");
    format!("teams: [{{id: east, members: [{members}]}}]\notherwise: {{assign_to: east}}\n")
}

#[test]
fn answers_that_are_not_taken_end_the_connection() {
    let policy = policy_file("untaken.yaml", &large_policy());
    let service = Service::start(&[
        "--policy",
        &policy,
        "--answer-timeout",
        "1",
        "--header-timeout",
        "900",
        "--max-connections",
        "1",
    ]);
    let mut stream = service.connect();
    for _ in 0..100 {
        write!(stream, "GET /teams HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    }
    // The only connection is free again, although this client has neither read nor gone.
    assert_eq!(service.get("/healthz").0, 200);
    let mut answers = Vec::new();
    let _ = stream.read_to_end(&mut answers);
    let answers = String::from_utf8_lossy(&answers);
    let complete = answers.matches("HTTP/1.1 200 OK").count();
    assert!((1..100).contains(&complete), "{complete} answers");
}

#[test]
fn a_client_that_takes_its_answers_is_not_cut_off() {
    let policy = policy_file("taken.yaml", &large_policy());
    let service = Service::start(&["--policy", &policy]);
    let mut stream = service.connect();
    let mut reader = stream.try_clone().unwrap();
    let answers = thread::spawn(move || {
        let mut answers = Vec::new();
        reader.read_to_end(&mut answers).unwrap();
        answers
    });
    for _ in 0..99 {
        write!(stream, "GET /teams HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    }
    write!(
        stream,
        "GET /teams HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let answers = answers.join().unwrap();
    let answers = String::from_utf8(answers).unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 100);
    assert_eq!(answers.matches("\"m-4999\"").count(), 100);
}

/// Sends a request, and leaves the connection open.
fn ask(service: &Service) -> TcpStream {
    let mut stream = service.connect();
    write!(stream, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    stream
}

fn is_answered(stream: &mut TcpStream, patience: Duration) -> bool {
    stream.set_read_timeout(Some(patience)).unwrap();
    match stream.read(&mut [0; 64]) {
        Ok(read) => read > 0,
        Err(error) => {
            let waits = [io::ErrorKind::WouldBlock, io::ErrorKind::TimedOut];
            assert!(waits.contains(&error.kind()), "{error}");
            false
        }
    }
}

#[test]
fn more_connections_than_the_limit_wait() {
    let policy = policy_file("connections.yaml", POLICY);
    let limits = ["--max-connections", "2", "--header-timeout", "900"];
    let service = Service::start(&[&["--policy", policy.as_str()], &limits[..]].concat());
    let mut first = ask(&service);
    let mut second = ask(&service);
    assert!(is_answered(&mut first, PATIENCE));
    assert!(is_answered(&mut second, PATIENCE));
    let mut third = ask(&service);
    assert!(!is_answered(&mut third, Duration::from_millis(300)));
    drop(first);
    assert!(is_answered(&mut third, PATIENCE));
}
