//! Looking through what is about to be recorded for what nobody should read there (E6).

use crate::incident::command::Command;
use crate::incident::fact::Fact;
use crate::incident::secret;
use serde_json::Value;

/// The facts whose words look like a secret: their places, and the rule that says so.
pub(super) fn find(facts: &[Fact]) -> Vec<(usize, &'static str)> {
    facts.iter().enumerate().filter_map(|(at, fact)| Some((at, rule(fact)?))).collect()
}

/// The rule by which a command's words look like a secret.
pub fn in_command(command: &Command) -> Option<&'static str> {
    in_value(&serde_json::to_value(command).ok()?)
}

fn rule(fact: &Fact) -> Option<&'static str> {
    match fact {
        // By far the most frequent one needs no detour.
        Fact::NoteAdded(note) => in_text(&note.text),
        fact => in_value(&serde_json::from_slice(&fact.encode().words?).ok()?),
    }
}

fn in_value(value: &Value) -> Option<&'static str> {
    match value {
        Value::String(text) => in_text(text),
        Value::Array(items) => items.iter().find_map(in_value),
        Value::Object(fields) => fields.values().find_map(in_value),
        _ => None,
    }
}

fn in_text(text: &str) -> Option<&'static str> {
    secret::find(text).first().map(|found| found.rule)
}
