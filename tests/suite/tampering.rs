//! Somebody with an SQL prompt and this source at hand: what of their work shows, and by which command. The lines are
//! those of the table in SECURITY.md, word for word.

mod forge;
mod lines;

use super::place::{HIKESHI, Place, Ran};
use forge::mend;
use lines::{Base, How, LINES, NONE, Way};
use rusqlite::{Connection, params};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A store that has something of everything, and what was noted of it elsewhere.
struct Stand {
    place: Place,
    whole: PathBuf,
    salvaged: PathBuf,
}

fn stand() -> Stand {
    let place = Place::declared();
    place.ok(&["contact", "add", "Example Corp", "--audience", "customers", "--reach", "+81 3 1234 5678"]);
    for number in 1..=6 {
        place.ok(&["note", &format!("note {number}")]);
    }
    let entries = place.json(&["timeline", "--kind", "note"]);
    let id = |index: usize| entries["entries"][index]["id"].as_str().expect("an id").to_owned();
    place.ok(&["amend", &id(0), "note 1, corrected"]);
    place.ok(&["redact", &id(5), "--reason", "a password"]);
    place.ok(&["note", "a mistake"]);
    place.ok(&["undo"]);
    place.ok(&["declare", "Mail down", "-q"]);
    place.fails(4, &["note", "no place for these words"]);
    // Another file under the same name: a copy that goes on from the first.
    let copy = place.path().join("copy.db");
    std::fs::copy(place.store(), &copy).expect("copied");
    std::fs::rename(&copy, place.store()).expect("moved");
    place.ok(&["note", "-i", "1", "early"]);
    place.ok(&["note", "-i", "1", "before the seal"]);
    place.ok(&["note", "-i", "1", "just before"]);
    let key = place.path().join("key");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.expect("ssh-keygen runs").success());
    place.ok(&["seal", "--key", key.to_str().expect("UTF-8")]);
    for text in ["one after the seal", "two after the seal", "three", "four"] {
        place.ok(&["note", "-i", "1", text]);
    }
    let whole = place.path().join("whole.db");
    std::fs::copy(place.store(), &whole).expect("copied");
    let damaged = tampered(&whole, "damaged", |log| {
        let gap = "DELETE FROM log WHERE n BETWEEN NOTE AND NOTE + 1";
        log.execute_batch(&format!("PRAGMA foreign_keys = OFF; {}", mend(gap))).expect("removed");
    });
    let salvaged = place.path().join("salvaged.db");
    place.ok(&["--db", text(&damaged), "doctor", "--salvage", text(&salvaged)]);
    let severed = place.run(&["--db", text(&salvaged), "verify", "--json"]);
    assert_eq!(found(&severed), "severed", "the seal is older than the loss");
    place.ok(&["--db", text(&salvaged), "seal", "--key", text(&key)]);
    Stand { place, whole, salvaged }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn tampered(store: &Path, name: &str, change: impl FnOnce(&Connection)) -> PathBuf {
    let copy = store.with_file_name(format!("{name}.db"));
    std::fs::copy(store, &copy).expect("copied");
    let connection = Connection::open(&copy).expect("opens");
    connection.execute_batch("PRAGMA foreign_keys = OFF").expect("set");
    change(&connection);
    drop(connection);
    copy
}

/// What `verify` finds first, by its name in JSON.
fn found(ran: &Ran) -> String {
    let document: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}\n{}", ran.out, ran.err));
    let broken = document["seals"].as_array().expect("a list").iter().any(|seal| seal["worth"] == "broken");
    let kinds: Vec<&str> =
        document["breaks"].as_array().expect("a list").iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(ran.code, if kinds.is_empty() && !broken { 0 } else { 3 }, "{document}");
    assert_eq!(document["intact"], kinds.is_empty(), "{document}");
    match kinds.first() {
        Some(kind) => (*kind).to_owned(),
        None if broken => "broken seal".to_owned(),
        None => NONE.to_owned(),
    }
}

/// What another program says that knows only docs/format.md.
fn by_another_program(store: &Path, noted: Option<&Path>) -> bool {
    let verifier = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify_log.py");
    let ran = Command::new("python3").arg(verifier).arg(store).args(noted).output().expect("python3 runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    match ran.status.code() {
        Some(0) => true,
        Some(3) => false,
        other => panic!("{other:?}: {said}"),
    }
}

#[test]
fn what_somebody_with_an_sql_prompt_changes_shows_as_the_table_says() {
    let Stand { place, whole, salvaged } = stand();
    let verify = |store: &Path, from: Option<&Path>| {
        let mut arguments = vec!["--db", text(store), "verify", "--json"];
        arguments.extend(from.map(|from| ["--from", text(from)]).into_iter().flatten());
        place.run(&arguments)
    };
    let mut noted = Vec::new();
    for store in [&whole, &salvaged] {
        let heads = store.with_extension("noted");
        std::fs::write(&heads, place.ok(&["--db", text(store), "verify", "--head"])).expect("written");
        noted.push(heads);
    }
    assert_eq!(found(&verify(&whole, Some(&noted[0]))), NONE);
    assert_eq!(found(&verify(&salvaged, None)), NONE, "what a salvage lost is said, and nothing else is wrong");
    assert!(by_another_program(&whole, Some(&noted[0])) && by_another_program(&salvaged, None));
    let mut wrong: Vec<String> = Vec::new();
    let mut tried = 0;
    for (index, line) in LINES.iter().enumerate() {
        for (way, Way { base, how }) in line.ways.iter().enumerate() {
            tried += 1;
            let (store, heads) = if *base == Base::Whole { (&whole, &noted[0]) } else { (&salvaged, &noted[1]) };
            let copy = tampered(store, &format!("{index}-{way}"), |log| match how {
                How::Sql(statements) => log.execute_batch(&mend(statements)).expect(line.what),
                How::Hand(change) => change(log),
            });
            let (alone, against) = (verify(&copy, None), verify(&copy, Some(heads)));
            let agrees = [(&alone, None), (&against, Some(heads.as_path()))].map(|(ran, from)| {
                let by_seal = ran.code == 3 && ran.out.contains("\"breaks\":[]");
                by_another_program(&copy, from) == (ran.code == 0 || by_seal)
            });
            let doctor = place.run(&["--db", text(&copy), "doctor", "--json"]);
            let document: Value = serde_json::from_str(&doctor.out).expect("a document");
            let bad = |check: &str| {
                let findings = document["findings"].as_array().expect("a list");
                findings.iter().any(|one| one["check"] == check && one["grade"] == "bad")
            };
            let shown = if bad("chain") {
                "chain"
            } else if bad("rows") {
                "rows"
            } else {
                NONE
            };
            let seen = [found(&alone), found(&against), shown.to_owned()];
            if seen != line.found || agrees != [true, true] {
                wrong.push(format!("{}, way {way}: {seen:?} and not {:?}, agrees {agrees:?}", line.what, line.found));
            }
            std::fs::remove_file(copy).expect("removed");
        }
    }
    assert!(wrong.is_empty(), "{tried} tried\n{}", wrong.join("\n"));
    assert!(tried >= 80, "{tried}");
}

#[test]
fn the_table_in_security_says_what_is_tested() {
    let page = include_str!("../../SECURITY.md");
    let quoted = |kind: &str| if kind == NONE { NONE.to_owned() } else { format!("`{kind}`") };
    for line in LINES {
        let [alone, against, doctor] = line.found.map(quoted);
        let row = format!("| {} | {alone} | {against} | {doctor} |", line.what);
        assert!(page.contains(&row), "{row}");
    }
    let heading = page.find("| changed in the file |").expect("the table");
    let rows = page[heading..].lines().take_while(|line| line.starts_with('|')).count();
    assert_eq!(rows - 2, LINES.len(), "nothing stands there that isn't tried");
}

#[test]
fn what_no_chain_reaches_is_shown_nowhere() {
    let Stand { place, whole, .. } = stand();
    std::fs::copy(&whole, place.store()).expect("copied");
    let plant = |log: &Connection, n: i64, kind: &str| {
        let insert = "INSERT INTO log SELECT ?1, subject, ?2, randomblob(16), 'planted-key', hlc, at, recorded_at, 'mallory', ?3,
            CAST(x'01' || json_set(CAST(substr(header, 2) AS TEXT), '$.kind', ?3, '$.actor', 'mallory') AS BLOB),
            facts, CAST('{\"text\":\"planted words\"}' AS BLOB), salt, NULL, hash FROM log
            WHERE CAST(words AS TEXT) LIKE '%note 3%' AND actor <> 'mallory'";
        let tag = format!("bbbbbbbbbbbbbb{}", if n > 0 { 'c' } else { 'd' });
        log.execute(insert, params![n, tag, kind]).expect("planted");
    };
    let log = Connection::open(place.store()).expect("opens");
    plant(&log, (9 << 40) + 1, "note.added");
    plant(&log, -1, "inbox.kept");
    log.execute("INSERT INTO inbox (n) VALUES (-1)", []).expect("planted");
    drop(log);
    let ran = place.run(&["verify", "--json"]);
    let document: Value = serde_json::from_str(&ran.out).expect("a document");
    let (rows, entries) = (document["rows"].as_u64(), document["entries"].as_u64());
    assert_eq!((ran.code, rows), (3, entries.map(|entries| entries + 2)), "{document}");
    let reads: [&[&str]; 16] = [
        &["timeline", "1"],
        &["timeline", "1", "--full", "--json"],
        &["show", "1"],
        &["list", "--all", "--json"],
        &["search", "planted"],
        &["search", "words"],
        &["postmortem", "1"],
        &["brief", "1"],
        &["handoff", "1"],
        &["inbox"],
        &["export", "--all", "--restricted"],
        &["export", "1"],
        &["evidence", "list", "1"],
        &["metrics"],
        &["similar", "1"],
        &["due"],
    ];
    for read in reads {
        let ran = place.run(read);
        assert!(!ran.err.contains("panicked"), "{read:?}: {}", ran.err);
        let shown = format!("{}{}", ran.out, ran.err);
        assert!(!shown.contains("mallory") && !shown.contains("planted words"), "{read:?}: {shown}");
    }
    assert!(place.ok(&["timeline", "1"]).contains("note 3"), "the rest stays");
    place.fails(4, &["amend", "bbbbbbbbbbbbbbc", "acted upon"]);
    let keyed = place.json(&["note", "-i", "1", "planted-key is free", "--key", "planted-key"]);
    assert_eq!(keyed["duplicate"], false, "it doesn't stand in for what is recorded");
}

#[test]
fn incident_numbers_never_begin_again() {
    for lost in ["name = 'space'", "name = 'place'", "name = 'origin'", "1"] {
        let place = Place::declared();
        let log = Connection::open(place.store()).expect("opens");
        log.execute(&format!("DELETE FROM meta WHERE {lost}"), []).expect("removed");
        drop(log);
        assert!(!place.ok(&["show", "1"]).is_empty(), "{lost}");
        assert_eq!(place.json(&["declare", "Mail down"])["incident"]["ref"], 2, "{lost}");
        assert_eq!(place.json(&["list"])["incidents"].as_array().map(Vec::len), Some(2), "{lost}");
        place.ok(&["verify"]);
        place.ok(&["doctor"]);
        assert!(by_another_program(&place.store(), None), "{lost}");
    }
    // A note that contradicts the log is not followed; what is typed meanwhile is kept, and comes in after the cure.
    let place = Place::declared();
    let log = Connection::open(place.store()).expect("opens");
    log.execute("UPDATE meta SET value = randomblob(16) WHERE name = 'space'", []).expect("changed");
    drop(log);
    let ran = place.run(&["declare", "Mail down", "--json"]);
    assert!(ran.code == 0 && ran.out.contains("\"spooled\":true"), "{}{}", ran.out, ran.err);
    assert!(place.fails(3, &["verify"]).contains("doctor --rebuild"));
    place.run(&["doctor", "--rebuild"]);
    place.ok(&["verify"]);
    let numbers = place.json(&["list"]);
    let numbers: Vec<&Value> = numbers["incidents"].as_array().expect("a list").iter().map(|one| &one["ref"]).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn a_store_that_was_saved_says_what_it_lost() {
    let Stand { place, salvaged, .. } = stand();
    let found = place.json(&["--db", text(&salvaged), "verify"]);
    let gap = &found["salvaged"][0];
    assert_eq!((gap["to"].as_u64(), gap["pinned"].as_bool()), (gap["from"].as_u64().map(|from| from + 1), Some(true)));
    let heads = salvaged.with_extension("noted");
    let origin = gap["origin"].as_str().expect("an id");
    std::fs::write(&heads, format!("{origin}/{}/{}", gap["from"], "ab".repeat(20))).expect("written");
    let ran = place.run(&["--db", text(&salvaged), "verify", "--json", "--from", text(&heads)]);
    assert!(ran.code == 3 && ran.out.contains("\"gone\""), "a lost head can't be compared: {}", ran.out);
    assert!(!by_another_program(&salvaged, Some(&heads)));
    place.ok(&["--db", text(&salvaged), "note", "-i", "1", "goes on"]);
    place.ok(&["--db", text(&salvaged), "verify"]);
    place.ok(&["--db", text(&salvaged), "doctor"]);
}

#[test]
fn stores_of_every_version_hold_for_another_program_too() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folder = tempfile::tempdir().expect("a folder");
    for version in 1..=3 {
        let store = folder.path().join(format!("v{version}.db"));
        std::fs::copy(golden.join(format!("store-v{version}.db")), &store).expect("copied");
        assert!(by_another_program(&store, None), "{version}");
        let log = Connection::open(&store).expect("opens");
        log.execute("UPDATE log SET facts = CAST(facts || x'20' AS BLOB) WHERE n = (SELECT max(n) FROM log)", [])
            .expect("changed");
        drop(log);
        assert!(!by_another_program(&store, None), "{version}");
        let ran = Command::new(HIKESHI).env("HOME", folder.path()).args(["--db", text(&store), "verify"]).output();
        assert_eq!(ran.expect("runs").status.code(), Some(3), "{version}");
    }
}
