//! Facts about what came in from elsewhere: incidents of other tools, chat, alerts.

use crate::incident::slug::AlertState;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An incident was taken over from another tool's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentImported {
    /// The format that it came in.
    pub format: String,
    /// What its source calls it.
    pub source: String,
    /// How bad it was, as the source wrote it.
    #[serde(default)]
    pub impact: Option<String>,
    /// Where the source shows it.
    #[serde(default)]
    pub url: Option<String>,
}

/// An update of an imported incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportImported {
    /// What stays the same about it from one file to the next.
    pub source: String,
    /// Its place among the incident's updates, from 1, as the source orders them.
    pub order: u32,
    /// The status, as the source wrote it.
    #[serde(default)]
    pub status: Option<String>,
    /// Which part of it this is, from 1, where it is longer than one entry.
    #[serde(default)]
    pub part: Option<u32>,
    /// Whether the source changed its words after they were taken over.
    #[serde(default)]
    pub edited: bool,
    /// What it said.
    #[serde(default)]
    pub text: String,
}

/// Something that was said in a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChatImported {
    /// What the chat calls the message, where it calls it anything.
    #[serde(default)]
    pub source: Option<String>,
    /// The message that it answers.
    #[serde(default)]
    pub thread: Option<String>,
    /// Whether its words were changed in the chat.
    #[serde(default)]
    pub edited: bool,
    /// Which part of it this is, from 1, where it is longer than one entry.
    #[serde(default)]
    pub part: Option<u32>,
    /// Who said it.
    #[serde(default)]
    pub author: String,
    /// What.
    #[serde(default)]
    pub text: String,
}

/// A monitoring tool spoke up, or took it back (D1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlertReceived {
    /// The format that it came in.
    pub format: String,
    /// What is the same about it whenever it is sent.
    pub fingerprint: String,
    /// Whether it still holds.
    pub state: AlertState,
    /// How bad it is, as the tool wrote it.
    #[serde(default)]
    pub severity: Option<String>,
    /// Since when it holds.
    #[serde(default)]
    pub starts_at: Option<Timestamp>,
    /// Until when it held.
    #[serde(default)]
    pub ends_at: Option<Timestamp>,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// What it says.
    #[serde(default)]
    pub text: Option<String>,
    /// Where it can be looked at.
    #[serde(default)]
    pub link: Option<String>,
}
