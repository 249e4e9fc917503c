//! Evidence, commands on the record, and what looks like a secret.

use super::place::{HIKESHI, Place};
use expectrl::{Expect, Session};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::Duration;

fn first_id(place: &Place) -> String {
    place.json(&["evidence", "list"])["evidence"][0]["id"].as_str().expect("an id").to_owned()
}

#[test]
fn evidence_is_kept_by_content_with_its_chain_of_custody() {
    let place = Place::declared();
    let file = place.path().join("app.log");
    std::fs::write(&file, "first error\n").expect("written");
    let path = file.to_str().expect("UTF-8");
    place.ok(&["evidence", "add", path, "--source", "db-3", "--witness", "ben", "--collected-at", "10m ago"]);
    place.run_with(&["evidence", "add", "-", "--note", "what ben saw"], "the lights went out\n".as_bytes());
    std::fs::write(&file, "written over later\n").expect("written");
    let id = first_id(&place);
    assert_eq!(place.ok(&["evidence", "cat", &id]), "first error\n", "a copy, not a reference");
    place.ok(&["evidence", "transfer", &id, "--to", "chie", "--reason", "analysis"]);
    place.actor("chie").ok(&["evidence", "transfer", &id, "--to", "dai", "--reason", "second opinion"]);
    let shown = place.ok(&["evidence", "show", &id]);
    for part in
        ["held by aki", "handed from aki to chie: analysis", "held by dai since", "witness: ben", "source: db-3"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    place.ok(&["evidence", "verify"]);
    let mode = std::fs::metadata(place.store().with_extension("evidence")).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let err = place.fails(1, &["evidence", "transfer", &id, "--to", "dai", "--reason", "again"]);
    assert!(err.contains("dai has"), "{err}");
    place.fails(2, &["evidence", "transfer", &id, "--to", "aki"]);
    let folder = place.path().to_str().expect("UTF-8").to_owned();
    let err = place.fails(2, &["evidence", "add", &folder]);
    assert!(err.contains("is no file") && err.contains("tar "), "{err}");
    place.fails(4, &["evidence", "add", "no-such-file"]);
}

#[test]
fn what_changed_or_is_missing_is_named() {
    let place = Place::declared();
    for text in ["one", "two", "three"] {
        place.run_with(&["evidence", "add", "-"], text.as_bytes());
    }
    let list = place.json(&["evidence", "list"]);
    let path = |index: usize| {
        let digest = list["evidence"][index]["sha256"].as_str().expect("a digest");
        place.store().with_extension("evidence").join(&digest[..2]).join(&digest[2..])
    };
    std::fs::remove_file(path(1)).expect("removed");
    std::fs::set_permissions(path(2), std::fs::Permissions::from_mode(0o600)).expect("set");
    std::fs::write(path(2), "THREE").expect("written");
    let ran = place.run(&["evidence", "verify", "--json"]);
    assert_eq!(ran.code, 3);
    let found: Value = serde_json::from_str(&ran.out).expect("a document");
    let conditions: Vec<&str> =
        found["evidence"].as_array().expect("a list").iter().filter_map(|one| one["condition"].as_str()).collect();
    assert_eq!(conditions, ["sound", "missing", "changed"]);
    assert_eq!(place.run(&["doctor"]).code, 3);
    let archive = place.path().join("x.tar");
    let err = place.fails(4, &["evidence", "export", "1", "-o", archive.to_str().expect("UTF-8")]);
    assert!(err.contains("hint: ") && !archive.exists(), "{err}");
}

#[test]
fn an_archive_satisfies_sha256sum_whatever_the_names() {
    let place = Place::declared();
    for name in ["plain.log", "spaced name.log", "障害.log", "back\\slash\nline.log", "-dash", "..hidden"] {
        let file = place.path().join(name);
        std::fs::write(&file, name).expect("written");
        place.ok(&["evidence", "add", &format!("./{name}")]);
    }
    let out = place.path().join("out");
    std::fs::create_dir(&out).expect("made");
    let archive = place.path().join("case.tar");
    place.ok(&["evidence", "export", "1", "-o", archive.to_str().expect("UTF-8")]);
    let unpacked = Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(&out).status().expect("tar runs");
    assert!(unpacked.success());
    let checked = Command::new("sha256sum").args(["-c", "--strict", "manifest.sha256"]).current_dir(&out).output();
    let checked = checked.expect("sha256sum runs");
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success() && said.matches(": OK").count() == 6, "{said}");
    let custody = std::fs::read_to_string(out.join("custody.txt")).expect("read");
    assert!(custody.contains("held by aki since") && !custody.contains('\u{1b}'));
    let err = place.fails(1, &["evidence", "export", "1", "-o", archive.to_str().expect("UTF-8")]);
    assert!(err.contains("exists already"), "{err}");
    let link = place.path().join("link.tar");
    std::os::unix::fs::symlink(place.path().join("elsewhere"), &link).expect("linked");
    place.fails(1, &["evidence", "export", "1", "-o", link.to_str().expect("UTF-8")]);
    assert!(!place.path().join("elsewhere").exists(), "a link is not followed");
}

#[test]
fn redacted_evidence_is_gone() {
    let place = Place::declared();
    place.run_with(&["evidence", "add", "-", "--note", "core dump"], b"the-session-key-of-somebody");
    let id = first_id(&place);
    place.ok(&["redact", &id, "--reason", "personal data"]);
    let left = place.json(&["evidence", "list"]);
    assert_eq!(left["evidence"][0]["redacted"], true);
    let folder = place.store().with_extension("evidence");
    let files: usize = std::fs::read_dir(folder)
        .expect("listed")
        .flatten()
        .map(|entry| std::fs::read_dir(entry.path()).map_or(0, Iterator::count))
        .sum();
    assert_eq!(files, 0);
    place.ok(&["evidence", "verify"]);
    place.ok(&["doctor"]);
}

#[test]
fn a_command_runs_as_typed_and_is_on_the_record() {
    let place = Place::declared();
    let ran = place.run(&["run", "--", "sh", "-c", "echo to-out; echo to-err >&2; exit 7"]);
    assert_eq!((ran.code, ran.out.as_str()), (7, "to-out\n"), "{}", ran.err);
    assert!(ran.err.contains("to-err\n"));
    let entry = place.json(&["timeline", "--kind", "command.run"])["entries"][0].clone();
    assert_eq!(entry["data"]["exit_code"], 7);
    assert!(entry["data"]["host"].is_string() && entry["data"]["folder"].is_string());
    let kept = place.ok(&["evidence", "cat", entry["id"].as_str().expect("an id")]);
    assert!(kept.contains("to-out") && kept.contains("to-err"), "{kept}");
    assert_eq!(place.run(&["run", "--", "no-such-program"]).code, 127);
    assert_eq!(place.run(&["run", "--", "sh", "-c", "kill -9 $$"]).code, 137);
    assert_eq!(place.run_with(&["run", "--", "cat"], b"through\n").out, "through\n");
    let quiet = place.run(&["run", "--no-output", "--", "echo", "not kept"]);
    assert_eq!(quiet.out, "not kept\n");
    let json = place.run(&["run", "--json", "--", "echo", "beside"]);
    assert!(serde_json::from_str::<Value>(&json.out).is_ok() && json.err.contains("beside"), "{}", json.out);
    let entries = place.json(&["timeline", "--kind", "command.run"]);
    assert_eq!(entries["entries"].as_array().map(Vec::len), Some(6));
}

#[test]
fn secrets_are_masked_in_what_is_kept_of_a_command() {
    let place = Place::declared();
    let token = concat!("gh", "p_", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8");
    let ran = place.run(&["run", "--", "sh", "-c", &format!("echo using {token}; echo mysql -p'tr0ub4dor&3'")]);
    assert!(ran.out.contains(token), "what is shown is as it is");
    for file in walk(place.store().parent().expect("a folder")) {
        let bytes = std::fs::read(&file).expect("read");
        let found = bytes.windows(token.len()).any(|window| window == token.as_bytes());
        assert!(!found, "{}", file.display());
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("listed").flatten() {
        if entry.path().is_dir() { found.extend(walk(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}

#[test]
fn a_command_never_waits_for_the_question_which_incident() {
    let place = Place::declared();
    place.ok(&["declare", "Another one", "-q"]);
    let ran = place.run(&["run", "--", "echo", "done all the same"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "done all the same\n"));
    assert!(ran.err.contains("hikeshi inbox file"), "{}", ran.err);
    let item = place.json(&["inbox"])["items"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(place.json(&["inbox"])["items"].as_array().map(Vec::len), Some(1), "its end alone waits");
    place.ok(&["inbox", "file", &item, "-i", "2"]);
    assert!(place.ok(&["timeline", "2"]).contains("echo 'done all the same'"));
}

#[test]
fn a_record_that_fails_changes_nothing_about_the_command() {
    let place = Place::declared();
    let queue = place.store().with_extension("queue");
    std::fs::remove_file(&queue).expect("removed");
    std::fs::create_dir(&queue).expect("made");
    let ran = place.run(&["run", "--", "sh", "-c", "echo ran; exit 3"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, "ran\n"));
    assert!(ran.err.contains("spool"), "{}", ran.err);
    std::fs::remove_dir(&queue).expect("removed");
    place.ok(&["note", "after"]);
    assert!(place.ok(&["timeline"]).contains("exit 3"));
}

/// Whatever kills the program while a command runs, that the command was begun is on the record, and that no end is.
#[test]
fn a_command_whose_watcher_was_killed_is_on_the_record() {
    let place = Place::declared();
    let fifo = place.path().join("began");
    assert!(Command::new("mkfifo").arg(&fifo).status().expect("mkfifo runs").success());
    let script = "echo $$ > began; exec sleep 600";
    let mut watcher = place.command(&["run", "--", "sh", "-c", script]).spawn().expect("starts");
    // Reading waits until the command writes: from then on it runs.
    let pid = std::fs::read_to_string(&fifo).expect("read");
    watcher.kill().expect("killed");
    watcher.wait().expect("ended");
    let killed = Command::new("kill").args(["-9", pid.trim()]).status().expect("kill runs");
    assert!(killed.success(), "the command went on without its watcher");
    for told in [place.ok(&["timeline"]), place.ok(&["show"]), place.ok(&["evidence", "list"])] {
        assert!(told.contains("sleep 600") && told.contains("no end recorded"), "{told}");
    }
    place.lang("ja");
    let told = place.ok(&["timeline"]);
    assert!(told.contains("終了の記録なし"), "{told}");
    place.lang("en");
    let started = place.json(&["timeline", "--kind", "command.started"])["entries"][0].clone();
    assert!(started["ended_by"].is_null() && started["text"].as_str().is_some_and(|text| text.contains("no end")));
    let listed = place.json(&["evidence", "list"]);
    assert_eq!(listed["unfinished"][0]["id"], started["id"], "{listed}");
    place.ok(&["verify"]);
    place.ok(&["doctor"]);
    // Where the incident is not clear, the inbox has it.
    place.ok(&["declare", "Another one", "-q"]);
    let mut watcher = place.command(&["run", "--", "sh", "-c", script]).spawn().expect("starts");
    let pid = std::fs::read_to_string(&fifo).expect("read");
    watcher.kill().expect("killed");
    watcher.wait().expect("ended");
    assert!(Command::new("kill").args(["-9", pid.trim()]).status().expect("kill runs").success());
    let item = place.json(&["inbox"])["items"][0]["id"].as_str().expect("an id").to_owned();
    place.ok(&["inbox", "file", &item, "-i", "2"]);
    let told = place.ok(&["timeline", "2"]);
    assert!(told.contains("sleep 600") && told.contains("no end recorded"), "{told}");
}

#[test]
fn a_command_that_ended_is_told_once() {
    let place = Place::declared();
    place.ok(&["run", "--", "echo", "told-once"]);
    for told in [place.ok(&["timeline"]), place.ok(&["show"]), place.ok(&["search", "told-once"])] {
        assert_eq!(told.matches("told-once").count(), 1, "{told}");
        assert!(!told.contains("no end"), "{told}");
    }
    assert_eq!(place.ok(&["postmortem"]).matches("$ echo told-once").count(), 1);
    assert_eq!(place.ok(&["timeline", "--full"]).matches("told-once").count(), 2);
    let end = place.json(&["timeline", "--kind", "command.run"])["entries"][0].clone();
    let start = place.json(&["timeline", "--kind", "command.started"])["entries"][0].clone();
    assert!(end["id"].as_str().is_some_and(|id| start["ended_by"].as_str().is_some_and(|by| by.starts_with(id))));
    assert_eq!(place.json(&["evidence", "list"])["unfinished"], serde_json::json!([]));
    // With the same key it runs again, and nothing is recorded of it.
    for _ in 0..2 {
        assert_eq!(place.run(&["run", "--key", "k", "--", "echo", "again"]).out, "again\n");
    }
    let all = place.json(&["timeline", "--kind", "command"])["entries"].as_array().map(Vec::len);
    assert_eq!(all, Some(4));
    // Taken back and redacted are both of its entries.
    place.ok(&["undo"]);
    assert!(!place.ok(&["timeline", "--kind", "command"]).contains("no end recorded"));
    place.ok(&["redact", end["id"].as_str().expect("an id"), "--reason", "a secret"]);
    assert!(!place.ok(&["timeline", "--full"]).contains("told-once"));
}

/// On a terminal the command sees a terminal, and Ctrl-C ends it without ending the record.
#[test]
fn on_a_terminal_it_is_the_commands_terminal() {
    let place = Place::declared();
    let mut command = Command::new(HIKESHI);
    command.env_clear().env("HOME", place.path()).env("HIKESHI_DB", place.store()).env("TERM", "xterm");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HIKESHI_ACTOR", "aki");
    // A shell may lose a signal that comes before it waits; what echoes a line once more than the terminal does waits
    // for the next one, and is no shell any more.
    command.args(["run", "--", "sh", "-c", "test -t 0 && test -t 1 && test -t 2 && echo begun && exec cat"]);
    let mut session = Session::spawn(command).expect("starts");
    session.set_expect_timeout(Some(Duration::from_mins(1)));
    session.expect("begun").expect("a terminal on every stream");
    session.send("all-terminals\r").expect("typed");
    session.expect("all-terminals").expect("the terminal's echo");
    session.expect("all-terminals").expect("the command's own");
    session.send("\u{3}").expect("Ctrl-C");
    session.expect("signal 2").expect("the record is made");
    session.expect(expectrl::Eof).expect("and it ends");
    let status = session.get_process().wait().expect("ended");
    assert!(format!("{status:?}").contains("130"), "{status:?}");
    let entry = place.json(&["timeline", "--kind", "command.run"])["entries"][0].clone();
    assert_eq!(entry["data"]["signal"], 2);
    let kept = place.ok(&["evidence", "cat", entry["id"].as_str().expect("an id")]);
    assert!(kept.contains("all-terminals"));
}

#[test]
fn what_looks_like_a_secret_is_told_or_refused() {
    let place = Place::declared();
    let text = concat!("export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRf", "iCYq9dKx2mLpT0sVz");
    let ran = place.run(&["note", text]);
    assert!(ran.code == 0 && ran.err.contains("hikeshi redact"), "{}", ran.err);
    let err = place.fails(1, &["note", text, "--strict-secrets"]);
    assert!(err.contains("looks like a secret"), "{err}");
    let quiet = place.run(&["note", text, "--allow-secrets"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    let policy = place.path().join(".config/hikeshi");
    std::fs::create_dir_all(&policy).expect("made");
    std::fs::write(policy.join("policy.toml"), "schema = 1\nstrict_secrets = true\n").expect("written");
    place.fails(1, &["note", text]);
    place.fails(1, &["resolve", text]);
    place.ok(&["note", "rotated the password of the database, sha 3f2a9c1d9f86d081884c7d659a2feaa0c55ad015"]);
}

#[test]
fn a_command_whose_reader_goes_away_ends() {
    let place = Place::declared();
    let mut command = Command::new("sh");
    command.args(["-c", r#""$0" run -- yes | head -1"#, HIKESHI]).env("HIKESHI_DB", place.store());
    let output = command.env("HIKESHI_ACTOR", "aki").output().expect("ends by itself");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "y\n");
    assert!(place.ok(&["timeline"]).contains("$ yes"));
}

#[test]
fn a_result_that_cannot_be_printed_is_a_failure() {
    let place = Place::declared();
    let full = std::fs::File::options().write(true).open("/dev/full").expect("opens");
    let status = place.command(&["verify", "--head"]).stdout(full).status().expect("runs");
    assert_eq!(status.code(), Some(5));
}

#[test]
fn a_backup_made_after_a_redaction_has_no_such_evidence() {
    let place = Place::declared();
    place.run_with(&["evidence", "add", "-"], b"personal data");
    place.ok(&["backup", "b.db", "--keep", "2"]);
    let id = first_id(&place);
    place.ok(&["redact", &id, "--reason", "personal data"]);
    place.ok(&["backup", "b.db", "--keep", "2"]);
    assert_eq!(walk(&place.path().join("b.evidence")), Vec::<std::path::PathBuf>::new());
}
