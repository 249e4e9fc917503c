//! Text cut into words as the index knows them.
//!
//! Normalised (NFKC, case folded), so that full-width and half-width forms are the same word. Scripts that put no
//! spaces between words are cut into overlapping pairs: 決済障害 is 決済, 済障, 障害 and, at its end, 害. So a word of
//! two characters is one token wherever it stands, a longer one a phrase of them, and a single character the beginning
//! of one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: nobody types them, and pasted keys and dumps would fill the index.
const LONGEST: usize = 64;

/// A word as the index knows it, and the bytes of the text that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word, normalised.
    pub text: String,
    /// Where it begins.
    pub from: usize,
    /// Where its first character ends.
    pub first: usize,
    /// Where it ends.
    pub to: usize,
    /// Whether it is cut from a script without spaces.
    pub pair: bool,
}

/// The words of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    each_token(text, |text, place| {
        let Place { from, first, to, pair } = place;
        found.push(Token { text: text.to_owned(), from, first, to, pair });
    });
    found
}

/// Where a word stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    from: usize,
    first: usize,
    to: usize,
    pair: bool,
}

/// Tells each word of a text in order.
pub fn each_token(text: &str, tell: impl FnMut(&str, Place)) {
    let mut cutter = Cutter { tell, word: String::new(), from: 0, first: 0, to: 0, letters: 0, last: None };
    let mut rest = text.char_indices().peekable();
    while let Some((from, letter)) = rest.next() {
        let mut to = from + letter.len_utf8();
        let joined = rest.peek().is_some_and(|(_, next)| joins(*next));
        if !joined && letter.is_ascii() {
            cutter.push(letter.to_ascii_lowercase(), from, to);
        } else if !joined && is_plain(letter) {
            cutter.push(letter, from, to);
        } else {
            while let Some((at, next)) = rest.next_if(|(_, next)| joins(*next)) {
                to = at + next.len_utf8();
            }
            for letter in text.get(from..to).unwrap_or_default().nfkc() {
                fold(letter, |letter| cutter.push(letter, from, to));
            }
        }
    }
    cutter.end_word();
    cutter.end_run();
}

/// Whether a character may become one with the one before it: marks, half-width voicing marks, parts of syllables.
fn joins(letter: char) -> bool {
    !letter.is_ascii()
        && !is_plain(letter)
        && (matches!(letter, '\u{ff9e}' | '\u{ff9f}' | '\u{1160}'..='\u{11ff}') || is_combining_mark(letter))
}

/// Common characters that normalisation leaves as they are.
const fn is_plain(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}')
}

/// Whether a character belongs to a script without spaces between words.
const fn is_unspaced(letter: char) -> bool {
    is_plain(letter)
        || matches!(letter,
            '\u{3005}'..='\u{3007}' | '\u{309d}'..='\u{309f}' | '\u{30fd}'..='\u{30ff}' | '\u{3105}'..='\u{312f}'
            | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
            | '\u{1100}'..='\u{11ff}' | '\u{20000}'..='\u{3ffff}')
}

/// Tells a character without its case.
fn fold(letter: char, mut tell: impl FnMut(char)) {
    match letter {
        'ß' | 'ẞ' => ['s', 's'].into_iter().for_each(tell),
        'ς' => tell('σ'),
        _ => letter.to_lowercase().for_each(tell),
    }
}

struct Cutter<F> {
    tell: F,
    word: String,
    from: usize,
    first: usize,
    to: usize,
    letters: usize,
    last: Option<(char, usize, usize)>,
}

impl<F: FnMut(&str, Place)> Cutter<F> {
    fn push(&mut self, letter: char, from: usize, to: usize) {
        if is_unspaced(letter) {
            self.end_word();
            if let Some((last, begin, first)) = self.last {
                let mut pair = [0u8; 8];
                let (left, right) = (last.len_utf8(), letter.len_utf8());
                last.encode_utf8(&mut pair);
                if let Some(after) = pair.get_mut(left..) {
                    letter.encode_utf8(after);
                }
                let text = pair.get(..left + right).and_then(|bytes| std::str::from_utf8(bytes).ok());
                (self.tell)(text.unwrap_or_default(), Place { from: begin, first, to, pair: true });
            }
            self.last = Some((letter, from, to));
        } else if letter.is_alphanumeric() {
            self.end_run();
            if self.word.is_empty() {
                (self.from, self.first) = (from, to);
            }
            self.to = to;
            self.grow(letter);
        } else if is_combining_mark(letter) {
            if !self.word.is_empty() && !matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}') {
                self.to = to;
                self.grow(letter);
            }
        } else if !matches!(letter, '\u{ad}' | '\u{200c}' | '\u{200d}') {
            self.end_word();
            self.end_run();
        }
    }

    fn grow(&mut self, letter: char) {
        self.letters += 1;
        if self.letters <= LONGEST {
            self.word.push(letter);
        }
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            (self.tell)(&self.word, Place { from: self.from, first: self.first, to: self.to, pair: false });
            self.word.clear();
            self.letters = 0;
        }
    }

    fn end_run(&mut self) {
        if let Some((last, from, to)) = self.last.take() {
            (self.tell)(last.encode_utf8(&mut [0; 4]), Place { from, first: to, to, pair: true });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn cut(text: &str) -> String {
        tokens(text).into_iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_and_pairs() {
        for (text, words) in [
            ("Restarted db-3, error_rate OK!", "restarted db 3 error rate ok"),
            ("決済障害", "決済 済障 障害 害"),
            ("db障害が出た", "db 障害 害が が出 出た た"),
            ("害", "害"),
            ("ﾃﾞｰﾀﾍﾞｰｽ", "デー ータ タベ ベー ース ス"),
            ("データベース", "デー ータ タベ ベー ース ス"),
            ("ＡＰＩ　１２３", "api 123"),
            ("Straße ΣΊΣΥΦΟΣ", "strasse σίσυφοσ"),
            ("cafe\u{301} café", "café café"),
            ("か\u{3099}", "が"),
            ("😀 \u{200b} --", ""),
            ("㈱障", "株 障"),
        ] {
            assert_eq!(cut(text), words, "{text}");
        }
        assert_eq!(cut(&"x".repeat(1000)).len(), 64);
    }

    #[test]
    fn a_word_knows_its_bytes() {
        for text in ["は ｶﾞｽ Ｄb-3 cafe\u{301}!", "㍿ﾎﾟﾝﾌﾟ", "a\u{ad}b"] {
            for token in tokens(text) {
                assert!(text.is_char_boundary(token.from) && text.is_char_boundary(token.first), "{token:?}");
                assert!(token.from < token.first && token.first <= token.to, "{token:?}");
                assert!(text.get(token.from..token.to).is_some(), "{token:?}");
            }
        }
        let found = tokens("は ｶﾞｽ");
        assert_eq!(&"は ｶﾞｽ"[found[1].from..found[1].to], "ｶﾞｽ");
        assert_eq!(&"は ｶﾞｽ"[found[1].from..found[1].first], "ｶﾞ");
    }
}
