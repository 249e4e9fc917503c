//! What people ask to see: data, no layout.

pub mod brief;
mod custody;
mod due;
mod finding;
pub mod postmortem;
pub mod punctual;
mod seal;
mod shift;
mod shown;

pub use crate::store::{Correction, Entry, KeptItem, Row};
pub use brief::Brief;
pub use custody::{Handover, Item, items};
pub use due::{Deadline, Due, Owner, contact_clocks};
pub use finding::{Finding, Grade};
pub use postmortem::Postmortem;
pub use seal::{SealCheck, SealWorth};
pub use shift::Shift;
pub use shown::Shown;
