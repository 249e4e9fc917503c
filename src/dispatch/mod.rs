//! What happens without anybody typing: messages leave the outbox, people are reminded, the next tier is called.
//!
//! Everything here can run twice, late, or after a crash: what was done is in the log before the next thing begins,
//! and what is no longer true by then is refused by the rules.

mod drain;
mod exercise;
mod ladder;
mod letter;
mod watch;

pub use drain::{Budget, Drained, GivenUp, drain};
pub use exercise::store_reminders;
pub use ladder::{Called, on_tier, reach};
pub use letter::About;
pub use watch::{Deed, Plan, plan};
