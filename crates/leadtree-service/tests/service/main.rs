//! The service, run from the command line and used over HTTP.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

mod bodies;
mod hosts;
mod methods;
mod running_service;
mod slow_clients;
#[cfg(unix)]
mod stopping;
mod storing;
mod token;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::thread;

use chrono::{FixedOffset, Timelike, Utc};
use leadtree::availability::TimeZone;
use running_service::{Service, command};
use serde_json::{Value, json};

/// Three members who take turns; the next policy adds a fourth.
const POLICY: &str = "
version: first
regions: {tree: {north: {}}}
teams:
  - {id: east, members: [m-01, m-02, m-03]}
  - {id: north, members: [m-04]}
rules:
  - {id: north, when: region in north, assign_to: north}
otherwise: {assign_to: east}
";

/// A time zone in which it was about noon when the first test began, so that no day ends during a test.
static NOON: LazyLock<TimeZone> = LazyLock::new(|| {
    let hour = i32::try_from(Utc::now().hour()).unwrap();
    FixedOffset::east_opt((12 - hour) * 3_600).unwrap().into()
});

/// The path of a file that does not exist yet.
fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("service-{name}"));
    let _ = fs::remove_file(&path);
    path.to_str().unwrap().to_owned()
}

fn written(name: &str, text: &str) -> String {
    let path = file(name);
    fs::write(&path, text).unwrap();
    path
}

/// A policy file in the time zone in which it is about noon.
fn policy_file(name: &str, policy: &str) -> String {
    written(name, &at_noon(policy))
}

fn at_noon(policy: &str) -> String {
    format!("time_zone: \"{}\"\n{policy}", *NOON)
}

fn owner(assigned: &Value) -> &str {
    let seat = &assigned["assignment"]["seats"][0];
    assert_eq!(seat["role"], "owner", "{assigned}");
    seat["member"].as_str().unwrap()
}

#[test]
fn the_shipped_policy_runs_as_it_is() {
    let service = Service::start(&[]);
    assert_eq!(service.get("/healthz"), (200, "ok".to_owned()));
    let lead =
        json!({ "id": "L-1", "region": "上海", "industry": "machinery", "customer_size": 700 });
    let (status, body) = service.post("/leads", &lead.to_string());
    assert_eq!(status, 200, "{body}");
    let assigned: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(assigned["assignment"]["seats"][0]["team"], "cn-east");
    let (_, yaml) = service.get("/policy");
    assert!(yaml.starts_with("version: 2026-03\n"), "{yaml}");
}

#[test]
fn leads_are_assigned_and_given_back() {
    let policy = policy_file("given-back.yaml", POLICY);
    let service = Service::start(&["--policy", &policy]);
    let assigned: Vec<Value> = ["L-1", "L-2", "L-3", "L-4"]
        .map(|id| service.assign(id))
        .into();
    let owners: Vec<&str> = assigned.iter().map(owner).collect();
    assert_eq!(owners, ["m-01", "m-02", "m-03", "m-01"]);
    assert_eq!(assigned[0]["assignment"]["lead"], "L-1");
    assert_eq!(assigned[0]["assignment"]["policy_version"], "first");
    assert_eq!(assigned[0].get("audit"), None);
    assert_eq!(service.loads("east"), [2, 1, 1]);
    assert_eq!(service.loads("north"), [0]);
    assert_eq!(service.teams()[0]["turn"], 4);
    assert_eq!(service.teams()[0]["this_week"], 4);

    let receipt = assigned[0]["receipt"].to_string();
    let done = (204, String::new());
    assert_eq!(service.post("/receipts/complete", &receipt), done);
    assert_eq!(service.loads("east"), [1, 1, 1]);
    assert_eq!(service.numbers("east", "today")[0], ("m-01".to_owned(), 2));

    // Released with the turn, so that the same member is next again; then without.
    let receipt = assigned[3]["receipt"].to_string();
    let with_turn = "/receipts/release?give_turn_back=true";
    assert_eq!(service.post(with_turn, &receipt), done);
    assert_eq!(service.numbers("east", "today")[0], ("m-01".to_owned(), 1));
    let again = service.assign("L-5");
    assert_eq!(owner(&again), "m-01");
    let receipt = again["receipt"].to_string();
    assert_eq!(service.post("/receipts/release", &receipt), done);
    assert_eq!(service.loads("east"), [0, 1, 1]);
    assert_eq!(owner(&service.assign("L-6")), "m-02");
}

#[test]
fn what_of_a_lead_nobody_uses_is_told() {
    let policy = policy_file("ignored.yaml", POLICY);
    let service = Service::start(&["--policy", &policy]);
    let lead = r#"{ "id": "L-1", "regoin": "east", "attributes": { "no_such": 1 } }"#;
    let (status, body) = service.post("/leads", lead);
    assert_eq!(status, 200, "{body}");
    let assigned: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(assigned["ignored"], json!(["regoin", "no_such"]));
    let (_, body) = service.post("/leads", r#"{ "id": "L-2" }"#);
    assert!(!body.contains("ignored"), "{body}");
}

#[test]
fn an_audit_tells_of_everybody() {
    let policy = policy_file("audit.yaml", POLICY);
    let service = Service::start(&["--policy", &policy]);
    let (status, body) = service.post("/leads?audit=true", r#"{ "id": "L-1" }"#);
    assert_eq!(status, 200, "{body}");
    let assigned: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(owner(&assigned), "m-01");
    let audit = assigned["audit"].to_string();
    for member in ["m-01", "m-02", "m-03"] {
        assert!(audit.contains(member), "{audit}");
    }
    assert_eq!(service.loads("east"), [1, 0, 0]);
}

#[test]
fn what_is_malformed_is_told() {
    let policy = policy_file("malformed.yaml", POLICY);
    let service = Service::start(&["--policy", &policy]);
    for (path, body, told) in [
        ("/leads", "{", "EOF"),
        ("/leads", r#"{ "region": "north" }"#, "missing field `id`"),
        ("/leads", r#"["L-1"]"#, "expected a map: a lead"),
        ("/leads?audit=perhaps", r#"{ "id": "L-1" }"#, "audit"),
        ("/leads?audits=true", r#"{ "id": "L-1" }"#, "audits"),
        ("/receipts/complete", "{}", "missing field `lead`"),
        ("/receipts/release", "[", "EOF"),
    ] {
        let (status, answer) = service.post(path, body);
        assert_eq!(status, 400, "{path} {body}: {answer}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let error = answer["error"].as_str().unwrap();
        assert!(error.contains(told), "{path} {body}: {error}");
    }
    assert_eq!(service.loads("east"), [0, 0, 0]);
}

#[test]
fn seats_that_are_no_more_are_told() {
    let policy = policy_file("unknown.yaml", POLICY);
    let service = Service::start(&["--policy", &policy]);
    let mut receipt = service.assign("L-1")["receipt"].clone();
    receipt["seats"][0]["member"] = "m-99".into();
    for path in ["/receipts/complete", "/receipts/release"] {
        let (status, answer) = service.post(path, &receipt.to_string());
        assert_eq!(status, 409, "{answer}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["unknown"][0]["member"], "m-99");
        assert_eq!(
            answer["error"],
            "no longer there: member `m-99` of team `east`"
        );
    }
    assert_eq!(service.loads("east"), [1, 0, 0]);
}

#[test]
fn more_units_than_a_lead_can_have_are_not_given_back() {
    let service = Service::start(&["--policy", &policy_file("units.yaml", POLICY)]);
    let mut receipt = service.assign("L-1")["receipt"].clone();
    receipt["units"] = 1_001.into();
    for path in ["/receipts/complete", "/receipts/release"] {
        let (status, answer) = service.post(path, &receipt.to_string());
        assert_eq!(status, 400, "{answer}");
        assert!(answer.contains("`units` is 1001"), "{answer}");
        assert!(answer.contains("give back what was handed out"), "{answer}");
    }
    assert_eq!(service.loads("east"), [1, 0, 0]);
}

#[test]
fn a_bad_policy_is_refused_with_all_its_faults() {
    let policy = policy_file("refused.yaml", POLICY);
    let service = Service::start(&["--policy", &policy]);
    service.assign("L-1");
    let (_, before) = service.get("/policy");

    let bad = POLICY
        .replace("assign_to: north}", "assign_to: nroth}")
        .replace("region in north", "region in south");
    let (status, refusal) = service.put_policy(&bad);
    assert_eq!(status, 422, "{refusal}");
    assert_eq!(
        refusal["faults"],
        json!([
            { "place": "rules[0].when.region.within", "fault": "unknown region `south`" },
            {
                "place": "rules[0].assign_to.team",
                "fault": "unknown team `nroth`; did you mean `north`?",
            },
        ])
    );

    // Likewise malformed policies, and faults that only the dispatcher finds.
    let (status, refusal) = service.put_policy("rules: [{ id: r, asign_to: east }]");
    assert_eq!(status, 422);
    assert_eq!(refusal["faults"][0]["place"], "rules[0].asign_to");
    let strategy = POLICY.replace("{id: north, mem", "{id: north, strategy: lottery, mem");
    let (status, refusal) = service.put_policy(&strategy);
    assert_eq!(status, 422);
    assert_eq!(refusal["faults"][0]["place"], "teams[1].strategy");

    assert_eq!(service.get("/policy"), (200, before));
    let next = service.assign("L-2");
    assert_eq!(next["assignment"]["policy_version"], "first");
    assert_eq!(owner(&next), "m-02");
}

#[test]
fn a_good_policy_is_put_in_place() {
    let policy = policy_file("replaced.yaml", POLICY);
    let service = Service::start(&["--policy", &policy]);
    assert_eq!(owner(&service.assign("L-1")), "m-01");
    assert_eq!(owner(&service.assign("L-2")), "m-02");

    // In JSON, which is valid YAML; m-01 is removed with an open lead.
    let next = json!({
        "version": "second",
        "teams": [{ "id": "east", "members": ["m-02", "m-03"] }],
        "otherwise": { "assign_to": "east" },
    });
    let (status, replaced) = service.put_policy(&next.to_string());
    assert_eq!(status, 200, "{replaced}");
    assert_eq!(replaced["version"], "second");
    let forgotten = replaced["forgotten"].as_array().unwrap();
    assert!(forgotten.contains(&json!("member `m-01` with 1 open lead")));
    assert!(forgotten.contains(&json!("team `north`")), "{replaced}");

    let (_, yaml) = service.get("/policy");
    assert!(yaml.starts_with("version: second\n"), "{yaml}");
    let assigned = service.assign("L-3");
    assert_eq!(assigned["assignment"]["policy_version"], "second");
    assert_eq!(owner(&assigned), "m-03");
    assert_eq!(service.loads("east"), [1, 1]);
}

/// Four clients, more leads than room, and policies replaced meanwhile.
#[test]
fn no_limit_is_passed() {
    let limits = [("m-01", 20), ("m-02", 30), ("m-03", 15)];
    let limited = "
teams:
  - id: east
    members:
      - {member: m-01, max_per_day: 20}
      - {member: m-02, max_per_day: 30, weight: 2}
      - {member: m-03, max_per_day: 15}
otherwise: {assign_to: east}
";
    let service = Service::start(&["--policy", &policy_file("limits.yaml", limited)]);
    let seats: Vec<Value> = thread::scope(|scope| {
        let service = &service;
        let clients = [1, 2, 3, 4].map(|client| {
            scope.spawn(move || {
                (0..50)
                    .map(|number| service.assign(&format!("L-{client}-{number}")))
                    .filter_map(|assigned| assigned["receipt"]["seats"].get(0).cloned())
                    .collect::<Vec<Value>>()
            })
        });
        for version in 1..=5 {
            let policy = at_noon(&format!("version: v-{version}\n{limited}"));
            let (status, _) = service.put_policy(&policy);
            assert_eq!(status, 200);
        }
        clients
            .into_iter()
            .flat_map(|client| client.join().unwrap())
            .collect()
    });

    let got = |member: &str| seats.iter().filter(|seat| seat["member"] == member).count();
    assert_eq!(
        limits.map(|(member, _)| got(member)),
        limits.map(|(_, most)| most)
    );
    let open: u64 = service.loads("east").iter().sum();
    assert_eq!(open, u64::try_from(seats.len()).unwrap());
}

#[test]
fn what_cannot_be_read_is_told_at_the_start() {
    let bad = policy_file("bad-start.yaml", "rules: [{ id: r, assign_to: east }]");
    let good = policy_file("good-start.yaml", POLICY);
    let state = written("bad-state.json", "{ \"members\": 3 }");
    for (arguments, told) in [
        (vec!["--policy", bad.as_str()], "unknown team `east`"),
        (
            vec!["--policy", &good, "--state", &state],
            "bad-state.json: ",
        ),
        (
            vec!["--policy", &good, "--state", "nowhere/state.json"],
            "nowhere/state.json: ",
        ),
        (vec!["--policy", "nowhere.yaml"], "nowhere.yaml: "),
        (
            vec!["--policy", &good, "--listen", "nowhere"],
            "cannot listen at nowhere: ",
        ),
    ] {
        let output = command(&arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(said.starts_with("error: "), "{said}");
        assert!(said.contains(told), "{said}");
    }
    // The existing file is not overwritten.
    assert_eq!(fs::read_to_string(&state).unwrap(), "{ \"members\": 3 }");
}

#[cfg(not(unix))]
#[test]
fn stopping_is_tested_elsewhere() {
    println!("skipped: there is no SIGTERM to stop the service with");
}
