//! ENTRY: one fact of the timeline.

use crate::incident::localized::Lang;
use crate::incident::time::Timestamp;
use crate::text;
use crate::view::Entry;
use crate::view::postmortem::is_late;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// One fact of the timeline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EntryDoc {
    /// Its display id, as short as it can be.
    pub id: String,
    /// Its dotted name.
    pub kind: String,
    /// When it happened, RFC 3339 UTC.
    pub at: String,
    /// When it was recorded.
    pub recorded_at: String,
    /// Who acted.
    pub actor: String,
    /// One line for people.
    pub text: String,
    /// The fact itself.
    pub data: Map<String, Value>,
    /// Whether it was recorded more than five minutes after it happened.
    pub late: bool,
    /// Whether the time is only approximately known.
    pub approximate: bool,
    /// The entry that corrects it last.
    pub amended_by: Option<String>,
    /// What a corrected entry said at first.
    pub was: Option<WasDoc>,
    /// The entry that took it back.
    pub undone_by: Option<String>,
    /// For a hypothesis: the entries that confirmed it.
    pub confirmed_by: Vec<String>,
    /// For a hypothesis: the entries that refuted it.
    pub refuted_by: Vec<String>,
    /// For a statement: the one that corrected it.
    pub superseded_by: Option<String>,
    /// For a command's start: the entry that tells its end, where one was recorded.
    pub ended_by: Option<String>,
    /// Whether its words were removed.
    pub redacted: bool,
    /// `overridden` when the clock was set by `HIKESHI_NOW`.
    pub clock: Option<String>,
    /// The incident that it is about, by id.
    pub subject: String,
    /// The copy of the store that wrote it.
    pub origin: String,
    /// Its place in that copy's history.
    pub seq: u64,
    /// Its place in the chain, in hexadecimal.
    pub hash: String,
}

/// What a corrected entry said at first.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WasDoc {
    /// When it was said to have happened.
    pub at: String,
    /// One line for people.
    pub text: String,
    /// Who corrected it.
    pub corrected_by: String,
    /// When that was recorded.
    pub corrected_at: String,
}

impl EntryDoc {
    /// The document of an entry, its line in the reader's language.
    pub fn new(entry: &Entry, lang: Lang) -> Self {
        let header = &entry.header;
        let encoded = entry.fact.encode();
        let mut data = crate::incident::fact::join(&encoded.facts, encoded.words.as_deref());
        spell_times(&mut data);
        let by = |mark: &str| -> Vec<String> {
            let setters = entry.marks.iter().filter(|(set, _)| set == mark);
            setters.map(|(_, by)| by.clone()).collect()
        };
        Self {
            id: entry.short.clone(),
            kind: header.kind.clone(),
            at: header.at.to_string(),
            recorded_at: header.recorded_at.to_string(),
            actor: header.actor.clone(),
            text: if entry.lacks_end() {
                format!("{} ({})", text::entry(&entry.fact, lang), text::no_end(lang))
            } else {
                text::entry(&entry.fact, lang)
            },
            data,
            late: is_late(header),
            approximate: header.approximate,
            amended_by: entry.correction.as_ref().map(|correction| correction.by.clone()),
            was: entry.correction.as_ref().map(|correction| WasDoc {
                at: correction.at.to_string(),
                text: text::entry(&correction.fact, lang),
                corrected_by: correction.actor.clone(),
                corrected_at: correction.recorded_at.to_string(),
            }),
            undone_by: by("undone").pop(),
            confirmed_by: by("confirmed"),
            refuted_by: by("refuted"),
            superseded_by: by("superseded").pop(),
            ended_by: by("ended").pop(),
            redacted: entry.redacted,
            clock: header.clock.clone(),
            subject: header.subject.to_string(),
            origin: header.origin.to_string(),
            seq: header.seq,
            hash: entry.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

/// Times are integers in the log and RFC 3339 in JSON; a fact's times are the fields whose names end in `_at`.
fn spell_times(fields: &mut Map<String, Value>) {
    for (name, value) in fields {
        match value {
            Value::Number(number) if name.ends_with("_at") || name.ends_with("_at_was") => {
                if let Some(millis) = number.as_i64() {
                    *value = Value::String(Timestamp::from_millis(millis).to_string());
                }
            }
            Value::Object(inner) => spell_times(inner),
            Value::Array(items) => items.iter_mut().filter_map(Value::as_object_mut).for_each(spell_times),
            _ => {}
        }
    }
}
