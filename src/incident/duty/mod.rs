//! What the law, a regulator or a contract wants told, to whom, and by when (E6). Not legal advice.
//!
//! A duty is data; a calendar says which days its office is open; [`deadline`] is the arithmetic between them. Where a
//! source leaves two readings of a period, the one that ends earlier is taken, and the duty says so.

mod calendar;
mod day;
mod deadline;
mod fault;
mod spec;
mod term;
#[cfg(test)]
mod tests;

pub use super::slug::DutyStart;
pub use calendar::{Calendar, Weekday, Zone};
pub use day::{Closing, Day};
pub use deadline::{Deadline, Starts, beyond_holidays, deadline};
pub use fault::{DutyFault, faults};
pub use spec::{AlsoWithin, Duties, Duty, DutyVariant};
pub use term::{Term, TermError};
