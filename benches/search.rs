//! Search over 1,000,000 entries, as whole processes: `cargo bench --bench search`.
//!
//! First, how much of the real histories of `tests/histories` is found: every word of them, against a plain scan.
//!
//! Prints how long the index takes, its size, and the median and 99th percentile of each query, with the limit that
//! people hold them to. `HIKESHI_BENCH_ENTRIES`, `HIKESHI_BENCH_ROUNDS` and `HIKESHI_BENCH_DIR` as in `processes`.

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
use hikeshi::incident::command::{Command as Asked, Declare, NoteKind};
use hikeshi::incident::context::Context;
use hikeshi::incident::decide::decide;
use hikeshi::incident::fact::{Fact, NoteAdded};
use hikeshi::incident::header::ActorSource;
use hikeshi::incident::id::{BatchId, OriginId, SpaceId, SubjectId, uuid_v7};
use hikeshi::incident::time::Timestamp;
use hikeshi::policy::Library;
use hikeshi::search::Query;
use hikeshi::store::{NewEntry, Store, Wanted};
use hikeshi::view::search::hits;
use process::{hikeshi, number, percentiles, run};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;

const START: i64 = 1_790_000_000_000;
const INCIDENTS: usize = 10_000;

/// What responders write, in either language.
const ENGLISH: [&str; 8] = [
    "restarted {} on host {n}, the error rate is falling",
    "no change after rolling back {} to build {n}",
    "{} answers in {n} ms at the 99th percentile",
    "asked the vendor of {} about ticket {n}",
    "customers report that {} shows code {n}",
    "drained {} from the load balancer, {n} requests left",
    "the queue of {} is {n} messages long and growing",
    "dashboards of {} are green again since minute {n}",
];
const JAPANESE: [&str; 8] = [
    "{}を再起動しました。エラー率は低下しています（{n}件）",
    "{}のログに異常はありません。監視を続けます {n}",
    "{}の応答時間が{n}ミリ秒まで悪化しています",
    "お客様から{}につながらないとの連絡が{n}件ありました",
    "{}を前の版に戻しました。ビルド{n}",
    "担当者が{}の設定を確認中です。{n}分後に報告します",
    "{}の負荷が高い状態です。接続数は{n}",
    "{}は復旧しました。{n}台すべて正常です",
];
const THINGS: [&str; 12] = [
    "db-3",
    "the cache",
    "checkout",
    "認証サーバ",
    "the gateway",
    "検索",
    "billing",
    "配送API",
    "mail",
    "在庫管理",
    "dns",
    "the CDN",
];

fn main() {
    let rounds = number("HIKESHI_BENCH_ROUNDS", 100);
    let entries = number("HIKESHI_BENCH_ENTRIES", 1_000_000);
    let folder = std::env::var("HIKESHI_BENCH_DIR").map_or_else(|_| std::env::temp_dir(), PathBuf::from);
    let folder = tempfile::Builder::new().prefix("hikeshi-bench-").tempdir_in(folder).expect("a folder");
    let store = folder.path().join("h.db");
    println!("{rounds} rounds, {entries} entries in {INCIDENTS} incidents, in {}", folder.path().display());
    recall(&folder.path().join("real.db"));
    build(&store, entries);

    let declare = |title: &'static str| run(hikeshi(&store, &["declare", title, "--force", "--service", "checkout"]));
    let bare = percentiles((0..20).map(|_| declare("Checkout fails")).collect()).0;
    let took = run(hikeshi(&store, &["search", "nothing-like-this"]));
    let size = std::fs::metadata(store.with_extension("search")).map(|file| file.len()).unwrap_or_default();
    println!(
        "index: {:.1} s, {:.0} entries a second, {:.0} MB",
        took.as_secs_f64(),
        entries as f64 / took.as_secs_f64(),
        size as f64 / 1e6
    );
    println!("{:<64} {:>8} {:>8}", "", "median", "p99");
    let told = |name: &str, arguments: &[&str]| {
        let taken: Vec<Duration> = (0..rounds + 3).map(|_| run(hikeshi(&store, arguments))).skip(3).collect();
        let (median, p99) = percentiles(taken);
        println!("{name:<64} {median:>8.2} {p99:>8.2}");
    };
    told("--version", &["--version"]);
    told("決済, in 1 of 200 (≤ 20)", &["search", "決済"]);
    told("障害, in 1 of 5 (≤ 20)", &["search", "障害"]);
    told("滅, in 1 of 1,000", &["search", "滅"]);
    told("\"connection pool exhausted\", in 1 of 200 (≤ 20)", &["search", "\"connection pool exhausted\""]);
    told("\"the error rate\", in 1 of 16 (≤ 20)", &["search", "\"the error rate\""]);
    told("connection pool -db, words", &["search", "connection", "pool", "-db"]);
    told("rest*", &["search", "rest*"]);
    told("\"rate the error\", of frequent words, nowhere", &["search", "\"rate the error\""]);
    told("決済 of one service", &["search", "決済", "--service", "nothing"]);
    told("similar TEXT", &["similar", "checkout", "fails:", "connection", "pool", "exhausted"]);
    let alike = percentiles((0..20).map(|_| declare("Checkout fails")).collect()).0;
    println!("declare: {bare:.2} ms before there was an index, {alike:.2} ms with it");
    let tail = percentiles(
        (0..20)
            .map(|_| {
                run(hikeshi(&store, &["-i", "1", "note", "one more"]));
                run(hikeshi(&store, &["search", "決済"]))
            })
            .collect(),
    )
    .0;
    println!("決済 with one entry to take in: {tail:.2} ms");
}

/// What is found of every word in the real histories against a plain scan of the log, and how many hits are wrong.
fn recall(store: &Path) {
    let histories = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/histories/");
    for (format, file) in [
        ("github-statuses", "github-statuses-2022-2024.jsonl"),
        ("statuspage", "statuspage-incidents.json"),
        ("google-cloud", "google-incidents.json"),
    ] {
        // Some of these files have records that nobody can read: they are told, with 3.
        let status = hikeshi(store, &["import", format, &format!("{histories}{file}")]).status().expect("runs");
        assert!(status.code().is_some_and(|code| [0, 3].contains(&code)), "{file}: {status}");
    }
    let mut scanned: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let log = rusqlite::Connection::open(store).expect("opens");
    let mut rows = log
        .prepare("SELECT tag, words FROM log WHERE words IS NOT NULL AND subject IN (SELECT subject FROM incidents)")
        .expect("a query");
    let mut rows = rows.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let (tag, words): (String, Vec<u8>) = (row.get(0).expect("a tag"), row.get(1).expect("words"));
        let words: serde_json::Value = serde_json::from_slice(&words).expect("JSON");
        for word in plain_words(&words) {
            scanned.entry(word).or_default().insert(tag.clone());
        }
    }
    let store = Store::open_for_reading(store).expect("a store");
    let wanted = Wanted { restricted: true, limit: 1_000_000, ..Wanted::default() };
    let (mut there, mut found, mut wrong, mut missed) = (0, 0, 0, BTreeSet::new());
    for (word, entries) in &scanned {
        let query = Query::read(word);
        let sought = store.find(&query, &wanted, |_, _| {}).expect("found");
        assert!(!sought.capped && !sought.more, "nothing was left out for {word}");
        let hits: BTreeSet<String> = hits(&query, sought.hits).iter().map(|hit| hit.entry.header.id.tag()).collect();
        there += entries.len();
        found += entries.intersection(&hits).count();
        wrong += hits.difference(entries).count();
        if !entries.is_subset(&hits) {
            missed.insert(word.as_str());
        }
    }
    println!(
        "recall: {:.4} ({found} of {there} entries for {} words; {wrong} hits more)",
        found as f64 / there as f64,
        scanned.len()
    );
    assert!(missed.is_empty(), "not all is found of {missed:?}");
}

/// The words of every text in a value, as a reader would cut them.
fn plain_words(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::String(text) => {
            let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
            let alone = words.filter(|word| word.len() > 1 && word.len() < 40);
            if text.is_ascii() { alone.map(str::to_ascii_lowercase).collect() } else { Vec::new() }
        }
        serde_json::Value::Array(items) => items.iter().flat_map(plain_words).collect(),
        serde_json::Value::Object(fields) => fields.values().flat_map(plain_words).collect(),
        _ => Vec::new(),
    }
}

/// The text of one entry: half English, half Japanese, now and then with the words that are asked for.
fn text(number: usize) -> String {
    let mix = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 17;
    let pick = |from: &[&str], salt: u64| from[((mix / salt) % from.len() as u64) as usize].to_owned();
    let line = if mix.is_multiple_of(2) { pick(&ENGLISH, 2) } else { pick(&JAPANESE, 2) };
    let mut text = line.replace("{}", &pick(&THINGS, 97)).replace("{n}", &(mix % 9_973).to_string());
    let mut now_and_then = |every: u64, salt: u64, words: &str| {
        if (mix / salt).is_multiple_of(every) {
            text.push_str(words);
        }
    };
    now_and_then(200, 1009, " 決済が失敗しています");
    now_and_then(200, 2003, " connection pool exhausted");
    now_and_then(5, 4001, " 障害");
    now_and_then(1000, 8009, " 点滅");
    text
}

/// A store with so many notes spread over incidents, written through the program's own writer.
fn build(path: &Path, notes: usize) {
    let library = Library::load(None).expect("the compiled-in library");
    let mut store = Store::open_for_writing(path).expect("a store");
    let writer = store.begin().expect("a turn");
    let mut made = 0u64;
    let mut stamp = || {
        made += 1;
        let mut random = [0u8; 10];
        random[..8].copy_from_slice(&made.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
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
    let mut subjects: Vec<SubjectId> = Vec::with_capacity(INCIDENTS);
    for number in 1..=INCIDENTS {
        let stamp = stamp();
        let declare = Declare { title: text(number * 7), category: Some("outage".to_owned()), ..Declare::default() };
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
        let decision = decide(None, &Asked::Declare(declare), &context).expect("declared");
        let incident = decision.incident.expect("declared");
        let new = |fact| NewEntry { subject: incident.id, fact, salt: [1; 32] };
        let written = writer.append(&stamp.batch(), decision.facts.into_iter().map(new).collect()).expect("written");
        writer.save(&incident, &written).expect("saved");
        subjects.push(incident.id);
    }
    for number in 0..notes {
        let note = NoteKind::Observation;
        let fact = NoteAdded { text: text(number), note, pinned: false, bridge: None, confirms: None, refutes: None };
        let new = NewEntry { subject: subjects[number % subjects.len()], fact: Fact::from(fact), salt: [2; 32] };
        writer.append(&stamp().batch(), vec![new]).expect("written");
    }
    writer.commit().expect("durable");
}
