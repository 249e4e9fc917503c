//! Wording that blames a person, where a postmortem asks what made it possible: English and Japanese.

/// Why a passage blames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// `human error`, 人為的ミス: a label that ends the search for causes.
    Label,
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

/// The passages that blame somebody; `names` are people known to have been there.
pub fn passages<'a>(_text: &'a str, _names: &[String]) -> Vec<Passage<'a>> {
    Vec::new()
}
