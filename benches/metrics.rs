//! `metrics` over 100,000 incidents, whole processes: `cargo bench --bench metrics`.
//!
//! Prints medians and 99th percentiles beside the limit that they are held to by people, never by a test: a machine may
//! be slow. Every incident lived its life: it was declared, mitigated and resolved, at a service, of a cause.
//! `HIKESHI_BENCH_ROUNDS` sets the rounds (default 30), `HIKESHI_BENCH_INCIDENTS` how many incidents.

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
use hikeshi::incident::command::{Command as Asked, Declare, Mitigate, Resolve};
use hikeshi::incident::context::Context;
use hikeshi::incident::decide::decide;
use hikeshi::incident::header::ActorSource;
use hikeshi::incident::id::{BatchId, OriginId, SpaceId, uuid_v7};
use hikeshi::incident::state::Incident;
use hikeshi::incident::time::{Span, Timestamp};
use hikeshi::incident::when::When;
use hikeshi::policy::Library;
use hikeshi::store::{NewBatch, NewEntry, Store, Writer};
use process::{hikeshi, number, percentiles, run};
use std::path::Path;
use uuid::Uuid;

const START: i64 = 1_700_000_000_000;
const MINUTE: i64 = 60_000;
const LIMIT: f64 = 300.0;

fn main() {
    let rounds = number("HIKESHI_BENCH_ROUNDS", 30);
    let incidents = number("HIKESHI_BENCH_INCIDENTS", 100_000);
    let folder = tempfile::Builder::new().prefix("hikeshi-bench-").tempdir().expect("a folder");
    let path = folder.path().join("h.db");
    println!("building {incidents} incidents …");
    build(&path, incidents);
    let size = std::fs::metadata(&path).map(|file| file.len()).unwrap_or_default();
    println!("{rounds} rounds; the store has {:.0} MB", size as f64 / 1e6);
    println!("{:<52} {:>8} {:>8}   ≤ {LIMIT} ms", "", "median", "p99");
    let all = ["metrics", "--since", "2020-01-01 00:00"];
    for (name, more) in [
        ("metrics, every incident", &[][..]),
        ("metrics --by severity", &["--by", "severity"]),
        ("metrics --by service", &["--by", "service"]),
        ("metrics --by category", &["--by", "category"]),
        ("metrics --by month", &["--by", "month"]),
        ("metrics --by weekday", &["--by", "weekday"]),
        ("metrics --format json", &["--format", "json"]),
        ("metrics --by service --format html", &["--by", "service", "--format", "html"]),
    ] {
        let arguments: Vec<&str> = all.iter().chain(more).copied().collect();
        let (median, p99) = measured(rounds, &path, &arguments);
        println!("{name:<52} {median:>8.1} {p99:>8.1}");
    }
    let (median, p99) =
        measured(rounds, &path, &["metrics", "--since", "2023-12-01 00:00", "--until", "2023-12-08 00:00"]);
    println!("{:<52} {median:>8.1} {p99:>8.1}", "metrics, one week of them");
}

fn measured(rounds: usize, store: &Path, arguments: &[&str]) -> (f64, f64) {
    let once = || {
        let mut command = hikeshi(store, arguments);
        command.env("TZ", "Asia/Tokyo");
        run(command)
    };
    once();
    percentiles((0..rounds).map(|_| once()).collect())
}

struct Builder<'a> {
    library: Library,
    writer: Writer<'a>,
    space: SpaceId,
    made: u64,
}

fn stamp(made: u64, now: Timestamp) -> Stamp {
    let mut random = [0u8; 10];
    random[..8].copy_from_slice(&made.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    Stamp {
        now,
        clock_overridden: false,
        actor: "bench".to_owned(),
        actor_from: ActorSource::Option,
        batch: BatchId(uuid_v7(now.millis(), random)),
        seed: [7; 32],
        origin: (OriginId(Uuid::from_u128(1)), SpaceId(Uuid::from_u128(2))),
    }
}

impl Builder<'_> {
    fn run(&mut self, incident: Option<&Incident>, asked: &Asked, now: Timestamp, number: usize) -> Incident {
        self.made += 1;
        let stamp = stamp(self.made, now);
        let context = Context {
            now,
            at: now,
            at_given: false,
            actor: "bench",
            batch: stamp.batch,
            policy: &self.library.policy,
            playbooks: &self.library.playbooks,
            space: self.space,
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
        let decision = decide(incident, asked, &context).expect("decided");
        let incident = decision.incident.expect("an incident");
        let new = |fact| NewEntry { subject: incident.id, fact, salt: [1; 32] };
        let batch: NewBatch = stamp.batch();
        let written = self.writer.append(&batch, decision.facts.into_iter().map(new).collect()).expect("written");
        self.writer.save(&incident, &written).expect("saved");
        incident
    }
}

fn build(path: &Path, incidents: usize) {
    let mut store = Store::open_for_writing(path).expect("a store");
    let writer = store.begin().expect("a turn");
    let first = stamp(0, Timestamp::from_millis(START));
    let space = writer.settle_origin(first.identity(), &first.batch(), [0; 32]).expect("an origin");
    let library = Library::load(None).expect("the compiled-in library");
    let mut builder = Builder { library, writer, space, made: 0 };
    let categories = ["outage", "performance", "release", "security", "third-party"];
    for number in 1..=incidents {
        // Spread as the multiples of a number without a common factor: nothing repeats soon.
        let mixed = i64::try_from(number.wrapping_mul(7_919) % 10_007).expect("small");
        let declared = Timestamp::from_millis(START + i64::try_from(number).expect("fits") * 13 * MINUTE);
        let after = |minutes: i64| declared.plus(Span::from_minutes(minutes));
        let when = |at| Some(When { at, approximate: false, zone: None, typed: String::new(), date_assumed: false });
        let pick = usize::try_from(mixed).expect("small");
        let declare = Declare {
            title: format!("Service {number} is down"),
            category: Some(categories[pick % categories.len()].to_owned()),
            services: vec![format!("service-{}", pick % 200), format!("region-{}", pick % 7)],
            started_at: when(declared.minus(Span::from_minutes(2 + mixed % 50))).filter(|_| number % 9 > 0),
            detected_at: when(declared.minus(Span::from_minutes(mixed % 2))),
            drill: number % 37 == 0,
            ..Declare::default()
        };
        let incident = builder.run(None, &Asked::Declare(declare), declared, number);
        if number % 50 == 0 {
            continue;
        }
        let mitigate = Asked::Mitigate(Mitigate { workaround: "the old site".to_owned(), fix_due: None });
        let incident = builder.run(Some(&incident), &mitigate, after(3 + mixed % 90), number);
        let cause = Some(format!("cause number {mixed}"));
        let resolve = Asked::Resolve(Resolve { summary: Some("restored".to_owned()), cause });
        builder.run(Some(&incident), &resolve, after(95 + mixed % 700), number);
    }
    builder.writer.commit().expect("durable");
}
