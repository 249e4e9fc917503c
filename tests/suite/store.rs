//! Many writers, whole chains, derived rows, copies: what the store promises.

use super::place::Place;
use hikeshi::incident::header::{Header, first_link, link, words_digest};
use hikeshi::store::{Filter, Listing, Store};
use proptest::prelude::{ProptestConfig, Strategy, any, prop};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

/// Recomputes every origin's chain from the stored bytes alone.
pub fn assert_chain(store: &Path) {
    let connection = Connection::open(store).expect("opens");
    let mut query =
        connection.prepare("SELECT header, facts, words, salt, hash, tag FROM log ORDER BY n").expect("asked");
    let mut heads: BTreeMap<String, ([u8; 32], u64)> = BTreeMap::new();
    let mut rows = query.query([]).expect("asked");
    let mut seen = 0;
    while let Some(row) = rows.next().expect("read") {
        let bytes: Vec<u8> = row.get(0).expect("header");
        let facts: Vec<u8> = row.get(1).expect("facts");
        let words: Option<Vec<u8>> = row.get(2).expect("words");
        let salt: Option<Vec<u8>> = row.get(3).expect("salt");
        let hash: [u8; 32] = row.get(4).expect("hash");
        let tag: String = row.get(5).expect("tag");
        let header = Header::from_bytes(&bytes).expect("a header");
        assert_eq!(header.id.tag(), tag, "the column is a copy of the header");
        let (prev, seq) = heads.remove(&header.origin.to_string()).unwrap_or_else(|| (first_link(header.origin), 0));
        assert_eq!(header.seq, seq + 1, "no hole");
        let digest = words_digest(&salt.unwrap_or_default(), &words.unwrap_or_default());
        assert_eq!(link(&prev, &bytes, &facts, &digest), hash, "entry {seq} follows the one before");
        heads.insert(header.origin.to_string(), (hash, header.seq));
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn sixteen_writers_lose_nothing_also_into_a_store_that_does_not_exist_yet() {
    let place = Place::new();
    let declares: Vec<_> = (0..16)
        .map(|name| {
            let title = format!("crowd {name}");
            let mut command = place.command(&["declare", &title, "-q"]);
            command.env_remove("HIKESHI_SEED").stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("starts")
        })
        .collect();
    for child in declares {
        let output = child.wait_with_output().expect("ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let list = place.json(&["list"]);
    let mut numbers: Vec<u64> =
        list["incidents"].as_array().expect("a list").iter().filter_map(|one| one["ref"].as_u64()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=16).collect::<Vec<u64>>(), "each its own number, none left out");
    let threads: Vec<_> = (0..16)
        .map(|_| {
            let commands: Vec<_> = (0..10)
                .map(|_| {
                    let mut command = place.command(&["-i", "1", "note", "one of many"]);
                    command.env_remove("HIKESHI_SEED");
                    command
                })
                .collect();
            std::thread::spawn(move || {
                commands.into_iter().all(|mut command| command.output().expect("runs").status.success())
            })
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().expect("joined")));
    let entries = place.json(&["timeline", "1", "--kind", "note"]);
    assert_eq!(entries["entries"].as_array().expect("a list").len(), 160);
    assert_chain(&place.store());
}

#[test]
fn files_are_private_also_under_a_lax_umask() {
    let place = Place::declared();
    let mode = |path: &Path| path.metadata().expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(place.store().parent().expect("a folder")), 0o700);
    for entry in std::fs::read_dir(place.store().parent().expect("a folder")).expect("listed").flatten() {
        assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
    }
}

#[test]
fn a_copy_begins_a_history_of_its_own() {
    let place = Place::declared();
    place.ok(&["note", "in the first"]);
    let copy = place.path().join("copy");
    std::fs::create_dir(&copy).expect("made");
    std::fs::copy(place.store(), copy.join("hikeshi.db")).expect("copying the file alone loses nothing");
    let db = copy.join("hikeshi.db");
    let path = db.to_str().expect("UTF-8");
    place.ok(&["--db", path, "note", "in the copy"]);
    place.ok(&["note", "in the first again"]);
    assert_chain(&db);
    assert_chain(&place.store());
    let connection = Connection::open(&db).expect("opens");
    let origins: i64 = connection.query_row("SELECT count(*) FROM origins", [], |row| row.get(0)).expect("counted");
    assert_eq!(origins, 2);
    let facts: Vec<u8> = connection
        .query_row("SELECT facts FROM log WHERE kind = 'origin.started' ORDER BY n DESC LIMIT 1", [], |row| row.get(0))
        .expect("an origin");
    let facts: serde_json::Value = serde_json::from_slice(&facts).expect("JSON");
    assert!(facts["parent"].is_string() && facts["parent_seq"].as_u64() > Some(1) && facts["parent_hash"].is_string());
}

/// A command that a responder might type next.
fn step() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::select(vec![
        vec!["note", "words", "and", "more"],
        vec!["note", "a guess", "--kind", "hypothesis"],
        vec!["escalate", "sev1"],
        vec!["escalate", "sev0", "--to", "dba"],
        vec!["deescalate", "sev3", "--reason", "r"],
        vec!["assign-role", "scribe", "ben"],
        vec!["assign-role", "tech-lead", "chie", "--add", "--scope", "net"],
        vec!["unassign-role", "scribe"],
        vec!["check", "1"],
        vec!["check", "2", "--skip", "--reason", "r"],
        vec!["check", "1", "--undo"],
        vec!["checklist", "add", "call", "the", "vendor"],
        vec!["identify", "--cause", "c"],
        vec!["mitigate", "--workaround", "w"],
        vec!["fix", "f", "--reverts-workaround"],
        vec!["monitor"],
        vec!["resolve", "done"],
        vec!["close", "--force", "--reason", "r"],
        vec!["reopen", "--reason", "r"],
        vec!["set", "--title", "another title"],
        vec!["link", "add", "chat", "#incident"],
        vec!["undo"],
        vec!["cancel", "--reason", "r"],
    ])
}

/// Everything derived, as text; how far an incident was folded may lie anywhere after the last fact that changed it.
fn derived(store: &Path) -> String {
    let connection = Connection::open(store).expect("opens");
    let mut all = String::new();
    for query in [
        "SELECT subject || number || phase || status || severity || title || services || coalesce(leader, '') || state FROM incidents ORDER BY subject",
        "SELECT target || mark || by FROM marks ORDER BY 1",
        "SELECT n || coalesce(settled, '') FROM inbox ORDER BY n",
    ] {
        let mut query = connection.prepare(query).expect("asked");
        let mut rows = query.query([]).expect("asked");
        while let Some(row) = rows.next().expect("read") {
            all.push_str(&row.get::<_, String>(0).expect("text"));
            all.push('\n');
        }
    }
    all
}

proptest::proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_made_as_facts_come_equal_rows_made_from_the_log(steps in prop::collection::vec((step(), any::<bool>()), 1..14)) {
        let place = Place::declared();
        for (step, other) in steps {
            place.actor(if other { "ben" } else { "aki" });
            let mut arguments = vec!["-i", "1"];
            arguments.extend(step);
            let ran = place.run(&arguments);
            assert!([0, 1, 4].contains(&ran.code), "{arguments:?}: {}", ran.err);
        }
        let before = derived(&place.store());
        let mut store = Store::open_for_writing(&place.store()).expect("opens");
        let writer = store.begin().expect("a turn");
        writer.rebuild().expect("rebuilt");
        writer.commit().expect("kept");
        drop(store);
        assert_eq!(before, derived(&place.store()));
        assert_chain(&place.store());
    }
}

#[test]
fn a_store_that_is_absent_is_empty_and_stays_absent() {
    let place = Place::new();
    assert_eq!(place.ok(&["list"]), "no incidents\n");
    assert_eq!(place.ok(&["prompt"]), "");
    assert!(!place.store().exists());
    let store = Store::open_for_reading(&place.store()).expect("empty");
    assert!(store.reader().list(&Listing::default()).expect("asked").is_empty());
    assert_eq!(store.reader().space().expect("asked"), None);
    let nobody = hikeshi::incident::id::SubjectId(uuid::Uuid::nil());
    assert!(store.reader().timeline(nobody, &Filter::default()).expect("asked").is_empty());
}

/// As power leaves it that goes while the file is being made.
#[test]
fn a_half_made_store_is_taken_back_and_made_again() {
    let place = Place::new();
    std::fs::create_dir_all(place.store().parent().expect("a folder")).expect("made");
    let path = place.store();
    // A journal of a file that was empty: its first page counts for nothing.
    let mut journal = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7".to_vec();
    journal.extend([0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 16, 0]);
    journal.resize(512, 0);
    std::fs::write(&path, vec![0; 4096]).expect("written");
    std::fs::write(path.with_extension("db-journal"), journal).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("set");
    place.ok(&["declare", "after the power came back", "-q"]);
    assert!(place.ok(&["list"]).contains("after the power came back"));
}
