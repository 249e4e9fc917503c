//! Keys of a terminal, one at a time.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;
use std::io;

/// How long the rest of a key may take that begins like Esc.
const REST: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// What a key means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Up,
    Down,
    Enter,
    Erase,
    Letter(char),
    Leave,
    Interrupt,
    Unknown,
}

/// Digits and signs of full width count as those of half width.
pub(super) fn half(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// The next key; bytes behind it stay with the terminal.
pub(super) fn key() -> io::Result<Key> {
    Ok(match byte()? {
        None | Some(4) => Key::Leave,
        Some(3) => Key::Interrupt,
        Some(b'\r' | b'\n') => Key::Enter,
        Some(8 | 127) => Key::Erase,
        Some(14) => Key::Down,
        Some(16) => Key::Up,
        Some(0x1b) => escape()?,
        Some(first @ 0x20..) => letter(first)?,
        Some(_) => Key::Unknown,
    })
}

/// What begins like Esc: an arrow, another key, or Esc itself.
fn escape() -> io::Result<Key> {
    if !more()? {
        return Ok(Key::Leave);
    }
    match byte()? {
        Some(b'[' | b'O') => {}
        _ => return Ok(Key::Unknown),
    }
    let mut plain = true;
    loop {
        match byte()? {
            Some(b'A') if plain => return Ok(Key::Up),
            Some(b'B') if plain => return Ok(Key::Down),
            // Its last byte ends a sequence.
            None | Some(0x40..=0x7e) => return Ok(Key::Unknown),
            Some(_) => plain = false,
        }
    }
}

fn letter(first: u8) -> io::Result<Key> {
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let mut bytes = vec![first];
    while bytes.len() < length && more()? {
        let Some(next) = byte()? else { break };
        bytes.push(next);
    }
    let letter = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next());
    Ok(letter.map_or(Key::Unknown, Key::Letter))
}

/// Whether more of a key comes.
fn more() -> io::Result<bool> {
    let mut ends = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
    loop {
        match poll(&mut ends, Some(&REST)) {
            Ok(ready) => return Ok(ready > 0),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn byte() -> io::Result<Option<u8>> {
    let mut bytes = [0; 1];
    loop {
        match rustix::io::read(stdin(), &mut bytes) {
            Ok(0) => return Ok(None),
            Ok(_) => return Ok(Some(bytes[0])),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
