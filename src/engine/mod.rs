//! The only place that runs a command against a store: looks up what a rule needs, decides, writes, in one transaction.

mod alert;
mod chat;
mod error;
mod inbox;
mod lookup;
mod past;
mod record;
mod redact;
mod request;
mod say;
mod secrets;
mod spool;
mod target;

pub use alert::Received;
pub use chat::Heard;
pub use error::EngineError;
pub use past::{Manner, TakenIn};
pub use record::{Engine, Receipt, Secrets, Session};
pub use redact::Redaction;
pub use request::{Request, Stamp, Subject};
pub use say::Said;
pub use secrets::in_command as secret_in;
pub use spool::{BroughtIn, can_wait, provisional_name};
pub use target::{TargetError, incident_of, named_entry, named_incident, only_incident};
