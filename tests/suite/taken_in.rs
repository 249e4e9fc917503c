//! What comes from elsewhere takes nothing away, and no record of it can stop a store.

use super::place::Place;
use hikeshi::exchange::read;
use hikeshi::incident::header::{Header, link, words_digest};
use hikeshi::incident::id::{BatchId, EventId};
use hikeshi::incident::order::Hlc;
use hikeshi::incident::time::Timestamp;
use hikeshi::store::Store;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::io::Cursor;
use std::path::Path;
use uuid::Uuid;

/// A store with words, corrections, a redaction, two incidents and two copies' histories, and its export.
fn exported() -> (Place, Vec<String>) {
    let place = Place::declared();
    place.ok(&["note", "drained db-3", "--key", "k1"]);
    place.ok(&["note", "決済が遅い", "--at", "2m ago"]);
    let entry = place.json(&["note", "the password is hunter2", "--allow-secrets"]);
    place.ok(&["redact", entry["entries"][0]["id"].as_str().expect("an id"), "--reason", "pasted by mistake"]);
    place.ok(&["declare", "second one", "--drill"]);
    let copy = place.path().join("copy.db");
    place.ok(&["backup", copy.to_str().expect("UTF-8")]);
    place.ok(&["restore", copy.to_str().expect("UTF-8")]);
    place.ok(&["-i", "1", "note", "after the restore"]);
    let lines = lines(&place);
    (place, lines)
}

fn lines(place: &Place) -> Vec<String> {
    place.ok(&["export", "--all", "--restricted", "--format", "ndjson"]).lines().map(str::to_owned).collect()
}

/// Every row that means something, byte for byte.
fn everything(store: &Path) -> Vec<String> {
    let connection = Connection::open(store).expect("opens");
    let mut all = Vec::new();
    for query in [
        "SELECT n, subject, tag, hex(header), hex(facts), hex(words), hex(salt), hex(words_digest), hex(hash) FROM log",
        "SELECT subject, number, title, hex(state) FROM incidents",
        "SELECT n, hex(id) FROM origins",
        "SELECT name, hex(value) FROM meta",
        "SELECT target, mark, by FROM marks",
    ] {
        let mut query = connection.prepare(query).expect("asked");
        let columns = query.column_count();
        let mut rows = query.query([]).expect("asked");
        while let Some(row) = rows.next().expect("read") {
            let cells = (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column).expect("a value"));
            all.push(format!("{:?}", cells.collect::<Vec<_>>()));
        }
    }
    all
}

fn take(store: &mut Store, lines: &[String]) -> Result<hikeshi::store::Merged, String> {
    let text = lines.join("\n");
    read(store, &mut Cursor::new(text.as_bytes()), true, |_, _| {}).map_err(|error| error.to_string())
}

fn set(line: &str, field: &str, value: Value) -> String {
    let mut document: Value = serde_json::from_str(line).expect("a line");
    document[field] = value;
    document.to_string()
}

fn get(line: &str, field: &str) -> Option<String> {
    let document: Value = serde_json::from_str(line).expect("a line");
    document[field].as_str().map(str::to_owned)
}

/// What a field may be made into: nothing, too much, too little, the wrong kind, another's.
fn values(was: Option<&str>) -> Vec<Value> {
    let hex = |bytes: usize| json!("00".repeat(bytes));
    let mut values =
        vec![Value::Null, json!(-1), json!(1e99), json!([]), json!(""), json!("x"), json!("{}"), json!("null")];
    values.extend([hex(1), hex(31), hex(32), hex(33), json!("z".repeat(64))]);
    if let Some(was) = was {
        values.extend([json!(format!("{was}00")), json!(format!("{was} ")), json!(was.get(2..).unwrap_or_default())]);
        values.push(json!(was.replace('1', "2")));
    }
    values
}

/// A line with one of its fields, or a field of its header or its facts, made into something else.
fn altered(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    for field in ["format", "header", "facts", "words", "salt", "words_digest", "hash"] {
        all.extend(values(get(line, field).as_deref()).into_iter().map(|value| set(line, field, value)));
    }
    for part in ["header", "facts", "words"] {
        let Some(inner) = get(line, part) else { continue };
        let inner: Value = serde_json::from_str(&inner).expect("JSON");
        for name in inner.as_object().expect("fields").keys() {
            for value in [Value::Null, json!(i64::MAX), json!("x")] {
                let mut changed = inner.clone();
                changed[name] = value;
                all.push(set(line, part, json!(changed.to_string())));
            }
        }
    }
    // The words away, in every way in which they could be said to be away.
    if let (Some(words), Some(salt)) = (get(line, "words"), get(line, "salt")) {
        let bare = set(&set(line, "words", Value::Null), "salt", Value::Null);
        let digest = words_digest(&bytes(&salt), words.as_bytes());
        all.push(bare.clone());
        all.push(set(&bare, "words_digest", json!("00".repeat(32))));
        all.push(set(&bare, "words_digest", json!(hex(&digest))));
        all.push(set(line, "words_digest", json!(hex(&digest))));
        let salted = format!("{salt}{}", hex(words.as_bytes()));
        all.push(set(&set(line, "words", Value::Null), "salt", json!(salted)));
    }
    let was: Value = serde_json::from_str(line).expect("a line");
    all.retain(|one| serde_json::from_str::<Value>(one).expect("a line") != was);
    all
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")).collect()
}

#[test]
fn a_line_with_any_field_altered_is_refused_and_nothing_changes() {
    let (place, lines) = exported();
    let fresh = Place::new();
    let paths = [place.store(), fresh.path().join("fresh.db")];
    let mut stores = paths.each_ref().map(|path| Store::open_for_writing(path).expect("opens"));
    let before = paths.each_ref().map(|path| everything(path));
    let head = place.ok(&["verify", "--head"]);
    let mut tried = 0;
    for at in 1..lines.len() {
        for (turn, line) in altered(&lines[at]).into_iter().enumerate() {
            let mut changed = lines.clone();
            changed[at] = line;
            // One after the other into the store that has it, and into the empty one.
            for (store, path) in stores.iter_mut().zip(&paths).skip(turn % 2).step_by(2) {
                let taken = take(store, &changed);
                assert!(taken.is_err(), "line {at} into {}: {taken:?}\n{}\n{}", path.display(), lines[at], changed[at]);
                tried += 1;
            }
        }
    }
    // A gap, a line twice, two lines the wrong way round, another copy's name, another store's.
    for at in 1..lines.len() - 1 {
        let mut gap = lines.clone();
        gap.remove(at);
        let mut twice = lines.clone();
        twice.insert(at, lines[at].clone());
        let mut crossed = lines.clone();
        crossed.swap(at, at + 1);
        for changed in [gap, twice] {
            assert!(take(&mut stores[1], &changed).is_err(), "{at}");
            tried += 1;
        }
        let _ = take(&mut stores[0], &crossed);
    }
    let other = set(&lines[0], "space", json!(Uuid::from_u128(9).to_string()));
    assert!(take(&mut stores[0], &[&[other], &lines[1..]].concat()).is_err());
    drop(stores);
    for (path, before) in paths.iter().zip(&before) {
        assert_eq!(&everything(path), before, "{}", path.display());
    }
    assert!(tried > 800, "{tried}");
    assert_eq!(place.ok(&["verify", "--head"]), head);
    place.ok(&["verify"]);
    place.ok(&["doctor"]);
}

#[test]
fn words_go_only_with_a_redaction_and_that_is_told_before() {
    let place = Place::declared();
    let entry = place.json(&["note", "token-of-mine-1234567"]);
    let before = lines(&place);
    let fresh = Place::new();
    let file = fresh.path().join("export.ndjson");
    std::fs::write(&file, before.join("\n")).expect("written");
    fresh.ok(&["import", "hikeshi", file.to_str().expect("UTF-8")]);
    // Every word of the file away, the hashes kept: what an export of a careless tool, or of a forger, looks like.
    let emptied: Vec<String> = before
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let Some(words) = get(line, "words").filter(|_| at > 0) else { return line.clone() };
            let salt = bytes(&get(line, "salt").expect("a salt"));
            let bare = set(&set(line, "words", Value::Null), "salt", Value::Null);
            set(&bare, "words_digest", json!(hex(&words_digest(&salt, words.as_bytes()))))
        })
        .collect();
    std::fs::write(&file, emptied.join("\n")).expect("written");
    let path = file.to_str().expect("UTF-8");
    let words = fresh.ok(&["timeline", "1"]);
    for arguments in [&["import", "hikeshi", path][..], &["import", "hikeshi", path, "--dry-run"]] {
        let err = fresh.fails(1, arguments);
        assert!(err.contains("redacted") && err.contains("nothing was imported"), "{err}");
        assert!(fresh.lang("ja").fails(1, arguments).contains("墨消し"));
        fresh.lang("en");
    }
    assert_eq!(fresh.ok(&["timeline", "1"]), words);
    place.ok(&["redact", entry["entries"][0]["id"].as_str().expect("an id"), "--reason", "secret"]);
    std::fs::write(&file, lines(&place).join("\n")).expect("written");
    let would = fresh.run(&["import", "hikeshi", path, "--dry-run"]);
    assert!(would.out.contains("words removed, as redacted there: 1"), "{}{}", would.out, would.err);
    assert!(fresh.ok(&["timeline", "1"]).contains("token-of-mine"), "a dry run takes nothing");
    assert_eq!(fresh.json(&["import", "hikeshi", path])["erased"], 1);
    assert!(!fresh.ok(&["timeline", "1"]).contains("token-of-mine"));
    fresh.ok(&["verify"]);
    fresh.ok(&["doctor"]);
}

/// Adds an entry behind the last one of the export, its hash right: whoever has a file can do that.
fn forge(lines: &[String], change: impl FnOnce(&mut Header), facts: &Value, words: Option<&Value>) -> Vec<String> {
    let last = lines.last().expect("a line");
    let mut header: Header = serde_json::from_str(&get(last, "header").expect("a header")).expect("a header");
    let id = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0077);
    (header.seq, header.batch, header.key) = (header.seq + 1, BatchId(id), None);
    header.id = EventId(Uuid::from_u128(0x0192_0000_0000_7000_8000_1234_5678_9abc));
    header.hlc = header.hlc.next(header.recorded_at);
    change(&mut header);
    let (facts, words) = (facts.to_string(), words.map(Value::to_string));
    let salt = words.as_ref().map(|_| [7u8; 32]);
    let digest =
        words_digest(salt.as_ref().map_or(&[][..], |salt| salt), words.as_deref().unwrap_or_default().as_bytes());
    let prev = if header.seq == 1 {
        hikeshi::incident::header::first_link(header.origin)
    } else {
        bytes(&get(last, "hash").expect("a hash")).try_into().expect("32 bytes")
    };
    let stored = header.to_bytes();
    let hash = link(&prev, &stored, facts.as_bytes(), &digest);
    let line = json!({
        "format": 1, "header": String::from_utf8(stored[1..].to_vec()).expect("UTF-8"), "facts": facts,
        "words": words, "salt": salt.map(|salt| hex(&salt)), "words_digest": null, "hash": hex(&hash),
    });
    let mut all = lines.to_vec();
    all[0] = set(&all[0], "entries", json!(all.len()));
    all.push(line.to_string());
    all
}

#[test]
fn no_number_time_or_size_of_one_record_is_without_measure() {
    let (place, lines) = exported();
    let space = serde_json::from_str::<Value>(&lines[0]).expect("a head")["space"].clone();
    let subject = hikeshi::incident::id::SubjectId(Uuid::from_u128(0x77));
    let declared = |number: u64, title: &str| {
        (json!({ "space": space, "number": number, "severity": "sev2" }), json!({ "title": title }))
    };
    let as_declared = |header: &mut Header| {
        (header.kind, header.version, header.subject) = ("incident.declared".to_owned(), 1, subject);
    };
    let long = "x".repeat(100_000);
    let (small, title) = declared(77, "a forged one");
    let bad: Vec<(&str, Vec<String>)> = vec![
        ("the last number there is", forge(&lines, as_declared, &declared(4_294_967_295, "x").0, Some(&title))),
        ("a number with no room behind it", forge(&lines, as_declared, &declared(4_000_000_000, "x").0, Some(&title))),
        ("no number", forge(&lines, as_declared, &declared(0, "x").0, Some(&title))),
        ("another incident's number", forge(&lines, as_declared, &declared(1, "x").0, Some(&title))),
        ("a title without end", forge(&lines, as_declared, &small, Some(&declared(77, &long).1))),
        (
            "a clock at its end",
            forge(
                &lines,
                |header| {
                    as_declared(header);
                    header.hlc = Hlc::from_value(i64::MAX);
                },
                &small,
                Some(&title),
            ),
        ),
        (
            "a time at its end",
            forge(
                &lines,
                |header| {
                    as_declared(header);
                    header.at = Timestamp::from_millis(i64::MAX);
                },
                &small,
                Some(&title),
            ),
        ),
        (
            "a name without end",
            forge(
                &lines,
                |header| {
                    as_declared(header);
                    header.actor.clone_from(&long);
                },
                &small,
                Some(&title),
            ),
        ),
        ("a kind without end", forge(&lines, |header| header.kind.clone_from(&long), &json!({}), None)),
        (
            "a start at the end of time",
            forge(
                &lines,
                as_declared,
                &json!({ "space": space, "number": 77, "severity": "sev2", "started_at": i64::MIN }),
                Some(&title),
            ),
        ),
        ("facts that are none", forge(&lines, as_declared, &json!(7), Some(&title))),
        (
            "a copy that begins with something else",
            forge(
                &lines,
                |header| {
                    as_declared(header);
                    (header.origin, header.seq) = (hikeshi::incident::id::OriginId(Uuid::from_u128(5)), 1);
                },
                &small,
                Some(&title),
            ),
        ),
        (
            "a copy of another store",
            forge(
                &lines,
                |header| {
                    (header.origin, header.seq) = (hikeshi::incident::id::OriginId(Uuid::from_u128(5)), 1);
                    header.kind = "origin.started".to_owned();
                },
                &json!({ "space": Uuid::from_u128(1).to_string(), "program": "9" }),
                None,
            ),
        ),
    ];
    let head = place.ok(&["verify", "--head"]);
    let before = everything(&place.store());
    let file = place.path().join("bad.ndjson");
    for (what, lines) in bad {
        std::fs::write(&file, lines.join("\n")).expect("written");
        for lang in ["en", "ja"] {
            let ran = place.lang(lang).run(&["import", "hikeshi", file.to_str().expect("UTF-8")]);
            assert_eq!(ran.code, 1, "{what}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains("hikeshi verify") || ran.err.contains("export"), "{what}: {}", ran.err);
        }
        place.lang("en");
        assert_eq!(everything(&place.store()), before, "{what}");
    }
    assert_eq!(place.ok(&["verify", "--head"]), head);
    assert_eq!(place.json(&["declare", "the next one"])["incident"]["ref"], 3);
    // The measure itself is room enough.
    let other = Place::new();
    let good = forge(&lines, as_declared, &declared(999_999_999, "x").0, Some(&title));
    std::fs::write(&file, good.join("\n")).expect("written");
    other.ok(&["import", "hikeshi", file.to_str().expect("UTF-8")]);
    for number in [1_000_000_000u64, 1_000_000_001] {
        assert_eq!(other.json(&["declare", &format!("number {number}")])["incident"]["ref"], number);
    }
    other.ok(&["verify"]);
}

#[test]
fn a_line_without_end_is_refused_with_its_measure() {
    let place = Place::declared();
    let before = everything(&place.store());
    let mut lines = lines(&place);
    let file = place.path().join("long.ndjson");
    for at in [0, 2] {
        let mut long = lines.clone();
        long[at] = format!("{{\"x\":\"{}\"}}", "x".repeat(33 << 20));
        std::fs::write(&file, long.join("\n")).expect("written");
        let err = place.fails(1, &["import", "hikeshi", file.to_str().expect("UTF-8")]);
        assert!(err.contains(&format!("line {}", at + 1)) && err.contains("32 MiB"), "{err}");
        let err = place.lang("ja").fails(1, &["import", "hikeshi", file.to_str().expect("UTF-8")]);
        assert!(err.contains("上限 32 MiB"), "{err}");
        place.lang("en");
    }
    lines[2] = set(&lines[2], "facts", json!(format!("{{\"x\":\"{}\"}}", "x".repeat(7 << 20))));
    let mut store = Store::open_for_writing(&place.store()).expect("opens");
    assert!(take(&mut store, &lines).is_err());
    assert_eq!(everything(&place.store()), before);
}

#[test]
fn a_number_at_the_end_of_all_numbers_keeps_nobody_from_declaring() {
    let place = Place::declared();
    place.ok(&["declare", "second one"]);
    let connection = Connection::open(place.store()).expect("opens");
    connection.execute("UPDATE incidents SET number = 4294967295 WHERE number = 2", []).expect("changed");
    drop(connection);
    for number in [2, 3] {
        assert_eq!(place.json(&["declare", &format!("number {number}")])["incident"]["ref"], number);
    }
    place.ok(&["-i", "1", "note", "goes on"]);
}

/// What somebody else wrote under this copy's name is taken in, and the copy goes on under another.
#[test]
fn a_history_that_went_on_elsewhere_ends_this_copys_name() {
    let place = Place::declared();
    let early = std::fs::read(place.store()).expect("read");
    place.ok(&["note", "written before the file was put back"]);
    let lines = lines(&place);
    std::fs::write(place.store(), early).expect("put back");
    for ending in ["-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{}{ending}", place.store().display())));
    }
    let mut store = Store::open_for_writing(&place.store()).expect("opens");
    let taken = take(&mut store, &lines).expect("taken in");
    drop(store);
    assert_eq!(taken.added, 1, "{taken:?}");
    let ran = place.run(&["note", "and on"]);
    assert_eq!((ran.code, ran.err.contains("put back")), (0, false), "nothing is missing: {}", ran.err);
    let found = place.json(&["verify"]);
    assert_eq!(found["origins"].as_array().map(Vec::len), Some(2), "{found}");
}
