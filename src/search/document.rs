//! What of an entry is searched: all its words, and the names among its facts.
//!
//! Taken as they are stored, whatever the kind: the words of a later kind are found without a change here.

use super::token::{Token, tokens};
use serde_json::{Map, Value};

/// Words that say what an incident was about; they weigh more than what was said on the way.
const HEADS: [&str; 6] = ["title", "cause", "workaround", "summary", "title_was", "summary_was"];

/// Kinds whose words are such.
const HEAD_KINDS: [&str; 2] = ["incident.fixed", "cause.added"];

/// Facts that are names: people ask for a service, and for who was there.
const NAMED: [&str; 8] = ["services", "services_added", "category", "holder", "who", "owner", "person", "relieved"];

/// One text of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The field that it stands in.
    pub field: String,
    /// The text as it was typed.
    pub text: String,
    /// Whether it says what the incident was about.
    pub head: bool,
    /// Whether somebody wrote it; otherwise it is a name among the facts.
    pub written: bool,
}

/// The texts of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its texts.
    pub parts: Vec<Part>,
}

impl Document {
    /// Reads an entry's facts and words, as stored.
    pub fn read(kind: &str, facts: &[u8], words: Option<&[u8]>) -> Self {
        let mut parts = Vec::new();
        let object = |bytes: &[u8]| serde_json::from_slice::<Map<String, Value>>(bytes).unwrap_or_default();
        for (field, value) in words.map(object).unwrap_or_default() {
            let head = HEADS.contains(&field.as_str()) || HEAD_KINDS.contains(&kind);
            gather(&field, &value, head, true, &mut parts);
        }
        if names_something(facts) {
            for (field, value) in object(facts).iter().filter(|(field, _)| NAMED.contains(&field.as_str())) {
                gather(field, value, false, false, &mut parts);
            }
        }
        Self { parts }
    }

    /// The words of each text.
    pub fn tokens(&self) -> Vec<(bool, Vec<Token>)> {
        self.parts.iter().map(|part| (part.head, tokens(&part.text))).collect()
    }
}

/// Whether the facts can hold a name at all: most don't, and needn't be parsed.
fn names_something(facts: &[u8]) -> bool {
    /// The shortest object that names something.
    const SHORTEST: usize = 10;
    facts.len() >= SHORTEST
}

fn gather(field: &str, value: &Value, head: bool, written: bool, parts: &mut Vec<Part>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => {
            parts.push(Part { field: field.to_owned(), text: text.clone(), head, written });
        }
        Value::Array(items) => items.iter().for_each(|item| gather(field, item, head, written, parts)),
        Value::Object(fields) => fields.iter().for_each(|(field, item)| gather(field, item, head, written, parts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn every_word_of_any_kind_is_taken() {
        let facts = br#"{"services":["api"],"severity":"sev1","holder":"aki","sha256":"abc"}"#;
        let words = br#"{"title":"API down","later":{"notes":["one","two"]},"empty":" ","n":7}"#;
        let document = Document::read("of.the.future", facts, Some(words));
        let texts: Vec<(&str, bool, bool)> =
            document.parts.iter().map(|part| (part.text.as_str(), part.head, part.written)).collect();
        let mut sorted = texts;
        sorted.sort_unstable();
        assert_eq!(
            sorted,
            [
                ("API down", true, true),
                ("aki", false, false),
                ("api", false, false),
                ("one", false, true),
                ("two", false, true)
            ]
        );
        assert_eq!(Document::read("x", b"not json", None), Document::default());
    }
}
