//! The scribe's prompt: keys that edit, lines that stay, blocks that are asked about, a history of one's own.

use super::{Place, Terminal, inbox, notes};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

fn scribe(place: &Place) -> Terminal {
    let mut terminal = Terminal::start(place, &["-i", "1", "note", "-"]);
    terminal.says("scribe of #1").says("#1> ");
    terminal
}

#[test]
fn the_scribe_writes_a_line_an_entry_in_either_language() {
    let place = Place::declared();
    let mut terminal = Terminal::start(&place, &["note", "-"]);
    for (line, answer) in [
        ("db-3 重い", "db-3 重い ["),
        (":decision roll back", "[decision] roll back"),
        ("：決定 切り戻す", "[decision] 切り戻す"),
        (":at 04:40 pager went off", "04:40"),
    ] {
        terminal.says("#1> ").types(format!("{line}\r"));
        let answer = answer.trim_end_matches(" [");
        terminal.says(answer);
    }
    terminal.types("04:30 pasted from the chat\r").says("did it happen at 04:30?").types("\r");
    terminal.says("pasted from the chat").types("a slip\r").says("a slip").types(":undo\r").says("took back");
    terminal.types(":help\r").says(":hypothesis TEXT").types(":quit\r");
    assert_eq!(terminal.ends(), Some(0));
    let timeline = place.ok(&["timeline", "--kind", "note"]);
    let at = |text: &str| timeline.lines().find(|line| line.contains(text)).unwrap_or_default().trim().to_owned();
    assert!(at("pasted from the chat").starts_with("04:30"), "{timeline}");
    assert!(at("pager went off").starts_with("04:40"), "{timeline}");
    assert!(at("a slip").contains("undone"), "{timeline}");
}

#[test]
fn keys_edit_a_line_and_wide_letters_are_erased_whole() {
    let place = Place::declared();
    let mut terminal = scribe(&place);
    for (keys, recorded) in [
        ("障害発生\u{7f}\u{7f}対応\r", "障害対応"),
        ("bc\u{1b}[D\u{1b}[Da\r", "abc"),
        ("world\u{1}hello \r", "hello world"),
        ("\u{1b}[A!\r", "hello world!"),
        ("👩\u{200d}🚒x\u{7f}\r", "👩\u{200d}🚒"),
    ] {
        terminal.types(keys).says("aki").says("#1> ");
        assert_eq!(notes(&place, "1").last().map(String::as_str), Some(recorded), "{keys:?}");
    }
    terminal.types("\u{4}");
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn lines_typed_ahead_are_all_taken() {
    let place = Place::declared();
    let mut terminal = scribe(&place);
    terminal.types("first\rsecond\r:quit\r");
    assert_eq!(terminal.ends(), Some(0));
    assert_eq!(notes(&place, "1"), ["first", "second"]);
}

#[test]
fn bytes_that_are_no_text_are_typed_again_and_end_nothing() {
    let place = Place::declared();
    let mut terminal = scribe(&place);
    terminal.types(b"caf\xe9\r").says("please type it again").says("#1> ").says("caf").types("e is closed\r");
    terminal.says("aki").says("#1> ").types("the next one\r").says("aki").says("#1> ").types(":quit\r");
    assert_eq!(terminal.ends(), Some(0));
    assert_eq!(notes(&place, "1"), ["cafe is closed", "the next one"]);
    // Half of a letter, as a terminal leaves it that erases bytes.
    let mut terminal = Terminal::dumb(&place, &["-i", "1", "note", "-"]);
    terminal.says("#1> ").types(b"\xe6\x97\n").says("please type it again").types("日本\n").says("日本");
    terminal.says("#1> ").types(":quit\n");
    assert_eq!(terminal.ends(), Some(0));
    assert_eq!(notes(&place, "1").last().map(String::as_str), Some("日本"));
}

#[test]
fn a_terminal_without_keys_has_a_scribe_too() {
    let place = Place::declared();
    let mut terminal = Terminal::dumb(&place, &["note", "-"]);
    terminal.says("#1> ").types("first\nsecond\n").says("second").says("#1> ");
    terminal.types("a\nb\nc\n").says("3 lines came at once").says("number [1]").types("2\n").says("a");
    terminal.says("#1> ").types("half\n").says("half").says("#1> ").types("\u{3}");
    assert_eq!(terminal.ends(), Some(0));
    assert_eq!(notes(&place, "1"), ["first", "second", "a\nb\nc", "half"]);
}

#[test]
fn a_line_that_is_left_goes_to_the_inbox_and_the_session_goes_on() {
    let place = Place::declared();
    let mut terminal = scribe(&place);
    terminal.types("half a line").says("half a line").types("\u{3}").says("hikeshi inbox file ").says("#1> ");
    terminal.types("a whole one\r").says("aki").says("#1> ").types("\u{3}");
    assert_eq!(terminal.ends(), Some(0));
    terminal.leaves_a_cursor();
    assert_eq!((inbox(&place), notes(&place, "1")), (vec!["half a line".to_owned()], vec!["a whole one".to_owned()]));
}

#[test]
fn what_was_refused_stays_to_be_mended() {
    let place = Place::declared();
    let mut terminal = scribe(&place);
    let erase = |count: usize| format!("\u{1}{}", "\u{1b}[3~".repeat(count));
    terminal.types(":decison rollback now\r").says("no `:decison`").says("#1> ").says(":decison rollback now");
    terminal.types(erase(":decison ".len())).types(":decision \r").says("[decision] rollback now").says("#1> ");
    terminal.types(":at 25:99 foo\r").says("error:").says("#1> ").says(":at 25:99 foo");
    terminal.types(erase(":at 25:99 ".len())).types("\r").says("aki").says("#1> ").types(":quit\r");
    assert_eq!(terminal.ends(), Some(0));
    assert_eq!(notes(&place, "1"), ["rollback now", "foo"]);
}

#[test]
fn a_pasted_block_is_one_question() {
    let paste = |text: &str| format!("\u{1b}[200~{}\u{1b}[201~\r", text.replace('\n', "\r"));
    for (answer, recorded, kept) in [
        ("1\r", vec!["14 errors", ":) it is back", "roll back"], vec![]),
        ("\r", vec!["14 errors", ":) it is back", "roll back"], vec![]),
        ("2\r", vec!["14 errors\n:) it is back\n:decision roll back"], vec![]),
        ("3\r", vec![], vec!["14 errors\n:) it is back\n:decision roll back"]),
        ("\u{1b}", vec![], vec!["14 errors\n:) it is back\n:decision roll back"]),
    ] {
        let place = Place::declared();
        let mut terminal = scribe(&place);
        terminal.types(paste("14 errors\n:) it is back\n:decision roll back"));
        terminal.says("3 lines came at once").says("number [1]").types(answer).says("#1> ").types(":quit\r");
        assert_eq!(terminal.ends(), Some(0));
        assert_eq!((notes(&place, "1"), inbox(&place)), (own(recorded), own(kept)), "{answer:?}");
    }
    let place = Place::declared();
    let mut terminal = scribe(&place);
    let block: Vec<String> = (0..40).map(|line| format!("04:{line:02} line {line}")).collect();
    terminal.types(paste(&block.join("\n"))).says("40 lines came at once").says("number [1]").types("1\r");
    terminal.says("line 39").says("#1> ").types(paste("one line alone\n")).says("one line alone").says("#1> ");
    terminal.types(":quit\r");
    assert_eq!(terminal.ends(), Some(0));
    let timeline = place.ok(&["timeline", "--kind", "note"]);
    let lines = timeline.lines().filter(|line| line.contains("line ") && line.trim().starts_with("04:"));
    assert_eq!(lines.count(), 40, "each at its own time:\n{timeline}");
    assert_eq!(notes(&place, "1").len(), 41);
}

fn own(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// The files in which the scribe remembers lines.
fn histories(place: &Place) -> Vec<PathBuf> {
    let folder = place.path().join(".local/state/hikeshi/scribe");
    std::fs::read_dir(folder).map_or_else(|_| Vec::new(), |files| files.flatten().map(|file| file.path()).collect())
}

#[test]
fn the_history_is_the_owners_alone_and_a_redaction_reaches_it() {
    let place = Place::declared();
    let mut terminal = scribe(&place);
    terminal.types("the password is Xanthophyll99\r").says("aki").says("#1> ");
    terminal.types("harmless\r").says("aki").says("#1> ").types(":quit\r");
    terminal.ends();
    let [file] = histories(&place).try_into().expect("one for the incident");
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().expect("a folder"))), (0o600, 0o700));
    assert!(std::fs::read_to_string(&file).expect("read").contains("Xanthophyll99"));
    // The next session has it.
    let mut terminal = scribe(&place);
    terminal.types("\u{1b}[A\r").says("aki").says("#1> ").types(":quit\r");
    terminal.ends();
    assert_eq!(notes(&place, "1").last().map(String::as_str), Some("harmless"));
    let entries = place.json(&["timeline", "--kind", "note"]);
    let id = entries["entries"][0]["id"].as_str().expect("an id").to_owned();
    place.ok(&["redact", &id, "--reason", "a password"]);
    let left = std::fs::read_to_string(&file).expect("read");
    assert!(!left.contains("Xanthophyll99") && left.contains("harmless"), "{left}");
    assert_eq!(mode(&file), 0o600);
}

#[test]
fn what_is_restricted_stands_in_no_history() {
    let place = Place::declared();
    let mut terminal = scribe(&place);
    terminal.types("the director was told\r").says("aki").says("#1> ").types(":quit\r");
    terminal.ends();
    assert_eq!(histories(&place).len(), 1);
    place.ok(&["set", "--restricted"]);
    assert_eq!(histories(&place), Vec::<PathBuf>::new());
    let mut terminal = scribe(&place);
    terminal.types("and who read it\r").says("aki").says("#1> ").types(":quit\r");
    terminal.ends();
    assert_eq!(histories(&place), Vec::<PathBuf>::new());
}
