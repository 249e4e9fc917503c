//! What people ask to see: data, no layout.

pub mod brief;
mod contact;
mod custody;
mod due;
mod duty;
mod finding;
pub mod postmortem;
pub mod punctual;
mod seal;
mod service;
mod shift;
mod shown;

pub use crate::store::{Correction, Entry, KeptItem, Row};
pub use brief::Brief;
pub use contact::{ContactFilter, ContactItem, contacts};
pub use custody::{Handover, Item, items};
pub use due::{Deadline, Due, Owner, contact_clocks};
pub use duty::{DutyItem, DutyStanding, duties};
pub use finding::{Finding, Grade};
pub use postmortem::Postmortem;
pub use seal::{SealCheck, SealWorth};
pub use service::{Named, ServiceItem, service, services};
pub use shift::Shift;
pub use shown::Shown;
