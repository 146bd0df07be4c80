//! The service as a child process, and a client of it.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Response;

/// The program, which cargo builds for the tests.
const PROGRAM: &str = env!("CARGO_BIN_EXE_leadtree-service");

/// How long a test waits before it takes the service to hang: far longer than anything takes on a busy
/// machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(900);

/// The service, killed when the test is over.
pub(crate) struct Service {
    process: Child,
    /// Kept open, as a terminal would.
    _stdout: BufReader<ChildStdout>,
    pub(crate) address: String,
    agent: Agent,
}

/// A command line, at a free port unless it says otherwise, whatever the environment has.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_remove("LEADTREE_TOKEN");
    if !arguments.contains(&"--listen") {
        command.args(["--listen", "127.0.0.1:0"]);
    }
    command
}

impl Service {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::launch(command(arguments))
    }

    pub(crate) fn launch(mut command: Command) -> Self {
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://");
        let address = address.unwrap_or_default().to_owned();
        // The service is local, so proxies from the environment are ignored.
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .build();
        let service = Self {
            process,
            _stdout: stdout,
            address,
            agent: agent.into(),
        };
        assert!(!service.address.is_empty(), "{line:?}");
        service
    }

    /// A connection on which a test sends what it likes.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        answer(self.agent.get(self.url(path)).call().unwrap())
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> (u16, String) {
        let request = self.agent.post(self.url(path));
        let request = request.header("content-type", "application/json");
        answer(request.send(body).unwrap())
    }

    pub(crate) fn put_policy(&self, policy: &str) -> (u16, Value) {
        let request = self.agent.put(self.url("/policy"));
        let (status, body) = answer(request.send(policy).unwrap());
        (status, serde_json::from_str(&body).unwrap())
    }

    /// Assigns a lead with only an id.
    pub(crate) fn assign(&self, id: &str) -> Value {
        let (status, body) = self.post("/leads", &json!({ "id": id }).to_string());
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    pub(crate) fn teams(&self) -> Value {
        let (status, body) = self.get("/teams");
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// The figure `number` of each member of the team.
    pub(crate) fn numbers(&self, team: &str, number: &str) -> Vec<(String, u64)> {
        let teams = self.teams();
        let teams = teams.as_array().unwrap();
        let team = teams.iter().find(|each| each["team"] == team).unwrap();
        let members = team["members"].as_array().unwrap().iter();
        let number = |member: &Value| {
            let name = member["member"].as_str().unwrap();
            (name.to_owned(), member[number].as_u64().unwrap())
        };
        members.map(number).collect()
    }

    pub(crate) fn loads(&self, team: &str) -> Vec<u64> {
        let numbers = self.numbers(team, "open").into_iter();
        numbers.map(|(_, open)| open).collect()
    }

    /// Asks the service to stop, as a supervisor does.
    #[cfg(unix)]
    pub(crate) fn terminate(&self) {
        let id = self.process.id().to_string();
        let status = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(status.success());
    }

    /// Waits until the service has exited successfully; returns its output.
    #[cfg(unix)]
    pub(crate) fn ended(mut self) -> String {
        let patience = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < patience, "does not stop");
            std::thread::sleep(Duration::from_millis(10));
        };
        let stderr = self.process.stderr.take().unwrap();
        let said = std::io::read_to_string(stderr).unwrap();
        assert!(status.success(), "{status}: {said}");
        said
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn answer(response: Response<ureq::Body>) -> (u16, String) {
    let status = response.status().as_u16();
    let body = response.into_body().read_to_string().unwrap();
    (status, body)
}
