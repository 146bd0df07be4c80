//! A service of this machine alone, used under other names.

use std::io::{Read as _, Write as _};

use super::running_service::{Service, command};
use super::{POLICY, owner, policy_file};

/// The answer to a request with these lines of headers.
fn answer(service: &Service, path: &str, headers: &str) -> String {
    let mut stream = service.connect();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\n{headers}connection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_page_whose_name_leads_here_is_refused() {
    let service = Service::start(&["--policy", &policy_file("hosts.yaml", POLICY)]);
    for path in ["/teams", "/policy", "/healthz", "/nowhere"] {
        for headers in [
            "host: evil.example\r\n",
            "host: evil.example:8080\r\n",
            "host: localhost.evil.example\r\n",
            "host: \r\n",
            "",
        ] {
            let answer = answer(&service, path, headers);
            assert!(
                answer.starts_with("HTTP/1.1 421 "),
                "{path} {headers}: {answer}"
            );
            assert!(
                answer.contains("application/json"),
                "{path} {headers}: {answer}"
            );
            assert!(
                answer.contains(r#"{"error":"this service is used as"#),
                "{answer}"
            );
        }
    }
    let of_uri = answer(&service, "http://evil.example/teams", "host: localhost\r\n");
    assert!(of_uri.starts_with("HTTP/1.1 421 "), "{of_uri}");
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080"] {
        let answer = answer(&service, "/teams", &format!("host: {host}\r\n"));
        assert!(answer.starts_with("HTTP/1.1 200 "), "{host}: {answer}");
    }
    assert_eq!(owner(&service.assign("L-1")), "m-01");
}

#[test]
fn with_a_token_or_beyond_this_machine_any_host_is_served() {
    let policy = policy_file("any-host.yaml", POLICY);
    let mut guarded = command(&["--policy", &policy]);
    guarded.env("LEADTREE_TOKEN", "s3cret");
    let guarded = Service::launch(guarded);
    let headers = "host: leads.example\r\nauthorization: Bearer s3cret\r\n";
    let told = answer(&guarded, "/teams", headers);
    assert!(told.starts_with("HTTP/1.1 200 "), "{told}");

    let open = Service::start(&["--policy", &policy, "--listen", "0.0.0.0:0"]);
    let told = answer(&open, "/teams", "host: leads.example\r\n");
    assert!(told.starts_with("HTTP/1.1 200 "), "{told}");
}
