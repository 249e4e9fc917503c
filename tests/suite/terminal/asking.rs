//! Questions: digits and arrows pick, letters never do; what is asked, when, and of whom.

use super::{Place, Terminal, notes};

fn two() -> Place {
    let place = Place::declared();
    place.ok(&["declare", "second", "-q"]);
    place
}

#[test]
fn declare_asks_the_title_first_and_offers_to_join_after_it() {
    let place = Place::new();
    let mut terminal = Terminal::start(&place, &["declare"]);
    terminal.says("what is wrong?").types("Payments failing\r");
    terminal.says("how bad is it?").says("number [2]").types("\r");
    terminal.says("what kind?").says("number [1]").types("\r");
    terminal.says("services it hits").types("pay, web\r");
    terminal.says("how many customers?").says("number [1]").types("\r");
    terminal.says("#1").says("playbook:");
    assert_eq!(terminal.ends(), Some(0));
    let shown = place.json(&["show"]);
    assert_eq!(shown["incident"]["services"], serde_json::json!(["pay", "web"]));
    assert_eq!(shown["incident"]["severity"], "sev2", "the default is the policy's");

    let mut terminal = Terminal::start(&place, &["declare"]);
    terminal.says("what is wrong?").types("payments fail\r");
    terminal.says("join one of these instead?").says("number [0]").types("\u{1b}[B\r");
    terminal.says("who does what").says("hikeshi -i 1 note 'payments fail'");
    terminal.ends();
    assert_eq!(place.ok(&["list", "-q"]), "1\n", "none was opened beside it");
}

#[test]
fn no_letter_of_a_title_joins_another_incident() {
    let place = Place::declared();
    let mut terminal = Terminal::start(&place, &["declare"]);
    terminal.says("what is wrong?").types("k8s api down\r");
    // Somebody types on where a menu is.
    terminal.says("join one of these instead?").says("number [0]").types("k j q\r");
    terminal.says("there is no `k j q` here").says("number: ").types("\r");
    terminal.says("type one of").types("0\r");
    terminal.says("how bad is it?").says("number [2]").types("1\r");
    terminal.says("what kind?").says("number [1]").types("\r");
    terminal.says("services it hits").types("\r");
    terminal.says("how many customers?").says("number [1]").types("\r");
    assert_eq!(terminal.ends(), Some(0), "{}", terminal.heard());
    let shown = place.json(&["show", "2"]);
    assert_eq!(shown["incident"]["title"], "k8s api down");
    assert_eq!(shown["incident"]["severity"], "sev1");
    assert_eq!(notes(&place, "1"), Vec::<String>::new());
}

#[test]
fn digits_pick_an_incident_and_unknown_keys_never_let_enter_decide() {
    for (keys, number) in [("2\r", "2"), ("#2\r", "2"), ("２\r", "2"), ("\u{1b}[B\r", "2"), ("\r", "1"), ("1\r", "1")]
    {
        let place = two();
        let mut terminal = Terminal::start(&place, &["note", "for that one"]);
        terminal.says("which incident?").says("number [1]").types(keys);
        terminal.says("noted: for that one");
        assert_eq!(terminal.ends(), Some(0));
        assert_eq!(notes(&place, number), ["for that one"], "{keys:?}");
    }
    for keys in ["k", "j", " ", "x2", "\u{1b}[15~", "\t"] {
        let place = two();
        let mut terminal = Terminal::start(&place, &["note", "for the second"]);
        terminal.says("which incident?").says("number [1]").types(format!("{keys}\r"));
        terminal.says("type one of: 1, 2").says("number: ").types("\r");
        terminal.says("type one of: 1, 2").types("2\r").says("noted: for the second");
        terminal.ends();
        assert_eq!(notes(&place, "1"), Vec::<String>::new(), "{keys:?}");
    }
}

#[test]
fn a_terminal_without_keys_is_asked_too() {
    let place = two();
    let mut terminal = Terminal::dumb(&place, &["note", "for the second"]);
    terminal.says("which incident?").says("number [1]").types("k\n");
    terminal.says("there is no `k` here").says("number: ").types("2\n");
    terminal.says("noted: for the second");
    assert_eq!(terminal.ends(), Some(0));
    let mut terminal = Terminal::dumb(&place, &["-i", "1", "note"]);
    terminal.says("note: ").types("障害発生\n");
    terminal.says("noted: 障害発生");
    terminal.ends();
}

#[test]
fn a_reason_is_asked_for_once_and_may_be_left_out() {
    let place = Place::declared();
    let mut terminal = Terminal::start(&place, &["escalate", "sev0"]);
    terminal.says("why?").types("every region\r").says("unified command");
    terminal.ends();
    let mut terminal = Terminal::start(&place, &["identify"]);
    terminal.says("what is broken?").types("db-3 is full\r").says("db-3 is full");
    terminal.ends();
    let mut terminal = Terminal::start(&place, &["resolve"]);
    terminal.says("what ended it?").types("\r").says("resolved");
    assert_eq!(terminal.ends(), Some(0));
    let shown = place.json(&["show"]);
    assert_eq!(shown["incident"]["cause"], "db-3 is full");
    assert_eq!(shown["incident"]["summary"], serde_json::Value::Null);
    let severity = place.json(&["timeline", "--kind", "severity"]);
    assert_eq!(severity["entries"][0]["data"]["reason"], "every region");
    // Whoever gave it isn't asked.
    place.ok(&["reopen", "--reason", "again"]);
    let mut terminal = Terminal::start(&place, &["resolve", "disk replaced"]);
    terminal.says("resolved: disk replaced");
    assert_eq!(terminal.ends(), Some(0));
    assert!(!terminal.heard().contains("what ended it?"));
}

#[test]
fn somebody_elses_incident_is_cancelled_only_when_that_is_meant() {
    let place = Place::declared();
    place.actor("ben");
    let cancel = ["cancel", "--reason", "a test"];
    let mut terminal = Terminal::start(&place, &cancel);
    terminal.says("is led by aki: cancel it all the same?").types("\r").says("not cancelled");
    assert_eq!(terminal.ends(), Some(1));
    assert_eq!(place.json(&["show"])["incident"]["status"], "investigating");
    let mut terminal = Terminal::start(&place, &cancel);
    terminal.says("is led by aki").types("what\r").says("is led by aki").types("y\r").says("cancelled");
    assert_eq!(terminal.ends(), Some(0));
    // One's own is one's own, and a script is not asked.
    let place = Place::declared();
    let mut terminal = Terminal::start(&place, &cancel);
    terminal.says("cancelled");
    assert_eq!(terminal.ends(), Some(0));
    let place = Place::declared();
    place.actor("ben").ok(&cancel);
}

#[test]
fn an_update_asks_for_whom_and_can_be_discarded_or_edited_again() {
    let place = Place::declared();
    let mut terminal = Terminal::start(&place, &["update", "we know, and look into it"]);
    // Nobody is preselected: Enter alone tells nobody anything.
    terminal.says("for whom?").says("customers").says("number: ").types("\r").says("type one of").types("1\r");
    terminal.says("what now?").says("discard it").says("number [1]").types("4\r");
    assert_eq!(terminal.ends(), Some(0), "{}", terminal.heard());
    assert!(terminal.heard().contains("nothing is recorded"), "{}", terminal.heard());
    assert_eq!(place.json(&["timeline", "--kind", "statement"])["entries"], serde_json::json!([]));

    let editor = script(&place, "editor", "printf 'checked twice' > \"$1\"");
    let set = [("TERM", "xterm"), ("EDITOR", editor.as_str()), ("PATH", "/usr/bin:/bin")];
    let mut terminal = Terminal::with(&place, &["update", "checked", "--audience", "customers"], &set);
    terminal.says("what now?").says("edit it again").says("number [1]").types("3\r");
    terminal.says("checked twice").says("what now?").says("number [1]").types("1\r").says("draft");
    assert_eq!(terminal.ends(), Some(0));
    let entries = place.json(&["timeline", "--kind", "statement"]);
    assert_eq!(entries["entries"][0]["data"]["text"], "checked twice");
}

#[test]
fn a_correction_begins_with_the_words_that_are_there() {
    let place = Place::declared();
    let id = place.ok(&["note", "db-3 is ful", "-q"]).trim().to_owned();
    let mut terminal = Terminal::start(&place, &["amend", &id]);
    terminal.says("correct text: db-3 is ful").types("l\r").says("db-3 is full");
    assert_eq!(terminal.ends(), Some(0));
    assert!(place.ok(&["timeline"]).contains("db-3 is full"));
}

/// An executable script.
pub fn script(place: &Place, name: &str, body: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = place.path().join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("made runnable");
    path.display().to_string()
}
