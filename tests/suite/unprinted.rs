//! Results that can't be printed: what was recorded is recorded, what was asked for was not seen.

use super::place::{HIKESHI, Place, Ran};
use std::fs::File;
use std::process::{Command, Stdio};

/// Runs with a standard output on which nothing can be written.
fn to_full(place: &Place, arguments: &[&str]) -> Ran {
    let full = File::options().write(true).open("/dev/full").expect("opens");
    let child = place.command(arguments).stdout(full).stderr(Stdio::piped()).spawn().expect("starts");
    child.wait_with_output().expect("ends").into()
}

#[test]
fn what_was_recorded_is_told_beside_the_results_and_is_no_failure() {
    let place = Place::declared();
    for arguments in [
        &["note", "x"][..],
        &["note", "x", "-q"],
        &["note", "x", "--json"],
        &["update", "All is well.", "--audience", "staff", "--sent-by-hand"],
        &["declare", "Another one", "--force"],
        &["-i", "1", "mitigate", "--workaround", "restart"],
        &["contact", "add", "ben", "--reach", "ben@example.com"],
        &["-i", "1", "evidence", "add", "data/hikeshi.db"],
        &["-i", "1", "undo"],
        &["backup", "b.db"],
    ] {
        let ran = to_full(&place, arguments);
        assert_eq!(ran.code, 0, "{arguments:?}\n{}", ran.err);
        assert!(ran.err.contains("it is recorded") && ran.err.contains("No space left"), "{arguments:?}\n{}", ran.err);
    }
    let noted = to_full(&place, &["-i", "1", "-q", "note", "once"]);
    let id = noted.err.lines().next().expect("the id").to_owned();
    let entry = &place.json(&["timeline", "1"])["entries"];
    let last = entry.as_array().and_then(|entries| entries.last()).expect("one");
    assert_eq!((last["id"].as_str(), last["text"].as_str()), (Some(id.as_str()), Some("once")));
    place.lang("ja");
    let ran = to_full(&place, &["-i", "1", "note", "x"]);
    assert!(ran.code == 0 && ran.err.contains("記録済みです"), "{}", ran.err);
}

#[test]
fn what_waits_in_the_spool_is_no_failure_either() {
    let place = Place::declared();
    let queue = place.store().with_extension("queue");
    std::fs::remove_file(&queue).expect("removed");
    std::fs::create_dir(&queue).expect("made");
    let ran = to_full(&place, &["note", "kept"]);
    assert!(ran.code == 0 && ran.err.contains("spool"), "{}", ran.err);
    std::fs::remove_dir(&queue).expect("removed");
    place.ok(&["note", "after"]);
    assert!(place.ok(&["timeline"]).contains("kept"));
}

#[test]
fn a_question_whose_answer_was_not_seen_has_failed() {
    let place = Place::declared();
    for arguments in
        [&["show"][..], &["list"], &["timeline"], &["due"], &["verify"], &["doctor"], &["inbox"], &["search", "api"]]
    {
        let ran = to_full(&place, arguments);
        assert_eq!(ran.code, 5, "{arguments:?}\n{}", ran.err);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::declared();
    for line in ["timeline", "-i 1 note once more", "list --json"] {
        let mut command = Command::new("bash");
        let script = format!("set -o pipefail; \"$0\" {line} | true; echo \"${{PIPESTATUS[0]}}\"");
        command.args(["-c", &script, HIKESHI]).env("HIKESHI_DB", place.store()).env("HIKESHI_ACTOR", "aki");
        let output = command.output().expect("runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "0", "{line}");
    }
    assert!(place.ok(&["timeline"]).contains("once more"));
}
