//! Masking bytes as they come, such as the output of a command: in lines, and in bounded memory.

use super::key_block::{self, KeyBlock};
use super::{LONGEST_GAP, Secret, placeholder, scan};
use std::mem;

/// The longest line that is held whole; a longer one is masked piece by piece.
const PIECE: usize = 64 * 1024;

/// The end of a piece that is looked at again with the next one, for what the boundary cut in two.
const AGAIN: usize = 8 * 1024;

/// What was given out already but is still read, for the name before a value.
const CONTEXT: usize = 1024;

/// Masks secrets in a stream of bytes, however it is cut; for short lines the same as [`super::mask`] of the whole.
///
/// Call [`Self::push`] with what came and [`Self::finish`] at the end; both return what is ready to be written.
#[derive(Debug, Default)]
pub struct Masker {
    /// The line so far; its first `done` bytes were given out and are only context.
    line: Vec<u8>,
    done: usize,
    block: KeyBlock,
    /// White space after a masked piece of a private key, which belongs to the key if that goes on.
    gap: Option<Vec<u8>>,
    /// Inside a secret longer than a piece: nothing is given out until its word ends.
    swallowing: bool,
}

impl Masker {
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes and returns the lines that are complete with them, masked.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while !rest.is_empty() {
            let room = PIECE - self.line.len();
            let near = &rest[..rest.len().min(room)];
            let taken = near.iter().position(|byte| *byte == b'\n').map_or(near.len(), |end| end + 1);
            self.line.extend_from_slice(&rest[..taken]);
            rest = &rest[taken..];
            if self.line.ends_with(b"\n") {
                self.end_line(&mut out);
            } else if self.line.len() == PIECE {
                self.cut_line(&mut out);
            }
        }
        out
    }

    /// Returns what was held back: the last line, when it had no line end.
    pub fn finish(mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.end_line(&mut out);
        out.extend(self.gap.take().unwrap_or_default());
        out
    }

    fn end_line(&mut self, out: &mut Vec<u8>) {
        self.swallow();
        let mut block = self.block;
        let found = scan(&self.line, &mut block);
        self.block = block;
        self.give(self.line.len(), &found, out);
        self.line.clear();
        self.done = 0;
    }

    /// Gives out the beginning of a line that is too long to be held, and keeps its end.
    fn cut_line(&mut self, out: &mut Vec<u8>) {
        self.swallow();
        let mut block = self.block;
        let found = scan(&self.line, &mut block);
        // Only the end of a key holds for the rest of the line; whether one stays open is known where the line ends.
        if block == KeyBlock::Closed {
            self.block = block;
        }
        let mut cut = self.line.len().saturating_sub(AGAIN).max(self.done);
        if let Some(across) = found.iter().find(|secret| secret.range.start < cut && secret.range.end > cut) {
            if across.range.start > self.done {
                cut = across.range.start;
            } else {
                cut = across.range.end;
                self.swallowing = cut == self.line.len();
            }
        }
        self.give(cut, &found, out);
        let from = cut.saturating_sub(CONTEXT);
        self.line.drain(..from);
        self.done = cut - from;
    }

    /// Drops what still belongs to a secret longer than a piece.
    fn swallow(&mut self) {
        if self.swallowing {
            let rest = &self.line[self.done..];
            let length = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\''));
            self.swallowing = length.is_none();
            self.line.drain(self.done..self.done + length.unwrap_or(rest.len()));
        }
    }

    /// Gives out what was not yet, up to `end`, with the secrets in it masked.
    fn give(&mut self, end: usize, found: &[Secret], out: &mut Vec<u8>) {
        let mut at = self.done;
        for secret in found.iter().filter(|secret| secret.range.end > self.done && secret.range.start < end) {
            let start = secret.range.start.max(at);
            let clear = &self.line[at..start];
            let goes_on = secret.rule == key_block::RULE
                && clear.iter().all(u8::is_ascii_whitespace)
                && self.gap.as_ref().is_some_and(|gap| gap.len() + clear.len() <= LONGEST_GAP);
            if goes_on {
                self.gap = None;
            } else {
                out.extend(self.gap.take().unwrap_or_default());
                out.extend_from_slice(clear);
                out.extend_from_slice(placeholder(secret.rule).as_bytes());
            }
            at = secret.range.end.min(end);
            if secret.rule == key_block::RULE {
                self.gap = Some(Vec::new());
            }
        }
        let clear = &self.line[at..end.max(at)];
        let held = self.gap.as_ref().map_or(0, Vec::len);
        if self.gap.is_some() && clear.iter().all(u8::is_ascii_whitespace) && held + clear.len() <= LONGEST_GAP {
            self.gap.get_or_insert_default().extend_from_slice(clear);
        } else {
            out.extend(mem::take(&mut self.gap).unwrap_or_default());
            out.extend_from_slice(clear);
        }
    }
}
