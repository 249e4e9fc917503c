//! A value of which nothing is certain: what is missing or of another type is simply not there.

use crate::incident::time::Timestamp;
use crate::intake::when;
use jiff::tz::TimeZone;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A value of a body.
#[derive(Debug, Clone, Copy)]
pub struct Loose<'a>(pub &'a Value);

impl<'a> Loose<'a> {
    /// A field that is there.
    pub fn get(self, key: &str) -> Option<Loose<'a>> {
        self.0.get(key).filter(|value| !value.is_null()).map(Loose)
    }

    /// A field that is an object.
    pub fn object(self, key: &str) -> Option<Loose<'a>> {
        self.get(key).filter(|value| value.0.is_object())
    }

    /// The text of a field; a number or a truth value as text; nothing where it says nothing.
    pub fn text(self, key: &str) -> Option<String> {
        let text = match self.get(key)?.0 {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            _ => return None,
        };
        // A variable that the tool didn't know, as Datadog leaves it.
        Some(text).filter(|text| !text.is_empty() && text != "null" && text != "[no value]")
    }

    /// The text of the first field that has one.
    pub fn first(self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.text(key))
    }

    /// The entries of a list.
    pub fn list(self, key: &str) -> impl Iterator<Item = Loose<'a>> + use<'a> {
        self.get(key).and_then(|list| list.0.as_array()).into_iter().flatten().map(Loose)
    }

    /// A time; none where it can't be read.
    pub fn time(self, key: &str) -> Option<Timestamp> {
        when::read(&self.text(key)?, &TimeZone::UTC).ok().flatten()
    }
}

/// The first line of a text that says something.
pub fn first_line(text: Option<&str>) -> Option<String> {
    text?.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
}

/// A fingerprint for what has none: the same for the same words.
pub fn digest(of: &str) -> String {
    let digest = Sha256::digest(of);
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A name that stands for one thing and fits into an index.
pub fn fingerprint(text: String) -> String {
    const LONGEST: usize = 200;
    if text.len() > LONGEST { digest(&text) } else { text }
}
