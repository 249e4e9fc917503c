//! What a responder found broken while deadlines ran and stakeholders waited.

use super::{Place, clocks, kinds, names};

/// Channels that write to files: `wall` for words, `pager` for calls.
const LADDER: &str = "[[channel]]\nid = \"wall\"\nkind = \"file\"\npath = \"WALL\"\n\
    [[channel]]\nid = \"pager\"\nkind = \"command\"\ncommand = [\"PAGER\"]\n\
    [[channel]]\nid = \"bad\"\nkind = \"command\"\ncommand = [\"BAD\"]\n\
    [[audience]]\nid = \"customers\"\nchannels = [\"wall\"]\n\
    [[audience]]\nid = \"staff\"\nchannels = [\"wall\", \"pager\"]\n\
    [[ladder]]\nid = \"payments\"\n\
    [[ladder.tier]]\ncall = [\"ben\", \"bea\"]\nchannel = \"pager\"\nwait = \"5m\"\n\
    [[ladder.tier]]\ncall = [\"lead\"]\nchannel = \"pager\"\nwait = \"10m\"\n\
    [[service]]\nid = \"pay\"\ntitle = { en = \"Pay\", ja = \"決済\" }\nladder = \"payments\"\n\
    [reminders]\nbefore = [\"5m\"]\nafter = [\"10m\"]\nchannels = [\"wall\"]\n";

/// A place with that policy, and a pager that writes down what it is told.
fn house(more: &str) -> Place {
    let place = Place::new();
    let program = |name: &str, script: &str| {
        let path = place.path().join(name);
        std::fs::write(&path, script).expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&path, mode).expect("made to run");
        path.display().to_string()
    };
    let log = place.path().join("pages").display().to_string();
    let pager = format!("#!/bin/sh\n{{ echo \"who=$HIKESHI_WHO to=$HIKESHI_RECIPIENTS\"; cat; echo; }} >> '{log}'\n");
    let (pager, bad) = (program("pager.sh", &pager), program("bad.sh", "#!/bin/sh\nexit 7\n"));
    let wall = place.path().join("wall").display().to_string();
    let folder = place.path().join(".config/hikeshi");
    std::fs::create_dir_all(&folder).expect("made");
    let policy = format!("{LADDER}{more}").replace("WALL", &wall).replace("PAGER", &pager).replace("BAD", &bad);
    std::fs::write(folder.join("policy.toml"), policy).expect("written");
    place
}

fn read(place: &Place, name: &str) -> String {
    std::fs::read_to_string(place.path().join(name)).unwrap_or_default()
}

fn pages(place: &Place) -> usize {
    read(place, "pages").matches("who=").count()
}

/// A call that was typed while nobody could tell for which incident it is goes out when it is filed, and waits from then.
#[test]
fn d3_a_call_from_the_inbox_goes_out_when_it_is_filed() {
    let place = house("");
    place.ok(&["declare", "card payments fail"]);
    place.ok(&["declare", "mail is late"]);
    let err = place.fails(4, &["escalate", "--to", "payments", "--reason", "help us"]);
    let id = err.split("inbox file ").nth(1).and_then(|rest| rest.split(' ').next()).expect("an id").to_owned();
    assert_eq!(pages(&place), 0);
    place.wait(8 * 60);
    place.ok(&["inbox", "file", &id, "-i", "1"]);
    let told = read(&place, "pages");
    assert_eq!(pages(&place), 2, "{told}");
    assert!(told.contains("card payments fail") && told.contains("help us"), "{told}");
    assert!(!place.run(&["tick"]).out.contains("lead"), "they have five minutes from now");
    let ack = clocks(&place, &["--kind", "ack"]);
    assert_eq!((names(&ack), ack[0]["overdue"].as_bool()), (vec!["ack:bea", "ack:ben"], Some(false)));
}

/// A slip in the policy ends no wait, gives no reminder for given, and lets nothing out unapproved.
#[test]
fn d3_e7_a_policy_that_can_not_be_read_concludes_nothing() {
    let place = house("");
    let path = place.path().join(".config/hikeshi/policy.toml");
    let sound = std::fs::read_to_string(&path).expect("read");
    let sound = sound.replacen("id = \"customers\"", "id = \"customers\"\napproval = [\"communications-manager\"]", 1);
    std::fs::write(&path, &sound).expect("written");
    place.ok(&["declare", "card payments fail", "--severity", "sev1"]);
    place.ok(&["assign-role", "communications-manager", "cho"]);
    place.ok(&["escalate", "--to", "payments"]);
    place.ok(&["update", "we know", "--audience", "customers", "--draft"]);
    std::fs::write(&path, format!("{sound}\nthis is a slip\n")).expect("written");
    place.wait(6 * 60);
    for _ in 0..2 {
        let ran = place.run(&["tick"]);
        assert!(ran.code == 0 && ran.out.is_empty(), "{} {}", ran.out, ran.err);
        assert!(ran.err.contains("wait until it is mended"), "{}", ran.err);
    }
    assert_eq!(kinds(&place, "ladder.ended").len() + kinds(&place, "clock.reminded").len(), 0);
    // Who approves what customers are told was known before, and still holds.
    let err = place.fails(1, &["update", "it is over", "--audience", "customers", "--sent-by-hand"]);
    assert!(err.contains("communications-manager (cho)"), "{err}");
    let err = place.fails(1, &["update", "it is over", "--audience", "customers", "--send"]);
    assert!(err.contains("can't be read") && err.contains("kept as a draft"), "{err}");
    // What was said where nothing is known is taken down, loudly.
    let ran = place.run(&["update", "we are late", "--audience", "regulator", "--sent-by-hand"]);
    assert!(ran.code == 0 && ran.err.contains("nobody can tell who had to approve"), "{} {}", ran.out, ran.err);
    assert!(place.ok(&["timeline"]).contains("whether it needs approval is not known"));
    std::fs::write(&path, &sound).expect("written");
    assert!(place.ok(&["tick"]).contains("calling lead"));
    assert_eq!(pages(&place), 3);
}

/// That nobody is left to call goes out like a reminder, and stands everywhere until somebody comes.
#[test]
fn d3_that_nobody_answered_is_said_until_somebody_does() {
    let place = house("");
    place.ok(&["declare", "card payments fail"]);
    place.ok(&["escalate", "--to", "payments", "--reason", "help us"]);
    place.wait(6 * 60);
    place.ok(&["tick"]);
    place.wait(11 * 60);
    assert!(place.ok(&["tick"]).contains("NOBODY ANSWERED"));
    let wall = read(&place, "wall");
    assert!(wall.contains("NOBODY ANSWERED") && wall.contains("escalate --to"), "{wall}");
    assert!(place.ok(&["show"]).contains("NOBODY ANSWERED: lead (payments 2)"));
    assert!(place.ok(&["handoff"]).contains("NOBODY ANSWERED"));
    assert!(place.json(&["handoff"])["calls"][0]["nobody_left_since"].is_string());
    let ack = clocks(&place, &["--kind", "ack"]);
    assert_eq!((names(&ack), ack[0]["owner"].as_str()), (vec!["ack:lead"], Some("aki")));
    place.actor("ben").ok(&["ack", "on my way"]);
    assert!(!place.actor("aki").ok(&["show"]).contains("nobody left to call for"));
    assert!(clocks(&place, &["--kind", "ack"]).is_empty());
}

/// A statement that nobody got is not called sent, and can go another way.
#[test]
fn a6_a_statement_that_never_arrived_is_not_said_to_be_sent() {
    let place = house("");
    place.ok(&["declare", "card payments fail", "--severity", "sev1"]);
    place.ok(&["declare", "mail is late"]);
    let ran =
        place.run(&["-i", "1", "update", "we know", "--audience", "customers", "--channel", "bad", "--send", "-q"]);
    let id: String = ran.out.trim().to_owned();
    assert!(place.ok(&["show", "1"]).contains("not delivered yet through bad"));
    let mut said = String::new();
    for _ in 0..14 {
        place.wait(31 * 60);
        said.push_str(&place.run(&["tick"]).err);
    }
    let id = &id[..4];
    assert!(said.contains(&format!("#1, statement {id} for customers through bad")), "{said}");
    assert!(said.contains(&format!("hikeshi -i 1 update --statement {id} --sent-by-hand")), "{said}");
    for arguments in [["show", "1"], ["-i1", "brief"], ["-i1", "handoff"]] {
        let shown = place.ok(&arguments);
        assert!(shown.contains("NOT DELIVERED through bad") && !shown.contains("sent through bad"), "{shown}");
    }
    let told = place.json(&["-i", "1", "brief"])["audiences"][0]["statement"]["undelivered"][0].clone();
    assert_eq!((told["channel"].as_str(), told["given_up"].as_bool()), (Some("bad"), Some(true)));
    place.ok(&["-i", "1", "update", "--statement", id, "--channel", "wall", "--send"]);
    assert!(read(&place, "wall").contains("we know"));
    let shown = place.ok(&["show", "1"]);
    assert!(shown.contains("sent through wall") && !shown.contains("NOT DELIVERED through"), "{shown}");
    assert!(place.fails(1, &["-i", "1", "update", "--statement", id, "--sent-by-hand"]).contains("went out already"));
}

/// The pager is told whom to page and where, and why, on every tier.
#[test]
fn d3_a_pager_is_told_whom_to_page_and_why() {
    let place = house("");
    place.ok(&["contact", "add", "ben", "--reach", "+49 1", "--reach", "ben@example.com"]);
    place.ok(&["declare", "card payments fail"]);
    place.ok(&["escalate", "--to", "payments", "--reason", "locks on orders"]);
    let told = read(&place, "pages");
    assert!(told.contains("who=ben to=+49 1\nben@example.com") && told.contains("who=bea to=\n"), "{told}");
    place.wait(6 * 60);
    place.ok(&["tick"]);
    let told = read(&place, "pages");
    let lead = told.split("who=lead").nth(1).expect("the second tier");
    assert!(lead.contains("locks on orders"), "{told}");
}

/// A statement that waited in the inbox is sent when it is filed, and the log says so.
#[test]
fn a6_a_statement_from_the_inbox_goes_out_when_it_is_filed() {
    let place = house("");
    place.ok(&["declare", "card payments fail", "--severity", "sev1"]);
    place.ok(&["declare", "mail is late"]);
    let err = place.fails(4, &["update", "we know", "--audience", "customers", "--send"]);
    let id = err.split("inbox file ").nth(1).and_then(|rest| rest.split(' ').next()).expect("an id").to_owned();
    place.wait(8 * 60);
    place.ok(&["inbox", "file", &id, "-i", "1"]);
    assert!(read(&place, "wall").contains("we know"));
    let sent = place.json(&["-i", "1", "timeline", "--kind", "statement.sent"])["entries"][0].clone();
    assert_eq!(sent["at"], sent["recorded_at"]);
    let err = place.fails(2, &["-i", "1", "update", "more", "--audience", "customers", "--send", "--at", "05:01"]);
    assert!(err.contains("--sent-by-hand --at"), "{err}");
}

/// A draft that waits for somebody stands where people look, and doesn't go out with a promise that is past.
#[test]
fn e7_a_draft_that_waits_is_seen_and_keeps_its_promise() {
    let place = house("");
    let path = place.path().join(".config/hikeshi/policy.toml");
    let policy = std::fs::read_to_string(&path).expect("read");
    let policy = policy.replacen("\"wall\"]", "\"wall\"]\napproval = [\"communications-manager\"]", 1);
    std::fs::write(&path, policy).expect("written");
    place.ok(&["declare", "card payments fail", "--severity", "sev1"]);
    place.ok(&["assign-role", "communications-manager", "cho"]);
    place.ok(&["update", "we know", "--audience", "customers", "--next", "10m", "--draft"]);
    for verb in ["show", "brief", "handoff"] {
        let shown = place.ok(&[verb]);
        assert!(shown.contains("waits for approval by cho"), "{verb}: {shown}");
    }
    let draft = place.json(&["brief"])["drafts"][0].clone();
    assert_eq!(draft["waits_for"][0], "cho");
    let id = draft["id"].as_str().expect("an id").to_owned();
    place.actor("cho").ok(&["update", "--approve", &id]);
    assert!(place.ok(&["show"]).contains(&format!("update --statement {id} --send")));
    place.wait(30 * 60);
    let err = place.fails(1, &["update", "--statement", &id, "--send"]);
    assert!(err.contains("has passed") && err.contains("--audience customers --next 30m"), "{err}");
    assert_eq!(read(&place, "wall"), "");
    place.ok(&["update", "we still know", "--audience", "customers", "--next", "30m", "--send"]);
    assert!(!place.ok(&["show"]).contains(&format!("--statement {id}")), "a newer one has overtaken it");
}

/// What the giver tells the receiver stands in every brief, and is told again when they accept.
#[test]
fn words_at_a_handover_reach_the_receiver() {
    let place = Place::declared();
    let file = place.path().join("shift.md").display().to_string();
    place.ok(&["handoff", "--to", "ben", "db-3 is drained", "-o", &file]);
    assert!(read(&place, "shift.md").contains("db-3 is drained"));
    place.ok(&["handoff", "--to", "ben", "db-4 is drained too"]);
    let offers = place.json(&["handoff"])["offers"].clone();
    assert_eq!((offers.as_array().map(Vec::len), offers[0]["brief"].as_str()), (Some(1), Some("db-4 is drained too")));
    for verb in ["show", "handoff"] {
        assert!(place.ok(&[verb]).contains("db-4 is drained too"), "{verb}");
    }
    let ran = place.actor("ben").run(&["handoff", "--accept"]);
    assert!(
        ran.code == 0 && format!("{}{}", ran.out, ran.err).contains("aki says: db-4 is drained too"),
        "{}",
        ran.err
    );
    assert!(place.ok(&["handoff"]).contains("db-4 is drained too"));
}

/// With --json a failure is one document, whatever else there is to say.
#[test]
fn a_failure_in_json_is_one_document_with_its_warnings() {
    let place = Place::declared();
    place.ok(&["tick"]);
    place.wait(3600);
    let ran = place.run(&["ack", "--json"]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    let document: serde_json::Value = serde_json::from_str(&ran.err).unwrap_or_else(|_| panic!("{}", ran.err));
    assert!(document["warnings"][0].as_str().is_some_and(|text| text.contains("last ran")), "{document}");
    assert!(place.run(&["show", "--json"]).err.contains("warning: "), "a success still says it beside the document");
}
