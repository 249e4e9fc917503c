//! Choosing between two fixed texts.

use crate::incident::localized::Lang;

/// The text in the reader's language.
pub(super) const fn either(lang: Lang, en: &'static str, ja: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}
