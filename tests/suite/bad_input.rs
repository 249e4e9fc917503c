//! Bad input gets a clear error with the right exit code, and changes nothing.

use super::place::{HIKESHI, Place};
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

/// Text that means harm to a terminal: colours, a title, a C1 control, bidirectional overrides, a bell.
const HOSTILE: &str = "a\u{1b}[31mred\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}evil\u{2066}x<script>alert(1)</script>";

fn assert_harmless(what: &str, text: &str) {
    for (index, letter) in text.char_indices() {
        let own_color = letter == '\u{1b}' && text[index + 1..].starts_with('[') && {
            let end = text[index + 2..].find(|c: char| !(c.is_ascii_digit() || c == ';'));
            // Red is what the hostile text asks for, and what nobody else uses without bold.
            end.is_some_and(|end| text[index + 2 + end..].starts_with('m'))
                && !text[index..].starts_with("\u{1b}[31mred")
        };
        let harmless = letter == '\n'
            || own_color
            || !(letter.is_control()
                || ('\u{202a}'..='\u{202e}').contains(&letter)
                || ('\u{2066}'..='\u{2069}').contains(&letter));
        assert!(harmless, "{what}: {letter:?} at {index} of {text:?}");
    }
}

#[test]
fn hostile_text_never_reaches_a_terminal_raw() {
    for color in ["never", "always"] {
        let place = Place::new();
        let mut printed = Vec::new();
        let mut run = |arguments: &[&str]| {
            let mut all = vec!["--color", color];
            all.extend_from_slice(arguments);
            let ran = place.run(&all);
            printed.push((format!("{arguments:?}"), ran.out + &ran.err));
        };
        run(&["declare", HOSTILE, "--summary", HOSTILE, "--detected-by", HOSTILE, "--category", "outage"]);
        run(&["-i", "1", "note", HOSTILE]);
        run(&["-i", "1", "note", HOSTILE, "--kind", "change", "--pin"]);
        run(&["-i", "1", "link", "add", "chat", HOSTILE]);
        run(&["-i", "1", "assign-role", "tech-lead", "ben", "--scope", HOSTILE, "--handover", HOSTILE]);
        run(&["-i", "1", "assign-role", HOSTILE, "ben"]);
        run(&["-i", "1", "assign-role", "scribe", HOSTILE]);
        run(&["-i", "1", "set", "--service", &format!("+{HOSTILE}")]);
        run(&["-i", "1", "set", "--service", HOSTILE]);
        run(&["-i", "1", "checklist", "add", HOSTILE]);
        run(&["-i", "1", "check", HOSTILE]);
        run(&["-i", "1", "escalate", "--to", "dba", "--reason", HOSTILE]);
        run(&["-i", "1", "mitigate", "--workaround", HOSTILE]);
        run(&["-i", HOSTILE, "show"]);
        run(&["-i", "1", "note", "x", "--at", HOSTILE]);
        run(&["-i", "1", "note", "x", "--kind", HOSTILE]);
        run(&[HOSTILE]);
        for look in ["list", "prompt", "inbox"] {
            run(&[look]);
        }
        for look in ["show", "timeline", "roles", "checklist"] {
            run(&["-i", "1", look]);
        }
        for (what, text) in printed {
            assert_harmless(&what, &text);
        }
        let html = place.ok(&["-i", "1", "postmortem", "--format", "html"]);
        assert!(!html.contains("<script"), "markup stays text");
    }
}

#[test]
fn texts_are_bounded_and_whole() {
    let place = Place::declared();
    let before = place.ok(&["timeline", "1"]);
    for (arguments, input, code) in [
        (vec!["note", "-"], vec![b'x'; 10 * 1024 * 1024], 2),
        (vec!["note", "-"], b"caf\xe9".to_vec(), 2),
        (vec!["note", "-"], b"a\0b".to_vec(), 2),
        (vec!["note", "-"], b" \n\t".to_vec(), 2),
        (vec!["note", "--each-line", "-"], vec![b'x'; 300 * 1024], 2),
        (vec!["declare", "-"], vec![b't'; 2000], 2),
    ] {
        let ran = place.run_with(&arguments, &input);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.out.is_empty(), "{}", ran.err);
    }
    assert_eq!(place.ok(&["timeline", "1"]), before, "nothing was written");
    // A bad line in a stream is named and kept with its bytes written out.
    let ran = place.run_with(&["-q", "note", "--each-line", "-"], b"good\n\xff\xfe\n");
    assert_eq!((ran.code, ran.out.lines().count()), (3, 2), "{}", ran.err);
}

#[test]
fn arguments_that_are_not_utf_8_are_refused() {
    let place = Place::declared();
    let mut command = place.command(&["note"]);
    command.arg(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    let output = command.output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not UTF-8"));
}

#[test]
fn unknown_things_are_named_with_what_to_type_next() {
    let place = Place::declared();
    for (arguments, code, says) in [
        (&["-i", "99", "note", "x"][..], 4, "no incident 99"),
        (&["-i", "x", "show"], 2, "no incident number"),
        (&["assign-role", "scrbe", "ben"], 4, "did you mean scribe"),
        (&["assign-role", "sme", "ben"], 4, "subject-matter-expert"),
        (&["check", "confirm-impct"], 4, "did you mean confirm-impact"),
        (&["escalate", "sev9"], 4, "no severity"),
        (&["note", "x", "--confirms", "zzzz"], 4, "no entry"),
        (&["note", "x", "--at", "25:61"], 2, "does not exist"),
        (&["note", "x", "--at", "tomorrow"], 2, "can't read"),
        (&["note", "x", "--at", "2999-01-01 00:00"], 2, "future"),
        (&["mitigate", "--workaround", "w", "--fix-due", "15"], 2, "no unit"),
        (&["resolve", "12"], 2, "hikeshi -i 12 resolve"),
        (&["declare"], 2, "needs a text"),
        (&["reopen"], 2, "needs a reason"),
        (&["nite", "x"], 2, "did you mean `note`"),
        (&["note", "x", "--knd", "change"], 2, "did you mean `--kind`"),
        (&["playbook", "show", "nothing"], 4, "no playbook"),
    ] {
        let err = place.fails(code, arguments);
        assert!(err.contains(says) && err.contains("error: ") && err.contains("hint: "), "{arguments:?}: {err}");
    }
}

#[test]
fn a_store_that_cannot_be_used_is_named_and_left_as_it_is() {
    let place = Place::new();
    let folder = place.path().join("bad");
    std::fs::create_dir(&folder).expect("made");
    let other = folder.join("other.db");
    rusqlite::Connection::open(&other).expect("made").execute_batch("CREATE TABLE t (a)").expect("made");
    let newer = folder.join("newer.db");
    place.ok(&["--db", newer.to_str().expect("UTF-8"), "declare", "x", "-q"]);
    rusqlite::Connection::open(&newer).expect("opens").execute_batch("PRAGMA user_version = 99").expect("set");
    let text = folder.join("text.db");
    std::fs::write(&text, "not a database, but long enough to look like a file of something ".repeat(20))
        .expect("made");
    for (path, says) in
        [(&other, "another program"), (&newer, "newer hikeshi"), (&text, "not an SQLite file"), (&folder, "a folder")]
    {
        let before = std::fs::read(path).ok();
        for arguments in [&["note", "x", "-i", "1"][..], &["list"], &["declare", "x"]] {
            let mut all = vec!["--db", path.to_str().expect("UTF-8")];
            all.extend_from_slice(arguments);
            let err = place.fails(5, &all);
            assert!(err.contains(says) && err.contains("hint: "), "{err}");
        }
        assert_eq!(std::fs::read(path).ok(), before, "untouched");
    }
}

#[test]
fn a_path_is_a_path_and_nothing_else() {
    let place = Place::new();
    for name in [":memory:", "file:x?mode=memory", "file:y", "x.lock", "x.queue", "a#b?c%41.db"] {
        place.ok(&["--db", name, "declare", "kept", "-q"]);
        assert!(place.ok(&["--db", name, "list"]).contains("kept"), "{name}");
        assert!(place.path().join(name).metadata().expect("a file").len() > 0, "{name}");
    }
    // Opening a pipe would wait for somebody who writes.
    let pipe = place.path().join("pipe");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).expect("a pipe");
    for odd in [pipe.to_str().expect("UTF-8"), "/dev/null"] {
        for arguments in [&["list"][..], &["declare", "x"]] {
            let mut all = vec!["--db", odd];
            all.extend_from_slice(arguments);
            assert!(place.fails(5, &all).contains("not a file"), "{odd}");
        }
    }
}

#[test]
fn file_names_are_shown_and_not_obeyed() {
    let place = Place::declared();
    let folder = "a\u{1b}[31m\u{9b}\u{202e}";
    std::fs::create_dir(place.path().join(folder)).expect("made");
    let file = format!("{folder}/b.md");
    for (arguments, code) in [
        (vec!["postmortem", "-o", &file], 0),
        (vec!["postmortem", "-o", &file], 1),
        (vec!["--json", "postmortem", "-o", &file, "--force"], 0),
        (vec!["--db", &file, "list"], 5),
        (vec!["--db", folder, "list"], 5),
        (vec!["--config", folder, "init"], 0),
        (vec!["--config", folder, "init"], 0),
        (vec!["--config", &file, "init"], 1),
        (vec!["--config", folder, "playbook", "new", "x"], 0),
        (vec!["playbook", "lint", &file], 3),
        (vec!["--json", "playbook", "lint", &file], 3),
        (vec!["man", "--dir", folder], 0),
    ] {
        let ran = place.run(&arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert_harmless(&format!("{arguments:?}"), &(ran.out + &ran.err));
    }
}

#[test]
fn variables_that_say_nothing_keep_nobody_from_recording() {
    let place = Place::new();
    for (name, value) in
        [("HIKESHI_CONFIG", ""), ("HIKESHI_INCIDENT", ""), ("COMPLETE", "1"), ("COMPLETE", "nu\u{1b}sh")]
    {
        let mut command = place.command(&["declare", "x", "-q", "--force"]);
        let ran = command.env(name, value).output().expect("runs");
        assert_eq!(ran.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    let mut command = place.command(&["declare", "x", "-q"]);
    let ran = command.env("HIKESHI_DB", "").output().expect("runs");
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(place.path().join(".local/share/hikeshi/hikeshi.db").exists(), "the default");
    assert!(
        place.fails(2, &["--db", "", "list"]).contains("needs a value"),
        "an option that was given means something"
    );
}

#[test]
fn json_is_json_or_refused() {
    let place = Place::declared();
    for format in ["html", "md"] {
        let err = place.fails(2, &["--json", "postmortem", "--format", format]);
        assert!(err.starts_with("{\"error\":"), "{err}");
    }
    place.json(&["postmortem", "--format", "json"]);
    for quiet in [&["-q", "list"][..], &["-q", "show"], &["-q", "note", "x"], &["-q", "timeline"]] {
        assert!(place.json(quiet).is_object(), "{quiet:?}");
    }
    assert_eq!(place.json(&["postmortem", "--format", "html", "-o", "p.html"])["file"], "p.html");
}

#[test]
fn nothing_asks_without_a_terminal() {
    let place = Place::new();
    for arguments in [&["declare"][..], &["note"], &["resolve"], &["fix"]] {
        let output = Command::new(HIKESHI)
            .env_clear()
            .env("HIKESHI_DB", place.store())
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("ends by itself");
        assert!(matches!(output.status.code(), Some(2 | 4)), "{arguments:?}");
    }
}
