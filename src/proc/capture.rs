//! What a command printed: its beginning and its end, secrets masked, in bounded memory.

use crate::incident::secret::Masker;
use std::collections::VecDeque;

/// Bytes kept from the beginning.
const HEAD: usize = 1 << 20;
/// Bytes kept from the end.
const TAIL: usize = 1 << 20;

/// Output as it comes.
#[derive(Default)]
pub(super) struct Capture {
    masker: Masker,
    head: Vec<u8>,
    tail: VecDeque<u8>,
    left_out: u64,
}

/// Output that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// What was kept; where the middle is missing, a line says so.
    pub bytes: Vec<u8>,
    /// How many bytes in the middle were not kept.
    pub left_out: u64,
}

impl Capture {
    /// Takes more output.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let masked = self.masker.push(bytes);
        self.keep(&masked);
    }

    fn keep(&mut self, bytes: &[u8]) {
        let (first, rest) = bytes.split_at(bytes.len().min(HEAD - self.head.len()));
        self.head.extend_from_slice(first);
        self.tail.extend(rest);
        let over = self.tail.len().saturating_sub(TAIL);
        self.tail.drain(..over);
        self.left_out += over as u64;
    }

    /// Everything that was kept.
    pub(super) fn finish(mut self) -> Captured {
        let rest = std::mem::take(&mut self.masker).finish();
        self.keep(&rest);
        let mut bytes = self.head;
        if self.left_out > 0 {
            bytes.extend(format!("\n[hikeshi: {} bytes left out]\n", self.left_out).into_bytes());
        }
        bytes.extend(self.tail);
        Captured { bytes, left_out: self.left_out }
    }
}

#[cfg(test)]
mod tests {
    use super::{Capture, HEAD, TAIL};

    #[test]
    fn the_beginning_and_the_end_are_kept() {
        let mut capture = Capture::default();
        capture.push(b"first line\n");
        for _ in 0..40 {
            capture.push(&b"0123456789abcde\n".repeat(8_192));
        }
        capture.push(b"last line\n");
        let kept = capture.finish();
        assert!(kept.bytes.starts_with(b"first line\n") && kept.bytes.ends_with(b"last line\n"));
        assert!(kept.left_out > 0 && kept.bytes.len() < HEAD + TAIL + 100);
    }

    #[test]
    fn secrets_are_masked_before_they_are_kept() {
        let mut capture = Capture::default();
        capture.push(b"connecting to postgres://app:");
        capture.push(b"tr0ub4dor@db-3/orders\n");
        let kept = String::from_utf8(capture.finish().bytes).expect("text");
        assert!(!kept.contains("tr0ub4dor") && kept.contains("db-3"), "{kept}");
    }
}
