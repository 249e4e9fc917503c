//! Entries that answer a query, each with the passage that does.

use crate::search::{Document, Passage, Query, passage};
use crate::store::{Entry, Row, Sighting};

/// What stands between texts of one entry that are shown as one passage.
const BETWEEN: &str = " · ";

/// An entry that answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its incident.
    pub incident: Row,
    /// The entry as its corrections leave it.
    pub entry: Entry,
    /// The piece of it that answers.
    pub passage: Passage,
    /// Whether only what it said before it was corrected answers: the passage is from there.
    pub earlier: bool,
    /// How well it answers.
    pub score: f64,
}

impl Hit {
    /// Whether the entry was taken back.
    pub fn is_undone(&self) -> bool {
        self.entry.marks.iter().any(|(mark, _)| mark == "undone")
    }

    /// Whether the entry was corrected.
    pub const fn is_amended(&self) -> bool {
        self.entry.correction.is_some()
    }
}

/// The passages of what was found, a hit for each entry: two that say the same in their passages are still two.
pub fn hits(query: &Query, found: Vec<Sighting>) -> Vec<Hit> {
    let hit = |Sighting { incident, entry, earlier, score }| {
        let document = earlier.clone().unwrap_or_else(|| {
            let encoded = entry.fact.encode();
            Document::read(entry.fact.kind(), &encoded.facts, encoded.words.as_deref())
        });
        Hit { incident, entry, passage: shown(query, &document), earlier: earlier.is_some(), score }
    };
    found.into_iter().map(hit).collect()
}

/// One passage out of all texts of an entry in which something stands that was asked for.
fn shown(query: &Query, document: &Document) -> Passage {
    let answers = |text: &str| !passage(query, text).ranges.is_empty();
    let mut texts: Vec<&str> = Vec::new();
    let (written, named): (Vec<_>, Vec<_>) = document.parts.iter().partition(|part| part.written);
    texts.extend(written.iter().filter(|part| answers(&part.text)).map(|part| part.text.as_str()));
    if texts.is_empty() {
        // A name says little without what it was about.
        texts.extend(written.iter().filter(|part| part.head).chain(&written).take(1).map(|part| part.text.as_str()));
    }
    texts.extend(named.iter().filter(|part| answers(&part.text)).map(|part| part.text.as_str()));
    passage(query, &texts.join(BETWEEN))
}
