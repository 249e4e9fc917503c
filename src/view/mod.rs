//! What people ask to see: data, no layout.

mod custody;
mod due;
mod finding;
pub mod postmortem;
pub mod punctual;
mod seal;
mod shown;

pub use crate::store::{Correction, Entry, KeptItem, Row};
pub use custody::{Handover, Item, items};
pub use due::{Deadline, Due, Owner, contact_clocks};
pub use finding::{Finding, Grade};
pub use postmortem::Postmortem;
pub use seal::{SealCheck, SealWorth};
pub use shown::Shown;
