//! Who may use the service.

use std::process::Command;

use ureq::{Agent, http};

use super::running_service::{Service, command};
use super::{POLICY, policy_file};

const TOKEN: &str = "s3cret-of-this-test";

fn with_token(arguments: &[&str], token: &str) -> Command {
    let mut command = command(arguments);
    command.env("LEADTREE_TOKEN", token);
    command
}

/// The status, and what authentication is asked for.
fn status(
    service: &Service,
    method: &str,
    path: &str,
    sent: Option<&str>,
) -> (u16, Option<String>) {
    let url = format!("http://{}{path}", service.address);
    let mut request = http::Request::builder().method(method).uri(url);
    if let Some(sent) = sent {
        request = request.header("authorization", sent);
    }
    let request = request.header("content-type", "application/json");
    let agent = Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .build();
    let request = request.body(String::new()).unwrap();
    let answer = Agent::from(agent).run(request).unwrap();
    let asked = answer.headers().get("www-authenticate");
    let asked = asked.map(|asked| asked.to_str().unwrap().to_owned());
    (answer.status().as_u16(), asked)
}

#[test]
fn with_a_token_every_route_needs_it() {
    let policy = policy_file("token.yaml", POLICY);
    let service = Service::launch(with_token(&["--policy", &policy], TOKEN));
    let refused = (401, Some("Bearer".to_owned()));
    let right = format!("Bearer {TOKEN}");
    for (method, path, otherwise) in [
        ("POST", "/leads", 400),
        ("POST", "/receipts/complete", 400),
        ("POST", "/receipts/release", 400),
        ("GET", "/teams", 200),
        ("GET", "/policy", 200),
        ("PUT", "/policy", 422),
        ("DELETE", "/policy", 405),
        ("GET", "/nowhere", 404),
    ] {
        for wrong in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some("Bearer s3cret-of-this-tesT"),
            Some("Bearer s3cret-of-this-tes"),
            Some("Bearer s3cret-of-this-test2"),
            Some("Basic s3cret-of-this-test"),
            Some(TOKEN),
        ] {
            let told = status(&service, method, path, wrong);
            assert_eq!(told, refused, "{method} {path} {wrong:?}");
        }
        for right in [&right, &right.replace("Bearer", "bearer")] {
            let told = status(&service, method, path, Some(right));
            assert_eq!(told, (otherwise, None), "{method} {path}");
        }
    }
    assert_eq!(service.get("/healthz"), (200, "ok".to_owned()));
    // Nor does the answer show it.
    assert!(!service.get("/teams").1.contains(TOKEN));
}

#[test]
fn without_a_token_none_is_needed() {
    let service = Service::start(&["--policy", &policy_file("no-token.yaml", POLICY)]);
    assert_eq!(status(&service, "GET", "/teams", None), (200, None));
    assert_eq!(status(&service, "GET", "/nowhere", None), (404, None));
}

#[test]
fn a_token_that_no_client_could_send_is_told_at_the_start() {
    let policy = policy_file("no-such-token.yaml", POLICY);
    for token in ["", " ", "two words", "with-newline\n", "schlüssel"] {
        let output = with_token(&["--policy", &policy], token).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{token:?}");
        assert!(
            said.contains("variable LEADTREE_TOKEN is no token"),
            "{said}"
        );
    }
}

#[test]
fn the_help_says_that_there_is_no_authentication() {
    let output = command(&["--help"]).output().unwrap();
    let help = String::from_utf8_lossy(&output.stdout);
    assert!(help.contains("LEADTREE_TOKEN"), "{help}");
    assert!(
        help.contains("everybody who reaches the address may do everything"),
        "{help}"
    );
}

#[cfg(unix)]
#[test]
fn an_open_service_beyond_this_machine_says_so() {
    let policy = policy_file("beyond.yaml", POLICY);
    let at = |address: &str| command(&["--policy", &policy, "--listen", address]);
    let said = |command| {
        let service = Service::launch(command);
        service.terminate();
        service.ended()
    };
    let told = said(at("0.0.0.0:0"));
    assert!(told.starts_with("warning: no authentication: "), "{told}");
    assert_eq!(said(at("127.0.0.1:0")), "");
    let mut guarded = at("0.0.0.0:0");
    guarded.env("LEADTREE_TOKEN", TOKEN);
    assert_eq!(said(guarded), "");
}
