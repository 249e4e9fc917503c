//! Exercises (A5): a scenario is played against a clock that the test sets, graded from the log, and reaches nobody.

use super::place::Place;
use serde_json::{Value, json};

/// A drill whose commands happen at seconds that are counted from its beginning.
struct Night {
    place: Place,
    now: i64,
}

impl Night {
    /// The second in which the next command runs.
    fn at(&mut self, second: i64) -> &Place {
        assert!(second > self.now, "time goes forward");
        self.place.wait(second - self.now - 1);
        self.now = second;
        &self.place
    }

    /// What is told when the scenario is looked at in this second.
    fn look(&mut self, second: i64, scenario: &str) -> Value {
        self.at(second).actor("aki").json(&["drill", "run", scenario, "--once", "--team", "web"])
    }
}

fn ids(list: &Value, field: &str) -> Vec<String> {
    let all = list.as_array().expect("a list").iter();
    all.map(|one| one[field].as_str().unwrap_or_default().to_owned()).collect()
}

fn result<'a>(graded: &'a Value, criterion: &str) -> (&'a str, Option<i64>, Vec<String>) {
    let all = graded["results"].as_array().expect("results");
    let one = all.iter().find(|one| one["criterion"] == criterion).expect("a criterion");
    let holders = one["holders"].as_array().expect("names").iter().filter_map(Value::as_str).map(str::to_owned);
    (one["mark"].as_str().expect("a mark"), one["actual_seconds"].as_i64(), holders.collect())
}

/// The exercise of the messenger's outage, played by hand up to its end.
fn played() -> Night {
    let place = Place::new();
    let begun = place.json(&["drill", "run", "line-2020-11-09", "--team", "web"]);
    assert_eq!((begun["incident"].as_i64(), begun["over"].as_bool()), (Some(1), Some(false)));
    assert_eq!(begun["next"]["id"], "detected");
    assert!(ids(&begun["injected"], "id").is_empty());
    // The exercise itself begins with the same command's second.
    let mut night = Night { place, now: 0 };
    assert_eq!(ids(&night.look(119, "line-2020-11-09")["injected"], "id"), [""; 0]);
    assert_eq!(ids(&night.look(180, "line-2020-11-09")["injected"], "id"), ["detected", "path-back"]);
    night.at(240).actor("ben").ok(&["-i", "1", "assign-role", "incident-manager", "ben"]);
    night.at(300).ok(&["-i", "1", "escalate", "sev1", "--to", "dba"]);
    night.at(360).ok(&["-i", "1", "assign-role", "tech-lead", "dan"]);
    night.at(370).ok(&["-i", "1", "assign-role", "communications-manager", "chie"]);
    night.at(380).ok(&["-i", "1", "assign-role", "scribe", "eri"]);
    let notice = ["-i", "1", "update", "We know.", "--audience", "customers", "--sent-by-hand"];
    night.at(720).actor("chie").ok(&notice);
    let then = night.look(780, "line-2020-11-09");
    assert_eq!(ids(&then["injected"], "id"), ["press", "executive"], "the notice brings the president's call");
    night.at(1500).actor("dan").ok(&["-i", "1", "mitigate", "--workaround", "failover by hand"]);
    night.at(2000).actor("chie").ok(&notice);
    night.at(2400).actor("ben").ok(&["-i", "1", "resolve", "restored"]);
    night
}

#[test]
fn a5_a_scenario_is_played_against_the_clock_and_graded_by_hand() {
    let mut night = played();
    let over = night.at(2460).json(&["drill", "run", "line-2020-11-09", "--once", "-i", "1"]);
    assert_eq!(over["over"], true);
    let graded = night.at(2470).json(&["drill", "grade", "1"]);
    let name = |who: &str| vec![who.to_owned()];
    for (criterion, expected) in [
        // 3 minutes: late, but within 6.
        ("commander", ("partly", Some(240), name("ben"))),
        ("severity", ("fully", Some(300), name("ben"))),
        ("roles", ("fully", Some(380), name("ben"))),
        ("escalated", ("fully", Some(300), name("ben"))),
        // 10 minutes: late, but within 20.
        ("first-notice", ("partly", Some(720), name("chie"))),
        ("executives-told", ("not", None, name("chie"))),
        ("briefed", ("not", None, name("ben"))),
        // 20 minutes: from 720 to 2000 nobody heard anything.
        ("cadence", ("partly", Some(1280), name("chie"))),
        ("identified", ("not", None, name("dan"))),
        ("workaround", ("fully", Some(1500), name("dan"))),
        ("steps", ("not", None, name("ben"))),
        ("resolved", ("fully", Some(2400), name("ben"))),
    ] {
        assert_eq!(result(&graded, criterion), expected, "{criterion}");
    }
    // Halves: 1 + 2·2 + 2 + 2 + 2·1 + 0 + 0 + 2·1 + 0 + 2 + 0 + 2 = 17 of 2 · 15.
    assert_eq!((graded["score"].as_i64(), graded["recorded"].as_bool()), (Some(57), Some(true)));
    let people = graded["people"].as_array().expect("people");
    let of = |role: &str, person: &str| {
        let one = people.iter().find(|one| one["role"] == role && one["person"] == person).expect("a grade");
        one["score"].as_i64().expect("a score")
    };
    // chie: 2·1 + 0 + 2·1 of 2·5; dan: 0 + 2 of 2·2; nobody was the support lead, so it is ben's.
    assert_eq!((of("communications-manager", "chie"), of("tech-lead", "dan")), (40, 50));
    assert_eq!(of("customer-support-lead", "ben"), 0);
    let again = night.at(2480).json(&["drill", "grade"]);
    assert_eq!((&again["recorded"], &again["score"]), (&json!(false), &graded["score"]), "nothing changed");
    // A notice that was forgotten, and is told of now, changes the grade.
    let told = ["-i", "1", "update", "We know.", "--audience", "executives", "--sent-by-hand", "--at", "05:10:00"];
    night.at(2490).actor("chie").ok(&told);
    let better = night.at(2500).json(&["drill", "grade"]);
    assert_eq!((better["score"].as_i64(), better["recorded"].as_bool()), (Some(63), Some(true)));
    night.at(2510).ok(&["verify"]);
    night.at(2520).ok(&["doctor"]);
    night.at(2530).ok(&["doctor", "--rebuild"]);
    assert_eq!(night.at(2540).json(&["drill", "history"])["teams"][0]["drills"][0]["score"], 63);
}

#[test]
fn a_grade_is_read_in_both_languages() {
    let mut night = played();
    let out = night.at(2470).ok(&["drill", "grade"]);
    for says in
        ["web: 57 of 100", "first notice: customers", "10:00", "12:00", "partly", "right severity: sev1", "chie"]
    {
        assert!(out.contains(says), "{says}: {out}");
    }
    let out = night.at(2480).lang("ja").ok(&["drill", "grade"]);
    for says in ["保守中に迂回路へ切り替わらず", "第一報: customers", "一部達成", "未達", "最長の沈黙"]
    {
        assert!(out.contains(says), "{says}: {out}");
    }
    let out = night.at(2490).ok(&["-i", "1", "timeline"]);
    assert!(out.contains("状況付与") || out.contains("inject:"), "{out}");
}

#[test]
fn ten_times_the_speed_and_the_scenarios_language_go_with_the_play() {
    let place = Place::new();
    place.lang("ja");
    let out = place.ok(&["drill", "run", "line-2020-11-09", "--speed", "10", "--commander", "ben"]);
    assert!(out.contains("[演習] #1") && out.contains("10倍速") && out.contains("hikeshi use 1"), "{out}");
    let out = place.wait(120).ok(&["drill", "run", "line-2020-11-09"]);
    for says in ["14:34", "14:35", "14:49", "14:52", "公式アカウント"] {
        assert!(out.contains(says), "{says}: {out}");
    }
    let graded = place.wait(300).json(&["drill", "grade", "1"]);
    assert_eq!(graded["over"], true, "an hour took six minutes");
    assert_eq!(result(&graded, "commander"), ("fully", Some(0), vec!["ben".to_owned()]));
    let next = place.json(&["drill", "run", "line-2020-11-09"]);
    assert_eq!(next["incident"], 2, "what is over is played anew");
}

#[test]
fn the_team_may_declare_it_themselves_and_is_graded_on_that() {
    let place = Place::new();
    place.wait(60).actor("ben").ok(&["declare", "exercise", "--drill", "-q"]);
    place.actor("aki").ok(&["drill", "run", "line-2020-11-09", "-i", "1", "--at", "2m ago", "-q"]);
    let graded = place.json(&["drill", "grade"]);
    let (mark, actual, _) = result(&graded, "declared");
    assert!(mark == "fully" && actual.is_some_and(|actual| (50..=120).contains(&actual)), "{graded}");
    assert_eq!(result(&graded, "commander").0, "fully", "whoever declares it leads it");
    assert_eq!(graded["recorded"], false, "it is still being played");
    place.ok(&["declare", "API down", "-q"]);
    assert!(place.fails(1, &["drill", "run", "line-2020-11-09", "-i", "2"]).contains("real incident"));
    assert!(place.fails(1, &["drill", "run", "fastly-2021-06-08", "-i", "1"]).contains("already"));
    assert!(place.fails(4, &["drill", "run", "no-such"]).contains("fastly-2021-06-08"));
    assert!(place.fails(1, &["drill", "grade", "2"]).contains("no scenario"));
}

#[test]
fn a_drill_never_pages_sends_or_counts_as_real() {
    let place = Place::new();
    let config = place.path().join(".config/hikeshi");
    std::fs::create_dir_all(&config).expect("made");
    let policy = "[[channel]]\nid = \"out\"\nkind = \"file\"\npath = \"OUT\"\n\
        [[audience]]\nid = \"customers\"\nchannels = [\"out\"]\napproval = []\n\
        [[ladder]]\nid = \"dba\"\n[[ladder.tier]]\ncall = [\"dan\"]\nchannel = \"out\"\nwait = \"5m\"\n\
        [reminders]\nchannels = [\"out\"]\n";
    let out = place.path().join("out.txt");
    std::fs::write(config.join("policy.toml"), policy.replace("OUT", &out.display().to_string())).expect("written");
    place.ok(&["drill", "run", "fastly-2021-06-08", "-q"]);
    let ran = place.run(&["-i", "1", "update", "We know.", "--audience", "customers", "--send"]);
    assert!(ran.code == 0 && ran.err.contains("(drill: not sent)"), "{ran:?}");
    let ran = place.run(&["-i", "1", "escalate", "--to", "dba"]);
    assert!(ran.code == 0 && ran.err.contains("(drill: nobody was called)"), "{ran:?}");
    assert!(!place.wait(3_600).ok(&["tick"]).lines().any(|line| line.starts_with('#')), "each line is marked");
    place.wait(3_600).ok(&["tick"]);
    assert!(!out.exists(), "nothing left the house");
    let graded = place.json(&["drill", "grade", "1"]);
    assert_eq!((result(&graded, "first-notice").0, result(&graded, "escalated").0), ("fully", "fully"));
    assert_eq!(place.ok(&["prompt"]), "");
    assert!(place.ok(&["list"]).contains("[drill]"));
    let clocks = place.json(&["due"]);
    assert!(clocks["clocks"].as_array().expect("clocks").iter().all(|clock| clock["incident"].is_null()), "{clocks}");
    assert!(place.fails(4, &["note", "a real one?"]).contains("no incident is open"));
    // The same on a real one goes out.
    place.ok(&["declare", "API down", "--severity", "sev1", "-q"]);
    place.ok(&["update", "We know.", "--audience", "customers", "--send"]);
    assert!(std::fs::read_to_string(&out).expect("sent").contains("We know."));
}

#[test]
fn a5_what_was_not_held_is_a_clock_and_a_reminder() {
    let place = Place::new();
    place.ok(&["declare", "exercise", "--drill", "-q"]);
    assert_eq!(place.json(&["due", "--kind", "drill", "--all"])["clocks"], json!([]), "off until one is held");
    place.ok(&["drill", "run", "line-2020-11-09", "--team", "web", "-q"]);
    let due = place.json(&["due", "--kind", "drill", "--all"]);
    assert_eq!(due["clocks"][0]["name"], "drill:exercise:web");
    assert_eq!(due["clocks"][0]["due_at"], "2026-11-27T05:00:03.000Z");
    place.wait(8 * 86_400);
    let ran = place.run(&["due", "--kind", "drill"]);
    assert!(ran.code == 3 && ran.out.contains("drill:exercise:web"), "{ran:?}");
    assert!(place.ok(&["tick"]).contains("drill:exercise:web: overdue"));
    assert!(!place.ok(&["tick"]).contains("drill:exercise:web"), "once");
    place.ok(&["drill", "run", "line-2020-11-09", "--team", "web", "-q"]);
    assert_eq!(place.run(&["due", "--kind", "drill", "--all"]).code, 0, "held again");
    place.ok(&["-i", "3", "cancel", "--because", "false-alarm", "--reason", "nobody came"]);
    assert_eq!(place.run(&["due", "--kind", "drill"]).code, 3, "what was called off was not held");
}

#[test]
fn a5_history_shows_how_each_team_does() {
    let place = Place::new();
    for (team, deeds) in [("web", 0), ("web", 1), ("db", 0)] {
        let begun = place.json(&["drill", "run", "line-2020-11-09", "--team", team]);
        let number = begun["incident"].to_string();
        if deeds > 0 {
            place.ok(&["-i", &number, "escalate", "sev1", "--to", "dba"]);
        }
        place.ok(&["-i", &number, "resolve", "restored", "-q"]);
        place.ok(&["drill", "grade", &number, "-q"]);
    }
    let history = place.json(&["drill", "history"]);
    assert_eq!(ids(&history["teams"], "team"), ["db", "web"]);
    let scores: Vec<i64> = history["teams"][1]["drills"]
        .as_array()
        .expect("drills")
        .iter()
        .filter_map(|one| one["score"].as_i64())
        .collect();
    assert!(scores.len() == 2 && scores[0] < scores[1], "{scores:?}");
    let out = place.ok(&["drill", "history", "--team", "web"]);
    assert!(out.contains('▂') && out.contains("line-2020-11-09") && !out.contains("db"), "{out}");
    place.ok(&["-i", "1", "set", "--restricted", "-q"]);
    assert_eq!(
        place.json(&["drill", "history", "--team", "web"])["teams"][0]["drills"].as_array().map(Vec::len),
        Some(1)
    );
    let all = place.json(&["drill", "history", "--team", "web", "--restricted"]);
    assert_eq!(all["teams"][0]["drills"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_new_scenario_is_written_checked_and_played() {
    let place = Place::new();
    place.ok(&["drill", "new", "login-down"]);
    assert!(place.fails(1, &["drill", "new", "login-down"]).contains("is there already"));
    place.fails(2, &["drill", "new", "../x"]);
    place.ok(&["drill", "lint"]);
    let file = place.path().join(".config/hikeshi/drills/login-down.toml");
    let text = std::fs::read_to_string(&file).expect("written");
    assert!(ids(&place.json(&["drill", "list"])["scenarios"], "own").len() == 5);
    let out = place.ok(&["drill", "run", "login-down"]);
    assert!(out.contains("Customers report that they can't log in."), "{out}");
    let wrong = text
        .replace("at = \"5m\"", "at = \"5x\"\nwhen = 1")
        .replace("deed = \"workaround\"", "deed = \"party\"")
        .replace("\"tech-lead\", ", "\"teck-lead\", ")
        .replace("#playbook = \"service-outage\"", "playbook = \"service-outtage\"");
    std::fs::write(&file, wrong).expect("written");
    let ran = place.run(&["drill", "lint"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    for says in ["`5x`", "`when`", "party", "`tech-lead`?", "`service-outage`"] {
        assert!(ran.out.contains(says), "{says}: {}", ran.out);
    }
    let place_of = |line: &str| line.split(':').nth(1).and_then(|number| number.parse::<usize>().ok());
    assert!(ran.out.lines().filter(|line| line.contains("error:")).all(|line| place_of(line).is_some()), "{}", ran.out);
    assert_eq!(ids(&place.json(&["drill", "list"])["scenarios"], "own").len(), 4, "what has errors is left out");
    assert!(place.run(&["drill", "list"]).err.contains("login-down.toml"));
}
