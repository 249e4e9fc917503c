//! Text laid out for a terminal: words stay whole, and what goes on hangs below where it began.

use std::borrow::Cow;
use std::fmt::Write as _;
use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthChar;

/// A terminal narrower than this is written on as if it were this wide.
const NARROWEST: usize = 20;

/// How far what goes on hangs below a line that has no place of its own to hang from.
const HANG: usize = 2;

/// Where the words of an entry begin that `14:05 kxvq` stands before.
const BELOW_A_TIME: usize = 9;

/// Every line as wide as the terminal at the most, where its words let it; as it is where there is none.
///
/// A line breaks at blanks and between characters of scripts without blanks, where UAX #14 lets it, so that no line
/// begins with 。 or a small kana. An address stays whole, and so does a line that is a command to be copied.
pub fn wrapped(text: &str, width: Option<usize>) -> Cow<'_, str> {
    let Some(width) = width.map(|width| width.max(NARROWEST)) else { return Cow::Borrowed(text) };
    let fits = |line: &str| !line.contains('\t') && display_width(line) <= width;
    if text.split('\n').all(fits) {
        return Cow::Borrowed(text);
    }
    let mut page = String::with_capacity(text.len() + text.len() / 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            page.push('\n');
        }
        let line = line.replace('\t', "    ");
        if fits(&line) || is_command(&line) {
            page.push_str(&line);
        } else {
            page.push_str(&broken(&line, width).join("\n"));
        }
    }
    Cow::Owned(page)
}

/// One line's words in lines of this width, without a hanging indent: a cell of a table.
pub fn cell_lines(text: &str, width: usize, breaks_words: bool) -> Vec<String> {
    textwrap::wrap(text, options(width).break_words(breaks_words)).into_iter().map(Cow::into_owned).collect()
}

/// The text's beginning, `…` in place of the rest where it is wider; words stay whole where one fits.
pub fn shortened(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1).max(1);
    let first = cell_lines(text, room, true).into_iter().next().unwrap_or_default();
    format!("{}…", first.trim_end())
}

/// How many columns a text takes, its colours aside.
pub fn columns(text: &str) -> usize {
    display_width(text)
}

fn options(width: usize) -> Options<'static> {
    Options::new(width)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

fn broken(line: &str, width: usize) -> Vec<String> {
    let (blank, rest) = line.split_at(first_letter(line));
    let hang = hang(&plain(line)).min(width / 2);
    let hang = " ".repeat(hang);
    let options = options(width).break_words(false).initial_indent(blank).subsequent_indent(&hang);
    textwrap::wrap(rest, options).into_iter().map(Cow::into_owned).collect()
}

/// Where the first character stands that is no blank and belongs to no colour.
fn first_letter(line: &str) -> usize {
    letters(line).find(|(_, letter)| *letter != ' ').map_or(line.len(), |(at, _)| at)
}

/// How far what goes on is indented: below a list's item, below the words of an entry, below a value.
fn hang(line: &str) -> usize {
    let text = line.trim_start_matches(' ');
    let indent = line.len() - text.len();
    let marker = [" – ", "- ", "• ", "* ", "> "].into_iter().find(|marker| text.starts_with(*marker));
    let after_digits = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = text.len() - after_digits.len();
    if let Some(marker) = marker {
        return indent + display_width(marker);
    }
    if (1..=3).contains(&numbered) && after_digits.starts_with(". ") {
        return indent + numbered + 2;
    }
    if text.starts_with('[') && text.get(2..4) == Some("] ") {
        return indent + 4;
    }
    let time = text.trim_start_matches('~');
    if indent <= 3 && time.get(..6).is_some_and(is_clock) {
        return indent.saturating_sub(1) + BELOW_A_TIME;
    }
    indent + HANG
}

/// `14:05 ` at the beginning of an entry.
fn is_clock(text: &str) -> bool {
    text.bytes().zip(*b"00:00 ").all(|(byte, wanted)| match wanted {
        b'0' => byte.is_ascii_digit(),
        mark => byte == mark,
    })
}

/// A command that somebody copies must stay one line.
fn is_command(line: &str) -> bool {
    let text = plain(line);
    let text = text.trim_start();
    ["hikeshi ", "$ ", "eval \""].into_iter().any(|begin| text.starts_with(begin))
}

/// The line without its colours.
fn plain(line: &str) -> String {
    letters(line).map(|(_, letter)| letter).collect()
}

/// The characters that are shown, and where each stands.
fn letters(line: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut rest = line.char_indices();
    std::iter::from_fn(move || {
        loop {
            let (at, letter) = rest.next()?;
            if letter != '\u{1b}' {
                return Some((at, letter));
            }
            // The escapes are our own: colours, as `ESC [ … m`.
            rest.by_ref().find(|(_, letter)| letter.is_ascii_alphabetic());
        }
    })
}

/// The pieces that a line may be broken between.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let shown: Vec<(usize, char)> = letters(line).collect();
    let mut text = String::with_capacity(line.len());
    // Where in the line the character ends that ends at a place of the text.
    let mut ends = Vec::with_capacity(shown.len());
    for (at, letter) in &shown {
        let _ = text.write_char(*letter);
        ends.push((text.len(), at + letter.len_utf8()));
    }
    let mut cuts: Vec<usize> = Vec::new();
    for (at, opportunity) in linebreaks(&text) {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at..).and_then(|text| text.chars().next());
        let lets = before.is_some_and(|letter| letter == ' ')
            || before.into_iter().chain(after).any(|letter| letter.width() == Some(2));
        if opportunity == BreakOpportunity::Allowed && lets {
            let place = ends.binary_search_by_key(&at, |(end, _)| *end);
            cuts.extend(place.ok().and_then(|index| ends.get(index)).map(|(_, end)| *end));
        }
    }
    cuts.push(line.len());
    let mut from = 0;
    Box::new(cuts.into_iter().filter_map(move |to| {
        let word = line.get(from..to).filter(|word| !word.is_empty()).map(Word::from);
        from = to;
        word
    }))
}

#[cfg(test)]
mod tests {
    use super::{columns, shortened, wrapped};

    fn lines(text: &str, width: usize) -> Vec<String> {
        wrapped(text, Some(width)).lines().map(str::to_owned).collect()
    }

    #[test]
    fn words_stay_whole_and_what_goes_on_hangs() {
        for (text, shown) in [
            ("short", &["short"][..]),
            ("the pool of connections was exhausted", &["the pool of", "  connections was", "  exhausted"]),
            ("  - the pool of connections was", &["  - the pool of", "    connections was"]),
            (" 14:05 kxvq aki  the pool was", &[" 14:05 kxvq aki  the", "         pool was"]),
            ("[x] the pool of connections", &["[x] the pool of", "    connections"]),
            ("see https://example.com/a/very/long/one now", &["see", "  https://example.com/a/very/long/one", "  now"]),
            ("hikeshi -i 3 reopen --reason 'it is back'", &["hikeshi -i 3 reopen --reason 'it is back'"]),
            ("a\n\nb", &["a", "", "b"]),
        ] {
            assert_eq!(lines(text, 20), shown, "{text}");
        }
        assert_eq!(wrapped("not on a terminal ".repeat(20).as_str(), None), "not on a terminal ".repeat(20));
    }

    #[test]
    fn japanese_breaks_between_characters_and_no_line_begins_with_a_mark() {
        let text = "決済サービスで障害が発生しました。「復旧」まで、しばらくお待ちください。";
        for width in 20..60 {
            let found = lines(text, width);
            assert_eq!(found.iter().map(|line| line.trim()).collect::<String>(), text);
            for line in &found {
                assert!(columns(line) <= width, "{line}");
                let line = line.trim_start();
                assert!(!line.starts_with(['。', '、', '」', 'ょ', 'っ', 'ー']) && !line.ends_with('「'), "{line}");
            }
        }
        // A word of another script stays whole among them.
        let found = lines("データベースdb-primary-3の接続プールが枯渇", 22);
        assert!(found.iter().any(|line| line.contains("db-primary-3")), "{found:?}");
    }

    #[test]
    fn colours_take_no_room() {
        let text = "\u{1b}[1m  the pool of\u{1b}[0m connections was \u{1b}[2mexhausted\u{1b}[0m";
        let found = lines(text, 20);
        assert!(found.iter().all(|line| columns(line) <= 20), "{found:?}");
        assert_eq!(found[0], "\u{1b}[1m  the pool of\u{1b}[0m");
        assert_eq!(found[1], "    connections was");
    }

    #[test]
    fn a_long_title_ends_with_an_ellipsis() {
        for (text, shown) in [
            ("Checkout", "Checkout"),
            ("Checkout is failing", "Checkout is…"),
            ("決済ができない状態", "決済ができ…"),
            ("Averyverylongword", "Averyverylo…"),
        ] {
            assert_eq!(shortened(text, 12), shown);
            assert!(columns(&shortened(text, 12)) <= 12);
        }
    }
}
