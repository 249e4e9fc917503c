//! Evidence: files kept by what is in them, read-only, never overwritten, with the chain of who had them (E5).

mod copy;
mod error;
mod export;
mod secure;
mod vault;

pub use copy::{Copied, Fault};
pub use error::EvidenceError;
pub use export::export;
pub use vault::{Condition, Secured, Vault};
