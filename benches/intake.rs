//! What importing costs: `cargo bench --bench intake`.
//!
//! The 399 real incidents of `tests/histories` in at most two seconds, the whole process; and the rate at which entries
//! are written against `sqlite3` inserting the same rows, all columns and indexes, in one transaction (at least 40 % of
//! its rate). Limits are for people, never for a test. `HIKESHI_BENCH_COPIES` sets how many times the incidents are
//! multiplied for the second figure (default 25), `HIKESHI_BENCH_DIR` the folder.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark stops where something fails, prints a table, and counts in floating point"
)]

use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const HIKESHI: &str = env!("CARGO_BIN_EXE_hikeshi");
const HISTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/histories/github-statuses-2022-2024.jsonl");
const ROUNDS: usize = 5;

/// What an import writes, table by table.
const TABLES: [&str; 4] = ["subjects", "log", "incidents", "sources"];

fn main() {
    let folder = std::env::var("HIKESHI_BENCH_DIR").map_or_else(|_| std::env::temp_dir(), PathBuf::from);
    let folder = tempfile::Builder::new().prefix("hikeshi-bench-").tempdir_in(folder).expect("a folder");
    real(folder.path());
    rate(folder.path());
}

fn import(folder: &Path, store: &Path, file: &Path) -> Duration {
    let mut command = Command::new(HIKESHI);
    command.env_clear().env("HOME", folder).env("HIKESHI_DB", store).env("HIKESHI_ACTOR", "bench");
    command.args(["import", "github-statuses"]).arg(file).stdout(Stdio::null()).stderr(Stdio::null());
    let begin = Instant::now();
    assert!(command.status().expect("runs").success());
    begin.elapsed()
}

fn remove(store: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = store.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn real(folder: &Path) {
    let store = folder.join("real.db");
    let times = (0..ROUNDS).map(|_| {
        remove(&store);
        import(folder, &store, Path::new(HISTORY))
    });
    let first = median(times.collect());
    let again = median((0..ROUNDS).map(|_| import(folder, &store, Path::new(HISTORY))).collect());
    println!("399 real incidents        {first:>9.1?}  (limit 2 s)");
    println!("the same file again       {again:>9.1?}");
}

fn rate(folder: &Path) {
    let copies: usize = std::env::var("HIKESHI_BENCH_COPIES").ok().and_then(|value| value.parse().ok()).unwrap_or(25);
    let history = std::fs::read_to_string(HISTORY).expect("the file");
    let mut many = String::new();
    for copy in 0..copies {
        for line in history.lines() {
            many.push_str(&line.replacen("{\"id\": \"", &format!("{{\"id\": \"{copy}-"), 1));
            many.push('\n');
        }
    }
    let file = folder.join("many.jsonl");
    std::fs::write(&file, many).expect("written");
    let store = folder.join("many.db");
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    let mut rows = 0;
    // One after the other, so that whatever else the machine does slows both alike.
    for _ in 0..ROUNDS {
        remove(&store);
        ours.push(import(folder, &store, &file));
        let (script, count) = script(folder, &store);
        rows = count;
        theirs.push(sqlite3(folder, &store, &script));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let per_second = |time: Duration| rows as f64 / time.as_secs_f64();
    println!("rows                      {rows:>9}");
    println!("import                    {ours:>9.1?}  {:>9.0} rows/s", per_second(ours));
    println!("sqlite3, the same rows    {theirs:>9.1?}  {:>9.0} rows/s", per_second(theirs));
    println!("share of its rate         {:>8.1} %  (limit 40 %)", 100.0 * per_second(ours) / per_second(theirs));
}

/// The rows of a store as a script of inserts in one transaction, and how many they are.
fn script(folder: &Path, store: &Path) -> (PathBuf, usize) {
    let path = folder.join("rows.sql");
    let mut dump = Command::new("sqlite3");
    let lines: Vec<String> =
        TABLES.iter().map(|table| format!(".mode insert {table}\nSELECT * FROM {table};")).collect();
    dump.arg(store).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = dump.spawn().expect("sqlite3 is there");
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), lines.join("\n").as_bytes()).expect("asked");
    let output = child.wait_with_output().expect("ends");
    let inserts = String::from_utf8(output.stdout).expect("UTF-8");
    let count = Connection::open(store)
        .and_then(|store| store.query_row("SELECT count(*) FROM log", [], |row| row.get::<_, i64>(0)))
        .expect("counted");
    std::fs::write(&path, format!("BEGIN;\n{inserts}COMMIT;\n")).expect("written");
    (path, usize::try_from(count).expect("a count"))
}

/// How long `sqlite3` takes for a script on an empty store with the same tables, indexes and settings.
fn sqlite3(folder: &Path, store: &Path, script: &Path) -> Duration {
    let empty = folder.join("theirs.db");
    remove(&empty);
    let schema = Connection::open(store).expect("a store");
    let query = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
    let mut query = schema.prepare(query).expect("a query");
    let tables: Vec<String> =
        query.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a row")).collect();
    let theirs = Connection::open(&empty).expect("a file");
    theirs.execute_batch(&format!("PRAGMA journal_mode = WAL; {};", tables.join(";"))).expect("made");
    drop(theirs);
    let begin = Instant::now();
    let mut command = Command::new("sqlite3");
    command.arg("-cmd").arg("PRAGMA synchronous = FULL").arg(&empty).stdout(Stdio::null());
    command.stdin(std::fs::File::open(script).expect("a script"));
    assert!(command.status().expect("runs").success());
    begin.elapsed()
}
