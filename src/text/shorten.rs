//! Texts shortened to a number of columns, with whole words where that can be.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A line in so many columns at most; what had to go is `…`, and the last word that stays is whole unless it fills
/// most of the line.
pub fn shorten(line: &str, columns: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let mut end = 0;
    let mut taken = 0;
    for (start, letter) in line.char_indices() {
        taken += letter.width().unwrap_or(0);
        if taken >= columns {
            break;
        }
        end = start + letter.len_utf8();
    }
    let (kept, rest) = line.split_at(end);
    let at_a_word = rest.starts_with(char::is_whitespace);
    let whole = kept.rfind(char::is_whitespace).filter(|space| !at_a_word && kept[..*space].width() * 2 >= columns);
    let mut shown = kept[..whole.unwrap_or(end)].trim_end().to_owned();
    shown.push('…');
    shown
}

#[cfg(test)]
mod tests {
    use super::shorten;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn words_stay_whole_and_wide_letters_count_twice() {
        for (line, columns, shown) in [
            ("API down", 24, "API down"),
            ("checkout answers 503 in two regions", 24, "checkout answers 503 in…"),
            ("checkout answers 503 everywhere", 24, "checkout answers 503…"),
            ("exactly-as-wide-as-it-is", 24, "exactly-as-wide-as-it-is"),
            ("one-word-that-is-longer-than-the-line", 24, "one-word-that-is-longer…"),
            ("a one-word-that-is-longer-than-the-line", 24, "a one-word-that-is-long…"),
            ("東京リージョンの決済が失敗している", 24, "東京リージョンの決済が…"),
            ("e\u{301}e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}…"),
            ("x", 0, "…"),
        ] {
            assert_eq!(shorten(line, columns), shown);
            assert!(columns == 0 || shown.width() <= columns, "{shown}");
        }
    }
}
