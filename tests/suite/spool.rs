//! Nothing lost: whatever keeps the store from being written, the words are safe, come in once, and in order.

use super::place::{Mount, Place};
use serde_json::Value;
use std::fs::{File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

fn notes(place: &Place, db: &str) -> Vec<String> {
    let entries = place.json(&["--db", db, "timeline", "1", "--kind", "note"]);
    let text = |entry: &Value| entry["text"].as_str().expect("a text").to_owned();
    entries["entries"].as_array().expect("a list").iter().map(text).collect()
}

fn spooled(place: &Place, arguments: &[&str]) -> Value {
    let document = place.json(arguments);
    assert_eq!(document["spooled"], true, "{document}");
    assert_eq!(document["ref"], Value::Null);
    document
}

#[test]
fn on_a_full_disk_commands_wait_elsewhere_and_come_in_once_and_in_order() {
    let place = Place::new();
    let at = place.path().join("small");
    let Some(mount) = Mount::tmpfs(&at, "size=1m") else {
        return; // Only root may mount; the other causes are tested without.
    };
    let db = at.join("hikeshi.db");
    let db = db.to_str().expect("UTF-8");
    place.ok(&["--db", db, "declare", "small disk", "-q"]);
    std::fs::write(at.join("fill"), vec![7; 2 << 20]).expect_err("full");
    let mut written = Vec::new();
    for number in 0..4 {
        let text = format!("while full {number}");
        let ran = place.run(&["--db", db, "note", &text]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        written.push(text);
    }
    let lines = "line one\nline two\n";
    let ran = place.run_with(&["--db", db, "-i", "1", "note", "--each-line", "-"], lines.as_bytes());
    assert!(ran.code == 0 && ran.err.contains("spool"), "{}", ran.err);
    written.extend(["line one".to_owned(), "line two".to_owned()]);
    let declared = spooled(&place, &["--db", db, "declare", "second"]);
    let name = declared["provisional"].as_str().expect("a name").to_owned();
    spooled(&place, &["--db", db, "-i", &name, "note", "about the second"]);
    let looked = place.run(&["--db", db, "timeline", "1"]);
    assert!(looked.code == 0 && looked.err.contains("wait in the spool"), "{}", looked.err);
    std::fs::remove_file(at.join("fill")).expect("removed");
    let ran = place.run(&["--db", db, "-i", "1", "note", "room again"]);
    assert!(ran.code == 0 && ran.err.contains("brought in"), "{}", ran.err);
    written.push("room again".to_owned());
    let kept: Vec<String> = notes(&place, db).into_iter().filter(|text| written.contains(text)).collect();
    assert_eq!(kept, written, "each once, in order");
    let second = place.ok(&["--db", db, "-i", &name, "timeline"]);
    assert!(second.contains("about the second"), "the provisional name still leads there: {second}");
    place.ok(&["--db", db, "verify"]);
    if mount.again("ro") {
        spooled(&place, &["--db", db, "-i", "1", "note", "while read-only"]);
        assert!(place.ok(&["--db", db, "list"]).contains("small disk"), "it can still be read");
        assert!(mount.again("rw"));
        place.ok(&["--db", db, "-i", "1", "note", "writable again"]);
        assert!(notes(&place, db).contains(&"while read-only".to_owned()));
    }
    drop(mount);
}

#[test]
fn where_nothing_durable_can_be_written_the_command_to_repeat_is_told() {
    let place = Place::new();
    let at = place.path().join("small");
    let Some(mount) = Mount::tmpfs(&at, "size=1m") else {
        return;
    };
    let db = at.join("hikeshi.db");
    place.ok(&["--db", db.to_str().expect("UTF-8"), "declare", "small disk", "-q"]);
    std::fs::write(at.join("fill"), vec![7; 2 << 20]).expect_err("full");
    let mut command = place.command(&["--db", db.to_str().expect("UTF-8"), "note", "it's gone"]);
    // The state lies in memory too: after a power cut nothing would be there.
    let output = command.env("XDG_STATE_HOME", at.join("state")).output().expect("runs");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{err}");
    assert!(err.contains("note 'it'\\''s gone' --at 2026-11-20T05:00:"), "{err}");
    drop(mount);
}

#[test]
fn a_folder_that_cannot_be_written_does() {
    // Root may write everywhere; a folder in the way of the lock stands for it.
    let place = Place::declared();
    let queue = place.store().with_extension("queue");
    std::fs::remove_file(&queue).expect("removed");
    std::fs::create_dir(&queue).expect("made");
    spooled(&place, &["note", "in the way"]);
    std::fs::remove_dir(&queue).expect("removed");
    place.ok(&["note", "out of the way"]);
    assert_eq!(notes(&place, place.store().to_str().expect("UTF-8")), ["in the way", "out of the way"]);
}

#[test]
fn a_lock_that_is_held_past_the_wait_does() {
    let place = Place::declared();
    let queue = File::options().write(true).open(place.store().with_extension("queue")).expect("opens");
    queue.lock().expect("locked");
    spooled(&place, &["note", "while locked"]);
    drop(queue);
    place.ok(&["note", "afterwards"]);
    assert_eq!(notes(&place, place.store().to_str().expect("UTF-8")), ["while locked", "afterwards"]);
}

#[test]
fn a_torn_header_does_and_salvage_brings_everything_over() {
    let place = Place::declared();
    place.ok(&["note", "before"]);
    let sound = std::fs::read(place.store()).expect("read");
    let mut torn = sound.clone();
    torn[..100].fill(0xa5);
    std::fs::write(place.store(), &torn).expect("written");
    spooled(&place, &["note", "while torn"]);
    let err = place.fails(5, &["show"]);
    assert!(err.contains("hint: "), "{err}");
    let doctor = place.run(&["doctor"]);
    assert!(doctor.code == 3 && doctor.out.contains("--salvage"), "{}", doctor.out);
    let saved = place.path().join("saved.db");
    let saved = saved.to_str().expect("UTF-8");
    place.ok(&["doctor", "--salvage", saved]);
    assert_eq!(notes(&place, saved), ["before"]);
    place.ok(&["--db", saved, "verify"]);
    assert_eq!(std::fs::read(place.store()).expect("read"), torn, "the damaged one is untouched");
    std::fs::write(place.store(), &sound).expect("written");
    place.ok(&["note", "mended"]);
    assert_eq!(notes(&place, place.store().to_str().expect("UTF-8")), ["before", "while torn", "mended"]);
}

/// Makes the store unwritable for as long as the work takes.
fn torn<T>(place: &Place, work: impl FnOnce() -> T) -> T {
    let sound = std::fs::read(place.store()).expect("read");
    let mut torn = sound.clone();
    torn[..100].fill(0xa5);
    std::fs::write(place.store(), &torn).expect("written");
    let done = work();
    std::fs::write(place.store(), &sound).expect("written");
    done
}

fn spool_files(place: &Place) -> Vec<std::path::PathBuf> {
    let folder = place.store().with_extension("spool");
    std::fs::read_dir(folder).expect("a spool").flatten().map(|entry| entry.path()).collect()
}

#[test]
fn what_a_rule_then_refuses_stays_visible() {
    let place = Place::declared();
    place.ok(&["resolve", "done"]);
    let store = place.store();
    let db = store.to_str().expect("UTF-8");
    torn(&place, || {
        spooled(&place, &["-i", "1", "mitigate", "--workaround", "too late for that"]);
        spooled(&place, &["-i", "77", "note", "for whom"]);
    });
    let ran = place.run(&["-i", "1", "note", "after"]);
    assert!(ran.err.contains("refused") && ran.err.contains("hikeshi inbox"), "{}", ran.err);
    let inbox = place.ok(&["inbox"]);
    assert!(inbox.contains("too late for that") && inbox.contains("for whom"), "{inbox}");
    assert_eq!(notes(&place, db), ["after"]);
}

#[test]
fn a_crash_between_the_commit_and_the_removal_doubles_nothing() {
    let place = Place::declared();
    torn(&place, || spooled(&place, &["-i", "1", "note", "only once"]));
    let kept: Vec<_> =
        spool_files(&place).into_iter().map(|path| (std::fs::read(&path).expect("read"), path)).collect();
    assert_eq!(kept.len(), 1);
    place.ok(&["note", "brings it in"]);
    // As if the program had died before it could remove the file.
    std::fs::write(&kept[0].1, &kept[0].0).expect("written");
    place.ok(&["note", "again"]);
    assert_eq!(notes(&place, place.store().to_str().expect("UTF-8")), ["only once", "brings it in", "again"]);
    assert!(spool_files(&place).is_empty());
}

#[test]
fn a_torn_or_foreign_file_in_the_spool_is_told_and_left() {
    let place = Place::declared();
    torn(&place, || spooled(&place, &["-i", "1", "note", "cut off"]));
    let path = spool_files(&place).pop().expect("one");
    let bytes = std::fs::read(&path).expect("read");
    std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("cut");
    let ran = place.run(&["note", "goes on"]);
    assert!(ran.code == 0 && ran.err.contains("can't be read"), "{}", ran.err);
    assert!(path.exists());
    assert_eq!(place.run(&["doctor"]).code, 3);
}

#[test]
fn the_spool_is_no_way_in() {
    let place = Place::declared();
    let folder = place.store().with_extension("spool");
    let elsewhere = place.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).expect("made");
    std::os::unix::fs::symlink(&elsewhere, &folder).expect("linked");
    torn(&place, || spooled(&place, &["-i", "1", "note", "not through a link"]));
    assert_eq!(std::fs::read_dir(&elsewhere).expect("listed").count(), 0, "a link is not followed");
    std::fs::remove_file(&folder).expect("removed");
    torn(&place, || spooled(&place, &["-i", "1", "note", "private"]));
    let mode = |path: &Path| path.metadata().expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for path in spool_files(&place) {
        assert_eq!(mode(&path), 0o600);
    }
    std::fs::set_permissions(&folder, Permissions::from_mode(0o700)).expect("set");
    place.ok(&["note", "after"]);
}

/// What only the write-ahead log holds is read too where nothing can be written.
#[test]
fn a_store_on_a_read_only_disk_is_read_with_its_log() {
    let place = Place::declared();
    let at = place.path().join("medium");
    let Some(mount) = Mount::tmpfs(&at, "size=4m") else {
        return;
    };
    // Somebody else holds the store open, so that the log is not written into the file.
    let reader = rusqlite::Connection::open(place.store()).expect("opens");
    reader.execute_batch("BEGIN; SELECT count(*) FROM log").expect("a snapshot");
    place.ok(&["note", "only in the log"]);
    for ending in ["", "-wal"] {
        let from = format!("{}{ending}", place.store().display());
        std::fs::copy(from, at.join(format!("h.db{ending}"))).expect("copied");
    }
    assert!(mount.again("ro"));
    let db = at.join("h.db");
    assert_eq!(notes(&place, db.to_str().expect("UTF-8")), ["only in the log"]);
    drop(mount);
}

#[test]
fn a_note_beside_a_waiting_declaration_is_not_guessed() {
    let place = Place::declared();
    torn(&place, || {
        spooled(&place, &["declare", "a newer one"]);
        spooled(&place, &["note", "for which of the two?"]);
    });
    place.ok(&["-i", "1", "note", "after"]);
    assert_eq!(notes(&place, place.store().to_str().expect("UTF-8")), ["after"]);
    assert!(place.ok(&["inbox"]).contains("for which of the two?"));
}

#[test]
fn a_key_that_stands_for_other_words_in_the_inbox_is_refused() {
    let place = Place::new();
    place.fails(4, &["note", "first", "--key", "A"]);
    let err = place.fails(1, &["note", "second", "--key", "A"]);
    assert!(err.contains("used for another request"), "{err}");
    let err = place.fails(4, &["-i", "77", "note", "no such incident"]);
    assert!(err.contains("your words are kept"), "{err}");
    let inbox = place.ok(&["inbox"]);
    assert!(inbox.contains("first") && inbox.contains("no such incident") && !inbox.contains("second"), "{inbox}");
}

/// Writes a spool file anew with its command changed, its first line right about it.
fn change(path: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    use sha2::Digest;
    let bytes = std::fs::read(path).expect("read");
    let end = bytes.iter().position(|byte| *byte == b'\n').expect("a first line");
    let mut command: serde_json::Value = serde_json::from_slice(&bytes[end + 1..]).expect("JSON");
    change(&mut command);
    let body = serde_json::to_vec(&command).expect("JSON");
    let digest: String = sha2::Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
    std::fs::write(path, [format!("hikeshi-spool 1 {digest}\n").as_bytes(), &body].concat()).expect("written");
}

#[test]
fn one_bad_command_blocks_none_behind_it_and_stays_visible() {
    use serde_json::json;
    type Change = fn(&mut serde_json::Value);
    let bad: [(&str, Change); 6] = [
        ("given at the end of time", |command| command["request"]["stamp"]["now"] = json!(i64::MAX)),
        ("given before all time", |command| command["request"]["stamp"]["now"] = json!(i64::MIN)),
        ("given by a name without end", |command| command["request"]["stamp"]["actor"] = json!("x".repeat(100_000))),
        ("under a key without end", |command| command["request"]["key"] = json!("x".repeat(100_000))),
        ("on nothing that there is", |command| {
            command["request"]["subject"] = json!({ "Incident": "00000000-0000-0000-0000-000000000009" });
        }),
        ("happened at the end of time", |command| {
            command["request"]["at"] =
                json!({ "at": i64::MAX, "approximate": false, "zone": null, "typed": "x", "date_assumed": false });
        }),
    ];
    for (what, alter) in bad {
        let place = Place::declared();
        torn(&place, || {
            spooled(&place, &["-i", "1", "note", "the bad one"]);
            spooled(&place, &["-i", "1", "note", "behind it"]);
        });
        let mut files = spool_files(&place);
        files.sort();
        change(&files[0], alter);
        let ran = place.run(&["-i", "1", "note", "after"]);
        assert!(ran.code == 0 && ran.err.contains("refused"), "{what}: {}", ran.err);
        assert_eq!(notes(&place, place.store().to_str().expect("UTF-8")), ["behind it", "after"], "{what}");
        assert!(place.ok(&["inbox"]).contains("the bad one"), "{what}");
        assert!(spool_files(&place).is_empty(), "{what}");
        place.ok(&["verify"]);
        place.ok(&["declare", "goes on"]);
        place.ok(&["doctor"]);
    }
}

/// A record that can't be read any more stops what is about it, and nothing else.
#[test]
fn a_command_that_the_store_itself_cannot_carry_out_blocks_none_behind_it() {
    let place = Place::declared();
    place.ok(&["declare", "second one"]);
    torn(&place, || {
        spooled(&place, &["-i", "2", "mitigate", "--workaround", "on what can't be read"]);
        spooled(&place, &["-i", "1", "note", "behind it"]);
    });
    let file = rusqlite::Connection::open(place.store()).expect("opens");
    file.execute("UPDATE incidents SET state = x'00' WHERE number = 2", []).expect("damaged");
    drop(file);
    let ran = place.run(&["-i", "1", "note", "after"]);
    assert!(ran.code == 0 && ran.err.contains("refused"), "{}", ran.err);
    assert_eq!(notes(&place, place.store().to_str().expect("UTF-8")), ["behind it", "after"]);
    assert!(place.ok(&["inbox"]).contains("on what can't be read"));
    place.ok(&["doctor", "--rebuild"]);
    place.ok(&["verify"]);
}

/// Where SQLite gets no shared memory, the file system is at fault and not the file.
#[test]
fn a_file_system_without_shared_memory_is_named_with_the_cure() {
    let place = Place::declared();
    place.ok(&["note", "before"]);
    // What such a file system answers when the file is opened, whatever it is.
    let shared = std::path::PathBuf::from(format!("{}-shm", place.store().display()));
    drop(std::fs::remove_file(&shared));
    std::fs::create_dir(&shared).expect("made");
    std::fs::set_permissions(&shared, Permissions::from_mode(0o600)).expect("set");
    let found = Command::new("stat").args(["-f", "-c", "%T"]).arg(place.path()).output().expect("runs");
    let known =
        String::from_utf8_lossy(&found.stdout).trim().replace("ext2/ext3", "ext4").replace("overlayfs", "overlay");
    for (lang, cure) in [("en", "local disk"), ("ja", "ローカルディスク")] {
        let doctor = place.lang(lang).run(&["doctor"]);
        let said = format!("{}{}", doctor.out, doctor.err);
        assert!(doctor.code == 3 && said.contains(cure) && said.contains("HIKESHI_DB"), "{said}");
        assert!(said.contains(&known) && !said.contains("salvage") && !said.contains("restore"), "{known}: {said}");
    }
    let json = place.lang("en").run(&["doctor", "--json"]);
    assert!(json.out.contains("local disk"), "{}", json.out);
    assert!(place.ok(&["timeline", "1"]).contains("before"), "it can still be read");
    spooled(&place, &["-i", "1", "note", "meanwhile"]);
    std::fs::remove_dir(&shared).expect("removed");
    place.ok(&["-i", "1", "note", "on a local disk"]);
    let store = place.store();
    assert_eq!(notes(&place, store.to_str().expect("UTF-8")), ["before", "meanwhile", "on a local disk"]);
    place.ok(&["doctor"]);
}
