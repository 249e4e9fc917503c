//! What people type: words stay words, values have one folding, and every hint can be followed.

use super::place::Place;

/// The texts of the notes and of what is kept.
fn texts(place: &Place) -> (Vec<String>, Vec<String>) {
    let entries = place.json(&["timeline", "1", "--kind", "note"]);
    let text = |one: &serde_json::Value| one["text"].as_str().unwrap_or_default().to_owned();
    let noted = entries["entries"].as_array().expect("a list").iter().map(text).collect();
    let kept = place.json(&["inbox"])["items"].as_array().expect("a list").iter().map(text).collect();
    (noted, kept)
}

#[test]
fn an_option_that_eats_free_text_is_refused_with_both_readings_and_the_words_are_kept() {
    for (typed, readings) in [
        (&["note", "df", "-h", "shows", "98", "percent"][..], ["note 'df -h shows 98 percent'", "note --help"]),
        (&["note", "grep", "-i", "2", "times"], ["note 'grep -i 2 times'", "hikeshi -i 2 note 'grep times'"]),
        (&["note", "ran", "git", "commit", "--as", "bob"], ["note 'ran git commit --as bob'", "hikeshi --as bob note"]),
        (
            &["note", "all", "is", "well", "--color", "never"],
            ["--color never'", "hikeshi --color never note 'all is well'"],
        ),
        (&["mitigate", "rolled", "back", "-q"], ["mitigate 'rolled back -q'", "hikeshi -q mitigate 'rolled back'"]),
        (&["declare", "all", "down", "--no-input"], ["declare 'all down --no-input'", "hikeshi --no-input declare"]),
    ] {
        let place = Place::declared();
        for (key, value) in [("", ""), ("HIKESHI_INCIDENT", "1")] {
            let mut command = place.command(typed);
            if !key.is_empty() {
                command.env(key, value);
            }
            let ran = super::place::Ran::from(command.output().expect("runs"));
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{typed:?}: {}", ran.err);
            assert!(readings.iter().all(|reading| ran.err.contains(reading)), "{typed:?}: {}", ran.err);
        }
        let (noted, kept) = texts(&place);
        assert!(noted.is_empty() && kept.contains(&typed[1..].join(" ")), "{noted:?} {kept:?}");
        let shown = place.json(&["show", "1"]);
        assert_eq!(shown["incident"]["status"], "investigating");
    }
    let place = Place::declared();
    let err = place.fails(2, &["note", "all", "is", "well", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&err).expect("one document");
    assert!(document["error"]["hint"].as_str().expect("a hint").contains("hikeshi --json note 'all is well'"));
}

#[test]
fn a_word_with_a_dash_that_can_be_no_option_is_recorded_and_an_own_option_is_seen_to_act() {
    let place = Place::declared();
    for typed in [
        &["note", "-5", "degrees", "in", "rack", "12"][..],
        &["note", "- item"],
        &["note", "-nvidia driver"],
        &["note", "ran", "git", "push", "--force"],
    ] {
        place.ok(typed);
        assert_eq!(texts(&place).0.last(), Some(&typed[1..].join(" ")));
    }
    place.ok(&["note", "--", "12"]);
    assert_eq!(texts(&place).0.last().map(String::as_str), Some("12"));
    assert!(place.ok(&["note", "ls", "--pin"]).contains("pinned: ls"));
    assert!(place.fails(2, &["note", "—at", "00:10", "x"]).contains("`—at` looks like `--at`"));
}

#[test]
fn transitions_take_their_words_and_check_several_steps() {
    let place = Place::declared();
    place.ok(&["identify", "bad", "deploy"]);
    place.ok(&["mitigate", "rolled", "back"]);
    place.ok(&["monitor", "error", "rate", "for", "an", "hour"]);
    assert_eq!(place.json(&["show", "1"])["incident"]["cause"], "bad deploy");
    assert_eq!(texts(&place).0, ["error rate for an hour"]);
    let done = place.ok(&["check", "1", "2", "３"]);
    assert_eq!(done.matches("done: ").count(), 3, "{done}");
    let err = place.fails(4, &["check", "4", "done", "by", "ann"]);
    assert!(err.contains("hikeshi check 4 --result 'done by ann'"), "{err}");
    assert!(place.ok(&["escalate", "payments"]).contains("called in payments"));
    assert!(place.ok(&["link", "https://zoom.us/j/1"]).contains("bridge link: https://zoom.us/j/1"));
    assert!(place.ok(&["followup", "acme"]).contains("acme was promised news"));
    for verb in ["postmortem", "checklist", "roles", "brief", "due", "cause", "followup"] {
        let ran = place.run(&[verb, "1"]);
        assert!(matches!(ran.code, 0 | 3), "{verb}: {}", ran.err);
    }
    place.ok(&["set", "1", "--title", "API down in Osaka"]);
    assert!(place.ok(&["undo", "1"]).contains("was: "));
    for typed in [&["close", "1"][..], &["monitor", "#1"], &["resolve", "［１］"]] {
        let err = place.fails(2, typed);
        assert!(err.contains(&format!("hikeshi -i 1 {}", typed[0])), "{typed:?}: {err}");
    }
    for typed in [&["cancel", "1", "a", "test"][..], &["reopen", "1", "it", "is", "back"]] {
        let err = place.fails(2, typed);
        assert!(err.contains(&format!("hikeshi -i 1 {} '{}'", typed[0], typed[2..].join(" "))), "{typed:?}: {err}");
    }
}

#[test]
fn every_value_that_is_no_free_text_is_read_whatever_its_width() {
    let place = Place::declared();
    for typed in [
        &["-i", "１", "note", "x"][..],
        &["show", "１"],
        &["check", "１"],
        &["impact", "--users", "１２００"],
        &["impact", "--users", "1,200"],
        &["impact", "--units", "1,640/2,000"],
        &["impact", "--requests-failed", "１２．５％"],
        &["assign-role", "ﾃｯｸﾘｰﾄﾞ", "佐藤"],
        &["list", "--severity", "ＳＥＶ２", "--limit", "５"],
        &["note", "x", "--kind", "ｃｈａｎｇｅ", "--at", "５ｍ"],
        &["reach", "mail", "1,200", "--of", "２，０００"],
        &["escalate", "１"],
    ] {
        place.ok(typed);
    }
    let impact = &place.json(&["show", "1"])["incident"]["impact"];
    assert!(impact.to_string().contains("1200"), "{impact}");
    let ran = place.run(&["impact", "--users", "1,2"]);
    assert!(ran.code == 2 && ran.err.contains("hint: hikeshi impact --users "), "{}", ran.err);
}

#[test]
fn a_severity_in_the_title_is_never_passed_over_in_silence() {
    let place = Place::new();
    for (typed, severity, title) in [
        (&["declare", "sev1", "checkout", "is", "down"][..], "sev1", "checkout is down"),
        (&["declare", "everything is on fire sev0"], "sev0", "everything is on fire"),
        (&["declare", "【ＳＥＶ１】決済障害"], "sev1", "決済障害"),
        (&["declare", "--", "sev1 is our name"], "sev2", "sev1 is our name"),
    ] {
        let document = place.json(typed);
        assert_eq!(
            (&document["incident"]["severity"], &document["incident"]["title"]),
            (&severity.into(), &title.into())
        );
        let told = document["warnings"].as_array().is_some_and(|warnings| !warnings.is_empty());
        assert_eq!(told, typed[1] != "--", "{document}");
    }
    let ran = place.run(&["declare", "sev1 db", "--severity", "sev3"]);
    assert!(ran.err.contains("the title says sev1"), "{}", ran.err);
    assert!(place.fails(2, &["declare", "sev1"]).contains("hikeshi declare TITLE --severity sev1"));
}

#[test]
fn nothing_turns_before_it_was_known_of_unless_somebody_says_that_it_began() {
    for verb in ["identify", "mitigate", "monitor", "resolve", "fix", "cancel"] {
        let place = Place::declared();
        let err = place.fails(1, &[verb, "it is so", "--at", "2020-01-01 00:00"]);
        assert!(err.contains("set --started-at TIME"), "{verb}: {err}");
        place.ok(&["set", "--started-at", "2019-12-31 00:00"]);
        place.ok(&[verb, "it is so", "--at", "2020-01-01 00:00"]);
    }
}

/// Lines that fail, and what must be in place for some of them.
const FAILING: &[&[&str]] = &[
    &["note", ""],
    &["note", "x", "--as"],
    &["note"],
    &["note", "x", "--at", "whenever"],
    &["note", "x", "--kind", "nothing"],
    &["impact", "--users", "many"],
    &["impact"],
    &["resolve", "1"],
    &["reopen"],
    &["cancel"],
    &["close"],
    &["check"],
    &["check", "1", "done", "by", "ann"],
    &["check", "nothing"],
    &["assign-role", "scribe"],
    &["assign-role", "scribe", "Ben", "Smith"],
    &["cancel", "--reason", "it", "was", "nothing"],
    &["escalate", "half", "of", "it", "fails"],
    &["escalate"],
    &["deescalate", "sev0", "--reason", "x"],
    &["status"],
    &["edit", "abcd", "x"],
    &["nite", "x"],
    &["list", "--sev", "1"],
    &["list", "--owner", "x"],
    &["help", "frobnicate"],
    &["help", "statu"],
    &["frobnicate"],
    &["action", "close", "abcd"],
    &["cause", "bad", "deploy"],
    &["action", "buy", "disks"],
    &["set", "1", "severity", "sev1"],
    &["note", "a", "b", "-q"],
    &["note", "df", "-h"],
    &["note", "x", "--knd", "change"],
    &["resolve", "--reason", "x"],
    &["fix", "x", "--reverts-workaround"],
    &["set", "--service", "api"],
    &["unassign-role", "scribe"],
    &["undo", "--at", "x"],
    &["update", "x"],
    &["amend", "zzzz", "x"],
    &["show", "99"],
    &["show", "x"],
    &["declare", "sev1"],
    &["resolve", "x", "--at", "2020-01-01 00:00"],
];

/// The lines of the program in what was printed behind `hint:`, as words.
fn lines(err: &str) -> Vec<Vec<String>> {
    let Some((_, hints)) = err.split_once("hint: ") else { return Vec::new() };
    let parts = hints.lines().flat_map(|line| line.split("hikeshi ").skip(1).collect::<Vec<_>>());
    let ends = ["; ", "  ", "　", "）", "。", ")", "、または"];
    let bare = |part: &str| {
        // What stands in quotes may hold anything.
        let quoted = part.contains('\'');
        let end = ends.iter().filter(|_| !quoted).filter_map(|end| part.find(end)).min().unwrap_or(part.len());
        part[..end].trim().trim_end_matches([',', '.']).to_owned()
    };
    parts.map(bare).filter(|part| !part.is_empty()).filter_map(|part| shell_words::split(&part).ok()).collect()
}

/// A line with something in the place of what is to be filled in.
fn filled(words: &[String]) -> Vec<String> {
    let fill = |word: &String| match word.as_str() {
        "NUMBER" | "番号" => "1".to_owned(),
        "TIME" | "時刻" => "14:05".to_owned(),
        "SEV" => "sev1".to_owned(),
        "KIND" => "change".to_owned(),
        "…" | "TEXT" | "TITLE" | "NAME" | "件名" | "本文" | "名前" => "x".to_owned(),
        other => other.to_owned(),
    };
    words.iter().map(fill).collect()
}

#[test]
fn every_hint_is_a_line_that_works_when_copied_or_lists_what_is_possible() {
    let mut followed = 0;
    for lang in ["en", "ja"] {
        for failing in FAILING {
            let place = Place::declared();
            place.lang(lang);
            let ran = place.run(failing);
            assert_ne!(ran.code, 0, "{failing:?}");
            assert!(ran.err.contains("hint: "), "{failing:?}: {}", ran.err);
            for line in lines(&ran.err) {
                let line = filled(&line);
                let words: Vec<&str> = line.iter().map(String::as_str).collect();
                for grave in ["redact", "restore", "--force", "--allow-secrets"] {
                    assert!(!words.contains(&grave), "{failing:?} leads to {words:?}");
                }
                let again = place.run(&words);
                assert_ne!(again.code, 2, "{failing:?} hints at {words:?}, which says: {}", again.err);
                followed += 1;
            }
        }
    }
    assert!(followed > 60, "only {followed} lines");
}

#[test]
fn the_next_word_after_a_refusal_is_one_that_helps() {
    let place = Place::new();
    assert!(place.fails(4, &["note", "db", "down"]).contains("hikeshi declare TITLE"));
    place.ok(&["declare", "API down", "--category", "outage"]);
    place.ok(&["resolve", "restored"]);
    let err = place.fails(1, &["close"]);
    assert!(err.contains("postmortem --filed URL") && err.contains("postmortem approve"), "{err}");
    place.ok(&["close", "--force", "--reason", "a test"]);
    assert!(place.fails(1, &["-i", "1", "resolve", "x"]).contains("reopen --reason …"));
    assert_eq!(place.run(&["help", "frobnicate"]).code, 2);
}

#[test]
fn names_are_trimmed_one_written_in_another_way_is_pointed_out_and_a_swap_is_seen() {
    let place = Place::declared();
    assert_eq!(place.json(&["--as", " ann ", "note", "x"])["entries"][0]["actor"], "ann");
    place.ok(&["assign-role", "scribe", " Bob "]);
    let ran = place.run(&["assign-role", "tech-lead", "bob"]);
    assert!(ran.code == 0 && ran.err.contains("hikeshi -i 1 assign-role tech-lead Bob"), "{}", ran.err);
    assert_eq!(place.run(&["assign-role", "tech-lead", "Bob"]).err, "");
    let ran = place.run(&["assign-role", "ben", "scribe"]);
    assert!(ran.code == 0 && ran.out.contains("ben is now scribe"), "{} {}", ran.out, ran.err);
    assert!(ran.err.contains("the role scribe for ben"), "{}", ran.err);
}
