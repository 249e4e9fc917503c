//! What looks like a secret in a note or in the output of a command, so that it can be pointed out or masked.
//!
//! A timeline is read by many and kept for years; a password pasted into it at three in the morning stays there. The
//! scan runs on every note, so it is written by hand: it compiles nothing at start-up and reads a text once or twice.
//! It looks at one line at a time, except that a private key goes on over many. It guesses: a secret without a known
//! shape or a telling name beside it goes unseen.

mod assignment;
mod bytes;
mod command;
mod header;
mod key_block;
mod name;
mod shape;
mod stream;
mod token;
mod url;
mod value;
mod wording;

#[cfg(test)]
mod tests;

use key_block::KeyBlock;
use std::borrow::Cow;
use std::ops::Range;

pub use stream::Masker;

/// One place in a text that looks like a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// The slug of the rule that saw it.
    pub rule: &'static str,
    /// The bytes of the secret alone, without the name or the address around it; at character boundaries.
    pub range: Range<usize>,
}

impl Secret {
    fn new(rule: &'static str, range: Range<usize>) -> Self {
        Self { rule, range }
    }
}

/// Every secret in `text`, in order; none overlaps another.
pub fn find(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    let mut block = KeyBlock::default();
    let mut start = 0;
    for line in text.as_bytes().split_inclusive(|byte| *byte == b'\n') {
        for secret in scan(line, &mut block) {
            let range = secret.range.start + start..secret.range.end + start;
            match found.last_mut() {
                Some(last) if continues(last, &secret, &text.as_bytes()[last.range.end..range.start]) => {
                    last.range.end = range.end;
                }
                _ => found.push(Secret::new(secret.rule, range)),
            }
        }
        start += line.len();
    }
    found
}

/// The text with `[masked: RULE]` in the place of every secret.
pub fn mask(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for secret in found {
        masked.push_str(&text[done..secret.range.start]);
        masked.push_str(&placeholder(secret.rule));
        done = secret.range.end;
    }
    masked.push_str(&text[done..]);
    Cow::Owned(masked)
}

/// What stands where a secret of this rule was.
fn placeholder(rule: &str) -> String {
    format!("[masked: {rule}]")
}

/// Whether a secret is the next part of a private key, with only white space between them.
fn continues(last: &Secret, next: &Secret, between: &[u8]) -> bool {
    last.rule == key_block::RULE
        && next.rule == key_block::RULE
        && between.len() <= LONGEST_GAP
        && between.iter().all(u8::is_ascii_whitespace)
}

/// White space between the lines of a private key that is still covered by one mask, in bytes.
const LONGEST_GAP: usize = 1024;

/// The secrets of one line, with or without its line end; `block` knows whether a private key is open.
///
/// Where rules overlap, the one that knows the shape names the secret, and all that any of them saw is covered.
fn scan(line: &[u8], block: &mut KeyBlock) -> Vec<Secret> {
    let mut seen = Vec::new();
    block.find(line, &mut seen);
    token::find(line, &mut seen);
    shape::find(line, &mut seen);
    url::find(line, &mut seen);
    header::find(line, &mut seen);
    command::find(line, &mut seen);
    assignment::find(line, &mut seen);
    // Stable, and the rules above run from the surest to the least sure: of two that begin together the surer comes first.
    seen.sort_by_key(|secret| secret.range.start);
    let mut found: Vec<Secret> = Vec::with_capacity(seen.len());
    for secret in seen {
        match found.last_mut() {
            Some(last) if secret.range.start < last.range.end => {
                last.range.end = last.range.end.max(secret.range.end);
                if certainty(secret.rule) > certainty(last.rule) {
                    last.rule = secret.rule;
                }
            }
            _ => found.push(secret),
        }
    }
    found
}

/// How much a rule knows about what it saw: a key block above all, then a shape, then a name beside it.
fn certainty(rule: &str) -> u8 {
    match rule {
        key_block::RULE => 2,
        name::PASSWORD | name::TOKEN | command::RULE | header::RULE => 0,
        _ => 1,
    }
}
