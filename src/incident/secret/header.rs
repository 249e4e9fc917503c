//! HTTP headers that carry a credential, as `curl -v` and proxies print them.

use super::Secret;
use super::bytes::{begins_with, begins_word, is_wide, run, skip_spaces};
use super::value::is_placeholder;

/// The slug of what an authorization header carries.
pub(super) const RULE: &str = "authorization";

/// Schemes, and the fewest bytes of what follows them for it to be no ordinary word.
const SCHEMES: &[(&str, usize)] = &[("Bearer ", 16), ("Basic ", 8), ("Token ", 16), ("GenieKey ", 16), ("ApiKey ", 16)];

/// Adds what follows `Authorization: SCHEME`, and what follows a bare `Bearer`.
pub(super) fn find(line: &[u8], found: &mut Vec<Secret>) {
    for (at, byte) in line.iter().enumerate() {
        if !matches!(byte.to_ascii_lowercase(), b'a' | b'b' | b'c' | b's') || !begins_word(line, at) {
            continue;
        }
        let rest = &line[at..];
        if begins_with(rest, b"authorization") {
            authorization(line, at + b"authorization".len(), found);
        } else if begins_with(rest, b"bearer ") {
            credential(line, at + b"bearer ".len(), 16, true, found);
        } else if begins_with(rest, b"cookie: ") {
            cookie(line, at + b"cookie: ".len(), found);
        } else if begins_with(rest, b"set-cookie: ") {
            cookie(line, at + b"set-cookie: ".len(), found);
        }
    }
}

fn authorization(line: &[u8], at: usize, found: &mut Vec<Secret>) {
    let at = at + run(line, at, |byte| matches!(byte, b'"' | b'\'' | b'\\' | b' ' | b']')).min(4);
    if !matches!(line.get(at), Some(b':' | b'=')) {
        return;
    }
    let at = skip_spaces(line, at + 1);
    let at = at + run(line, at, |byte| matches!(byte, b'"' | b'\'' | b'\\' | b'>' | b' ' | b'['));
    let scheme = SCHEMES.iter().find(|(scheme, _)| begins_with(&line[at..], scheme.as_bytes()));
    match scheme {
        Some((scheme, _)) => credential(line, at + scheme.len(), 3, false, found),
        None => credential(line, at, 16, true, found),
    }
}

fn credential(line: &[u8], at: usize, fewest: usize, digits: bool, found: &mut Vec<Secret>) {
    let at = skip_spaces(line, at);
    let at = at + if begins_with(&line[at..], b"token=") { b"token=".len() } else { 0 };
    let length = run(line, at, |byte| {
        !byte.is_ascii_whitespace()
            && !is_wide(byte)
            && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b'\\' | b'<' | b')')
    });
    let value = &line[at..at + length];
    if length >= fewest && !is_placeholder(value) && (!digits || value.iter().any(u8::is_ascii_digit)) {
        found.push(Secret::new(RULE, at..at + length));
    }
}

/// The values of the line's cookies, when one is long enough to be a session.
fn cookie(line: &[u8], at: usize, found: &mut Vec<Secret>) {
    let mut at = at;
    loop {
        at = skip_spaces(line, at);
        let name = run(line, at, |byte| byte.is_ascii_graphic() && !matches!(byte, b'=' | b';' | b'"' | b'\''));
        if name == 0 || line.get(at + name) != Some(&b'=') {
            return;
        }
        let value = at + name + 1;
        let length = run(line, value, |byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b'"' | b'\''));
        let text = &line[value..value + length];
        if length >= 16 && text.iter().any(u8::is_ascii_digit) && !is_placeholder(text) {
            found.push(Secret::new("cookie", value..value + length));
        }
        at = value + length;
        if line.get(at) != Some(&b';') {
            return;
        }
        at += 1;
    }
}
