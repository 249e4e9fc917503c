//! What is said now, who knows it, and how a shift passes to the next one.

use super::place::Place;

const HOSTILE: &str = "*We* look <!channel> into it @here \u{1b}[31m [ok](https://x.example)";

/// An outage for many customers at sev1, whose customers were told something by hand.
fn told() -> (Place, String) {
    let place = Place::new();
    place.ok(&["declare", "API down", "--severity", "sev1", "--customers", "many", "--category", "outage", "-q"]);
    place.wait(600);
    let by_hand = ["--audience", "customers", "--sent-by-hand", "--channel", "status-page", "-q"];
    let id = place.ok(&[&["update", HOSTILE][..], &by_hand].concat()).trim().to_owned();
    (place, id)
}

fn texts<'a>(list: &'a serde_json::Value, field: &str) -> Vec<&'a str> {
    list.as_array().expect("a list").iter().filter_map(|one| one[field].as_str()).collect()
}

#[test]
fn b5_everybody_who_answers_a_phone_says_the_same_current_thing() {
    let (place, id) = told();
    place.ok(&["mitigate", "--workaround", "1. open the old site\n2. log in again", "-q"]);
    place.ok(&["brief", "--faq", "add", "Is my data safe?", "yes,", "it", "is"]);
    let out = place.ok(&["brief"]);
    for says in
        ["Customers", &id, "sent by hand through status-page", "next update by ", "2. log in again", "yes, it is"]
    {
        assert!(out.contains(says), "{says}: {out}");
    }
    assert!(out.contains("Executives\n  nothing was said yet"), "{out}");
    assert!(out.contains("\\x1b[31m") && !out.contains('\u{1b}'), "{out}");
    let made = place.json(&["brief", "--audience", "お客様"]);
    assert_eq!(texts(&made["audiences"], "audience"), ["customers"]);
    assert_eq!(made["audiences"][0]["statement"]["text"], HOSTILE.trim());
    assert_eq!(made["answers"][0]["answer"], "yes, it is");
    assert!(place.fails(4, &["brief", "--audience", "martians"]).contains("customers"));
    assert!(place.fails(2, &["brief", "--faq", "add", "Only a question?"]).contains("brief --faq add"));
    assert!(place.fails(2, &["brief", "--faq", "remove"]).contains("--faq add"));
    assert!(place.lang("ja").ok(&["brief"]).contains("いま伝えること"));
}

#[test]
fn b6_what_is_no_longer_true_is_shown_with_what_replaced_it() {
    let (place, wrong) = told();
    place.ok(&["brief", "--briefed", "ben", "chie"]);
    assert!(!place.ok(&["brief"]).contains("to be told again"));
    place.wait(60);
    place.ok(&["update", "We have found it", "--corrects", &wrong, "--sent-by-hand", "-q"]);
    place.ok(&["brief", "--briefed", "chie", "--audience", "customers"]);
    let made = place.json(&["brief", "--who"]);
    let known: Vec<(&str, bool)> = made["briefed"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["name"].as_str().expect("a name"), one["current"].as_bool().expect("a flag")))
        .collect();
    assert_eq!(known, [("ben", false), ("chie", false), ("chie", true)], "chie knows what customers are told");
    assert_eq!(made["no_longer"][0]["was"]["id"], wrong.as_str());
    assert_eq!(made["no_longer"][0]["now"]["text"], "We have found it");
    let out = place.ok(&["brief"]);
    assert!(out.contains("no longer true") && out.contains("changed since they were briefed: ben"), "{out}");
    assert!(place.ok(&["brief", "--who"]).contains("must be told again\n  ben: briefed "));
}

#[test]
fn redacted_words_are_said_to_be_removed() {
    let (place, id) = told();
    place.ok(&["redact", &id, "--reason", "a customer's name"]);
    let made = place.json(&["brief"]);
    assert!(made["audiences"][0]["statement"]["text"].is_null(), "{made}");
    let out = place.ok(&["brief"]);
    assert!(!out.contains("look") && out.contains("removed"), "{out}");
}

#[test]
fn what_goes_into_a_chat_calls_nobody_and_hides_nothing() {
    let (place, _) = told();
    for verb in ["brief", "show"] {
        let out = place.ok(&[verb, "--format", "chat"]);
        assert!(out.starts_with("*#1 API down"), "{out}");
        for acts in ["<!channel>", "@here", "](", "\u{1b}", "*We*"] {
            assert!(!out.contains(acts), "{verb} {acts}: {out}");
        }
        assert!(place.fails(2, &[verb, "--format", "chat", "--json"]).contains("--json"));
    }
    assert!(place.ok(&["brief", "--format", "chat"]).contains("> ∗We∗ look ‹!channel> into it ＠here"));
}

#[test]
fn a_handover_waits_until_it_is_accepted() {
    let (place, _) = told();
    place.ok(&["note", "--kind", "hypothesis", "the new index", "-q"]);
    let gone = place.ok(&["note", "--kind", "hypothesis", "the network", "-q"]);
    place.ok(&["note", "--refutes", gone.trim(), "no loss anywhere", "-q"]);
    place.ok(&["note", "--kind", "change", "restarted db-3", "-q"]);
    place.ok(&["followup", "add", "Acme", "call back", "-q"]);
    let out = place.ok(&["handoff"]);
    for says in [
        "who holds what\n  incident manager: aki, since ",
        "theories not yet confirmed\n",
        "aki: the new index",
        "theories refuted\n",
        "what was tried\n",
        "open steps\n",
        "running clocks\n",
        "who was told what\n  Customers: ",
        "Acme: call back",
    ] {
        assert!(out.contains(says), "{says}: {out}");
    }
    assert!(place.actor("ben").fails(4, &["handoff", "--accept"]).contains("nothing was offered to ben"));
    let offered = place.actor("aki").run(&["handoff", "--to", "ben", "watch", "the", "replicas"]);
    assert!(
        offered.out.contains("#1 API down · aki offers incident-manager to ben: watch the replicas ["),
        "{}",
        offered.out
    );
    assert!(offered.err.contains("ben types: hikeshi -i 1 handoff --accept"), "{}", offered.err);
    let waiting = place.json(&["handoff"]);
    assert_eq!(waiting["incident"]["roles"][0]["holders"][0]["name"], "aki", "the giver carries on");
    assert_eq!(
        (waiting["offers"][0]["from"].as_str(), waiting["offers"][0]["to"].as_str()),
        (Some("aki"), Some("ben"))
    );
    assert!(place.ok(&["show"]).contains("handovers that wait\n  incident manager: aki to ben"));
    assert!(place.actor("ben").fails(2, &["handoff", "--refuse"]).contains("reason"));
    let taken = place.json(&["handoff", "--accept"]);
    assert_eq!(taken["incident"]["roles"][0]["holders"][0]["name"], "ben");
    place.ok(&["handoff", "--to", "chie", "-q"]);
    place.actor("chie").ok(&["handoff", "--refuse", "--reason", "on the road"]);
    assert_eq!(place.json(&["show"])["incident"]["roles"][0]["holders"][0]["name"], "ben");
    place.actor("ben").ok(&["handoff", "--to", "chie", "--role", "incident-manager", "-q"]);
    place.ok(&["handoff", "--accepted-by", "chie"]);
    assert_eq!(place.json(&["show"])["incident"]["roles"][0]["holders"][0]["name"], "chie");
    assert!(place.fails(1, &["handoff", "--to", "dai"]).contains("ben holds no such role"));
}

#[test]
fn the_brief_of_a_shift_is_written_once_and_not_over_another() {
    let (place, _) = told();
    assert_eq!(place.ok(&["handoff", "-o", "shift.md"]), "shift.md\n");
    let written = std::fs::read_to_string(place.path().join("shift.md")).expect("written");
    assert!(written.starts_with("# \\#1 API down: handover\n") && written.contains("\n## open steps\n"), "{written}");
    assert!(written.contains("> \\*We\\* look &lt;!channel> into it"), "{written}");
    assert!(place.fails(1, &["handoff", "-o", "shift.md"]).contains("--force"));
    // What can't be written offers nothing.
    place.fails(1, &["handoff", "-o", "shift.md", "--to", "ben"]);
    assert_eq!(place.json(&["handoff"])["offers"].as_array().map(Vec::len), Some(0));
    let both = place.json(&["handoff", "-o", "shift.md", "--force", "--to", "ben"]);
    assert_eq!(both["entries"][0]["kind"], "handoff.offered");
    place.ok(&["set", "--restricted", "-q"]);
    assert!(place.fails(1, &["handoff", "-o", "other.md"]).contains("--restricted"));
    place.ok(&["handoff", "-o", "other.md", "--restricted"]);
}

#[test]
fn show_says_what_is_owed_and_how_the_impact_goes() {
    let (place, _) = told();
    place.ok(&["impact", "--users", "300", "--units", "10/1000", "-q"]);
    place.ok(&["impact", "--users", "1200", "--units", "640/1000", "--requests-failed", "30%", "-q"]);
    place.ok(&["reach", "status-page", "500", "--of", "1000", "-q"]);
    place.ok(&["escalate", "--to", "dba", "-q"]);
    place.ok(&["followup", "add", "Acme", "call back", "--due", "2h", "-q"]);
    place.wait(3 * 3600);
    let out = place.ok(&["show"]);
    for says in [
        "users: 1200, up from 300",
        "units mended: 640 of 1000, up from 10 of 1000; 360 left",
        "requests that fail: 30 %",
        "status-page: 500 of 1000, 500 not reached",
        "dba: called 3 h 0 min ago",
        "Acme: call back",
        "customers: initial 3 h 0 min ago, sent by hand through status-page",
        "overdue since",
    ] {
        assert!(out.contains(says), "{says}: {out}");
    }
    let quiet = Place::new();
    quiet.ok(&["declare", "slow", "--severity", "sev3", "-q"]);
    let quiet = quiet.ok(&["show"]);
    for absent in ["impact", "who was told", "not reached", "calls", "news promised", "legal", "handovers"] {
        assert!(!quiet.contains(&format!("\n{absent}")), "{absent}: {quiet}");
    }
}

#[test]
fn a6_b7_the_postmortem_says_what_was_late_and_whom_it_did_not_reach() {
    // Declared 05:00:01, customers due 05:30:01 and told 05:10:02: due again 06:10:02, told 06:40:03, half an hour late.
    let (place, first) = told();
    place.wait(5400);
    place.ok(&["update", "Better", "--audience", "customers", "--corrects", &first, "--sent-by-hand", "-q"]);
    place.ok(&["reach", "status-page", "500", "--of", "1000", "-q"]);
    place.ok(&["impact", "--users", "300", "-q"]);
    place.ok(&["impact", "--users", "900", "-q"]);
    place.ok(&["resolve", "restored", "-q"]);
    let out = place.ok(&["postmortem"]);
    assert!(out.contains("| customers-sev1 | customers | 06:10 | 06:40 | 30 min |"), "{out}");
    // Executives due 05:30 and customer-facing teams due 05:15 were never told, until 06:40.
    assert!(out.contains("| executives | executives | 05:30 | never | 1 h 10 min |"), "{out}");
    assert!(out.contains("| support | support | 05:15 | never | 1 h 25 min |"), "{out}");
    assert!(out.contains("1 of 4 updates came in time; late: 1; never: 2."), "{out}");
    assert!(out.contains("was wrong: corrected by ") && out.contains(&format!("corrects {first}")), "{out}");
    assert!(out.contains("| status-page | 500 | 1000 |") && out.contains("did not reach 500"), "{out}");
    assert!(out.contains("300 █████████████\n") && out.contains(&"█".repeat(40)), "{out}");
    let quiet = Place::declared();
    quiet.ok(&["resolve", "x", "-q"]);
    let quiet = quiet.ok(&["postmortem"]);
    for absent in ["What stakeholders were told", "Updates against", "Reach of", "Impact over time"] {
        assert!(!quiet.contains(absent), "{absent}");
    }
}
