//! JSON that may be printed on a terminal.

use crate::text::is_hidden;
use std::fmt::Write as _;

/// The same document, with what would act on a terminal or deceive its reader written as `\u` escapes.
///
/// JSON itself asks for escapes only below U+0020; the C1 controls are control sequences too. Outside of strings a
/// document has none of these characters, so that it can be taken as a text.
pub fn json(document: String) -> String {
    let acts = |letter: char| letter != '\n' && is_hidden(letter);
    if !document.chars().any(acts) {
        return document;
    }
    let mut escaped = String::with_capacity(document.len() + 16);
    for letter in document.chars() {
        if acts(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn nothing_acts_and_the_value_is_the_same() {
        let text = "\u{1b}[2J \u{9b}2J\u{7f} gpj.\u{202e}exe \u{feff}\u{2028}\u{e0041} 👨‍👩‍👧 障害";
        let document = serde_json::to_string(text).expect("written");
        let escaped = json(document.clone());
        assert_eq!(serde_json::from_str::<String>(&escaped).expect("read"), text);
        assert_eq!(escaped, "\"\\u001b[2J \\u009b2J\\u007f gpj.\\u202eexe \\ufeff\\u2028\\udb40\\udc41 👨‍👩‍👧 障害\"");
        assert_eq!(json("{\n  \"a\": 1\n}".to_owned()), "{\n  \"a\": 1\n}");
    }
}
