//! Facts about messages: each goes into the outbox with the fact that caused it, and leaves a trace of what became of it.

use crate::incident::id::EventId;
use crate::incident::slug::Purpose;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A message went into the outbox; its id is the key under which it is sent, however often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageQueued {
    /// What it is there for.
    pub purpose: Purpose,
    /// The channel that it goes through.
    pub channel: String,
    /// The statement that it carries, whose words are there, or the call that it makes.
    #[serde(default)]
    pub about: Option<EventId>,
    /// To whom in particular.
    #[serde(default)]
    pub to: Vec<String>,
    /// The subject of what is no statement.
    #[serde(default)]
    pub subject: Option<String>,
    /// The words of what is no statement.
    #[serde(default)]
    pub text: Option<String>,
}

/// A message reached its channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageDelivered {
    /// The message.
    pub message: EventId,
    /// The channel.
    pub channel: String,
    /// Which attempt it was, from 1.
    pub attempt: u32,
    /// Whether an earlier attempt may have reached it too: the reply to it was lost.
    #[serde(default)]
    pub uncertain: bool,
    /// The statement that it carried.
    #[serde(default)]
    pub about: Option<EventId>,
}

/// A message did not reach its channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageFailed {
    /// The message.
    pub message: EventId,
    /// The channel.
    pub channel: String,
    /// Which attempt it was, from 1.
    pub attempt: u32,
    /// When it is tried again; none where it was given up.
    #[serde(default)]
    pub next_at: Option<Timestamp>,
    /// Whether it may have arrived all the same: the reply was lost.
    #[serde(default)]
    pub uncertain: bool,
    /// The statement that it carries.
    #[serde(default)]
    pub about: Option<EventId>,
    /// What went wrong.
    #[serde(default)]
    pub reason: String,
}
