//! Whether a passage that reads like somebody's name is one: by how it is written and by what stands beside it.

use super::beside;
use super::ordinary::{is_a_thing, is_month, is_ordinary};

/// What follows a name in Japanese.
const HONORIFICS: [&str; 8] = ["さん", "さま", "ちゃん", "くん", "氏", "君", "様", "殿"];

/// What stands before a name in English.
const TITLES: [&str; 6] = ["mr", "mrs", "ms", "dr", "mx", "prof"];

/// A name, and what stands for it outside.
#[derive(Debug, Clone)]
pub struct Name {
    /// The name as it is compared.
    pub folded: String,
    /// What stands for it.
    pub instead: String,
    /// Whether it is a customer's.
    pub customer: bool,
    /// Whether it is one word of a name of several.
    part: bool,
    /// Whether it is a word of the language, or a service's name, as well.
    ordinary: bool,
}

/// What a passage is that reads like a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A name.
    Name,
    /// Perhaps one: left as it is, and told.
    Doubtful,
    /// A word.
    Word,
}

/// A kind of writing; names in one are not spaced from words in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Ideograph,
    Hiragana,
    Katakana,
    Other,
}

impl Name {
    /// A name as somebody gave it; `common` says whether a word is used as one where this incident is told.
    pub fn new(name: &str, instead: &str, customer: bool, common: impl Fn(&str) -> bool) -> Self {
        let folded = folded(name);
        let ordinary = is_ordinary(&folded) || common(&folded);
        Self { folded, instead: instead.to_owned(), customer, part: false, ordinary }
    }

    /// The same as a word of a longer name.
    pub fn part(self) -> Self {
        Self { part: true, ..self }
    }

    /// Whether it is one word of a longer name.
    pub const fn is_part(&self) -> bool {
        self.part
    }

    /// What the passage is, between what stands before and after it.
    pub fn judge(&self, before: &str, found: &str, after: &str) -> Verdict {
        let first = self.folded.chars().next().map_or(Script::Other, script);
        let last = self.folded.chars().next_back().map_or(Script::Other, script);
        let joined = |letter: Option<char>, own: Script| letter.map(narrow).is_some_and(|letter| joins(letter, own));
        let begins_inside = joined(before.chars().next_back(), first);
        let goes_on = joined(after.chars().next(), last);
        let honoured = honorific(after).is_some();
        match (first, last) {
            (Script::Latin | Script::Other, Script::Latin | Script::Other) if begins_inside || goes_on => Verdict::Word,
            (Script::Latin | Script::Other, Script::Latin | Script::Other) => {
                self.latin(before, found, after, honoured)
            }
            (_, Script::Hiragana) if !honoured && self.folded.chars().count() < 3 => Verdict::Word,
            (Script::Hiragana | Script::Katakana, _) if begins_inside => Verdict::Word,
            (_, Script::Katakana) if goes_on => Verdict::Word,
            _ => self.spaceless(begins_inside, goes_on, honoured),
        }
    }

    /// A name in letters.
    fn latin(&self, before: &str, found: &str, after: &str, honoured: bool) -> Verdict {
        let titled = before.trim_end_matches([' ', '.']).rsplit([' ', '(']).next().map(str::to_lowercase);
        if honoured || titled.is_some_and(|word| TITLES.contains(&word.as_str())) {
            return Verdict::Name;
        }
        let big = found.chars().next().is_some_and(char::is_uppercase);
        if !self.ordinary {
            return if !big && is_a_thing(before) { Verdict::Doubtful } else { Verdict::Name };
        }
        // The words of a name that is written out are not looked for one by one.
        if self.folded.contains(' ') {
            return Verdict::Name;
        }
        let beside = [before.chars().next_back(), after.chars().next()];
        if !big {
            let japanese =
                beside.into_iter().flatten().any(|letter| script(letter) != Script::Latin && is_written(letter));
            return if japanese { Verdict::Doubtful } else { Verdict::Word };
        }
        let shouted = found.chars().count() > 1 && !found.chars().any(char::is_lowercase);
        if shouted || is_month(&self.folded, before, after) || is_a_thing(before) {
            return Verdict::Word;
        }
        let in_a_row = beside::after(after) > 0 || beside::word_before(before).is_some();
        if self.part || in_a_row || beside::starts_sentence(before) { Verdict::Doubtful } else { Verdict::Name }
    }

    /// A name in characters that are not spaced.
    fn spaceless(&self, begins_inside: bool, goes_on: bool, honoured: bool) -> Verdict {
        let single = self.folded.chars().count() < 2;
        match (honoured, begins_inside, goes_on) {
            // 小林さん is not 林さん.
            (true, true, _) if single => Verdict::Doubtful,
            // 森林, 原因, 千葉県: another word.
            (false, true, _) | (false, _, true) if self.ordinary => Verdict::Word,
            (false, ..) if self.ordinary => Verdict::Doubtful,
            (false, true, true) => Verdict::Doubtful,
            _ => Verdict::Name,
        }
    }
}

/// What a name is followed by, where it is addressed politely.
pub fn honorific(after: &str) -> Option<&'static str> {
    HONORIFICS.into_iter().find(|title| {
        // 様子 and 君主 are words.
        after.strip_prefix(title).is_some_and(|rest| {
            !title.chars().all(|one| script(one) == Script::Ideograph)
                || !rest.chars().next().is_some_and(|next| script(next) == Script::Ideograph)
        })
    })
}

/// A letter of full width as the plain one.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// A name as it is compared: small, and of plain width.
pub fn folded(name: &str) -> String {
    name.trim().chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// How many bytes of a text are this name, in whatever case.
pub fn starts_with(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars();
    let mut length = 0;
    for letter in text.chars() {
        for small in narrow(letter).to_lowercase() {
            match wanted.next() {
                Some(one) if one == small => {}
                Some(_) => return None,
                None => return Some(length),
            }
        }
        length += letter.len_utf8();
        if wanted.as_str().is_empty() {
            return Some(length);
        }
    }
    None
}

/// Whether no letter of the same kind goes on on either side of a passage.
pub fn stands_alone(before: &str, found: &str, after: &str) -> bool {
    let own = |letter: Option<char>| letter.map(narrow).map_or(Script::Other, script);
    let inside = |beside: Option<char>, letter| beside.map(narrow).is_some_and(|one| joins(one, own(letter)));
    let (first, last) = (found.chars().next(), found.chars().next_back());
    !inside(before.chars().next_back(), first) && !inside(after.chars().next(), last)
}

fn joins(letter: char, own: Script) -> bool {
    match own {
        Script::Latin => script(letter) == Script::Latin || letter.is_ascii_digit() || letter == '_',
        Script::Other => false,
        own => script(letter) == own,
    }
}

/// Letters of no script that is listed count as Latin ones: they are spaced.
fn script(letter: char) -> Script {
    match letter {
        '\u{3400}'..='\u{9fff}' | '々' | '\u{f900}'..='\u{faff}' => Script::Ideograph,
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a1}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => Script::Katakana,
        letter if letter.is_alphanumeric() => Script::Latin,
        _ => Script::Other,
    }
}

fn is_written(letter: char) -> bool {
    script(letter) != Script::Other
}
