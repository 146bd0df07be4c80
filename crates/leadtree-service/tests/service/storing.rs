//! The file of the state, while the service runs.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::running_service::{PATIENCE, Service, command};
use super::{POLICY, file, owner, policy_file};

#[test]
fn what_changes_is_stored_while_the_service_runs() {
    let policy = policy_file("regularly.yaml", POLICY);
    let state = file("regularly.json");
    let arguments = ["--policy", policy.as_str(), "--state", &state];
    let service = Service::start(&[&arguments[..], &["--store-every", "1"]].concat());
    for (id, loads) in [("L-1", [1, 0, 0]), ("L-2", [1, 1, 0])] {
        let before = fs::read_to_string(&state).unwrap();
        service.assign(id);
        assert_eq!(service.loads("east"), loads);
        let patience = Instant::now() + PATIENCE;
        while fs::read_to_string(&state).unwrap() == before {
            assert!(Instant::now() < patience, "nothing is stored");
            thread::sleep(Duration::from_millis(10));
        }
    }
    // Killed, as in a crash.
    drop(service);
    let service = Service::start(&arguments);
    assert_eq!(service.loads("east"), [1, 1, 0]);
    assert_eq!(owner(&service.assign("L-3")), "m-03");
}

#[test]
fn a_second_instance_on_the_same_file_ends() {
    let policy = policy_file("second.yaml", POLICY);
    let state = file("second.json");
    let arguments = ["--policy", policy.as_str(), "--state", &state];
    let first = Service::start(&arguments);
    first.assign("L-1");
    let stored = fs::read_to_string(&state).unwrap();

    let output = command(&arguments).output().unwrap();
    assert!(!output.status.success());
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        format!(
            "error: {state}: another run of leadtree or a service uses it; wait until that has ended, or \
             give another file\n"
        )
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(fs::read_to_string(&state).unwrap(), stored);
    assert_eq!(owner(&first.assign("L-2")), "m-02");

    // The lock goes with the process, even if it is killed.
    drop(first);
    assert_eq!(Service::start(&arguments).loads("east"), [0, 0, 0]);
}
