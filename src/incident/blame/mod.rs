//! Wording that blames a person, where a postmortem asks what made it possible: English and Japanese.
//!
//! The rules look at one sentence at a time: a person as its subject and a verb of failing, a label that ends the
//! search for causes, a judgement of character. A machine that failed is no person.

mod english;
mod japanese;
#[cfg(test)]
mod tests;

/// Why a passage blames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// `human error`, 人為的ミス: a label that ends the search for causes.
    Label,
    /// `should have`, すべきだった: what somebody might have done, known only afterwards.
    Hindsight,
    /// `failed to`, `forgot`, 怠った, 見落とした: somebody left something undone.
    Omission,
    /// `careless`, 不注意: what somebody is like.
    Character,
    /// `is to blame`, のせいで, 〜が悪い: whose fault it is.
    Fault,
    /// `be more careful`, 注意喚起: asks people to be better instead of changing what they work with.
    Exhortation,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 6] =
        [Self::Label, Self::Hindsight, Self::Omission, Self::Character, Self::Fault, Self::Exhortation];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Hindsight => "hindsight",
            Self::Omission => "omission",
            Self::Character => "character",
            Self::Fault => "fault",
            Self::Exhortation => "exhortation",
        }
    }
}

/// A passage that blames, as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'a> {
    /// Its words.
    pub words: &'a str,
    /// The sentence that it stands in.
    pub sentence: &'a str,
    /// Why.
    pub rule: Rule,
}

/// The passages that blame somebody, one a sentence; `names` are people known to have been there.
pub fn passages<'a>(text: &'a str, names: &[String]) -> Vec<Passage<'a>> {
    let found = sentences(text).into_iter().filter_map(|sentence| {
        let (rule, words) = english::blames(sentence, names).or_else(|| japanese::blames(sentence, names))?;
        Some(Passage { words, sentence, rule })
    });
    found.collect()
}

/// The sentences of a text, trimmed; a line of a list is one too.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut from = 0;
        let mut letters = line.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let apart = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
            let ends = matches!(letter, '。' | '！' | '？') || (matches!(letter, '.' | '!' | '?' | ';') && apart);
            if ends {
                let end = at + letter.len_utf8();
                found.push(line.get(from..end).unwrap_or_default());
                from = end;
            }
        }
        found.push(line.get(from..).unwrap_or_default());
    }
    let bare = |one: &str| !one.trim_matches(|letter: char| !letter.is_alphanumeric()).is_empty();
    found.into_iter().map(str::trim).filter(|one| bare(one)).collect()
}
