//! Facts about the store itself.

use crate::incident::id::{EventId, OriginId, SpaceId, SubjectId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A copy of the store began to write: the first entry of every origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OriginStarted {
    /// The space whose incident numbers it hands out.
    pub space: SpaceId,
    /// The copy that it was made from.
    #[serde(default)]
    pub parent: Option<OriginId>,
    /// The parent's last entry that it has.
    #[serde(default)]
    pub parent_seq: Option<u64>,
    /// That entry's hash, in hexadecimal.
    #[serde(default)]
    pub parent_hash: Option<String>,
    /// The version of hikeshi that began it.
    pub program: String,
}

/// Words that could not be placed were kept, as the command that was typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxKept {
    /// The verb that was typed.
    pub verb: String,
    /// The command, to be run when it is filed.
    #[serde(default)]
    pub command: Value,
}

/// Kept words were filed to an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxFiled {
    /// The kept item.
    pub item: EventId,
    /// Where it went.
    pub incident: SubjectId,
    /// That incident's number, for people.
    pub number: u32,
}

/// Kept words were thrown away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxDiscarded {
    /// The kept item.
    pub item: EventId,
    /// Why.
    #[serde(default)]
    pub reason: String,
}
