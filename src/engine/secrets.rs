//! Looking through what is about to be recorded for what nobody should read there (E6).

use super::EngineError;
use super::record::{Engine, Secrets};
use crate::incident::command::Command;
use crate::incident::fact::Fact;
use crate::incident::rejection::Rejection;
use crate::incident::secret;
use serde_json::Value;

impl Engine {
    /// Whether words that look like a secret are refused: as asked, or as the policy says. A policy that doesn't
    /// speak of it is not read for it.
    pub fn refuses_secrets(&self) -> bool {
        if self.secrets == Secrets::Allow {
            return false;
        }
        let policy = || self.config.as_ref().and_then(|folder| std::fs::read(folder.join("policy.toml")).ok());
        let speaks = |text: Vec<u8>| text.windows(b"strict_secrets".len()).any(|word| word == b"strict_secrets");
        self.secrets == Secrets::Refuse || (policy().is_some_and(speaks) && self.library().policy.strict_secrets)
    }

    /// The facts whose words look like a secret, by their places; an error where such words are refused.
    pub(super) fn secrets_in(&self, facts: &[Fact]) -> Result<Vec<(usize, &'static str)>, EngineError> {
        let found = if self.secrets == Secrets::Allow { Vec::new() } else { find(facts) };
        match found.first() {
            Some((_, rule)) if self.refuses_secrets() => Err(Rejection::Secret { rule: (*rule).to_owned() }.into()),
            _ => Ok(found),
        }
    }
}

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
