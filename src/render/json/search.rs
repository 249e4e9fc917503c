//! SEARCH: entries that answer a query, the best first.

use crate::view::search::Hit;
use schemars::JsonSchema;
use serde::Serialize;

/// What was found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SearchDoc {
    /// The version of this document.
    pub schema: u32,
    /// The entries, the best first.
    pub hits: Vec<FoundDoc>,
    /// Whether there are more than were asked for.
    pub more: bool,
    /// Whether only the newest of what answers were compared: an older one may be better than these.
    pub capped: bool,
    /// Whether part of what was asked for was left out, because it was too long.
    pub cut: bool,
}

/// An entry that answers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FoundDoc {
    /// The incident's number.
    pub incident: u32,
    /// The incident's title.
    pub title: String,
    /// The entry's display id.
    pub entry: String,
    /// Its dotted name.
    pub kind: String,
    /// When it happened, RFC 3339 UTC.
    pub at: String,
    /// Who acted.
    pub actor: String,
    /// The passage that answers, on one line.
    pub text: String,
    /// Where in it the words stand: from and to, in characters.
    pub ranges: Vec<[usize; 2]>,
    /// How well it answers: more is better.
    pub score: f64,
    /// Whether the entry was taken back.
    pub undone: bool,
    /// Whether the entry was corrected.
    pub amended: bool,
    /// Whether only what it said before it was corrected answers: the passage is from there.
    pub earlier: bool,
    /// Whether the incident is an exercise.
    pub drill: bool,
    /// Whether the incident is kept out of lists.
    pub restricted: bool,
}

impl FoundDoc {
    /// The document of a hit.
    pub fn new(hit: &Hit) -> Self {
        let text = &hit.passage.text;
        let letters = |byte: usize| text.get(..byte).unwrap_or_default().chars().count();
        Self {
            incident: hit.incident.number,
            title: hit.incident.title.clone(),
            entry: hit.entry.short.clone(),
            kind: hit.entry.header.kind.clone(),
            at: hit.entry.header.at.to_string(),
            actor: hit.entry.header.actor.clone(),
            text: text.clone(),
            ranges: hit.passage.ranges.iter().map(|(from, to)| [letters(*from), letters(*to)]).collect(),
            score: hit.score,
            undone: hit.is_undone(),
            amended: hit.is_amended(),
            earlier: hit.earlier,
            drill: hit.incident.drill,
            restricted: hit.incident.restricted,
        }
    }
}
