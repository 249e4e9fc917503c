//! What only a terminal sees: questions, the scribe's prompt, the choice among incidents.

use super::place::Place;
use expectrl::{Expect, Session};
use std::time::Duration;

/// A command on a terminal, which must speak within ten seconds.
pub fn on_terminal(place: &Place, arguments: &[&str]) -> expectrl::session::OsSession {
    let mut command = place.command(arguments);
    command.env("TERM", "xterm").env("COLUMNS", "100").stdin(std::process::Stdio::inherit());
    let mut terminal = Session::spawn(command).expect("a terminal");
    terminal.set_expect_timeout(Some(Duration::from_secs(10)));
    terminal
}

fn says(terminal: &mut expectrl::session::OsSession, text: &str) {
    terminal.expect(text).unwrap_or_else(|error| panic!("`{text}` was not said: {error}"));
}

#[test]
fn declare_asks_for_everything_and_offers_to_join() {
    let place = Place::new();
    let mut terminal = on_terminal(&place, &["declare"]);
    says(&mut terminal, "what is wrong?");
    terminal.send_line("Payments failing").expect("typed");
    says(&mut terminal, "how bad is it?");
    terminal.send("\r").expect("typed");
    says(&mut terminal, "what kind?");
    terminal.send("\r").expect("typed");
    says(&mut terminal, "services it hits");
    terminal.send_line("pay, web").expect("typed");
    says(&mut terminal, "how many customers?");
    terminal.send("\r").expect("typed");
    says(&mut terminal, "#1");
    says(&mut terminal, "playbook:");
    terminal.expect(expectrl::Eof).expect("ends");
    let shown = place.json(&["show"]);
    assert_eq!(shown["incident"]["services"], serde_json::json!(["pay", "web"]));
    assert_eq!(shown["incident"]["severity"], "sev2", "the default is the policy's");

    let mut terminal = on_terminal(&place, &["declare"]);
    says(&mut terminal, "join one of these instead?");
    terminal.send("\u{1b}[B\r").expect("typed");
    says(&mut terminal, "who does what");
    terminal.expect(expectrl::Eof).expect("ends");
    assert_eq!(place.ok(&["list", "-q"]), "1\n", "none was opened beside it");
}

#[test]
fn the_scribe_writes_a_line_an_entry_in_either_language() {
    let place = Place::declared();
    let mut terminal = on_terminal(&place, &["note", "-"]);
    for (line, answer) in [
        ("db-3 重い", "db-3 重い"),
        (":decision roll back", "[decision] roll back"),
        ("：決定 切り戻す", "[decision] 切り戻す"),
        (":at 04:40 pager went off", "04:40"),
    ] {
        says(&mut terminal, "#1> ");
        terminal.send_line(line).expect("typed");
        says(&mut terminal, answer);
    }
    terminal.send_line("04:30 pasted from the chat").expect("typed");
    says(&mut terminal, "did it happen at 04:30?");
    terminal.send("\r").expect("typed");
    says(&mut terminal, "pasted from the chat");
    terminal.send_line("a slip").expect("typed");
    says(&mut terminal, "a slip");
    terminal.send_line(":undo").expect("typed");
    says(&mut terminal, "took back");
    terminal.send_line(":quit").expect("typed");
    terminal.expect(expectrl::Eof).expect("ends");
    let timeline = place.ok(&["timeline", "--kind", "note"]);
    let at = |text: &str| timeline.lines().find(|line| line.contains(text)).unwrap_or_default().trim().to_owned();
    assert!(at("pasted from the chat").starts_with("04:30"), "{timeline}");
    assert!(at("pager went off").starts_with("04:40"), "{timeline}");
    assert!(at("a slip").contains("undone"), "{timeline}");
}

#[test]
fn with_several_open_a_terminal_is_asked_which() {
    let place = Place::declared();
    place.ok(&["declare", "second", "-q"]);
    let mut terminal = on_terminal(&place, &["note", "for the second"]);
    says(&mut terminal, "which incident?");
    terminal.send("\u{1b}[B\r").expect("typed");
    says(&mut terminal, "noted: for the second");
    terminal.expect(expectrl::Eof).expect("ends");
    assert!(place.ok(&["timeline", "2"]).contains("for the second"));
}
