//! Text as a Japanese keyboard sends it, folded to the narrow characters the readers look for.

use unicode_normalization::UnicodeNormalization;

/// A value as people meant it, whatever the width of its letters: full-width letters and digits narrow, half-width
/// katakana whole, the dashes and spaces that a Japanese keyboard sends plain, without the white space around it.
///
/// For everything that isn't free text: numbers, references, times, severities, figures, names of roles and steps.
pub fn narrow(text: &str) -> String {
    let text = text.trim();
    if text.is_ascii() {
        return text.to_owned();
    }
    folded(&text.nfkc().collect::<String>()).trim().to_owned()
}

/// A figure as people write it, narrow and without the commas between its thousands: `1,200`, `１２００`.
///
/// A comma anywhere else is left, so that `1,2` is not read as twelve.
pub fn figure(text: &str) -> String {
    let narrow = narrow(text).replace('、', ",");
    let whole = narrow.split(['.', '%', ' ']).next().unwrap_or_default();
    let mut groups = whole.split(',');
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let led = (1..=3).contains(&first.len()) && digits(first);
    if led && groups.all(|group| group.len() == 3 && digits(group)) {
        return narrow.replacen(whole, &whole.replace(',', ""), 1);
    }
    narrow
}

/// The same text with full-width characters made narrow and every white space a plain space, character for character.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(narrowed).collect()
}

fn narrowed(c: char) -> char {
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

#[cfg(test)]
mod tests {
    use super::{figure, narrow};

    #[test]
    fn one_folding_for_every_value_that_is_no_free_text() {
        for (typed, read) in [
            ("１", "1"),
            ("＃１２", "#12"),
            ("ＳＥＶ１", "SEV1"),
            ("ﾃｯｸﾘｰﾄﾞ", "テックリード"),
            ("　sev－1　", "sev-1"),
            (" plain ", "plain"),
            ("１４：０５", "14:05"),
        ] {
            assert_eq!(narrow(typed), read, "{typed}");
        }
    }

    #[test]
    fn figures_have_commas_between_thousands_and_nowhere_else() {
        for (typed, read) in [
            ("1,200", "1200"),
            ("１，２００", "1200"),
            ("１２００", "1200"),
            ("1,234,567", "1234567"),
            ("1,200.5%", "1200.5%"),
            ("12", "12"),
            ("1,2", "1,2"),
            ("12,34", "12,34"),
            ("1234,567", "1234,567"),
            (",200", ",200"),
            ("many", "many"),
        ] {
            assert_eq!(figure(typed), read, "{typed}");
        }
    }
}
