//! Deadlines, what stakeholders are told, and what leaves the house (A6, B1, B6, B7, D3, E7).

mod mended;
mod replay;
mod server;

use super::place::Place;
use serde_json::Value;
use server::{Behaviour, Receiver};
use std::time::Duration;

/// A place whose policy says this.
fn with_policy(policy: &str) -> Place {
    let place = Place::new();
    let folder = place.path().join(".config/hikeshi");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("policy.toml"), policy).expect("written");
    place
}

/// A webhook to this address that carries what customers are told, and reminders.
fn webhook(url: &str) -> String {
    format!(
        "[[channel]]\nid = \"hook\"\nkind = \"webhook\"\nurl = \"{url}\"\n\
         [[audience]]\nid = \"customers\"\nchannels = [\"hook\"]\n\
         [reminders]\nchannels = [\"hook\"]\n"
    )
}

fn clocks(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let all = [&["due", "--json"], arguments].concat();
    let ran = place.run(&all);
    let document: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("JSON: {} {}", ran.out, ran.err));
    document["clocks"].as_array().expect("a list").clone()
}

fn names(clocks: &[Value]) -> Vec<&str> {
    clocks.iter().map(|clock| clock["name"].as_str().expect("a name")).collect()
}

fn kinds(place: &Place, kind: &str) -> Vec<Value> {
    let document = place.json(&["timeline", "--kind", kind]);
    document["entries"].as_array().expect("a list").clone()
}

#[test]
fn a6_a_sev0_has_the_clocks_of_the_source_and_one_customer_has_no_status_page() {
    let place = Place::new();
    place.ok(&["declare", "down", "--severity", "sev0", "--customers", "many"]);
    let all = clocks(&place, &["--all", "--kind", "comms"]);
    let due = |name: &str| {
        let clock = all.iter().find(|clock| clock["name"] == format!("comms:{name}")).expect("there");
        (clock["started_at"].as_str().expect("a time").to_owned(), clock["due_at"].as_str().expect("a time").to_owned())
    };
    for (name, minutes) in [("first-notice", 0), ("status-page", 30), ("webinar-invitation", 30), ("webinar", 30)] {
        let (from, to) = due(name);
        let at = |text: &str| text.parse::<jiff::Timestamp>().expect("RFC 3339");
        assert_eq!(at(&to).duration_since(at(&from)).as_mins(), minutes, "{name}");
    }
    place.ok(&["set", "--customers", "one"]);
    let left = clocks(&place, &["--all", "--kind", "comms"]);
    assert!(!names(&left).contains(&"comms:status-page"), "{left:?}");
    assert!(names(&left).contains(&"comms:account-team"), "{left:?}");
}

#[test]
fn a6_severity_and_status_restart_add_and_end_clocks() {
    let place = Place::new();
    place.ok(&["declare", "slow", "--severity", "sev3"]);
    assert_eq!(clocks(&place, &["--kind", "comms"]).len(), 0);
    place.ok(&["escalate", "sev1"]);
    assert!(names(&clocks(&place, &["--kind", "comms"])).contains(&"comms:customers-sev1"));
    place.ok(&["update", "we know", "--audience", "customers", "--sent-by-hand", "--next", "20m"]);
    let next = place.json(&["show"])["incident"]["next_update_at"].clone();
    assert!(next.is_string());
    place.ok(&["resolve", "fixed"]);
    let left = clocks(&place, &["--kind", "comms"]);
    assert_eq!(names(&left), ["comms:final-notice"]);
    place.wait(60);
    place.fails(3, &["due", "--kind", "comms", "-q"]);
    place.ok(&["update", "it is over", "--audience", "customers", "--stage", "resolved", "--sent-by-hand"]);
    assert_eq!(clocks(&place, &["--kind", "comms"]).len(), 0);
    place.ok(&["reopen", "--reason", "not over"]);
    assert!(names(&clocks(&place, &["--kind", "comms"])).contains(&"comms:customers-sev1"));
}

#[test]
fn due_answers_by_time_owner_kind_and_as_a_calendar() {
    let place = Place::declared();
    place.ok(&["assign-role", "tech-lead", "ben"]);
    place.ok(&["mitigate", "--workaround", "restart hourly", "--fix-due", "3d"]);
    let fix = clocks(&place, &["--all", "--owner", "ben", "--kind", "fix"]);
    assert_eq!((names(&fix), fix[0]["overdue"].as_bool()), (vec!["fix"], Some(false)));
    assert!(!names(&clocks(&place, &["--within", "15m"])).contains(&"fix"));
    place.fails(2, &["due", "--kind", "weather"]);
    place.wait(4 * 86_400);
    let ran = place.run(&["due", "--ical"]);
    assert_eq!(ran.code, 3, "something is overdue");
    for says in ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VCALENDAR"] {
        assert!(ran.out.contains(says), "{says}: {}", ran.out);
    }
    assert!(ran.out.lines().all(|line| line.trim_end_matches('\r').len() <= 75));
    // Restricted incidents and exercises are not for everybody's list.
    place.ok(&["declare", "secret", "--restricted", "--force"]);
    place.ok(&["declare", "exercise", "--drill", "--force"]);
    let seen = clocks(&place, &[]);
    assert!(seen.iter().all(|clock| clock["incident"] == 1), "{seen:?}");
    assert!(clocks(&place, &["--restricted", "--all"]).iter().any(|clock| clock["incident"] == 2));
}

#[test]
fn d6_tick_reminds_once_for_each_moment_whatever_the_clock_does() {
    let hook = Receiver::start(|_| Behaviour::Answer(200, None));
    let place = with_policy(&webhook(&hook.url));
    assert_eq!(place.ok(&["tick"]), "");
    assert!(!place.store().exists(), "a scheduler begins no store");
    place.ok(&["declare", "API down"]);
    place.ok(&["tick"]);
    assert_eq!(place.ok(&["tick"]), "");
    place.wait(5 * 60);
    let would = place.ok(&["tick", "--dry-run"]);
    assert!(would.contains("confirm-report"), "{would}");
    let done = place.ok(&["tick"]);
    assert_eq!(done.lines().count(), would.lines().count(), "{done}");
    assert_eq!(place.ok(&["tick"]), "");
    let reminders = kinds(&place, "clock.reminded").len();
    // An hour back, and forward again: nothing is said twice.
    place.wait(-3600);
    assert_eq!(place.ok(&["tick"]), "");
    place.wait(3600);
    assert_eq!(place.ok(&["tick"]), "");
    assert_eq!(kinds(&place, "clock.reminded").len(), reminders);
    // A year ahead: one message that tells of everything, not one for each moment that was missed.
    let before = hook.received().len();
    place.wait(365 * 86_400);
    place.run(&["tick"]);
    assert_eq!(hook.received().len(), before + 1);
    assert_eq!(place.ok(&["tick"]), "");
}

#[test]
fn a_scheduler_that_stopped_is_missed() {
    let place = Place::declared();
    place.wait(86_400);
    assert!(!place.run(&["due"]).err.contains("tick"), "none ever ran");
    place.ok(&["tick"]);
    assert!(!place.run(&["due"]).err.contains("last ran"));
    place.wait(3600);
    assert!(place.run(&["due"]).err.contains("last ran 1 h"), "{}", place.run(&["due"]).err);
    assert!(place.run(&["note", "still here"]).err.contains("last ran"));
}

#[test]
fn b1_an_hour_of_bad_quality_is_suggested_to_be_worse_or_is_made_so() {
    let place = Place::new();
    place.ok(&["declare", "slow", "--severity", "sev3"]);
    place.wait(59 * 60);
    assert!(!place.ok(&["tick"]).contains("escalate"));
    place.wait(60);
    assert!(place.ok(&["tick"]).contains("escalate sev2"));
    assert!(!place.ok(&["tick"]).contains("escalate"), "said once");
    assert_eq!(place.json(&["show"])["incident"]["severity"], "sev3");
    let strict = with_policy("[[classification]]\nid = \"one-hour-rule\"\napply = true\n");
    strict.ok(&["declare", "slow", "--severity", "sev3"]);
    strict.wait(3700);
    strict.ok(&["tick"]);
    assert_eq!(strict.json(&["show"])["incident"]["severity"], "sev2");
}

#[test]
fn d3_a_ladder_is_climbed_until_somebody_answers() {
    let place = with_policy(
        "[[ladder]]\nid = \"db\"\n[[ladder.tier]]\ncall = [\"ben\", \"chie\"]\nwait = \"5m\"\n\
         [[ladder.tier]]\ncall = [\"dai\"]\nwait = \"5m\"\n\
         [[service]]\nid = \"orders\"\ntitle = { en = \"Orders\", ja = \"受注\" }\nladder = \"db\"\n",
    );
    place.ok(&["declare", "down"]);
    let preview = place.ok(&["escalate", "--to", "orders", "--dry-run"]);
    assert!(preview.contains("ben (db 1)") && preview.contains("5 min"), "{preview}");
    assert_eq!(kinds(&place, "people.called").len(), 0, "nothing was recorded");
    place.ok(&["escalate", "--to", "orders", "--reason", "locks"]);
    place.ok(&["ack", "--for", "ben", "--decline", "on a plane"]);
    assert!(!place.ok(&["tick"]).contains("dai"), "chie may still answer");
    place.wait(5 * 60);
    assert!(place.ok(&["tick"]).contains("calling dai"));
    assert!(!place.ok(&["tick"]).contains("calling"));
    place.wait(5 * 60);
    assert!(place.ok(&["tick"]).contains("NOBODY ANSWERED"));
    assert!(!place.ok(&["tick"]).contains("NOBODY"), "said once");
    place.fails(4, &["ack", "--for", "nobody"]);
    place.ok(&["ack", "--for", "dai"]);
    let shown = place.json(&["show"]);
    assert!(shown["incident"]["acknowledged_at"].is_string());
    assert!(!names(&clocks(&place, &["--kind", "ack"])).iter().any(|name| name.contains("dai")));
}

#[test]
fn e7_a_statement_that_needs_approval_is_sent_only_with_it() {
    let hook = Receiver::start(|_| Behaviour::Answer(200, None));
    let policy = format!(
        "{}approval = [\"incident-manager\"]\n",
        webhook(&hook.url).replace("[reminders]\nchannels = [\"hook\"]\n", "")
    );
    let place = with_policy(&policy);
    place.ok(&["declare", "down", "--severity", "sev1"]);
    place.actor("ben");
    let err = place.fails(1, &["update", "we are on it", "--audience", "customers", "--send"]);
    assert!(err.contains("incident-manager") && err.contains("aki") && err.contains("kept as a draft"), "{err}");
    let id = place.ok(&["update", "we are on it", "--audience", "customers", "--draft", "-q"]);
    let id = id.trim();
    place.fails(1, &["update", "--approve", id]);
    place.fails(1, &["update", "--statement", id, "--send"]);
    place.actor("aki");
    place.ok(&["update", "--approve", id]);
    place.fails(1, &["amend", id, "something else"]);
    place.actor("ben");
    place.ok(&["update", "--statement", id, "--send"]);
    let received = hook.received();
    assert_eq!((received.len(), received[0].body["text"].as_str()), (1, Some("we are on it")));
    assert_eq!(kinds(&place, "statement.approved")[0]["data"]["by"], "aki");
    place.fails(1, &["update", "--statement", id, "--send"]);
    place.fails(1, &["undo"]);
}

#[test]
fn b6_a_correction_reaches_everyone_who_got_the_wrong_one() {
    let hook = Receiver::start(|_| Behaviour::Answer(200, None));
    let place = with_policy(&webhook(&hook.url));
    place.ok(&["declare", "down", "--severity", "sev1"]);
    let wrong = place.ok(&["update", "mail is safe", "--audience", "customers", "--send", "-q"]);
    let out = place.run(&["identify", "--cause", "the mail spool was lost too"]);
    assert!(out.err.contains(wrong.trim()) && out.err.contains("--corrects"), "{}", out.err);
    place.ok(&["update", "mail was lost as well", "--corrects", wrong.trim(), "--send"]);
    assert_eq!(hook.received().len(), 2);
    assert!(kinds(&place, "statement.drafted")[0]["superseded_by"].is_string());
    assert!(place.ok(&["timeline"]).contains("no longer stands"));
    let again = place.fails(1, &["update", "x", "--corrects", wrong.trim(), "--send"]);
    assert!(again.contains("corrected by"), "{again}");
    place.fails(4, &["update", "x", "--corrects", "zzzz", "--send"]);
    let out = place.run(&["resolve", "restored"]);
    assert!(out.err.contains("goes on"), "{}", out.err);
}

#[test]
fn e2_a_template_says_what_is_not_known_and_nobody_sends_it_unread() {
    let hook = Receiver::start(|_| Behaviour::Answer(200, None));
    let place = with_policy(&webhook(&hook.url));
    place.ok(&["declare", "db-3 on fire", "--severity", "sev1", "--service", "orders"]);
    let err = place.fails(1, &["update", "--audience", "customers", "--send"]);
    assert!(err.contains("--statement") && hook.received().is_empty(), "{err}");
    let drafts = kinds(&place, "statement.drafted");
    let text = drafts[0]["data"]["text"].as_str().expect("words");
    assert!(!text.contains("db-3") && !text.contains("sev1"), "customers read no internal words: {text}");
    assert!(text.contains("not yet known"), "{text}");
    place.lang("ja");
    place.run(&["update", "--audience", "customers"]);
    let text = kinds(&place, "statement.drafted")[1]["data"]["text"].to_string();
    assert!(text.contains("お客様") || text.contains("ご迷惑"), "{text}");
    place.lang("en");
    let folder = place.path().join(".config/hikeshi/templates");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("initial.customers.en.txt"), "Hello\n{{ nobody_knows }}\n").expect("written");
    let ran = place.run(&["update", "--audience", "customers", "--stage", "initial"]);
    assert!(ran.err.contains("initial.customers.en.txt:2") && ran.err.contains("nobody_knows"), "{}", ran.err);
    assert_eq!(ran.code, 0, "the compiled-in one is used instead");
}

#[test]
fn an_outbox_loses_nothing_and_repeats_only_under_the_same_key() {
    // Refused, asked to wait, dropped after the body, then taken.
    let hook = Receiver::start(|n| match n {
        0 => Behaviour::Answer(500, None),
        1 => Behaviour::Answer(429, Some(600)),
        2 => Behaviour::Drop,
        _ => Behaviour::Answer(200, None),
    });
    let place = with_policy(webhook(&hook.url).split("[reminders]").next().expect("the first part"));
    place.ok(&["declare", "down", "--severity", "sev1"]);
    let ran = place.run(&["update", "<b>=1+1</b> \u{1b}[31m", "--audience", "customers", "--send"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("not delivered yet"), "{}", ran.err);
    place.wait(20);
    place.run(&["tick"]);
    place.wait(300);
    place.run(&["tick"]);
    assert_eq!(hook.received().len(), 2, "Retry-After is honoured");
    place.wait(301);
    place.run(&["tick"]);
    place.wait(600);
    place.run(&["tick"]);
    let received = hook.received();
    let keys: std::collections::BTreeSet<&String> = received.iter().map(|one| &one.key).collect();
    assert_eq!((received.len(), keys.len()), (4, 1), "one message, whatever it took");
    assert!(received[3].taken && !received[2].taken);
    assert_eq!(received[3].body["text"], "<b>=1+1</b> \u{1b}[31m", "text stays text");
    let delivered = kinds(&place, "message.delivered");
    assert_eq!(delivered[0]["data"]["uncertain"], true, "the reply to the third attempt was lost");
    assert_eq!(kinds(&place, "message.failed").len(), 3);
}

#[test]
fn an_unreachable_channel_never_holds_anybody_up_for_long() {
    let hook = Receiver::start(|_| Behaviour::Hang(Duration::from_mins(2)));
    let place = with_policy(&webhook(&hook.url));
    place.ok(&["declare", "down", "--severity", "sev1"]);
    let begin = std::time::Instant::now();
    let ran = place.run(&["update", "on it", "--audience", "customers", "--send"]);
    assert!(begin.elapsed() < Duration::from_mins(1), "two seconds, on a machine as slow as you like");
    assert!(ran.code == 0 && ran.err.contains("not delivered yet"), "{}", ran.err);
    assert_eq!(kinds(&place, "statement.sent").len(), 1);
}

#[test]
fn what_no_longer_holds_is_not_delivered() {
    let hook = Receiver::start(|n| Behaviour::Answer(if n == 0 { 503 } else { 200 }, None));
    let place = with_policy(&webhook(&hook.url));
    place.ok(&["declare", "down", "--severity", "sev1"]);
    let wrong = place.ok(&["update", "all is lost", "--audience", "customers", "--send", "-q"]);
    place.ok(&["update", "nothing is lost", "--corrects", wrong.trim(), "--send"]);
    place.wait(60);
    place.run(&["tick"]);
    let texts: Vec<String> = hook.received().iter().map(|one| one.body["text"].to_string()).collect();
    assert_eq!(
        texts.iter().filter(|text| text.contains("all is lost")).count(),
        1,
        "only the one that failed: {texts:?}"
    );
    let given_up = kinds(&place, "message.failed");
    assert!(given_up.iter().any(|entry| entry["data"]["next_at"].is_null()), "{given_up:?}");
}

#[test]
fn b7_who_was_promised_news_keeps_the_incident_waiting() {
    let place = Place::declared();
    place.ok(&["followup", "add", "Example Corp", "when the report is out", "--due", "2h"]);
    place.ok(&["reach", "status-page", "500", "--of", "1000"]);
    place.fails(2, &["reach", "status-page", "1500", "--of", "1000"]);
    place.ok(&["impact", "--units", "640/1000", "--users", "1200", "--requests-failed", "12.5%"]);
    place.fails(2, &["impact", "--units", "1001/1000"]);
    place.fails(2, &["impact"]);
    let ran = place.run(&["resolve", "restored"]);
    assert!(ran.err.contains("360 of 1000"), "{}", ran.err);
    let shown = place.json(&["show"]);
    let waiting = shown["incident"]["waiting_for"].to_string();
    assert!(waiting.contains("followup:") && waiting.contains("units"), "{waiting}");
    assert_eq!(shown["incident"]["impact"]["users"], 1200.0);
    let list = place.json(&["followup", "list"]);
    let id = list["followups"][0]["id"].as_str().expect("an id").to_owned();
    place.fails(4, &["followup", "done", "nobody"]);
    place.ok(&["followup", "done", &id, "told by phone"]);
    place.ok(&["impact", "--units", "1000/1000"]);
    let waiting = place.json(&["show"])["incident"]["waiting_for"].to_string();
    assert!(!waiting.contains("followup:") && !waiting.contains("units"), "{waiting}");
}

#[test]
fn a_reply_that_comes_after_the_kill_is_told_from_a_new_message_by_its_key() {
    let hook = Receiver::start(|n| match n {
        0 => Behaviour::Answer(503, None),
        1 => Behaviour::Hang(Duration::from_mins(2)),
        _ => Behaviour::Answer(200, None),
    });
    let place = with_policy(webhook(&hook.url).split("[reminders]").next().expect("the first part"));
    place.ok(&["declare", "down", "--severity", "sev1"]);
    let ran = place.run(&["update", "on it", "--audience", "customers", "--send", "--next", "30m"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place.wait(60);
    let mut tick = place.command(&["tick"]).spawn().expect("starts");
    let begin = std::time::Instant::now();
    while hook.received().len() < 2 && begin.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(20));
    }
    tick.kill().expect("killed");
    tick.wait().expect("ended");
    place.run(&["tick"]);
    let received = hook.received();
    assert_eq!(received.len(), 3);
    assert!(received.iter().all(|one| one.key == received[0].key && !one.key.is_empty()));
    let text = received[0].body["text"].as_str().expect("words");
    assert!(text.contains("Next update by"), "what is promised stands in the text: {text}");
    assert_eq!(kinds(&place, "message.delivered")[0]["data"]["uncertain"], true);
}

#[test]
fn doctor_names_a_channel_that_can_not_work_and_lint_the_line() {
    let place = with_policy("[[channel]]\nid = \"chat\"\nkind = \"slack\"\nurl_env = \"NO_SUCH_VARIABLE\"\n");
    place.ok(&["declare", "down"]);
    let found = place.run(&["doctor"]);
    assert!(found.code == 3 && found.out.contains("NO_SUCH_VARIABLE"), "{} {}", found.out, found.err);
    let broken = with_policy("[[audience]]\nid = \"customers\"\nchannels = [\"nowhere\"]\n");
    let ran = broken.run(&["playbook", "lint"]);
    assert!(ran.code == 3 && format!("{}{}", ran.out, ran.err).contains("3:13"), "{} {}", ran.out, ran.err);
    // A slip in the policy takes nobody's declaration away, and what can't be sent is kept.
    broken.ok(&["declare", "down"]);
    let err = broken.fails(1, &["update", "we know", "--audience", "customers", "--send"]);
    let id = err.split("--statement ").nth(1).and_then(|rest| rest.split(' ').next()).expect("an id");
    broken.ok(&["update", "--statement", id, "--sent-by-hand"]);
}
