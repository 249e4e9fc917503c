//! Out of one store and into another: the same incidents, entries and hashes, or nothing.

use super::place::Place;
use serde_json::Value;
use std::path::PathBuf;

/// A store with something of everything: corrections, redaction, a drill, a second copy's history, Japanese.
fn busy() -> Place {
    let place = Place::declared();
    place.ok(&["note", "drained db-3", "--key", "k1"]);
    place.ok(&["note", "決済が遅い", "--at", "2m ago"]);
    let entry = place.json(&["note", "the password is hunter2", "--allow-secrets"]);
    let entry = entry["entries"][0]["id"].as_str().expect("an id").to_owned();
    place.ok(&["redact", &entry, "--reason", "pasted by mistake"]);
    place.ok(&["declare", "second one", "--drill"]);
    place.ok(&["-i", "1", "assign-role", "tech-lead", "ben"]);
    place.ok(&["-i", "1", "mitigate", "--workaround", "reads go to db-2"]);
    place.ok(&["contact", "add", "Example Corp", "--reach", "ops@example.com"]);
    let file = place.path().join("copy.db");
    place.ok(&["backup", file.to_str().expect("UTF-8")]);
    place.ok(&["restore", file.to_str().expect("UTF-8")]);
    place.ok(&["-i", "1", "note", "after the restore"]);
    place
}

fn exported(place: &Place, name: &str) -> PathBuf {
    let file = place.path().join(name);
    place.ok(&["export", "--all", "--restricted", "-o", file.to_str().expect("UTF-8")]);
    file
}

/// Every line but the first, which says when it was written.
fn entries(file: &PathBuf) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("an export");
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn an_empty_store_becomes_the_same_one() {
    let place = busy();
    let file = exported(&place, "all.ndjson");
    let fresh = Place::new();
    let taken = fresh.json(&["import", "hikeshi", file.to_str().expect("UTF-8")]);
    let lines = entries(&file);
    assert_eq!(taken["added"].as_u64(), u64::try_from(lines.len()).ok(), "{taken}");
    assert_eq!(entries(&exported(&fresh, "again.ndjson")), lines);
    for look in [&["timeline", "1"][..], &["timeline", "2"], &["show", "1"], &["list", "--all"], &["contact", "list"]] {
        let (was, is) = (place.json(look), fresh.json(look));
        let (was, is) = (without_clock(was), without_clock(is));
        assert_eq!(was, is, "{look:?}");
    }
    assert_eq!(place.ok(&["verify", "--head"]), fresh.ok(&["verify", "--head"]));
    fresh.ok(&["verify"]);
    fresh.ok(&["doctor"]);
}

/// What depends on the moment of asking.
fn without_clock(mut document: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for field in ["overdue", "minutes", "stale", "age_days"] {
                    fields.remove(field);
                }
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut document);
    document
}

#[test]
fn the_same_file_again_changes_nothing_and_a_later_one_adds_the_rest() {
    let place = busy();
    let file = exported(&place, "all.ndjson");
    let path = file.to_str().expect("UTF-8");
    let fresh = Place::new();
    fresh.ok(&["import", "hikeshi", path]);
    let again = fresh.json(&["import", "hikeshi", path]);
    assert_eq!((again["added"].as_u64(), again["incidents"].as_u64()), (Some(0), Some(0)), "{again}");
    assert_eq!(place.json(&["import", "hikeshi", path])["added"], 0, "its own export is known");
    place.ok(&["-i", "1", "resolve", "db-3 replaced"]);
    let later = exported(&place, "later.ndjson");
    let taken = fresh.json(&["import", "hikeshi", later.to_str().expect("UTF-8")]);
    assert_eq!(taken["incidents"], 1, "{taken}");
    assert_eq!(fresh.json(&["show", "1"])["incident"]["status"], "resolved");
    assert_eq!(entries(&exported(&fresh, "again.ndjson")), entries(&later));
}

#[test]
fn it_goes_on_as_another_copy_that_names_its_parent() {
    let place = busy();
    let file = exported(&place, "all.ndjson");
    let fresh = Place::new();
    fresh.ok(&["import", "hikeshi", file.to_str().expect("UTF-8")]);
    fresh.ok(&["-i", "1", "note", "here now"]);
    let third = fresh.json(&["declare", "another"]);
    assert_eq!(third["incident"]["ref"], 3, "numbers go on");
    let entries = fresh.json(&["timeline", "1"]);
    let entries = entries["entries"].as_array().expect("entries");
    let last = entries.last().expect("the note");
    let foreign = entries.iter().any(|entry| entry["origin"] != last["origin"]);
    assert!(foreign, "what came from elsewhere keeps its origin");
    fresh.ok(&["verify"]);
}

#[test]
fn what_was_altered_or_left_out_is_refused_and_changes_nothing() {
    let place = busy();
    let file = exported(&place, "all.ndjson");
    let text = std::fs::read_to_string(&file).expect("an export");
    let lines: Vec<&str> = text.lines().collect();
    let fresh = Place::new();
    let refused = |name: &str, text: &str, code: i32, said: &str| {
        let bad = fresh.path().join(name);
        std::fs::write(&bad, text).expect("written");
        let err = fresh.fails(code, &["import", "hikeshi", bad.to_str().expect("UTF-8")]);
        assert!(err.contains(said), "{name}: {err}");
        assert!(fresh.json(&["list", "--all"])["incidents"].as_array().is_some_and(Vec::is_empty), "{name}");
    };
    refused("altered", &text.replace("drained db-3", "drained db-4"), 1, "altered");
    let one_less: Vec<&str> = lines.iter().enumerate().filter(|(at, _)| *at != 3).map(|(_, line)| *line).collect();
    refused("gap", &one_less.join("\n"), 1, "line 4");
    refused("cut", &lines[..lines.len() - 2].join("\n"), 1, "ends early");
    refused("torn", &text[..text.len() - 40], 1, "line");
    refused("none", "", 1, "no export");
    refused("other", "{\"page\":{}}\n", 1, "no export");
    refused("later", &text.replacen("\"schema\":1", "\"schema\":9", 1), 1, "format 9");
    refused("binary", "\u{1}\u{2}", 1, "no export");
    let part = place.ok(&["export", "1", "--format", "ndjson"]);
    refused("part", &part, 1, "left entries out");
    fresh.fails(4, &["import", "hikeshi", "no-such-file"]);
    let missing = fresh.json(&["import", "hikeshi", file.to_str().expect("UTF-8"), "--dry-run"]);
    assert!(missing["added"].as_u64() > Some(0), "{missing}");
    assert!(fresh.json(&["list", "--all"])["incidents"].as_array().is_some_and(Vec::is_empty), "a dry run");
}

#[test]
fn another_stores_history_is_not_mixed_in() {
    let place = busy();
    let file = exported(&place, "all.ndjson");
    let other = Place::new();
    other.command(&["declare", "mine"]).env("HIKESHI_SEED", "other").output().expect("runs");
    let err = other.fails(1, &["import", "hikeshi", file.to_str().expect("UTF-8")]);
    assert!(err.contains("another store") && err.contains("--db NEW.db"), "{err}");
    assert_eq!(other.json(&["list", "--all"])["incidents"].as_array().map(Vec::len), Some(1));
}

#[test]
fn redaction_reaches_the_copy() {
    let place = Place::declared();
    let entry = place.json(&["note", "token-of-mine-1234567"]);
    let file = exported(&place, "before.ndjson");
    let fresh = Place::new();
    fresh.ok(&["import", "hikeshi", file.to_str().expect("UTF-8")]);
    place.ok(&["redact", entry["entries"][0]["id"].as_str().expect("an id"), "--reason", "secret"]);
    let after = exported(&place, "after.ndjson");
    assert!(!std::fs::read_to_string(&after).expect("an export").contains("token-of-mine"));
    fresh.ok(&["import", "hikeshi", after.to_str().expect("UTF-8")]);
    let bytes = std::fs::read(fresh.store()).expect("the store");
    assert!(!bytes.windows(13).any(|window| window == b"token-of-mine"), "gone from every byte");
    // An older export brings nothing back.
    fresh.ok(&["import", "hikeshi", file.to_str().expect("UTF-8")]);
    assert!(!fresh.ok(&["timeline", "1"]).contains("token-of-mine"));
    fresh.ok(&["verify"]);
}

#[test]
fn restricted_incidents_have_to_be_asked_for() {
    let place = Place::declared();
    place.ok(&["declare", "personal data on a share", "--restricted"]);
    for format in ["ndjson", "json", "csv", "md"] {
        let ran = place.run(&["export", "--all", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.out.contains("personal data") && ran.err.contains("left out"), "{format}: {}", ran.err);
        assert!(place.ok(&["export", "--all", "--restricted", "--format", format]).contains("personal data"));
    }
    assert!(place.fails(1, &["export", "2"]).contains("--restricted"));
    let part = place.run(&["export", "--all"]);
    let fresh = Place::new();
    let ran = fresh.run_with(&["import", "hikeshi", "-"], part.out.as_bytes());
    assert_eq!(ran.code, 1, "{}", ran.err);
}

#[test]
fn scripts_and_spreadsheets_get_what_they_read() {
    let place = Place::declared();
    place.ok(&["set", "--title", "=HYPERLINK(\"https://evil.example\"), or so"]);
    place.ok(&["resolve", "--cause", "a,b \"c\"\nd"]);
    let csv = place.ok(&["export", "--all", "--format", "csv"]);
    assert!(csv.starts_with("ref,id,title,"), "{csv}");
    assert!(csv.contains("\"'=HYPERLINK(\"\"https://evil.example\"\"), or so\""), "{csv}");
    assert!(csv.contains("\"a,b \"\"c\"\"\nd\""), "{csv}");
    let json = place.json(&["export", "1"]);
    assert_eq!(json["incidents"][0]["incident"]["ref"], 1);
    assert!(json["incidents"][0]["entries"].as_array().is_some_and(|entries| entries.len() > 3));
    assert!(place.ok(&["export", "--all", "--format", "md"]).starts_with('#'));
    let file = place.path().join("all.csv");
    let path = file.to_str().expect("UTF-8");
    place.ok(&["export", "--all", "-o", path]);
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), csv, "the name says the format");
    assert!(place.fails(1, &["export", "--all", "-o", path]).contains("--force"));
    place.fails(2, &["export", "1", "--format", "csv", "--json"]);
    place.fails(4, &["export", "77"]);
}
