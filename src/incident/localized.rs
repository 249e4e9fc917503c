//! Words kept in both languages, so that a reader of either can follow an incident that the other declared.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that hikeshi speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
}

/// The same words in English and Japanese.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// The English words.
    pub en: String,
    /// The Japanese words.
    pub ja: String,
}

impl Localized {
    /// The words in `lang`; a side left empty falls back to the other.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja if !self.ja.is_empty() => &self.ja,
            Lang::En if self.en.is_empty() => &self.ja,
            _ => &self.en,
        }
    }

    /// Words that people typed in one language, standing for both.
    pub fn same(text: &str) -> Self {
        Self { en: text.to_owned(), ja: text.to_owned() }
    }
}
