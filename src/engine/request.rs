//! A command with everything that is made once, so that running it again does the same thing again.

use crate::incident::command::Command;
use crate::incident::fact::Fact;
use crate::incident::header::{ActorSource, Key};
use crate::incident::id::{BatchId, OriginId, SpaceId, SubjectId};
use crate::incident::time::Timestamp;
use crate::incident::when::When;
use crate::store::{Identity, NewBatch};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// An incident that the command declares.
    New,
    /// An incident that there is.
    Incident(SubjectId),
    /// The store itself.
    Store,
}

/// When, by whom and under which ids a command was given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stamp {
    /// When it was given.
    pub now: Timestamp,
    /// Whether `HIKESHI_NOW` set that time.
    pub clock_overridden: bool,
    /// Who gave it.
    pub actor: String,
    /// Where that name came from.
    pub actor_from: ActorSource,
    /// Its id.
    pub batch: BatchId,
    /// Random bytes from which its salts are derived.
    pub seed: [u8; 32],
    /// Ids for a copy of the store that has none yet.
    pub origin: (OriginId, SpaceId),
}

/// A command on its way to the store.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// What it is about.
    pub subject: Subject,
    /// What is asked for.
    pub command: Command,
    /// When it happened, where somebody said so.
    pub at: Option<When>,
    /// The idempotency key, and the incident that was named with it.
    pub key: Option<String>,
    /// The incident as typed, where one was.
    pub named: Option<String>,
    /// When, by whom, under which ids.
    pub stamp: Stamp,
}

impl Request {
    /// When it happened: as said, or now.
    pub fn happened_at(&self) -> Timestamp {
        self.at.as_ref().map_or(self.stamp.now, |when| when.at)
    }

    /// The key with a digest of what was asked, typed times as typed: `5m ago` means the same request when it is
    /// repeated a minute later. The salt keeps words that are redacted later from being guessed.
    pub fn header_key(&self, salt: Option<&[u8; 32]>) -> Option<Key> {
        let value = self.key.clone()?;
        let mut asked = json!([self.command, self.at, self.named]);
        forget_instants(&mut asked);
        let salt = salt.map_or(&[][..], |salt| salt.as_slice());
        let digest = Sha256::new().chain_update(salt).chain_update(asked.to_string()).finalize();
        Some(Key { value, request: digest.iter().map(|byte| format!("{byte:02x}")).collect() })
    }

    /// The key of its entries, salted with the salt of the first one that has words: what was asked can't be guessed
    /// from the key once those words are redacted.
    fn salted_key(&self, facts: &[Fact]) -> Option<Key> {
        self.key.as_ref()?;
        let first = facts.iter().position(|fact| fact.encode().words.is_some());
        self.header_key(first.map(|index| self.stamp.salt(index)).as_ref())
    }

    /// What its entries share, whatever its facts turn out to be.
    pub fn batch(&self) -> NewBatch {
        self.batch_of(&[])
    }

    /// What the entries of these facts share.
    pub fn batch_of(&self, facts: &[Fact]) -> NewBatch {
        NewBatch {
            batch: self.stamp.batch,
            key: self.salted_key(facts),
            at: self.happened_at(),
            approximate: self.at.as_ref().is_some_and(|when| when.approximate),
            zone: self.at.as_ref().and_then(|when| when.zone.clone()),
            ..self.stamp.batch()
        }
    }
}

impl Stamp {
    /// What entries under this stamp share.
    pub fn batch(&self) -> NewBatch {
        NewBatch {
            batch: self.batch,
            key: None,
            actor: self.actor.clone(),
            actor_from: self.actor_from,
            recorded_at: self.now,
            at: self.now,
            approximate: false,
            zone: None,
            clock_overridden: self.clock_overridden,
        }
    }

    /// Ids for a copy of the store that has none yet.
    pub const fn identity(&self) -> Identity {
        Identity { origin: self.origin.0, space: self.origin.1 }
    }

    /// The salt of the entry number `index`.
    pub fn salt(&self, index: usize) -> [u8; 32] {
        Sha256::new().chain_update(self.seed).chain_update((index as u64).to_be_bytes()).finalize().into()
    }
}

/// A typed time keeps its words and loses what they came to.
fn forget_instants(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("typed") {
                fields.retain(|name, _| name == "typed");
            }
            fields.values_mut().for_each(forget_instants);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_instants),
        _ => {}
    }
}
