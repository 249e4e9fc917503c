//! Private keys, which go on over many lines, or over one line with `\n` in it.

use super::Secret;
use super::bytes::{begins_with, position, run};

/// The slug of private keys.
pub(super) const RULE: &str = "private-key";

/// Lines of other text inside a cut-off key after which it is taken to be over.
const PATIENCE: u8 = 8;

/// Base64 in one run that is surely part of a key while one is open.
const SURE_RUN: usize = 32;

/// Whether a private key is open, from line to line.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyBlock {
    #[default]
    Closed,
    /// Every line that could be part of it is.
    Open,
    /// Other text came (`…`, `[snip]`, a prompt): that text is left alone, but what is surely base64 is still the key's.
    Doubtful { lines: u8 },
}

impl KeyBlock {
    /// Adds the parts of private keys in this line and remembers whether one stays open after it.
    pub(super) fn find(&mut self, line: &[u8], found: &mut Vec<Secret>) {
        let length = line.trim_ascii_end().len();
        let mut at = 0;
        if *self != Self::Closed {
            match marker(line, 0, b"-----END ") {
                Some((_, end)) => {
                    found.push(Secret::new(RULE, 0..end));
                    *self = Self::Closed;
                    at = end;
                }
                None if marker(line, 0, b"-----BEGIN ").is_none() => return self.inside(&line[..length], found),
                None => {}
            }
        }
        while let Some((start, body)) = marker(line, at, b"-----BEGIN ") {
            if let Some((_, end)) = marker(line, body, b"-----END ") {
                found.push(Secret::new(RULE, start..end));
                *self = Self::Closed;
                at = end;
                continue;
            }
            let end = body + body_length(&line[body..length.max(body)]);
            // A marker in the middle of a sentence is no key.
            if end > body || length <= body || closes(&line[body..length]) {
                found.push(Secret::new(RULE, start..end.max(body)));
                *self = Self::Open;
            }
            return;
        }
    }

    fn inside(&mut self, line: &[u8], found: &mut Vec<Secret>) {
        let material = match *self {
            Self::Open => is_material(line),
            Self::Doubtful { .. } | Self::Closed => is_surely_material(line),
        };
        if material {
            *self = Self::Open;
            // An empty line inside a key needs no mask of its own when the key turns out to be cut off there.
            if !line.is_empty() {
                found.push(Secret::new(RULE, 0..line.len()));
            }
            return;
        }
        *self = match *self {
            Self::Open => Self::Doubtful { lines: 1 },
            Self::Doubtful { lines } if lines < PATIENCE => Self::Doubtful { lines: lines + 1 },
            Self::Doubtful { .. } | Self::Closed => Self::Closed,
        };
    }
}

/// The first `-----BEGIN … PRIVATE KEY…-----` (or END) at or after `from`.
fn marker(line: &[u8], from: usize, opening: &[u8]) -> Option<(usize, usize)> {
    let mut from = from;
    loop {
        let start = position(line, from, opening)?;
        let label = start + opening.len();
        let length = run(line, label, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
        let name = &line[label..label + length];
        let dashes = run(line, label + length, |byte| byte == b'-').min(5);
        if dashes == 5 && position(name, 0, b"PRIVATE KEY").is_some() {
            return Some((start, label + length + dashes));
        }
        from = label;
    }
}

/// How much of what follows a BEGIN on the same line is the key: base64, and line ends written as `\n`.
fn body_length(rest: &[u8]) -> usize {
    let mut taken = 0;
    let mut at = 0;
    while at < rest.len() {
        let word = run(rest, at, |byte| !byte.is_ascii_whitespace());
        if word > 0 {
            let text = &rest[at..at + word];
            if text.iter().all(|byte| in_body(*byte) || *byte == b'\\') && longest_run(text) >= 16 {
                taken = at + word;
            } else {
                break;
            }
        }
        at += word.max(1);
    }
    taken
}

fn closes(rest: &[u8]) -> bool {
    rest.iter().all(|byte| matches!(byte, b'\\' | b'n' | b'r' | b'"' | b'\'' | b'`' | b',' | b'+' | b' ' | b'\t'))
}

fn in_body(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// Base64 of any length alone on its line (quoted, indented and numbered too), a header of an old key, or nothing.
fn is_material(line: &[u8]) -> bool {
    let text = line.trim_ascii();
    let text = &text[run(text, 0, |byte| matches!(byte, b'>' | b'|' | b'#' | b'+' | b' ' | b'\t' | b'"' | b'\''))..];
    if ["Proc-Type:", "DEK-Info:", "Version:", "Comment:"].iter().any(|head| begins_with(text, head.as_bytes())) {
        return true;
    }
    let bare = text.iter().all(|byte| in_body(*byte) || matches!(byte, b'\\' | b'"' | b'\'' | b','));
    bare || longest_run(text) >= SURE_RUN
}

fn is_surely_material(line: &[u8]) -> bool {
    longest_run(line) >= SURE_RUN || (line.ends_with(b"=") && is_material(line))
}

fn longest_run(text: &[u8]) -> usize {
    text.split(|byte| !in_body(*byte)).map(<[u8]>::len).max().unwrap_or(0)
}
