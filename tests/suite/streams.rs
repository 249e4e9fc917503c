//! What comes through a pipe: no line ends the others, and none is lost.

use super::place::Place;

fn notes(place: &Place) -> Vec<String> {
    let entries = place.json(&["timeline", "--kind", "note"])["entries"].as_array().cloned().unwrap_or_default();
    entries.iter().filter_map(|entry| entry["data"]["text"].as_str().map(str::to_owned)).collect()
}

#[test]
fn a_bad_line_is_told_and_kept_and_the_stream_goes_on() {
    let place = Place::declared();
    let ran = place.run_with(&["note", "--each-line", "-"], b"good 1\nbad \xff byte\ngood 2\n");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("line 2") && ran.err.contains("bad \\xff byte"), "{}", ran.err);
    assert_eq!(notes(&place), ["good 1", "bad \\xff byte", "good 2"]);
    assert_eq!(ran.out.lines().count(), 3, "each is confirmed: {}", ran.out);
    assert!(ran.out.lines().all(|line| line.starts_with("#1 API down [")), "{}", ran.out);
    let long = "x".repeat(300 * 1024);
    let ran = place.run_with(&["note", "--each-line", "-"], format!("before\n{long}\nafter\n").as_bytes());
    assert!(ran.code == 2 && ran.err.contains("line 2 is longer than"), "{}", ran.err);
    assert_eq!(notes(&place)[3..], ["before", "after"]);
}

#[test]
fn a_line_that_a_rule_refuses_ends_nothing() {
    let place = Place::declared();
    let token = concat!("gh", "p_", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8");
    let input = format!("first\ntoken {token}\nlast\n");
    let ran = place.run_with(&["--strict-secrets", "note", "--each-line", "-"], input.as_bytes());
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(notes(&place), ["first", "last"]);
}

#[test]
fn marks_of_encodings_are_no_words() {
    let place = Place::declared();
    place.run_with(&["note", "-"], b"\xef\xbb\xbffirst\r\nsecond line\r\n");
    place.run_with(&["note", "--each-line", "-"], b"\xef\xbb\xbfa line\r\n\xe2\x80\x8b\r\nanother\r\n");
    assert_eq!(notes(&place), ["first\nsecond line", "a line", "another"]);
}

#[test]
fn a_text_of_which_nothing_can_be_seen_is_empty() {
    let place = Place::declared();
    let empty = place.run(&["note", "\u{3000}"]);
    for nothing in ["\u{200b}", "\u{feff}\u{2060}", "\u{200d} \u{3000}"] {
        let ran = place.run(&["note", nothing]);
        assert_eq!((ran.code, &ran.err), (empty.code, &empty.err), "{nothing:?}");
        assert_ne!(ran.code, 0);
        assert_ne!(place.run(&["declare", nothing]).code, 0);
    }
    assert_eq!(notes(&place), Vec::<String>::new());
}
