//! Backups, restores, check-ups, permissions, and incidents that not everybody may read.

use super::place::{HIKESHI, Place};
use rusqlite::Connection;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn a_backup_is_made_while_others_write_and_rotated() {
    let place = Place::declared();
    place.run_with(&["evidence", "add", "-"], b"core dump");
    let mut scribe = place.command(&["-i", "1", "-q", "note", "--each-line", "-"]);
    let mut scribe = scribe.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    let mut input = scribe.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || {
        for number in 0..3_000 {
            use std::io::Write;
            writeln!(input, "while the backup runs {number}").expect("written");
        }
    });
    let file = place.path().join("b.db");
    let path = file.to_str().expect("UTF-8");
    for _ in 0..3 {
        place.ok(&["backup", path, "--keep", "2"]);
    }
    writer.join().expect("written");
    scribe.wait().expect("ends");
    assert!(file.exists() && place.path().join("b.db.1").exists() && !place.path().join("b.db.2").exists());
    assert_eq!(file.metadata().expect("there").mode() & 0o777, 0o600);
    place.ok(&["--db", path, "verify"]);
    let err = place.fails(1, &["backup", path]);
    assert!(err.contains("--keep"), "{err}");
    let own = place.store();
    place.fails(2, &["backup", own.to_str().expect("UTF-8"), "--keep", "2"]);
    assert!(!place.path().join("b.db.lock").exists() && !place.path().join("b.lock").exists(), "one file");
}

#[test]
fn a_restore_keeps_the_old_store_and_begins_a_new_origin() {
    let place = Place::declared();
    place.run_with(&["evidence", "add", "-"], b"core dump");
    let file = place.path().join("b.db");
    let path = file.to_str().expect("UTF-8");
    place.ok(&["backup", path]);
    let head = place.ok(&["verify", "--head"]);
    place.ok(&["note", "after the backup"]);
    std::fs::remove_dir_all(place.store().with_extension("evidence")).expect("removed");
    let done = place.json(&["restore", path]);
    let aside = done["aside"].as_str().expect("kept").to_owned();
    assert!(place.ok(&["--db", &aside, "timeline", "1"]).contains("after the backup"));
    assert!(!place.ok(&["timeline", "1"]).contains("after the backup"));
    place.ok(&["evidence", "verify"]);
    place.ok(&["note", "goes on"]);
    let noted = place.path().join("head");
    std::fs::write(&noted, head).expect("written");
    let found = place.json(&["verify", "--from", noted.to_str().expect("UTF-8")]);
    assert_eq!(found["origins"].as_array().map(Vec::len), Some(2), "{found}");
    // What was written to the same store after the backup is no part of this history, and that shows.
    let ran = place.run(&["verify", "--from", &aside]);
    assert!(ran.code == 3 && ran.out.contains("cut off"), "{}", ran.out);
    let mut bytes = std::fs::read(&file).expect("read");
    let at = bytes.windows(8).position(|window| window == b"API down").expect("there");
    bytes[at] ^= 1;
    std::fs::write(&file, bytes).expect("written");
    let before = place.ok(&["verify", "--head"]);
    let err = place.fails(5, &["restore", path]);
    assert!(err.contains("damaged"), "{err}");
    assert_eq!(place.ok(&["verify", "--head"]), before, "a bad backup changes nothing");
    place.fails(4, &["restore", "no-such-file"]);
}

#[test]
fn an_idle_stores_one_file_is_all_of_it() {
    let place = Place::declared();
    place.ok(&["note", "in the file"]);
    let copy = place.path().join("elsewhere.db");
    std::fs::copy(place.store(), &copy).expect("copied");
    let copy = copy.to_str().expect("UTF-8");
    assert!(place.ok(&["--db", copy, "timeline", "1"]).contains("in the file"));
    place.ok(&["--db", copy, "note", "another history"]);
    assert_eq!(place.json(&["--db", copy, "verify"])["origins"].as_array().map(Vec::len), Some(2));
}

#[test]
fn doctor_finds_and_mends() {
    let place = Place::declared();
    place.ok(&["note", "it is the index", "--kind", "hypothesis"]);
    place.ok(&["doctor"]);
    let connection = Connection::open(place.store()).expect("opens");
    connection
        .execute_batch("UPDATE incidents SET title = 'nothing', severity = 4; DELETE FROM marks")
        .expect("changed");
    drop(connection);
    std::fs::set_permissions(place.store(), std::fs::Permissions::from_mode(0o644)).expect("set");
    let ran = place.run(&["doctor", "--json"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    let found: serde_json::Value = serde_json::from_str(&ran.out).expect("a document");
    let bad: Vec<&str> = found["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|finding| finding["grade"] == "bad")
        .filter_map(|finding| finding["check"].as_str())
        .collect();
    assert_eq!(bad, ["permissions", "rows"]);
    place.ok(&["doctor", "--fix"]);
    assert!(place.ok(&["list"]).contains("API down"));
    assert_eq!(place.store().metadata().expect("there").mode() & 0o777, 0o600);
    place.ok(&["doctor", "--rebuild"]);
}

#[test]
fn salvage_brings_over_what_can_be_read_and_says_what_cannot() {
    let place = Place::declared();
    let lines: String =
        (0..400).map(|n| format!("remark {n} of a long evening, with enough words to fill pages\n")).collect();
    place.run_with(&["-i", "1", "-q", "note", "--each-line", "-"], lines.as_bytes());
    let mut bytes = std::fs::read(place.store()).expect("read");
    let broken = |page: usize, bytes: &mut Vec<u8>| bytes[page * 4096..(page + 1) * 4096].fill(0x5a);
    let pages = bytes.len() / 4096;
    // Pages in the middle of the log; the schema on the first one stays.
    for page in [pages / 2, pages / 2 + 3, pages / 2 + 8] {
        broken(page, &mut bytes);
    }
    std::fs::write(place.store(), bytes).expect("written");
    assert_eq!(place.run(&["doctor"]).code, 3);
    let saved = place.path().join("saved.db");
    let done = place.json(&["doctor", "--salvage", saved.to_str().expect("UTF-8")]);
    let (entries, missing) = (done["entries"].as_u64().expect("a number"), done["missing"].as_u64().expect("a number"));
    assert!(entries > 300 && missing > 0 && entries + missing >= 405, "{done}");
    let saved = saved.to_str().expect("UTF-8");
    let verified = place.run(&["--db", saved, "verify"]);
    assert!(verified.code == 0 && verified.out.contains("lost in a salvage"), "{}", verified.out);
    place.ok(&["--db", saved, "-i", "1", "note", "goes on"]);
    place.fails(1, &["doctor", "--salvage", saved]);
}

/// Files are the owner's also where the system would let everybody read what is new.
#[test]
fn files_are_the_owners_under_a_lax_umask() {
    let place = Place::new();
    let store = place.path().join("deep/er/hikeshi.db");
    let script = r#"umask 000; "$0" declare 'API down' -q && echo x | "$0" evidence add - -q && "$0" note x -q &&
        "$0" run -- echo hi && "$0" backup "$HOME/b.db" -q"#;
    let status = Command::new("sh")
        .args(["-c", script, HIKESHI])
        .env("HOME", place.path())
        .env("HIKESHI_DB", &store)
        .env("HIKESHI_ACTOR", "aki")
        .stdout(Stdio::null())
        .status();
    assert!(status.expect("runs").success());
    let mut seen = 0;
    let mut folders = vec![place.path().join("deep"), place.path().join("b.evidence")];
    let check = |path: &Path, most: u32| {
        let mode = path.symlink_metadata().expect("there").mode() & 0o777;
        assert_eq!(mode & !most, 0, "{} is {mode:o}", path.display());
    };
    check(&place.path().join("b.db"), 0o600);
    while let Some(folder) = folders.pop() {
        check(&folder, 0o700);
        for entry in std::fs::read_dir(folder).expect("listed").flatten() {
            seen += 1;
            if entry.path().is_dir() { folders.push(entry.path()) } else { check(&entry.path(), 0o600) }
        }
    }
    assert!(seen > 5);
}

#[test]
fn what_others_can_write_is_refused_with_the_fix() {
    let place = Place::declared();
    let chmod = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
    };
    chmod(&place.store(), 0o606);
    let err = place.fails(5, &["note", "x"]);
    assert!(err.contains("written by others") && err.contains("chmod go-w"), "{err}");
    chmod(&place.store(), 0o600);
    let folder = place.store().parent().expect("a folder").to_owned();
    chmod(&folder, 0o777);
    let err = place.fails(5, &["note", "x"]);
    assert!(err.contains("chmod go-w"), "{err}");
    chmod(&folder, 0o700);
    place.ok(&["note", "x"]);
    let config = place.path().join(".config/hikeshi");
    std::fs::create_dir_all(&config).expect("made");
    std::fs::write(config.join("config.toml"), "name = \"mallory\"\n").expect("written");
    chmod(&config.join("config.toml"), 0o666);
    let ran = place.run(&["note", "y"]);
    assert!(ran.code == 0 && ran.err.contains("config.toml"), "{}", ran.err);
    let lint = place.run(&["playbook", "lint"]);
    assert!(lint.code == 3 && format!("{}{}", lint.out, lint.err).contains("chmod go-w"), "{}{}", lint.out, lint.err);
}

#[test]
fn a_restricted_incident_shows_only_to_whoever_asks() {
    let place = Place::declared();
    let title = "Mail of the director read by a stranger";
    let number = place.run_with(&["declare", "-", "--restricted", "--category", "security", "-q"], title.as_bytes());
    assert_eq!(number.out.trim(), "2", "{}", number.err);
    place.ok(&["-i", "2", "note", "the director was told"]);
    let leaks = |ran: super::place::Ran| format!("{}{}", ran.out, ran.err).contains("director");
    for arguments in [
        &["list", "--all"][..],
        &["list", "--all", "--json"],
        &["note", "for which one?"],
        &["note", "for which one?", "--json"],
        &["prompt"],
        &["prompt", "--json"],
        &["use", "2"],
        &["-i", "2", "postmortem"],
        &["evidence", "export", "2", "-o", "x.tar"],
        &["verify"],
        &["doctor"],
        &["-i", "9", "show"],
    ] {
        assert!(!leaks(place.run(arguments)), "{arguments:?}");
    }
    let again = place.run(&["declare", title, "-q"]);
    assert_eq!(again.code, 0, "that there is one with this title is not told: {}", again.err);
    let mut completion = place.command(&["--", "hikeshi", "show", ""]);
    let offered = completion.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "2").env("_CLAP_IFS", "\n").output();
    let offered = offered.expect("runs");
    assert!(!String::from_utf8_lossy(&offered.stdout).lines().any(|line| line.starts_with('2')));
    assert!(place.ok(&["list", "--restricted"]).contains(title));
    assert!(place.ok(&["-i", "2", "postmortem", "--restricted"]).contains(title));
    // It stays restricted when it turns out to be a duplicate of what isn't.
    place.ok(&["-i", "2", "cancel", "--because", "duplicate", "--of", "1", "--reason", "same"]);
    assert!(!place.ok(&["timeline", "1"]).contains("director"));
}
