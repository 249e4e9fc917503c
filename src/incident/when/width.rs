//! Text as a Japanese keyboard sends it, folded to the narrow characters the readers look for.

/// The same text with full-width characters made narrow and every white space a plain space, character for character.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(narrow).collect()
}

fn narrow(c: char) -> char {
    match c {
        '\u{301c}' => '~',
        '\u{2212}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// Reads a number of `fewest` to `most` digits; `None` when there are fewer or more.
pub(super) fn digits(text: &str, fewest: usize, most: usize) -> Option<(u32, &str)> {
    let (run, rest) = digit_run(text);
    if run.len() < fewest || run.len() > most {
        return None;
    }
    Some((run.parse().ok()?, rest))
}

/// Splits off the digits at the beginning, however many.
pub(super) fn digit_run(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// Takes the first of `words` that the text begins with; a longer word goes before its own beginning.
pub(super) fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// Takes the first of the English `words` that the text begins with as a whole word, in any case.
pub(super) fn strip_word<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| {
        let (head, rest) = text.split_at_checked(word.len())?;
        let whole = !rest.starts_with(|c: char| c.is_alphanumeric());
        (whole && head.eq_ignore_ascii_case(word)).then_some(rest)
    })
}
