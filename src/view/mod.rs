//! What people ask to see: data, no layout.

mod contact;
mod custody;
mod duty;
mod finding;
pub mod postmortem;
mod seal;
mod service;
mod shown;

pub use crate::store::{Correction, Entry, KeptItem, Row};
pub use contact::{ContactFilter, ContactItem, contacts};
pub use custody::{Handover, Item, items};
pub use duty::{DutyItem, DutyStanding, duties};
pub use finding::{Finding, Grade};
pub use postmortem::Postmortem;
pub use seal::{SealCheck, SealWorth};
pub use service::{Named, ServiceItem, service, services};
pub use shown::Shown;
