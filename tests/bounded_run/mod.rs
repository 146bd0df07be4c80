#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "shared by several tests, each of which uses a part"
)]
//! Runs hostile input on a small stack and within a time limit.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use leadtree::policy::{LoadError, Policy, PolicyErrors};

/// Far longer than anything here should take, even on a slow machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// The processor time of this thread, so that waiting for a busy machine does not count. Where the system
/// does not report it, elapsed time.
pub fn time_worked() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let on_processor = || {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        let nanoseconds = told.split_whitespace().next()?.parse().ok()?;
        Some(Duration::from_nanos(nanoseconds))
    };
    on_processor().unwrap_or_else(|| BEGUN.elapsed())
}

/// Runs on a stack of the given size in KiB and within the time limit; prints the time taken.
pub fn endure<T: Send>(what: &str, stack_kib: usize, work: impl FnOnce() -> T + Send) -> T {
    let timed = || {
        let begun = time_worked();
        let value = work();
        (value, time_worked().saturating_sub(begun))
    };
    let result = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(stack_kib << 10);
        let handle = thread.spawn_scoped(scope, timed).unwrap();
        handle.join()
    });
    let (value, took) = result.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    eprintln!("{what}: {took:.2?}");
    assert!(took < PATIENCE, "{what} took {took:.1?}");
    value
}

/// Reads a policy without the JSON reader's own nesting limit.
pub fn load_unguarded(text: &str) -> Result<Policy, LoadError<serde_json::Error>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    Policy::load(&mut reader)
}

/// The first lines of an error message.
pub fn beginning(errors: &PolicyErrors, lines: usize) -> String {
    let text = errors.to_string();
    text.lines().take(lines).collect::<Vec<_>>().join("\n")
}

/// `inside`, with `before` repeated before it and `after` repeated after it.
pub fn nested(before: &str, inside: &str, after: &str, times: usize) -> String {
    [&before.repeat(times), inside, &after.repeat(times)].concat()
}
