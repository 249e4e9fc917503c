//! Text inside Markdown (`CommonMark` with GitHub's tables), so that it is read as it was written.

use crate::text::{one_line, visible};

/// The text on one line, for a paragraph, a heading or a cell: nothing in it is markup, and prose stays readable.
pub fn markdown(text: &str) -> String {
    let line = one_line(text);
    let letters: Vec<char> = line.trim().chars().collect();
    let mut escaped = String::with_capacity(line.len() + 8);
    let block = block_mark(&letters);
    // A run of hashes at the end would close a heading.
    let closing = letters.iter().rposition(|letter| *letter != '#').map_or(0, |last| last + 1);
    for (place, letter) in letters.iter().copied().enumerate() {
        let before = place.checked_sub(1).and_then(|place| letters.get(place)).copied();
        let after = letters.get(place + 1).copied();
        match letter {
            '<' => escaped.push_str("&lt;"),
            '&' if may_be_entity(&letters[place + 1..]) => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '[' | ']' | '|' => escaped.extend(['\\', letter]),
            '_' if !(is_word(before) && is_word(after)) => escaped.extend(['\\', letter]),
            '~' if may_strike(before, after) => escaped.extend(['\\', letter]),
            '#' if place == closing => escaped.extend(['\\', letter]),
            _ if block == Some(place) => escaped.extend(['\\', letter]),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The text as a block of code, behind a fence that nothing in it can close; line ends and indentation stay.
pub fn fenced(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// Where a backslash keeps the line from beginning a list, a quotation, a rule, an underline or a fence.
fn block_mark(letters: &[char]) -> Option<usize> {
    let first = *letters.first()?;
    let second = letters.get(1).copied();
    match first {
        '>' | '=' | '#' => Some(0),
        '-' | '+' if second.is_none_or(|letter| letter.is_whitespace() || letter == first) => Some(0),
        '~' if second == Some('~') => Some(0),
        _ => {
            let digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
            let ends = matches!(letters.get(digits), Some('.' | ')'));
            let apart = letters.get(digits + 1).is_none_or(|letter| letter.is_whitespace());
            ((1..=9).contains(&digits) && ends && apart).then_some(digits)
        }
    }
}

fn is_word(letter: Option<char>) -> bool {
    letter.is_some_and(char::is_alphanumeric)
}

/// `&lt;`, `&#60;`: what follows an ampersand could be the rest of a character reference.
fn may_be_entity(rest: &[char]) -> bool {
    let name = rest.iter().take(33).take_while(|letter| letter.is_ascii_alphanumeric() || **letter == '#').count();
    name > 0 && rest.get(name) == Some(&';')
}

/// A tilde that could end a stroke through text; one that only begins a word (`~02:10`, `~/logs`) ends nothing.
fn may_strike(before: Option<char>, after: Option<char>) -> bool {
    let begins = match before {
        None => true,
        Some(letter) => letter.is_whitespace() || (letter.is_ascii_punctuation() && is_word(after)),
    };
    !begins || before == Some('~') || after == Some('~')
}

#[cfg(test)]
mod tests {
    use super::{fenced, markdown};

    #[test]
    fn prose_stays_as_it_is() {
        for text in [
            "restarted db-3, 5% left (see #12); a > b & c = d",
            "決済サービスが応答しない。再起動した（2回）",
            "https://grafana.example/d/x?var=a_b&to=now-1h#panel",
            "~02:10 first alert, ~/logs, snake_case_name, v1.2.3, 3) is fine, 2026-11-20",
            "-5 °C and +5 V, --force",
        ] {
            assert_eq!(markdown(text), text);
        }
    }

    #[test]
    fn nothing_is_markup() {
        for (typed, escaped) in [
            ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
            ("a | b", "a \\| b"),
            ("`rm -rf`", "\\`rm -rf\\`"),
            ("*bold* _it_ __init__", "\\*bold\\* \\_it\\_ \\_\\_init\\_\\_"),
            ("[x](javascript:alert(1)) ![i](u)", "\\[x\\](javascript:alert(1)) !\\[i\\](u)"),
            ("~~gone~~ a~b~", "\\~\\~gone\\~\\~ a\\~b\\~"),
            ("# heading #", "\\# heading \\#"),
            ("#12 is not one", "\\#12 is not one"),
            ("- item", "\\- item"),
            ("---", "\\---"),
            ("+ item", "\\+ item"),
            ("1. item", "1\\. item"),
            ("12) item", "12\\) item"),
            ("> quote", "\\> quote"),
            ("=== x", "\\=== x"),
            ("&lt;b&gt; &#60; &amp", "&amp;lt;b&amp;gt; &amp;#60; &amp"),
            ("a\\|b", "a\\\\\\|b"),
            ("two\nlines\n\n# no", "two lines # no"),
            ("\u{1b}[31m \u{202e}x", "\\\\x1b\\[31m \\\\u{202e}x"),
        ] {
            assert_eq!(markdown(typed), escaped, "{typed}");
        }
    }

    #[test]
    fn a_fence_is_longer_than_any_inside() {
        assert_eq!(fenced("a\n  b\n"), "```\na\n  b\n```");
        assert_eq!(fenced("x\n````\n<b>"), "`````\nx\n````\n<b>\n`````");
    }
}
