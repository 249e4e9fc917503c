//! The outbox against a server that fails at random, while the scheduler is killed: `cargo bench --bench outbox`.
//!
//! Queues `HIKESHI_BENCH_MESSAGES` messages (default 10,000), lets `tick` deliver them to a server on loopback that
//! fails 30 of 100 requests, kills five of the ticks in the middle, and then holds the server's own count of distinct
//! keys against the messages that were queued.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark stops where something fails, prints what it found, and counts in floating point"
)]

#[path = "../tests/suite/promises/server.rs"]
#[expect(dead_code, reason = "the tests ask the same server for more")]
mod server;

use server::{Behaviour, Receiver};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const HIKESHI: &str = env!("CARGO_BIN_EXE_hikeshi");

/// Messages that one statement queues: one for each channel.
const CHANNELS: usize = 100;

/// How many ticks are killed.
const KILLS: usize = 6;

fn main() {
    let messages: usize = std::env::var("HIKESHI_BENCH_MESSAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let statements = messages.div_ceil(CHANNELS);
    let folder = tempfile::Builder::new().prefix("hikeshi-outbox-").tempdir().expect("a folder");
    let dice = AtomicU64::new(1);
    let server = Receiver::start(move |_| {
        let mut x = dice.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        match (x ^ (x >> 31)) % 100 {
            0..10 => Behaviour::Answer(503, None),
            10..20 => Behaviour::Answer(429, Some(5)),
            20..30 => Behaviour::Drop,
            _ => Behaviour::Answer(200, None),
        }
    });
    set_up(folder.path(), &server.url);
    let run = |now: i64, arguments: &[&str]| {
        let mut command = Command::new(HIKESHI);
        let now = jiff::Timestamp::from_second(1_795_000_000 + now).expect("an instant").to_string();
        let home = folder.path();
        command.env_clear().env("HOME", home).env("HIKESHI_DB", home.join("s/h.db")).env("HIKESHI_NOW", now);
        command.env("HIKESHI_ACTOR", "bench").env("TZ", "UTC").env("HIKESHI_CONFIG", home.join("c")).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(run(0, &["declare", "down", "--severity", "sev1"]).status().expect("runs").success());
    {
        // Whoever holds the turn keeps the others from delivering at once.
        let turn =
            std::fs::OpenOptions::new().create(true).write(true).truncate(false).open(folder.path().join("s/h.tick"));
        let turn = turn.expect("opened");
        turn.try_lock().expect("the turn");
        for number in 0..statements {
            let text = format!("statement {number}");
            let sent = run(1, &["update", &text, "--audience", "customers", "--send"]).status().expect("runs");
            assert!(sent.success());
        }
    }
    println!("queued {} messages in {statements} statements", statements * CHANNELS);
    let begin = Instant::now();
    let (mut now, mut ticks, mut killed) = (60, 0, 0);
    while waiting(&mut run(now, &["tick", "--dry-run", "--json"])) {
        let mut child = run(now, &["tick"]).spawn().expect("starts");
        if killed < KILLS {
            std::thread::sleep(Duration::from_millis(400 + 150 * u64::try_from(killed).expect("fits")));
            child.kill().expect("killed");
            killed += 1;
        }
        child.wait().expect("ends");
        ticks += 1;
        now += 1800;
        assert!(ticks < 200, "it never ends");
    }
    let took = begin.elapsed();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let received = server.received();
    for one in received.iter().filter(|one| one.taken) {
        *taken.entry(one.key.clone()).or_default() += 1;
    }
    let twice = taken.values().filter(|times| **times > 1).count();
    let want = statements * CHANNELS;
    println!("ticks: {ticks}, killed: {killed}, requests: {}, in {:.1} s", received.len(), took.as_secs_f64());
    println!("answered with 200 under distinct keys: {} of {want}; of these more than once: {twice}", taken.len());
    assert_eq!(taken.len(), want, "each message arrives");
    assert!(killed >= 5);
    println!("deliveries a second: {:.0}", want as f64 / took.as_secs_f64());
}

fn set_up(folder: &Path, url: &str) {
    use std::os::unix::fs::PermissionsExt;
    for name in ["c", "s"] {
        std::fs::create_dir(folder.join(name)).expect("made");
        let mode = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder.join(name), mode).expect("set");
    }
    let channel = |n: usize| format!("[[channel]]\nid = \"hook-{n}\"\nkind = \"webhook\"\nurl = \"{url}\"\n");
    let ids = (0..CHANNELS).map(|n| format!("\"hook-{n}\"")).collect::<Vec<_>>().join(", ");
    let channels: String = (0..CHANNELS).map(channel).collect();
    let policy = format!("{channels}[[audience]]\nid = \"customers\"\nchannels = [{ids}]\n");
    std::fs::write(folder.join("c/policy.toml"), policy).expect("written");
}

/// Whether any message still waits, now or later.
fn waiting(command: &mut Command) -> bool {
    let output = command.stdout(Stdio::piped()).output().expect("runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.contains("messages to deliver")
}
