//! A history that can be proved: corrections, removals, chains, seals, stores of earlier versions.

use super::place::Place;
use rusqlite::Connection;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn entry_with(place: &Place, text: &str) -> String {
    let entries = place.json(&["-i", "1", "timeline"]);
    let found = entries["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|entry| entry["text"].as_str().is_some_and(|line| line.contains(text)));
    found.unwrap_or_else(|| panic!("no entry with {text}"))["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_correction_counts_everywhere_and_hides_nothing() {
    let place = Place::declared();
    place.ok(&["note", "db-3 restarted"]);
    let id = entry_with(&place, "db-3 restarted");
    place.wait(600);
    place.actor("ben").ok(&["amend", &id, "db-4 restarted", "--at", "10m ago"]);
    place.ok(&["amend", &id, "--kind", "decision"]);
    let again = entry_with(&place, "corrected");
    place.actor("chie").ok(&["amend", &again, "db-5 restarted"]);
    let short = place.ok(&["timeline"]);
    assert!(short.contains("[decision] db-5 restarted [corrected]"), "{short}");
    assert!(!short.contains("db-3") && !short.contains("db-4"), "{short}");
    let full = place.ok(&["timeline", "--full"]);
    assert!(full.contains("db-3 restarted (corrected") && full.contains("by chie") && full.contains("db-4"), "{full}");
    let report = place.ok(&["postmortem"]);
    assert!(report.contains("db-5 restarted") && !report.contains("db-3 restarted"), "{report}");
    let entry = &place.json(&["timeline", "--kind", "note"])["entries"][0];
    assert!(entry["amended_by"].is_string() && entry["was"]["text"] == "db-3 restarted", "{entry}");
    place.ok(&["undo"]);
    assert!(place.ok(&["timeline"]).contains("db-4 restarted"), "the correction before counts again");
    let err = place.fails(2, &["amend", &id]);
    assert!(err.contains("hint: "), "{err}");
    place.fails(4, &["amend", "qqqq", "x"]);
    place.ok(&["verify"]);
}

#[test]
fn a_corrected_time_reaches_the_incident() {
    let place = Place::declared();
    place.wait(3_000).ok(&["mitigate", "--workaround", "restart hourly"]);
    let id = entry_with(&place, "restart hourly");
    place.ok(&["amend", &id, "--at", "30m ago", "restart daily"]);
    let incident = &place.json(&["show"])["incident"];
    let entry = &place.json(&["timeline", "--kind", "incident.mitigated"])["entries"][0];
    assert_eq!(incident["mitigated_at"], entry["at"]);
    assert!(entry["text"].as_str().expect("text").contains("restart daily"));
    assert!(place.ok(&["doctor"]).contains("rows"), "rows follow from the log");
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("listed").flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found
}

/// Where any token of the text, or the end of one of six bytes and more, still stands.
fn traces(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let parts: Vec<&str> = text
        .split_whitespace()
        .flat_map(|token| token.char_indices().map(move |(at, _)| &token[at..]))
        .filter(|part| part.len() >= 6)
        .collect();
    for path in files(folder) {
        let bytes = std::fs::read(&path).expect("read");
        for part in parts.iter().copied().chain([text]) {
            if bytes.windows(part.len()).any(|window| window == part.as_bytes()) {
                found.push(format!("{part} in {}", path.display()));
            }
        }
    }
    found
}

#[test]
fn redacted_words_leave_no_byte_anywhere() {
    let place = Place::declared();
    let secret = "kx7Qw-Zanzibar-Pemba9921 合言葉は千夜一夜物語です";
    let filler = |range: std::ops::Range<usize>| {
        let lines: String = range.map(|n| format!("ordinary remark number {n} of the evening\n")).collect();
        place.run_with(&["-i", "1", "-q", "note", "--each-line", "-"], lines.as_bytes());
    };
    // Pages split around the words, and one text is too long for a page.
    filler(0..150);
    place.ok(&["note", secret]);
    let long = format!("{} {secret} {}", "before ".repeat(900), "after ".repeat(900));
    place.run_with(&["note", "-"], long.as_bytes());
    place.ok(&["resolve", secret]);
    filler(150..300);
    let note = place.json(&["timeline", "1", "--kind", "note.added"]);
    let entries = place.json(&["timeline", "1"]);
    let with: Vec<String> = entries["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|entry| entry["data"].to_string().contains("Zanzibar"))
        .map(|entry| entry["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!((with.len(), note["entries"].as_array().map(Vec::len)), (3, Some(302)));
    let data = place.store().parent().expect("a folder").to_owned();
    assert!(!traces(&data, secret).is_empty(), "the test sees what is there");
    for id in &with {
        let out = place.json(&["redact", id, "--reason", "pasted by mistake"]);
        assert_eq!(out["pending"], false, "{out}");
    }
    assert_eq!(traces(&data, secret), Vec::<String>::new());
    let timeline = place.ok(&["timeline", "1"]);
    assert!(timeline.contains("redacted") && timeline.contains("pasted by mistake"), "{timeline}");
    place.ok(&["verify"]);
    place.ok(&["doctor"]);
    let err = place.fails(1, &["redact", &with[0], "--reason", "again"]);
    assert!(err.contains("no words"), "{err}");
    let backup = place.path().join("b.db");
    place.ok(&["backup", backup.to_str().expect("UTF-8")]);
    assert_eq!(traces(place.path(), secret), Vec::<String>::new(), "nor in a backup made afterwards");
}

#[test]
fn redaction_reaches_corrections_the_inbox_and_keys() {
    let place = Place::new();
    let secret = "mauveine-Perkin-1856";
    let words = format!("it is {secret}");
    let err = place.fails(4, &["note", &words, "--key", "k1"]);
    assert!(err.contains("inbox file"), "{err}");
    place.ok(&["declare", "API down", "-q"]);
    let item = place.json(&["inbox"])["items"][0]["id"].as_str().expect("an id").to_owned();
    place.ok(&["inbox", "file", &item]);
    let id = entry_with(&place, secret);
    place.ok(&["amend", &id, &format!("{words}, really")]);
    place.ok(&["redact", &id, "--reason", "a password"]);
    assert_eq!(traces(place.path(), &format!("{secret} really")), Vec::<String>::new());
    let again = place.json(&["note", &words, "--key", "k1", "-i", "1"]);
    assert_eq!(again["duplicate"], true, "the key still stands for it");
}

#[test]
fn while_somebody_reads_bytes_are_pending_and_the_next_writer_finishes() {
    let place = Place::declared();
    place.ok(&["note", "the word is Xanthophyll99"]);
    let id = entry_with(&place, "Xanthophyll99");
    let mut scribe = place.command(&["-i", "1", "note", "--each-line", "-"]);
    let mut scribe = scribe.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
    // Once it has confirmed a line it has the store open.
    let mut input = scribe.stdin.take().expect("a pipe");
    writeln!(input, "a line").expect("fed");
    let mut confirmed = String::new();
    BufReader::new(scribe.stdout.take().expect("a pipe")).read_line(&mut confirmed).expect("confirmed");
    let done = place.run(&["redact", &id, "--reason", "a password"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("bytes pending"), "{}", done.err);
    drop(input);
    scribe.wait().expect("ends");
    let doctor = place.run(&["doctor"]);
    assert!(doctor.code == 3 && doctor.out.contains("redaction"), "{}", doctor.out);
    place.ok(&["note", "the next one"]);
    assert_eq!(traces(place.path(), "Xanthophyll99"), Vec::<String>::new());
}

fn tamper(place: &Place, name: &str, statements: &str) -> PathBuf {
    let copy = place.path().join(format!("{name}.db"));
    std::fs::copy(place.store(), &copy).expect("copied");
    let connection = Connection::open(&copy).expect("opens");
    connection.execute_batch(statements).expect(name);
    drop(connection);
    copy
}

#[test]
fn every_kind_of_tampering_is_told_exactly() {
    let place = Place::declared();
    for number in 1..=6 {
        place.ok(&["note", &format!("note {number}")]);
    }
    let head = place.ok(&["verify", "--head"]);
    let n = "(SELECT n FROM log WHERE CAST(words AS TEXT) LIKE '%note 3%')";
    let cases = [
        ("changed", format!("UPDATE log SET words = CAST('{{\"text\":\"note 9\"}}' AS BLOB) WHERE n = {n}")),
        ("changed", format!("UPDATE log SET facts = CAST('{{\"note\":\"decision\"}}' AS BLOB) WHERE n = {n}")),
        ("missing", format!("PRAGMA foreign_keys = OFF; DELETE FROM log WHERE n = {n}")),
        ("column", format!("UPDATE log SET actor = 'mallory' WHERE n = {n}")),
        ("column", format!("UPDATE log SET at = at - 1 WHERE n = {n}")),
        ("blanked", format!("UPDATE log SET words = NULL, salt = NULL WHERE n = {n}")),
        ("unreadable", format!("UPDATE log SET header = x'00' WHERE n = {n}")),
        (
            "misplaced",
            "CREATE TEMP TABLE x AS SELECT n FROM log ORDER BY n DESC LIMIT 2;
            UPDATE log SET n = -n WHERE n IN (SELECT n FROM x);
            UPDATE log SET n = (SELECT min(n) + max(n) FROM x) + n WHERE n < 0"
                .to_owned(),
        ),
    ];
    for (index, (kind, statements)) in cases.iter().enumerate() {
        let copy = tamper(&place, &format!("{index}-{kind}"), statements);
        let ran = place.run(&["--db", copy.to_str().expect("UTF-8"), "verify", "--json"]);
        assert_eq!(ran.code, 3, "{kind}: {}", ran.out);
        let found: Value = serde_json::from_str(&ran.out).expect("a document");
        assert_eq!(found["breaks"][0]["kind"], *kind, "{found}");
        assert!(ran.err.contains("hint"), "{}", ran.err);
    }
    // What the chain alone can't show, a head that was noted does.
    let cut = tamper(&place, "cut", "DELETE FROM log WHERE n = (SELECT max(n) FROM log)");
    let cut = cut.to_str().expect("UTF-8");
    place.ok(&["--db", cut, "verify"]);
    let noted = place.path().join("noted.txt");
    std::fs::write(&noted, format!("03:12 head read out: {head}")).expect("written");
    let ran = place.run(&["--db", cut, "verify", "--json", "--from", noted.to_str().expect("UTF-8")]);
    assert!(ran.code == 3 && ran.out.contains("\"cut-off\""), "{}", ran.out);
    let ran = place.run(&["--db", cut, "verify", "--from", place.store().to_str().expect("UTF-8")]);
    assert_eq!(ran.code, 3, "a copy of the store serves as well: {}", ran.out);
    place.ok(&["note", "goes on"]);
    place.ok(&["verify", "--from", noted.to_str().expect("UTF-8")]);
    let other = Place::new();
    other.ok(&["declare", "another store altogether"]);
    let ran = other.run(&["verify", "--from", noted.to_str().expect("UTF-8")]);
    assert!(ran.code == 3 && ran.out.contains("knows nothing of it"), "{}", ran.out);
    place.fails(2, &["verify", "--from", place.path().join("none").to_str().expect("UTF-8")]);
}

#[test]
fn a_seal_is_made_and_checked_with_an_ssh_key() {
    let place = Place::declared();
    let key = place.path().join("key");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.expect("ssh-keygen runs").success());
    place.ok(&["seal", "--key", key.to_str().expect("UTF-8")]);
    let public = std::fs::read_to_string(place.path().join("key.pub")).expect("read");
    let signers = place.path().join("signers");
    std::fs::write(&signers, format!("aki@team.example {public}")).expect("written");
    let signers = signers.to_str().expect("UTF-8");
    let found = place.json(&["verify", "--allowed-signers", signers]);
    assert_eq!(
        (&found["seals"][0]["worth"], &found["seals"][0]["detail"]),
        (&"allowed".into(), &"aki@team.example".into())
    );
    assert_eq!(place.json(&["verify"])["seals"][0]["worth"], "unknown");
    let stranger = place.path().join("stranger");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&stranger).status();
    assert!(made.expect("ssh-keygen runs").success());
    let other = std::fs::read_to_string(place.path().join("stranger.pub")).expect("read");
    std::fs::write(place.path().join("signers"), format!("ben@team.example {other}")).expect("written");
    let ran = place.run(&["verify", "--allowed-signers", signers]);
    assert!(ran.code == 3 && ran.out.contains("does NOT hold"), "{}", ran.out);
    let err = place.fails(1, &["seal"]);
    assert!(err.contains("--key FILE"), "{err}");
}

/// A store as version 2 leaves it: every later version must read and verify it.
#[test]
fn a_store_of_version_2_is_read_and_verified() {
    let place = Place::new();
    let store = place.store();
    std::fs::create_dir_all(store.parent().expect("a folder")).expect("made");
    std::fs::write(&store, include_bytes!("../golden/store-v2.db")).expect("written");
    std::fs::set_permissions(&store, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("set");
    let found = place.json(&["verify"]);
    assert_eq!((&found["entries"], &found["redacted"]), (&25.into(), &1.into()));
    assert_eq!(found["seals"][0]["worth"], "unknown");
    let timeline = place.ok(&["timeline", "1", "--full"]);
    for part in
        ["db-3 refuses new connections [corrected]", "was: ", "[redacted]", "evidence app.log", "$ true – exit 0"]
    {
        assert!(timeline.contains(part), "{part}: {timeline}");
    }
    place.ok(&["-i", "1", "note", "goes on"]);
    assert_eq!(place.json(&["verify"])["origins"].as_array().map(Vec::len), Some(2));
}

/// A store as version 3 left it, with everything that is owed to people.
#[test]
fn a_store_of_version_3_is_read_and_verified() {
    let place = Place::new();
    let store = place.store();
    std::fs::create_dir_all(store.parent().expect("a folder")).expect("made");
    std::fs::write(&store, include_bytes!("../golden/store-v3.db")).expect("written");
    std::fs::set_permissions(&store, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("set");
    assert_eq!(place.json(&["verify"])["entries"], 71);
    let timeline = place.ok(&["timeline", "1", "--full"]);
    for part in [
        "statement for customers (initial): mail is safe",
        "correction of ",
        "delivered through out",
        "ben answered the call",
        "640 of 1000 units",
        "notice given: gdpr-33-1: by web form",
        "Q: Is money lost?",
        "ben takes over",
    ] {
        assert!(timeline.contains(part), "{part}: {timeline}");
    }
    let shown = place.json(&["show", "1"]);
    assert_eq!(shown["incident"]["impact"]["users"], 1200.0);
    assert!(shown["incident"]["waiting_for"].to_string().contains("followup:"));
    assert_eq!(place.json(&["contact", "list"])["contacts"][0]["name"], "Example Corp");
    place.ok(&["-i", "1", "note", "goes on"]);
    assert_eq!(place.json(&["verify"])["origins"].as_array().map(Vec::len), Some(2));
}

/// A store as version 1 left it; every later version must read it, and go on with it.
#[test]
fn a_store_of_version_1_is_read_untouched_and_migrated_with_a_copy_beside() {
    let place = Place::new();
    let store = place.store();
    std::fs::create_dir_all(store.parent().expect("a folder")).expect("made");
    let golden = include_bytes!("../golden/store-v1.db");
    std::fs::write(&store, golden).expect("written");
    std::fs::set_permissions(&store, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("set");
    place.wait(86_400);
    for reading in [&["list", "--all", "--restricted"][..], &["timeline", "1"], &["verify"], &["prompt"], &["inbox"]] {
        place.ok(reading);
    }
    assert_eq!(std::fs::read(&store).expect("read"), golden, "reading changes nothing");
    let before = place.json(&["timeline", "1"]);
    place.ok(&["note", "-i", "1", "goes on"]);
    let copy = store.with_file_name("hikeshi.db.v1");
    assert_eq!(
        Connection::open(&copy).expect("opens").pragma_query_value(None, "user_version", |row| row.get(0)),
        Ok(1)
    );
    let after = place.json(&["timeline", "1"]);
    let all = |value: &Value| value["entries"].as_array().expect("a list").clone();
    assert_eq!(all(&after)[..all(&before).len()], all(&before)[..], "every entry is as it was");
    let id = entry_with(&place, "接続プールが枯渇");
    place.ok(&["amend", &id, "接続プールの上限"]);
    place.ok(&["verify"]);
    place.ok(&["doctor"]);
}
