//! What people ask to see: data, no layout.

mod action;
pub mod alike;
pub mod brief;
mod cause;
mod contact;
mod custody;
mod drill;
mod due;
mod duty;
mod finding;
pub mod metrics;
pub mod postmortem;
pub mod punctual;
mod seal;
pub mod search;
mod service;
mod shift;
mod shown;
pub mod similar;

pub use crate::store::{Correction, DrillRow, Entry, KeptItem, Row};
pub use action::{ActionFilter, ActionItem, actions};
pub use brief::Brief;
pub use cause::{Branch, tree, tree_lines};
pub use contact::{ContactFilter, ContactItem, contacts};
pub use custody::{Handover, Item, Unfinished, items, unfinished};
pub use drill::{DrillReport, Trend, drill_clocks, standing_facts, trends};
pub use due::{Deadline, Due, Owner, contact_clocks};
pub use duty::{DutyItem, DutyStanding, duties};
pub use finding::{Finding, Grade};
pub use metrics::Metrics;
pub use postmortem::Postmortem;
pub use seal::{SealCheck, SealWorth};
pub use service::{Named, ServiceItem, service, services};
pub use shift::Shift;
pub use shown::Shown;
