//! One incident as its people live it, verb by verb.

use super::place::Place;

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

#[test]
fn declare_says_number_playbook_first_steps_and_who_carries_what() {
    let place = Place::new();
    let out = place.ok(&["declare", "API", "down", "--category", "outage", "--service", "api"]);
    assert!(
        out.starts_with("#1 declared: sev2 API down\nseverity sev2 by default (when unsure, treat as higher)"),
        "{out}"
    );
    for says in ["playbook: Service outage", "1 confirm-impact", "incident manager: aki", "aki also carries: tech lead"]
    {
        assert!(out.contains(says), "{says}: {out}");
    }
    let err = place.fails(1, &["declare", "api down", "--service", "api"]);
    assert!(err.contains("#1 “API down”") && err.contains("--force"), "{err}");
    assert_eq!(place.ok(&["declare", "API down", "--service", "api", "--force", "-q"]), "2\n");
    let one = place.json(&["declare", "x", "--severity", "SEV1", "--customers", "one", "--commander", "ben"]);
    assert_eq!(one["incident"]["checklists"][0]["playbook"], "single-customer-escalation");
    assert_eq!(one["incident"]["roles"][0]["holders"][0]["name"], "ben");
}

#[test]
fn escalate_opens_unified_command_and_calling_is_never_refused() {
    let place = Place::declared();
    let err = place.fails(1, &["escalate", "sev2"]);
    assert!(err.contains("not worse") && err.contains("escalate --to"), "{err}");
    let called = place.json(&["escalate", "sev2", "--to", "dba", "--to", "legal"]);
    assert_eq!(called["entries"].as_array().expect("a list").len(), 2);
    assert_eq!(called["warnings"].as_array().expect("a list").len(), 2);
    let raised = place.json(&["escalate", "sev0", "--reason", "all regions"]);
    assert_eq!(raised["incident"]["command"], "unified");
    assert_eq!(raised["incident"]["checklists"][1]["playbook"], "unified-command");
    place.ok(&["note", "leaders are in", "--bridge", "unified"]);
    place.ok(&["note", "db-3 drained", "--bridge", "technical"]);
    let unified = place.json(&["timeline", "--bridge", "unified"]);
    assert_eq!(unified["entries"].as_array().expect("a list").len(), 1);
    assert!(place.fails(2, &["deescalate", "sev1"]).contains("reason"));
    assert_eq!(place.json(&["deescalate", "sev1", "--reason", "contained"])["incident"]["command"], "standard");
}

#[test]
fn roles_are_handed_over_shared_made_up_and_never_nobodys() {
    let place = Place::declared();
    place.ok(&["assign-role", "テックリード", "ben"]);
    let out = place.ok(&["assign-role", "tech-lead", "chie", "--handover", "db-3 is drained"]);
    assert!(out.contains("chie is now tech lead, relieving ben: db-3 is drained"), "{out}");
    place.ok(&["assign-role", "tech-lead", "dai", "--add", "--scope", "network"]);
    place.fails(4, &["assign-role", "on-call engineer", "x"]);
    place.fails(4, &["assign-role", "tape librarian", "eri"]);
    place.ok(&["assign-role", "tape librarian", "eri", "--duty", "find the tapes"]);
    assert!(place.fails(1, &["unassign-role", "incident-manager"]).contains("assign-role incident-manager"));
    let roles = place.ok(&["roles"]);
    for says in ["dai (network)", "tape-librarian", "find the tapes", "carried by aki", "also: "] {
        assert!(roles.contains(says), "{says}: {roles}");
    }
    place.ok(&["unassign-role", "tech-lead", "dai"]);
    assert!(!place.ok(&["roles"]).contains("dai"));
}

#[test]
fn notes_are_ordered_by_when_it_happened_and_late_ones_are_marked() {
    let place = Place::declared();
    place.wait(3600);
    place.ok(&["note", "--at", "20m", "ago", "the pager went off"]);
    place.ok(&["note", "now", "--kind", "decision", "--pin"]);
    let guess = place.ok(&["note", "the index", "--kind", "hypothesis", "-q"]);
    place.ok(&["note", "explain plan shows it", "--confirms", guess.trim()]);
    let out = place.ok(&["timeline", "--kind", "note"]);
    let shown = lines(&out);
    assert!(shown[1].contains("the pager went off") && shown[1].contains("(recorded "), "{out}");
    assert!(shown[2].contains("[decision, pinned] now"), "{out}");
    assert!(shown[3].contains("[hypothesis] the index (confirmed by "), "{out}");
    assert_eq!(lines(&place.ok(&["timeline", "--pinned"])).len(), 2);
    assert!(place.ok(&["show"]).contains("pinned"));
    let whole = place.run_with(&["note", "-", "--json"], b"first\nsecond\n");
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert!(whole.out.contains("first\\nsecond"));
    assert!(place.ok(&["timeline"]).contains("first …\n         second\n"), "every line can be read");
    let each = place.run_with(&["note", "--each-line", "-", "-q"], b"one\n\ntwo\nthree");
    assert_eq!((each.code, each.out.lines().count()), (0, 3), "{}", each.err);
}

#[test]
fn steps_are_ticked_left_out_reopened_and_made_up() {
    let place = Place::declared();
    place.ok(&["check", "confirm-impact", "--result", "all regions"]);
    place.ok(&["check", "2", "--skip", "--reason", "no customers yet"]);
    assert!(place.fails(2, &["check", "3", "--skip"]).contains("reason"));
    assert!(place.fails(1, &["check", "1"]).contains("done by aki"));
    let out = place.ok(&["checklist", "add", "call", "the", "vendor", "--owner", "ben", "--due", "15m"]);
    assert!(out.contains("call the vendor"), "{out}");
    let list = place.ok(&["checklist"]);
    for says in ["[x]", "all regions", "[-]", "no customers yet", "[!]", "call-the-vendor", "ben, due", "later:"] {
        assert!(list.contains(says), "{says}: {list}");
    }
    place.ok(&["check", "1", "--undo"]);
    assert!(!place.ok(&["checklist"]).contains("all regions"));
    assert!(!place.ok(&["checklist", "--open", "--role", "scribe"]).contains("communications"));
}

#[test]
fn the_way_from_investigating_to_closed_and_back() {
    let place = Place::declared();
    assert!(place.fails(1, &["close"]).contains("possible now: identify, mitigate, monitor, resolve, cancel"));
    place.ok(&["identify", "--cause", "a lock"]);
    place.ok(&["mitigate", "--workaround", "kill the job", "--fix-due", "3d"]);
    place.ok(&["monitor"]);
    let out = place.run(&["resolve", "restored"]);
    assert!(out.err.contains("required steps are open, before it can be closed: 1 confirm-impact"), "{}", out.err);
    let err = place.fails(1, &["close"]);
    for says in
        ["check confirm-impact", "fix TEXT --reverts-workaround", "postmortem --filed URL", "close --force --reason"]
    {
        assert!(err.contains(says), "{says}: {err}");
    }
    place.ok(&["fix", "index added", "--reverts-workaround"]);
    place.ok(&["postmortem", "--filed", "https://wiki.example/1"]);
    assert!(place.fails(2, &["close", "--force"]).contains("reason"));
    let closed = place.json(&["close", "--force", "--reason", "the rest is moot"]);
    assert_eq!(
        (closed["incident"]["status"].as_str(), closed["incident"]["waiting_for"].as_array().map(Vec::len)),
        (Some("closed"), Some(0))
    );
    assert!(place.fails(1, &["-i", "1", "resolve", "again"]).contains("reopen"));
    assert_eq!(place.json(&["-i", "1", "reopen", "--reason", "it is back"])["incident"]["status"], "investigating");
    place.ok(&["set", "--started-at", "5m ago"]);
    assert!(place.fails(1, &["resolve", "x", "--at", "30m ago"]).contains("before the incident started"));
}

#[test]
fn a_duplicates_entries_show_in_the_other() {
    let place = Place::declared();
    place.ok(&["declare", "checkout slow", "-q"]);
    place.ok(&["-i", "2", "note", "seen in checkout"]);
    assert!(place.fails(2, &["-i", "2", "cancel", "--because", "duplicate", "--reason", "same"]).contains("--of"));
    place.ok(&["-i", "2", "cancel", "--because", "duplicate", "--of", "1", "--reason", "same"]);
    let out = place.ok(&["timeline", "1"]);
    assert!(out.contains("seen in checkout (from a duplicate)"), "{out}");
    place.ok(&["declare", "third", "-q"]);
    place.ok(&["-i", "1", "cancel", "--because", "duplicate", "--of", "3", "--reason", "same"]);
    assert!(place.ok(&["timeline", "3"]).contains("seen in checkout (from a duplicate)"), "also of a duplicate's own");
}

#[test]
fn set_link_and_undo() {
    let place = Place::declared();
    place.ok(&["link", "add", "bridge", "https://meet.example/1"]);
    assert!(place.ok(&["show"]).starts_with("bridge https://meet.example/1\n"));
    place.ok(&["set", "--title", "API slow", "--service", "+web", "--service", "-api", "--customers", "many"]);
    let shown = place.json(&["show"]);
    assert_eq!(
        (shown["incident"]["title"].as_str(), shown["incident"]["services"][0].as_str()),
        (Some("API slow"), Some("web"))
    );
    place.actor("ben").ok(&["escalate", "sev1"]);
    let out = place.actor("aki").ok(&["undo"]);
    assert!(out.contains("incident.changed"), "only one's own: {out}");
    assert_eq!(place.json(&["show"])["incident"]["title"], "API down");
    assert!(place.ok(&["timeline"]).contains("(undone by "), "both stay readable");
    assert!(place.actor("eri").fails(1, &["undo"]).contains("eri has recorded nothing"));
}

#[test]
fn which_incident_is_meant() {
    let place = Place::declared();
    place.ok(&["declare", "exercise", "--drill", "-q"]);
    place.ok(&["note", "goes to the real one"]);
    assert!(place.ok(&["timeline", "1"]).contains("goes to the real one"));
    place.ok(&["declare", "second", "-q"]);
    let err = place.actor("ben").fails(4, &["note", "typed in a hurry"]);
    assert!(err.contains("#1 sev2") && err.contains("#3 sev2") && err.contains("inbox file "), "{err}");
    place.fails(4, &["-i", "", "set", "--summary", "also words"]);
    place.fails(4, &["cancel", "--reason", "words too"]);
    assert_eq!(place.json(&["inbox"])["items"].as_array().map(Vec::len), Some(3), "nothing typed is lost");
    let kept = place.json(&["inbox"]);
    let item = &kept["items"][0];
    assert_eq!((item["text"].as_str(), item["actor"].as_str()), (Some("typed in a hurry"), Some("ben")));
    place.wait(600);
    let id = item["id"].as_str().expect("an id").to_owned();
    let filed = place.actor("aki").json(&["inbox", "file", &id, "-i", "3"]);
    let entry = &filed["entries"][0];
    assert_eq!(
        (entry["at"].as_str(), entry["actor"].as_str()),
        (item["at"].as_str(), Some("ben")),
        "its own time and author"
    );
    assert_eq!(place.json(&["inbox"])["items"].as_array().map(Vec::len), Some(2));
    place.fails(4, &["inbox", "file", &id, "-i", "3"]);
    assert_eq!(place.ok(&["use", "3"]), "export HIKESHI_INCIDENT=3\n");
    let by_variable = place.command(&["note", "x", "-q"]).env("HIKESHI_INCIDENT", "3").status().expect("runs");
    assert!(by_variable.success());
    for number in ["1", "3"] {
        place.ok(&["-i", number, "resolve", "done", "-q"]);
    }
    assert_eq!(place.ok(&["prompt"]), "", "a drill is no reason to alarm anybody");
    assert!(place.fails(4, &["note", "too late"]).contains("2 incidents are open"));
}

#[test]
fn a_key_means_one_request() {
    let place = Place::declared();
    let first = place.json(&["note", "pager", "--at", "5m ago", "--key", "alert-1"]);
    place.wait(120);
    let again = place.json(&["note", "pager", "--at", "5m ago", "--key", "alert-1"]);
    assert_eq!((again["duplicate"].as_bool(), &again["entries"][0]["id"]), (Some(true), &first["entries"][0]["id"]));
    assert!(place.fails(1, &["note", "another", "--key", "alert-1"]).contains("alert-1"));
    let declared = place.json(&["declare", "from cron", "--key", "cron-1"]);
    assert_eq!(
        place.json(&["declare", "from cron", "--key", "cron-1"])["incident"]["ref"],
        declared["incident"]["ref"]
    );
    assert_eq!(place.json(&["list"])["incidents"].as_array().map(Vec::len), Some(2));
}

#[test]
fn list_shows_the_worst_first_and_filters() {
    let place = Place::new();
    for (title, severity) in [("mild", "sev3"), ("bad", "sev1"), ("secret", "sev0")] {
        let mut arguments = vec!["declare", title, "--severity", severity, "-q"];
        if title == "secret" {
            arguments.push("--restricted");
        }
        place.ok(&arguments);
    }
    assert_eq!(place.ok(&["list", "-q"]), "2\n1\n");
    assert_eq!(place.ok(&["list", "-q", "--restricted"]), "3\n2\n1\n");
    assert_eq!(place.ok(&["list", "-q", "--severity", "3"]), "1\n");
    assert!(place.ok(&["list", "--limit", "1"]).contains("and more"));
    place.ok(&["-i", "2", "resolve", "x", "-q"]);
    assert_eq!(place.ok(&["list", "-q"]), "1\n");
    assert_eq!(place.ok(&["list", "-q", "--all"]), "1\n2\n");
    assert_eq!(place.ok(&["list", "-q", "--status", "resolved"]), "2\n");
    assert!(place.ok(&["prompt"]).starts_with("#1 sev3 mild"));
}

#[test]
fn a_postmortem_is_written_once_and_not_over_another() {
    let place = Place::declared();
    place.ok(&["resolve", "restored", "--cause", "a lock", "-q"]);
    let out = place.ok(&["postmortem", "-o", "pm.html"]);
    assert_eq!(out, "pm.html\n");
    let html = std::fs::read_to_string(place.path().join("pm.html")).expect("written");
    assert!(html.contains("<svg") && html.contains("API down") && !html.contains("<script"));
    assert!(place.fails(1, &["postmortem", "-o", "pm.html"]).contains("--force"));
    place.ok(&["postmortem", "-o", "pm.html", "--force"]);
    let markdown = place.lang("ja").ok(&["postmortem"]);
    assert!(markdown.contains("## 対応") && markdown.contains("不明"), "{markdown}");
}

#[test]
fn configuration_overrides_and_its_slips_stop_nobody() {
    let place = Place::new();
    let config = place.path().join("config");
    let folder = config.to_str().expect("UTF-8");
    place.ok(&["--config", folder, "init"]);
    assert!(place.ok(&["--config", folder, "init"]).contains("nothing to write"));
    assert!(place.ok(&["--config", folder, "playbook", "lint"]).contains("0 errors"));
    let text = place.ok(&["playbook", "new", "payments"]);
    std::fs::write(config.join("playbooks/payments.toml"), text).expect("written");
    place.ok(&["--config", folder, "declare", "cards fail", "--playbook", "payments", "-q"]);
    assert_eq!(place.json(&["show"])["incident"]["checklists"][0]["playbook"], "payments");
    std::fs::write(config.join("playbooks/broken.toml"), "id = \"broken\"\nversion = \n").expect("written");
    let ran = place.run(&["--config", folder, "declare", "still works", "-q"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("broken.toml") && ran.err.contains("playbook lint"), "{}", ran.err);
    let lint = place.run(&["--config", folder, "playbook", "lint"]);
    assert_eq!(lint.code, 3);
    assert!(lint.out.contains("broken.toml:2:"), "{}", lint.out);
}

#[test]
fn help_completion_and_manual_come_in_both_languages() {
    let place = Place::declared();
    assert!(place.ok(&["--help"]).contains("During an incident"));
    assert!(place.ok(&["--lang", "ja", "help", "declare"]).contains("インシデントを宣言する"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(place.ok(&["completions", shell]).contains("COMPLETE"));
    }
    let asked = place
        .command(&["--", "hikeshi", "check", ""])
        .env("COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", "2")
        .env("_CLAP_COMPLETE_COMP_TYPE", "9")
        .output()
        .expect("runs");
    assert!(String::from_utf8_lossy(&asked.stdout).contains("confirm-impact"), "{asked:?}");
    assert!(place.ok(&["man"]).contains(".TH"));
    place.ok(&["man", "--dir", "pages"]);
    assert!(place.path().join("pages/hikeshi-declare.1").exists());
    let demo = place.json(&["demo"]);
    assert!(std::path::Path::new(demo["postmortem"].as_str().expect("a path")).exists());
    let _ = std::fs::remove_dir_all(
        std::path::Path::new(demo["store"].as_str().expect("a path")).parent().expect("a folder"),
    );
}

/// A reopened incident: its calm counts nowhere, and what was done in the first round is told in every view.
#[test]
fn calm_days_between_two_rounds_are_no_outage() {
    let place = Place::declared();
    place.ok(&["identify", "--cause", "a full disk"]);
    place.ok(&["mitigate", "--workaround", "reads go to db-2"]);
    place.wait(41 * 60).ok(&["resolve", "over"]);
    place.wait(13 * 24 * 3600);
    let over = place.ok(&["list", "--all"]);
    assert!(over.contains(" 41 min ") && !over.contains("13 d"), "{over}");
    place.ok(&["reopen", "--reason", "it is back"]);
    let list = place.ok(&["list"]);
    assert!(list.contains(" 41 min "), "{list}");
    place.wait(30 * 60).ok(&["resolve", "over again"]);
    let show = place.ok(&["show"]);
    assert!(show.contains("lasted 1 h 11 min"), "{show}");
    let incident = place.json(&["show"])["incident"].clone();
    assert_eq!(incident["lasted_seconds"].as_i64().expect("seconds") / 60, 71, "{incident}");
    let rounds = incident["rounds"].as_array().expect("rounds");
    assert!(rounds.len() == 1 && rounds[0]["mitigated_at"].is_string() && rounds[0]["identified_at"].is_string());
    let document = place.ok(&["postmortem"]);
    assert!(document.contains("came back") && !document.contains("mitigated: not recorded"), "{document}");
    assert!(document.contains("| 1 h 11 min |"), "{document}");
    let metrics = place.json(&["metrics"]);
    let resolve = metrics["measures"].as_array().expect("measures").iter().find(|one| one["measure"] == "resolve");
    let seconds = resolve.expect("one")["median_seconds"].as_i64();
    assert_eq!(seconds.map(|seconds| seconds / 60), Some(71), "{metrics}");
    let similar = place.json(&["similar", "API", "down"]);
    assert_eq!(similar["similar"][0]["minutes"], 71, "{similar}");
    let csv = place.ok(&["export", "--format", "csv", "--all"]);
    assert!(csv.lines().next().is_some_and(|head| head.contains("monitoring_at")) && csv.contains(",71,"), "{csv}");
}

/// Words that were said already stay as they were said, and what they promised counts from when they were said.
#[test]
fn nothing_is_added_to_what_was_said_by_hand() {
    let place = Place::declared();
    place.wait(3600);
    let told = ["update", "API is down", "--audience", "customers", "--sent-by-hand", "--next", "30m", "--at", "05:20"];
    let said = place.json(&told);
    let find = |kind: &str| {
        let entries = said["entries"].as_array().expect("entries");
        entries.iter().find(|entry| entry["kind"] == kind).expect("recorded").clone()
    };
    assert_eq!(find("statement.drafted")["data"]["text"], "API is down");
    assert_eq!(find("statement.sent")["data"]["next_at"], "2026-11-20T05:50:00.000Z");
    // What is still to be said says it.
    let draft = place.json(&["update", "API is down", "--audience", "customers", "--draft", "--next", "30m"]);
    assert!(draft["entries"][0]["data"]["text"].as_str().is_some_and(|text| text.contains("Next update by")));
}

/// A corrected time reaches the whole deed: the draft, its sending, and the deadline that it met.
#[test]
fn a_corrected_time_moves_the_sending_and_its_deadline() {
    let place = Place::declared();
    place.wait(3600);
    let told = ["update", "we are on it", "--audience", "customers", "--sent-by-hand", "-q"];
    let id = place.ok(&told).trim().to_owned();
    // Something is overdue, so the exit code is no concern here.
    let clocks = || -> serde_json::Value { serde_json::from_str(&place.run(&["due", "--json"]).out).expect("JSON") };
    let before = clocks();
    place.ok(&["amend", &id, "--at", "30m"]);
    let entries = place.json(&["timeline", "--kind", "statement"])["entries"].as_array().expect("entries").clone();
    let times: Vec<&str> = entries.iter().filter_map(|entry| entry["at"].as_str()).collect();
    assert!(times.len() == 2 && times[0] == times[1], "{times:?}");
    let due = |clocks: &serde_json::Value| {
        let all = clocks["clocks"].as_array().expect("clocks").clone();
        let found = all.into_iter().find(|clock| clock["name"].as_str().is_some_and(|name| name.contains("customers")));
        found.expect("a deadline")["due_at"].as_str().expect("a time").to_owned()
    };
    assert!(due(&clocks()) < due(&before), "it is due again as long after it was told");
}

/// Detection that is learnt later can be set.
#[test]
fn detection_can_be_set_later() {
    let place = Place::declared();
    place.ok(&["set", "--detected-at", "04:40"]);
    assert!(place.ok(&["show"]).contains("detected 04:40"));
    assert!(place.fails(1, &["set", "--started-at", "04:50"]).contains("04:40"));
}
