//! Views on narrow and wide terminals: lines that fit, words that are whole.

use super::place::Place;
use expectrl::{Expect, Session};
use std::collections::BTreeSet;
use std::time::Duration;

const NOW: &str = "2026-11-21T08:00:00Z";

/// A place where everything has words, long ones too.
fn busy() -> Place {
    let place = Place::new();
    let long = "Checkout and subscription renewals are failing for customers in several regions since the deploy";
    place.ok(&["declare", long, "--category", "outage", "--service", "payments", "--service", "subscriptions"]);
    place.ok(&[
        "declare",
        "決済サービスの応答が遅延し、一部のお客様でお支払いが完了できない状態です",
        "--severity",
        "sev1",
    ]);
    place.ok(&["declare", "short", "--severity", "sev3"]);
    place.ok(&["-i", "1", "assign-role", "tech-lead", "Konstantina Papadopoulou"]);
    place.ok(&["-i", "1", "note", "the connection pool of db-primary-3 was exhausted by the nightly reporting job"]);
    place.ok(&[
        "-i",
        "1",
        "note",
        "ロードバランサーのヘルスチェックが失敗し、api-gateway-2 が切り離されたままです。",
        "--pin",
    ]);
    place.ok(&[
        "-i",
        "1",
        "note",
        "rolled the canary back\n\nthe second line is a long one as well, and it stands below",
    ]);
    place.ok(&["-i", "1", "note", "looks like the connection pool again", "--kind", "hypothesis"]);
    place.ok(&[
        "-i",
        "1",
        "set",
        "--summary",
        "Payments fail at the last step. Nothing is charged twice, says billing.",
    ]);
    place.ok(&["-i", "1", "identify", "--cause", "a migration locks the ledger table for every reader"]);
    place.ok(&["-i", "1", "link", "add", "chat", "https://chat.example.com/archives/C0123456789/p1795150800000000"]);
    place.ok(&["-i", "1", "impact", "--users", "1200"]);
    place.ok(&["-i", "1", "cause", "add", "a migration was started by hand in the middle of the day"]);
    place.ok(&["-i", "1", "action", "add", "run migrations from the pipeline only", "--owner", "ben", "--due", "30d"]);
    place.ok(&[
        "-i",
        "1",
        "followup",
        "add",
        "Acme Corporation",
        "a written explanation of what happened",
        "--due",
        "2d",
    ]);
    place.ok(&[
        "contact",
        "add",
        "Kestrel Networks support desk",
        "--reach",
        "+81 3 0000 0000",
        "--service",
        "payments",
    ]);
    place.run(&["note", "words that nobody placed yet, because several incidents are open"]);
    place
}

/// What a command prints on a terminal of so many columns.
fn drawn(place: &Place, columns: usize, arguments: &[&str]) -> String {
    let mut command = place.command(arguments);
    command.env("TERM", "xterm").env("COLUMNS", columns.to_string()).env("HIKESHI_NOW", NOW).env("NO_COLOR", "1");
    // How far long work is stands on standard error, and is wiped away.
    command.stdin(std::process::Stdio::inherit()).stderr(std::process::Stdio::null());
    let mut terminal = Session::spawn(command).expect("a terminal");
    terminal.set_expect_timeout(Some(Duration::from_mins(1)));
    let all = terminal.expect(expectrl::Eof).expect("ends");
    String::from_utf8(all.as_bytes().to_vec()).expect("UTF-8").replace('\r', "")
}

/// The same, piped.
fn piped(place: &Place, arguments: &[&str]) -> String {
    let ran = place.command(arguments).env("HIKESHI_NOW", NOW).output().expect("runs");
    String::from_utf8([ran.stdout, ran.stderr].concat()).expect("UTF-8")
}

fn width(line: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(line)
}

/// Words of letters without a wide character among them.
fn words(text: &str) -> BTreeSet<String> {
    let is_wide = |letter: char| unicode_width::UnicodeWidthChar::width(letter) == Some(2);
    let parts = text.split(|letter: char| letter.is_whitespace() || is_wide(letter));
    parts.filter(|part| part.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}

const VIEWS: &[&[&str]] = &[
    &["list"],
    &["list", "--all"],
    &["show", "1"],
    &["show", "2"],
    &["timeline", "1"],
    &["timeline", "1", "--full"],
    &["checklist", "-i", "1"],
    &["roles", "-i", "1"],
    &["due", "--all"],
    &["brief", "-i", "1"],
    &["handoff", "-i", "1"],
    &["inbox"],
    &["search", "connection"],
    &["search", "ヘルスチェック"],
    &["similar", "payments", "connection", "pool"],
    &["cause", "list", "-i", "1"],
    &["action", "list"],
    &["followup", "list", "-i", "1"],
    &["contact", "list"],
    &["playbook", "list"],
    &["playbook", "show", "default"],
    &["drill", "list"],
    &["legal", "list"],
    &["metrics"],
    &["doctor"],
    &["verify"],
];

#[test]
fn no_line_is_wider_than_the_terminal_and_no_word_is_cut() {
    let place = busy();
    let mut wrong: Vec<String> = Vec::new();
    for lang in ["en", "ja"] {
        place.lang(lang);
        for view in VIEWS {
            let known = words(&piped(&place, view));
            for columns in [40, 50, 80, 120] {
                let shown = drawn(&place, columns, view);
                assert!(!shown.trim().is_empty(), "{view:?} prints something");
                for line in shown.lines() {
                    let address = line.split_whitespace().any(|word| word.contains("://") || word.len() > columns - 8);
                    let command = line.trim_start().trim_start_matches("hint: ").starts_with("hikeshi ");
                    if width(line) > columns && !address && !command {
                        wrong.push(format!("{lang} {columns} {view:?}: {} columns: {line}", width(line)));
                    }
                }
                for word in words(&shown) {
                    // What `…` stands for is left out, not cut.
                    let whole = word.trim_end_matches('…');
                    let narrow_heading = whole == "sev";
                    if !known.contains(whole) && !known.contains(&word) && !narrow_heading {
                        wrong.push(format!("{lang} {columns} {view:?}: `{word}` is no word of it"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_narrow_list_keeps_what_matters() {
    let place = busy();
    let shown = drawn(&place, 40, &["list"]);
    let head = shown.lines().next().unwrap_or_default();
    assert_eq!(head.split_whitespace().collect::<Vec<_>>(), ["#", "sev", "status", "title"], "{shown}");
    let row = shown.lines().find(|line| line.starts_with("1 ")).unwrap_or_default();
    assert!(
        row.contains("sev2") && row.contains("identified") && row.contains("Checkout") && row.ends_with('…'),
        "{row}"
    );
    assert!(shown.lines().count() == 4, "one row each: {shown}");
    let wide = drawn(&place, 120, &["list"]);
    assert!(wide.lines().next().is_some_and(|head| head.contains("services") && head.contains("leads")), "{wide}");
    // Piped, everything stands on one line each.
    assert!(piped(&place, &["list"]).lines().any(|line| width(line) > 120));
}
