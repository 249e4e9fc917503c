//! Text from outside, with everything in it that could deceive or steer a reader's screen made visible.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

/// The text with control characters, bidirectional overrides and invisible characters shown as escapes
/// (`\x1b`, `\u{202e}`); line feeds and tabs stay, and a carriage return before a line feed is dropped.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\r' && letters.peek() == Some(&'\n') {
            continue;
        }
        push_visible(&mut shown, letter);
    }
    Cow::Owned(shown)
}

/// The text as [`visible`] shows it, on one line: line ends and tabs become single spaces.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if !shown.contains(['\n', '\t']) {
        return shown;
    }
    let mut line = String::with_capacity(shown.len());
    for part in shown.split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
    Cow::Owned(line)
}

/// A path as people may read it, on one line.
pub fn path(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}

fn push_visible(shown: &mut String, letter: char) {
    if !is_hidden(letter) {
        shown.push(letter);
    } else if letter.is_ascii() {
        let _ = write!(shown, "\\x{:02x}", u32::from(letter));
    } else {
        let _ = write!(shown, "\\u{{{:x}}}", u32::from(letter));
    }
}

/// Whether a character acts on the screen, reorders what stands around it, or can't be seen. The joiners U+200C and
/// U+200D are none of these: emoji and several scripts need them.
pub fn is_hidden(letter: char) -> bool {
    if matches!(letter, '\n' | '\t') {
        return false;
    }
    letter.is_control()
        || matches!(
            letter,
            '\u{061c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{one_line, visible};
    use std::borrow::Cow;

    #[test]
    fn what_steers_a_terminal_is_shown() {
        for (typed, shown) in [
            ("\u{1b}[31mred", "\\x1b[31mred"),
            ("a\u{0}b\u{7}c\u{7f}", "a\\x00b\\x07c\\x7f"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("gpj.\u{202e}exe", "gpj.\\u{202e}exe"),
            ("\u{2066}a\u{2069}\u{200f}\u{61c}", "\\u{2066}a\\u{2069}\\u{200f}\\u{61c}"),
            ("zero\u{200b}width\u{feff}", "zero\\u{200b}width\\u{feff}"),
            ("over\rwrite", "over\\x0dwrite"),
            ("windows\r\nline", "windows\nline"),
        ] {
            assert_eq!(visible(typed), shown);
        }
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["db-3 重い\n\tsecond", "👨‍👩‍👧 が゙", "https://example.com/?a=1&b=2", ""] {
            assert!(matches!(visible(text), Cow::Borrowed(shown) if shown == text), "{text}");
        }
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(one_line("a\n\n b\tc\r\nd\n"), "a b c d");
        assert_eq!(one_line("plain"), "plain");
    }
}
