//! What people ask to see: data, no layout.

pub mod postmortem;
mod seal;
mod shown;

pub use crate::store::{Correction, Entry, KeptItem, Row};
pub use postmortem::Postmortem;
pub use seal::{SealCheck, SealWorth};
pub use shown::Shown;
