//! Why it happened, and what is done so that it doesn't happen again: until it is found to work (E9, E10).

use super::place::Place;
use serde_json::Value;

const DAY: i64 = 24 * 60 * 60;
const HOSTILE: &str = "=cmd|' /C calc'!A0 \u{1b}]0;owned\u{7} <script>, \"x\"";

/// Runs with `-q`, and returns the id that is printed.
fn id(place: &Place, arguments: &[&str]) -> String {
    place.ok(&[&["-q"], arguments].concat()).trim().to_owned()
}

/// A closed incident with an action of ben's, due in ten days.
fn closed() -> (Place, String) {
    let place = Place::declared();
    let action = id(&place, &["action", "add", "alert", "on", "queue", "depth", "--owner", "ben", "--due", "10d"]);
    place.ok(&["resolve", "restored"]);
    (place, action)
}

fn close(place: &Place) -> String {
    place.ok(&["-i", "1", "close", "--force", "--reason", "test"])
}

fn action<'a>(made: &'a Value, text: &str) -> &'a Value {
    let all = made["actions"].as_array().expect("a list");
    all.iter().find(|one| one["text"].as_str().is_some_and(|own| own.contains(text))).expect("such an action")
}

#[test]
fn e9_a_chain_of_causes_with_its_evidence() {
    let place = Place::declared();
    let seen = id(&place, &["note", "queue", "full", "since", "04:50"]);
    let top = id(&place, &["cause", "add", "the queue was full", "--kind", "technical", "--evidence", &seen]);
    let below = id(&place, &["cause", "add", HOSTILE, "--because", &top, "--kind", "process"]);
    let out = place.ok(&["cause", "list"]);
    assert!(out.contains(&format!("{top} the queue was full · technical · evidence: {seen}")), "{out}");
    assert!(out.contains(&format!("└ {below} =cmd")) && out.contains("no evidence"), "{out}");
    assert!(!out.contains('\u{1b}') && out.contains("\\x1b"), "{out}");
    let made = place.json(&["cause", "list"]);
    assert_eq!(made["causes"][1]["because"], made["causes"][0]["id"]);
    assert_eq!(
        (made["causes"][1]["depth"].as_u64(), made["causes"][0]["evidence"][0].as_str()),
        (Some(1), Some(&*seen))
    );
    // Evidence is what was seen here: neither another cause nor another incident's entry.
    assert!(place.fails(1, &["cause", "support", &below, "--evidence", &top]).contains("--because"));
    place.ok(&["declare", "Mail down", "--category", "outage"]);
    let other = id(&place, &["-i", "2", "note", "mail queue"]);
    assert!(place.fails(4, &["cause", "support", &below, "--evidence", &other]).contains("another incident"));
    assert!(place.fails(4, &["-i", "2", "cause", "add", "t", "--because", &top]).contains("no cause"));
    place.ok(&["cause", "support", &below, "--evidence", &seen]);
    place.ok(&["cause", "remove", &top, "--reason", "the disk was full"]);
    let left = place.json(&["-i", "1", "cause", "list"]);
    assert_eq!((left["causes"].as_array().map(Vec::len), left["causes"][0]["depth"].as_u64()), (Some(1), Some(0)));
    assert!(place.lang("ja").ok(&["-i", "1", "show"]).contains("原因の連鎖: 1件"));
}

#[test]
fn e10_an_action_outlives_its_incident_until_it_is_found_to_work() {
    let (place, id) = closed();
    let said = close(&place);
    assert!(said.contains("actions that go on: 1 – hikeshi -i 1 action list"), "{said}");
    let made = place.json(&["due", "--kind", "action", "--owner", "ben", "--all"]);
    assert_eq!(made["clocks"][0]["name"], format!("action:{id}"));
    assert!(place.ok(&["due", "--ical"]).contains(&format!("action:{id}")));
    let refused = place.fails(1, &["action", "verify", &id, "--effective", "yes", "fine"]);
    assert!(refused.contains(&format!("hikeshi -i 1 action done {id}")), "{refused}");
    place.wait(11 * DAY);
    assert!(place.fails(3, &["action", "list", "--overdue"]).is_empty());
    assert!(place.fails(3, &["due", "--kind", "action"]).is_empty());
    assert!(place.ok(&["tick"]).contains(&format!("action:{id}")));
    // Nobody need say which incident: the id does.
    place.ok(&["action", "done", &id, "alert", "is", "live"]);
    let clocks = place.json(&["due", "--kind", "action", "--all"]);
    assert_eq!(clocks["clocks"][0]["name"], format!("action-check:{id}"), "{clocks}");
    let said = place.ok(&["action", "verify", &id, "--effective", "no", "it", "fired", "too", "late", "--due", "7d"]);
    assert!(said.contains("open again") && said.contains(&format!("hikeshi action done {id}")), "{said}");
    place.ok(&["action", "done", &id, "--check", "14d"]);
    let early = place.ok(&["action", "verify", &id, "--effective", "yes", "fired in the drill"]);
    assert!(early.contains("checked before"), "{early}");
    let all = place.json(&["action", "list", "--all"]);
    let one = action(&all, "queue");
    assert_eq!((one["state"].as_str(), one["failed"].as_u64()), (Some("effective"), Some(1)));
    assert_eq!(place.json(&["action", "list"])["actions"], serde_json::json!([]));
    assert_eq!(place.json(&["due", "--kind", "action", "--all"])["clocks"], serde_json::json!([]));
}

#[test]
fn actions_of_all_incidents_stand_in_one_list_the_worst_first() {
    let place = Place::declared();
    place.ok(&["declare", "Mail down", "--severity", "sev0", "--category", "outage"]);
    place.ok(&["declare", "Payroll", "--restricted", "--category", "outage"]);
    place.ok(&["declare", "Exercise", "--drill", "--category", "outage"]);
    for (incident, text, due, priority) in [
        ("1", "late, medium", "2d", "medium"),
        ("2", "late, low", "1d", "low"),
        ("1", "next", "90d", "high"),
        ("2", "late, high", "3d", "high"),
        ("3", "of payroll", "1d", "high"),
        ("4", "of the exercise", "1d", "high"),
    ] {
        place.ok(&["-i", incident, "action", "add", text, "--due", due, "--priority", priority, "--owner", "ben"]);
    }
    place.ok(&["-i", "1", "action", "add", "some day"]);
    place.wait(4 * DAY);
    let texts = |arguments: &[&str]| -> Vec<String> {
        let made = place.json(arguments);
        let all = made["actions"].as_array().expect("a list").clone();
        all.iter().map(|one| one["text"].as_str().expect("a text").to_owned()).collect()
    };
    assert_eq!(texts(&["action", "list"]), ["late, high", "late, medium", "late, low", "next", "some day"]);
    assert_eq!(texts(&["-i", "3", "action", "list"]), ["of payroll"]);
    assert!(texts(&["action", "list", "--restricted"]).contains(&"of payroll".to_owned()));
    assert!(texts(&["action", "list", "--all"]).contains(&"of the exercise".to_owned()));
    assert_eq!(texts(&["action", "list", "--owner", "chie"]), [""; 0]);
    assert!(!place.ok(&["action", "list", "--format", "csv"]).contains("payroll"));
}

#[test]
fn what_a_tracker_takes_in_again_keeps_its_id_and_runs_nothing() {
    let place = Place::declared();
    let entry = id(&place, &["action", "add", HOSTILE, "--owner", "@SUM(1)"]);
    let csv = place.ok(&["action", "list", "--format", "csv"]);
    let (head, row) = csv.split_once("\r\n").expect("a row");
    assert!(head.starts_with("id,entry,ref,") && row.contains("\"'=cmd|") && row.contains(",'@SUM(1),"), "{csv}");
    assert!(!csv.contains('\u{1b}'), "{csv}");
    let before = action(&place.json(&["action", "list"]), "calc").clone();
    place.ok(&["action", "set", &entry, "--owner", "ben", "--due", "2026-12-24"]);
    place.ok(&["amend", &entry, "review", "the", "calc", "sheet"]);
    let after = action(&place.json(&["action", "list"]), "calc").clone();
    assert_eq!((&before["id"], before["ref"].as_u64()), (&after["id"], Some(1)));
    assert_eq!(after["due_at"], "2026-12-24T23:59:00.000Z");
    assert!(place.fails(2, &["action", "list", "--format", "csv", "--json"]).contains("csv"));
    place.ok(&["redact", &entry, "--reason", "a customer's name"]);
    assert!(place.json(&["action", "list"])["actions"][0]["text"].is_null());
    assert!(place.ok(&["action", "list"]).contains("removed"));
}

#[test]
fn what_cant_be_meant_is_refused_with_what_was_understood() {
    let place = Place::declared();
    for (typed, code, says) in [
        ("2020-01-01", 2, "2020-01-01 23:59 UTC has passed"),
        ("2099-01-01", 2, "more than ten years"),
        ("soon", 2, "30d, 2w, 2026-12-24"),
        ("-3d", 2, "due times"),
        ("99999999999999d", 2, "does not exist"),
    ] {
        let said = place.fails(code, &["action", "add", "x y", "--due", typed]);
        assert!(said.contains(says), "{typed}: {said}");
    }
    let long = "x".repeat(2_000);
    assert!(place.fails(2, &["action", "add", &long]).contains("the most is 1024"));
    assert!(place.fails(2, &["cause", "add", &long]).contains("the most is 1024"));
    assert!(place.fails(2, &["action", "add", "x y", "--owner", "a\u{1b}[31m"]).contains("U+001B"));
    assert!(place.fails(4, &["action", "done", "zzzz"]).contains("zzzz"));
    let note = id(&place, &["note", "no action"]);
    assert!(place.fails(4, &["action", "done", &note]).contains("no action"));
    assert!(place.fails(2, &["action", "drop", &note]).contains("--reason"));
}

#[test]
fn what_was_recorded_by_mistake_is_taken_back_once_and_under_its_key_once() {
    let place = Place::declared();
    let add = ["action", "add", "alert", "--due", "30d", "--key", "k1"];
    let first = place.json(&add);
    place.wait(60);
    assert_eq!(place.json(&add)["duplicate"], true);
    let id = first["entries"][0]["id"].as_str().expect("an id").to_owned();
    place.actor("ben").ok(&["action", "done", &id]);
    let refused = place.actor("aki").fails(1, &["undo"]);
    assert!(refused.contains("action.done"), "{refused}");
    place.actor("ben").ok(&["-i", "1", "undo"]);
    assert_eq!(place.json(&["action", "list"])["actions"][0]["state"], "open");
    place.actor("aki").ok(&["-i", "1", "undo"]);
    assert_eq!(place.json(&["action", "list", "--all"])["actions"], serde_json::json!([]));
    assert_eq!(place.json(&["due", "--kind", "action", "--all"])["clocks"], serde_json::json!([]));
}

#[test]
fn what_is_said_while_the_store_cant_be_written_finds_its_action_later() {
    let (place, action) = closed();
    close(&place);
    place.ok(&["declare", "Mail down", "--category", "outage"]);
    // Root may write everywhere; a folder in the way of the lock stands for a disk that is full.
    let queue = place.store().with_extension("queue");
    std::fs::remove_file(&queue).expect("removed");
    std::fs::create_dir(&queue).expect("made");
    assert_eq!(place.json(&["action", "done", &action, "alert is live"])["spooled"], true);
    assert_eq!(place.json(&["-i", "1", "action", "add", "test the alert", "--due", "7d"])["spooled"], true);
    assert_eq!(place.json(&["action", "done", "zzzz", "whose?"])["spooled"], true);
    std::fs::remove_dir(&queue).expect("removed");
    let ran = place.run(&["-i", "2", "note", "after"]);
    assert!(ran.err.contains("refused"), "{}", ran.err);
    let made = place.json(&["-i", "1", "action", "list"]);
    assert_eq!(
        (&made["actions"][0]["state"], made["actions"].as_array().map(Vec::len)),
        (&Value::from("open"), Some(2))
    );
    assert_eq!(self::action(&made, "queue")["state"], "done");
    assert!(place.ok(&["inbox"]).contains("whose?"));
}

#[test]
fn the_postmortem_lists_the_actions_in_every_format() {
    let (place, id) = closed();
    place.ok(&["action", "done", &id, "--check", "2026-12-24"]);
    place.ok(&["action", "add", HOSTILE, "--priority", "high"]);
    let markdown = place.ok(&["postmortem"]);
    for says in [
        "| Action | Owner | Due | Priority | Prevents | State |",
        "| alert on queue depth | ben |",
        "done, effect not checked yet",
    ] {
        assert!(markdown.contains(says), "{says}: {markdown}");
    }
    let html = place.ok(&["postmortem", "--format", "html"]);
    assert!(html.contains("alert on queue depth") && !html.contains("<script>"), "{html}");
    let json = place.json(&["postmortem"]);
    assert_eq!((&action(&json, "queue")["state"], &action(&json, "queue")["owner"]), (&"done".into(), &"ben".into()));
    assert!(action(&json, "queue")["due_at"].as_str().is_some_and(|at| at.ends_with('Z')), "{json}");
    assert!(place.lang("ja").ok(&["postmortem"]).contains("| 対策 | 担当者 | 期限 |"));
    let shown = place.lang("en").json(&["show"]);
    assert_eq!((shown["incident"]["actions"].as_u64(), shown["incident"]["actions_open"].as_u64()), (Some(2), Some(2)));
}
