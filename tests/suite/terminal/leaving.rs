//! Ways out of a question: the cursor comes back, and what was typed is kept and said to be.

use super::asking::script;
use super::{Place, Terminal, inbox};

fn two() -> Place {
    let place = Place::declared();
    place.ok(&["declare", "second", "-q"]);
    place
}

#[test]
fn words_of_a_line_are_kept_when_the_choice_of_an_incident_is_left() {
    for (way, keys) in [("Ctrl-C", "\u{3}"), ("Esc", "\u{1b}"), ("Ctrl-D", "\u{4}"), ("Ctrl-C after keys", "12\u{3}")] {
        let place = two();
        let mut terminal = Terminal::start(&place, &["note", "db-3 is slow", "--kind", "change"]);
        terminal.says("which incident?").says("number [1]").types(keys).says("hikeshi inbox file ");
        assert_eq!(terminal.ends(), Some(4), "{way}");
        terminal.leaves_a_cursor();
        assert_eq!(inbox(&place), ["db-3 is slow"], "{way}");
    }
}

#[test]
fn words_that_were_being_typed_are_kept_when_a_question_is_left() {
    let place = Place::declared();
    let mut terminal = Terminal::start(&place, &["note"]);
    terminal.says("note: ").types("half a sent").says("half a sent").types("\u{3}").says("hikeshi inbox file ");
    assert_eq!(terminal.ends(), Some(1));
    terminal.leaves_a_cursor();
    assert_eq!(inbox(&place), ["half a sent"]);
    // A question that was answered with nothing leaves nothing.
    let mut terminal = Terminal::start(&place, &["note"]);
    terminal.says("note: ").types("\u{3}").says("nothing is recorded");
    terminal.ends();
    assert_eq!(inbox(&place).len(), 1);
    // The words of the line are kept when a later question is left.
    let mut terminal = Terminal::start(&place, &["update", "we know", "--audience", "customers"]);
    terminal.says("what now?").says("number [1]").types("\u{3}").says("hikeshi inbox file ");
    assert_eq!(terminal.ends(), Some(1));
    assert!(inbox(&place).contains(&"we know".to_owned()));
}

#[test]
fn a_title_is_kept_when_the_questions_after_it_are_left() {
    let place = Place::new();
    let mut terminal = Terminal::start(&place, &["declare"]);
    terminal.says("what is wrong?").types("決済が失敗\r").says("how bad is it?").says("number [2]").types("\u{3}");
    terminal.says("hikeshi inbox file ").says("hikeshi declare 決済が失敗");
    assert_eq!(terminal.ends(), Some(1));
    terminal.leaves_a_cursor();
    assert_eq!(inbox(&place), ["決済が失敗"]);
}

#[test]
fn ctrl_c_keeps_words_on_a_terminal_without_keys() {
    let place = two();
    let mut terminal = Terminal::dumb(&place, &["note", "db-3 is slow"]);
    terminal.says("which incident?").says("number [1]").types("\u{3}").says("hikeshi inbox file ");
    assert_eq!(terminal.ends(), Some(4));
    assert_eq!(inbox(&place), ["db-3 is slow"]);
    let place = Place::new();
    let mut terminal = Terminal::dumb(&place, &["declare"]);
    terminal.says("what is wrong?").types("\u{3}").says("nothing is recorded");
    assert_eq!(terminal.ends(), Some(1));
}

#[test]
fn a_signal_puts_the_terminal_back_before_it_ends_the_program() {
    for (asked, said) in [(&["note", "x"][..], "number [1]"), (&["-i", "1", "note"][..], "note: ")] {
        let place = two();
        let mut terminal = Terminal::start(&place, asked);
        terminal.says(said);
        rustix::process::kill_process(terminal.pid(), rustix::process::Signal::TERM).expect("sent");
        terminal.says("\u{1b}[?25h");
        assert_eq!(terminal.ends(), None, "it ended by the signal");
        terminal.leaves_a_cursor();
    }
}

#[test]
fn what_an_editor_wrote_before_it_failed_is_kept() {
    let place = Place::declared();
    let editor = script(&place, "editor", "printf 'an hour of work' > \"$1\"; exit 1");
    let set = [("TERM", "xterm"), ("EDITOR", editor.as_str()), ("PATH", "/usr/bin:/bin")];
    let mut terminal = Terminal::with(&place, &["update", "--audience", "customers"], &set);
    terminal.says("EDITOR").says("hikeshi inbox file ");
    assert_eq!(terminal.ends(), Some(1));
    assert_eq!(inbox(&place), ["an hour of work"]);
}

#[test]
fn an_editor_that_is_not_there_is_named_with_its_variable() {
    for (name, value, said) in [
        ("EDITOR", "/no/such/editor", "`/no/such/editor` (EDITOR)"),
        ("VISUAL", "no-such-editor -w", "`no-such-editor -w` (VISUAL)"),
        ("LESS", "", "`vi` (EDITOR names none)"),
    ] {
        let place = Place::declared();
        let set = [("TERM", "xterm"), (name, value), ("PATH", "/nowhere")];
        let mut terminal = Terminal::with(&place, &["update", "--audience", "customers"], &set);
        terminal.says(said).says("export ");
        assert_eq!(terminal.ends(), Some(1));
        assert!(!terminal.heard().contains("os error"), "{}", terminal.heard());
    }
}

#[test]
fn without_a_named_editor_it_is_vi() {
    let place = Place::declared();
    script(&place, "vi", "printf 'by vi' > \"$1\"");
    let folder = format!("{}:/usr/bin:/bin", place.path().display());
    let set = [("TERM", "xterm"), ("PATH", folder.as_str())];
    let mut terminal = Terminal::with(&place, &["update", "--audience", "customers"], &set);
    terminal.says("by vi").says("what now?").says("number [1]").types("1\r").says("draft");
    assert_eq!(terminal.ends(), Some(0));
}
