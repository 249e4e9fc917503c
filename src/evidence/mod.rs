//! Evidence: files kept by what is in them, read-only, never overwritten, with the chain of who had them (E5).

mod error;
mod export;
mod vault;

pub use error::EvidenceError;
pub use export::export;
pub use vault::{Condition, Secured, Vault};
