//! What every fact says about itself, and the chain that makes a change to it noticeable.
//!
//! A header is stored as the exact bytes that were hashed: a version byte, then JSON. Columns are copies.

use super::id::{BatchId, EventId, OriginId, SubjectId};
use super::order::Hlc;
use super::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The header format written by this version.
const FORMAT: u8 = 1;

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// Where the name of the person acting came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActorSource {
    /// `--as`.
    Option,
    /// `HIKESHI_ACTOR`.
    Environment,
    /// The configuration folder.
    Config,
    /// `$SUDO_USER`.
    Sudo,
    /// `$USER`.
    User,
    /// Nothing said who it is.
    Unknown,
    /// Nobody: hikeshi itself, when the clock brings something about.
    Program,
}

/// An idempotency key, with a digest of the request that it first stood for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The key as given.
    pub value: String,
    /// SHA-256 of the request, in hexadecimal.
    pub request: String,
}

/// What a fact says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The fact's own id.
    pub id: EventId,
    /// The copy of the store that wrote it.
    pub origin: OriginId,
    /// Its place in that copy's history: 1, 2, 3 ….
    pub seq: u64,
    /// The command it belongs to.
    pub batch: BatchId,
    /// The command's idempotency key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// What it is about.
    pub subject: SubjectId,
    /// Its place in the order of all copies.
    pub hlc: Hlc,
    /// When it happened.
    pub at: Timestamp,
    /// Whether that time is only approximately known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
    /// The zone in which the time was typed, where one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who acted.
    pub actor: String,
    /// Where that name came from.
    pub actor_from: ActorSource,
    /// The fact's dotted name.
    pub kind: String,
    /// The version of that kind's body.
    pub version: u32,
    /// `overridden` when the clock was set by `HIKESHI_NOW`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<String>,
}

/// A header that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum HeaderError {
    /// Written by a version that this one doesn't know.
    #[error("header format {0} is not known to this version")]
    Format(u8),
    /// Not a header at all.
    #[error("not a header: {0}")]
    Malformed(String),
}

impl Header {
    /// The bytes to store and to hash.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        // A struct of strings and numbers always serialises.
        bytes.extend(serde_json::to_vec(self).unwrap_or_default());
        bytes
    }

    /// Reads stored bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, HeaderError> {
        match bytes.split_first() {
            Some((&FORMAT, json)) => {
                serde_json::from_slice(json).map_err(|error| HeaderError::Malformed(error.to_string()))
            }
            Some((&other, _)) => Err(HeaderError::Format(other)),
            None => Err(HeaderError::Malformed("no bytes".to_owned())),
        }
    }
}

/// What the first entry of an origin follows: a digest that commits to the origin.
pub fn first_link(origin: OriginId) -> Hash {
    Sha256::new().chain_update("hikeshi-origin-1").chain_update(origin.0.as_bytes()).finalize().into()
}

/// The digest that stands for the words, and still stands when they are redacted.
pub fn words_digest(salt: &[u8], words: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(words).finalize().into()
}

/// The hash of an entry, which the next one follows.
pub fn link(prev: &Hash, header: &[u8], facts: &[u8], words: &Hash) -> Hash {
    Sha256::new()
        .chain_update("hikeshi-event-1")
        .chain_update(prev)
        .chain_update(Sha256::digest(header))
        .chain_update(Sha256::digest(facts))
        .chain_update(words)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::{ActorSource, EventId, Header, Hlc, OriginId, SubjectId, Timestamp, first_link, link, words_digest};
    use crate::incident::id::BatchId;
    use uuid::Uuid;

    fn header() -> Header {
        Header {
            id: EventId(Uuid::from_u128(1)),
            origin: OriginId(Uuid::from_u128(2)),
            seq: 1,
            batch: BatchId(Uuid::from_u128(3)),
            key: None,
            subject: SubjectId(Uuid::from_u128(4)),
            hlc: Hlc::from_value(5),
            at: Timestamp::from_millis(6),
            approximate: false,
            zone: None,
            recorded_at: Timestamp::from_millis(7),
            actor: "responder".to_owned(),
            actor_from: ActorSource::User,
            kind: "note.added".to_owned(),
            version: 1,
            clock: None,
        }
    }

    /// Stored bytes never change: a golden header of format 1.
    #[test]
    fn format_1_is_fixed() {
        let bytes = header().to_bytes();
        assert_eq!(
            String::from_utf8_lossy(&bytes[1..]),
            concat!(
                r#"{"id":"00000000-0000-0000-0000-000000000001","origin":"00000000-0000-0000-0000-000000000002","#,
                r#""seq":1,"batch":"00000000-0000-0000-0000-000000000003","#,
                r#""subject":"00000000-0000-0000-0000-000000000004","hlc":5,"at":6,"recorded_at":7,"#,
                r#""actor":"responder","actor_from":"user","kind":"note.added","version":1}"#
            )
        );
        assert_eq!(bytes[0], 1);
        assert_eq!(Header::from_bytes(&bytes).expect("readable"), header());
    }

    #[test]
    fn another_format_is_refused_by_number() {
        assert_eq!(
            Header::from_bytes(&[9, 1]).expect_err("unknown").to_string(),
            "header format 9 is not known to this version"
        );
    }

    #[test]
    fn every_part_changes_the_hash() {
        let prev = first_link(OriginId(Uuid::from_u128(2)));
        let words = words_digest(&[0; 32], b"{}");
        let hash = link(&prev, b"h", b"f", &words);
        assert_ne!(hash, link(&prev, b"x", b"f", &words));
        assert_ne!(hash, link(&prev, b"h", b"x", &words));
        assert_ne!(hash, link(&prev, b"h", b"f", &words_digest(&[1; 32], b"{}")));
        assert_ne!(hash, link(&first_link(OriginId(Uuid::from_u128(9))), b"h", b"f", &words));
    }
}
