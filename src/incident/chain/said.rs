//! What a header says, as far as columns repeat it; read without copying, a million times over.

use crate::incident::id::EventId;
use serde::Deserialize;
use std::borrow::Cow;
use uuid::Uuid;

/// The fields of a header that stand in columns too.
#[derive(Debug, Deserialize)]
pub(super) struct Said<'a> {
    pub id: EventId,
    pub origin: Uuid,
    pub seq: u64,
    pub batch: Uuid,
    #[serde(borrow, default)]
    pub key: Option<SaidKey<'a>>,
    pub subject: Uuid,
    pub hlc: i64,
    pub at: i64,
    pub recorded_at: i64,
    #[serde(borrow)]
    pub actor: Cow<'a, str>,
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
}

/// An idempotency key.
#[derive(Debug, Deserialize)]
pub(super) struct SaidKey<'a> {
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

/// Reads a stored header of the one format that there is.
pub(super) fn read(header: &[u8]) -> Result<Said<'_>, String> {
    match header.split_first() {
        Some((1, json)) => serde_json::from_slice(json).map_err(|error| error.to_string()),
        Some((other, _)) => Err(format!("header format {other}")),
        None => Err("no bytes".to_owned()),
    }
}
