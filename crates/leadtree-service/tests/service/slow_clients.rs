//! Clients that take too long.

use std::io::{Read as _, Write as _};
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
