//! What proving costs: `cargo bench --bench proof`.
//!
//! `verify` over a store of many entries against `sha256sum` over the same bytes read through SQLite (at least 60 % of
//! its rate, under 48 MiB), and `evidence add` against `sha256sum` and `cp` of the same file (at least 80 %). Limits
//! are for people, never for a test. `HIKESHI_BENCH_ENTRIES` sets the entries (default 1,000,000),
//! `HIKESHI_BENCH_MIB` the size of the file (default 1024), `HIKESHI_BENCH_DIR` the folder.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark stops where something fails, prints a table, and counts in floating point"
)]

use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const HIKESHI: &str = env!("CARGO_BIN_EXE_hikeshi");
const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::var("HIKESHI_BENCH_DIR").map_or_else(|_| std::env::temp_dir(), PathBuf::from);
    let folder = tempfile::Builder::new().prefix("hikeshi-bench-").tempdir_in(folder).expect("a folder");
    verify(folder.path());
    evidence(folder.path());
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn hikeshi(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(HIKESHI);
    command.env_clear().env("HOME", folder).env("HIKESHI_DB", folder.join("h.db")).env("HIKESHI_ACTOR", "bench");
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn timed(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The most memory that a command took, in KiB.
fn memory(folder: &Path, arguments: &[&str]) -> u64 {
    let mut child = hikeshi(folder, arguments).spawn().expect("starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("waited").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(peak.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    most
}

fn verify(folder: &Path) {
    let entries = number("HIKESHI_BENCH_ENTRIES", 1_000_000);
    println!("building a store of {entries} entries …");
    assert!(hikeshi(folder, &["declare", "API down"]).status().expect("runs").success());
    let mut scribe = hikeshi(folder, &["-i", "1", "-q", "note", "--each-line", "-"]);
    let mut scribe = scribe.stdin(Stdio::piped()).spawn().expect("starts");
    let mut lines = BufWriter::new(scribe.stdin.take().expect("a pipe"));
    for number in 0..entries {
        writeln!(lines, "replica lag on db-{} is {number} s, still falling behind the primary", number % 40)
            .expect("written");
    }
    drop(lines);
    assert!(scribe.wait().expect("ends").success());
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        theirs.push(timed(|| bytes = sum_of_rows(&folder.join("h.db"))));
        ours.push(timed(|| assert!(hikeshi(folder, &["verify"]).status().expect("runs").success())));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let rate = |time: Duration| entries as f64 / time.as_secs_f64();
    println!("bytes of {entries} entries: {:.0} MB", bytes as f64 / 1e6);
    println!("rows | sha256sum        {:>7.2} s  {:>9.0} entries/s", theirs.as_secs_f64(), rate(theirs));
    println!("verify                  {:>7.2} s  {:>9.0} entries/s", ours.as_secs_f64(), rate(ours));
    println!("rate of verify          {:>7.0} %  (≥ 60)", 100.0 * theirs.as_secs_f64() / ours.as_secs_f64());
    println!("memory of verify        {:>7.1} MiB (≤ 48)", memory(folder, &["verify"]) as f64 / 1024.0);
}

/// Every byte that `verify` hashes, read through SQLite into `sha256sum`; how many there were.
fn sum_of_rows(store: &Path) -> usize {
    let mut sum = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("starts");
    let mut pipe = BufWriter::with_capacity(1 << 16, sum.stdin.take().expect("a pipe"));
    let connection = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("opens");
    let mut query = connection.prepare("SELECT header, facts, words, salt FROM log ORDER BY n").expect("asked");
    let mut rows = query.query([]).expect("asked");
    let mut bytes = 0;
    while let Some(row) = rows.next().expect("read") {
        for column in 0..4 {
            if let Ok(blob) = row.get_ref(column).expect("there").as_blob() {
                pipe.write_all(blob).expect("written");
                bytes += blob.len();
            }
        }
    }
    drop(pipe);
    assert!(sum.wait().expect("ends").success());
    bytes
}

fn evidence(folder: &Path) {
    let mib = number("HIKESHI_BENCH_MIB", 1_024);
    let file = folder.join("dump.bin");
    let mut written = BufWriter::new(File::create(&file).expect("made"));
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    for _ in 0..mib {
        let mut block = Vec::with_capacity(1 << 20);
        while block.len() < 1 << 20 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            block.extend(state.to_le_bytes());
        }
        written.write_all(&block).expect("written");
    }
    drop(written);
    let path = file.to_str().expect("UTF-8");
    let copy = folder.join("copy.bin");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        theirs.push(timed(|| {
            assert!(Command::new("sha256sum").arg(&file).stdout(Stdio::null()).status().expect("runs").success());
            assert!(Command::new("cp").arg(&file).arg(&copy).status().expect("runs").success());
            // What is evidence must be on disk; so must the copy that it is compared with.
            File::open(&copy).and_then(|copy| copy.sync_all()).expect("synced");
        }));
        std::fs::remove_file(&copy).expect("removed");
        ours.push(timed(|| {
            assert!(hikeshi(folder, &["-i", "1", "evidence", "add", path]).status().expect("runs").success());
        }));
        std::fs::remove_dir_all(folder.join("h.evidence")).expect("removed");
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("sha256sum + cp, {mib} MiB {:>7.2} s", theirs.as_secs_f64());
    println!("evidence add            {:>7.2} s", ours.as_secs_f64());
    println!("rate of evidence add    {:>7.0} %  (≥ 80)", 100.0 * theirs.as_secs_f64() / ours.as_secs_f64());
    println!(
        "memory of evidence add  {:>7.1} MiB (≤ 32)",
        memory(folder, &["-i", "1", "evidence", "add", path]) as f64 / 1024.0
    );
}
