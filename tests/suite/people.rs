//! Who can be reached, who answers for what, and what the law wants told: contacts, services, duties.

use super::place::{Place, Ran};
use std::os::unix::fs::PermissionsExt;

const POLICY: &str = r#"
legal = ["gdpr", "nis2", "jp-appi", "sec"]
default_ladder = "desk"
[limits]
contact = "90d"
[[service]]
id = "checkout"
title = { en = "Checkout", ja = "決済" }
also = ["payments"]
importance = "critical"
owner = "payments team"
contacts = ["payments desk"]
[[service.layer]]
name = "hardware"
by = "vendor"
owner = "Example Cloud"
contacts = ["Example Cloud support"]
[[service.layer]]
name = "application"
by = "own"
[[ladder]]
id = "desk"
tier = [{ call = ["ann"], wait = "5m", channel = "log" }, { command = ["touch", "called"] }]
[[channel]]
id = "log"
kind = "file"
path = "/var/log/hikeshi.jsonl"
"#;

/// A place with a policy of its own.
fn place(policy: &str) -> Place {
    let place = Place::new();
    let folder = place.path().join(".config/hikeshi");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o700)).expect("a mode");
    let file = folder.join("policy.toml");
    std::fs::write(&file, policy).expect("written");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).expect("a mode");
    place
}

#[test]
fn a_contact_goes_stale_and_is_current_again_once_it_was_verified() {
    let place = place(POLICY);
    assert_eq!(place.ok(&["contact", "list"]), "no contacts\n");
    assert_eq!(place.ok(&["contact", "stale"]), "no contact is stale\n");
    let added = ["contact", "add", "Payments desk", "--service", "payments", "--audience", "お客様"];
    let out = place.ok(&[&added[..], &["--reach", "desk@example.com", "--reach", "+81 3", "call", "first"]].concat());
    assert!(out.starts_with("contact added: Payments desk ["), "{out}");
    let contact = place.json(&["contact", "list"])["contacts"][0].clone();
    assert_eq!(
        (contact["audience"].as_str(), contact["services"][0].as_str(), contact["note"].as_str()),
        (Some("customers"), Some("checkout"), Some("call first"))
    );
    assert_eq!((contact["reach"][1].as_str(), contact["stale"].as_bool()), (Some("+81 3"), Some(false)));
    assert_eq!(contact["check_by"], "2027-02-18T05:00:03.000Z", "90 days later");

    place.wait(90 * 86_400 + 1);
    let stale = place.run(&["contact", "stale"]);
    assert_eq!(stale.code, 3, "{}", stale.err);
    assert!(stale.out.contains("stale: 2026-11-20, 90 d 0 h ago"), "{}", stale.out);
    assert!(stale.err.contains("hikeshi contact verify 'Payments desk'"), "{}", stale.err);
    assert!(place.ok(&["--lang", "ja", "contact", "list", "--stale"]).contains("要確認: 2026-11-20"));
    assert_eq!(place.ok(&["contact", "list", "--stale", "--service", "billing"]), "no contact is stale\n");

    let verified = place.json(&["contact", "verify", "PAYMENTS DESK", "--at", "1h ago", "--key", "v1"]);
    assert_eq!(verified["entries"][0]["text"], "contact verified: Payments desk");
    let again = place.json(&["contact", "verify", "PAYMENTS DESK", "--at", "1h ago", "--key", "v1"]);
    assert_eq!((again["duplicate"].as_bool(), &again["entries"][0]["id"]), (Some(true), &verified["entries"][0]["id"]));
    assert!(place.fails(1, &["contact", "remove", "payments desk", "--key", "v1"]).contains("v1"), "another request");
    assert_eq!(place.ok(&["contact", "stale"]), "no contact is stale\n");
    place.ok(&["doctor", "--rebuild"]);
    assert_eq!(place.ok(&["contact", "stale"]), "no contact is stale\n", "the log alone says so");
}

#[test]
fn a_contact_is_there_once_and_its_words_are_harmless() {
    let place = place(POLICY);
    place.ok(&["contact", "add", "ann", "--reach", "+81 3"]);
    let err = place.fails(1, &["contact", "add", " ANN"]);
    assert!(err.contains("ann is there already") && err.contains("contact verify ann"), "{err}");
    place.ok(&["contact", "add", "Ann", "--reach", "a\u{1b}[31mb", "--force", "x\u{1b}]0;y"]);
    let list = place.ok(&["contact", "list"]);
    assert!(list.contains("a\\x1b[31mb") && !list.contains('\u{1b}') && !list.contains("+81 3"), "{list}");
    assert_eq!(place.ok(&["contact", "list", "-q"]), "ann\n", "one, by its first spelling");
    assert!(place.fails(2, &["contact", "add", "b\u{1b}[31m"]).contains("U+001B"));
    assert!(place.fails(4, &["contact", "add", "b", "--audience", "martians"]).contains("customers"));
    assert!(place.fails(4, &["contact", "verify", "ann", "nobody"]).contains("no contact `nobody`"));
    assert!(place.run(&["contact", "add", "b", "password=hunter2hunter2"]).err.contains("redact"), "a secret is told");
    place.ok(&["contact", "remove", "ann", "--reason", "left"]);
    assert!(place.fails(4, &["contact", "remove", "ann"]).contains("hikeshi contact list"));
    let asked = |line: &[&str], index: &str| {
        let mut command = place.command(line);
        command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", index).env("_CLAP_COMPLETE_COMP_TYPE", "9");
        String::from_utf8_lossy(&command.output().expect("runs").stdout).into_owned()
    };
    assert!(asked(&["--", "hikeshi", "assign-role", "scribe", ""], "3").lines().any(|name| name == "b"));
    let callable = asked(&["--", "hikeshi", "escalate", "--to", ""], "3");
    assert!(callable.contains("desk") && callable.lines().any(|name| name == "b"), "{callable}");
}

#[test]
fn a_service_shows_who_answers_for_what_and_runs_nothing() {
    let place = place(POLICY);
    place.ok(&["contact", "add", "payments desk", "--reach", "desk@example.com"]);
    place.ok(&["contact", "add", "auditor", "--service", "checkout"]);
    place.ok(&["declare", "cards fail", "--service", "payments", "--severity", "sev1", "-q"]);
    place.ok(&["declare", "exercise", "--service", "checkout", "--drill", "-q"]);
    place.wait(91 * 86_400);
    let list = place.ok(&["service", "list"]);
    assert!(list.contains("checkout  Checkout  critical    payments team  desk (default)  #1 sev1\n"), "{list}");
    let out = place.ok(&["service", "show", "決済"]);
    for says in [
        "hardware     –              Example Cloud  Example Cloud support (not a contact)",
        "application  payments team  –              –",
        "1 ann; through log; 5m to answer",
        "2 on call by `touch called`",
        "stale: 2026-11-20",
        "hikeshi contact verify 'payments desk'",
        "auditor",
    ] {
        assert!(out.contains(says), "{says}: {out}");
    }
    assert!(!place.path().join("called").exists(), "named, not run");
    let shown = place.json(&["service", "show", "checkout"]);
    assert_eq!(shown["layers"][0]["by"], "vendor");
    assert_eq!(shown["ladder"]["tier"][0]["wait"], "5m");
    assert_eq!(shown["service"]["incidents"][0]["ref"], 1);
    let contacts = shown["contacts"].as_array().expect("a list");
    let names: Vec<_> = contacts.iter().map(|one| (one["name"].as_str(), one["contact"]["stale"].as_bool())).collect();
    assert_eq!(
        names,
        [(Some("payments desk"), Some(true)), (Some("Example Cloud support"), None), (Some("auditor"), Some(true))]
    );
    assert!(place.fails(4, &["service", "show", "nothing"]).contains("services: checkout"));
}

#[test]
fn without_services_it_says_how_to_write_one_and_that_can_be_pasted() {
    let bare = Place::new();
    let Ran { code, out, err } = bare.run(&["service", "list"]);
    assert_eq!((code, out.as_str()), (0, "no services in the policy\n"));
    assert!(bare.fails(4, &["service", "show", "x"]).contains("[[service]]"));
    let example = err.split_once('\n').expect("two lines").1;
    let place = place(example);
    assert!(place.ok(&["service", "show", "checkout"]).contains("Example Cloud"), "{example}");
    assert!(place.ok(&["playbook", "lint"]).contains("0 errors"));
}

#[test]
fn a_duty_runs_from_its_event_to_its_notice_and_the_next_one_from_there() {
    let place = place(POLICY);
    place.ok(&["declare", "leak", "-q"]);
    let listed = place.ok(&["legal", "list"]);
    assert!(listed.ends_with("\nnot legal advice: ask counsel which duties apply\n"), "{listed}");
    for says in ["not started: hikeshi -i 1 legal start gdpr-33-1", "art. 33(1) (checked 2026-11-21)", "unverified: "] {
        assert!(listed.contains(says), "{says}: {listed}");
    }
    assert!(listed.contains("no figure: without undue delay") && !listed.contains("dora"), "{listed}");
    assert!(place.ok(&["legal", "list", "--all"]).contains("dora (off)"));

    let ran = place.run(&["legal", "start", "nis2-23-4-b", "--aware-at", "2h", "ago"]);
    assert!(ran.err.contains("due 2026-11-23 03:00 UTC; counted from 2026-11-20 03:00 UTC"), "{}", ran.err);
    assert!(ran.err.contains("after its notice follows nis2-23-4-d"), "{}", ran.err);
    assert!(place.fails(1, &["legal", "start", "nis2-23-4-d"]).contains("hikeshi -i 1 legal notify nis2-23-4-b"));
    assert!(place.fails(1, &["legal", "start", "nis2-23-4-b"]).contains("runs already"));
    let notified = place.json(&["legal", "notify", "nis2-23-4-b", "ticket", "12", "--at", "5m ago"]);
    assert_eq!(notified["entries"][0]["text"], "notice given: nis2-23-4-b: ticket 12");
    assert!(notified["warnings"][0].as_str().expect("a text").contains("hikeshi -i 1 legal start nis2-23-4-d"));
    place.ok(&["legal", "start", "nis2-23-4-d", "-q"]);

    let state = |id: &str| {
        let listed = place.json(&["legal", "list"]);
        let duties = listed["duties"].as_array().expect("a list").clone();
        duties.into_iter().find(|duty| duty["id"] == id).expect(id)
    };
    assert_eq!(state("nis2-23-4-d")["since"], state("nis2-23-4-b")["met_at"]);
    assert_eq!((state("nis2-23-4-b")["state"].as_str(), state("gdpr-34")["due"].as_str()), (Some("met"), None));
    place.ok(&["legal", "start", "gdpr-33-1"]);
    place.wait(49 * 3_600);
    assert_eq!(state("gdpr-33-1")["state"], "warning");
    place.wait(24 * 3_600);
    assert_eq!(state("gdpr-33-1")["state"], "overdue");
    assert!(place.ok(&["legal", "list"]).contains("overdue since"));
    let late = place.run(&["legal", "notify", "gdpr-33-1"]);
    assert!(late.err.contains("say in the notice why it is late"), "{}", late.err);
    assert!(place.ok(&["legal", "list"]).contains(", late"));
}

#[test]
fn a_decision_not_to_notify_is_kept_with_who_and_why() {
    let place = place(POLICY);
    place.ok(&["declare", "leak", "-q"]);
    place.ok(&["legal", "start", "gdpr-34", "-q"]);
    assert!(place.fails(2, &["legal", "waive", "gdpr-34"]).contains("reason"));
    place.actor("counsel").ok(&["legal", "waive", "gdpr-34", "--reason", "data was encrypted"]);
    let timeline = place.ok(&["timeline"]);
    assert!(timeline.contains("counsel  decided not to notify (gdpr-34): data was encrypted"), "{timeline}");
    assert!(place.ok(&["legal", "list"]).contains("decided not to notify: data was encrypted"));
    assert!(place.fails(1, &["legal", "notify", "gdpr-34"]).contains("legal start gdpr-34"));
    assert!(place.fails(4, &["legal", "start", "dora-5-1-a"]).contains("gdpr-33-1"));
}

#[test]
fn a_deadline_past_the_known_holidays_is_told_and_no_regime_is_on_by_itself() {
    let place = place(POLICY);
    place.ok(&["declare", "leak", "-q"]);
    assert!(!place.run(&["legal", "start", "sec-8-k-1-05"]).err.contains("knows no holidays"));
    place.ok(&["undo", "-q"]);
    place.wait(800 * 86_400);
    let ran = place.run(&["legal", "start", "sec-8-k-1-05"]);
    assert!(ran.err.contains("us-federal knows no holidays after 2028-12-25"), "{}", ran.err);
    place.ok(&["undo", "-q"]);
    let json = place.json(&["legal", "start", "sec-8-k-1-05"]);
    assert!(json["warnings"][0].as_str().expect("a text").contains("us-federal"));

    let bare = Place::declared();
    let listed = bare.ok(&["legal", "list"]);
    assert!(listed.contains("no regime is turned on") && listed.contains("not legal advice"), "{listed}");
    assert!(bare.fails(4, &["legal", "start", "gdpr-33-1"]).contains("legal = [\"gdpr\"]"));
    assert_eq!(bare.json(&["legal", "list", "--all"])["duties"].as_array().map(Vec::len), Some(18));
}

#[test]
fn lint_finds_channels_and_duties_that_can_not_be() {
    let place = place("[[channel]]\nid = \"chat\"\nkind = \"slack\"\n[[duty]]\nid = \"gdpr-33-1\"\nwarn = \"80h\"\n");
    let ran = place.run(&["playbook", "lint"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("policy.toml:1:1: error: `url_env` is missing"), "{}", ran.out);
    assert!(ran.out.contains("policy.toml:6:8: error: `gdpr-33-1` warns at 80h"), "{}", ran.out);
    assert!(place.run(&["declare", "x", "-q"]).err.contains("policy.toml"), "and is left out meanwhile");
}
