//! What holds for any text.

use super::{HEX, MIXED};
use crate::incident::secret::{Masker, Secret, find, mask};
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

/// Pieces that the rules look for, in any order.
const PIECES: &[&str] = &[
    "password",
    "パスワード",
    "token",
    "は",
    "：",
    ": ",
    "=",
    " ",
    "\n",
    "\r\n",
    "\"",
    "\\\"",
    "'",
    "`",
    "「",
    "」",
    "://",
    "@",
    ":",
    "/",
    "user",
    "--password ",
    "mysql ",
    "curl ",
    "-u ",
    "-p",
    "hunter2",
    "hunter2é",
    "です",
    "$",
    "<",
    ">",
    "[masked: ",
    "-----BEGIN ",
    "-----END ",
    "PRIVATE KEY-----",
    "-----",
    "eyJ",
    ".",
    "Bearer ",
    "authorization: ",
    "gh",
    "p_",
    "\u{1b}[1m",
    "@tcp(",
    ".com/",
    "%",
    ";",
    "&",
    "ä",
    "障害",
    "IDENTIFIED BY ",
    "Cookie: a=",
    MIXED,
    HEX,
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => (0..PIECES.len()).prop_map(|index| PIECES[index].to_owned()),
        1 => any::<char>().prop_map(String::from),
        1 => Just("\n".to_owned()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn streamed(bytes: &[u8], cuts: &[usize]) -> Vec<u8> {
    let mut masker = Masker::new();
    let mut out = Vec::new();
    let mut rest = bytes;
    for cut in cuts {
        let (head, tail) = rest.split_at((*cut).min(rest.len()));
        out.extend(masker.push(head));
        rest = tail;
    }
    out.extend(masker.push(rest));
    out.extend(masker.finish());
    out
}

fn replaced(text: &str, found: &[Secret]) -> String {
    let mut text = text.to_owned();
    for secret in found.iter().rev() {
        text.replace_range(secret.range.clone(), &format!("[masked: {}]", secret.rule));
    }
    text
}

proptest! {
    #[test]
    fn ranges_are_in_order_and_in_bounds(text in text()) {
        let found = find(&text);
        let mut end = 0;
        for secret in &found {
            prop_assert!(end <= secret.range.start && secret.range.start < secret.range.end);
            end = secret.range.end;
            prop_assert!(text.get(secret.range.clone()).is_some(), "{secret:?}");
        }
        prop_assert_eq!(mask(&text), replaced(&text, &found));
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        find(&text);
    }

    #[test]
    fn a_stream_is_masked_as_a_whole_is(text in text(), cuts in proptest::collection::vec(0_usize..40, 0..12)) {
        let whole = mask(&text);
        prop_assert_eq!(String::from_utf8(streamed(text.as_bytes(), &cuts)).unwrap(), whole);
    }

    #[test]
    fn bytes_are_masked_the_same_however_they_come(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        cuts in proptest::collection::vec(0_usize..40, 0..12),
    ) {
        prop_assert_eq!(streamed(&bytes, &cuts), streamed(&bytes, &[]));
    }
}
