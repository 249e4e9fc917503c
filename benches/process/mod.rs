//! What the benchmarks of whole processes do alike: run hikeshi on a store, take the time, and count.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The program that is measured.
pub const HIKESHI: &str = env!("CARGO_BIN_EXE_hikeshi");

/// A number from the environment.
pub fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A command that prints nowhere.
pub fn quiet(command: &mut Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    std::mem::replace(command, Command::new("true"))
}

/// hikeshi on a store, in a cleared environment.
pub fn hikeshi(store: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(HIKESHI);
    command.env_clear().env("HIKESHI_DB", store).env("HIKESHI_ACTOR", "bench").env("TZ", "UTC").args(arguments);
    quiet(&mut command)
}

/// How long a command takes that must succeed.
pub fn run(mut command: Command) -> Duration {
    let begin = Instant::now();
    let status = command.status().expect("runs");
    let took = begin.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    took
}

/// The median and the 99th percentile, in milliseconds.
pub fn percentiles(mut taken: Vec<Duration>) -> (f64, f64) {
    taken.sort();
    let at = |share: f64| taken[((taken.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    (at(0.5), at(0.99))
}
