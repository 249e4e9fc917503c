//! Which incident is meant, and that it can be seen which one it was.

use super::place::Place;

/// #1 resolved and not closed, #2 unresolved.
fn one_of_two() -> Place {
    let place = Place::declared();
    place.ok(&["resolve", "db-3 replaced"]);
    place.ok(&["declare", "Checkout slow in the second region", "--severity", "sev3", "-q"]);
    place
}

#[test]
fn the_only_unresolved_incident_is_meant_however_many_are_resolved() {
    let place = one_of_two();
    let noted = place.ok(&["note", "db is back"]);
    assert!(noted.starts_with("#2 Checkout slow in the… · noted: db is back ["), "{noted}");
    place.ok(&["declare", "third", "-q"]);
    place.ok(&["-i", "3", "resolve"]);
    for arguments in [&["show"][..], &["brief"], &["handoff"], &["set", "--summary", "x"], &["postmortem"]] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(ran.out.contains("Checkout slow"), "{arguments:?}: {}", ran.out);
    }
    // Where none is unresolved, the only one that is not closed.
    let place = Place::declared();
    place.ok(&["resolve", "db-3 replaced"]);
    assert!(place.ok(&["action", "add", "buy a disk", "--owner", "aki"]).starts_with("#1 API down · "));
    assert!(place.ok(&["note", "after it"]).starts_with("#1 API down · noted"));
    place.ok(&["declare", "second", "-q"]);
    place.ok(&["-i", "2", "resolve"]);
    let err = place.fails(4, &["note", "which?"]);
    assert!(err.contains("#1") && err.contains("#2"), "{err}");
    // Several unresolved ones are named, and no resolved one.
    let place = one_of_two();
    place.ok(&["declare", "third", "-q"]);
    let err = place.fails(4, &["note", "which?"]);
    assert!(err.contains("#2") && err.contains("#3") && !err.contains("#1"), "{err}");
}

#[test]
fn a_drill_never_stands_in_for_a_real_incident() {
    let place = Place::new();
    place.ok(&["declare", "an exercise", "--drill", "-q"]);
    place.fails(4, &["note", "for which?"]);
    assert_eq!(place.ok(&["prompt"]), "");
    assert_eq!(place.json(&["prompt"])["incident"], serde_json::Value::Null);
}

fn with_incident(place: &Place, number: &str, arguments: &[&str]) -> (i32, String, String) {
    let output = place.command(arguments).env("HIKESHI_INCIDENT", number).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn what_is_shown_is_what_commands_act_on() {
    let place = Place::declared();
    place.ok(&["declare", "second", "--severity", "sev3", "-q"]);
    assert!(place.ok(&["prompt"]).starts_with("#1 sev2 API down +1"));
    let starred = |list: &str| -> Vec<String> {
        let starred = list.lines().filter(|line| line.trim_start().split("  ").next().is_some_and(|n| n.contains('*')));
        starred.map(str::to_owned).collect()
    };
    assert_eq!(starred(&place.ok(&["list"])), Vec::<String>::new(), "nobody can tell which is meant");
    let (_, prompt, _) = with_incident(&place, "2", &["prompt"]);
    assert!(prompt.starts_with("#2 sev3 second +1"), "{prompt}");
    let (_, list, _) = with_incident(&place, "2", &["list"]);
    assert!(starred(&list).len() == 1 && starred(&list)[0].contains("second"), "{list}");
    let (_, noted, _) = with_incident(&place, "2", &["note", "here"]);
    assert!(noted.starts_with("#2 second · noted"), "{noted}");
    let (_, json, _) = with_incident(&place, "2", &["prompt", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("a document");
    assert_eq!((&json["incident"]["ref"], &json["worst"]["ref"]), (&2.into(), &1.into()));
    // One that is over, and one that there is not.
    place.ok(&["-i", "2", "cancel", "--reason", "a test"]);
    let (_, prompt, _) = with_incident(&place, "2", &["prompt"]);
    assert!(prompt.starts_with("#2 sev3 cancelled second +1"), "{prompt}");
    let (code, prompt, _) = with_incident(&place, "99", &["prompt"]);
    assert_eq!((code, prompt.as_str()), (0, "#99?\n"));
    let (code, _, _) = with_incident(&place, "99", &["list"]);
    assert_eq!(code, 0);
    // A restricted one counts, and its title stays where it is.
    place.ok(&["declare", "read by a stranger", "--restricted", "--severity", "sev1", "-q"]);
    let prompt = place.ok(&["prompt"]);
    assert!(prompt.starts_with("#1 sev2 API down +1"), "commands ask which: {prompt}");
    place.ok(&["-i", "1", "resolve"]);
    let prompt = place.ok(&["prompt"]);
    assert!(prompt.starts_with("#3 sev1 (restricted)"), "{prompt}");
}

#[test]
fn completion_is_about_the_incident_that_is_meant() {
    let place = one_of_two();
    place.ok(&["-i", "2", "checklist", "add", "call the vendor"]);
    let complete = |number: Option<&str>| {
        let mut command = place.command(&["--", "hikeshi", "check", ""]);
        command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "2").env("_CLAP_IFS", "\n");
        if let Some(number) = number {
            command.env("HIKESHI_INCIDENT", number);
        }
        String::from_utf8(command.output().expect("runs").stdout).expect("UTF-8")
    };
    assert!(complete(None).contains("call-the-vendor"), "{}", complete(None));
    assert!(!complete(Some("1")).contains("call-the-vendor"));
}

#[test]
fn every_confirmation_names_the_title_shortened() {
    let place = Place::new();
    place.ok(&["declare", "東京リージョンの決済が失敗している", "-q"]);
    assert!(place.ok(&["note", "x"]).starts_with("#1 東京リージョンの決済が… · noted: x ["));
    let confirmed: [&[&str]; 7] = [
        &["assign-role", "scribe", "ben"],
        &["impact", "--users", "12"],
        &["mitigate", "--workaround", "failover"],
        &["link", "add", "ticket", "https://example.com/1"],
        &["check", "1"],
        &["escalate", "sev1"],
        &["undo"],
    ];
    for arguments in confirmed {
        let out = place.ok(arguments);
        assert!(out.starts_with("#1 東京リージョンの決済が… · "), "{arguments:?}: {out}");
    }
    let id = place.ok(&["note", "a secret", "-q"]).trim().to_owned();
    assert!(place.ok(&["redact", &id, "--reason", "x"]).starts_with("#1 東京リージョンの決済が… · "));
    place.ok(&["declare", "read by a stranger", "--restricted", "-q"]);
    let noted = place.ok(&["-i", "2", "note", "x"]);
    assert!(noted.starts_with("#2 (restricted) · noted"), "{noted}");
}

#[test]
fn what_is_recorded_on_what_is_over_draws_a_warning() {
    let place = Place::declared();
    place.ok(&["declare", "a duplicate", "-q"]);
    let cancelled = place.run(&["-i", "2", "cancel", "--reason", "same"]);
    assert!(!cancelled.err.contains("warning:"), "{}", cancelled.err);
    let (code, out, err) = with_incident(&place, "2", &["note", "x"]);
    assert_eq!((code, out.starts_with("#2 a duplicate · noted: x")), (0, true), "{out}");
    assert!(err.contains("warning: #2 a duplicate is cancelled"), "{err}");
    let ran = place.run_with(&["-i", "2", "note", "--each-line", "-"], b"one\ntwo\n");
    assert_eq!(ran.err.matches("is cancelled").count(), 1, "{}", ran.err);
    place.ok(&["resolve", "db-3 replaced"]);
    place.ok(&["close", "--force", "--reason", "nothing left"]);
    let ran = place.run(&["-i", "1", "note", "x"]);
    assert!(ran.code == 0 && ran.err.contains("#1 API down is closed"), "{}", ran.err);
    let json = place.json(&["-i", "1", "note", "y"]);
    assert!(json["warnings"][0].as_str().is_some_and(|text| text.contains("is closed")), "{json}");
    // What comes after a close is meant.
    let ran = place.run(&["-i", "1", "action", "add", "buy a disk", "--owner", "aki"]);
    assert!(ran.code == 0 && !ran.err.contains("is closed"), "{}", ran.err);
    let ran = place.run(&["-i", "1", "reopen", "--reason", "again"]);
    assert!(!ran.err.contains("is closed"), "{}", ran.err);
}
