//! What people write in a postmortem: by hand, in their editor, two of them at once.

use super::place::{Place, Ran};
use std::os::unix::fs::PermissionsExt;

/// A resolved sev2 outage, whose policy asks for a postmortem.
fn resolved() -> Place {
    let place = Place::declared();
    place.ok(&["identify", "--cause", "the pool was empty", "-q"]);
    place.ok(&["resolve", "restarted the pool", "-q"]);
    place
}

/// Runs with an editor that does this to the file named `$1`.
fn edited(place: &Place, arguments: &[&str], script: &str) -> Ran {
    let editor = place.path().join("editor.sh");
    std::fs::write(&editor, format!("#!/bin/sh\nset -e\n{script}\n")).expect("written");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).expect("executable");
    let mut command = place.command(arguments);
    command.env("EDITOR", &editor).env("PATH", "/usr/bin:/bin").env("TMPDIR", place.path());
    command.output().expect("runs").into()
}

/// Puts a line below the generated part of a section.
fn adds(section: &str, text: &str) -> String {
    format!("sed -i '/^<!-- generated: {section} /,/^<!-- end -->/ s/^<!-- end -->/&\\n{text}/' \"$1\"")
}

fn section(place: &Place, id: &str) -> String {
    let made = place.json(&["postmortem"]);
    let found = made["sections"].as_array().expect("sections").iter().find(|one| one["id"] == id);
    found.and_then(|one| one["text"].as_str()).unwrap_or_default().to_owned()
}

fn kept(place: &Place) -> Vec<std::path::PathBuf> {
    let files = std::fs::read_dir(place.path()).expect("a folder").map(|one| one.expect("an entry").path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

#[test]
fn what_people_write_is_recorded_and_what_is_generated_is_not() {
    let place = resolved();
    let ran = edited(&place, &["postmortem", "edit"], &adds("summary", "All orders failed for an hour."));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("postmortem, summary – All orders failed for an hour."), "{}", ran.out);
    let timeline = place.json(&["timeline", "--kind", "postmortem.written"]);
    assert_eq!(timeline["entries"].as_array().map(Vec::len), Some(1), "only what was written");
    let text = place.ok(&["postmortem"]);
    assert!(text.contains("\nAll orders failed for an hour.\n"), "{text}");
    assert!(!text.contains("In three or four sentences"), "the question is answered");
    let again = edited(&place, &["postmortem", "edit"], "true");
    assert!(again.code == 0 && again.err.contains("nothing has changed"), "{again:?}");
    assert!(kept(&place).is_empty(), "nothing is left lying about");
    place.ok(&["note", "more facts", "-q"]);
    assert!(place.ok(&["postmortem"]).contains("All orders failed for an hour."), "generating again loses nothing");
}

#[test]
fn set_is_for_scripts() {
    let place = resolved();
    place.run_with(
        &["postmortem", "set", "うまくいったこと", "-"],
        "- alerts fired\n- rollback took 2 min\n".as_bytes(),
    );
    let text = place.ok(&["postmortem"]);
    assert!(text.contains("### What went well\n\n- alerts fired\n- rollback took 2 min\n"), "{text}");
    let html = place.ok(&["postmortem", "--format", "html"]);
    assert!(html.contains("<ul>\n<li>alerts fired</li>"), "{html}");
    assert!(place.fails(4, &["postmortem", "set", "weather", "rain"]).contains("sections: summary, impact, cause"));
    assert!(
        place
            .fails(1, &["postmortem", "set", "went-well", "--", "- alerts fired\n- rollback took 2 min"])
            .contains("nothing")
    );
    place.ok(&["postmortem", "set", "went-well", ""]);
    assert_eq!(section(&place, "went-well"), "");
    assert!(place.ok(&["timeline"]).contains("went-well emptied"));
}

#[test]
fn what_two_wrote_at_once_stands_both() {
    let place = resolved();
    place.ok(&["postmortem", "set", "impact", "All orders.\n\nFor an hour.", "-q"]);
    // Ben saves while aki has the document open.
    let hikeshi = super::place::HIKESHI;
    let ben = "HIKESHI_ACTOR=ben HIKESHI_NOW=2026-11-20T06:00:00Z";
    let meanwhile = format!("{ben} {hikeshi} postmortem set impact 'All orders.\n\nFor 62 minutes.' -q\n");
    let script = format!("{meanwhile}sed -i 's/^All orders\\.$/All 1,200 orders./' \"$1\"");
    let ran = edited(&place, &["postmortem", "edit"], &script);
    assert!(ran.code == 0 && ran.err.contains("both changes were taken in"), "{ran:?}");
    assert_eq!(section(&place, "impact"), "All 1,200 orders.\n\nFor 62 minutes.");
    let meanwhile = format!("{ben} {hikeshi} postmortem set impact 'All 1,200 orders.\n\nFor 63 minutes.' -q\n");
    let script = format!("{meanwhile}sed -i 's/^For 62 minutes\\.$/For two hours./' \"$1\"");
    let ran = edited(&place, &["postmortem", "edit", "impact"], &script);
    assert!(ran.code == 3 && ran.err.contains("both stand in it"), "{ran:?}");
    let both = section(&place, "impact");
    assert_eq!(both, "All 1,200 orders.\n\n<<<<<<< ben\nFor 63 minutes.\n=======\nFor two hours.\n>>>>>>> aki");
    for reader in ["customers", "executives"] {
        let refused = place.fails(1, &["postmortem", "--for", reader]);
        assert!(refused.contains("hikeshi -i 1 postmortem edit impact"), "{refused}");
    }
    assert!(place.ok(&["postmortem"]).contains("<<<<<<< ben"), "those who can settle it see it");
    let found = place.run(&["postmortem", "check", "--json"]);
    assert!(found.code == 3 && found.out.contains(r#""kind":"conflict","section":"impact""#), "{}", found.out);
}

#[test]
fn what_was_typed_outside_its_place_is_named_and_kept() {
    let place = resolved();
    let ran = edited(&place, &["postmortem", "edit"], "sed -i 's/^> | Status .*/> my own status/' \"$1\"");
    assert!(ran.code == 0 && ran.err.contains("the generated part of summary was changed"), "{ran:?}");
    let files = kept(&place);
    assert!(ran.err.contains("the file is kept: ") && files.len() == 1, "{ran:?}");
    assert!(ran.err.contains("then: hikeshi -i 1 postmortem edit --file "), "{ran:?}");
    assert!(std::fs::read_to_string(&files[0]).expect("kept").contains("my own status"));
}

#[test]
fn nothing_typed_is_lost_when_something_fails() {
    let place = resolved();
    let script = format!("{}\nexit 7", adds("cause", "the pool was halved"));
    let ran = edited(&place, &["postmortem", "edit"], &script);
    assert!(ran.code == 1 && ran.err.contains("your text is kept: hikeshi -i 1 postmortem edit --file "), "{ran:?}");
    let files = kept(&place);
    assert_eq!(section(&place, "cause"), "");
    // What was saved is taken in later, even after somebody else wrote.
    place.ok(&["postmortem", "set", "trigger", "a release", "-q"]);
    place.ok(&["postmortem", "edit", "--file", files[0].to_str().expect("UTF-8"), "-q"]);
    assert_eq!(
        (section(&place, "cause").as_str(), section(&place, "trigger").as_str()),
        ("the pool was halved", "a release")
    );
    std::fs::remove_file(&files[0]).expect("removed");
    let long = "x".repeat(70_000);
    let ran = edited(&place, &["postmortem", "edit", "lucky"], &format!("printf '%s\\n' '{long}' >> \"$1\""));
    assert!(ran.code == 2 && ran.err.contains("the most is 65536") && kept(&place).len() == 1, "{}", ran.err);
    let untouched = edited(&place, &["postmortem", "edit"], "exit 1");
    assert!(untouched.code == 1 && kept(&place).len() == 1, "an editor that fails untouched leaves nothing");
    assert!(place.fails(2, &["postmortem", "edit"]).contains("EDITOR"));
    assert!(untouched.err.contains("postmortem set SECTION"), "{}", untouched.err);
    let latin = edited(&place, &["postmortem", "edit"], "printf 'one\\ncaf\\351\\n' > \"$1\"");
    assert!(latin.code == 1 && latin.err.contains("line 2 isn't UTF-8"), "{}", latin.err);
}

#[test]
fn amend_and_redact_reach_what_was_written() {
    let place = resolved();
    let id = place.ok(&["postmortem", "set", "cause", "the pool, said taro@example.com", "-q"]).trim().to_owned();
    place.ok(&["amend", &id, "the pool", "-q"]);
    assert_eq!(section(&place, "cause"), "the pool");
    place.ok(&["redact", &id, "--reason", "an address"]);
    assert_eq!(section(&place, "cause"), "");
    assert!(!place.ok(&["postmortem"]).contains("taro@"));
}

#[test]
fn an_approved_document_settles_the_clock_until_it_is_written_again() {
    let place = resolved();
    let waits = |place: &Place| place.json(&["show"])["incident"]["waiting_for"].to_string().contains("postmortem");
    assert!(waits(&place));
    assert!(place.fails(1, &["postmortem", "submit"]).contains("postmortem edit"));
    place.ok(&["postmortem", "set", "summary", "All orders failed for an hour.", "-q"]);
    place.ok(&["postmortem", "submit"]);
    let refused = place.fails(1, &["postmortem", "approve", "--as", "chie"]);
    assert!(refused.contains("Impact (impact): empty → hikeshi -i 1 postmortem edit impact"), "{refused}");
    assert!(place.fails(2, &["postmortem", "approve", "--force"]).contains("reason"));
    place.ok(&["postmortem", "approve", "--as", "chie", "--force", "--reason", "the vendor answers in May"]);
    assert!(!waits(&place));
    let due = |place: &Place| place.ok(&["due", "--kind", "postmortem", "--all"]);
    assert!(!due(&place).contains("postmortem"), "{}", due(&place));
    let text = place.ok(&["postmortem"]);
    assert!(text.contains("approved 2026") || text.contains("by chie; in spite of findings: "), "{text}");
    let again = place.run(&["postmortem", "set", "impact", "1,200 orders"]);
    assert!(again.err.contains("no longer approved"), "{again:?}");
    assert!(waits(&place) && due(&place).contains("postmortem"));
}

/// An outage that was told to customers, with names where people write them.
pub fn told() -> Place {
    let place = Place::new();
    place.ok(&[
        "declare",
        "Checkout fails on db-3",
        "--severity",
        "sev1",
        "--customers",
        "many",
        "--service",
        "api",
        "-q",
    ]);
    place.ok(&["assign-role", "tech-lead", "ben", "-q"]);
    place.ok(&["link", "add", "chat", "https://chat.example/inc-1", "-q"]);
    place.ok(&["note", "secret plans of chie", "-q"]);
    place.wait(600);
    place.ok(&["impact", "--users", "1200", "-q"]);
    let by_hand = ["--audience", "customers", "--sent-by-hand", "--channel", "status-page", "-q"];
    place.ok(&[&["update", "Payments failed: a release halved a pool. Ben is sorry."][..], &by_hand].concat());
    place.ok(&["update", "db-3 burns", "--audience", "executives", "--sent-by-hand", "-q"]);
    place.wait(1200);
    place.ok(&["impact", "--users", "300", "-q"]);
    place.ok(&["identify", "--cause", "a release halved a pool", "-q"]);
    place.ok(&["resolve", "rolled back by ben", "-q"]);
    place.ok(&[
        "postmortem",
        "set",
        "summary",
        "Payments failed. Ben rolled back on db-3 (https://wiki.example/1).",
        "-q",
    ]);
    place.ok(&["postmortem", "set", "went-badly", "chie was alone", "-q"]);
    place
}

#[test]
fn e8_customers_read_nothing_internal() {
    let place = told();
    for format in ["md", "html", "json"] {
        let ran = place.run(&["postmortem", "--for", "customers", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        for internal in
            ["aki", "Ben rolled", "chie", "db-3", "wiki.example", "chat.example", "secret", "alone", "Checkout"]
        {
            assert!(!ran.out.contains(internal), "{format} {internal}: {}", ran.out);
        }
        for says in [
            "Incident report: api: service disruption on 2026-11-20",
            "Tech lead rolled back",
            "Payments failed: a release halved a pool. Ben is sorry.",
        ] {
            assert!(ran.out.to_lowercase().contains(&says.to_lowercase()), "{format} {says}: {}", ran.out);
        }
        assert!(ran.err.contains("Ben → tech lead") && ran.err.contains("db-3 → a server"), "{}", ran.err);
    }
    assert!(
        place.lang("ja").ok(&["postmortem", "--for", "customers"]).contains("障害報告書：api の障害（2026-11-20）")
    );
}

#[test]
fn a_cause_that_was_not_published_stays_inside() {
    let place = resolved();
    let text = place.ok(&["postmortem", "--for", "customers"]);
    assert!(!text.contains("the pool was empty") && text.contains("has not been published yet"), "{text}");
    let told = place.run(&["postmortem", "--for", "customers"]).err;
    assert!(told.contains("customers = true for the section cause"), "{told}");
}

#[test]
fn what_nobody_approved_says_so() {
    let place = told();
    for reader in ["customers", "executives"] {
        let ran = place.run(&["postmortem", "--for", reader]);
        assert!(ran.err.contains("hikeshi -i 1 postmortem approve"), "{}", ran.err);
        assert!(ran.out.contains("Draft, not approved"), "{}", ran.out);
    }
    let ran = place.run(&["postmortem", "approve", "--force", "--reason", "the vendor answers in May"]);
    assert!(ran.code == 0 && ran.err.contains("aki wrote or submitted it as well"), "{ran:?}");
    let ran = place.run(&["postmortem", "--for", "customers"]);
    assert!(!ran.err.contains("approve") && !ran.out.contains("Draft"), "{ran:?}");
}

#[test]
fn what_is_written_is_not_called_missing() {
    let place = resolved();
    place.ok(&["postmortem", "set", "summary", "All orders failed for an hour.", "-q"]);
    let text = place.ok(&["postmortem"]);
    assert!(!text.contains("No summary was recorded."), "{text}");
    let refused = place.run_with(&["postmortem", "set", "summary"], b"");
    assert!(refused.err.contains("hikeshi postmortem set summary TEXT"), "{}", refused.err);
}

#[test]
fn e8_executives_read_one_page() {
    let place = told();
    let text = place.ok(&["postmortem", "--for", "executives"]);
    for says in ["## Summary", "## Impact", "| Users | 1200 |", "## Cause", "## Response", "## Still open"] {
        assert!(text.contains(says), "{says}: {text}");
    }
    assert!(text.lines().count() < 80 && !text.contains("## Timeline"), "{text}");
    let html = place.ok(&["postmortem", "--for", "executives", "--format", "html"]);
    assert!(html.contains("<svg") && !html.contains("<nav") && !html.contains("<script"), "{html}");
    assert!(place.ok(&["postmortem", "--for", "engineers"]).contains("### Timeline"));
}

#[test]
fn e11_plans_and_what_they_took_stand_side_by_side() {
    let place = told();
    let text = place.ok(&["postmortem"]);
    assert!(text.contains("### Planned and actual times\n"), "{text}");
    let html = place.ok(&["postmortem", "--format", "html"]);
    for id in ["chart", "impact", "plan"] {
        assert!(html.contains(&format!("aria-labelledby=\"{id}-title {id}-desc\"")), "{id}");
    }
    assert!(html.contains("class=\"update\"") && html.contains("class=\"line\""), "updates and the impact are drawn");
}

#[test]
fn blame_is_shown_word_for_word_with_a_better_wording() {
    let place = resolved();
    place.ok(&["postmortem", "set", "cause", "The operator ignored the warning. The pool was too small.", "-q"]);
    let ran = place.run(&["postmortem", "check"]);
    assert!(
        ran.code == 3 && ran.out.contains("“ignored” blames, in “The operator ignored the warning.”"),
        "{}",
        ran.out
    );
    place.ok(&["postmortem", "set", "lucky", "担当者のミスに気づけた。TBD", "-q"]);
    let found: serde_json::Value =
        serde_json::from_str(&place.run(&["postmortem", "check", "--json"]).out).expect("JSON");
    let kinds: Vec<&str> =
        found["findings"].as_array().expect("a list").iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "blame").count(), 2, "{found}");
    assert!(kinds.contains(&"placeholder") && kinds.contains(&"no-cause"), "{found}");
}
