//! Commands and files.

use super::{DELIVERED, NOW, SHORT, channel, failed, message, sent};
use crate::incident::localized::Lang;
use crate::notify::send;
use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

fn command(script: &str) -> String {
    let mut toml = "id = 'pager'\nkind = 'command'\nto = ['+81-3', '+81-6']\ncommand = ['sh', '-c', ".to_owned();
    let _ = write!(toml, "{}, 'sh', \"$HOME; * ' x\"]", toml::Value::String(script.to_owned()));
    toml
}

fn file(path: &Path) -> String {
    format!("id = 'log'\nkind = 'file'\npath = '{}'", path.display())
}

#[test]
fn a_command_gets_everything_and_no_shell_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out");
    let script = format!(
        "{{ printf '%s|' \"$1\" \"$HIKESHI_MESSAGE_ID\" \"$HIKESHI_INCIDENT\" \"$HIKESHI_CHANNEL\" \
         \"$HIKESHI_SUBJECT\" \"$HIKESHI_RECIPIENTS\" \"$HIKESHI_LANG\"; cat; }} > {}",
        path.display()
    );
    let mut message = message();
    message.text = "障".repeat(100_000);
    message.lang = Lang::Ja;
    assert_eq!(sent(&command(&script), &message), DELIVERED);
    let out = std::fs::read_to_string(path).expect("written");
    let expected =
        "$HOME; * ' x|01890a5d-ac96-774b-bcce-b302099a8057|12|pager|Checkout is down|+81-3\n+81-6|ja|".to_owned();
    assert_eq!(out, expected + &message.text);
}

#[test]
fn a_failing_command_gives_its_last_words() {
    let outcome = sent(&command("echo first >&2; echo 'no route to pager' >&2; echo >&2; exit 7"), &message());
    assert_eq!(failed(&outcome), ("exit code 7: no route to pager", false, false));
    // It does not read its input, says much and leaves somebody behind who holds its output.
    let begun = Instant::now();
    let outcome = sent(&command("sleep 60 & yes 2>&1 | head -c 300000 >&2; exit 0"), &message());
    assert_eq!(outcome, DELIVERED);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    let missing = sent("id = 'a'\nkind = 'command'\ncommand = ['/nowhere/pager']", &message());
    assert!(matches!(failed(&missing), (reason, false, false) if reason.starts_with("/nowhere/pager could not")));
    assert!(matches!(failed(&sent(&command("kill -9 $$"), &message())), ("ended by signal 9", false, true)));
}

#[test]
fn a_command_that_hangs_is_ended_with_its_children() {
    // given a command that forks children that hold its output and would write later
    let folder = tempfile::tempdir().expect("a folder");
    let [pid, go, late] = ["pid", "go", "late"].map(|name| folder.path().join(name));
    let wait = format!("while ! test -e {}; do sleep 0.02; done; touch {}", go.display(), late.display());
    let script = format!("sh -c 'echo $$ > {0}.new; mv {0}.new {0}; {wait}' & sleep 600", pid.display());
    // when its time is over, which has to be long enough for it to begin at all
    let mut time = SHORT;
    let child: i32 = loop {
        let begun = Instant::now();
        let outcome = send(&channel(&command(&script)), &message(), time, NOW);
        // then it and they are gone, and what it did is not known
        assert_eq!(failed(&outcome), ("took too long and was ended", false, true));
        assert!(begun.elapsed() < time * 20, "{:?}", begun.elapsed());
        if let Ok(text) = std::fs::read_to_string(&pid) {
            break text.trim().parse().expect("a number");
        }
        time *= 2;
    };
    let until = Instant::now() + Duration::from_mins(1);
    let runs = || {
        let state = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        state.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim().starts_with('Z'))
    };
    while runs() {
        assert!(Instant::now() < until, "the child is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::fs::write(&go, "").expect("written");
    assert!(!late.exists());
}

#[test]
fn a_file_gets_one_line_for_each_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log.jsonl");
    let mut hostile = message();
    hostile.text = "a\nb\"\u{0}".to_owned();
    assert_eq!(sent(&file(&path), &message()), DELIVERED);
    assert_eq!(sent(&file(&path), &hostile), DELIVERED);
    assert_eq!(path.metadata().expect("there").permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).expect("read");
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["text"], "We are looking into it.");
    assert_eq!(lines[0]["at"], "2026-11-20T05:05:00.000Z");
    assert_eq!(lines[1]["text"], "a\nb\"\u{0}");
}

#[test]
fn a_line_that_was_cut_short_spoils_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log.jsonl");
    std::fs::write(&path, "{\"schema\":1,\"te").expect("written");
    assert_eq!(sent(&file(&path), &message()), DELIVERED);
    let text = std::fs::read_to_string(&path).expect("read");
    let last: serde_json::Value = serde_json::from_str(text.lines().last().expect("a line")).expect("JSON");
    assert_eq!((text.lines().count(), &last["incident"]), (2, &serde_json::json!(12)));
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log.jsonl");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..5).for_each(|_| assert_eq!(sent(&file(&path), &message()), DELIVERED)));
        }
    });
    let text = std::fs::read_to_string(&path).expect("read");
    assert_eq!(text.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count(), 40);
}

#[test]
fn links_pipes_and_folders_are_no_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let (link, target, pipe) = (folder.path().join("link"), folder.path().join("target"), folder.path().join("pipe"));
    std::os::unix::fs::symlink(&target, &link).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    for path in [link.as_path(), pipe.as_path(), folder.path()] {
        let outcome = sent(&file(path), &message());
        let reason = format!("{} is a link or no file", path.display());
        assert_eq!(failed(&outcome), (&*reason, true, false));
    }
    assert!(!target.exists());
    let nowhere = sent(&file(&folder.path().join("none/log")), &message());
    assert!(matches!(failed(&nowhere), (reason, false, false) if reason.contains("No such file")), "{nowhere:?}");
    let full = sent("id = 'a'\nkind = 'file'\npath = '/dev/full'", &message());
    assert!(failed(&full).1);
}
