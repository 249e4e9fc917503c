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
    /// Why a rule refused it, where it came in from the spool.
    #[serde(default)]
    pub refused: Option<String>,
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

/// Where an origin's chain stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The copy of the store.
    pub origin: OriginId,
    /// Its last entry.
    pub seq: u64,
    /// That entry's hash, in hexadecimal.
    pub hash: String,
}

/// The heads of the log were signed with somebody's SSH key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoreSealed {
    /// What was signed.
    pub heads: Vec<Head>,
    /// The signer's public key, as `ssh-keygen` writes it.
    pub signer: String,
    /// The signature, in the armour of `ssh-keygen -Y sign`.
    pub signature: String,
}

/// A damaged store was salvaged, and these entries could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoreSalvaged {
    /// What is missing, in the order of the log.
    #[serde(default)]
    pub missing: Vec<Gap>,
}

/// Entries of an origin that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The copy of the store.
    pub origin: OriginId,
    /// The first of them.
    pub from: u64,
    /// The last of them.
    pub to: u64,
    /// The hash of the entry right before them, in hexadecimal, where there is one: whoever notes a head later notes
    /// with it what lies before the gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What the salvage found right after them, in hexadecimal: that entry's link after 32 zero bytes. The chain can't
    /// hold it, for nobody knows the hash that it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Somebody outside or inside can be reached (A7, B2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactAdded {
    /// The name by which they are called.
    pub contact: String,
    /// The stakeholder group that they belong to.
    #[serde(default)]
    pub audience: Option<String>,
    /// The services that they belong to.
    #[serde(default)]
    pub services: Vec<String>,
    /// How long the contact may go unchecked, in milliseconds, as the policy stood then.
    #[serde(default)]
    pub check_every: Option<crate::incident::time::Span>,
    /// How to reach them: mail addresses, telephone numbers.
    #[serde(default)]
    pub reach: Vec<String>,
    /// What else to know.
    #[serde(default)]
    pub note: Option<String>,
}

/// A contact was found to be current (A7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactVerified {
    /// The contact.
    pub contact: String,
}

/// A contact no longer is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactRemoved {
    /// The contact.
    pub contact: String,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}
