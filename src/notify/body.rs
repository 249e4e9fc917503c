//! A message as JSON: the same for every kind that carries it, and the same at every attempt.

use super::Message;
use serde::Serialize;
use uuid::Uuid;

/// The body's version; it changes only by adding.
const SCHEMA: u32 = 1;

/// A message as JSON.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    schema: u32,
    id: Uuid,
    incident: u32,
    subject: &'a str,
    text: &'a str,
    recipients: &'a [String],
    data: &'a serde_json::Value,
    /// When the line was written; only files have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

impl<'a> Body<'a> {
    pub fn new(message: &'a Message, recipients: &'a [String]) -> Self {
        let Message { id, incident, subject, text, data, .. } = message;
        Self { schema: SCHEMA, id: *id, incident: *incident, subject, text, recipients, data, at: None }
    }

    /// Its bytes, on one line.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
