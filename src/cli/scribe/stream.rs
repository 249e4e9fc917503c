//! Lines of a pipe as text, whatever bytes they are.

use crate::incident::limits;
use crate::ui::StdinError;
use std::io::{BufRead, Read};

/// A line of a pipe.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Which one it is, from 1.
    pub(super) number: usize,
    /// What it says, as far as it is text.
    pub(super) text: String,
    /// What was wrong with it.
    pub(super) wrong: Option<Wrong>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Bytes in it are no text; they are written out as `\xff`.
    NotText,
    /// It is longer than a note may be; of its text only the beginning is here.
    TooLong,
}

/// Reads lines; a byte order mark at the beginning is none of them, and `\r\n` ends one too.
pub(super) struct Lines<R> {
    input: R,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(input: R) -> Self {
        Self { input, number: 0 }
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Line>, StdinError> {
        let most = limits::TEXT;
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(2);
        let mut bytes = Vec::new();
        self.input.by_ref().take(limit).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let number = self.number;
        if number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        if !bytes.ends_with(b"\n") && bytes.len() > most {
            self.pass_over()?;
        }
        while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            bytes.pop();
        }
        let long = bytes.len() > most;
        let (text, whole) = match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => (text, true),
            Ok(text) => (written_out(text.as_bytes()), false),
            Err(error) => (written_out(error.as_bytes()), false),
        };
        // Written out it has grown.
        let wrong =
            if long || text.len() > most { Some(Wrong::TooLong) } else { Some(Wrong::NotText).filter(|_| !whole) };
        Ok(Some(Line { number, text, wrong }))
    }

    /// Leaves the rest of a line out, in bounded memory.
    fn pass_over(&mut self) -> Result<(), StdinError> {
        loop {
            let waiting = match self.input.fill_buf() {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                waiting => waiting?,
            };
            let (used, ended) = match waiting.iter().position(|byte| *byte == b'\n') {
                Some(end) => (end + 1, true),
                None => (waiting.len(), waiting.is_empty()),
            };
            self.input.consume(used);
            if ended {
                return Ok(());
            }
        }
    }
}

/// Bytes as text: what is none, and NUL, is written out.
fn written_out(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            if letter == '\0' {
                text.push_str("\\x00");
            } else {
                text.push(letter);
            }
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Lines, Wrong};
    use crate::incident::limits::TEXT;

    fn read(input: &[u8]) -> Vec<(usize, String, Option<Wrong>)> {
        let mut lines = Lines::new(input);
        let next = || lines.next().expect("read").map(|line| (line.number, line.text, line.wrong));
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn one_bad_line_neither_ends_nor_spoils_the_others() {
        let lines = read(b"\xef\xbb\xbfgood 1\r\nbad \xff byte\ngood \xe6\x97\xa5\n\ncaf\xe9\nnul \0 here\nlast");
        let wanted = [
            (1, "good 1", None),
            (2, "bad \\xff byte", Some(Wrong::NotText)),
            (3, "good 日", None),
            (4, "", None),
            (5, "caf\\xe9", Some(Wrong::NotText)),
            (6, "nul \\x00 here", Some(Wrong::NotText)),
            (7, "last", None),
        ];
        assert_eq!(lines, wanted.map(|(number, text, wrong)| (number, text.to_owned(), wrong)));
    }

    #[test]
    fn a_line_that_is_too_long_ends_nothing() {
        let long = "x".repeat(TEXT * 3);
        let lines = read(format!("before\n{long}\nafter\n").as_bytes());
        let seen: Vec<(usize, Option<Wrong>)> = lines.iter().map(|line| (line.0, line.2)).collect();
        assert_eq!(seen, [(1, None), (2, Some(Wrong::TooLong)), (3, None)]);
        assert!(lines.iter().all(|line| line.1.len() <= TEXT + 2) && lines[2].1 == "after");
        let grown = [b"\xff".repeat(TEXT), b"\nafter".to_vec()].concat();
        assert_eq!(read(&grown)[0].2, Some(Wrong::TooLong));
        let whole = format!("{}\r\nafter", "x".repeat(TEXT));
        assert_eq!(read(whole.as_bytes())[0].2, None, "as long as it may be");
    }
}
