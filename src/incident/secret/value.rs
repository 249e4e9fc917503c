//! The value after a name: where it ends, and whether it only stands for a secret.

use super::bytes::{begins_with, has, is_wide, run, skip_spaces};
use super::wording::is_common;
use std::ops::Range;

/// A value as found after a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// The value alone, without quotes.
    pub range: Range<usize>,
    pub quoted: bool,
    /// Where the rest of the line begins.
    pub end: usize,
}

/// Opening quotes and what closes them; `\"` is JSON inside a string.
const QUOTES: &[(&str, &str)] = &[
    ("\\\"", "\\\""),
    ("\"", "\""),
    ("'", "'"),
    ("`", "`"),
    ("“", "”"),
    ("‘", "’"),
    ("「", "」"),
    ("『", "』"),
    ("【", "】"),
];

/// Reads the value at `at`: what is quoted, or one word; `None` when nothing is there.
pub(super) fn read(line: &[u8], at: usize) -> Option<Value> {
    let at = skip_spaces(line, at);
    let rest = line.get(at..)?;
    for (open, close) in QUOTES {
        if rest.starts_with(open.as_bytes()) {
            let start = at + open.len();
            let Some(end) = closing(line, start, close.as_bytes()) else { break };
            return (end > start).then(|| Value { range: start..end, quoted: true, end: end + close.len() });
        }
    }
    // A quote that never closes was cut off with its end: the word behind it is the value.
    let start = at + run(line, at, |byte| matches!(byte, b'"' | b'\'' | b'`' | b'\\')).min(2);
    let window = &line[..line.len().min(start + WINDOW)];
    let mut length = run(window, start, |byte| !ends_word(byte));
    if start + length == window.len() && cut(&window[start..]) == length {
        length += run(line, start + length, |byte| !ends_word(byte));
    }
    let length = trimmed(&line[start..start + cut(&line[start..start + length])]);
    (length > 0).then(|| Value { range: start..start + length, quoted: false, end: start + length })
}

/// How far a quote's end is looked for, and a word's, so that a text made of names costs little.
const WINDOW: usize = 4096;

/// Where the quote closes; a quote after a backslash is part of the value.
fn closing(line: &[u8], start: usize, close: &[u8]) -> Option<usize> {
    let mut at = start;
    while at < line.len().min(start + WINDOW) {
        if line[at..].starts_with(close) {
            return Some(at);
        }
        at += if line[at] == b'\\' && close == b"\"" { 2 } else { 1 };
    }
    None
}

fn ends_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || is_wide(byte) || matches!(byte, b'"' | b'\'' | b'`')
}

/// A `;` or `&` ends the value where another `name=` follows, as in connection strings and queries; a bare `,` likewise.
fn cut(word: &[u8]) -> usize {
    for (at, byte) in word.iter().enumerate().skip(1) {
        if matches!(byte, b';' | b'&' | b',') {
            let name = run(word, at + 1, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
            if name > 0 && matches!(word.get(at + 1 + name), Some(b'=' | b':')) {
                return at;
            }
        }
    }
    word.len()
}

/// The length without the punctuation of the sentence around it.
fn trimmed(word: &[u8]) -> usize {
    let mut length = word.len();
    while length > 0 {
        let open = match word[length - 1] {
            b',' | b';' | b'.' | b'\\' | b'>' => None,
            b')' => Some(b'('),
            b']' => Some(b'['),
            b'}' => Some(b'{'),
            _ => break,
        };
        if open.is_some_and(|open| word[..length - 1].contains(&open)) {
            break;
        }
        length -= 1;
    }
    length
}

/// Marks that a value carries when somebody took the secret out, or never put it in.
const MARKS: &[&str] = &[
    "****",
    "xxxx",
    "example",
    "placeholder",
    "redacted",
    "your_",
    "your-",
    "_here",
    "-here",
    "dummy",
    "••",
    "●●",
    "＊＊",
    "...",
    "…",
];

/// References to a secret that is kept elsewhere.
const REFERENCES: &[&str] =
    &["env:", "file:", "vault:", "op://", "ssm:", "arn:", "keychain:", "{{", "%(", "[masked:", "$(", "${", "<"];

/// Whether the value only stands for a secret: a variable, a filler, a word such as `password` or `none`.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    let value = value.strip_prefix(b"\\").unwrap_or(value);
    let Some(first) = value.first() else { return true };
    // A long value has such letters by chance, so only its ends are looked at.
    let head = &value[..value.len().min(64)];
    is_common(value)
        || value.iter().all(|byte| byte.eq_ignore_ascii_case(first))
        || value.iter().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'-' | b'_' | b'.' | b'#' | b'?' | b'=' | b'/'))
        || REFERENCES.iter().any(|start| begins_with(value, start.as_bytes()))
        || MARKS.iter().any(|mark| has(head, mark.as_bytes()))
        || is_variable(value)
        || is_file(value)
}

/// `/run/secrets/db`: where the secret is. Base64 has slashes too, and capitals.
fn is_file(value: &[u8]) -> bool {
    let start = [&b"/"[..], b"./", b"~/"].iter().any(|start| value.starts_with(start));
    start && value.split(|byte| *byte == b'/').count() > 2 && !value.iter().any(u8::is_ascii_uppercase)
}

/// `$NAME`, `%NAME%`, `[name]`, `{name}`, `(name)`, `@NAME@`.
fn is_variable(value: &[u8]) -> bool {
    let inner = |open: u8, close: u8| value.len() > 2 && value[0] == open && value[value.len() - 1] == close;
    match value {
        // The beginning of `{type | type}` or of an object.
        [b'{', b'a'..=b'z' | b'"', ..] => true,
        [b'$', first, ..] => {
            let name = run(value, 1, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'{' | b'}'));
            (first.is_ascii_alphabetic() || matches!(first, b'_' | b'{' | b'('))
                && !value.get(1 + name).is_some_and(|byte| matches!(byte, b'!' | b'#' | b'$' | b'%' | b'*' | b'^'))
        }
        _ => inner(b'%', b'%') || inner(b'[', b']') || inner(b'{', b'}') || inner(b'(', b')') || inner(b'@', b'@'),
    }
}
