//! Why a command was not carried out.

use super::target::TargetError;
use crate::incident::rejection::Rejection;
use crate::store::StoreError;

/// Why a command was not carried out; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The rules refused it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A reference leads nowhere.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The idempotency key stood for another request before.
    #[error("key {key} was used for another request")]
    KeyReused {
        /// The key.
        key: String,
        /// The incident that it was used on.
        number: Option<u32>,
        /// The verb that it was used for.
        kind: String,
    },
}
