//! Reading lines as bytes: the output of a command need not be UTF-8.

/// Whether the byte belongs to a name: a variable, an option, a key of a configuration file.
pub(super) fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Whether the byte begins a character of at least three bytes that ends a word: CJK, or typographic punctuation.
///
/// Letters of two bytes (ä, é, ж) are left inside words, since passwords have them.
pub(super) fn is_wide(byte: u8) -> bool {
    byte >= 0xe2
}

/// Whether a word may begin at `at`: nothing before it, or nothing that belongs to a word.
///
/// A letter that ends a colour code, `\n` as two characters, or `%3D` stands before a word, not in it.
pub(super) fn begins_word(line: &[u8], at: usize) -> bool {
    let before = &line[..at];
    match before {
        [] | [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., last] if !last.is_ascii_alphanumeric() && *last != b'_' => true,
        [.., b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => true,
        [.., b'm'] => ends_colour(before),
        _ => false,
    }
}

fn ends_colour(before: &[u8]) -> bool {
    let code = &before[..before.len() - 1];
    let digits = code.iter().rev().take(16).take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    code[..code.len() - digits].ends_with(b"\x1b[")
}

/// How many bytes from `at` on are of the kind asked for.
pub(super) fn run(line: &[u8], at: usize, is: impl Fn(u8) -> bool) -> usize {
    line.get(at..).map_or(0, |rest| rest.iter().take_while(|byte| is(**byte)).count())
}

/// The place after spaces and tabs, ideographic spaces too.
pub(super) fn skip_spaces(line: &[u8], mut at: usize) -> usize {
    while let Some(rest) = line.get(at..) {
        match rest {
            [b' ' | b'\t', ..] => at += 1,
            [0xe3, 0x80, 0x80, ..] => at += 3,
            _ => break,
        }
    }
    at
}

/// Where `wanted` begins first, at or after `from`.
pub(super) fn position(line: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    loop {
        at += line.get(at..)?.iter().position(|byte| *byte == first)?;
        if line[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether `text` begins with `start`, in any case.
pub(super) fn begins_with(text: &[u8], start: &[u8]) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Whether `text` has `part` somewhere, in any case.
pub(super) fn has(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// The word that ends right before `at`, spaces between aside.
pub(super) fn word_before(line: &[u8], at: usize) -> &[u8] {
    let head = line[..at].trim_ascii_end();
    let length = head.iter().rev().take_while(|byte| in_name(**byte)).count();
    &head[head.len() - length..]
}
