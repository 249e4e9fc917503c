//! Whole processes against `sqlite3`, alternating in one run: `cargo bench --bench processes`.
//!
//! Prints a table of medians and 99th percentiles with their ratios, and the limits that they are held to by people,
//! never by a test: a machine may be slow. `HIKESHI_BENCH_ROUNDS` sets the rounds (default 200), and
//! `HIKESHI_BENCH_DIR` the folder, which should lie on the disk that matters.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark stops where something fails, prints a table, and counts in floating point"
)]

mod process;

use hikeshi::engine::Stamp;
use hikeshi::incident::command::{Cancel, Command as Asked, Declare, NoteKind};
use hikeshi::incident::context::Context;
use hikeshi::incident::decide::decide;
use hikeshi::incident::fact::{Fact, NoteAdded};
use hikeshi::incident::header::ActorSource;
use hikeshi::incident::id::{BatchId, OriginId, SpaceId, SubjectId, uuid_v7};
use hikeshi::incident::time::Timestamp;
use hikeshi::policy::Library;
use hikeshi::store::{NewEntry, Store};
use process::{HIKESHI, hikeshi, number, percentiles, quiet, run};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;

const START: i64 = 1_790_000_000_000;

fn main() {
    let rounds = number("HIKESHI_BENCH_ROUNDS", 200);
    let folder = std::env::var("HIKESHI_BENCH_DIR").map_or_else(|_| std::env::temp_dir(), PathBuf::from);
    let folder = tempfile::Builder::new().prefix("hikeshi-bench-").tempdir_in(folder).expect("a folder");
    let at = |name: &str| folder.path().join(name);
    println!("{rounds} rounds, in {}", folder.path().display());

    println!("building stores …");
    let entries = number("HIKESHI_BENCH_ENTRIES", 1_000_000);
    let incidents = number("HIKESHI_BENCH_INCIDENTS", 100_000);
    build(&at("many/h.db"), 1_000, entries);
    build(&at("one/h.db"), 1, entries);
    build(&at("empty/h.db"), 1, 0);
    build(&at("crowd/h.db"), incidents, 0);
    build_until(&at("duty/h.db"), incidents, 0, 100);
    // The first one reminds of everything; those after it have little to do.
    run(hikeshi(&at("duty/h.db"), &["tick"]));
    baseline(&at("base.db"), entries);

    let insert = "INSERT INTO log (at, actor, kind, text, incident) VALUES (1, 'bench', 'note', 'restarted db-3', 7)";
    let sqlite_insert = || sqlite(&at("base.db"), &format!("PRAGMA synchronous=FULL; {insert};"));
    let sqlite_version = || quiet(Command::new("sqlite3").arg("--version"));
    let note = |store: &str| hikeshi(&at(store), &["-i", "1", "note", "restarted", "db-3"]);
    let mut table = Table::default();
    table.compare(
        rounds,
        ("sqlite3 insert, 1,000,000 rows", &mut || run(sqlite_insert())),
        &mut [
            ("note, 1,000,000 entries in 1,000 incidents (≤ 1.2, p99 ≤ 2)", &mut || run(note("many/h.db"))),
            ("note, 1,000,000 entries in one incident (≤ 1.2, p99 ≤ 2)", &mut || run(note("one/h.db"))),
            ("note, empty store", &mut || run(note("empty/h.db"))),
        ],
    );
    let look = |verb: &str| hikeshi(&at("crowd/h.db"), &[verb]);
    table.compare(
        rounds,
        ("sqlite3 --version", &mut || run(sqlite_version())),
        &mut [
            ("--version (≤ 1.2)", &mut || run(quiet(Command::new(HIKESHI).arg("--version")))),
            ("list, 100,000 incidents (≤ 4)", &mut || run(look("list"))),
            ("show, 100,000 incidents (≤ 4)", &mut || run(hikeshi(&at("crowd/h.db"), &["-i", "7", "show"]))),
            ("prompt, 100,000 incidents (≤ 4)", &mut || run(look("prompt"))),
            ("due, 100,000 incidents, 1,000 open clocks (≤ 4)", &mut || any(hikeshi(&at("duty/h.db"), &["due"]))),
            ("tick, 100,000 incidents, 1,000 open clocks (≤ 4)", &mut || run(hikeshi(&at("duty/h.db"), &["tick"]))),
        ],
    );
    table.print();
    memory(&at("crowd/h.db"), &at("many/h.db"));
    crowd(&at("new/h.db"), "a store that doesn't exist yet");
    crowd(&at("many/h.db"), "a store of 1,000,000 entries");
    pipe(&at("empty/h.db"));
    let size = std::fs::metadata(HIKESHI).map(|file| file.len()).unwrap_or_default();
    println!("binary: {:.1} MB (≤ 10)", size as f64 / 1e6);
}

fn sqlite(store: &Path, statement: &str) -> Command {
    let mut command = Command::new("sqlite3");
    command.env_clear().env("PATH", std::env::var("PATH").unwrap_or_default()).arg(store).arg(statement);
    quiet(&mut command)
}

/// Runs a command whose exit code says what it found.
fn any(mut command: Command) -> Duration {
    let begin = Instant::now();
    let status = command.status().expect("runs");
    let took = begin.elapsed();
    assert!(status.code().is_some_and(|code| [0, 3].contains(&code)), "{command:?}: {status}");
    took
}

/// A store with so many incidents and so many notes spread over them, written through the program's own writer.
fn build(path: &Path, incidents: usize, notes: usize) {
    build_until(path, incidents, notes, incidents);
}

/// Such a store, of which only the first so many incidents are open.
fn build_until(path: &Path, incidents: usize, notes: usize, open: usize) {
    let library = Library::load(None).expect("the compiled-in library");
    let mut store = Store::open_for_writing(path).expect("a store");
    let writer = store.begin().expect("a turn");
    let mut made = 0u64;
    let mut stamp = || {
        made += 1;
        let mut random = [0u8; 10];
        let mix = made.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        random[..8].copy_from_slice(&mix.to_be_bytes());
        let now = Timestamp::from_millis(START + i64::try_from(made).expect("fits"));
        Stamp {
            now,
            clock_overridden: false,
            actor: "bench".to_owned(),
            actor_from: ActorSource::Option,
            batch: BatchId(uuid_v7(now.millis(), random)),
            seed: [7; 32],
            origin: (OriginId(Uuid::from_u128(1)), SpaceId(Uuid::from_u128(2))),
        }
    };
    let first = stamp();
    let space = writer.settle_origin(first.identity(), &first.batch(), [0; 32]).expect("an origin");
    let mut subjects: Vec<SubjectId> = Vec::with_capacity(incidents);
    for number in 1..=incidents {
        let stamp = stamp();
        let title = format!("Service {number} is down");
        let asked = Asked::Declare(Declare { title, category: Some("outage".to_owned()), ..Declare::default() });
        let context = Context {
            now: stamp.now,
            at: stamp.now,
            at_given: false,
            actor: "bench",
            batch: stamp.batch,
            policy: &library.policy,
            playbooks: &library.playbooks,
            space,
            next_number: u32::try_from(number).expect("fits"),
            lookalike: None,
            other: None,
            entry: None,
            followed: Vec::new(),
            evidence: Vec::new(),
            policy_left_out: false,
            history: Vec::new(),
            last: None,
        };
        let mut decision = decide(None, &asked, &context).expect("declared");
        let mut incident = decision.incident.expect("declared");
        if number > open {
            let cancel = Asked::Cancel(Cancel { because: None, of: None, reason: "a false alarm".to_owned() });
            let over = decide(Some(&incident), &cancel, &context).expect("cancelled");
            decision.facts.extend(over.facts);
            incident = over.incident.expect("cancelled");
        }
        let subject = incident.id;
        let new = |fact| NewEntry { subject, fact, salt: [1; 32] };
        let written = writer.append(&stamp.batch(), decision.facts.into_iter().map(new).collect()).expect("written");
        writer.save(&incident, &written).expect("saved");
        subjects.push(subject);
    }
    for number in 0..notes {
        let text = format!("restarted db-{number}, watching the error rate");
        let note = NoteKind::Observation;
        let fact = NoteAdded { text, note, pinned: false, bridge: None, confirms: None, refutes: None };
        let new = NewEntry { subject: subjects[number % subjects.len()], fact: Fact::from(fact), salt: [2; 32] };
        writer.append(&stamp().batch(), vec![new]).expect("written");
    }
    writer.commit().expect("durable");
}

/// What `sqlite3` inserts into: one row of five columns into so many rows, WAL, checkpoint on close.
fn baseline(path: &Path, rows: usize) {
    let table =
        "CREATE TABLE log (n INTEGER PRIMARY KEY, at INTEGER, actor TEXT, kind TEXT, text TEXT, incident INTEGER)";
    let fill = format!(
        "PRAGMA journal_mode=WAL; {table}; WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c WHERE n < {})
         INSERT INTO log (at, actor, kind, text, incident)
         SELECT n, 'bench', 'note', 'restarted db-' || n || ', watching the error rate', n % 1000 FROM c;",
        rows.max(1)
    );
    run(sqlite(path, &fill));
}

type Work<'a> = &'a mut dyn FnMut() -> Duration;

#[derive(Default)]
struct Table {
    lines: Vec<String>,
}

impl Table {
    /// Runs a baseline and its rivals in turn, so that whatever else the machine does hits them alike.
    fn compare(&mut self, rounds: usize, (name, base): (&str, Work<'_>), rivals: &mut [(&str, Work<'_>)]) {
        let mut taken: Vec<Vec<Duration>> = vec![Vec::new(); rivals.len() + 1];
        for round in 0..rounds + 5 {
            let warm = round >= 5;
            let mut keep = |index: usize, took: Duration| {
                if warm {
                    taken[index].push(took);
                }
            };
            keep(0, base());
            for (index, (_, rival)) in rivals.iter_mut().enumerate() {
                keep(index + 1, rival());
            }
        }
        let figures: Vec<(f64, f64)> = taken.into_iter().map(percentiles).collect();
        let (median, p99) = figures[0];
        let names = std::iter::once(name).chain(rivals.iter().map(|(name, _)| *name));
        for (name, (own, tail)) in names.zip(&figures) {
            let line = format!("{name:<64} {own:>8.2} {tail:>8.2} {:>7.2} {:>7.2}", own / median, tail / p99);
            self.lines.push(line);
        }
    }

    fn print(&self) {
        println!("{:<64} {:>8} {:>8} {:>7} {:>7}", "", "median", "p99", "ratio", "p99");
        println!("{:<64} {:>8} {:>8} {:>7} {:>7}", "", "ms", "ms", "", "ratio");
        for line in &self.lines {
            println!("{line}");
        }
    }
}

/// The most memory that each took, by GNU time where it is installed.
fn memory(crowd: &Path, many: &Path) {
    for (name, store, arguments) in [
        ("list", crowd, &["list"][..]),
        ("show", crowd, &["-i", "7", "show"]),
        ("prompt", crowd, &["prompt"]),
        ("note", many, &["-i", "1", "note", "x"]),
    ] {
        let mut command = Command::new("/usr/bin/time");
        command.args(["-f", "%M", HIKESHI]).args(arguments);
        command.env_clear().env("HIKESHI_DB", store).env("HIKESHI_ACTOR", "bench").env("TZ", "UTC");
        match command.stdout(Stdio::null()).output() {
            Ok(output) => {
                let text = String::from_utf8_lossy(&output.stderr);
                println!("memory of {name}: {} KiB (≤ 16384)", text.lines().last().unwrap_or("?"));
            }
            Err(_) => println!("memory of {name}: not measured, GNU time is not installed"),
        }
    }
}

/// 64 processes, 50 notes each, into one store.
fn crowd(store: &Path, what: &str) {
    if !store.exists() {
        // The incident comes with the crowd: everybody meets an absent store.
        let declare = |name: usize| hikeshi(store, &["declare", &format!("crowd {name}"), "--force"]);
        let children: Vec<_> = (0..64).map(|name| declare(name).spawn().expect("starts")).collect();
        let failed = children.into_iter().filter_map(|mut child| child.wait().ok()).filter(|status| !status.success());
        println!("64 processes declare into {what}: {} failed", failed.count());
    }
    let begin = Instant::now();
    let threads: Vec<_> = (0..64)
        .map(|_| {
            let store = store.to_owned();
            std::thread::spawn(move || {
                let mut worst = Duration::ZERO;
                let mut kept = 0;
                for _ in 0..50 {
                    let started = Instant::now();
                    let status = hikeshi(&store, &["-i", "1", "note", "one of many"]).status().expect("runs");
                    worst = worst.max(started.elapsed());
                    kept += usize::from(status.success());
                }
                (kept, worst)
            })
        })
        .collect();
    let results: Vec<(usize, Duration)> = threads.into_iter().filter_map(|thread| thread.join().ok()).collect();
    let kept: usize = results.iter().map(|(kept, _)| kept).sum();
    let worst = results.iter().map(|(_, worst)| *worst).max().unwrap_or_default();
    println!(
        "64 × 50 notes into {what}: {kept} of 3200 kept, {:.1} s, worst wait {:.0} ms",
        begin.elapsed().as_secs_f64(),
        worst.as_secs_f64() * 1e3
    );
}

/// Durable entries a second from a pipe.
fn pipe(store: &Path) {
    const LINES: usize = 30_000;
    let mut command = Command::new(HIKESHI);
    command.env_clear().env("HIKESHI_DB", store).env("HIKESHI_ACTOR", "bench").env("TZ", "UTC");
    let command = command.args(["-i", "1", "-q", "note", "--each-line", "-"]);
    let begin = Instant::now();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
    let mut input = child.stdin.take().expect("a pipe");
    let feeder = std::thread::spawn(move || {
        for line in 0..LINES {
            writeln!(input, "line {line} of the log").expect("taken");
        }
    });
    let output = child.wait_with_output().expect("ends");
    feeder.join().expect("fed");
    let confirmed = String::from_utf8_lossy(&output.stdout).lines().count();
    let rate = confirmed as f64 / begin.elapsed().as_secs_f64();
    println!("note --each-line: {confirmed} of {LINES} confirmed, {rate:.0} durable entries a second (≥ 3000)");
}
